namespace Wholesale.Pricing;

/// <summary>A price that a list is to have during some time.</summary>
/// <param name="VariantId">Of what.</param>
/// <param name="MinimumQuantity">From this quantity on.</param>
/// <param name="UnitPrice">In 1/10,000 of the list's currency; null: the list then has no price of its own.</param>
internal sealed record PlannedPrice(long VariantId, Platform.Quantity MinimumQuantity, long? UnitPrice);

/// <content>What planned prices mean for the rows of one list, over time.</content>
public sealed partial class PriceChanges
{
    /// <summary>
    /// Planned prices take the place of whatever holds between two instants, and of nothing else. A row that reaches into that time is cut: what is left of it
    /// before keeps its beginning, what is left of it afterwards begins where the time ends.
    /// </summary>
    /// <param name="lines">Of one list.</param>
    /// <param name="current">All rows of the list's newest version for the lines' variants.</param>
    /// <param name="from">From when.</param>
    /// <param name="until">Until when, exclusive; null: for ever.</param>
    internal static PriceChanges Replacing(
        IReadOnlyList<PlannedPrice> lines, IReadOnlyList<PriceListEntry> current, DateTime from, DateTime? until)
    {
        var rows = current.ToLookup(e => (e.VariantId, e.MinimumQuantity));
        var changes = new PriceChanges();
        foreach (var line in lines)
        {
            var timeline = rows[(line.VariantId, line.MinimumQuantity)].ToList();
            changes.Become(timeline, [.. Replaced(line, timeline, from, until)]);
        }

        return changes;
    }

    /// <summary>Every price becomes what it was before a version, unless it is another one than in that version.</summary>
    /// <param name="lines">What made the version.</param>
    /// <param name="rows">All rows of the list for the lines' variants that are in the newest version, or were no longer from that version on.</param>
    /// <param name="version">The version.</param>
    /// <param name="kept">Gets the lines whose prices were changed after that version and stay as they are.</param>
    internal static PriceChanges Restoring(
        IReadOnlyList<PlannedPrice> lines, IReadOnlyList<PriceListEntry> rows, long version, ICollection<PlannedPrice> kept)
    {
        var timelines = rows.ToLookup(e => (e.VariantId, e.MinimumQuantity));
        var changes = new PriceChanges();
        foreach (var line in lines)
        {
            var timeline = timelines[(line.VariantId, line.MinimumQuantity)].ToList();
            if (!timeline.Exists(e => e.FromVersion == version || e.ToVersion == version))
            {
                continue; // the line said what was there already
            }

            if (timeline.Exists(e => e.FromVersion > version || e.ToVersion > version))
            {
                kept.Add(line);
                continue;
            }

            changes.Become(timeline.FindAll(e => e.ToVersion is null), [.. timeline.Where(e => e.FromVersion < version).Select(PriceDraft.Of)]);
        }

        return changes;
    }

    private static IEnumerable<PriceDraft> Replaced(PlannedPrice line, IReadOnlyList<PriceListEntry> timeline, DateTime from, DateTime? until)
    {
        foreach (var row in timeline.Where(row => row.UnitPrice is not null))
        {
            if (!(row.ValidFrom >= from))
            {
                yield return PriceDraft.Of(row) with { ValidTo = row.ValidTo <= from ? row.ValidTo : from };
            }

            if (until is not null && !(row.ValidTo <= until))
            {
                yield return row.ValidFrom >= until
                    ? PriceDraft.Of(row)
                    : PriceDraft.Of(row) with { ValidFrom = until, SourceRevision = null }; // the revision is that of the row's beginning
            }
        }

        if (line.UnitPrice is not null)
        {
            yield return new PriceDraft(0, line.VariantId, line.MinimumQuantity, line.UnitPrice, from, until, null);
        }
    }

    /// <summary>
    /// Rows of one variant and minimum quantity become others. The seller's revisions stay with their beginnings, as ends if need be: an older revision that
    /// still comes in must be known as older.
    /// </summary>
    /// <param name="current">All that are there.</param>
    /// <param name="wanted">With different beginnings, none overlapping another.</param>
    private void Become(IReadOnlyList<PriceListEntry> current, IReadOnlyList<PriceDraft> wanted)
    {
        var left = current.ToDictionary(e => ValueTuple.Create(e.ValidFrom));
        foreach (var draft in wanted)
        {
            left.Remove(ValueTuple.Create(draft.ValidFrom), out var row);
            var revision = row?.SourceRevision > draft.SourceRevision || draft.SourceRevision is null ? row?.SourceRevision : draft.SourceRevision;
            if (row is not null && row.UnitPrice == draft.UnitPrice && row.ValidTo == draft.ValidTo && row.SourceRevision == revision)
            {
                continue;
            }

            if (row is not null)
            {
                ended.Add(row);
            }

            begun.Add(draft with { SourceRevision = revision });
        }

        foreach (var row in left.Values.Where(row => row.UnitPrice is not null))
        {
            ended.Add(row);
            if (row.SourceRevision is not null)
            {
                begun.Add(PriceDraft.Of(row) with { UnitPrice = null });
            }
        }
    }
}
