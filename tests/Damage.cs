namespace Wholesale.Tests;

/// <summary>Spoils texts by the byte: stretches are removed, doubled, moved, taken from elsewhere; pieces that matter to a grammar are put in.</summary>
/// <param name="random">Decides.</param>
/// <param name="pieces">What to put in.</param>
/// <param name="maxChanges">How many changes to make at most. Few leave more texts that are still right as a whole.</param>
internal sealed class Damage(Random random, IReadOnlyList<byte[]> pieces, int maxChanges = 4)
{
    private const int MaxStretch = 24;

    /// <summary>Makes one change or more.</summary>
    /// <param name="text">Not changed itself.</param>
    /// <param name="other">Where a stretch may be taken from.</param>
    public byte[] Of(byte[] text, byte[] other)
    {
        var spoilt = text;
        for (var changes = 1 + random.Next(maxChanges); changes > 0; changes--)
        {
            spoilt = Change(spoilt, other);
        }

        return spoilt;
    }

    private byte[] Change(byte[] text, byte[] other)
    {
        var (start, length) = Stretch(text);
        switch (random.Next(6))
        {
            case 0:
                return Replace(text, start, length, []);
            case 1:
                return Replace(text, start, 0, text.AsSpan(start, length));
            case 2:
                return Replace(text, random.Next(text.Length + 1), 0, text.AsSpan(start, length));
            case 3:
                var (from, count) = Stretch(other);
                return Replace(text, start, length, other.AsSpan(from, count));
            case 4:
                return Replace(text, start, random.Next(2), pieces[random.Next(pieces.Count)]);
            default:
                return Replace(text, start, Math.Min(length, 1), [(byte)random.Next(random.Next(8) == 0 ? 256 : 128)]);
        }
    }

    private (int Start, int Length) Stretch(byte[] text)
    {
        var start = random.Next(text.Length + 1);
        return (start, Math.Min(1 + random.Next(MaxStretch), text.Length - start));
    }

    private static byte[] Replace(byte[] text, int start, int length, ReadOnlySpan<byte> by)
    {
        length = Math.Min(length, text.Length - start);
        var result = new byte[text.Length - length + by.Length];
        text.AsSpan(0, start).CopyTo(result);
        by.CopyTo(result.AsSpan(start));
        text.AsSpan(start + length).CopyTo(result.AsSpan(start + by.Length));
        return result;
    }
}

/// <summary>Inputs without end: every eighth is made anew by the grammar, the others are spoilt copies of such.</summary>
/// <param name="random">Decides.</param>
/// <param name="make">Makes one that is right, or as wrong as the grammar wants.</param>
/// <param name="damage">Spoils.</param>
internal sealed class Corpus(Random random, Func<byte[]> make, Damage damage)
{
    private const int Kept = 64;

    private readonly List<byte[]> kept = [];

    /// <summary>The next input.</summary>
    public byte[] Next()
    {
        if (kept.Count < Kept)
        {
            kept.Add(make());
            return kept[^1];
        }

        var chosen = random.Next(Kept);
        return random.Next(8) == 0 ? kept[chosen] = make() : damage.Of(kept[chosen], kept[random.Next(Kept)]);
    }
}
