using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Unicode;

namespace Wholesale.GraphQL.Execution;

/// <summary>Writes JSON as UTF-8 into a pooled, growing buffer. It adds no commas and checks no nesting: its callers write each structure once, from a plan.</summary>
public sealed class Utf8Writer : IDisposable
{
    private static readonly SearchValues<char> MustEscape = SearchValues.Create(
        "\"\\\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000B\f\r\u000E\u000F\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F");

    private byte[] buffer;
    private int length;

    /// <summary>Rents a first buffer.</summary>
    public Utf8Writer(int capacity = 16 * 1024) => buffer = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>The bytes written so far; valid until the next write.</summary>
    public ReadOnlyMemory<byte> Written => buffer.AsMemory(0, length);

    /// <summary>How many bytes were written.</summary>
    public int Length => length;

    /// <summary>How far the buffer may grow, to within one value: then <see cref="ResponseTooLargeException"/>.</summary>
    internal int MaxLength { get; set; } = int.MaxValue;

    /// <summary>Forgets what was written after a position.</summary>
    public void Truncate(int position) => length = position;

    /// <summary>Bytes that are JSON already.</summary>
    public void Raw(ReadOnlySpan<byte> json)
    {
        json.CopyTo(Reserve(json.Length));
        length += json.Length;
    }

    /// <summary>One ASCII byte.</summary>
    public void Raw(byte json)
    {
        Reserve(1)[0] = json;
        length++;
    }

    /// <summary><c>null</c>.</summary>
    public void Null() => Raw("null"u8);

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public void Boolean(bool value) => Raw(value ? "true"u8 : "false"u8);

    /// <summary>An integer.</summary>
    public void Number(long value)
    {
        value.TryFormat(Reserve(20), out var written, provider: CultureInfo.InvariantCulture);
        length += written;
    }

    /// <summary>A finite number, shortest form that reads back the same.</summary>
    public void Number(double value)
    {
        value.TryFormat(Reserve(32), out var written, provider: CultureInfo.InvariantCulture);
        length += written;
    }

    /// <summary>A string in quotes, escaped as JSON demands and no further; a lone surrogate becomes U+FFFD.</summary>
    public void String(ReadOnlySpan<char> value)
    {
        var target = Reserve((value.Length * 3) + 2);
        target[0] = (byte)'"';
        var plain = CopyPlain(value, target[1..]);
        length += plain + 1;
        if (plain < value.Length)
        {
            Rest(value[plain..]);
        }

        Raw((byte)'"');
    }

    /// <summary>A string that is ASCII and needs no escapes.</summary>
    public void Ascii(ReadOnlySpan<char> value)
    {
        var target = Reserve(value.Length + 2);
        target[0] = (byte)'"';
        Encoding.ASCII.GetBytes(value, target[1..]);
        target[value.Length + 1] = (byte)'"';
        length += value.Length + 2;
    }

    /// <summary>Room for at least this many bytes; <see cref="Advance"/> says how many were used.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Reserve(int size)
    {
        if (buffer.Length - length < size)
        {
            Grow(size);
        }

        return buffer.AsSpan(length);
    }

    /// <summary>Takes bytes written into <see cref="Reserve"/>'s room.</summary>
    public void Advance(int count) => length += count;

    /// <summary>Returns the buffer.</summary>
    public void Dispose()
    {
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = [];
            length = 0;
        }
    }

    /// <summary>Copies characters that are one byte each as they stand, up to the first that is not; says how many. Most strings are all of that kind.</summary>
    private static int CopyPlain(ReadOnlySpan<char> value, Span<byte> target)
    {
        var units = MemoryMarshal.Cast<char, ushort>(value);
        var i = 0;
        for (; i <= units.Length - Vector128<ushort>.Count; i += Vector128<ushort>.Count)
        {
            var chunk = Vector128.Create(units[i..]);
            var special = Vector128.GreaterThan(chunk - Vector128.Create((ushort)' '), Vector128.Create((ushort)('~' - ' ')))
                | Vector128.Equals(chunk, Vector128.Create((ushort)'"'))
                | Vector128.Equals(chunk, Vector128.Create((ushort)'\\'));
            if (special != Vector128<ushort>.Zero)
            {
                break;
            }

            Vector128.Narrow(chunk, chunk).GetLower().CopyTo(target[i..]);
        }

        for (; i < units.Length && units[i] is >= ' ' and <= '~' and not '"' and not '\\'; i++)
        {
            target[i] = (byte)units[i];
        }

        return i;
    }

    /// <summary>The part of a string that needs more than copying.</summary>
    private void Rest(ReadOnlySpan<char> value)
    {
        while (true)
        {
            var special = value.IndexOfAny(MustEscape);
            var run = special < 0 ? value : value[..special];
            Utf8.FromUtf16(run, Reserve(run.Length * 3), out _, out var written);
            length += written;
            if (special < 0)
            {
                break;
            }

            Escape(value[special]);
            value = value[(special + 1)..];
        }
    }

    private void Escape(char c)
    {
        switch (c)
        {
            case '"': Raw("\\\""u8); break;
            case '\\': Raw("\\\\"u8); break;
            case '\b': Raw("\\b"u8); break;
            case '\f': Raw("\\f"u8); break;
            case '\n': Raw("\\n"u8); break;
            case '\r': Raw("\\r"u8); break;
            case '\t': Raw("\\t"u8); break;
            default:
                var target = Reserve(6);
                "\\u00"u8.CopyTo(target);
                target[4] = (byte)(c < 16 ? '0' : '1');
                target[5] = (byte)"0123456789abcdef"[c & 15];
                length += 6;
                break;
        }
    }

    private void Grow(int size)
    {
        var needed = (long)length + size;
        if (needed > MaxLength)
        {
            throw new ResponseTooLargeException();
        }

        var larger = ArrayPool<byte>.Shared.Rent(checked((int)Math.Max(Math.Min((long)buffer.Length * 2, MaxLength), needed)));
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}

/// <summary>The response outgrew <see cref="Utf8Writer.MaxLength"/>.</summary>
internal sealed class ResponseTooLargeException : Exception;
