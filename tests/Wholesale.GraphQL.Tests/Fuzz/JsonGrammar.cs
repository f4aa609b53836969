using System.Globalization;
using System.Text;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Tests.Fuzz;

/// <summary>JSON values for variables of a schema's input types: mostly such as fit.</summary>
/// <param name="random">Decides.</param>
internal sealed class JsonGrammar(Random random)
{
    private static readonly string[] Any =
    [
        "null", "true", "false", "0", "-1", "1.0", "1.5", "1e3", "1e400", "2147483648", "123456789012345678901234567890", "\"\"", "\"x\"", "\"SIT\"", "\"refused\"",
        "\"\\uD83D\"", "\"\\u0000\"", "\"🐕\"", "[]", "{}", "[[1]]", "[null]", "{\"a\":1}", "{\"required\":true}", "{\"\\uDC15\":1}",
    ];

    private readonly StringBuilder text = new();
    private double fault;

    /// <summary>An object with a value for each variable, but for some.</summary>
    public string Variables(IReadOnlyList<(string Name, GraphQLType Type)> variables)
    {
        text.Clear();
        fault = random.Next(3) switch { 0 => 0.05, 1 => 0.01, _ => 0 };
        text.Append('{');
        var separator = "";
        foreach (var (name, type) in variables)
        {
            if (Wrong() || (type is not NonNullType && random.Next(8) == 0))
            {
                continue;
            }

            text.Append(separator).Append('"').Append(name).Append("\":");
            Value(type, 0);
            separator = ",";
        }

        return text.Append('}').ToString();
    }

    private bool Wrong() => fault > 0 && random.NextDouble() < fault;

    private void Value(GraphQLType type, int depth)
    {
        if (Wrong())
        {
            text.Append(Any[random.Next(Any.Length)]);
        }
        else if (type is not NonNullType && (depth > 3 || random.Next(12) == 0))
        {
            text.Append("null");
        }
        else
        {
            ValueOf(type.Nullable, depth);
        }
    }

    private void ValueOf(GraphQLType type, int depth)
    {
        switch (type)
        {
            case ListType list:
                text.Append('[');
                for (var count = random.Next(4); count > 0; count--)
                {
                    Value(list.ItemType, depth + 1);
                    text.Append(count > 1 ? ", " : "");
                }

                text.Append(']');
                break;
            case EnumType enumType:
                text.Append('"').Append(enumType.Values[random.Next(enumType.Values.Length)].Name).Append('"');
                break;
            case InputObjectType inputObject:
                Object(inputObject, depth);
                break;
            default:
                Scalar(type.Named.Name);
                break;
        }
    }

    private void Object(InputObjectType type, int depth)
    {
        IReadOnlyList<InputValueDefinition> given = type.IsOneOf && !Wrong()
            ? [type.Fields[random.Next(type.Fields.Length)]]
            : [.. type.Fields.Where(f => f.IsRequired ? !Wrong() : depth < 3 && random.Next(2) == 0)];
        text.Append('{');
        for (var i = 0; i < given.Count; i++)
        {
            text.Append(i == 0 ? "" : ",").Append('"').Append(Wrong() ? "none" : given[i].Name).Append("\": ");
            Value(type.IsOneOf && !Wrong() ? given[i].Type.NonNull : given[i].Type, depth + 1);
        }

        text.Append('}');
    }

    private void Scalar(string name) => text.Append(name switch
    {
        "Int" => random.Next(-9, 10).ToString(CultureInfo.InvariantCulture),
        "Float" => random.Next(2) == 0 ? "0.5" : "-3",
        "Boolean" => random.Next(2) == 0 ? "true" : "false",
        "Json" => Any[random.Next(Any.Length)],
        _ => "\"a \\\"word\\\" of \\u00fc\"",
    });
}
