using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Events;

namespace Wholesale.Credit;

/// <summary>The fields of schema/credit.graphql. A buyer sees its own company's credit, staff that writes credit, or reads it and companies, everybody's.</summary>
public static class CreditFields
{
    /// <summary>The room's services.</summary>
    /// <exception cref="InvalidOperationException">A setting has a value that it cannot have.</exception>
    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(CreditSettings.Of(configuration));
        services.AddScoped<PaymentTermWrites>();
        services.AddScoped<CreditWrites>();
        services.AddScoped<CreditReservations>();
        services.AddScoped<OpenItems>();
        services.AddScoped<PaidItems>();
        services.AddScoped<PaymentWrites>();
        services.AddScoped<OverdueHolds>();
        services.AddHostedService<OverdueHoldClock>();
    }

    /// <summary>Names the resolvers.</summary>
    public static void Map(ResolverMap map)
    {
        map.Node<PaymentTerm>(nameof(PaymentTerm), term => term.Id, Terms);
        map.Node<CreditProfile>(nameof(CreditProfile), profile => profile.CompanyId, Profiles);
        map.EventsOf(nameof(PaymentTerm), CreditEvents.PaymentTermChanged);
        map.EventsOf(nameof(CreditProfile), CreditEvents.CreditProfileChanged);

        map.Field("Query.paymentTerms", PaymentTerms);
        map.Field("Company.paymentTerms", CompanyPaymentTerms);
        map.Field("Company.defaultPaymentTerm", CompanyDefaultPaymentTerm);
        map.Field("Company.paymentMethods", CompanyPaymentMethods);
        map.Field("Company.creditProfile", CompanyCreditProfile);
        map.Field("CreditProfile.company", ProfileCompany);
        map.Field("CreditProfile.limit", (Batch<CreditProfile> profiles) =>
            profiles.Map(profile => profile.Limit is { } limit ? new Money(limit, profile.Currency) : (Money?)null));
        map.Field("CreditProfile.openItems", (Batch<CreditProfile> profiles) => profiles.Map(profile => new Money(profile.OpenItems, profile.Currency)));
        map.Field("CreditProfile.reserved", (Batch<CreditProfile> profiles) => profiles.Map(profile => new Money(profile.Reserved, profile.Currency)));
        map.Field("CreditProfile.receivable", (Batch<CreditProfile> profiles) => profiles.Map(profile => new Money(profile.Receivable, profile.Currency)));

        map.Field("Mutation.upsertPaymentTerms", UpsertPaymentTerms);
        map.Field("Mutation.upsertCreditProfiles", UpsertCreditProfiles);
        map.Field("Mutation.setCreditLimit", (SetCreditLimitInput input, CreditWrites writes, CancellationToken cancellation) => writes.SetLimit(input, cancellation));
        map.Field("Mutation.placeCreditHold", (PlaceCreditHoldInput input, CreditWrites writes, CancellationToken cancellation) => writes.PlaceHold(input, cancellation));
        map.Field("Mutation.releaseCreditHold", (ReleaseCreditHoldInput input, CreditWrites writes, CancellationToken cancellation) =>
            writes.ReleaseHold(input, cancellation));
    }

    internal static async ValueTask<IReadOnlyList<PaymentTerm>> PaymentTerms(WholesaleDb db, CancellationToken cancellation) =>
        await db.PaymentTerms.OrderBy(t => t.ExternalId).ToListAsync(cancellation);

    internal static async ValueTask<IReadOnlyList<IReadOnlyList<PaymentTerm>>> CompanyPaymentTerms(
        Batch<Company> companies, WholesaleDb db, CancellationToken cancellation)
    {
        var choices = await PaymentChoices.PaymentTermsOf(db, companies.Keys(c => c.Id), cancellation);
        return companies.Map(company => choices[company.Id].Terms);
    }

    internal static async ValueTask<IReadOnlyList<PaymentTerm?>> CompanyDefaultPaymentTerm(
        Batch<Company> companies, WholesaleDb db, CancellationToken cancellation)
    {
        var choices = await PaymentChoices.PaymentTermsOf(db, companies.Keys(c => c.Id), cancellation);
        return companies.Map(company => choices[company.Id].Default);
    }

    internal static async ValueTask<IReadOnlyList<IReadOnlyList<PaymentMethod>>> CompanyPaymentMethods(
        Batch<Company> companies, WholesaleDb db, CancellationToken cancellation)
    {
        var choices = await PaymentChoices.PaymentTermsOf(db, companies.Keys(c => c.Id), cancellation);
        return companies.Map(company => choices[company.Id].Methods);
    }

    internal static async ValueTask<IReadOnlyList<CreditProfile?>> CompanyCreditProfile(
        Batch<Company> companies, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = companies.Keys(c => c.Id);
        var profiles = await db.CreditProfiles.Where(p => ids.Contains(p.CompanyId)).ToDictionaryAsync(p => p.CompanyId, cancellation);
        return companies.Map(company => profiles.GetValueOrDefault(company.Id));
    }

    internal static async ValueTask<IReadOnlyList<Company>> ProfileCompany(Batch<CreditProfile> profiles, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = profiles.Keys(p => p.CompanyId);
        return profiles.Pick(p => p.CompanyId, await db.Companies.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellation));
    }

    internal static async ValueTask<UpsertPaymentTermsPayload> UpsertPaymentTerms(
        UpsertPaymentTermsInput input, PaymentTermWrites writes, CancellationToken cancellation)
    {
        if (RowErrors.TooMany(input.PaymentTerms.Count, "paymentTerms") is { } refusal)
        {
            return new([], BulkCounts.Refused(input.PaymentTerms.Count), [refusal]);
        }

        var result = await writes.Upsert(input.PaymentTerms, input.Mode, cancellation);
        return new(result.Things, result.Counts, result.Errors("paymentTerms"));
    }

    internal static async ValueTask<UpsertCreditProfilesPayload> UpsertCreditProfiles(
        UpsertCreditProfilesInput input, CreditWrites writes, CancellationToken cancellation)
    {
        if (RowErrors.TooMany(input.CreditProfiles.Count, "creditProfiles") is { } refusal)
        {
            return new([], BulkCounts.Refused(input.CreditProfiles.Count), [refusal]);
        }

        var result = await writes.Upsert(input.CreditProfiles, input.Mode, cancellation);
        return new(result.Things, result.Counts, result.Errors("creditProfiles"));
    }

    internal static async ValueTask<IReadOnlyList<PaymentTerm?>> Terms(IReadOnlyList<long> keys, RequestContext context)
    {
        var (db, isStaff, companyId) = await ScopeOf(context);
        var found = db.PaymentTerms.Where(t => keys.Contains(t.Id)
            && (isStaff || db.CompanyPaymentTerms.Any(c => c.CompanyId == companyId && c.PaymentTermId == t.Id)));
        return (await found.ToListAsync(context.Cancellation)).InOrderOf(keys, t => t.Id);
    }

    internal static async ValueTask<IReadOnlyList<CreditProfile?>> Profiles(IReadOnlyList<long> keys, RequestContext context)
    {
        var (db, isStaff, companyId) = await ScopeOf(context);
        var found = db.CreditProfiles.Where(p => keys.Contains(p.CompanyId) && (isStaff || p.CompanyId == companyId));
        return (await found.ToListAsync(context.Cancellation)).InOrderOf(keys, p => p.CompanyId);
    }

    /// <summary>Whether the caller sees all companies' credit, and which company's it sees otherwise; 0: none.</summary>
    internal static async ValueTask<(WholesaleDb Db, bool IsStaff, long CompanyId)> ScopeOf(RequestContext context)
    {
        var caller = await context.Services.GetRequiredService<RequestCaller>().Get(context);
        return (
            context.Services.GetRequiredService<WholesaleDb>(),
            caller.Kind == PrincipalKind.Staff && (caller.Permissions.Contains(Permission.CreditWrite)
                || (caller.Permissions.Contains(Permission.CreditRead) && caller.Permissions.Contains(Permission.CompaniesRead))),
            caller.Permissions.Contains(Permission.CreditRead) ? caller.Company?.Id ?? 0 : 0);
    }
}
