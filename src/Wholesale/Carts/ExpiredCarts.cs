using Microsoft.EntityFrameworkCore;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Carts;

/// <summary>Deletes open carts that nobody has changed for long, one by one, so that nobody who changes one at the same moment loses it.</summary>
internal static class ExpiredCarts
{
    private const int StepSize = 100;

    /// <summary>Lines that a step deletes; one cart may have more.</summary>
    private const int StepLines = 1_000;

    /// <summary>Deletes some of those that are due, the first first.</summary>
    /// <returns>How many; 0 when none is due any more.</returns>
    public static async Task<int> Purge(WholesaleDb db, Writes writes, DateTime now, CancellationToken cancellation)
    {
        var due = await db.Carts
            .Where(c => c.ExpiresAt != null && c.ExpiresAt <= now && c.Status == CartStatus.Open)
            .OrderBy(c => c.ExpiresAt).Take(StepSize).Select(c => new { c.Id, c.LineCount }).ToListAsync(cancellation);
        var lines = 0;
        return due.Count == 0 ? 0 : await writes.Run(
            Actor.System,
            async () =>
            {
                var count = 0;
                for (; count < due.Count && (count == 0 || lines + due[count].LineCount <= StepLines); count++)
                {
                    lines += due[count].LineCount;
                    await Delete(db, writes, due[count].Id, now, cancellation);
                }

                return count;
            },
            cancellation);
    }

    private static async ValueTask Delete(WholesaleDb db, Writes writes, long id, DateTime now, CancellationToken cancellation)
    {
        await DatabaseLocks.TakeOne(db, nameof(Cart), id, cancellation);
        var cart = await db.Carts.SingleOrDefaultAsync(c => c.Id == id && c.ExpiresAt <= now && c.Status == CartStatus.Open, cancellation);
        if (cart is not null)
        {
            await db.CartLines.Where(l => l.CartId == id).ExecuteDeleteAsync(cancellation);
            await BulkRows.Delete(db, [cart], cancellation);
            writes.Record(CartEvents.CartDeleted, id, cart.Version);
        }
    }
}
