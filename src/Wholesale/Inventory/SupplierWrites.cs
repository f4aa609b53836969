using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Inventory;

/// <summary>Creates and changes suppliers, many at once: for mutations and imports alike. Runs inside the caller's unit of work.</summary>
public sealed class SupplierWrites(WholesaleDb db, Writes writes, Ids ids)
{
    /// <summary>Creates suppliers, or changes those that are there.</summary>
    public async ValueTask<BulkResult<Supplier>> Upsert(IReadOnlyList<SupplierInput> inputs, BulkMode mode, CancellationToken cancellation)
    {
        var rows = BulkRow<SupplierInput, Supplier>.Of(inputs);
        BulkRow<SupplierInput, Supplier>.RefuseDuplicates(rows, input => input.ExternalId, "externalId");
        var externalIds = inputs.Select(input => input.ExternalId).ToHashSet();
        var existing = await db.Suppliers.Where(s => externalIds.Contains(s.ExternalId)).ToDictionaryAsync(s => s.ExternalId, cancellation);
        var changes = new Changes<Supplier>();
        foreach (var row in rows)
        {
            var isNew = !existing.TryGetValue(row.Input.ExternalId, out var supplier);
            Check(row.Input, isNew, row.Errors);
            if (row.IsGood)
            {
                row.Thing = supplier ??= new Supplier { Id = ids.Next(), ExternalId = row.Input.ExternalId, Name = row.Input.Name! };
                changes.Note(supplier, isNew, Change(supplier, row.Input, isNew));
            }
        }

        if (BulkRow<SupplierInput, Supplier>.MayProceed(rows, mode))
        {
            await BulkRows.Insert(db, changes.Added, cancellation);
            await BulkRows.Update(db, changes.Changed, cancellation: cancellation);
            foreach (var supplier in changes.Added.Concat(changes.Changed))
            {
                writes.Record(InventoryEvents.SupplierChanged, supplier.Id, supplier.Version);
            }
        }

        return BulkRow<SupplierInput, Supplier>.Result(rows, mode);
    }

    private static bool Change(Supplier supplier, SupplierInput input, bool isNew)
    {
        var before = (supplier.Name, supplier.IsActive);
        (supplier.Name, supplier.IsActive) = (input.Name ?? supplier.Name, input.IsActive ?? supplier.IsActive);
        var isChanged = isNew || before != (supplier.Name, supplier.IsActive);
        supplier.Version += isChanged ? 1 : 0;
        return isChanged;
    }

    private static void Check(SupplierInput input, bool isNew, RowErrors errors)
    {
        errors.Key(input.ExternalId, "externalId");
        if (input.Name is { } name)
        {
            errors.Name(name, "name");
        }
        else if (isNew)
        {
            errors.Add(InventoryErrors.Needed("supplier", "name"));
        }
    }
}
