using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Wholesale.GraphQL.Execution;

/// <summary>
/// Strings out of JSON. A JSON text may hold what is no Unicode text (half a surrogate pair as an escape, bytes that are not UTF-8); the reader takes
/// it and throws when it is asked for the string.
/// </summary>
internal static class JsonText
{
    /// <summary>A JSON string's meaning; null if it is not Unicode.</summary>
    public static string? Of(JsonElement json)
    {
        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A property's name; null if it is not Unicode.</summary>
    public static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A value as it was written, cut after 50 characters.</summary>
    public static string Show(JsonElement json)
    {
        // Fifty characters take no more than 150 bytes; what is not UTF-8 is replaced.
        var bytes = JsonMarshal.GetRawUtf8Value(json);
        var text = Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, 200)]);
        return text.Length <= 50 ? text : string.Concat(text.AsSpan(0, 50), "…");
    }
}
