using System.Diagnostics;
using Wholesale.Platform;
using Wholesale.Platform.Caching;

namespace Wholesale.Pricing;

/// <summary>Reads price lists into columns: from Redis where another node has put them, else from the database. Thread-safe; one a process.</summary>
public sealed class PriceListReading(SharedPriceLists shared, Clock clock)
{
    /// <summary>What the lists are to meters.</summary>
    internal const string Cache = "price_lists";

    /// <summary>Bytes of lists in Redis that are fetched while a request waits.</summary>
    private const long FetchAtOnce = 1_000_000;

    /// <summary>Rows that ended less than this before a list was read are kept, for requests that began before.</summary>
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Whether a list answers for now, and not only for later as one does that was made while the clock of this node, or of the one that wrote it into Redis, was
    /// ahead: such a list is as good as not here.
    /// </summary>
    internal bool HasBegun(CompiledPriceList list) => HasBegun(list.CompleteFrom);

    private bool HasBegun(DateTime completeFrom) => completeFrom <= clock.UtcNow;

    /// <summary>
    /// Reads lists: by their touched variants where a former version is given; those that are here in no version from Redis, if they are there as the database has
    /// them; else whole.
    /// </summary>
    /// <param name="db">In a snapshot.</param>
    /// <param name="ids">Which.</param>
    /// <param name="known">The list in another version, where there is one.</param>
    /// <param name="limit">How many rows of whole lists, and how many touched variants of a list, at most.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <returns>Those that were read. Lists beyond the limit are not among them.</returns>
    internal async ValueTask<IReadOnlyList<CompiledPriceList>> Read(
        WholesaleDb db, IReadOnlyList<long> ids, Func<long, CompiledPriceList?> known, int limit, CancellationToken cancellation)
    {
        CompiledPriceList? Former(long id) => known(id) is { } list && HasBegun(list) ? list : null;
        var cold = shared.IsAvailable ? ids.Where(id => Former(id) is null).ToList() : [];
        var (found, later) = await FromRedis(db, cold, isWaitedFor: limit < int.MaxValue, cancellation);
        CacheMetrics.LookedUp(Cache, CacheLevel.Redis, found.Count);
        var rest = ids.Except(found.Select(list => list.PriceListId)).Except(later).ToList();
        var read = rest.Count == 0 ? [] : await FromDatabase(db, rest, Former, limit, clock.UtcNow - Leeway, cancellation);
        CacheMetrics.LookedUp(Cache, CacheLevel.Database, read.Count);
        read.AddRange(found);
        read.ForEach(shared.Keep);
        return read;
    }

    /// <summary>
    /// The lists that are in Redis as the database has them, and the ids of those that are not fetched now. While a request waits, it is little that is fetched, all
    /// at once, and nothing where Redis is slow already.
    /// </summary>
    private async ValueTask<(IReadOnlyList<CompiledPriceList> Found, IReadOnlyList<long> Later)> FromRedis(
        WholesaleDb db, List<long> ids, bool isWaitedFor, CancellationToken cancellation)
    {
        var states = new List<PriceListState>();
        if (ids.Count > 0)
        {
            await foreach (var state in PriceReads.States(db, ids, 0).WithCancellation(cancellation))
            {
                states.Add(state);
            }
        }

        var begin = Stopwatch.GetTimestamp();
        var there = (await shared.Find(states)).Where(parts => HasBegun(parts.CompleteFrom)).ToList();
        var left = !isWaitedFor ? long.MaxValue : Stopwatch.GetElapsedTime(begin) < shared.Deadline / 4 ? FetchAtOnce : 0;
        var (now, later) = (new List<PriceListParts>(), new List<long>());
        foreach (var parts in there)
        {
            var bytes = parts.IsWhole ? 0 : parts.Bytes;
            if (bytes <= left)
            {
                left -= bytes;
                now.Add(parts);
            }
            else
            {
                later.Add(parts.State.Id);
            }
        }

        var found = await Task.WhenAll(now.Select(parts => shared.Fetch(parts, cancellation)));
        return ([.. found.OfType<CompiledPriceList>()], later);
    }

