using System.Text.Json;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Execution;

/// <summary>The operation's variables as coerced for one request; a variable that was not given and has no default is absent.</summary>
internal sealed class Variables
{
    private readonly IReadOnlyDictionary<string, int> indexes;
    private readonly object?[] values;

    private Variables(IReadOnlyDictionary<string, int> indexes, object?[] values)
    {
        this.indexes = indexes;
        this.values = values;
    }

    public static Variables None { get; } = new(new Dictionary<string, int>(), []);

    /// <summary>Section 6.1.2 CoerceVariableValues().</summary>
    /// <param name="json">A JSON object; anything else holds no variables. What the operation does not define is ignored.</param>
    /// <param name="errors">Gets one entry for each value that does not fit, up to a limit.</param>
    public static Variables Coerce(ExecutableSchema schema, Plan plan, JsonElement json, List<GraphQLError> errors)
    {
        if (plan.Variables.IsEmpty)
        {
            return None;
        }

        var given = new JsonElement?[plan.Variables.Length];
        if (json.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in json.EnumerateObject())
            {
                if (JsonText.NameOf(property) is { } name && plan.VariableIndexes.TryGetValue(name, out var index))
                {
                    given[index] = property.Value;
                }
            }
        }

        var coerced = new object?[given.Length];
        var reader = new InputReader(schema, errors, None);
        for (var i = 0; i < coerced.Length; i++)
        {
            coerced[i] = CoerceOne(reader, plan.Variables[i], given[i]);
        }

        return new Variables(plan.VariableIndexes, coerced);
    }

    /// <summary>A variable's value; null if it is absent.</summary>
    public object? Value(int index) => values[index] == Absent.Value ? null : values[index];

    public bool TryGet(string name, out object? value)
    {
        value = indexes.TryGetValue(name, out var index) ? values[index] : Absent.Value;
        if (value != Absent.Value)
        {
            return true;
        }

        value = null;
        return false;
    }

    private static object? CoerceOne(InputReader reader, PlanVariable variable, JsonElement? given)
    {
        if (given is { } json)
        {
            return reader.Json(variable.Type, json, variable.Node, new InputPlace("Variable", $"${variable.Name}"));
        }

        if (variable.HasDefault)
        {
            return variable.Default;
        }

        return variable.Type is NonNullType
            ? reader.Refuse(variable.Node, $"Variable \"${variable.Name}\" of required type \"{variable.Type}\" was not provided.")
            : Absent.Value;
    }
}
