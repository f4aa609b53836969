using Microsoft.EntityFrameworkCore;

namespace Wholesale.Pricing;

/// <summary>An instant at which the price of a variant may become another.</summary>
internal readonly record struct PriceTurn(DateTime At, long VariantId) : IComparable<PriceTurn>
{
    public int CompareTo(PriceTurn other) => At.CompareTo(other.At) is var byInstant and not 0 ? byInstant : VariantId.CompareTo(other.VariantId);
}

/// <summary>
/// Where the prices of a caller may become other ones: where a row begins or ends, that of its variant; where a list is given or taken, or is made of another
/// otherwise, those of all its variants. There may be more than really change, and of variants that the caller does not see, but never fewer.
/// </summary>
internal sealed class PriceTurns
{
    private readonly PriceBook book;
    private readonly DateTime now;
    private readonly DateTime until;
    private readonly PriceTurn behind;
    private readonly int most;
    private readonly SortedSet<PriceTurn> turns = [];

    /// <summary>The instants at which all variants of some lists turn, by time.</summary>
    private readonly SortedDictionary<DateTime, SortedSet<long>> turnsOfLists = [];

    /// <summary>The lists that have a part in prices between the two instants.</summary>
    private readonly SortedSet<long> listIds = [];

    /// <summary>Looks for turns in a time.</summary>
    /// <param name="book">The caller's lists.</param>
    /// <param name="now">After this instant.</param>
    /// <param name="until">Up to this instant.</param>
    /// <param name="behind">Only those behind this one, in their order.</param>
    /// <param name="most">So many, the first ones.</param>
    public PriceTurns(PriceBook book, DateTime now, DateTime until, PriceTurn behind, int most)
    {
        (this.book, this.now, this.until, this.behind, this.most) = (book, now, until, behind, most);
        var during = new Validity(now, until.AddTicks(1));
        foreach (var list in book.Lists.Where(l => l.IsActive && !l.Validity.And(during).IsEmpty && l.Currency == (book.Currency ?? l.Currency)))
        {
            Note(list.Validity, list.Sources);
            foreach (var source in list.Sources.Where(s => !s.Validity.And(during).IsEmpty))
            {
                listIds.Add(source.PriceListId);
                Note(source.Validity, [source]);
            }
        }

        foreach (var (at, lists) in turnsOfLists)
        {
            if (book.CurrencyAt(at.AddTicks(-1)) != book.CurrencyAt(at))
            {
                lists.UnionWith(listIds);
            }
        }
    }

    /// <summary>The turns by the lists in memory: those of <see cref="PriceBook.PriceListIds"/>, in their order.</summary>
    public IReadOnlyList<PriceTurn> Of(IReadOnlyList<CompiledPriceList> lists)
    {
        foreach (var list in lists.Where(list => listIds.Contains(list.PriceListId)))
        {
            foreach (var turn in list.Turns(now, until))
            {
                Add(turn);
            }
        }

        foreach (var (at, ids) in turnsOfLists)
        {
            if (IsFullBefore(at))
            {
                break;
            }

            foreach (var id in lists.Where(list => ids.Contains(list.PriceListId)).SelectMany(list => list.VariantIds))
            {
                Add(new(at, id));
            }
        }

        return [.. turns];
    }

    /// <summary>The turns by the database: one statement for those of rows, and two for each instant at which lists turn.</summary>
    public async ValueTask<IReadOnlyList<PriceTurn>> FromDatabase(WholesaleDb db, CancellationToken cancellation)
    {
        var (from, last) = (behind.At, behind.VariantId);
        var rows = Rows(db, listIds);
        var ofRows = await rows.Where(e => e.ValidFrom != null).Select(e => new { At = e.ValidFrom!.Value, e.VariantId })
            .Union(rows.Where(e => e.ValidTo != null).Select(e => new { At = e.ValidTo!.Value, e.VariantId }))
            .Where(turn => turn.At <= until && (turn.At > from || (turn.At == from && turn.VariantId > last)))
            .OrderBy(turn => turn.At).ThenBy(turn => turn.VariantId).Take(most)
            .ToListAsync(cancellation);
        ofRows.ForEach(turn => Add(new(turn.At, turn.VariantId)));
        foreach (var (at, ids) in turnsOfLists)
        {
            if (IsFullBefore(at))
            {
                break;
            }

            var first = at > from ? 0 : last;
            var priced = await Rows(db, ids).Select(e => e.VariantId).Where(id => id > first).Distinct().OrderBy(id => id).Take(most).ToListAsync(cancellation);
            var ruled = await db.PriceListQuantityTerms.Where(t => ids.Contains(t.PriceListId)).Select(t => t.VariantId).ToListAsync(cancellation);
            foreach (var id in priced.Concat(ruled))
            {
                Add(new(at, id));
            }
        }

        return [.. turns];
    }

    private static IQueryable<PriceListEntry> Rows(WholesaleDb db, IEnumerable<long> listIds) =>
        from list in db.PriceLists
        join entry in db.PriceListEntries on list.Id equals entry.PriceListId
        where listIds.Contains(entry.PriceListId)
            && entry.FromVersion <= list.PriceVersion
            && (entry.ToVersion == null || entry.ToVersion > list.PriceVersion)
            && entry.UnitPrice != null
        select entry;

    private void Note(Validity validity, IEnumerable<PriceSource> sources)
    {
        foreach (var at in new[] { validity.From, validity.To }.Where(at => now < at && at <= until))
        {
            if (!turnsOfLists.TryGetValue(at, out var lists))
            {
                turnsOfLists.Add(at, lists = []);
            }

            lists.UnionWith(sources.Select(source => source.PriceListId));
        }
    }

    private bool IsFullBefore(DateTime at) => turns.Count == most && turns.Max.At < at;

    private void Add(PriceTurn turn)
    {
        if (turn.CompareTo(behind) <= 0 || (turns.Count == most && turn.CompareTo(turns.Max) >= 0))
        {
            return;
        }

        turns.Add(turn);
        if (turns.Count > most)
        {
            turns.Remove(turns.Max);
        }
    }
}
