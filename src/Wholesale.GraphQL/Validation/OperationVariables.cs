using System.Collections.Immutable;
using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Validation;

/// <summary>The variables of one operation, found by name, while the uses of them are checked.</summary>
sealed class OperationVariables
{
    // Below this a search from the end is faster than hashing; operations rarely define more.
    const int MaxSearched = 8;

    readonly ImmutableArray<VariableDefinitionNode> definitions;
    readonly GraphQLType?[] types;
    readonly bool[] used;
    readonly Dictionary<string, int>? byName;

    public OperationVariables(OperationDefinitionNode operation, Schema schema)
    {
        Operation = operation;
        definitions = operation.VariableDefinitions;
        types = definitions.IsEmpty ? [] : new GraphQLType?[definitions.Length];
        used = definitions.IsEmpty ? [] : new bool[definitions.Length];
        byName = definitions.Length > MaxSearched ? new Dictionary<string, int>(definitions.Length) : null;
        for (var i = 0; i < definitions.Length; i++)
        {
            types[i] = schema.TypeOf(definitions[i].Type);
            if (byName is not null)
            {
                byName[definitions[i].Variable.Name.Value] = i;
            }
        }
    }

    /// <summary>The operation that defines them.</summary>
    public OperationDefinitionNode Operation { get; }

    /// <summary>A variable's definition and type by its name; the last one where the name is not unique, null where there is none.</summary>
    public (VariableDefinitionNode? Definition, GraphQLType? Type) Find(string name) =>
        IndexOf(name) is >= 0 and var i ? (definitions[i], types[i]) : default;

    /// <summary>Notes that a variable is used.</summary>
    public void Use(string name)
    {
        if (IndexOf(name) is >= 0 and var i)
        {
            used[i] = true;
        }
    }

    /// <summary>Whether a variable was noted.</summary>
    public bool IsUsed(string name) => IndexOf(name) is >= 0 and var i && used[i];

    int IndexOf(string name)
    {
        if (byName is not null)
        {
            return byName.GetValueOrDefault(name, -1);
        }

        for (var i = definitions.Length - 1; i >= 0; i--)
        {
            if (definitions[i].Variable.Name.Value == name)
            {
                return i;
            }
        }

        return -1;
    }
}
