using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Imports;

/// <summary>
/// Reads a line as an input record, by the same rules as a GraphQL variable. Good lines are read in one pass; a bad one is walked again, beside the
/// record's type, to name every problem in it with its path.
/// </summary>
internal static class RowParser
{
    private const int MaximumErrors = 20;

    private static readonly JsonSerializerOptions Options = new(Json.Options)
    {
        AllowDuplicateProperties = false,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Reads a line.</summary>
    /// <param name="line">One line of the file.</param>
    /// <param name="errors">Why it is no row; empty if it is one.</param>
    /// <returns>The row; null if there are errors.</returns>
    public static TRow? Parse<TRow>(ReadOnlySequence<byte> line, out IReadOnlyList<UserError> errors) where TRow : class
    {
        errors = [];
        try
        {
            var reader = new Utf8JsonReader(line);
            var row = JsonSerializer.Deserialize<TRow>(ref reader, Options);
            if (Lists<TRow>.MayBeThere ? !HasNullItem(line) : row is not null && !reader.Read()) // reads to the end: nothing may follow the row
            {
                return row;
            }

            errors = Explain(line, typeof(TRow), "A list must not hold null.");
        }
        catch (JsonException exception)
        {
            errors = Explain(line, typeof(TRow), exception.Message);
        }

        return null;
    }

    /// <summary>Whether a line is JSON at all, whatever it says.</summary>
    public static bool IsJson(ReadOnlySequence<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            reader.Read();
            return reader.TrySkip();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The value of a field of a line that is no row, to name the row in the report; null if that is not possible.</summary>
    public static string? Peek(ReadOnlySequence<byte> line, string field)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty(field, out var value)
                && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The latter is the reader's word for a string with half a surrogate pair or with bytes that are not UTF-8.
            return null;
        }
    }

    /// <summary>
    /// Whether null stands for the row or for an item of a list, which the serializer lets pass: no list of the contract has nulls.
    /// Reads to the line's end, so that nothing may follow the row.
    /// </summary>
    private static bool HasNullItem(ReadOnlySequence<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        var found = false;
        var previous = JsonTokenType.None;
        while (reader.Read())
        {
            found |= reader.TokenType == JsonTokenType.Null && previous != JsonTokenType.PropertyName;
            previous = reader.TokenType;
        }

        return found;
    }

