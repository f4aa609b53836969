using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Credit;

/// <summary>
/// Creates and changes credit profiles: for mutations and imports alike. Runs inside the caller's unit of work. What is reserved is left as it is, whatever
/// <see cref="CreditReservations"/> make of it meanwhile.
/// </summary>
public sealed class CreditWrites(WholesaleDb db, Writes writes, Clock clock, CreditSettings settings)
{
    /// <summary>Creates profiles, or changes those that are there.</summary>
    /// <exception cref="OvertakenException">An order has reserved credit of a profile whose currency becomes another.</exception>
    public async ValueTask<BulkResult<CreditProfile>> Upsert(IReadOnlyList<CreditProfileInput> inputs, BulkMode mode, CancellationToken cancellation)
    {
        var rows = BulkRow<CreditProfileInput, CreditProfile>.Of(inputs);
        BulkRow<CreditProfileInput, CreditProfile>.RefuseDuplicates(rows, input => input.Company, "company");
        var upsert = new CreditUpsert(await Known(inputs, cancellation), settings);
        foreach (var row in rows.Where(row => row.IsGood))
        {
            upsert.Decide(row);
        }

        if (BulkRow<CreditProfileInput, CreditProfile>.MayProceed(rows, mode))
        {
            await BulkRows.Insert(db, upsert.Profiles.Added, cancellation);
            await Exchange(upsert.Exchanged, cancellation);
            await Update(db, upsert.Profiles.Changed, cancellation);
            await BulkRows.Delete(db, upsert.RemovedTerms, cancellation);
            await BulkRows.Insert(db, upsert.Terms.Added, cancellation);
            await BulkRows.Update(db, upsert.Terms.Changed, cancellation: cancellation);
            foreach (var profile in upsert.Profiles.Added.Concat(upsert.Profiles.Changed))
            {
                Record(profile);
            }
        }

        return BulkRow<CreditProfileInput, CreditProfile>.Result(rows, mode);
    }

    /// <summary>Says how much a company may owe.</summary>
    public async ValueTask<SetCreditLimitPayload> SetLimit(SetCreditLimitInput input, CancellationToken cancellation)
    {
        var (profile, errors) = await Find(input.CompanyId, input.ExpectedVersion, cancellation);
        var limit = input.Limit.Or(null);
        if (errors.Count > 0 || profile is null)
        {
            return new(profile, errors);
        }

        if (!input.Limit.HasValue || limit is { TenThousandths: < 0 })
        {
            return new(profile, [limit is { } negative ? CreditErrors.NoLimit(negative, "limit") : CreditErrors.LimitNotSaid("limit")]);
        }

        if (profile.Limit != limit?.TenThousandths)
        {
            profile.Limit = limit?.TenThousandths;
            await Save(profile, cancellation);
        }

        return new(profile, []);
    }

    /// <summary>Stops a company from buying on account.</summary>
    public async ValueTask<PlaceCreditHoldPayload> PlaceHold(PlaceCreditHoldInput input, CancellationToken cancellation)
    {
        var (profile, errors) = await Find(input.CompanyId, input.ExpectedVersion, cancellation);
        var wrong = new RowErrors();
        wrong.Text(input.Reason, CreditProfile.MaximumReasonLength, ["reason"]);
        if (errors.Count > 0 || profile is null || wrong.Any)
        {
            return new(profile, [.. errors, .. wrong.ToList()]);
        }

        if (profile.HoldReason != input.Reason || profile.IsHeldForOverdue)
        {
            (profile.HoldReason, profile.IsHeldForOverdue) = (input.Reason, false);
            profile.HeldAt ??= clock.UtcNow;
            await Save(profile, cancellation);
        }

        return new(profile, []);
    }

    /// <summary>Lets a company buy on account again.</summary>
    public async ValueTask<ReleaseCreditHoldPayload> ReleaseHold(ReleaseCreditHoldInput input, CancellationToken cancellation)
    {
        var (profile, errors) = await Find(input.CompanyId, input.ExpectedVersion, cancellation);
        if (errors.Count == 0 && profile?.HeldAt is not null)
        {
            profile.Release();
            await Save(profile, cancellation);
        }

        return new(profile, errors);
    }

