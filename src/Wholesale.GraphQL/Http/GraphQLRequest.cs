using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Wholesale.GraphQL.Http;

/// <summary>GraphQL over HTTP, "Request Parameters": of a JSON body, taken apart without copying what need not be, or of a URL.</summary>
internal readonly struct GraphQLRequest
{
    private static readonly string[] Parameters = ["query", "documentId", "operationName", "variables", "extensions"];

    /// <summary>The document, UTF-8; null where it is sent by its id alone.</summary>
    public ReadOnlyMemory<byte>? Query { get; private init; }

    /// <summary>
    /// The document's id, as <c>documentId</c> or, from clients older than that parameter, <c>extensions.persistedQuery.sha256Hash</c>; null where none was sent.
    /// </summary>
    public string? DocumentId { get; private init; }

    /// <summary>Null: the only operation there is.</summary>
    public string? OperationName { get; private init; }

    /// <summary>A JSON object as it stands in the body; empty where there is none.</summary>
    public ReadOnlyMemory<byte> Variables { get; private init; }

    /// <summary>Reads a body, or says in one sentence why it is not a request.</summary>
    /// <param name="body">The whole body. The request refers to it.</param>
    /// <param name="maxNesting">Deepest nesting of the JSON.</param>
    public static string? TryRead(ReadOnlyMemory<byte> body, int maxNesting, out GraphQLRequest request)
    {
        request = default;
        try
        {
            return Read(body, maxNesting, out request);
        }
        catch (JsonException exception)
        {
            return $"The body is not JSON that can be read: {exception.Message}";
        }
        catch (InvalidOperationException)
        {
            // The reader's word for a string with half a surrogate pair or with bytes that are not UTF-8.
            return "The body holds a string that is not Unicode.";
        }
    }

    /// <summary>Reads the parameters of a URL, or says in one sentence why they are not a request. An empty one is as good as none.</summary>
    public static string? TryRead(IQueryCollection parameters, int maxNesting, out GraphQLRequest request)
    {
        request = default;
        foreach (var parameter in Parameters)
        {
            if (parameters[parameter].Count > 1)
            {
                return $"\"{parameter}\" is given twice.";
            }
        }


        foreach (var map in (ReadOnlySpan<string>)["variables", "extensions"])
        {
            if (!IsMapOrNull(Bytes(map), maxNesting))
            {
                return $"\"{map}\" must be a JSON object or null.";
            }
        }

        var (query, variables) = (Bytes("query"), Bytes("variables"));
        var documentId = Text("documentId") ?? PersistedQuery.IdIn(Bytes("extensions"));
        if (query.Length == 0 && documentId is null)
        {
            return "The URL needs a \"query\" or a \"documentId\".";
        }

        request = new GraphQLRequest
        {
            Query = query.Length == 0 ? default(ReadOnlyMemory<byte>?) : query,
            DocumentId = documentId,
            OperationName = Text("operationName"),
            Variables = variables.AsSpan().Trim(" \t\r\n"u8).SequenceEqual("null"u8) ? default : variables,
        };
        return null;

        string? Text(string parameter) => parameters[parameter].ToString() is { Length: > 0 } text ? text : null;
        byte[] Bytes(string parameter) => Encoding.UTF8.GetBytes(parameters[parameter].ToString());
    }

    /// <summary>The variables as JSON, or one sentence why they cannot be read: a name given twice leaves open what is meant.</summary>
    /// <param name="variables">To be disposed; null where there are none.</param>
    public string? TryReadVariables(int maxNesting, out JsonDocument? variables)
    {
        variables = null;
        if (Variables.IsEmpty)
        {
            return null;
        }

        try
        {
            variables = JsonDocument.Parse(Variables, new JsonDocumentOptions { MaxDepth = maxNesting, AllowDuplicateProperties = false });
            return null;
        }
        catch (JsonException exception)
        {
            return $"\"variables\" cannot be read: {exception.Message}";
        }
        catch (InvalidOperationException)
        {
            return "\"variables\" hold a name that is not Unicode.";
        }
    }

    private static string? Read(ReadOnlyMemory<byte> body, int maxNesting, out GraphQLRequest request)
    {
        request = default;
        if (body.Span.StartsWith("\uFEFF"u8))
        {
            // RFC 8259, section 8.1: a reader may ignore a byte order mark.
            body = body[3..];
        }

        var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = maxNesting });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return "The body must be a JSON object with a \"query\".";
        }

        ReadOnlyMemory<byte>? query = null;
        ReadOnlyMemory<byte> variables = default;
        string? documentId = null;
        string? operationName = null;
        string? persistedQuery = null;
        var given = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var parameter = Parameters.Length - 1;
            while (parameter >= 0 && !reader.ValueTextEquals(Parameters[parameter]))
            {
                parameter--;
            }

            reader.Read();
            if (parameter >= 0 && (given & (1 << parameter)) != 0)
            {
                return $"\"{Parameters[parameter]}\" is given twice.";
            }

            given |= parameter < 0 ? 0 : 1 << parameter;
            switch (parameter < 0 ? null : Parameters[parameter])
            {
                case "query" when reader.TokenType == JsonTokenType.String:
                    query = Text(body, ref reader);
                    break;
                case "query" when reader.TokenType == JsonTokenType.Null:
                    break;
                case "query":
                    return "\"query\" must be a string.";
                case "documentId" when reader.TokenType is JsonTokenType.String or JsonTokenType.Null:
                    documentId = reader.GetString();
                    break;
                case "operationName" when reader.TokenType is JsonTokenType.String or JsonTokenType.Null:
                    operationName = reader.GetString();
                    break;
                case "documentId" or "operationName":
                    return $"\"{Parameters[parameter]}\" must be a string or null.";
                case "variables" or "extensions" when reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.Null):
                    return $"\"{Parameters[parameter]}\" must be an object or null.";
                case "variables":
                    variables = Slice(body, ref reader);
                    break;
                case "extensions":
                    persistedQuery = PersistedQuery.IdIn(Slice(body, ref reader).Span);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        // Whatever follows the object is an error that only a further read shows.
        while (reader.Read())
        {
        }

        documentId ??= persistedQuery;
        if (query is null && documentId is null)
        {
            return "The body needs a \"query\" or a \"documentId\".";
        }

        request = new GraphQLRequest { Query = query, DocumentId = documentId, OperationName = operationName, Variables = variables };
        return null;
    }

    private static bool IsMapOrNull(ReadOnlySpan<byte> json, int maxNesting)
    {
        if (json.IsEmpty)
        {
            return true;
        }

        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = maxNesting });
            var isMapOrNull = reader.Read() && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.Null;
            while (reader.Read())
            {
            }

            return isMapOrNull;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>A string's bytes: a part of the body, or a copy where it holds escapes.</summary>
    private static ReadOnlyMemory<byte> Text(ReadOnlyMemory<byte> body, ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return body.Slice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
        }

        var copy = new byte[reader.ValueSpan.Length];
        return copy.AsMemory(0, reader.CopyString(copy));
    }

    private static ReadOnlyMemory<byte> Slice(ReadOnlyMemory<byte> body, ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return default;
        }

        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return body[start..(int)reader.BytesConsumed];
    }
}

/// <summary>How clients that are older than <c>documentId</c> send a document by its hash: <c>extensions.persistedQuery.sha256Hash</c>.</summary>
internal static class PersistedQuery
{
    /// <summary>The id that extensions hold; null if they hold none.</summary>
    /// <param name="extensions">A JSON object that was read before, or nothing.</param>
    public static string? IdIn(ReadOnlySpan<byte> extensions)
    {
        if (extensions.IndexOf("persistedQuery"u8) < 0)
        {
            return null;
        }

        var reader = new Utf8JsonReader(extensions, new JsonReaderOptions { MaxDepth = 1_000 });
        return StepInto(ref reader, "persistedQuery") && StepInto(ref reader, "sha256Hash") && reader is { TokenType: JsonTokenType.String, ValueIsEscaped: false }
            ? $"sha256:{Encoding.UTF8.GetString(reader.ValueSpan)}"
            : null;
    }

    /// <summary>Goes to the value of an object's property.</summary>
    private static bool StepInto(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType == JsonTokenType.None)
        {
            reader.Read();
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = reader.ValueTextEquals(name);
            reader.Read();
            if (isIt)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }
}
