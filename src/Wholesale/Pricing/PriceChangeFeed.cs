using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Pricing;

/// <summary>What a price change comes to for who keeps a copy. The names are the SDL's.</summary>
public enum PriceChangeAction
{
    /// <summary>The variant has a price now: keep it.</summary>
    Set,

    /// <summary>The variant has no price any more, or is not seen any more: forget it.</summary>
    Remove,
}

/// <summary>Why a price is another one. The names are the SDL's.</summary>
public enum PriceChangeReason
{
    /// <summary>The seller changed the price, or it began or ended to hold.</summary>
    Price,

    /// <summary>Quantities are counted otherwise.</summary>
    QuantityRule,

    /// <summary>A list was given, taken, adjusted or put into another order.</summary>
    PriceList,

    /// <summary>The company counts otherwise.</summary>
    Customer,

    /// <summary>The variant came, went or stands in another category.</summary>
    Catalog,
}

/// <summary>The price of a variant is another one than at an earlier moment.</summary>
/// <param name="VariantId">The variant's id.</param>
/// <param name="Sku">The variant's SKU.</param>
/// <param name="Variant">Null: it is not seen any more.</param>
/// <param name="Before">What it cost, for the least quantity that could be bought; null: it had no price, or was not seen.</param>
/// <param name="After">What it costs, for the least quantity that can be bought; null: it has no price, or is not seen.</param>
/// <param name="Reason">Why; where there is more than one reason, the one that weighs most.</param>
/// <param name="At">When that happened last.</param>
public sealed record PriceChange(
    NodeId VariantId, string Sku, Variant? Variant, EffectivePrice? Before, EffectivePrice? After, PriceChangeReason Reason, DateTime At)
{
    /// <summary>What to do with a copy.</summary>
    public PriceChangeAction Action => After is null ? PriceChangeAction.Remove : PriceChangeAction.Set;
}

/// <summary>
/// What has changed in a caller's prices between two moments of the log. Nothing is kept for any caller: both moments are made anew of what is there now and
/// of what the log tells, the variants that something has touched are priced at both, and those that differ are told. One a request; not thread-safe.
/// </summary>
public sealed class PriceChangeFeed(WholesaleDb db, Clock clock)
{
    /// <summary>The most changes of a page.</summary>
    public const int MaximumSize = 1_000;

    /// <summary>How many variants one page compares.</summary>
    internal const int MaximumCompared = 10_000;

    private const int ChunkSize = 1_000;

    /// <summary>A page. A given number of statements for each thousand variants that are compared, however many companies, lists and prices there are.</summary>
    /// <param name="after">Where the page before it ended; null: nothing is told, and the page's end is now.</param>
    /// <param name="first">How many changes at most.</param>
    /// <param name="caller">Whose prices.</param>
    /// <param name="cancellation">Stops between statements.</param>
    /// <exception cref="GraphQLException">
    /// INVALID_PAGE_SIZE. INVALID_CURSOR. SNAPSHOT_REQUIRED: what has happened since the cursor is not kept any more, or never happened.
    /// </exception>
    public async ValueTask<Connection<PriceChange>> Read(string? after, int first, Caller caller, CancellationToken cancellation)
    {
        Page.CheckSize(first, MaximumSize);
        await using var snapshot = await ReadSnapshot.Begin(db, cancellation);
        var numbers = await EventNumbers.Read(db, cancellation);
        var now = new LogMoment(numbers.Newest, clock.UtcNow); // not earlier than what the snapshot shows
        if (after is null)
        {
            return Beginning(now);
        }

        var cursor = Parse(after, numbers);
        var differences = await PriceDifferences.Read(db, caller, cursor.From, cursor.To ?? now, cancellation);
        return await Compare(cursor with { To = cursor.To ?? now }, first, null, differences, cancellation);
    }

    /// <summary>A page for whoever goes on to watch: also says what concerns it from there on.</summary>
    /// <param name="after">Where the page before it ended; null: nothing is told, and the page's end is now.</param>
    /// <param name="first">How many changes at most, 1 to <see cref="MaximumSize"/>.</param>
    /// <param name="skus">Only variants with these; null: all.</param>
    /// <param name="caller">Whose prices.</param>
    /// <param name="cancellation">Stops between statements.</param>
    /// <exception cref="GraphQLException">INVALID_CURSOR. SNAPSHOT_REQUIRED.</exception>
    internal async ValueTask<WatchedPriceChanges> Watch(
        string? after, int first, IReadOnlyCollection<string>? skus, Caller caller, CancellationToken cancellation)
    {
        await using var snapshot = await ReadSnapshot.Begin(db, cancellation);
        var numbers = await EventNumbers.Read(db, cancellation);
        var now = new LogMoment(numbers.Newest, clock.UtcNow);
        var cursor = after is null ? PriceChangeCursor.Behind(now) : Parse(after, numbers);
        var differences = await PriceDifferences.Read(db, caller, cursor.From, cursor.To ?? now, cancellation);
        var only = skus is null ? null : await db.Variants.Where(v => skus.Contains(v.Sku)).Select(v => v.Id).ToHashSetAsync(cancellation);
        var page = after is null ? Beginning(now) : await Compare(cursor with { To = cursor.To ?? now }, first, only, differences, cancellation);
        return new(page, differences.Interest, IsOfEarlier: cursor.To is not null);
    }

