using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Events;

namespace Wholesale.Tax;

/// <summary>The fields of schema/tax.graphql. Rates are the seller's; a company sees its own tax ids and exemptions.</summary>
public static class TaxFields
{
    private const string RatesOrder = "taxRates/EXTERNAL_ID";

    /// <summary>The room's services.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddScoped<TaxRateWrites>();
        services.AddScoped<TaxProfileWrites>();
        services.AddScoped<ITaxes, TaxTable>();
    }

    /// <summary>Names the resolvers.</summary>
    public static void Map(ResolverMap map)
    {
        map.Node<TaxRate>(nameof(TaxRate), rate => rate.Id, Load);
        map.EventsOf(nameof(TaxRate), TaxEvents.TaxRateChanged);
        map.EventsOf(nameof(Company), TaxEvents.CompanyTaxProfileChanged);
        map.Field("Query.taxRates", TaxRates);
        map.TotalCount<TaxRate>("TaxRateConnection");
        map.Field("Company.taxIds", CompanyTaxIds);
        map.Field("Company.taxExemptions", CompanyTaxExemptions);
        map.Field("Mutation.upsertTaxRates", UpsertTaxRates);
        map.Field("Mutation.upsertCompanyTaxProfiles", UpsertCompanyTaxProfiles);
    }

    internal static async ValueTask<Connection<TaxRate>> TaxRates(string? country, int? first, string? after, WholesaleDb db, CancellationToken cancellation)
    {
        if (country is not null && !Company.IsCountry(country))
        {
            throw new GraphQLException($"\"{country}\" is not a country code of ISO 3166-1 alpha-2, such as DE.", ErrorCodes.InvalidValue);
        }

        var page = Page.Of(first, after);
        var all = db.TaxRates.Where(r => country == null || r.Country == country);
        var rates = all;
        if (page.After is not null)
        {
            var last = Cursor.Parse(page.After, RatesOrder).Text(0);
#pragma warning disable CA1309 // what EF Core translates; the column's collation is ordinal
            rates = rates.Where(r => string.Compare(r.ExternalId, last) > 0);
#pragma warning restore CA1309
        }

        var rows = await rates.OrderBy(r => r.ExternalId).Take(page.Take).ToListAsync(cancellation);
        return page.Connect(rows, rate => Cursor.Of(RatesOrder, rate.ExternalId), async () => await all.CountAsync(cancellation));
    }

    internal static async ValueTask<IReadOnlyList<IReadOnlyList<CompanyTaxId>>> CompanyTaxIds(
        Batch<Company> companies, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = companies.Keys(c => c.Id);
        var taxIds = await db.CompanyTaxIds.Where(i => ids.Contains(i.CompanyId)).OrderBy(i => i.Country).ToListAsync(cancellation);
        return companies.Pick(c => c.Id, taxIds.ToLookup(taxId => taxId.CompanyId));
    }

    internal static async ValueTask<IReadOnlyList<IReadOnlyList<TaxExemption>>> CompanyTaxExemptions(
        Batch<Company> companies, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = companies.Keys(c => c.Id);
        var exemptions = await db.TaxExemptions.Where(e => ids.Contains(e.CompanyId)).OrderBy(e => e.Position).ToListAsync(cancellation);
        return companies.Pick(c => c.Id, exemptions.ToLookup(exemption => exemption.CompanyId));
    }

    internal static async ValueTask<UpsertTaxRatesPayload> UpsertTaxRates(UpsertTaxRatesInput input, TaxRateWrites writes, CancellationToken cancellation)
    {
        if (RowErrors.TooMany(input.Rates.Count, "rates") is { } refusal)
        {
            return new([], BulkCounts.Refused(input.Rates.Count), [refusal]);
        }

        var result = await writes.Upsert(input.Rates, input.Mode, cancellation);
        return new(result.Things, result.Counts, result.Errors("rates"));
    }

    internal static async ValueTask<UpsertCompanyTaxProfilesPayload> UpsertCompanyTaxProfiles(
        UpsertCompanyTaxProfilesInput input, TaxProfileWrites writes, CancellationToken cancellation)
    {
        if (RowErrors.TooMany(input.Profiles.Count, "profiles") is { } refusal)
        {
            return new([], BulkCounts.Refused(input.Profiles.Count), [refusal]);
        }

        var result = await writes.Upsert(input.Profiles, input.Mode, cancellation);
        return new(result.Things, result.Counts, result.Errors("profiles"));
    }

    /// <summary>Rates by their keys, for staff that writes them alone.</summary>
    internal static async ValueTask<IReadOnlyList<TaxRate?>> Load(IReadOnlyList<long> keys, RequestContext context)
    {
        var caller = await context.Services.GetRequiredService<RequestCaller>().Get(context);
        if (!caller.Permissions.Contains(Permission.TaxesWrite))
        {
            return new TaxRate?[keys.Count];
        }

        var db = context.Services.GetRequiredService<WholesaleDb>();
        return (await db.TaxRates.Where(r => keys.Contains(r.Id)).ToListAsync(context.Cancellation)).InOrderOf(keys, rate => rate.Id);
    }
}
