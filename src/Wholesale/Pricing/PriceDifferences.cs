using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Events;

namespace Wholesale.Pricing;

/// <summary>
/// The differences between a caller's prices at two moments of the log. First come the variants that something has touched, by their ids: of rows that began
/// or ended in the caller's lists, of rows that turned, of products that were listed otherwise; or where lists count otherwise, all of theirs. Then those of
/// them that really cost something else. Inside one read snapshot; not thread-safe.
/// </summary>
internal sealed class PriceDifferences
{
    /// <summary>From so many rows on, a list is read through by variant, rather than its touched rows sorted anew for each page.</summary>
    private const int ManyRows = 20_000;

    /// <summary>From so many products on, the caller's lists are read through instead.</summary>
    private const int ManyProducts = 10_000;

    private readonly WholesaleDb db;
    private readonly PriceView before;
    private readonly PriceView after;
    private readonly FormerCallers callers;
    private readonly FormerSights sights;
    private readonly FormerListings listings;
    private readonly FormerBooks books;

    /// <summary>All lists that prices come from, before or after.</summary>
    private readonly List<long> listIds;

    /// <summary>Those of them whose every variant is to be compared.</summary>
    private readonly HashSet<long> whole;

    /// <summary>Those of them that readers see in another version than before, or than after, with both versions.</summary>
    private readonly Dictionary<long, (long Before, long After)> edited;

    /// <summary>The variants of which lists say other things of quantities, and since when.</summary>
    private readonly Dictionary<long, DateTime> ruled;

    /// <summary>All variants of which lists have said other things of quantities, also since the later moment: what they said then stands in no table any more.</summary>
    private readonly HashSet<long> ruledOtherwise;

    /// <summary>What turned counts from this instant on, exclusive: the earlier of both moments, which is the later one where the clock was set back.</summary>
    private readonly DateTime since;

    /// <summary>And up to this one.</summary>
    private readonly DateTime until;

    private PriceDifferences(
        WholesaleDb db, PriceView before, PriceView after, FormerCallers callers, FormerSights sights, FormerListings listings, FormerBooks books)
    {
        (this.db, this.before, this.after) = (db, before, after);
        (this.callers, this.sights, this.listings, this.books) = (callers, sights, listings, books);
        (since, until) = before.Moment.At <= after.Moment.At ? (before.Moment.At, after.Moment.At) : (after.Moment.At, before.Moment.At);
        listIds = [.. before.Book.PriceListIds.Union(after.Book.PriceListIds)];
        whole = before.ListsOtherwiseIn(after);
        edited = listIds
            .Where(id => books.HasOtherPricesSince(id, before.Moment.Number))
            .ToDictionary(id => id, id => (books.PriceVersionAt(id, before.Moment.Number), books.PriceVersionAt(id, after.Moment.Number)));
        ruled = listIds
            .SelectMany(id => books.TermsChangedAt(id, after.Moment.Number))
            .GroupBy(rule => rule.Key, rule => rule.Value)
            .ToDictionary(variant => variant.Key, variant => variant.Max());
        ruledOtherwise = listIds.SelectMany(id => books.FormerTermsAt(id, before.Moment.Number).Keys).ToHashSet();
    }

    /// <summary>What prices hang on at the later moment.</summary>
    public PriceInterest Interest => new(after.Moment, after.Caller, after.Sight.Views.ToHashSet(), books.ListIds);

    /// <summary>Reads what the caller was, saw and had at both moments, and what has happened since: a given number of statements, two more for each edited list.</summary>
    public static async ValueTask<PriceDifferences> Read(WholesaleDb db, Caller caller, LogMoment from, LogMoment to, CancellationToken cancellation)
    {
        var who = await FormerCallers.Read(db, caller, from.Number, cancellation);
        var (callerBefore, callerAfter) = (who.At(from.Number), who.At(to.Number));
        var seen = await FormerSights.Read(db, [callerBefore, callerAfter], from.Number, cancellation);
        var (sightBefore, sightAfter) = (seen.At(callerBefore, from), seen.At(callerAfter, to));
        var listed = await FormerListings.Read(db, [sightBefore, sightAfter], from.Number, ManyProducts + 1, cancellation);
        var lists = await FormerBooks.Read(db, [callerBefore, callerAfter], from.Number, cancellation);
        var differences = new PriceDifferences(
            db,
            new(from, callerBefore, sightBefore, lists.At(callerBefore, from.Number)),
            new(to, callerAfter, sightAfter, lists.At(callerAfter, to.Number)),
            who,
            seen,
            listed,
            lists);
        await differences.FindWhole(cancellation);
        return differences;
    }

