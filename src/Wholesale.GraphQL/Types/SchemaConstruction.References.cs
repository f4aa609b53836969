using System.Collections.Immutable;
using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL.Types;

// From a name in the text to the type that it means.
internal sealed partial class SchemaConstruction
{
    // An unknown type's stand-in is a custom scalar: no further rule complains about it.
    private readonly Dictionary<string, ScalarType> standIns = [];

    private GraphQLType Resolve(TypeNode reference, string coordinate) => reference switch
    {
        ListTypeNode list => Resolve(list.Type, coordinate).List,
        NonNullTypeNode nonNull => Resolve(nonNull.Type, coordinate).NonNull,
        _ => Named((NamedTypeNode)reference, coordinate) ?? StandIn(((NamedTypeNode)reference).Name.Value),
    };

    private NamedType? Named(NamedTypeNode reference, string coordinate)
    {
        if (types.TryGetValue(reference.Name.Value, out var type))
        {
            referenced.Add(type);
            return type;
        }

        problems.Add(Place.Of(reference), coordinate, merged.Unknown(reference.Name.Value));
        return null;
    }

    private ScalarType StandIn(string name) =>
        standIns.TryGetValue(name, out var standIn) ? standIn : standIns[name] = new ScalarType(name);

    /// <summary>A type where only one kind of types will do; null, and a problem, for any other.</summary>
    private T? Reference<T>(NamedTypeNode reference, string coordinate, string expectation) where T : NamedType
    {
        var type = Named(reference, coordinate);
        if (type is not null and not T)
        {
            problems.Add(Place.Of(reference), coordinate, $"{expectation}, and {type} is none.");
        }

        return type as T;
    }

    private ImmutableArray<T> References<T>(NamedType type, IEnumerable<NamedTypeNode> references, string expectation) where T : NamedType
    {
        var found = ImmutableArray.CreateBuilder<T>();
        var seen = new Dictionary<string, Place>();
        foreach (var reference in references)
        {
            if (Reference<T>(reference, type.Name, expectation) is { } target)
            {
                if (seen.TryAdd(target.Name, Place.Of(reference)))
                {
                    found.Add(target);
                }
                else
                {
                    problems.Add(Place.Of(reference), type.Name, $"{target} is already listed at {seen[target.Name]}.");
                }
            }
        }

        return found.ToImmutable();
    }

    /// <summary>Section 3.3.1 "Root Operation Types".</summary>
    private void ReadRootTypes()
    {
        if (merged.Schema is null)
        {
            foreach (var operation in Enum.GetValues<OperationType>())
            {
                ReadDefaultRootType(operation);
            }
        }

        foreach (var node in SchemaParts.SelectMany(s => s.OperationTypes))
        {
            ReadRootType(node);
        }

        if (!rootTypes.ContainsKey(OperationType.Query))
        {
            problems.Add("schema: There is no query root: a schema needs an object type Query, or a schema definition that names another.");
        }
    }

    private void ReadDefaultRootType(OperationType operation)
    {
        switch (types.GetValueOrDefault(operation.ToString()))
        {
            case ObjectType objectType:
                rootTypes.Add(operation, objectType);
                break;
            case { } type:
                problems.Add(type, "A root type has to be an object type.");
                break;
        }
    }

    private void ReadRootType(OperationTypeDefinitionNode node)
    {
        var operation = node.Operation.ToString().ToLowerInvariant();
        if (Reference<ObjectType>(node.Type, "schema", $"Only an object type can be the {operation} root") is not { } type)
        {
            return;
        }

        if (rootTypes.ContainsKey(node.Operation))
        {
            problems.Add(Place.Of(node), "schema", $"There can be only one {operation} root.");
        }
        else if (rootTypes.ContainsValue(type))
        {
            problems.Add(Place.Of(node), "schema", $"The root types have to differ, but {type} is the root of more than one operation.");
        }
        else
        {
            rootTypes[node.Operation] = type;
        }
    }
}