    private static Connection<PriceChange> Beginning(LogMoment now) =>
        new([], new(HasNextPage: false, HasPreviousPage: false, null, PriceChangeCursor.Behind(now).ToString()));

    /// <summary>A made-up cursor must not show what is to be published some day; clocks that differ, or are set back, do so by less than an hour.</summary>
    private PriceChangeCursor Parse(string after, EventNumbers numbers)
    {
        var cursor = PriceChangeCursor.Parse(after);
        var latest = clock.UtcNow.AddHours(1);
        return numbers.AreKeptBehind(cursor.From.Number) && !(cursor.To?.Number > numbers.Newest) && cursor.From.At <= latest && !(cursor.To?.At > latest)
            ? cursor
            : throw PricingErrors.SnapshotRequired();
    }

    private static async ValueTask<Connection<PriceChange>> Compare(
        PriceChangeCursor cursor, int first, HashSet<long>? only, PriceDifferences differences, CancellationToken cancellation)
    {
        var edges = new List<Edge<PriceChange>>();
        for (var compared = 0; compared < MaximumCompared; compared += ChunkSize)
        {
            // One more tells whether there is more, so that nobody asks once again for nothing.
            var ids = await differences.Candidates(cursor.VariantId, ChunkSize + 1, cancellation);
            var changes = await differences.Among([.. ids.Take(ChunkSize).Where(id => only?.Contains(id) ?? true)], cancellation);
            var room = first - edges.Count;
            foreach (var change in changes.Take(room))
            {
                var place = cursor with { VariantId = change.VariantId.Key };
                edges.Add(new(change, _ => place.ToString()));
                cursor = place;
            }

            if (changes.Count > room)
            {
                return Connected(hasNextPage: true);
            }

            if (ids.Length <= ChunkSize)
            {
                cursor = PriceChangeCursor.Behind(cursor.To!.Value);
                return Connected(hasNextPage: false);
            }

            cursor = cursor with { VariantId = ids[ChunkSize - 1] };
            if (edges.Count == first)
            {
                return Connected(hasNextPage: true);
            }
        }

        return Connected(hasNextPage: true);

        Connection<PriceChange> Connected(bool hasNextPage) =>
            new(edges, new(hasNextPage, HasPreviousPage: true, edges.FirstOrDefault()?.Cursor, cursor.ToString()));
    }
}

/// <summary>A page for whoever goes on to watch.</summary>
/// <param name="Page">The page.</param>
/// <param name="Interest">What concerns the caller behind the moment up to which the page tells.</param>
/// <param name="IsOfEarlier">Whether that moment lies behind us, since the page goes on with a turn that was begun before: much may have happened since.</param>
internal sealed record WatchedPriceChanges(Connection<PriceChange> Page, PriceInterest Interest, bool IsOfEarlier);

/// <summary>Where a page of price changes ends.</summary>
/// <param name="From">The moment since when changes are told.</param>
/// <param name="To">The moment up to which, the same for all pages of one turn; null: the next page begins a turn, and chooses it.</param>
/// <param name="VariantId">The last variant that was compared.</param>
internal sealed record PriceChangeCursor(LogMoment From, LogMoment? To, long VariantId)
{
    private const string Order = "priceChanges";
    private const long NoNumber = -1;

    /// <summary>The cursor from which changes behind a moment are told.</summary>
    public static PriceChangeCursor Behind(LogMoment moment) => new(moment, null, 0);

    /// <summary>Reads a cursor.</summary>
    /// <exception cref="GraphQLException">INVALID_CURSOR.</exception>
    public static PriceChangeCursor Parse(string text)
    {
        var cursor = Cursor.Parse(text, Order);
        var (from, to) = (new LogMoment(cursor.Number(0), cursor.Instant(1)), new LogMoment(cursor.Number(2), cursor.Instant(3)));
        return new(from, to.Number == NoNumber ? null : to, cursor.Number(4));
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Cursor.Of(Order, From.Number, From.At, To?.Number ?? NoNumber, To?.At ?? From.At, VariantId);
}
