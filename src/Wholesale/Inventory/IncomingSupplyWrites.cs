using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Inventory;

/// <summary>Says what is expected, many rows at once: for mutations and imports alike. Runs inside the caller's unit of work, in the shared line.</summary>
/// <remarks>Throws an <see cref="OvertakenException"/> where orders have reserved more since the supplies were read than they leave.</remarks>
public sealed class IncomingSupplyWrites(WholesaleDb db, Writes writes, Ids ids, Clock clock)
{
    /// <summary>
    /// Creates supplies, changes those that are there, and removes those of which nothing is expected any more. What was removed is still known by its revision, and a row of a
    /// higher one, or of none, creates it again.
    /// </summary>
    public async ValueTask<BulkResult<IncomingSupply>> Upsert(IReadOnlyList<IncomingSupplyInput> inputs, BulkMode mode, CancellationToken cancellation)
    {
        var rows = BulkRow<IncomingSupplyInput, IncomingSupply>.Of(inputs);
        BulkRow<IncomingSupplyInput, IncomingSupply>.RefuseDuplicates(rows, input => input.ExternalId, "externalId");
        var externalIds = inputs.Select(input => input.ExternalId).ToHashSet();
        var existing = await db.IncomingSupplies.Where(s => externalIds.Contains(s.ExternalId)).ToDictionaryAsync(s => s.ExternalId, cancellation);
        var (variants, warehouses) = await StockPlaces.Ids(db, inputs.Select(input => input.Sku), inputs.Select(input => input.Warehouse), cancellation);
        var changes = new Changes<IncomingSupply>();
        var before = new Dictionary<IncomingSupply, Terms>();
        foreach (var row in rows)
        {
            row.Errors.Key(row.Input.ExternalId, "externalId");
            row.Thing = existing.GetValueOrDefault(row.Input.ExternalId);
            var expected = row.Thing is { Quantity.Thousandths: > 0 } ? row.Thing : null;
            row.IsSkipped = !row.Errors.Any && IsOlder(row.Input, row.Thing, isExpected: expected is not null);
            var wanted = row.IsSkipped ? null
                : expected is null && row.Input.Quantity is { Thousandths: 0 } ? Gone(row.Input, row.Thing, variants, warehouses)
                : Wanted(row.Input, expected, variants, warehouses, row.Errors);
            if (wanted is not null && row.IsGood)
            {
                var isNew = row.Thing is null;
                var supply = row.Thing ??= New(row.Input, wanted);
                before[supply] = Terms.Of(supply);
                changes.Note(supply, isNew, Change(supply, wanted, row.Input.SourceRevision));
            }
        }

        if (BulkRow<IncomingSupplyInput, IncomingSupply>.MayProceed(rows, mode))
        {
            await Store(changes, before, cancellation);
        }

        return BulkRow<IncomingSupplyInput, IncomingSupply>.Result(rows, mode);
    }

    /// <summary>Whether something newer is known. A supply that is gone was there at its revision: the same row once more, after it was received, does not create it again.</summary>
    private static bool IsOlder(IncomingSupplyInput input, IncomingSupply? supply, bool isExpected) =>
        input.SourceRevision < supply?.SourceRevision
        || (!isExpected && input.Quantity is not { Thousandths: 0 } && input.SourceRevision == supply?.SourceRevision && input.SourceRevision is not null);

    /// <summary>
    /// What is kept where a row says of what was never heard of, or is gone already, that nothing is expected: only a revision is worth it, and the row has to name a variant
    /// and a warehouse if none was heard of.
    /// </summary>
    /// <returns>Null: nothing is.</returns>
    private Terms? Gone(IncomingSupplyInput input, IncomingSupply? supply, Dictionary<string, long> variants, Dictionary<string, long> warehouses)
    {
        if (input.SourceRevision is null || input.SourceRevision == supply?.SourceRevision)
        {
            return null;
        }

        var (variantId, warehouseId) = (variants.GetValueOrDefault(input.Sku ?? ""), warehouses.GetValueOrDefault(input.Warehouse ?? ""));
        return supply is not null ? Terms.Of(supply) with { ExpectedOn = Today }
            : variantId != 0 && warehouseId != 0 ? new(variantId, warehouseId, Today, default)
            : null;
    }