    private static List<UserError> Explain(ReadOnlySequence<byte> line, Type rowType, string otherwise)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var errors = new List<UserError>();
            Walk(document.RootElement, rowType, [], errors);
            return errors.Count > 0 ? errors : [Invalid(otherwise)];
        }
        catch (JsonException syntax)
        {
            return [Invalid($"The line is not JSON, from its byte {syntax.BytePositionInLine + 1} on.")];
        }
    }

    /// <summary>Compares a value with the type it is for. As deep as JSON may nest, which the parser limits to 64.</summary>
    private static void Walk(JsonElement value, Type type, IReadOnlyList<string> path, List<UserError> errors)
    {
        if (errors.Count >= MaximumErrors)
        {
            return;
        }

        var info = Options.GetTypeInfo(type);
        switch (info.Kind)
        {
            case JsonTypeInfoKind.Object when value.ValueKind == JsonValueKind.Object:
                WalkObject(value, info, path, errors);
                break;
            case JsonTypeInfoKind.Object:
                errors.Add(Invalid($"{Name(path)} must be an object, not {Show(value)}.", path));
                break;
            case JsonTypeInfoKind.Enumerable when value.ValueKind == JsonValueKind.Array:
                foreach (var (index, item) in value.EnumerateArray().TakeWhile(_ => errors.Count < MaximumErrors).Index())
                {
                    WalkItem(item, info.ElementType!, [.. path, $"{index}"], errors);
                }

                break;
            case JsonTypeInfoKind.Enumerable:
                errors.Add(Invalid($"{Name(path)} must be a list, not {Show(value)}.", path));
                break;
            default:
                WalkLeaf(value, type, path, errors);
                break;
        }
    }

    private static void WalkObject(JsonElement value, JsonTypeInfo info, IReadOnlyList<string> path, List<UserError> errors)
    {
        var seen = new HashSet<string>();
        foreach (var member in value.EnumerateObject().TakeWhile(_ => errors.Count < MaximumErrors))
        {
            var name = NameOf(member);
            IReadOnlyList<string> at = [.. path, name];
            var property = info.Properties.FirstOrDefault(p => p.Name == name);
            if (property is null)
            {
                errors.Add(Invalid($"There is no field \"{name}\".", at));
            }
            else if (!seen.Add(name))
            {
                errors.Add(Invalid($"{Name(at)} stands twice.", at));
            }
            else if (member.Value.ValueKind != JsonValueKind.Null)
            {
                Walk(member.Value, Inner(property.PropertyType), at, errors);
            }
            else if (!MayBeNull(property))
            {
                errors.Add(Invalid($"{Name(at)} must not be null.", at));
            }
        }

        foreach (var missing in info.Properties.Where(p => p.IsRequired && !seen.Contains(p.Name)))
        {
            errors.Add(Invalid($"The field \"{missing.Name}\" is missing.", [.. path, missing.Name]));
        }
    }

    private static void WalkItem(JsonElement item, Type type, IReadOnlyList<string> path, List<UserError> errors)
    {
        if (item.ValueKind == JsonValueKind.Null)
        {
            errors.Add(Invalid($"{Name(path)} must not be null.", path));
        }
        else
        {
            Walk(item, type, path, errors);
        }
    }

    private static void WalkLeaf(JsonElement value, Type type, IReadOnlyList<string> path, List<UserError> errors)
    {
        try
        {
            value.Deserialize(type, Options);
        }
        catch (JsonException exception)
        {
            var problem =
                value.ValueKind == JsonValueKind.String && !IsUnicode(value) ? $"must be Unicode, not {Show(value)}"
                : type == typeof(string) ? $"must be a string, not {Show(value)}"
                : type == typeof(bool) ? $"must be true or false, not {Show(value)}"
                : type == typeof(int) ? $"must be a whole number of at most 32 bits, not {Show(value)}"
                : type.IsEnum ? $"must be one of {string.Join(", ", Enum.GetValuesAsUnderlyingType(type).Cast<object>().Select(v => EnumName(type, v)))}, not {Show(value)}"
                : exception.Message;
            errors.Add(Invalid($"{Name(path)} {problem}.", path));
        }
    }

    private static string EnumName(Type type, object value) => JsonSerializer.SerializeToElement(Enum.ToObject(type, value), type, Options).GetString()!;

    /// <summary>Whether null may stand for a value: where clearing it, or leaving it out, has a meaning.</summary>
    private static bool MayBeNull(JsonPropertyInfo property) =>
        property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() == typeof(Optional<>)
            ? Accepts(property.PropertyType)
            : property.IsSetNullable && (!property.PropertyType.IsValueType || Nullable.GetUnderlyingType(property.PropertyType) is not null);

    private static bool Accepts(Type optional)
    {
        try
        {
            JsonSerializer.Deserialize("null"u8, optional, Options);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static Type Inner(Type type)
    {
        var inner = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>) ? type.GetGenericArguments()[0] : type;
        return Nullable.GetUnderlyingType(inner) ?? inner;
    }

    private static bool IsUnicode(JsonElement text)
    {
        try
        {
            text.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>A member's name; one that is not Unicode is none of a field, however it is shown.</summary>
    private static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return "\uFFFD";
        }
    }

    private static string Name(IReadOnlyList<string> path) => path.Count == 0 ? "The line" : $"\"{string.Join('.', path)}\"";

    private static string Show(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ => Cut(Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(value))),
    };

    /// <summary>As much of a text as a message needs, and never half a character.</summary>
    private static string Cut(string text) => text.Length <= 50 ? text : $"{text[..(char.IsHighSurrogate(text[49]) ? 49 : 50)]}…";

    /// <summary>What is known of a type of row.</summary>
    private static class Lists<TRow>
    {
        /// <summary>Whether it has more in it than scalars.</summary>
        public static bool MayBeThere { get; } =
            Options.GetTypeInfo(typeof(TRow)).Properties.Any(p => Options.GetTypeInfo(Inner(p.PropertyType)).Kind != JsonTypeInfoKind.None);
    }

    private static UserError Invalid(string message, IReadOnlyList<string>? path = null) =>
        new(ErrorCodes.InvalidValue, message, path is { Count: > 0 } ? path : null);
}
