using Wholesale.Platform;

namespace Wholesale.Pricing;

/// <summary>
/// One version of a price list, ready to answer: its columns, and above them what was edited since they were made, the newest on top, each layer more than
/// four times the size of the one above it. So an edit of one price copies a few rows and never a million, and a look-up passes few layers. Immutable.
/// </summary>
public sealed class CompiledPriceList
{
    private readonly PriceColumns[] layers;
    private readonly IReadOnlyDictionary<long, QuantityTerms> quantityTerms;

    private CompiledPriceList(
        long priceListId,
        long version,
        PriceListContent? content,
        DateTime completeFrom,
        PriceColumns[] layers,
        IReadOnlyDictionary<long, QuantityTerms> quantityTerms)
    {
        PriceListId = priceListId;
        Version = version;
        Content = content;
        CompleteFrom = completeFrom;
        this.layers = layers;
        this.quantityTerms = quantityTerms;
        Bytes = layers.Sum(layer => layer.Bytes) + (96L * quantityTerms.Count);
    }

    /// <summary>The list.</summary>
    public long PriceListId { get; }

    /// <summary>The version of its prices.</summary>
    public long Version { get; }

    /// <summary>What tells its content, with what it says of quantities, from all others of its version; none: it is not to be shared.</summary>
    public PriceListContent? Content { get; }

    /// <summary>Rows that ended before this instant are left out: the list answers for this instant and all later ones.</summary>
    public DateTime CompleteFrom { get; }

    /// <summary>What it takes in memory.</summary>
    public long Bytes { get; }

    /// <summary>How many prices, those that an edit hides included.</summary>
    public int RowCount => layers.Sum(layer => layer.RowCount);

    /// <summary>What a look-up passes, in its order.</summary>
    internal IReadOnlyList<PriceColumns> Layers => layers;

    /// <summary>What the list says of quantities, by variant.</summary>
    internal IReadOnlyDictionary<long, QuantityTerms> QuantityTerms => quantityTerms;

    /// <summary>A list as it is read.</summary>
    /// <param name="priceListId">The list.</param>
    /// <param name="version">The version that the prices are of.</param>
    /// <param name="completeFrom">The instant before which ended prices were left out.</param>
    /// <param name="columns">All its prices.</param>
    /// <param name="quantityTerms">What the list says of quantities, by variant.</param>
    /// <param name="content">What tells it from others; null: it is of some variants only, or of another time.</param>
    public static CompiledPriceList Of(
        long priceListId,
        long version,
        DateTime completeFrom,
        PriceColumns columns,
        IReadOnlyDictionary<long, QuantityTerms> quantityTerms,
        PriceListContent? content = null) =>
        new(priceListId, version, content, completeFrom, [columns], quantityTerms);

    /// <summary>A list as another node has made it, its layers the newest first.</summary>
    internal static CompiledPriceList Of(
        PriceListState state, DateTime completeFrom, PriceColumns[] layers, IReadOnlyDictionary<long, QuantityTerms> quantityTerms) =>
        new(state.Id, state.PriceVersion, state.Content, completeFrom, layers, quantityTerms);

    /// <summary>The list after an edit.</summary>
    /// <param name="version">The new version.</param>
    /// <param name="edit">All prices that the touched variants have in the new version; those that lost all of theirs known as empty.</param>
    /// <param name="newTerms">What the list now says of quantities.</param>
    /// <param name="content">What tells it from others; null: it is one that is only tried out.</param>
    public CompiledPriceList Edited(long version, PriceColumns edit, IReadOnlyDictionary<long, QuantityTerms> newTerms, PriceListContent? content = null)
    {
        var below = layers.AsSpan();
        while (edit.VariantCount > 0 && below.Length > 0 && below[0].VariantCount <= 4L * edit.VariantCount)
        {
            edit = below[0].Under(edit, keepsEmpty: below.Length > 1);
            below = below[1..];
        }

        return new(PriceListId, version, content, CompleteFrom, edit.VariantCount > 0 ? [edit, .. below] : [.. below], newTerms);
    }

    /// <summary>The list as it would be with other prices, as <see cref="Edited"/> has it.</summary>
    internal CompiledPriceList With(PriceColumns edit) => Edited(Version, edit, quantityTerms);

    /// <summary>The rows of a variant; none if the list has no price for it.</summary>
    public PriceRows RowsOf(long variantId)
    {
        foreach (var layer in layers)
        {
            if (layer.TryFind(variantId, out var rows))
            {
                return rows;
            }
        }

        return default;
    }

    /// <summary>The rows of many variants at once, each as <see cref="RowsOf(long)"/> has them.</summary>
    internal void RowsOf(ReadOnlySpan<long> variantIds, Span<PriceRows> rows, Span<int> scratch)
    {
        rows[..variantIds.Length].Clear();
        for (var i = layers.Length - 1; i >= 0; i--)
        {
            // What an upper layer knows goes before what those below it know.
            layers[i].Find(variantIds, rows, scratch);
        }
    }

    /// <summary>Where rows begin or end after an instant and up to another.</summary>
    internal IEnumerable<PriceTurn> Turns(DateTime after, DateTime until) =>
        layers.Index().SelectMany(layer => layer.Item.Turns(after, until).Where(turn => !layers.Take(layer.Index).Any(l => l.Knows(turn.VariantId))));

    /// <summary>The variants that the list has prices for, or says something of; some more than once, and some that it had prices for before.</summary>
    internal IEnumerable<long> VariantIds => layers.SelectMany(layer => layer.AllVariantIds).Concat(quantityTerms.Keys);

    /// <summary>Whether the list says anything of quantities.</summary>
    public bool HasTerms => quantityTerms.Count > 0;

    /// <summary>What the list says of a variant's quantities; null if nothing.</summary>
    public QuantityTerms? TermsOf(long variantId) => quantityTerms.Count == 0 ? null : quantityTerms.GetValueOrDefault(variantId);
}

/// <summary>What a price list says of the quantities of a variant.</summary>
/// <param name="Minimum">The least that can be bought; null: as the variant has it.</param>
/// <param name="Maximum">The most on one line; null: as the variant has it.</param>
/// <param name="Increment">What quantities are multiples of; null: as the variant has it.</param>
/// <param name="BreakGroup">Variants of one group add their quantities up when a break is looked for; null: the variant is in none.</param>
public sealed record QuantityTerms(Quantity? Minimum, Quantity? Maximum, Quantity? Increment, string? BreakGroup)
{
    /// <summary>It says nothing.</summary>
    public static QuantityTerms None { get; } = new(null, null, null, null);
}