    /// <summary>The next variants to be compared, by id: at most four statements, and one for each list that was edited or counts otherwise.</summary>
    public async ValueTask<long[]> Candidates(long behind, int take, CancellationToken cancellation)
    {
        if (!before.Caller.PricesVisible && !after.Caller.PricesVisible)
        {
            return [];
        }

        var found = new SortedSet<long>();
        foreach (var list in whole)
        {
            await Add(PriceReads.Priced(db, list, behind, take));
        }

        // A list may decide on the least quantity of what it has no price of.
        found.UnionWith(whole.Count == 0 ? [] : await db.PriceListQuantityTerms
            .Where(t => whole.Contains(t.PriceListId) && t.VariantId > behind)
            .Select(t => t.VariantId).Distinct().OrderBy(id => id).Take(take).ToListAsync(cancellation));

        foreach (var (list, versions) in edited.Where(e => !whole.Contains(e.Key)))
        {
            await Add(PriceReads.Touched(db, list, versions.Before, versions.After, behind, take));
        }

        await Add(PriceReads.Turned(db, listIds.Where(id => !whole.Contains(id)), since, until, behind, take));
        found.UnionWith(await FormerListings.TurnedBehind(db, since, until, behind, take, cancellation));
        var products = listings.ProductIds.Take(ManyProducts).ToList();
        var variants = listings.VariantIds.Concat(ruledOtherwise).ToHashSet();
        if (products.Count > 0 || variants.Count > 0)
        {
            found.UnionWith(await db.Variants
                .Where(v => v.Id > behind && (products.Contains(v.ProductId) || variants.Contains(v.Id)))
                .OrderBy(v => v.Id).Select(v => v.Id).Take(take).ToListAsync(cancellation));
        }

        return [.. found.Take(take)];

        async ValueTask Add(IAsyncEnumerable<long> ids)
        {
            await foreach (var id in ids.WithCancellation(cancellation))
            {
                found.Add(id);
            }
        }
    }

    /// <summary>Those of some variants that cost something else after than before, by id.</summary>
    public async ValueTask<IReadOnlyList<PriceChange>> Among(long[] variantIds, CancellationToken cancellation)
    {
        if (variantIds.Length == 0)
        {
            return [];
        }

        var listed = await listings.Of(db, variantIds, after.Caller.Company?.Id ?? 0, cancellation);
        var rows = await RowsOf(variantIds, cancellation);
        var terms = await TermsOf(variantIds, cancellation);
        var (former, present) = (Resolution(before, rows, terms), Resolution(after, rows, terms));
        var touched = new PriceRowTurns(rows, edited, books, after.Moment.Number, since, until);
        var changes = new List<PriceChange>();
        foreach (var variant in listed.Variants)
        {
            var (then, now) = (listed.At(variant, before.Moment, before.Sight), listed.At(variant, after.Moment, after.Sight));
            var (priceBefore, priceAfter) = (PriceOf(then, before, former), PriceOf(now, after, present));
            if (EffectivePrice.IsAnother(priceBefore, priceAfter))
            {
                var (reason, at) = ReasonOf(variant, isSeenOtherwise: (then is null) != (now is null), touched, listed);
                changes.Add(new(new NodeId(nameof(Variant), variant.Id), variant.Sku, now, priceBefore, priceAfter, reason, at));
            }
        }

        return changes;
    }

    private static EffectivePrice? PriceOf(Variant? variant, PriceView view, PriceResolution resolution)
    {
        if (variant is null || !view.Caller.PricesVisible)
        {
            return null;
        }

        try
        {
            var price = resolution.Resolve(variant, resolution.RuleOf(variant).Minimum);
            _ = price?.Breaks; // they are compared, and may be too much where the price itself is not
            return price;
        }
        catch (MoneyOverflowException)
        {
            return null; // as `effectivePrices` has none; one such price must not keep all others back
        }
    }

    /// <summary>What weighs most, and when that was last.</summary>
    private (PriceChangeReason Reason, DateTime At) ReasonOf(Variant variant, bool isSeenOtherwise, PriceRowTurns rows, ListedVariants listed)
    {
        var number = after.Moment.Number;
        var catalog = Latest(listed.LastChangedAt(variant, number), listed.LastTurnIn(variant, since, until));
        if (before.Caller.PricesVisible != after.Caller.PricesVisible)
        {
            return (PriceChangeReason.Customer, callers.LastChangedAt(number) ?? until);
        }

        if (isSeenOtherwise)
        {
            return (PriceChangeReason.Catalog, catalog ?? Latest(sights.LastChangedAt(number), callers.LastChangedAt(number)) ?? until);
        }

        return rows.LastOf(variant.Id) is { } row ? (PriceChangeReason.Price, row)
            : ruled.TryGetValue(variant.Id, out var rule) ? (PriceChangeReason.QuantityRule, rule)
            : catalog is { } listing ? (PriceChangeReason.Catalog, listing)
            : before.HasOtherCaller(after) ? (PriceChangeReason.Customer, callers.LastChangedAt(number) ?? until)
            : (PriceChangeReason.PriceList, Latest(books.LastChangedAt(number), PriceView.LastTurn(after.Book, since, until)) ?? until);
    }

