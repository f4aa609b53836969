using System.Globalization;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Tests.Fuzz;

/// <summary>Lines of import files: JSON for a type of rows, by the same contract that reads it; most of them are meant to fit.</summary>
/// <param name="random">Decides.</param>
/// <param name="row">The type of the rows.</param>
internal sealed class RowGrammar(Random random, Type row)
{
    private static readonly string[] Any =
    [
        "null", "true", "0", "-1", "1.5", "1e400", "99999999999999999999", "\"\"", "\"x\"", "\"\\uD83D\"", "\"\\u0000\"", "\"🐕\"", "[]", "{}", "[null]", "[[[[]]]]", "{\"a\":1}", "{\"\\uDC15\":[]}",
    ];

    private static readonly Dictionary<Type, string[]> Scalars = new()
    {
        [typeof(string)] = ["\"en\"", "\"SKU-1\"", "\"M\\u00fcller & S\\u00f6hne\"", "\"a \\\"word\\\"\"", "\"\"", "\"https://example.com/a\""],
        [typeof(bool)] = ["true", "false"],
        [typeof(int)] = ["0", "7", "-3", "2147483647"],
        [typeof(long)] = ["0", "\"12\"", "999999999999999999"],
        [typeof(Amount)] = ["\"12.5\"", "8.25", "0", "\"99999999999999.9999\""],
        [typeof(Quantity)] = ["1", "0.5", "999999999.999"],
        [typeof(Currency)] = ["\"EUR\"", "\"JPY\""],
        [typeof(DateTime)] = ["\"2026-03-01T12:00:00Z\"", "\"2024-02-29T23:59:59.5+01:00\""],
        [typeof(DateOnly)] = ["\"2026-03-01\"", "\"2024-02-29\""],
        [typeof(NodeId)] = ["\"x\"", "1"],
    };

    private readonly StringBuilder text = new();
    private double fault;

    /// <summary>A line of some hundred bytes.</summary>
    public byte[] Line()
    {
        text.Clear();
        fault = random.Next(3) switch { 0 => 0.05, 1 => 0.01, _ => 0 };
        if (Wrong())
        {
            text.Append(Any[random.Next(Any.Length)]);
        }
        else
        {
            Object(row, 0);
        }

        // Rows of few fields are short; white space is what a line can always have more of.
        while (text.Length < 200)
        {
            text.Insert(random.Next(2) == 0 ? 0 : text.Length, random.Next(2) == 0 ? "        " : "\t \t");
        }

        return Encoding.UTF8.GetBytes(text.Append('\n').ToString());
    }

    private bool Wrong() => fault > 0 && random.NextDouble() < fault;

    private void Object(Type type, int depth)
    {
        var separator = "";
        text.Append('{');
        foreach (var property in Json.Options.GetTypeInfo(type).Properties)
        {
            // A property that is no parameter could be given and would mean nothing.
            Assert.NotNull(property.AssociatedParameter);
            var isRequired = !property.AssociatedParameter.HasDefaultValue;
            if (isRequired ? Wrong() : random.Next(3) == 0)
            {
                continue;
            }

            text.Append(separator).Append('"').Append(Wrong() ? "none" : property.Name).Append("\": ");
            Value(property.PropertyType, depth + 1);
            separator = random.Next(8) == 0 ? " , " : ",";
            if (Wrong())
            {
                text.Append(CultureInfo.InvariantCulture, $",\"{property.Name}\":null");
            }
        }

        text.Append('}');
    }

    private void Value(Type type, int depth)
    {
        var inner = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>) ? type.GetGenericArguments()[0] : type;
        var value = Nullable.GetUnderlyingType(inner) ?? inner;
        if (Wrong())
        {
            text.Append(Any[random.Next(Any.Length)]);
        }
        else if (value != inner && random.Next(10) == 0)
        {
            text.Append("null");
        }
        else if (Scalars.TryGetValue(value, out var scalars))
        {
            text.Append(scalars[random.Next(scalars.Length)]);
        }
        else if (value.IsEnum)
        {
            var names = Enum.GetNames(value);
            text.Append('"').Append(System.Text.Json.JsonNamingPolicy.SnakeCaseUpper.ConvertName(names[random.Next(names.Length)])).Append('"');
        }
        else if (Json.Options.GetTypeInfo(value) is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } item })
        {
            List(item, depth);
        }
        else
        {
            Object(value, depth);
        }
    }

    private void List(Type item, int depth)
    {
        text.Append('[');
        for (var count = random.Next(4); count > 0; count--)
        {
            Value(item, depth + 1);
            text.Append(count > 1 ? ", " : "");
        }

        text.Append(']');
    }
}
