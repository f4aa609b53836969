using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Wholesale.Platform.Events;

namespace Wholesale.Orders;

/// <summary>
/// Whose orders they are that something happens to. Read once for all streams of a node and kept, since an order never changes hands: what happens to one company's order costs the streams of the others nothing.
/// Thread-safe; one a process.
/// </summary>
public sealed class OrderCompanies(IServiceScopeFactory scopes) : IDisposable
{
    /// <summary>How many orders are known; when there are more, all are forgotten.</summary>
    private const int Capacity = 10_000;

    private readonly ConcurrentDictionary<long, long> known = new();
    private readonly SemaphoreSlim reading = new(1, 1);

    /// <summary>The events that may be of a company's orders: all that are, and seldom one that is not.</summary>
    /// <param name="events">Events of orders.</param>
    /// <param name="companyId">The company.</param>
    /// <param name="cancellation">Stops waiting and reading.</param>
    internal async ValueTask<IReadOnlyList<Event>> Of(IReadOnlyList<Event> events, long companyId, CancellationToken cancellation)
    {
        if (Unknown(events).Count > 0)
        {
            await Read(events, cancellation);
        }

        return [.. events.Where(e => !known.TryGetValue(e.SubjectId, out var owner) || owner == companyId)]; // another stream may have had all forgotten
    }

    /// <inheritdoc/>
    public void Dispose() => reading.Dispose();

    private List<long> Unknown(IReadOnlyList<Event> events) => [.. events.Select(e => e.SubjectId).Where(id => !known.ContainsKey(id)).Distinct()];

    /// <summary>One stream reads, and the others find what it has read.</summary>
    private async ValueTask Read(IReadOnlyList<Event> events, CancellationToken cancellation)
    {
        await reading.WaitAsync(cancellation);
        try
        {
            var ids = Unknown(events);
            if (ids.Count == 0)
            {
                return;
            }

            if (known.Count + ids.Count > Capacity)
            {
                known.Clear();
            }

            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<WholesaleDb>();
            foreach (var order in await db.Orders.Where(o => ids.Contains(o.Id)).Select(o => new { o.Id, o.CompanyId }).ToListAsync(cancellation))
            {
                known[order.Id] = order.CompanyId;
            }
        }
        finally
        {
            reading.Release();
        }
    }
}