    private static async ValueTask<List<CompiledPriceList>> FromDatabase(
        WholesaleDb db, IReadOnlyList<long> ids, Func<long, CompiledPriceList?> former, int limit, DateTime completeFrom, CancellationToken cancellation)
    {
        var states = new List<PriceListState>();
        var counted = limit < int.MaxValue && ids.Any(id => former(id) is null) ? limit + 1 : 0; // millions of rows are not counted where any number will do
        await foreach (var state in PriceReads.States(db, ids, counted).WithCancellation(cancellation))
        {
            states.Add(state);
        }

        var withTerms = states.Where(state => state.HasQuantityTerms).Select(state => state.Id).ToList();
        var terms = (withTerms.Count == 0 ? [] : await PriceReads.TermsOf(db, withTerms, cancellation)).ToLookup(t => t.PriceListId);
        var read = new List<CompiledPriceList>();
        var whole = new List<PriceListState>();
        var rows = 0L;
        foreach (var state in states)
        {
            if (former(state.Id) is { } known && known.Version <= state.PriceVersion)
            {
                if (await Edited(db, known, state, PriceReads.ByVariant(terms[state.Id]), limit, cancellation) is { } edited)
                {
                    read.Add(edited);
                }
            }
            else if (rows + state.Rows <= limit)
            {
                rows += state.Rows;
                whole.Add(state);
            }
        }

        if (whole.Count > 0)
        {
            read.AddRange(await Compiled(db, whole, terms, completeFrom, cancellation));
        }

        return read;
    }

    private static async ValueTask<CompiledPriceList?> Edited(
        WholesaleDb db,
        CompiledPriceList former,
        PriceListState state,
        IReadOnlyDictionary<long, QuantityTerms> terms,
        int limit,
        CancellationToken cancellation)
    {
        var touched = new SortedSet<long>();
        if (former.Version < state.PriceVersion)
        {
            await foreach (var id in PriceReads.Touched(db, state.Id, former.Version, state.PriceVersion, 0, OneMoreThan(limit)).WithCancellation(cancellation))
            {
                touched.Add(id);
            }
        }

        if (touched.Count > limit)
        {
            return null;
        }

        var rows = new List<PriceRow>();
        if (touched.Count > 0)
        {
            await foreach (var row in PriceReads.OfVariants(db, [state.Id], touched, former.CompleteFrom).WithCancellation(cancellation))
            {
                rows.Add(row);
            }
        }

        var rowsOf = rows.ToLookup(row => row.VariantId);
        var edit = new PriceColumns.Builder();
        foreach (var id in touched)
        {
            edit.Know(id);
            foreach (var row in rowsOf[id])
            {
                edit.Add(row);
            }
        }

        return former.Edited(state.PriceVersion, edit.Build(keepsEmpty: true), terms, state.Content);
    }

    /// <summary>Reads whole lists by one statement.</summary>
    private static async ValueTask<IEnumerable<CompiledPriceList>> Compiled(
        WholesaleDb db, IReadOnlyList<PriceListState> states, ILookup<long, PriceListQuantityTerms> terms, DateTime completeFrom, CancellationToken cancellation)
    {
        var columns = new Dictionary<long, PriceColumns>();
        var (builder, current) = (new PriceColumns.Builder(), 0L);
        await foreach (var row in PriceReads.OfLists(db, states.Select(state => state.Id), completeFrom).WithCancellation(cancellation))
        {
            if (row.PriceListId != current && builder.RowCount > 0)
            {
                columns.Add(current, builder.Build());
                builder = new PriceColumns.Builder();
            }

            current = row.PriceListId;
            builder.Add(row);
        }

        if (builder.RowCount > 0)
        {
            columns.Add(current, builder.Build());
        }

        return states.Select(state => CompiledPriceList.Of(
            state.Id,
            state.PriceVersion,
            completeFrom,
            columns.GetValueOrDefault(state.Id, PriceColumns.Empty),
            PriceReads.ByVariant(terms[state.Id]),
            state.Content));
    }

    /// <summary>So that what lies beyond a limit is noticed; the greatest limit is none.</summary>
    private static int OneMoreThan(int limit) => limit == int.MaxValue ? limit : limit + 1;
}
