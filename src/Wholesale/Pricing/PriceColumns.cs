using Wholesale.Platform;

namespace Wholesale.Pricing;

/// <summary>
/// The prices of one list as flat columns, so that a million of them are a handful of arrays: per variant its id and where its rows begin, per row the
/// minimum quantity, the unit price and, only in a list that has any, its validity; and a hash table to find a variant. About 20 bytes a price, whether the
/// list is small or large. Immutable, so any number of readers share it without a lock.
/// </summary>
public sealed partial class PriceColumns
{
    /// <summary>Up to here a binary search in a cache line or two is as quick as a look-up by hash.</summary>
    private const int SearchedVariants = 16;

    private readonly long[] variantIds;

    /// <summary>Where each variant's rows begin, and last where they end; null where each variant has exactly one.</summary>
    private readonly int[]? starts;

    /// <summary>In thousandths; null where all are one piece, and where <see cref="wideQuantities"/> holds them.</summary>
    private readonly int[]? quantities;

    /// <summary>In thousandths, where some are beyond 2,147,483 pieces; else null.</summary>
    private readonly long[]? wideQuantities;

    private readonly long[] unitPrices;

    /// <summary>Each row's place in <see cref="intervals"/>; null where every row holds for ever.</summary>
    private readonly int[]? validities;

    /// <summary>The different validities: a list has few of them, however many rows.</summary>
    private readonly Validity[] intervals;

    /// <summary>Of a list of up to 65,535 variants, an open hash table of places in <see cref="variantIds"/>, from 1; else null.</summary>
    private readonly ushort[]? narrowSlots;

    /// <summary>The same of a larger list; else null.</summary>
    private readonly int[]? wideSlots;

    /// <summary>By how much a hash is shifted to the right to be a slot.</summary>
    private readonly int shift;

