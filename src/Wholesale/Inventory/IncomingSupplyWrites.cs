using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Inventory;

/// <summary>Says what is expected, many rows at once: for mutations and imports alike. Runs inside the caller's unit of work.</summary>
/// <remarks>Throws an <see cref="OvertakenException"/> where another writer changed one of the supplies since it was read.</remarks>
public sealed class IncomingSupplyWrites(WholesaleDb db, Writes writes, Ids ids)
{
    /// <summary>Creates supplies, changes those that are there, and removes those of which nothing is expected any more.</summary>
    public async ValueTask<BulkResult<IncomingSupply>> Upsert(IReadOnlyList<IncomingSupplyInput> inputs, BulkMode mode, CancellationToken cancellation)
    {
        var rows = BulkRow<IncomingSupplyInput, IncomingSupply>.Of(inputs);
        BulkRow<IncomingSupplyInput, IncomingSupply>.RefuseDuplicates(rows, input => input.ExternalId, "externalId");
        var externalIds = inputs.Select(input => input.ExternalId).ToHashSet();
        var existing = await db.IncomingSupplies.Where(s => externalIds.Contains(s.ExternalId)).ToDictionaryAsync(s => s.ExternalId, cancellation);
        var (variants, warehouses) = await StockPlaces.Ids(db, inputs.Select(input => input.Sku), inputs.Select(input => input.Warehouse), cancellation);
        var changes = new Changes<IncomingSupply>();
        var quantitiesBefore = new Dictionary<IncomingSupply, Quantity>();
        foreach (var row in rows)
        {
            row.Errors.Key(row.Input.ExternalId, "externalId");
            row.Thing = existing.GetValueOrDefault(row.Input.ExternalId);
            row.IsSkipped = !row.Errors.Any && row.Input.SourceRevision < row.Thing?.SourceRevision;
            if (row.IsSkipped || (row.Thing is null && IsNothing(row.Input)))
            {
                continue;
            }

            var wanted = Wanted(row.Input, row.Thing, variants, warehouses, row.Errors);
            if (row.IsGood)
            {
                var isNew = row.Thing is null;
                var supply = row.Thing ??= New(row.Input, wanted);
                quantitiesBefore[supply] = supply.Quantity;
                changes.Note(supply, isNew, Change(supply, wanted, row.Input.SourceRevision));
            }
        }

        if (BulkRow<IncomingSupplyInput, IncomingSupply>.MayProceed(rows, mode))
        {
            await Store(changes, quantitiesBefore, cancellation);
        }

        return BulkRow<IncomingSupplyInput, IncomingSupply>.Result(rows, mode);
    }

    /// <summary>Whether a row says of what was never heard of, or is gone already, that nothing is expected.</summary>
    private static bool IsNothing(IncomingSupplyInput input) => input.Quantity is { Thousandths: 0 };

    private static Terms Wanted(
        IncomingSupplyInput input, IncomingSupply? supply, Dictionary<string, long> variants, Dictionary<string, long> warehouses, RowErrors errors)
    {
        var (variantId, warehouseId) = (supply?.VariantId ?? 0, supply?.WarehouseId ?? 0);
        if (input.Sku is { } sku && !variants.TryGetValue(sku, out variantId))
        {
            errors.Add(InventoryErrors.NoSuchSku(sku));
        }

        if (input.Warehouse is { } warehouse && !warehouses.TryGetValue(warehouse, out warehouseId))
        {
            errors.Add(InventoryErrors.NoSuchWarehouse(warehouse));
        }

        (string Field, bool IsGiven)[] needed =
            [("sku", input.Sku is not null), ("warehouse", input.Warehouse is not null), ("expectedOn", input.ExpectedOn is not null), ("quantity", input.Quantity is not null)];
        foreach (var (field, _) in needed.Where(need => supply is null && !need.IsGiven))
        {
            errors.Add(InventoryErrors.Needed("incoming supply", field));
        }

        var wanted = new Terms(variantId, warehouseId, input.ExpectedOn ?? supply?.ExpectedOn ?? default, input.Quantity ?? supply?.Quantity ?? default);
        if (supply is { Reserved: var reserved } && reserved > default(Quantity) && !errors.Any)
        {
            CheckReserved(supply, wanted, errors);
        }

        return wanted;
    }

    private static void CheckReserved(IncomingSupply supply, Terms wanted, RowErrors errors)
    {
        if (wanted.Quantity < supply.Reserved)
        {
            errors.Add(InventoryErrors.BelowReserved(wanted.Quantity, supply.Reserved));
        }

        if (wanted.VariantId != supply.VariantId)
        {
            errors.Add(InventoryErrors.OtherVariant(supply.Reserved));
        }
    }

    private IncomingSupply New(IncomingSupplyInput input, Terms wanted) => new()
    {
        Id = ids.Next(),
        ExternalId = input.ExternalId,
        VariantId = wanted.VariantId,
        WarehouseId = wanted.WarehouseId,
        ExpectedOn = wanted.ExpectedOn,
    };

    private static bool Change(IncomingSupply supply, Terms wanted, long? sourceRevision)
    {
        var before = (new Terms(supply.VariantId, supply.WarehouseId, supply.ExpectedOn, supply.Quantity), supply.SourceRevision);
        (supply.VariantId, supply.WarehouseId, supply.ExpectedOn, supply.Quantity) = (wanted.VariantId, wanted.WarehouseId, wanted.ExpectedOn, wanted.Quantity);
        supply.SourceRevision = sourceRevision ?? supply.SourceRevision;
        return before != (wanted, supply.SourceRevision);
    }

    /// <summary>As <see cref="StockLevelWrites"/> does: what is found by the version that was read is kept until the transaction ends.</summary>
    private async ValueTask Store(Changes<IncomingSupply> changes, Dictionary<IncomingSupply, Quantity> quantitiesBefore, CancellationToken cancellation)
    {
        var kept = await BulkRows.Update(
            db,
            changes.Changed,
            s => new { s.VariantId, s.WarehouseId, s.ExpectedOn, s.SourceRevision },
            s => new { s.Id, s.Version },
            cancellation);
        var added = changes.Changed.ConvertAll(supply => Difference(supply, supply.Quantity.Thousandths - quantitiesBefore[supply].Thousandths));
        if (kept < changes.Changed.Count
            || await BulkRows.Add(db, added, s => new { s.Quantity, s.Version }, "{Quantity} - {Reserved} >= 0", cancellation) < added.Count)
        {
            throw new OvertakenException("Supplies were changed by another writer since they were read.");
        }

        changes.Added.ForEach(supply => supply.Version++);
        changes.Changed.ForEach(supply => supply.Version++);
        await BulkRows.Insert(db, changes.Added, cancellation);
        await BulkRows.Delete(db, changes.Changed.FindAll(supply => supply.Quantity == default), cancellation);
        foreach (var supply in changes.Added.Concat(changes.Changed))
        {
            writes.Record(supply);
        }
    }

    /// <summary>A row that says by how much a supply's quantity changes.</summary>
    internal static IncomingSupply Difference(IncomingSupply supply, long thousandths, long reservedThousandths = 0) => new()
    {
        Id = supply.Id,
        ExternalId = supply.ExternalId,
        VariantId = supply.VariantId,
        WarehouseId = supply.WarehouseId,
        ExpectedOn = supply.ExpectedOn,
        Quantity = new(thousandths),
        Reserved = new(reservedThousandths),
        Version = 1,
    };

    /// <summary>What a row says of a supply, with what it leaves out.</summary>
    private sealed record Terms(long VariantId, long WarehouseId, DateOnly ExpectedOn, Quantity Quantity);
}
