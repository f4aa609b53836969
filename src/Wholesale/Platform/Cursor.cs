using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using Wholesale.GraphQL.Execution;

namespace Wholesale.Platform;

/// <summary>
/// A place in a sorted list: the sort keys of the row it stands behind, so that a page is found by one seek, however deep, and rows that come or go
/// meanwhile shift nothing. Its text is opaque to clients and bears the name of its order, so that a cursor of another list is refused.
/// </summary>
public sealed class Cursor
{
    private readonly IReadOnlyList<CursorPart> parts;

    private Cursor(IReadOnlyList<CursorPart> parts) => this.parts = parts;

    /// <summary>The text of a cursor.</summary>
    /// <param name="order">The list and its order, as in <c>products/NAME</c>.</param>
    /// <param name="parts">The row's sort keys, the unique one last.</param>
    public static string Of(string order, params ReadOnlySpan<CursorPart> parts)
    {
        var bytes = new ArrayBufferWriter<byte>(128);
        Write(bytes, order);
        foreach (var part in parts)
        {
            if (part.Text is { } text)
            {
                Write(bytes, text);
            }
            else
            {
                bytes.Write([CursorPart.NumberTag]);
                BinaryPrimitives.WriteInt64LittleEndian(bytes.GetSpan(sizeof(long)), part.Number);
                bytes.Advance(sizeof(long));
            }
        }

        return Base64Url.EncodeToString(bytes.WrittenSpan);
    }

    /// <summary>Reads a cursor that <see cref="Of"/> made for the same order.</summary>
    /// <exception cref="GraphQLException">INVALID_CURSOR: it is broken, or of another list or order.</exception>
    public static Cursor Parse(string text, string order)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        var read = new List<CursorPart>();
        return Base64Url.DecodeFromChars(text, bytes, out _, out var length) == OperationStatus.Done
            && TryRead(bytes.AsSpan(0, length), read) && read.Count > 0 && read[0].Text == order
            ? new Cursor(read)
            : throw Invalid();
    }

    /// <summary>The part at a position, a string.</summary>
    /// <exception cref="GraphQLException">INVALID_CURSOR: there is none.</exception>
    public string Text(int index) => Part(index).Text ?? throw Invalid();

    /// <summary>The part at a position, a number.</summary>
    /// <exception cref="GraphQLException">INVALID_CURSOR: there is none.</exception>
    public long Number(int index) => Part(index) is { Text: null } part ? part.Number : throw Invalid();

    /// <summary>The part at a position, an instant in UTC.</summary>
    /// <exception cref="GraphQLException">INVALID_CURSOR: there is none.</exception>
    public DateTime Instant(int index)
    {
        var ticks = Number(index);
        return ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks ? new DateTime(ticks, DateTimeKind.Utc) : throw Invalid();
    }

    private static GraphQLException Invalid() =>
        new("The cursor is not one of this list in this order: give an `endCursor` or `cursor` of an earlier page, with the same `sort`.", "INVALID_CURSOR");

    private static void Write(ArrayBufferWriter<byte> bytes, string text)
    {
        bytes.Write([CursorPart.TextTag]);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.GetSpan(sizeof(ushort)), checked((ushort)Encoding.UTF8.GetByteCount(text)));
        bytes.Advance(sizeof(ushort));
        Encoding.UTF8.GetBytes(text, bytes);
    }

    private static bool TryRead(ReadOnlySpan<byte> bytes, List<CursorPart> parts)
    {
        while (!bytes.IsEmpty)
        {
            var tag = bytes[0];
            bytes = bytes[1..];
            if (tag == CursorPart.NumberTag && BinaryPrimitives.TryReadInt64LittleEndian(bytes, out var number))
            {
                parts.Add(number);
                bytes = bytes[sizeof(long)..];
            }
            else if (tag == CursorPart.TextTag && BinaryPrimitives.TryReadUInt16LittleEndian(bytes, out var length) && bytes.Length - sizeof(ushort) >= length)
            {
                parts.Add(Encoding.UTF8.GetString(bytes.Slice(sizeof(ushort), length)));
                bytes = bytes[(sizeof(ushort) + length)..];
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    // The first part is the order's name.
    private CursorPart Part(int index) => index + 1 < parts.Count ? parts[index + 1] : throw Invalid();
}

/// <summary>One sort key in a cursor: a string, a number or an instant, each converted by itself.</summary>
public readonly record struct CursorPart
{
    internal const byte TextTag = (byte)'t';
    internal const byte NumberTag = (byte)'n';

    private CursorPart(string? text, long number) => (Text, Number) = (text, number);

    internal string? Text { get; }

    internal long Number { get; }

    /// <summary>A string.</summary>
    public static implicit operator CursorPart(string text) => new(text, 0);

    /// <summary>A number.</summary>
    public static implicit operator CursorPart(long number) => new(null, number);

    /// <summary>An instant.</summary>
    public static implicit operator CursorPart(DateTime instant) => new(null, instant.Ticks);
}
