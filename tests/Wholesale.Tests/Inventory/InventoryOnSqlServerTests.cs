using Microsoft.Extensions.Logging.Abstractions;
using Wholesale.Catalog;
using Wholesale.GraphQL.Execution;
using Wholesale.Inventory;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;
using Wholesale.Tests.Platform.Database;

namespace Wholesale.Tests.Inventory;

/// <summary>What the room asks of a database, SQL Server can be asked, too; and the conditions are those that were meant.</summary>
public sealed class InventoryOnSqlServerTests
{
    private static readonly Batch<Variant> Variants = Batch<Variant>.Of(
        [new Variant { Id = 1, ProductId = 1, Sku = "V", UnitOfMeasure = "pcs", QuantityIncrement = Quantity.One }]);

    private static readonly Batch<Warehouse> Warehouses = Batch<Warehouse>.Of(
        [new Warehouse { Id = 1, ExternalId = "A", Name = "A" }, new Warehouse { Id = 2, ExternalId = "B", Name = "B" }]);

    [Fact]
    public async Task Every_read_that_is_not_compiled_has_a_statement()
    {
        var noted = new NotedStatements();

        await noted.Of("supplies", async db => await InventoryFields.IncomingSupplies(2, null, db, default));
        await noted.Of("supplies of variants", async db => await InventoryFields.VariantSupplies(Variants, db, default));
        await noted.Of("levels of variants", async db => await InventoryFields.VariantLevels(Variants, db, default));
        await noted.Of("levels of warehouses", async db => await InventoryFields.WarehouseLevels(Warehouses, 2, null, db, default));
        await noted.Of("warehouses", async db => await new KnownWarehouses(new(new FakeTime()), new(NullLogger<CommittedEvents>.Instance)).All(db, default));

        Assert.Contains("UNION ALL", noted.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counters_change_as_far_as_there_is_enough()
    {
        var noted = new NotedStatements();
        StockReservation[] rows =
        [
            new() { Id = 1, OwnerId = 1, VariantId = 1, WarehouseId = 1, Quantity = Quantity.One },
            new() { Id = 2, OwnerId = 1, VariantId = 1, IncomingSupplyId = 1, Quantity = Quantity.One },
            new() { Id = 3, OwnerId = 1, VariantId = 1, Quantity = Quantity.One, PromisedOn = new DateOnly(2026, 3, 1) },
        ];

        await noted.Of("levels", async db => await new ReservedStock(rows[..1]).Count(db, 1, default));
        await noted.Of("supplies", async db => await new ReservedStock(rows[1..2]).Count(db, 1, default));
        await noted.Of("policies", async db => await new ReservedStock(rows[2..]).Count(db, 1, default));
        await noted.Of("rows", async db => await BulkRows.Insert(db, rows));

        var sql = noted.ToString();
        Assert.Contains("(([t].[OnHand]) - ([t].[Reserved] + [r].[Reserved]) - ([t].[SafetyStock]) >= 0)", sql, StringComparison.Ordinal);
        Assert.Contains("(([t].[Quantity]) - ([t].[Reserved] + [r].[Reserved]) >= 0)", sql, StringComparison.Ordinal);
        Assert.Contains("(([t].[BackorderLimit]) IS NULL OR ([t].[Backordered] + [r].[Backordered]) <= ([t].[BackorderLimit]))", sql, StringComparison.Ordinal);
        Assert.Contains("[PromisedOn] date '$[", sql, StringComparison.Ordinal);
    }
}
