using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Wholesale.Platform;

/// <summary>
/// What the API calls an <c>ID</c>: unique across all types, opaque to clients. Its text is the base64url form of the type's name, a byte 0 and the key,
/// seven bits a byte, low bits first.
/// </summary>
/// <param name="Type">The name of an object type, up to 60 ASCII letters.</param>
/// <param name="Key">The key within the type, 0 or more.</param>
public readonly record struct NodeId(string Type, long Key)
{
    /// <summary>Room for the text of any id.</summary>
    public const int MaximumLength = 96;

    private const int MaximumTypeLength = 60;
    private const int MaximumBytes = MaximumTypeLength + 1 + 9;

    /// <summary>The id that finds nothing.</summary>
    public static NodeId None => new("", 0);

    /// <summary>Reads an id. Nonsense is <see cref="None"/>: an id that was never given is answered like one whose thing is gone.</summary>
    public static NodeId Parse(string text)
    {
        Span<byte> bytes = stackalloc byte[MaximumBytes];
        if (text.Length > MaximumLength || Base64Url.DecodeFromChars(text, bytes, out _, out var length) != OperationStatus.Done)
        {
            return None;
        }

        bytes = bytes[..length];
        var end = bytes.IndexOf((byte)0);
        if (end < 1 || end > MaximumTypeLength || bytes.Length - end - 1 is < 1 or > 9)
        {
            return None;
        }

        long key = 0;
        for (var i = bytes.Length - 1; i > end; i--)
        {
            key = (key << 7) | (long)(bytes[i] & 0x7F);
        }

        var id = new NodeId(Encoding.ASCII.GetString(bytes[..end]), key);
        return id.ToString() == text ? id : None; // one thing, one id: other spellings of the same bits are nonsense, too
    }

    /// <summary>The key if this is an id of that type, else -1, which no row has.</summary>
    public long KeyOf(string type) => Type == type ? Key : -1;

    /// <summary>Writes the text.</summary>
    /// <returns>How many bytes were written, at most <see cref="MaximumLength"/>.</returns>
    public int Format(Span<byte> target)
    {
        Span<byte> bytes = stackalloc byte[MaximumBytes];
        var position = Encoding.ASCII.GetBytes(Type, bytes);
        bytes[position++] = 0;
        var rest = (ulong)Key;
        for (; rest > 0x7F; rest >>= 7)
        {
            bytes[position++] = (byte)(rest | 0x80);
        }

        bytes[position++] = (byte)rest;
        return Base64Url.EncodeToUtf8(bytes[..position], target);
    }

    /// <summary>The text that clients see.</summary>
    public override string ToString()
    {
        Span<byte> text = stackalloc byte[MaximumLength];
        return Encoding.ASCII.GetString(text[..Format(text)]);
    }
}