    private DateOnly Today => DateOnly.FromDateTime(clock.UtcNow);

    /// <param name="supply">What was expected before; null: nothing, so that the row has to say all.</param>
    private Terms Wanted(
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

        var quantity = input.Quantity ?? supply?.Quantity ?? default;
        var wanted = new Terms(variantId, warehouseId, quantity == default ? Today : input.ExpectedOn ?? supply?.ExpectedOn ?? default, quantity);
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
        var before = (Terms.Of(supply), supply.SourceRevision);
        (supply.VariantId, supply.WarehouseId, supply.ExpectedOn, supply.Quantity) = (wanted.VariantId, wanted.WarehouseId, wanted.ExpectedOn, wanted.Quantity);
        supply.SourceRevision = sourceRevision ?? supply.SourceRevision;
        return before != (wanted, supply.SourceRevision);
    }

    /// <summary>
    /// Writes supplies, but for what is reserved. Not by the version that was read, which each order counts up: the second statement looks at what is reserved by then, and of
    /// what becomes one of another variant nothing may be.
    /// </summary>
    private async ValueTask Store(Changes<IncomingSupply> changes, Dictionary<IncomingSupply, Terms> before, CancellationToken cancellation)
    {
        var kept = await BulkRows.Update(
            db, changes.Changed, s => new { s.VariantId, s.WarehouseId, s.ExpectedOn, s.SourceRevision }, cancellation: cancellation);
        var others = changes.Changed.ToLookup(supply => supply.VariantId != before[supply].VariantId);
        if (kept < changes.Changed.Count || !await Add(others[false], "{Quantity} - {Reserved} >= 0") || !await Add(others[true], "{Quantity} >= 0 AND {Reserved} = 0"))
        {
            throw new OvertakenException("Orders have reserved more of supplies since they were read.");
        }

        changes.Added.ForEach(supply => supply.Version++);
        await BulkRows.Insert(db, changes.Added, cancellation);
        await ReadVersions(changes.Changed, cancellation);
        Record(changes, before);

        async ValueTask<bool> Add(IEnumerable<IncomingSupply> supplies, string condition)
        {
            var added = supplies.Select(supply => Difference(supply, supply.Quantity.Thousandths - before[supply].Quantity.Thousandths)).ToList();
            return await BulkRows.Add(db, added, s => new { s.Quantity, s.Version }, condition, cancellation) == added.Count;
        }
    }

    /// <summary>The versions as they are now: orders may have counted them up between.</summary>
    private async ValueTask ReadVersions(List<IncomingSupply> changed, CancellationToken cancellation)
    {
        var keys = changed.ConvertAll(supply => supply.Id);
        var versions = keys.Count == 0 ? [] : await db.IncomingSupplies.Where(s => keys.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Version, cancellation);
        changed.ForEach(supply => supply.Version = versions[supply.Id]);
    }

    /// <summary>Tells of the supplies; of one that went elsewhere, or became one of another variant, also where it was expected before.</summary>
    private void Record(Changes<IncomingSupply> changes, Dictionary<IncomingSupply, Terms> before)
    {
        foreach (var supply in changes.Added.Concat(changes.Changed))
        {
            writes.Record(supply);
            var old = before[supply];
            if (old.Quantity != default && (old.VariantId, old.WarehouseId) != (supply.VariantId, supply.WarehouseId))
            {
                writes.Record(InventoryEvents.IncomingSupplyChanged, supply.Id, supply.Version, new SupplyChange(old.VariantId, old.WarehouseId));
            }
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
    private sealed record Terms(long VariantId, long WarehouseId, DateOnly ExpectedOn, Quantity Quantity)
    {
        public static Terms Of(IncomingSupply supply) => new(supply.VariantId, supply.WarehouseId, supply.ExpectedOn, supply.Quantity);
    }
}
