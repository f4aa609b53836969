using System.Text.Json;

namespace Wholesale.GraphQL.Http;

/// <summary>GraphQL over HTTP, "Request Parameters": the JSON body, taken apart without copying what need not be.</summary>
internal readonly struct GraphQLRequest
{
    /// <summary>The document, UTF-8.</summary>
    public ReadOnlyMemory<byte> Query { get; private init; }

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
        catch (InvalidOperationException exception) when (exception.Source == typeof(Utf8JsonReader).Assembly.GetName().Name)
        {
            return "The body holds a string that is not Unicode.";
        }
    }

    private static string? Read(ReadOnlyMemory<byte> body, int maxNesting, out GraphQLRequest request)
    {
        request = default;
        var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = maxNesting });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return "The body must be a JSON object with a \"query\".";
        }

        ReadOnlyMemory<byte> query = default;
        ReadOnlyMemory<byte> variables = default;
        string? operationName = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (reader.ValueTextEquals("query"u8))
            {
                reader.Read();
                if (reader.TokenType != JsonTokenType.String)
                {
                    return "\"query\" must be a string.";
                }

                query = Text(body, ref reader);
            }
            else if (reader.ValueTextEquals("operationName"u8))
            {
                reader.Read();
                if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null))
                {
                    return "\"operationName\" must be a string or null.";
                }

                operationName = reader.GetString();
            }
            else if (reader.ValueTextEquals("variables"u8))
            {
                reader.Read();
                if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.Null))
                {
                    return "\"variables\" must be an object or null.";
                }

                variables = Slice(body, ref reader);
            }
            else if (reader.ValueTextEquals("extensions"u8))
            {
                reader.Read();
                if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.Null))
                {
                    return "\"extensions\" must be an object or null.";
                }

                reader.Skip();
            }
            else
            {
                reader.Skip();
            }
        }

        // Whatever follows the object is an error that only a further read shows.
        while (reader.Read())
        {
        }

        if (query.IsEmpty)
        {
            return "The body needs a \"query\".";
        }

        request = new GraphQLRequest { Query = query, OperationName = operationName, Variables = variables };
        return null;
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
