using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Inventory;

/// <summary>Creates and changes warehouses, many at once: for mutations and imports alike. Runs inside the caller's unit of work.</summary>
public sealed class WarehouseWrites(WholesaleDb db, Writes writes, Ids ids)
{
    /// <summary>Creates warehouses, or changes those that are there.</summary>
    public async ValueTask<BulkResult<Warehouse>> Upsert(IReadOnlyList<WarehouseInput> inputs, BulkMode mode, CancellationToken cancellation)
    {
        var rows = BulkRow<WarehouseInput, Warehouse>.Of(inputs);
        BulkRow<WarehouseInput, Warehouse>.RefuseDuplicates(rows, input => input.ExternalId, "externalId");
        var externalIds = inputs.Select(input => input.ExternalId).ToHashSet();
        var existing = await db.Warehouses.Where(w => externalIds.Contains(w.ExternalId)).ToDictionaryAsync(w => w.ExternalId, cancellation);
        var suppliers = await SuppliersOf(inputs, cancellation);
        var changes = new Changes<Warehouse>();
        foreach (var row in rows)
        {
            Check(row.Input, row.Errors);
            var isNew = !existing.TryGetValue(row.Input.ExternalId, out var warehouse);
            if (isNew && row.Input.Name is null)
            {
                row.Errors.Add(InventoryErrors.Needed("warehouse", "name"));
            }

            if (row.Input.Supplier.Or(null) is { } supplier && !suppliers.ContainsKey(supplier))
            {
                row.Errors.Add(InventoryErrors.NoSuchSupplier(supplier));
            }

            if (row.IsGood)
            {
                row.Thing = warehouse ??= new Warehouse { Id = ids.Next(), ExternalId = row.Input.ExternalId, Name = row.Input.Name! };
                changes.Note(warehouse, isNew, Change(warehouse, row.Input, suppliers, isNew));
            }
        }

        if (BulkRow<WarehouseInput, Warehouse>.MayProceed(rows, mode))
        {
            await BulkRows.Insert(db, changes.Added, cancellation);
            await BulkRows.Update(db, changes.Changed, cancellation: cancellation);
            foreach (var warehouse in changes.Added.Concat(changes.Changed))
            {
                writes.Record(InventoryEvents.WarehouseChanged, warehouse.Id, warehouse.Version);
            }
        }

        return BulkRow<WarehouseInput, Warehouse>.Result(rows, mode);
    }

    /// <summary>The suppliers that rows name, by external id, compared exactly.</summary>
    private async ValueTask<Dictionary<string, long>> SuppliersOf(IReadOnlyList<WarehouseInput> inputs, CancellationToken cancellation)
    {
        var externalIds = inputs.Select(input => input.Supplier.Or(null)).OfType<string>().ToHashSet();
        return externalIds.Count == 0 ? [] : await db.Suppliers.Where(s => externalIds.Contains(s.ExternalId)).ToDictionaryAsync(s => s.ExternalId, s => s.Id, cancellation);
    }

    private static bool Change(Warehouse warehouse, WarehouseInput input, Dictionary<string, long> suppliers, bool isNew)
    {
        var before = (warehouse.Name, warehouse.Country, warehouse.Region, warehouse.Priority, warehouse.IsActive, warehouse.SupplierId);
        var shippedBefore = warehouse.ShipsTo;
        warehouse.Name = input.Name ?? warehouse.Name;
        warehouse.Country = input.Country.Or(warehouse.Country);
        warehouse.Region = input.Region.Or(warehouse.Region);
        warehouse.Priority = input.Priority ?? warehouse.Priority;
        warehouse.IsActive = input.IsActive ?? warehouse.IsActive;
        warehouse.SupplierId = input.Supplier.HasValue ? input.Supplier.Or(null) is { } supplier ? suppliers[supplier] : null : warehouse.SupplierId;
        warehouse.ShipsTo = input.ShipsTo is null
            ? warehouse.ShipsTo
            : [.. input.ShipsTo.OrderBy(to => to.Country, StringComparer.Ordinal).Select(to => new WarehouseDestination(to.Country, to.Priority))];
        var isChanged = isNew
            || before != (warehouse.Name, warehouse.Country, warehouse.Region, warehouse.Priority, warehouse.IsActive, warehouse.SupplierId)
            || !shippedBefore.SequenceEqual(warehouse.ShipsTo);
        warehouse.Version += isChanged ? 1 : 0;
        return isChanged;
    }

    private static void Check(WarehouseInput input, RowErrors errors)
    {
        errors.Key(input.ExternalId, "externalId");
        if (input.Name is { } name)
        {
            errors.Name(name, "name");
        }

        if (input.Country.Or(null) is { } country)
        {
            CheckCountry(country, errors, "country");
        }

        if (input.Region.Or(null) is { } region)
        {
            errors.Text(region, Warehouse.MaximumRegionLength, ["region"]);
        }

        if (!errors.Length(input.ShipsTo, Warehouse.MaximumDestinations, "shipsTo"))
        {
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (i, destination) in (input.ShipsTo ?? []).Index())
        {
            string[] path = ["shipsTo", RowErrors.Position(i), "country"];
            CheckCountry(destination.Country, errors, path);
            if (!seen.Add(destination.Country))
            {
                errors.Add(InventoryErrors.DestinationTwice(destination.Country, path));
            }
        }
    }

    private static void CheckCountry(string country, RowErrors errors, params string[] path)
    {
        if (!Company.IsCountry(country))
        {
            errors.Invalid(InventoryErrors.NotACountry(country), path);
        }
    }
}
