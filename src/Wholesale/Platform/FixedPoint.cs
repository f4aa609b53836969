using System.Globalization;
using System.Text;

namespace Wholesale.Platform;

/// <summary>Exact decimal numbers that are kept as a whole count of a small unit: ten thousandths of a currency, thousandths of a piece.</summary>
internal static class FixedPoint
{
    /// <summary>Room for any value that <see cref="Format"/> writes: sign, 19 digits, point, and the zero before it.</summary>
    public const int MaximumLength = 22;

    /// <summary>
    /// Reads a number as JSON writes one (RFC 8259 section 6, <c>[ "-" ] int [ frac ] [ exp ]</c>). It is the value that must fit, not its spelling:
    /// <c>1.5e1</c> and <c>15.000000</c> are both 15.
    /// </summary>
    /// <param name="text">The number and nothing else.</param>
    /// <param name="scale">How many decimals the unit has.</param>
    /// <param name="maximum">The greatest count of units, of either sign.</param>
    /// <param name="units">The value in units.</param>
    /// <returns>False if it is no number, has more decimals than the unit, or is too great.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, int scale, long maximum, out long units)
    {
        units = 0;
        var negative = text.StartsWith('-');
        var rest = negative ? text[1..] : text;

        var integer = TakeDigits(ref rest);
        if (integer.IsEmpty || (integer.Length > 1 && integer[0] == '0'))
        {
            return false;
        }

        var fraction = default(ReadOnlySpan<char>);
        if (rest.StartsWith('.'))
        {
            rest = rest[1..];
            fraction = TakeDigits(ref rest);
            if (fraction.IsEmpty)
            {
                return false;
            }
        }

        var exponent = 0;
        if (!rest.IsEmpty && !TryTakeExponent(ref rest, out exponent))
        {
            return false;
        }

        // Zeros are only counted until a digit follows, so that neither leading nor trailing ones use up room.
        long digits = 0;
        var zeros = 0;
        if (!rest.IsEmpty || !Append(integer, ref digits, ref zeros) || !Append(fraction, ref digits, ref zeros))
        {
            return false;
        }

        var shift = (long)exponent + zeros - fraction.Length + scale;
        if (digits == 0)
        {
            return true;
        }

        if (shift is < 0 or > 18 || Int128.Abs((Int128)digits * PowerOfTen((int)shift)) > maximum)
        {
            return false;
        }

        units = (negative ? -digits : digits) * PowerOfTen((int)shift);
        return true;
    }

    /// <summary>Writes a value with at least so many decimals, and further ones only as needed: never <c>-0</c>, never an exponent.</summary>
    /// <returns>How many bytes were written, at most <see cref="MaximumLength"/>.</returns>
    public static int Format(long units, int scale, int minimumDecimals, Span<byte> target)
    {
        var position = 0;
        if (units < 0)
        {
            target[position++] = (byte)'-';
        }

        var (integer, fraction) = Math.DivRem((ulong)Int128.Abs(units), (ulong)PowerOfTen(scale));
        integer.TryFormat(target[position..], out var written, provider: CultureInfo.InvariantCulture);
        position += written;

        var decimals = scale;
        for (; decimals > minimumDecimals && fraction % 10 == 0; decimals--)
        {
            fraction /= 10;
        }

        if (decimals > 0)
        {
            target[position] = (byte)'.';
            for (var i = decimals; i > 0; i--)
            {
                target[position + i] = (byte)('0' + (fraction % 10));
                fraction /= 10;
            }

            position += decimals + 1;
        }

        return position;
    }

    /// <summary>As <see cref="Format"/>, into a string.</summary>
    public static string ToString(long units, int scale, int minimumDecimals)
    {
        Span<byte> buffer = stackalloc byte[MaximumLength];
        return Encoding.ASCII.GetString(buffer[..Format(units, scale, minimumDecimals, buffer)]);
    }

    /// <summary>10 to a power from 0 to 18.</summary>
    public static long PowerOfTen(int exponent)
    {
        long power = 1;
        for (; exponent > 0; exponent--)
        {
            power *= 10;
        }

        return power;
    }

    private static ReadOnlySpan<char> TakeDigits(scoped ref ReadOnlySpan<char> rest)
    {
        var length = rest.IndexOfAnyExceptInRange('0', '9');
        var digits = length < 0 ? rest : rest[..length];
        rest = rest[digits.Length..];
        return digits;
    }

    private static bool TryTakeExponent(ref ReadOnlySpan<char> rest, out int exponent)
    {
        exponent = 0;
        if (rest[0] is not ('e' or 'E'))
        {
            return false;
        }

        rest = rest[1..];
        var negative = rest.StartsWith('-');
        if (negative || rest.StartsWith('+'))
        {
            rest = rest[1..];
        }

        var digits = TakeDigits(ref rest);
        if (digits.IsEmpty)
        {
            return false;
        }

        // Beyond a billion every number but 0 is out of range, and 0 stays 0.
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out exponent) || exponent > 1_000_000_000)
        {
            exponent = 1_000_000_000;
        }

        exponent = negative ? -exponent : exponent;
        return true;
    }

    /// <summary>False if the digits from the first to the last that is not 0 are more than any value has.</summary>
    private static bool Append(ReadOnlySpan<char> text, ref long digits, ref int zeros)
    {
        foreach (var c in text)
        {
            if (c == '0')
            {
                zeros += digits == 0 ? 0 : 1;
                continue;
            }

            if (zeros > 17 || digits > (long.MaxValue - 9) / PowerOfTen(zeros + 1))
            {
                return false;
            }

            digits = (digits * PowerOfTen(zeros + 1)) + (c - '0');
            zeros = 0;
        }

        return true;
    }
}
