using System.Buffers;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Wholesale.Platform.Caching;

/// <summary>
/// How values stand in Redis: numbers as memory has them (little-endian), one after the other, and at the end a checksum of all and of their kind (XXH128), so
/// that what was cut off or changed on the way, or belongs under a key of another kind, is never taken for what was written.
/// </summary>
public static class Blob
{
    /// <summary>Part of all keys: programs that write in other ways do not see each other's values. To be counted up with any change of what is written.</summary>
    public const string Format = "1";

    internal const int ChecksumSize = 16;
}

/// <summary>What a value is of: only who reads it as the same may read it at all. The numbers are in the checksums.</summary>
public enum BlobKind
{
    /// <summary>A version of a price list.</summary>
    PriceList = 1,

    /// <summary>A price book.</summary>
    PriceBook = 2,
}

/// <summary>Writes a value. Not thread-safe.</summary>
public sealed class BlobWriter
{
    private readonly ArrayBufferWriter<byte> buffer = new();

    /// <summary>Adds a number, or several together.</summary>
    public BlobWriter Write<T>(T value) where T : unmanaged
    {
        MemoryMarshal.Write(buffer.GetSpan(Unsafe.SizeOf<T>()), value);
        buffer.Advance(Unsafe.SizeOf<T>());
        return this;
    }

    /// <summary>Adds text, or null.</summary>
    public BlobWriter Write(string? text)
    {
        Write(text is null ? -1 : Encoding.UTF8.GetByteCount(text));
        if (text is not null)
        {
            buffer.Advance(Encoding.UTF8.GetBytes(text, buffer.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length))));
        }

        return this;
    }

    /// <summary>Adds how many there are, and each.</summary>
    public BlobWriter WriteAll<T>(IReadOnlyCollection<T> items, Action<BlobWriter, T> write)
    {
        Write(items.Count);
        foreach (var item in items)
        {
            write(this, item);
        }

        return this;
    }

    /// <summary>Room for bytes that the caller fills at once.</summary>
    public Memory<byte> Reserve(int count)
    {
        var room = buffer.GetMemory(count)[..count];
        buffer.Advance(count);
        return room;
    }

    /// <summary>The value, with its checksum.</summary>
    public ReadOnlyMemory<byte> End(BlobKind kind)
    {
        XxHash128.Hash(buffer.WrittenSpan, buffer.GetSpan(Blob.ChecksumSize), (long)kind);
        buffer.Advance(Blob.ChecksumSize);
        return buffer.WrittenMemory;
    }
}

/// <summary>Reads a value in the order in which it was written. Not thread-safe.</summary>
public sealed class BlobReader
{
    private readonly ReadOnlyMemory<byte> value;
    private int position;

    private BlobReader(ReadOnlyMemory<byte> value) => this.value = value;

    /// <summary>A reader of a value; null where its checksum is another, so that it is not what was written, or is of another kind.</summary>
    public static BlobReader? Open(ReadOnlyMemory<byte> value, BlobKind kind)
    {
        if (value.Length < Blob.ChecksumSize)
        {
            return null;
        }

        var written = value[..^Blob.ChecksumSize];
        Span<byte> checksum = stackalloc byte[Blob.ChecksumSize];
        XxHash128.Hash(written.Span, checksum, (long)kind);
        return checksum.SequenceEqual(value.Span[^Blob.ChecksumSize..]) ? new BlobReader(written) : null;
    }

    /// <summary>The next number, or several together.</summary>
    public T Read<T>() where T : unmanaged => MemoryMarshal.Read<T>(Take(Unsafe.SizeOf<T>()).Span);

    /// <summary>The next text, or null.</summary>
    public string? ReadText() => Read<int>() is >= 0 and var length ? Encoding.UTF8.GetString(Take(length).Span) : null;

    /// <summary>As many as were written.</summary>
    public T[] ReadAll<T>(Func<BlobReader, T> read)
    {
        var items = new T[Read<int>()];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = read(this);
        }

        return items;
    }

    /// <summary>The next bytes.</summary>
    public ReadOnlyMemory<byte> Take(int count)
    {
        var taken = value.Slice(position, count);
        position += count;
        return taken;
    }
}
