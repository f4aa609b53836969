using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Tax;

/// <summary>Creates and changes tax rates, many at once: for mutations and imports alike. Runs inside the caller's unit of work.</summary>
public sealed class TaxRateWrites(WholesaleDb db, Writes writes, Ids ids)
{
    /// <summary>Creates rates, or changes those that are there.</summary>
    public async ValueTask<BulkResult<TaxRate>> Upsert(IReadOnlyList<TaxRateInput> inputs, BulkMode mode, CancellationToken cancellation)
    {
        var rows = BulkRow<TaxRateInput, TaxRate>.Of(inputs);
        BulkRow<TaxRateInput, TaxRate>.RefuseDuplicates(rows, input => input.ExternalId, "externalId");
        var upsert = new TaxRateUpsert(await Known(inputs, cancellation), ids);
        foreach (var row in rows.Where(row => row.IsGood))
        {
            row.Thing = upsert.Decide(row.Input, row.Errors);
        }

        if (BulkRow<TaxRateInput, TaxRate>.MayProceed(rows, mode))
        {
            await BulkRows.Insert(db, upsert.Changes.Added, cancellation);
            await BulkRows.Update(db, upsert.Changes.Changed, cancellation: cancellation);
            foreach (var rate in upsert.Changes.Added.Concat(upsert.Changes.Changed))
            {
                writes.Record(TaxEvents.TaxRateChanged, rate.Id, rate.Version);
            }
        }

        return BulkRow<TaxRateInput, TaxRate>.Result(rows, mode);
    }

    /// <summary>The rates that rows name, and all of the countries in which rows can make rates meet.</summary>
    private async ValueTask<List<TaxRate>> Known(IReadOnlyList<TaxRateInput> inputs, CancellationToken cancellation)
    {
        var externalIds = inputs.Select(input => input.ExternalId).ToHashSet();
        var countries = inputs.Select(input => input.Country).OfType<string>().ToHashSet();
        var named = db.TaxRates.Where(r => externalIds.Contains(r.ExternalId));
        return await db.TaxRates
            .Where(r => externalIds.Contains(r.ExternalId) || countries.Contains(r.Country) || named.Any(n => n.Country == r.Country))
            .ToListAsync(cancellation);
    }
}
