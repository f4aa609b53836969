using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Shipping;

/// <summary>Creates and changes freight templates, many at once: for mutations and imports alike. Runs inside the caller's unit of work.</summary>
public sealed class FreightTemplateWrites(WholesaleDb db, Writes writes, Ids ids)
{
    /// <summary>Creates templates, or changes those that are there.</summary>
    public async ValueTask<BulkResult<FreightTemplate>> Upsert(IReadOnlyList<FreightTemplateInput> inputs, BulkMode mode, CancellationToken cancellation)
    {
        var rows = BulkRow<FreightTemplateInput, FreightTemplate>.Of(inputs);
        BulkRow<FreightTemplateInput, FreightTemplate>.RefuseDuplicates(rows, input => input.ExternalId, "externalId");
        var upsert = await Known(inputs, cancellation);
        foreach (var row in rows.Where(row => row.IsGood))
        {
            row.Thing = upsert.Decide(row.Input, row.Errors);
        }

        if (BulkRow<FreightTemplateInput, FreightTemplate>.MayProceed(rows, mode))
        {
            await BulkRows.Insert(db, upsert.Changes.Added, cancellation);
            await BulkRows.Update(db, upsert.Changes.Changed, cancellation: cancellation);
            foreach (var template in upsert.Changes.Added.Concat(upsert.Changes.Changed))
            {
                writes.Record(ShippingEvents.FreightTemplateChanged, template.Id, template.Version);
            }
        }

        return BulkRow<FreightTemplateInput, FreightTemplate>.Result(rows, mode);
    }

    private async ValueTask<FreightTemplateUpsert> Known(IReadOnlyList<FreightTemplateInput> inputs, CancellationToken cancellation)
    {
        var externalIds = inputs.Select(input => input.ExternalId).ToHashSet();
        var names = inputs.Select(input => input.Market.Or(null)).OfType<string>().ToHashSet();
        var markets = names.Count == 0 ? [] : await db.Markets.Where(m => names.Contains(m.ExternalId)).ToDictionaryAsync(m => m.ExternalId, m => m.Id, cancellation);
        var existing = await db.FreightTemplates.Where(t => externalIds.Contains(t.ExternalId)).ToDictionaryAsync(t => t.ExternalId, StringComparer.Ordinal, cancellation);
        return new(existing, await db.FreightTemplates.CountAsync(cancellation), markets, ids);
    }
}
