using System.Globalization;

namespace Wholesale.Platform;

/// <summary>The time, injected, so that tests can set it.</summary>
/// <param name="time">Where it comes from; timers and time limits use it, too.</param>
public sealed class Clock(TimeProvider time)
{
    /// <summary>Now, in UTC.</summary>
    public DateTime UtcNow => time.GetUtcNow().UtcDateTime;

    /// <summary>For delays, timers and time limits.</summary>
    public TimeProvider TimeProvider => time;
}

/// <summary>Instants as RFC 3339 section 5.6 writes them.</summary>
public static class Instant
{
    /// <summary>Room for any instant that <see cref="Format"/> writes.</summary>
    public const int MaximumLength = 28;

    private const string Shape = "0000-00-00T00:00:00";

    /// <summary>
    /// Reads <c>full-date "T" partial-time time-offset</c>; the offset is required. Decimals of a second beyond the seventh are cut off.
    /// A leap second (<c>:60</c>) and whatever falls before the year 1 or after 9999 in UTC is refused.
    /// </summary>
    /// <param name="text">The instant and nothing else.</param>
    /// <param name="instant">In UTC.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTime instant)
    {
        instant = default;
        if (!HasShape(text, Shape)
            || !DateTime.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            || !TimeSpan.TryParseExact(text[11..19], @"hh\:mm\:ss", CultureInfo.InvariantCulture, out var time))
        {
            return false;
        }

        var rest = text[19..];
        if (!TryTakeFraction(ref rest, out var fraction) || !TryParseOffset(rest, out var offset))
        {
            return false;
        }

        var ticks = date.Ticks + time.Ticks + fraction - offset;
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        instant = new DateTime(ticks, DateTimeKind.Utc);
        return true;
    }

    /// <summary>Writes a UTC instant with <c>Z</c>, and decimals of the second only as needed.</summary>
    /// <returns>How many bytes were written.</returns>
    public static int Format(DateTime utc, Span<byte> target)
    {
        utc.TryFormat(target, out var written, "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'FFFFFFF'Z'", CultureInfo.InvariantCulture);
        return written;
    }

    /// <summary>As <see cref="Format"/>, into a string.</summary>
    public static string ToString(DateTime utc)
    {
        Span<byte> buffer = stackalloc byte[MaximumLength];
        return System.Text.Encoding.ASCII.GetString(buffer[..Format(utc, buffer)]);
    }

    private static bool HasShape(ReadOnlySpan<char> text, string shape)
    {
        if (text.Length < shape.Length)
        {
            return false;
        }

        for (var i = 0; i < shape.Length; i++)
        {
            var fits = shape[i] switch
            {
                '0' => char.IsAsciiDigit(text[i]),
                'T' => text[i] is 'T' or 't',
                var other => text[i] == other,
            };
            if (!fits)
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryTakeFraction(ref ReadOnlySpan<char> rest, out long ticks)
    {
        ticks = 0;
        if (!rest.StartsWith('.'))
        {
            return true;
        }

        var unit = TimeSpan.TicksPerSecond;
        var length = 1;
        for (; length < rest.Length && char.IsAsciiDigit(rest[length]); length++)
        {
            unit /= 10;
            ticks += (rest[length] - '0') * unit;
        }

        rest = rest[length..];
        return length > 1;
    }

    private static bool TryParseOffset(ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        if (text is "Z" or "z")
        {
            return true;
        }

        if (text.IsEmpty || text[0] is not ('+' or '-') || text.Length != 6
            || !TimeSpan.TryParseExact(text[1..], @"hh\:mm", CultureInfo.InvariantCulture, out var offset))
        {
            return false;
        }

        ticks = text[0] == '-' ? -offset.Ticks : offset.Ticks;
        return true;
    }
}
