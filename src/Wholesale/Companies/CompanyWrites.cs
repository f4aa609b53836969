using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Companies;

/// <summary>Creates and changes companies, markets and tiers, many at once: for mutations and imports alike. Runs inside the caller's unit of work.</summary>
public sealed class CompanyWrites(WholesaleDb db, Writes writes, Ids ids, Clock clock)
{
    /// <summary>Creates companies with their units, users and addresses, or changes those that are there.</summary>
    public async ValueTask<BulkResult<Company>> UpsertCompanies(
        IReadOnlyList<CompanyInput> inputs, BulkMode mode, CancellationToken cancellation)
    {
        var rows = BulkRow<CompanyInput, Company>.Of(inputs);
        BulkRow<CompanyInput, Company>.RefuseDuplicates(rows, input => input.ExternalId, "externalId");
        var upsert = new CompanyUpsert(await Known(inputs, cancellation), ids, clock.UtcNow);
        foreach (var row in rows.Where(row => row.IsGood))
        {
            upsert.Decide(row);
        }

        if (BulkRow<CompanyInput, Company>.MayProceed(rows, mode))
        {
            await BulkRows.Insert(db, upsert.Companies.Added, cancellation);
            await BulkRows.Update(db, upsert.Companies.Changed, cancellation: cancellation);
            await BulkRows.Insert(db, upsert.Units.Added, cancellation);
            await BulkRows.Update(db, upsert.Units.Changed, cancellation: cancellation);
            await BulkRows.Insert(db, upsert.Users.Added, cancellation);
            await BulkRows.Update(db, upsert.Users.Changed, cancellation: cancellation);
            await BulkRows.Delete(db, upsert.RemovedLogins, cancellation);
            await BulkRows.Insert(db, upsert.AddedLogins, cancellation);
            await BulkRows.Insert(db, upsert.AddedAddresses, cancellation);
            await BulkRows.Update(db, upsert.ChangedAddresses, cancellation: cancellation);
            await SegmentMembership.Refresh(db, writes, upsert.Reclassified.ConvertAll(company => company.Id), ids, clock.UtcNow, cancellation);
            foreach (var (company, former) in upsert.Touched)
            {
                Record(company, former);
            }
        }

        return BulkRow<CompanyInput, Company>.Result(rows, mode);
    }

    /// <summary>Creates markets, or changes those that are there.</summary>
    public ValueTask<BulkResult<Market>> UpsertMarkets(IReadOnlyList<MarketInput> inputs, BulkMode mode, CancellationToken cancellation)
    {
        var former = new Dictionary<Market, MarketTerms>();
        return UpsertNamed(
            inputs,
            mode,
            input => (input.ExternalId, input.Name),
            externalIds => db.Markets.Where(m => externalIds.Contains(m.ExternalId)).ToDictionaryAsync(m => m.ExternalId, cancellation),
            input => new Market { Id = ids.Next(), ExternalId = input.ExternalId, Name = input.Name, Currency = input.Currency },
            (market, input) =>
            {
                former[market] = market.Terms;
                return market.Change(input);
            },
            market => writes.Record(
                CompanyEvents.MarketChanged,
                market.Id,
                market.Version,
                market.Version == 1 || former[market] == market.Terms ? null : new FormerTerms(former[market])),
            cancellation);
    }

    /// <summary>Creates customer tiers, or changes those that are there.</summary>
    public ValueTask<BulkResult<CustomerTier>> UpsertCustomerTiers(
        IReadOnlyList<CustomerTierInput> inputs, BulkMode mode, CancellationToken cancellation) => UpsertNamed(
        inputs,
        mode,
        input => (input.ExternalId, input.Name),
        externalIds => db.CustomerTiers.Where(t => externalIds.Contains(t.ExternalId)).ToDictionaryAsync(t => t.ExternalId, cancellation),
        input => new CustomerTier { Id = ids.Next(), ExternalId = input.ExternalId, Name = input.Name, Rank = input.Rank },
        (tier, input) => tier.Change(input),
        tier => writes.Record(CompanyEvents.CustomerTierChanged, tier.Id, tier.Version),
        cancellation);

    /// <summary>Says whether a company was verified.</summary>
    public async ValueTask<SetCompanyVerificationPayload> SetVerification(SetCompanyVerificationInput input, CancellationToken cancellation)
    {
        var id = input.CompanyId.KeyOf(nameof(Company));
        var company = await db.Companies.AsTracking().SingleOrDefaultAsync(c => c.Id == id, cancellation);
        if (company is null)
        {
            return new(null, [CompanyErrors.NoSuchId("company", "companyId")]);
        }

        if (input.ExpectedVersion is { } expected && expected != company.Version)
        {
            return new(company, [CompanyErrors.Changed(company.Version)]);
        }

        if (company.Verification != input.Status)
        {
            var termsBefore = company.Terms;
            company.Verification = input.Status;
            company.Version++;
            company.UpdatedAt = clock.UtcNow;
            await db.SaveChangesAsync(cancellation);
            Record(company, FormerCompany.Of(termsBefore, [], []));
        }

        return new(company, []);
    }