    private PriceColumns(
        long[] variantIds,
        int[]? starts,
        int[]? quantities,
        long[]? wideQuantities,
        long[] unitPrices,
        int[]? validities,
        Validity[] intervals,
        bool canBeSearched = true)
    {
        this.variantIds = variantIds;
        this.starts = starts;
        this.quantities = quantities;
        this.wideQuantities = wideQuantities;
        this.unitPrices = unitPrices;
        this.validities = validities;
        this.intervals = intervals;
        if (!canBeSearched || variantIds.Length <= SearchedVariants)
        {
            return;
        }

        var size = System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(variantIds.Length + (variantIds.Length / 2)));
        shift = 64 - System.Numerics.BitOperations.TrailingZeroCount(size);
        if (variantIds.Length <= ushort.MaxValue)
        {
            narrowSlots = new ushort[size];
            Fill(narrowSlots);
        }
        else
        {
            wideSlots = new int[size];
            Fill(wideSlots);
        }
    }

    /// <summary>No prices.</summary>
    public static PriceColumns Empty { get; } = new([], null, null, null, [], null, []);

    /// <summary>How many variants have rows here, or are known to have none.</summary>
    public int VariantCount => variantIds.Length;

    /// <summary>How many prices.</summary>
    public int RowCount => unitPrices.Length;

    /// <summary>What the columns take in memory.</summary>
    public long Bytes =>
        128 + (sizeof(long) * ((long)variantIds.Length + unitPrices.Length + (wideQuantities?.Length ?? 0)))
        + (sizeof(int) * ((long)(starts?.Length ?? 0) + (quantities?.Length ?? 0) + (validities?.Length ?? 0)))
        + (sizeof(ushort) * (narrowSlots?.Length ?? 0L)) + (sizeof(int) * (wideSlots?.Length ?? 0L))
        + (16L * intervals.Length);

    /// <summary>The variants, by id.</summary>
    public ReadOnlySpan<long> VariantIds => variantIds;

    /// <summary>Whether a variant is known here, with rows or without.</summary>
    public bool Knows(long variantId) => TryFind(variantId, out _);

    /// <summary>The variants again, as what can be walked through step by step.</summary>
    internal IEnumerable<long> AllVariantIds => variantIds;

    /// <summary>The rows of a variant, by minimum quantity and beginning.</summary>
    /// <returns>False where the variant is not known here; a known variant may have no rows.</returns>
    public bool TryFind(long variantId, out PriceRows rows)
    {
        var index = narrowSlots is not null ? PlaceOf(variantId, narrowSlots)
            : wideSlots is not null ? PlaceOf(variantId, wideSlots)
            : Array.BinarySearch(variantIds, variantId);
        if (index < 0)
        {
            rows = default;
            return false;
        }

        rows = RowsAt(index);
        return true;
    }

    /// <summary>The rows of many variants; where one is not known here, what stood in its place stays.</summary>
    /// <remarks>
    /// All of them take one step after the other together: the look-ups of a large list wait for memory, and so they wait at the same time.
    /// </remarks>
    internal void Find(ReadOnlySpan<long> ids, Span<PriceRows> rows, Span<int> places)
    {
        if (narrowSlots is not null)
        {
            PlacesOf(ids, places, narrowSlots);
        }
        else if (wideSlots is not null)
        {
            PlacesOf(ids, places, wideSlots);
        }
        else
        {
            for (var i = 0; i < ids.Length; i++)
            {
                places[i] = Array.BinarySearch(variantIds, ids[i]);
            }
        }

        for (var i = 0; i < ids.Length; i++)
        {
            if (places[i] >= 0)
            {
                rows[i] = RowsAt(places[i]);
            }
        }
    }

    private PriceRows RowsAt(int index) => starts is null ? new(this, index, index + 1) : new(this, starts[index], starts[index + 1]);

    internal long QuantityAt(int row) => quantities is not null ? quantities[row] : wideQuantities is not null ? wideQuantities[row] : Quantity.One.Thousandths;

    internal long UnitPriceAt(int row) => unitPrices[row];

    internal Validity ValidityAt(int row) => validities is null ? Validity.Always : intervals[validities[row]];

    internal bool HoldsAt(int row, DateTime instant) => validities is null || intervals[validities[row]].Holds(instant);

    internal bool IsTimed => validities is not null;

    /// <summary>Where rows begin or end after an instant and up to another, by variant. Where no interval does, no row is looked at.</summary>
    internal IEnumerable<PriceTurn> Turns(DateTime after, DateTime until)
    {
        bool IsWithin(DateTime instant) => after < instant && instant <= until;
        var turning = Array.ConvertAll(intervals, interval => IsWithin(interval.From) || IsWithin(interval.To));
        if (validities is null || !turning.Contains(true))
        {
            yield break;
        }

        for (var i = 0; i < variantIds.Length; i++)
        {
            var end = starts is null ? i + 1 : starts[i + 1];
            for (var row = starts is null ? i : starts[i]; row < end; row++)
            {
                if (!turning[validities[row]])
                {
                    continue;
                }

                var (from, to) = intervals[validities[row]];
                if (IsWithin(from))
                {
                    yield return new(from, variantIds[i]);
                }

                if (IsWithin(to))
                {
                    yield return new(to, variantIds[i]);
                }
            }
        }
    }

    /// <summary>Adds all rows of a variant to other columns.</summary>
    private void CopyTo(Builder builder, int index)
    {
        builder.Know(variantIds[index]);
        for (var row = StartOf(index); row < StartOf(index + 1); row++)
        {
            builder.Add(variantIds[index], QuantityAt(row), unitPrices[row], ValidityAt(row));
        }
    }

    /// <summary>Lays newer columns over these: what is known there hides what is here.</summary>
    /// <param name="newer">What goes before.</param>
    /// <param name="keepsEmpty">Whether variants without rows stay known, because something is hidden below.</param>
    internal PriceColumns Under(PriceColumns newer, bool keepsEmpty)
    {
        var builder = new Builder();
        var (i, j) = (0, 0);
        while (i < variantIds.Length || j < newer.variantIds.Length)
        {
            if (j == newer.variantIds.Length || (i < variantIds.Length && variantIds[i] < newer.variantIds[j]))
            {
                CopyTo(builder, i++);
            }
            else
            {
                i += i < variantIds.Length && variantIds[i] == newer.variantIds[j] ? 1 : 0;
                newer.CopyTo(builder, j++);
            }
        }

        return builder.Build(keepsEmpty);
    }

    private int StartOf(int index) => starts is null ? index : starts[index];

    private void Fill<T>(T[] slots) where T : struct, System.Numerics.IBinaryInteger<T>
    {
        for (var i = 0; i < variantIds.Length; i++)
        {
            var slot = SlotOf(variantIds[i]);
            while (slots[slot] != T.Zero)
            {
                slot = (slot + 1) & (slots.Length - 1);
            }

            slots[slot] = T.CreateChecked(i + 1);
        }
    }

    private int PlaceOf<T>(long variantId, T[] slots) where T : struct, System.Numerics.IBinaryInteger<T>
    {
        var ids = variantIds;
        for (var slot = SlotOf(variantId); slots[slot] != T.Zero; slot = (slot + 1) & (slots.Length - 1))
        {
            var index = int.CreateTruncating(slots[slot]) - 1;
            if (ids[index] == variantId)
            {
                return index;
            }
        }

        return -1;
    }

    /// <summary>As <see cref="PlaceOf"/>: nearly all variants are found in their first slot, or that is empty.</summary>
    private void PlacesOf<T>(ReadOnlySpan<long> sought, Span<int> places, T[] slots) where T : struct, System.Numerics.IBinaryInteger<T>
    {
        for (var i = 0; i < sought.Length; i++)
        {
            places[i] = int.CreateTruncating(slots[SlotOf(sought[i])]) - 1;
        }

        for (var i = 0; i < sought.Length; i++)
        {
            if (places[i] >= 0 && variantIds[places[i]] != sought[i])
            {
                places[i] = PlaceOf(sought[i], slots);
            }
        }
    }

    /// <summary>Multiplicative hashing by 2⁶⁴ ÷ the golden ratio: ids that follow each other are spread far apart.</summary>
    private int SlotOf(long variantId) => (int)(((ulong)variantId * 0x9E3779B97F4A7C15) >> shift);

    /// <summary>Takes rows by ascending variant id, and within a variant in any order. Holds no more than the columns themselves.</summary>
    public sealed class Builder
    {
        private readonly List<long> ids = [];
        private readonly List<int> starts = [];
        private readonly List<long> quantities = [];
        private readonly List<long> unitPrices = [];
        private readonly List<int> validities = [];
        private readonly Dictionary<Validity, int> intervals = new() { [Validity.Always] = 0 };

        /// <summary>How many rows so far.</summary>
        public int RowCount => unitPrices.Count;

        /// <summary>Makes a variant known, whether rows follow or not.</summary>
        public void Know(long variantId)
        {
            if (ids.Count > 0 && ids[^1] >= variantId)
            {
                if (ids[^1] > variantId)
                {
                    throw new ArgumentException($"The variant {variantId} came after {ids[^1]}: rows are to be given by ascending variant id.");
                }

                return;
            }

            ids.Add(variantId);
            starts.Add(unitPrices.Count);
        }

        /// <summary>Adds a row.</summary>
        public void Add(in PriceRow row) =>
            Add(row.VariantId, row.MinimumQuantity.Thousandths, row.UnitPrice, Validity.Of(row.ValidFrom, row.ValidTo));

        internal void Add(long variantId, long minimumQuantity, long unitPrice, Validity validity)
        {
            Know(variantId);
            if (!intervals.TryGetValue(validity, out var interval))
            {
                intervals.Add(validity, interval = intervals.Count);
            }

            // A variant has few rows: each new one is put in its place among them.
            var place = unitPrices.Count;
            while (place > starts[^1] && quantities[place - 1] > minimumQuantity)
            {
                place--;
            }

            quantities.Insert(place, minimumQuantity);
            unitPrices.Insert(place, unitPrice);
            validities.Insert(place, interval);
        }

        /// <summary>Makes the columns; the builder is used up.</summary>
        /// <param name="keepsEmpty">Whether variants that have no rows stay known.</param>
        public PriceColumns Build(bool keepsEmpty = false)
        {
            if (!keepsEmpty)
            {
                ForgetEmpty();
            }

            starts.Add(unitPrices.Count);
            var isOneEach = unitPrices.Count == ids.Count;
            for (var i = 0; i < ids.Count && isOneEach; i++)
            {
                isOneEach = starts[i] == i;
            }

            var areAllOne = quantities.TrueForAll(q => q == Quantity.One.Thousandths);
            var areWide = quantities.Exists(q => q > int.MaxValue);
            return new PriceColumns(
                [.. ids],
                isOneEach ? null : [.. starts],
                areAllOne || areWide ? null : [.. quantities.Select(q => (int)q)],
                areWide ? [.. quantities] : null,
                [.. unitPrices],
                intervals.Count == 1 ? null : [.. validities],
                [.. intervals.OrderBy(pair => pair.Value).Select(pair => pair.Key)]);
        }

        private void ForgetEmpty()
        {
            var kept = 0;
            for (var i = 0; i < ids.Count; i++)
            {
                var end = i + 1 < ids.Count ? starts[i + 1] : unitPrices.Count;
                if (starts[i] < end)
                {
                    (ids[kept], starts[kept]) = (ids[i], starts[i]);
                    kept++;
                }
            }

            ids.RemoveRange(kept, ids.Count - kept);
            starts.RemoveRange(kept, starts.Count - kept);
        }
    }
}
