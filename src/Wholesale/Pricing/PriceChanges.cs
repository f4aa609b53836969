using Wholesale.Platform;

namespace Wholesale.Pricing;

/// <summary>A price to be written, its row's form already checked.</summary>
/// <param name="Row">The row's place in the call.</param>
/// <param name="VariantId">Whose price.</param>
/// <param name="MinimumQuantity">From this quantity on.</param>
/// <param name="UnitPrice">In 1/10,000 of the list's currency; null: the price that is there ends.</param>
/// <param name="ValidFrom">From when; null: since ever.</param>
/// <param name="ValidTo">Until when, exclusive; null: for ever.</param>
/// <param name="SourceRevision">The seller's revision of it; null if it has none.</param>
public sealed record PriceDraft(
    int Row, long VariantId, Quantity MinimumQuantity, long? UnitPrice, DateTime? ValidFrom, DateTime? ValidTo, long? SourceRevision)
{
    /// <summary>What a row replaces another by.</summary>
    public (long VariantId, Quantity MinimumQuantity, DateTime? ValidFrom) Key => (VariantId, MinimumQuantity, ValidFrom);

    /// <summary>The same price as a row.</summary>
    internal static PriceDraft Of(PriceListEntry row) =>
        new(0, row.VariantId, row.MinimumQuantity, row.UnitPrice, row.ValidFrom, row.ValidTo, row.SourceRevision);

    /// <summary>The row that this becomes in a version of a list.</summary>
    internal PriceListEntry Begin(long id, long listId, long version) => new()
    {
        Id = id,
        PriceListId = listId,
        VariantId = VariantId,
        MinimumQuantity = MinimumQuantity,
        UnitPrice = UnitPrice,
        ValidFrom = ValidFrom,
        ValidTo = ValidTo,
        FromVersion = version,
        SourceRevision = SourceRevision,
    };
}

/// <summary>
/// What writing some prices into one list means for its rows, without I/O: which rows begin, which end, which drafts are refused or skipped.
/// </summary>
public sealed partial class PriceChanges
{
    private readonly List<PriceDraft> begun = [];
    private readonly List<PriceListEntry> ended = [];
    private readonly List<PriceListEntry> revised = [];
    private readonly List<PriceDraft> skipped = [];
    private readonly List<PriceDraft> overlapping = [];

    private PriceChanges()
    {
    }

    /// <summary>Nothing changes.</summary>
    public static PriceChanges None { get; } = new();

    /// <summary>Drafts that need a row of their own, with the revision that the row is to keep.</summary>
    public IReadOnlyList<PriceDraft> Begun => begun;

    /// <summary>Rows that are no longer in the list.</summary>
    public IReadOnlyList<PriceListEntry> Ended => ended;

    /// <summary>Rows that stay and were given a higher revision.</summary>
    public IReadOnlyList<PriceListEntry> Revised => revised;

    /// <summary>Drafts older than what is there.</summary>
    public IReadOnlyList<PriceDraft> Skipped => skipped;

    /// <summary>Drafts that would hold at the same time as another price of the variant and minimum quantity.</summary>
    public IReadOnlyList<PriceDraft> Overlapping => overlapping;

    /// <summary>Whether any price is another one than before.</summary>
    public bool ChangePrices => begun.Count + ended.Count > 0;

    /// <summary>Whether there is nothing to store.</summary>
    public bool AreNone => begun.Count + ended.Count + revised.Count == 0;

    /// <summary>Compares drafts with what is there.</summary>
    /// <param name="drafts">With different keys.</param>
    /// <param name="current">All rows of the list's newest version for the drafts' variants.</param>
    public static PriceChanges Of(IReadOnlyList<PriceDraft> drafts, IReadOnlyList<PriceListEntry> current)
    {
        var slots = current.ToDictionary(e => (e.VariantId, e.MinimumQuantity, e.ValidFrom), e => new Slot(e));
        var changes = new PriceChanges();
        foreach (var draft in drafts)
        {
            if (!slots.TryGetValue(draft.Key, out var slot))
            {
                slots.Add(draft.Key, slot = new Slot(null));
            }

            if (draft.SourceRevision < slot.Current?.SourceRevision)
            {
                changes.skipped.Add(draft);
            }
            else
            {
                slot.Draft = draft;
            }
        }

        foreach (var timeline in slots.Values.GroupBy(s => (s.VariantId, s.MinimumQuantity)).Where(t => t.Skip(1).Any()))
        {
            changes.RefuseOverlaps([.. timeline]);
        }

        foreach (var slot in slots.Values)
        {
            changes.Settle(slot);
        }

        return changes;
    }

    /// <summary>
    /// Judges the outcome, not the order of the drafts: one may shorten the row that another follows. Of two that overlap the later draft is refused,
    /// and what was in its place stays, which may be in the way of a third: so it goes on until nothing overlaps. Each round refuses at least one draft.
    /// </summary>
    private void RefuseOverlaps(List<Slot> timeline)
    {
        bool refused;
        do
        {
            refused = false;
            Slot? last = null;
            foreach (var slot in timeline.Where(s => s.HasPrice).OrderBy(s => s.From).ToList())
            {
                if (last is null || last.To <= slot.From)
                {
                    last = slot;
                    continue;
                }

                var loser = (slot.Draft?.Row ?? -1) > (last.Draft?.Row ?? -1) ? slot : last;
                overlapping.Add(loser.Draft ?? throw new InvalidOperationException($"The prices {last.Current!.Id} and {slot.Current!.Id} overlap."));
                loser.Draft = null;
                refused = true;
                last = loser == last ? slot : last;
            }
        }
        while (refused);
    }

    private void Settle(Slot slot)
    {
        if (slot.Draft is not { } draft)
        {
            return;
        }

        var current = slot.Current;
        var revision = draft.SourceRevision ?? current?.SourceRevision;
        if (current is not null && current.UnitPrice == draft.UnitPrice && (draft.UnitPrice is null || current.ValidTo == draft.ValidTo))
        {
            if (revision != current.SourceRevision)
            {
                current.SourceRevision = revision;
                revised.Add(current);
            }

            return;
        }

        if (current is not null)
        {
            ended.Add(current);
        }

        // An end is a row, too, if an older revision may still come in: it must be known that it is older.
        if (draft.UnitPrice is not null || revision is not null)
        {
            begun.Add(draft with { SourceRevision = revision });
        }
    }

    /// <summary>A variant, minimum quantity and beginning: what is there, and what is to be.</summary>
    private sealed class Slot(PriceListEntry? current)
    {
        public PriceListEntry? Current => current;

        public PriceDraft? Draft { get; set; }

        public long VariantId => Draft?.VariantId ?? current!.VariantId;

        public Quantity MinimumQuantity => Draft?.MinimumQuantity ?? current!.MinimumQuantity;

        public bool HasPrice => (Draft is { } draft ? draft.UnitPrice : current?.UnitPrice) is not null;

        public DateTime From => (Draft is { } draft ? draft.ValidFrom : current!.ValidFrom) ?? DateTime.MinValue;

        public DateTime To => (Draft is { } draft ? draft.ValidTo : current!.ValidTo) ?? DateTime.MaxValue;
    }
}
