using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Tax;

/// <summary>Says by which tax ids and exemptions companies are taxed, many at once: for mutations and imports alike. Runs inside the caller's unit of work.</summary>
public sealed class TaxProfileWrites(WholesaleDb db, Writes writes)
{
    /// <summary>Replaces companies' tax ids and exemptions, as far as rows give them.</summary>
    public async ValueTask<BulkResult<Company>> Upsert(IReadOnlyList<CompanyTaxProfileInput> inputs, BulkMode mode, CancellationToken cancellation)
    {
        var rows = BulkRow<CompanyTaxProfileInput, Company>.Of(inputs);
        BulkRow<CompanyTaxProfileInput, Company>.RefuseDuplicates(rows, input => input.Company, "company");
        var upsert = new TaxProfileUpsert(await Known(inputs, cancellation));
        foreach (var row in rows.Where(row => row.IsGood))
        {
            upsert.Decide(row);
        }

        if (BulkRow<CompanyTaxProfileInput, Company>.MayProceed(rows, mode))
        {
            await BulkRows.Insert(db, upsert.Profiles.Added, cancellation);
            await BulkRows.Update(db, upsert.Profiles.Changed, cancellation: cancellation);
            await BulkRows.Delete(db, upsert.TaxIds.Removed, cancellation);
            await BulkRows.Insert(db, upsert.TaxIds.Added, cancellation);
            await BulkRows.Delete(db, upsert.Exemptions.Removed, cancellation);
            await BulkRows.Insert(db, upsert.Exemptions.Added, cancellation);
            foreach (var profile in upsert.Profiles.Added.Concat(upsert.Profiles.Changed))
            {
                writes.Record(TaxEvents.CompanyTaxProfileChanged, profile.CompanyId, profile.Version);
            }
        }

        return BulkRow<CompanyTaxProfileInput, Company>.Result(rows, mode);
    }

    private async ValueTask<KnownTaxProfiles> Known(IReadOnlyList<CompanyTaxProfileInput> inputs, CancellationToken cancellation)
    {
        var externalIds = inputs.Select(input => input.Company).ToHashSet();
        var companies = await db.Companies.Where(c => externalIds.Contains(c.ExternalId)).ToDictionaryAsync(c => c.ExternalId, cancellation);
        var ids = companies.Values.Select(company => company.Id).ToList();
        return new(
            companies,
            await db.CompanyTaxProfiles.Where(p => ids.Contains(p.CompanyId)).ToDictionaryAsync(p => p.CompanyId, cancellation),
            (await db.CompanyTaxIds.Where(i => ids.Contains(i.CompanyId)).ToListAsync(cancellation)).ToLookup(id => id.CompanyId),
            (await db.TaxExemptions.Where(e => ids.Contains(e.CompanyId)).ToListAsync(cancellation)).ToLookup(exemption => exemption.CompanyId));
    }
}
