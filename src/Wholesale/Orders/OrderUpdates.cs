using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Events;

namespace Wholesale.Orders;

/// <summary>Something that has happened to an order, and what it is now.</summary>
/// <param name="Entry">What has happened.</param>
/// <param name="Order">The order.</param>
public sealed record OrderUpdate(OrderTimelineEntry Entry, Order Order)
{
    /// <summary>Where to go on behind it.</summary>
    public string Cursor => OrderTimeline.CursorOf(Entry);
}

/// <summary>What a stream of order updates is asked for.</summary>
/// <param name="Principal">Who asks; what it is in its company is found anew whenever orders are read.</param>
/// <param name="OrderId">Only this order; null: all that it sees.</param>
/// <param name="After">Where to go on; null: from now on.</param>
/// <param name="Timeout">How long reading the orders of a page may take.</param>
public sealed record OrderUpdatesRequest(Principal Principal, long? OrderId, string? After, TimeSpan Timeout);

/// <summary>
/// Tells callers what happens to their orders, by the event log, on whatever node it happens. A stream costs no statement while nothing happens to an order that may be its caller's; then those of a page of events are read
/// together, by what the caller sees at that moment. However many streams there are, a few read at once and the others wait in line, so that requests are answered meanwhile. Thread-safe; one a process.
/// </summary>
public sealed class OrderUpdates(IServiceScopeFactory scopes, EventLog log, OrderCompanies companies, Clock clock) : IDisposable
{
    /// <summary>How many streams read orders at once.</summary>
    internal const int MaximumReading = 4;

    /// <summary>The orders of so many events are read together at most: a client that takes its time holds no more of them in memory.</summary>
    internal const int ReadSize = 50;

    /// <summary>From one reading to the next page, so that what happens in quick succession is told together.</summary>
    internal static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(250);

    /// <summary>Orders that were read longer ago are read anew before they are told: the client has taken its time.</summary>
    internal static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim turns = new(MaximumReading, MaximumReading);

    /// <summary>Opens a stream. Where it begins, and whether the caller sees the order, is decided before it is handed out.</summary>
    /// <exception cref="GraphQLException">UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, INVALID_CURSOR, SNAPSHOT_REQUIRED. The last one also ends a stream later, as TIMEOUT does.</exception>
    public async ValueTask<IAsyncEnumerable<OrderUpdate>> Open(OrderUpdatesRequest request, CancellationToken cancellation)
    {
        var after = request.After is { } cursor ? (long?)OrderTimeline.NumberOf(cursor) : null;
        await using var scope = scopes.CreateAsyncScope();
        var (db, caller) = await CallerIn(scope.ServiceProvider, request.Principal, cancellation);
        if (caller.Kind == PrincipalKind.Anonymous)
        {
            throw OrderErrors.NobodysOrders();
        }

        OrdersSeen.Check("Subscription.orderUpdated", caller);
        if (request.OrderId is { } id && !await OrdersSeen.By(db, caller).AnyAsync(o => o.Id == id, cancellation))
        {
            throw OrderErrors.NoSuchOrder();
        }

        var start = await Told(log.Start(after, cancellation));
        return Follow(request, caller.Company?.Id, start, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => turns.Dispose();

    /// <summary>Reads orders when it is its turn: those who came first go first.</summary>
    internal async ValueTask<T> InTurn<T>(Func<ValueTask<T>> read, CancellationToken cancellation)
    {
        await turns.WaitAsync(cancellation);
        try
        {
            return await read();
        }
        finally
        {
            turns.Release();
        }
    }

    private async IAsyncEnumerable<OrderUpdate> Follow(OrderUpdatesRequest request, long? companyId, long start, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var pages = log.FollowPages(start, OrderTimeline.Types, cancellation).GetAsyncEnumerator(cancellation);
        while (await Told(pages.MoveNextAsync()))
        {
            var events = await OfInterest(pages.Current, request, companyId, cancellation);
            var (seen, until, readAt) = ((Dictionary<long, Order>?)null, 0, 0L);
            for (var i = 0; i < events.Count; i++)
            {
                if (seen is null || i == until || clock.TimeProvider.GetElapsedTime(readAt) >= Freshness)
                {
                    until = Math.Min(i + ReadSize, events.Count);
                    readAt = clock.TimeProvider.GetTimestamp();
                    seen = await Read([.. events.Take(i..until).Select(e => e.SubjectId).Distinct()], request, cancellation);
                }

                if (seen.TryGetValue(events[i].SubjectId, out var order))
                {
                    yield return new OrderUpdate(OrderTimeline.Entry(events[i]), order);
                }
            }

            var rest = Rest - clock.TimeProvider.GetElapsedTime(readAt);
            if (events.Count > 0 && rest > TimeSpan.Zero)
            {
                await Task.Delay(rest, clock.TimeProvider, cancellation);
            }
        }
    }

    private async ValueTask<IReadOnlyList<Event>> OfInterest(IReadOnlyList<Event> events, OrderUpdatesRequest request, long? companyId, CancellationToken cancellation) =>
        request.OrderId is { } orderId ? [.. events.Where(e => e.SubjectId == orderId)]
        : companyId is { } id ? await InTime(request, ending => companies.Of(events, id, ending), cancellation)
        : events;

    /// <summary>Those of some orders that the caller sees now.</summary>
    private ValueTask<Dictionary<long, Order>> Read(List<long> ids, OrderUpdatesRequest request, CancellationToken cancellation) => InTurn(
        () => InTime(
            request,
            async ending =>
            {
                await using var scope = scopes.CreateAsyncScope();
                var (db, caller) = await CallerIn(scope.ServiceProvider, request.Principal, ending);
                return await OrdersSeen.By(db, caller).Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, ending);
            },
            cancellation),
        cancellation);

    private async ValueTask<T> InTime<T>(OrderUpdatesRequest request, Func<CancellationToken, ValueTask<T>> read, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(request.Timeout, clock.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        try
        {
            return await read(either.Token);
        }
        catch (Exception) when (late.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw OrderErrors.OrdersTookTooLong(request.Timeout); // whatever the driver calls it
        }
    }

    private static async ValueTask<(WholesaleDb Db, Caller Caller)> CallerIn(IServiceProvider services, Principal principal, CancellationToken cancellation)
    {
        var db = services.GetRequiredService<WholesaleDb>();
        return (db, await services.GetRequiredService<Callers>().Of(db, principal, cancellation));
    }

    /// <summary>What the log cannot tell any more, in words that also buyers may read: they know no event's number.</summary>
    private static async ValueTask<T> Told<T>(ValueTask<T> reading)
    {
        try
        {
            return await reading;
        }
        catch (GraphQLException exception) when (exception.Code == EventErrors.SnapshotRequired)
        {
            throw OrderErrors.SnapshotRequired();
        }
    }
}
