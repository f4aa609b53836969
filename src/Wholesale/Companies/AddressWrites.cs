using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Companies;

/// <summary>Creates and changes addresses of the caller's own company, many at once. Runs inside the caller's unit of work.</summary>
public sealed class AddressWrites(WholesaleDb db, Writes writes, Ids ids, Clock clock)
{
    /// <summary>Creates addresses, or changes those that are there.</summary>
    /// <param name="companyId">The company, which exists.</param>
    /// <param name="inputs">The rows.</param>
    /// <param name="mode">What happens to the good rows when others are bad.</param>
    /// <param name="cancellation">Stops between statements.</param>
    public async ValueTask<BulkResult<Address>> Upsert(
        long companyId, IReadOnlyList<AddressInput> inputs, BulkMode mode, CancellationToken cancellation)
    {
        var rows = BulkRow<AddressInput, Address>.Of(inputs);
        BulkRow<AddressInput, Address>.RefuseDuplicates(rows, input => input.ExternalId, "externalId");
        var upsert = new AddressUpsert(
            companyId,
            await db.Addresses.Where(a => a.CompanyId == companyId).ToListAsync(cancellation),
            await db.CompanyUnits.Where(u => u.CompanyId == companyId).ToDictionaryAsync(u => u.ExternalId, cancellation),
            ids);
        foreach (var row in rows)
        {
            upsert.Decide(row.Input, row.Errors);
        }

        foreach (var row in rows.Where(row => row.IsGood))
        {
            row.Thing = upsert[row.Input.ExternalId];
        }

        if (upsert.IsChanged && BulkRow<AddressInput, Address>.MayProceed(rows, mode))
        {
            await BulkRows.Insert(db, upsert.Added, cancellation);
            await BulkRows.Update(db, upsert.Changed, cancellation: cancellation);
            await Touch(companyId, cancellation);
        }

        return BulkRow<AddressInput, Address>.Result(rows, mode);
    }

    private async ValueTask Touch(long companyId, CancellationToken cancellation)
    {
        var company = await db.Companies.SingleAsync(c => c.Id == companyId, cancellation);
        company.Version++;
        company.UpdatedAt = clock.UtcNow;
        await BulkRows.Update(db, [company], c => new { c.Version, c.UpdatedAt }, cancellation: cancellation);
        writes.Record(CompanyEvents.CompanyChanged, company.Id, company.Version);
    }
}
