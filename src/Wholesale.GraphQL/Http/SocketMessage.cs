using System.Text.Json;
using Wholesale.GraphQL.Execution;

namespace Wholesale.GraphQL.Http;

/// <summary>A message of <c>graphql-transport-ws</c> from a client.</summary>
/// <param name="Type">One of the protocol's words.</param>
/// <param name="Id">The operation's; empty where the type has none.</param>
/// <param name="Payload">A JSON object as it was sent; empty where there is none.</param>
internal readonly record struct SocketMessage(string Type, string Id, ReadOnlyMemory<byte> Payload)
{
    public const string ConnectionInit = "connection_init";
    public const string Ping = "ping";
    public const string Pong = "pong";
    public const string Subscribe = "subscribe";
    public const string Complete = "complete";

    /// <summary>What a server sends without an id.</summary>
    public static readonly byte[] ConnectionAckBytes = """{"type":"connection_ack"}"""u8.ToArray();

    /// <inheritdoc cref="ConnectionAckBytes"/>
    public static readonly byte[] PongBytes = """{"type":"pong"}"""u8.ToArray();

    /// <summary>Reads a message, or says why it is none.</summary>
    /// <param name="text">The whole message. What is read refers to it.</param>
    /// <param name="maxNesting">Deepest nesting of the JSON.</param>
    public static string? TryRead(ReadOnlyMemory<byte> text, int maxNesting, out SocketMessage message)
    {
        message = default;
        try
        {
            return Read(text, maxNesting, out message) ?? message.Problem();
        }
        catch (JsonException)
        {
            return "not JSON";
        }
        catch (InvalidOperationException)
        {
            // The reader's word for a string with half a surrogate pair.
            return "a string is not Unicode";
        }
    }

    /// <summary>Begins <c>next</c>: a response and a brace are to follow.</summary>
    public static void BeginNext(string id, Utf8Writer writer) => Begin(id, "\"next\",\"payload\":"u8, writer);

    /// <summary><c>error</c>: the operation ends with these.</summary>
    public static byte[] Error(string id, IReadOnlyList<GraphQLError> errors)
    {
        using var writer = new Utf8Writer(1024);
        Begin(id, "\"error\",\"payload\":"u8, writer);
        ErrorWriter.WriteList(errors, writer);
        writer.Raw((byte)'}');
        return writer.Written.ToArray();
    }

    /// <summary><c>complete</c>: the operation has ended.</summary>
    public static byte[] Completed(string id)
    {
        using var writer = new Utf8Writer(256);
        Begin(id, "\"complete\"}"u8, writer);
        return writer.Written.ToArray();
    }

    private static void Begin(string id, ReadOnlySpan<byte> type, Utf8Writer writer)
    {
        writer.Raw("{\"id\":"u8);
        writer.String(id);
        writer.Raw(",\"type\":"u8);
        writer.Raw(type);
    }

    private static string? Read(ReadOnlyMemory<byte> text, int maxNesting, out SocketMessage message)
    {
        message = new SocketMessage("", "", default);
        var reader = new Utf8JsonReader(text.Span, new JsonReaderOptions { MaxDepth = maxNesting });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return "not a JSON object";
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case "type" or "id" when reader.TokenType != JsonTokenType.String:
                    return $"\"{name}\" must be a string";
                case "type":
                    message = message with { Type = reader.GetString()! };
                    break;
                case "id":
                    message = message with { Id = reader.GetString()! };
                    break;
                case "payload" when reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.Null):
                    return "\"payload\" must be an object";
                case "payload" when reader.TokenType == JsonTokenType.StartObject:
                    var start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    message = message with { Payload = text[start..(int)reader.BytesConsumed] };
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

        return null;
    }

    private string? Problem() => Type switch
    {
        Subscribe or Complete when Id.Length == 0 => $"\"{Type}\" needs an \"id\"",
        Subscribe when Payload.IsEmpty => "\"subscribe\" needs a \"payload\"",
        ConnectionInit or Ping or Pong or Subscribe or Complete => null,
        _ => "\"type\" is not one that a client sends",
    };
}
