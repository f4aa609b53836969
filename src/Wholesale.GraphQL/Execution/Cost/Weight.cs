using System.Globalization;

namespace Wholesale.GraphQL.Execution;

/// <summary>
/// Weights and their sums, in thousandths, so that what is added in another order stays equal. Everything stays within <see cref="Max"/>: a cost beyond it is it.
/// </summary>
internal static class Weight
{
    /// <summary>The weight 1.</summary>
    public const long One = 1_000;

    /// <summary>The greatest cost: as a whole number it has the 15 digits that a header's integer may have (RFC 9651, section 3.3.1).</summary>
    public const long Max = 999_999_999_999_999 * One;

    /// <summary>Reads the argument of <c>@cost</c>: a number of up to three decimals, from −1,000,000 to 1,000,000.</summary>
    public static bool TryParse(string text, out long weight)
    {
        weight = 0;
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || Math.Abs(number) > 1_000_000 || number * One % 1 != 0)
        {
            return false;
        }

        weight = (long)(number * One);
        return true;
    }

    public static long Sum(long one, long other) => Math.Clamp(one + other, -Max, Max);

    /// <summary>A weight so many times, or so many things in each of so many.</summary>
    public static long Times(long weight, long count) => (long)Int128.Clamp((Int128)weight * count, -Max, Max);

    /// <summary>As it is told and charged: whole, rounded up.</summary>
    public static long RoundUp(long weight) => (weight + One - 1) / One;
}
