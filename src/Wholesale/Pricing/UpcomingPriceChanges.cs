using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Pricing;

/// <summary>The price of a variant becomes another.</summary>
/// <param name="At">From when the new price holds.</param>
/// <param name="Variant">The variant.</param>
/// <param name="Before">Its price until then, for the least quantity that can be bought; null: none.</param>
/// <param name="After">Its price from then on, for the least quantity that can be bought; null: none.</param>
public sealed record UpcomingPriceChange(DateTime At, Variant Variant, EffectivePrice? Before, EffectivePrice? After);

/// <summary>
/// What is announced to change in a caller's prices: at each turn, of a row, an assignment or an adjustment, the prices just before and at it are compared.
/// One a request; not thread-safe.
/// </summary>
public sealed class UpcomingPriceChanges(WholesaleDb db, PriceBooks books, Prices prices, Clock clock)
{
    /// <summary>How many turns of variants one call compares.</summary>
    public const int MaximumTurns = 10_000;

    /// <summary>How far it may be looked ahead.</summary>
    public const int MaximumDays = 366;

    /// <summary>How many turns are compared between two looks at whether the page is full.</summary>
    private const int ChunkSize = 2_500;

    private const string ByInstant = "upcomingPriceChanges/AT";

    /// <summary>
    /// A page. One statement where the lists are in memory and few turns lie ahead, one more for each further 2,500 turns; where they are not, the database is
    /// asked for the turns and for the prices, too.
    /// </summary>
    /// <exception cref="GraphQLException">INVALID_VALUE: so many days are not looked ahead. AMOUNT_OVERFLOW: a total is beyond what money can hold.</exception>
    public async ValueTask<Connection<UpcomingPriceChange>> Read(
        Page page, int withinDays, Caller caller, Sight sight, CancellationToken cancellation)
    {
        if (withinDays is < 1 or > MaximumDays)
        {
            throw new GraphQLException($"`withinDays` must be from 1 to {MaximumDays}, not {withinDays}.", ErrorCodes.InvalidValue);
        }

        var cursor = page.After is null ? null : Cursor.Parse(page.After, ByInstant);
        var found = new List<UpcomingPriceChange>(page.Take);
        if (!caller.PricesVisible)
        {
            return page.Connect(found, CursorOf);
        }

        var now = clock.UtcNow;
        var behind = new PriceTurn(now, long.MaxValue);
        if (cursor is not null && new PriceTurn(cursor.Instant(0), cursor.Number(1)) is var last && last.CompareTo(behind) > 0)
        {
            behind = last;
        }

        var book = await books.Of(db, caller, cancellation);
        var lists = await prices.InMemory(book, now, cancellation);
        var ahead = new PriceTurns(book, now, now.AddDays(withinDays), behind, most: MaximumTurns + 1);
        var turns = lists is null ? await ahead.FromDatabase(db, cancellation) : ahead.Of(lists);
        foreach (var chunk in turns.Take(MaximumTurns).Chunk(ChunkSize))
        {
            var ids = chunk.Select(turn => turn.VariantId).Distinct().ToArray();
            var variants = (await CatalogQueries.VariantsByIds(db, sight, ids, cancellation)).ToDictionary(v => v.Id);
            var rows = lists ?? await prices.FromDatabase(book, [.. variants.Keys], now, cancellation);
            found.AddRange(Compared(chunk.Where(turn => variants.ContainsKey(turn.VariantId)), variants, book, rows).Take(page.Take - found.Count));
            if (found.Count == page.Take)
            {
                return page.Connect(found, CursorOf);
            }
        }

        var read = page.Connect(found, CursorOf);
        return turns.Count <= MaximumTurns
            ? read
            : read with { PageInfo = read.PageInfo with { HasNextPage = true, EndCursor = CursorOf(turns[MaximumTurns - 1]) } };
    }

    private static string CursorOf(UpcomingPriceChange change) => CursorOf(new PriceTurn(change.At, change.Variant.Id));

    private static string CursorOf(PriceTurn turn) => Cursor.Of(ByInstant, turn.At, turn.VariantId);

    /// <summary>The turns at which the price is another, in their order.</summary>
    private static IEnumerable<UpcomingPriceChange> Compared(
        IEnumerable<PriceTurn> turns, Dictionary<long, Variant> variants, PriceBook book, IReadOnlyList<CompiledPriceList> lists)
    {
        PriceResolution? before = null;
        PriceResolution? after = null;
        foreach (var (at, id) in turns)
        {
            if (after?.At != at)
            {
                (before, after) = (new(book, lists, at.AddTicks(-1)), new(book, lists, at));
            }

            var change = new UpcomingPriceChange(at, variants[id], PriceOf(variants[id], before!), PriceOf(variants[id], after));
            if (EffectivePrice.IsAnother(change.Before, change.After))
            {
                yield return change;
            }
        }
    }

    private static EffectivePrice? PriceOf(Variant variant, PriceResolution resolution)
    {
        try
        {
            return resolution.Resolve(variant, resolution.RuleOf(variant).Minimum);
        }
        catch (MoneyOverflowException exception)
        {
            throw new GraphQLException(exception.Message, PricingErrors.AmountOverflow);
        }
    }
}
