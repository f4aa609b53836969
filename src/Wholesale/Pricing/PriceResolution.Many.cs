using Wholesale.Catalog;
using Wholesale.Platform;

namespace Wholesale.Pricing;

/// <summary>Prices of many variants. No rules here: they are the same as variant by variant, only sooner.</summary>
public sealed partial class PriceResolution
{
    /// <summary>
    /// How many variants take one step after the other together. What each needs of a large list is far away in memory: so they wait for it at the same time.
    /// </summary>
    private const int AtOnce = 64;

    private ManyVariants? many;

    /// <summary>The price of each of many variants, as <see cref="Resolve"/> has it.</summary>
    /// <param name="variants">The variants.</param>
    /// <param name="quantities">How much of each is bought; of what is 0 there is no price.</param>
    /// <param name="found">Where the prices go; null where no list has one.</param>
    /// <param name="overflow">Told of each total that is beyond what money can hold.</param>
    public void ResolveAll(
        ReadOnlySpan<Variant> variants, ReadOnlySpan<Quantity> quantities, Span<EffectivePrice?> found, Action<int, MoneyOverflowException> overflow)
    {
        if (many is null || many.Size < Math.Min(AtOnce, variants.Length))
        {
            many = new(Math.Min(AtOnce, variants.Length));
        }

        for (var begin = 0; begin < variants.Length; begin += many.Size)
        {
            var some = variants[begin..Math.Min(begin + many.Size, variants.Length)];
            FindOffers(some, quantities[begin..], many);
            for (var i = 0; i < some.Length; i++)
            {
                found[begin + i] = Made(some[i], quantities[begin + i], many.Offers[i], many.First[i], out var exception);
                if (exception is not null)
                {
                    overflow(begin + i, exception);
                }
            }
        }
    }

    private EffectivePrice? Made(Variant variant, Quantity quantity, FirstOffer offer, in FirstRows first, out MoneyOverflowException? overflow)
    {
        overflow = null;
        try
        {
            return isLowest && quantity.Thousandths > 0 ? Resolve(variant, quantity)
                : offer.IsNone ? null
                : new EffectivePrice(this, variant, quantity, sources[offer.Source].List, offer.UnitPrice, null, first);
        }
        catch (MoneyOverflowException exception)
        {
            overflow = exception;
            return null;
        }
    }

    private void FindOffers(ReadOnlySpan<Variant> variants, ReadOnlySpan<Quantity> quantities, ManyVariants those)
    {
        if (!isLowest)
        {
            FindFirstRows(variants, those);
        }

        for (var i = 0; i < variants.Length; i++)
        {
            those.Offers[i] = isLowest || quantities[i].Thousandths == 0
                ? FirstOffer.None
                : FirstOfferOf(variants[i], quantities[i].Thousandths, ref those.First[i]);
        }
    }

    /// <summary>Looks for the first rows of each variant, list by list.</summary>
    private void FindFirstRows(ReadOnlySpan<Variant> variants, ManyVariants those)
    {
        for (var i = 0; i < variants.Length; i++)
        {
            (those.Ids[i], those.Places[i], those.First[i]) = (variants[i].Id, i, new(sources.Length, default));
        }

        var left = variants.Length;
        for (var source = 0; source < sources.Length && left > 0; source++)
        {
            var sought = left;
            sources[source].Prices.RowsOf(those.Ids.AsSpan(0, sought), those.Rows, those.Scratch);
            left = 0;
            for (var i = 0; i < sought; i++)
            {
                if (those.Rows[i].Count > 0)
                {
                    those.First[those.Places[i]] = new(source, those.Rows[i]);
                }
                else
                {
                    (those.Ids[left], those.Places[left]) = (those.Ids[i], those.Places[i]);
                    left++;
                }
            }
        }
    }

    /// <summary>The rows of a variant in a current source, with what is done to them; its first ones need not be looked for again.</summary>
    private bool TryFind(int index, Variant variant, in FirstRows first, out PriceRows rows)
    {
        ref readonly var source = ref sources[index];
        rows = first.Rows.Count > 0 && first.Source == index ? first.Rows : source.Prices.RowsOf(variant.Id);
        return rows.Count > 0 && (!source.IsAdjusted || TryAdjustments(source.Source, variant));
    }

    /// <summary>The first source that has rows of a variant; the default: nobody has looked yet.</summary>
    internal readonly record struct FirstRows(int Source, PriceRows Rows);

    /// <summary>The offer that decides where the first one does.</summary>
    /// <param name="Source">The place of its source.</param>
    /// <param name="UnitPrice">In 1/10,000 of the currency, adjusted.</param>
    private readonly record struct FirstOffer(int Source, long UnitPrice)
    {
        public static FirstOffer None => new(-1, 0);

        public bool IsNone => Source < 0;
    }

    /// <summary>Scratch space for variants that are looked for at once.</summary>
    private sealed class ManyVariants(int size)
    {
        public int Size => size;

        /// <summary>The ids that are still sought, first of all.</summary>
        public long[] Ids { get; } = new long[size];

        /// <summary>Whose ids these are.</summary>
        public int[] Places { get; } = new int[size];

        /// <summary>What the present list has of them.</summary>
        public PriceRows[] Rows { get; } = new PriceRows[size];

        public int[] Scratch { get; } = new int[size];

        public FirstRows[] First { get; } = new FirstRows[size];

        public FirstOffer[] Offers { get; } = new FirstOffer[size];
    }
}
