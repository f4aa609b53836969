using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Pricing;

/// <summary>How long a unit price held.</summary>
/// <param name="UnitPrice">Null: there was no price.</param>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive; null: it holds now.</param>
public sealed record PricePeriod(Money? UnitPrice, DateTime From, DateTime? To);

/// <summary>
/// What variants have cost a caller. Rows of all versions of its lists are taken as if they were of one, each cut to the time between the moments at which
/// the version that began it and the version that ended it were published; then the rules of a price are asked at each instant at which something turns.
/// One a request; not thread-safe.
/// </summary>
public sealed class PriceHistory(WholesaleDb db, Prices prices, Clock clock)
{
    /// <summary>How far it may be looked back.</summary>
    public const int MaximumYears = 10;

    /// <summary>The history of each variant, newest first: two statements, where the lists are in memory. Bad quantities are reported at their variants.</summary>
    /// <exception cref="GraphQLException">INVALID_VALUE: <paramref name="since"/> is ahead, or too far back. INVALID_PAGE_SIZE.</exception>
    public async ValueTask<IReadOnlyList<IReadOnlyList<PricePeriod>>> Of(
        Batch<Variant> variants, Quantity? quantity, DateTime? since, int first, Caller caller, CancellationToken cancellation)
    {
        Page.CheckSize(first, Page.MaximumSize);
        var now = clock.UtcNow;
        var from = since ?? now.AddYears(-1);
        if (from > now || from < now.AddYears(-MaximumYears))
        {
            throw new GraphQLException($"`since` must be an instant of the last {MaximumYears} years, not {from:O}.", ErrorCodes.InvalidValue);
        }

        if (!caller.PricesVisible)
        {
            return variants.Map(IReadOnlyList<PricePeriod> (_) => []);
        }

        var ids = variants.Keys(v => v.Id);
        var present = await prices.Resolve(caller, now, null, [.. ids], cancellation);
        var book = AsItWasMade(present.Book);
        var lists = await Lists(book, [.. ids], from, cancellation);
        var resolutions = new Dictionary<DateTime, PriceResolution>();
        var histories = new IReadOnlyList<PricePeriod>[variants.Count];
        for (var i = 0; i < histories.Length; i++)
        {
            if (quantity is { } asked && present.WhyNot(variants[i], asked) is { } refusal)
            {
                variants.Fail(i, refusal, PricingErrors.InvalidQuantity);
                histories[i] = [];
                continue;
            }

            var wanted = (quantity ?? present.RuleOf(variants[i]).Minimum).Thousandths;
            histories[i] = [.. Periods(variants[i], wanted, Turns(book, lists, variants[i], from, now)).Reverse().Take(first)];
        }

        return histories;

        IEnumerable<PricePeriod> Periods(Variant variant, long wanted, IEnumerable<DateTime> turns)
        {
            PricePeriod? last = null;
            foreach (var at in turns)
            {
                if (!resolutions.TryGetValue(at, out var resolution))
                {
                    resolutions.Add(at, resolution = new(book, lists, at));
                }

                var unitPrice = resolution.BestOffer(variant, wanted, at) is { } offer ? resolution.Shown(offer.UnitPrice) : (Money?)null;
                if (last is not null && last.UnitPrice == unitPrice)
                {
                    continue;
                }

                if (last is not null)
                {
                    yield return last with { To = at };
                }

                last = new(unitPrice, at, null);
            }

            yield return last!;
        }
    }

    /// <summary>The book without what was assigned backwards: a list that was given later gave no prices before.</summary>
    private static PriceBook AsItWasMade(PriceBook book) => new(
        book.Lists.Select(list => list with { Validity = list.Validity.And(Validity.Of(list.AssignedAt, null)) }), book.Currency, book.Terms);

    /// <summary>The instants at which the price of a variant may have become another, the first one that is asked for among them.</summary>
    private static SortedSet<DateTime> Turns(PriceBook book, IReadOnlyList<CompiledPriceList> lists, Variant variant, DateTime since, DateTime now)
    {
        var turns = new SortedSet<DateTime> { since };
        foreach (var list in book.Lists)
        {
            Note(list.Validity);
            foreach (var source in list.Sources)
            {
                Note(source.Validity);
                var rows = lists[source.Index].RowsOf(variant.Id);
                for (var row = 0; row < rows.Count; row++)
                {
                    Note(rows.Validity(row));
                }
            }
        }

        return turns;

        void Note(Validity validity) => turns.UnionWith(new[] { validity.From, validity.To }.Where(at => since < at && at <= now));
    }

    /// <summary>The lists of a book with the rows of some variants in all versions.</summary>
    private async ValueTask<IReadOnlyList<CompiledPriceList>> Lists(PriceBook book, long[] variantIds, DateTime since, CancellationToken cancellation)
    {
        var rows = new List<VersionedPriceRow>();
        if (book.PriceListIds.Count > 0)
        {
            await foreach (var row in PriceReads.OfAllVersions(db, book.PriceListIds, variantIds, since).WithCancellation(cancellation))
            {
                rows.Add(row);
            }
        }

        var published = rows.Count == 0 ? [] : await Published(rows, cancellation);
        var rowsOf = rows.OrderBy(row => row.Row.VariantId).ToLookup(row => row.Row.PriceListId);
        return
        [
            .. book.PriceListIds.Select(id =>
            {
                var builder = new PriceColumns.Builder();
                foreach (var (row, fromVersion, toVersion) in rowsOf[id])
                {
                    var seen = Validity.Of(PublishedAt(id, fromVersion), toVersion is { } ended ? PublishedAt(id, ended) ?? since : null);
                    var validity = Validity.Of(row.ValidFrom, row.ValidTo).And(seen);
                    if (!validity.IsEmpty && validity.To > since)
                    {
                        builder.Add(row.VariantId, row.MinimumQuantity.Thousandths, row.UnitPrice, validity);
                    }
                }

                return CompiledPriceList.Of(id, version: 0, since, builder.Build(), new Dictionary<long, QuantityTerms>());
            }),
        ];

        DateTime? PublishedAt(long listId, long version) => published.TryGetValue((listId, version), out var at) ? at : null;
    }

    /// <summary>
    /// When versions of lists were published; those that no event is kept of are left out. An event that repeats a version tells of other things than prices,
    /// so that the first one counts.
    /// </summary>
    private async ValueTask<Dictionary<(long PriceListId, long Version), DateTime>> Published(
        List<VersionedPriceRow> rows, CancellationToken cancellation)
    {
        var listIds = rows.Select(row => row.Row.PriceListId).Distinct().ToArray();
        var versions = rows.SelectMany(row => new[] { row.FromVersion, row.ToVersion ?? row.FromVersion }).Distinct().ToArray();
        var events = await db.Events
            .Where(e => listIds.Contains(e.SubjectId) && e.Type == PricingEvents.PricesChanged && versions.Contains(e.Version))
            .OrderBy(e => e.Number)
            .Select(e => new { e.SubjectId, e.Version, e.At })
            .ToListAsync(cancellation);
        var published = new Dictionary<(long, long), DateTime>();
        foreach (var e in events)
        {
            published.TryAdd((e.SubjectId, e.Version), e.At);
        }

        return published;
    }
}