    private async ValueTask<BulkResult<T>> UpsertNamed<TInput, T>(
        IReadOnlyList<TInput> inputs,
        BulkMode mode,
        Func<TInput, (string ExternalId, string Name)> keys,
        Func<HashSet<string>, Task<Dictionary<string, T>>> read,
        Func<TInput, T> create,
        Func<T, TInput, bool> change,
        Action<T> record,
        CancellationToken cancellation)
        where T : class
    {
        var rows = BulkRow<TInput, T>.Of(inputs);
        BulkRow<TInput, T>.RefuseDuplicates(rows, input => keys(input).ExternalId, "externalId");
        var existing = await read([.. inputs.Select(input => keys(input).ExternalId)]);
        var changes = new Changes<T>();
        foreach (var row in rows)
        {
            var (externalId, name) = keys(row.Input);
            row.Errors.Key(externalId, "externalId");
            row.Errors.Name(name, "name");
            if (row.IsGood)
            {
                var isNew = !existing.TryGetValue(externalId, out var thing);
                row.Thing = thing ?? create(row.Input);
                changes.Note(row.Thing, isNew, change(row.Thing, row.Input));
            }
        }

        if (BulkRow<TInput, T>.MayProceed(rows, mode))
        {
            await BulkRows.Insert(db, changes.Added, cancellation);
            await BulkRows.Update(db, changes.Changed, cancellation: cancellation);
            foreach (var thing in changes.Added.Concat(changes.Changed))
            {
                record(thing);
            }
        }

        return BulkRow<TInput, T>.Result(rows, mode);
    }

    private void Record(Company company, FormerCompany? former) => writes.Record(CompanyEvents.CompanyChanged, company.Id, company.Version, former);

    private async ValueTask<KnownCompanies> Known(IReadOnlyList<CompanyInput> inputs, CancellationToken cancellation)
    {
        var externalIds = inputs.Select(input => input.ExternalId).ToHashSet();
        var tiers = inputs.Select(input => input.Tier.Or(null)).OfType<string>().ToHashSet();
        var markets = inputs.Select(input => input.Market.Or(null))
            .Concat(inputs.SelectMany(input => input.Units ?? []).Select(unit => unit.Market.Or(null)))
            .OfType<string>().ToHashSet();
        var userInputs = inputs.SelectMany(input => input.Users ?? []).ToList();
        var userExternalIds = userInputs.Select(user => user.ExternalId).ToHashSet();
        var emails = userInputs.Select(user => user.Email).OfType<string>().Select(CompanyUser.KeyOf).ToHashSet();

        var companies = await db.Companies.Where(c => externalIds.Contains(c.ExternalId)).ToListAsync(cancellation);
        var companyIds = companies.ConvertAll(company => company.Id);
        var units = await db.CompanyUnits.Where(u => companyIds.Contains(u.CompanyId)).ToListAsync(cancellation);
        var users = await db.CompanyUsers
            .Where(u => companyIds.Contains(u.CompanyId) && userExternalIds.Contains(u.ExternalId))
            .ToListAsync(cancellation);
        var loginCompanyIds = IdsOf(input => input.Users?.Any(user => user.Logins is not null) == true);
        var logins = loginCompanyIds.Count == 0 ? [] : await db.UserLogins.Where(l => loginCompanyIds.Contains(l.CompanyId)).ToListAsync(cancellation);
        var addressCompanyIds = IdsOf(input => input.Addresses is { Count: > 0 });
        var addresses = addressCompanyIds.Count == 0 ? [] : await db.Addresses.Where(a => addressCompanyIds.Contains(a.CompanyId)).ToListAsync(cancellation);
        return new KnownCompanies(
            companies.ToDictionary(company => company.ExternalId, StringComparer.Ordinal),
            await db.CustomerTiers.Where(t => tiers.Contains(t.ExternalId)).ToDictionaryAsync(t => t.ExternalId, t => t.Id, cancellation),
            await db.Markets.Where(m => markets.Contains(m.ExternalId)).ToDictionaryAsync(m => m.ExternalId, m => m.Id, cancellation),
            units.ToLookup(unit => unit.CompanyId),
            users.ToDictionary(user => (user.CompanyId, user.ExternalId)),
            logins.ToLookup(login => login.CompanyId),
            addresses.ToLookup(address => address.CompanyId),
            await db.CompanyUsers.Where(u => emails.Contains(u.EmailKey)).ToDictionaryAsync(u => u.EmailKey, u => u.Id, cancellation));

        List<long> IdsOf(Func<CompanyInput, bool> isMeant)
        {
            var meant = inputs.Where(isMeant).Select(input => input.ExternalId).ToHashSet();
            return [.. companies.Where(company => meant.Contains(company.ExternalId)).Select(company => company.Id)];
        }
    }
}