    private async ValueTask<(CreditProfile? Profile, IReadOnlyList<UserError> Errors)> Find(NodeId companyId, long? expectedVersion, CancellationToken cancellation)
    {
        var key = companyId.KeyOf(nameof(Company));
        var profile = await db.CreditProfiles.SingleOrDefaultAsync(p => p.CompanyId == key, cancellation);
        if (profile is not null)
        {
            return (profile, expectedVersion is { } expected && expected != profile.Version ? [CompanyErrors.Changed(profile.Version)] : []);
        }

        var isThere = await db.Companies.AnyAsync(c => c.Id == key, cancellation);
        return (null, [isThere ? CreditErrors.NoProfile("companyId") : CompanyErrors.NoSuchId("company", "companyId")]);
    }

    private async ValueTask Save(CreditProfile profile, CancellationToken cancellation)
    {
        profile.Version++;
        await Update(db, [profile], cancellation);
        Record(profile);
    }

    /// <summary>Writes other currencies, as long as nothing is reserved: an order may have reserved something since the profiles were read.</summary>
    private async ValueTask Exchange(List<CreditProfile> profiles, CancellationToken cancellation)
    {
        if (await BulkRows.Update(db, profiles, p => new { p.Currency }, p => new { p.CompanyId, p.Reserved, p.Receivable }, cancellation) < profiles.Count)
        {
            throw new OvertakenException("An order has taken credit in the currency that was to become another.");
        }
    }

    /// <summary>Writes all columns but what is reserved and what is open here.</summary>
    internal static async ValueTask Update(WholesaleDb db, IReadOnlyList<CreditProfile> profiles, CancellationToken cancellation) => await BulkRows.Update(
        db,
        profiles,
        p => new { p.Currency, p.Limit, p.OpenItems, p.IsReceivableElsewhere, p.OverdueHoldAfterDays, p.HeldAt, p.HoldReason, p.IsHeldForOverdue, p.Rating, p.SourceRevision, p.Version },
        cancellation: cancellation);

    private void Record(CreditProfile profile) => writes.Record(CreditEvents.CreditProfileChanged, profile.CompanyId, profile.Version, profile.Told);

    private async ValueTask<KnownCredit> Known(IReadOnlyList<CreditProfileInput> inputs, CancellationToken cancellation)
    {
        var externalIds = inputs.Select(input => input.Company).ToHashSet();
        var terms = inputs.SelectMany(input => input.PaymentTerms ?? []).ToHashSet();
        var companies = await db.Companies.Where(c => externalIds.Contains(c.ExternalId)).ToDictionaryAsync(c => c.ExternalId, c => c.Id, cancellation);
        var ids = companies.Values.ToList();
        var profiles = await db.CreditProfiles.Where(p => ids.Contains(p.CompanyId)).ToDictionaryAsync(p => p.CompanyId, cancellation);
        var exchanged = inputs
            .Where(input => companies.TryGetValue(input.Company, out var id) && profiles.TryGetValue(id, out var profile) && (input.Currency ?? profile.Currency) != profile.Currency)
            .Select(input => companies[input.Company]).ToHashSet();
        return new KnownCredit(
            companies,
            profiles,
            exchanged.Count == 0 ? [] : [.. await db.OpenItems
                .Where(i => exchanged.Contains(i.CompanyId) && i.Kind == OpenItemKind.OnAccount && i.Rest != 0).Select(i => i.CompanyId).Distinct().ToListAsync(cancellation)],
            await db.PaymentTerms.Where(t => terms.Contains(t.ExternalId)).ToDictionaryAsync(t => t.ExternalId, t => t.Id, cancellation),
            (await db.CompanyPaymentTerms.Where(t => ids.Contains(t.CompanyId)).ToListAsync(cancellation)).ToLookup(t => t.CompanyId));
    }
}
