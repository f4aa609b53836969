using Wholesale.Platform;

namespace Wholesale.Repricing;

/// <summary>Hundredths of a per cent.</summary>
internal static class BasisPoints
{
    /// <summary>A part of a whole, rounded once, half away from zero; null where the whole is not more than 0, or the per cent have more than 14 digits before the point.</summary>
    public static long? Of(Int128 part, long whole)
    {
        if (whole <= 0)
        {
            return null;
        }

        var (points, rest) = Int128.DivRem(part * 10_000, whole);
        points += 2 * Int128.Abs(rest) >= whole ? Int128.Sign(rest) : 0;
        return Int128.Abs(points) <= Amount.Maximum / 100 ? (long)points : null;
    }
}
