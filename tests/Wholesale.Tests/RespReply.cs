using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.RegularExpressions;

namespace Wholesale.Tests;

/// <summary>What Redis sends, reply by reply (RESP2 and RESP3, https://redis.io/docs/latest/develop/reference/protocol-spec/).</summary>
internal static partial class RespReply
{
    /// <summary>How long the first reply is; null when it is not whole.</summary>
    public static long? Length(ReadOnlySequence<byte> bytes)
    {
        var reader = new SequenceReader<byte>(bytes);
        return Skip(ref reader) ? reader.Consumed : null;
    }

    /// <summary>Whether a reply answers nothing, but is a message on a channel that was subscribed to.</summary>
    public static bool IsMessage(ReadOnlySequence<byte> reply) =>
        Message().IsMatch(Encoding.Latin1.GetString(reply.Slice(0, Math.Min(reply.Length, 20))));

    private static bool Skip(ref SequenceReader<byte> reader)
    {
        if (!reader.TryReadTo(out ReadOnlySpan<byte> line, "\r\n"u8))
        {
            return false;
        }

        return (char)line[0] switch
        {
            '$' or '!' or '=' => SkipText(ref reader, Count(line)),
            '*' or '~' or '>' => SkipAll(ref reader, Count(line)),
            '%' => SkipAll(ref reader, 2 * Count(line)),
            '|' => SkipAll(ref reader, (2 * Count(line)) + 1),
            _ => true,
        };
    }

    private static bool SkipText(ref SequenceReader<byte> reader, int length)
    {
        if (length < 0)
        {
            return true;
        }

        if (reader.Remaining < length + 2)
        {
            return false;
        }

        reader.Advance(length + 2);
        return true;
    }

    private static bool SkipAll(ref SequenceReader<byte> reader, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (!Skip(ref reader))
            {
                return false;
            }
        }

        return true;
    }

    private static int Count(ReadOnlySpan<byte> line) =>
        Utf8Parser.TryParse(line[1..], out int count, out _) ? count : throw new InvalidDataException($"Redis sent {Encoding.Latin1.GetString(line)}.");

    [GeneratedRegex(@"^[*>]\d\r\n\$\d\r\n[ps]?message\r\n")]
    private static partial Regex Message();
}