    private static DateTime? Latest(DateTime? one, DateTime? other) => one is null || other > one ? other : one;

    private async ValueTask FindWhole(CancellationToken cancellation)
    {
        if (listings.ProductIds.Skip(ManyProducts).Any())
        {
            whole.UnionWith(listIds);
        }

        foreach (var (list, versions) in edited.Where(e => !whole.Contains(e.Key)).ToList())
        {
            if (await PriceReads.CountTouched(db, list, versions.Before, versions.After, ManyRows, cancellation) == ManyRows)
            {
                whole.Add(list);
            }
        }
    }

    /// <summary>The rows that lists had of some variants, before or after: one statement, and one for each edited list.</summary>
    private async ValueTask<ILookup<long, VersionedPriceRow>> RowsOf(long[] variantIds, CancellationToken cancellation)
    {
        var rows = new List<VersionedPriceRow>();
        await foreach (var row in PriceReads.OfVariants(db, listIds.Where(id => !edited.ContainsKey(id)), variantIds, since).WithCancellation(cancellation))
        {
            rows.Add(new(row, 0, null));
        }

        foreach (var (list, versions) in edited)
        {
            await foreach (var row in PriceReads.OfTwoVersions(db, list, variantIds, versions.Before, versions.After, since).WithCancellation(cancellation))
            {
                rows.Add(row);
            }
        }

        rows.Sort((one, other) => one.Row.VariantId.CompareTo(other.Row.VariantId));
        return rows.ToLookup(row => row.Row.PriceListId);
    }

    private async ValueTask<ILookup<long, PriceListQuantityTerms>> TermsOf(long[] variantIds, CancellationToken cancellation)
    {
        var lists = before.Book.Lists.Concat(after.Book.Lists).Where(list => list.HasQuantityTerms).Select(list => list.PriceListId).ToHashSet();
        var terms = lists.Count == 0 ? [] : await db.PriceListQuantityTerms
            .Where(t => lists.Contains(t.PriceListId) && variantIds.Contains(t.VariantId)).ToListAsync(cancellation);
        return terms.ToLookup(t => t.PriceListId);
    }

    private PriceResolution Resolution(PriceView view, ILookup<long, VersionedPriceRow> rows, ILookup<long, PriceListQuantityTerms> terms)
    {
        var number = view.Moment.Number;
        return new(view.Book, [.. view.Book.PriceListIds.Select(id => ListAt(id))], view.Moment.At);

        CompiledPriceList ListAt(long id)
        {
            var builder = new PriceColumns.Builder();
            var version = edited.ContainsKey(id) ? books.PriceVersionAt(id, number) : 0;
            foreach (var row in rows[id].Where(row => row.FromVersion <= version && !(row.ToVersion <= version)))
            {
                builder.Add(row.Row);
            }

            var then = terms[id].ToDictionary(t => t.VariantId, t => t.Terms);
            foreach (var (variant, former) in books.FormerTermsAt(id, number))
            {
                then[variant] = former;
            }

            // A list that said nothing must not hide what the next one said.
            return CompiledPriceList.Of(
                id, version, view.Moment.At, builder.Build(), then.Where(t => t.Value != QuantityTerms.None).ToDictionary());
        }
    }
}

/// <summary>When the rows of variants last became others between two moments: began or ended in a version that was published, or to hold.</summary>
internal sealed class PriceRowTurns
{
    private readonly Dictionary<long, DateTime> last = [];

    public PriceRowTurns(
        ILookup<long, VersionedPriceRow> rows,
        Dictionary<long, (long Before, long After)> edited,
        FormerBooks books,
        long number,
        DateTime since,
        DateTime until)
    {
        foreach (var list in rows)
        {
            var published = new Dictionary<long, DateTime>();
            foreach (var (version, at) in edited.ContainsKey(list.Key) ? books.Published(list.Key, number) : [])
            {
                published[version] = at; // the first one of a version, since they come newest first
            }

            foreach (var (row, fromVersion, toVersion) in list)
            {
                Note(row.VariantId, published.TryGetValue(fromVersion, out var began) ? began : null);
                Note(row.VariantId, toVersion is { } version && published.TryGetValue(version, out var ended) ? ended : null);
                Note(row.VariantId, row.ValidFrom > since && row.ValidFrom <= until ? row.ValidFrom : null);
                Note(row.VariantId, row.ValidTo > since && row.ValidTo <= until ? row.ValidTo : null);
            }
        }
    }

    /// <summary>Null: none of them did.</summary>
    public DateTime? LastOf(long variantId) => last.TryGetValue(variantId, out var at) ? at : null;

    private void Note(long variantId, DateTime? at)
    {
        if (at is { } instant && (!last.TryGetValue(variantId, out var known) || known < instant))
        {
            last[variantId] = instant;
        }
    }
}
