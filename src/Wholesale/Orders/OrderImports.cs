using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Orders;

/// <summary>
/// Writes orders that were taken elsewhere, many at once: for imports. They take no stock, credit or budget, and nothing is owed for them here. Runs inside the caller's unit of work, in the shared lane.
/// </summary>
public sealed class OrderImports(WholesaleDb db, Writes writes, Ids ids, Clock clock)
{
    /// <summary>Creates orders, or says anew what has become of those that are there.</summary>
    public async ValueTask<BulkResult<Order>> Upsert(IReadOnlyList<ImportedOrderInput> inputs, BulkMode mode, CancellationToken cancellation)
    {
        var rows = BulkRow<ImportedOrderInput, Order>.Of(inputs);
        BulkRow<ImportedOrderInput, Order>.RefuseDuplicates(rows, input => input.Number, "number");
        var import = new OrderImport(await KnownForOrders.Read(db, inputs, cancellation), ids, clock.UtcNow);
        foreach (var row in rows.Where(row => row.IsGood))
        {
            import.Decide(row);
        }

        if (BulkRow<ImportedOrderInput, Order>.MayProceed(rows, mode))
        {
            await Store(import.Changed, cancellation);
        }

        return BulkRow<ImportedOrderInput, Order>.Result(rows, mode);
    }

    private async ValueTask Store(IReadOnlyList<(ImportedOrder Is, ImportedOrder? Was)> changed, CancellationToken cancellation)
    {
        var orders = new Difference<Order>(changed.Select(of => of.Was?.Order).OfType<Order>(), changed.Select(of => of.Is.Order), order => order.Id);
        var lines = Of(of => of.Lines, line => line.Id);
        var fulfillments = Of(of => of.Fulfillments, fulfillment => fulfillment.Id);
        var toSend = Of(of => of.FulfillmentLines, line => (line.FulfillmentId, line.OrderLineId));
        var shipments = Of(of => of.Shipments, shipment => shipment.Id);
        var sent = Of(of => of.ShipmentLines, line => (line.ShipmentId, line.OrderLineId));

        // What names others goes before them, and comes behind them.
        await BulkRows.Delete(db, sent.Gone, cancellation);
        await BulkRows.Delete(db, toSend.Gone, cancellation);
        await BulkRows.Delete(db, shipments.Gone, cancellation);
        await BulkRows.Delete(db, fulfillments.Gone, cancellation);
        await BulkRows.Delete(db, lines.Gone, cancellation);
        await Write(orders, cancellation);
        await Write(lines, cancellation);
        await Write(fulfillments, cancellation);
        await Write(toSend, cancellation);
        await Write(shipments, cancellation);
        await Write(sent, cancellation);
        await OrderedProduct.Note(db, changed.SelectMany(of => of.Is.Lines), cancellation);
        foreach (var (imported, _) in changed)
        {
            var order = imported.Order;
            writes.Record(
                OrderEvents.OrderImported, order.Id, order.Version, new OrderImportedData(order.Number, new(nameof(Company), order.CompanyId), order.Status, order.Currency, order.Total.Amount, order.SourceRevision));
        }

        Difference<T> Of<T>(Func<ImportedOrder, IReadOnlyList<T>> rows, Func<T, object> key) where T : class =>
            new(changed.SelectMany(of => of.Was is { } was ? rows(was) : []), changed.SelectMany(of => rows(of.Is)), key);
    }

    private async ValueTask Write<T>(Difference<T> rows, CancellationToken cancellation) where T : class
    {
        await BulkRows.Insert(db, rows.Added, cancellation);
        await BulkRows.Update(db, rows.Kept, cancellation: cancellation);
    }

    /// <summary>Rows that are no longer there, are still there, and are new.</summary>
    private sealed class Difference<T> where T : class
    {
        public Difference(IEnumerable<T> before, IEnumerable<T> after, Func<T, object> key)
        {
            var former = before.ToDictionary(key);
            foreach (var row in after)
            {
                (former.Remove(key(row)) ? Kept : Added).Add(row);
            }

            Gone = [.. former.Values];
        }

        public List<T> Gone { get; }

        public List<T> Kept { get; } = [];

        public List<T> Added { get; } = [];
    }
}
