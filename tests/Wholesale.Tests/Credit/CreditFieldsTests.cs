using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Credit;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Tests.Catalog;
using static Wholesale.Tests.Credit.Debtors;

namespace Wholesale.Tests.Credit;

public sealed class CreditFieldsTests : IDisposable
{
    private readonly RoomDatabase database = new();

    public void Dispose() => database.Dispose();

    [Fact]
    public async Task Each_field_of_many_companies_is_one_statement()
    {
        await Seed();
        var companies = Batch<Company>.Of(await database.Read(async db => await db.Companies.OrderBy(c => c.ExternalId).ToListAsync()));

        var (terms, t) = await database.Count(db => CreditFields.CompanyPaymentTerms(companies, db, default));
        var (defaults, d) = await database.Count(db => CreditFields.CompanyDefaultPaymentTerm(companies, db, default));
        var (methods, m) = await database.Count(db => CreditFields.CompanyPaymentMethods(companies, db, default));
        var (profiles, p) = await database.Count(db => CreditFields.CompanyCreditProfile(companies, db, default));
        var (owners, o) = await database.Count(db => CreditFields.ProfileCompany(Batch<CreditProfile>.Of([.. profiles.OfType<CreditProfile>()]), db, default));
        var (all, a) = await database.Count(db => CreditFields.PaymentTerms(db, default));

        Assert.Equal((1, 1, 1, 1, 1, 1), (t, d, m, p, o, a));
        Assert.Equal(["net60 net10 net30", "", "net30", ""], terms.Select(list => string.Join(' ', list.Select(term => term.ExternalId))));
        Assert.Equal(["net60", null, null, null], defaults.Select(term => term?.ExternalId));
        Assert.Equal(
            ["OnAccount BankTransfer", "BankTransfer", "OnAccount BankTransfer", "BankTransfer"], methods.Select(list => string.Join(' ', list)));
        Assert.Equal([true, true, true, false], profiles.Select(profile => profile is not null));
        Assert.Equal(["acme", "bare", "late"], owners.Select(company => company.ExternalId));
        Assert.Equal(["gone", "net10", "net30", "net60"], all.Select(term => term.ExternalId));
    }

    [Fact]
    public async Task A_buyer_finds_nothing_of_another_company_by_its_id()
    {
        await Seed();
        var buyer = (await database.CallerOf("u-late")).Principal;

        Assert.Equal("gone net30 late", await Seen(buyer));
        Assert.Equal("", await Seen(buyer with { Permissions = PermissionSet.Of(Permission.CompanyRead) }));
        Assert.Equal("", await Seen(Principal.Anonymous));
        Assert.Equal("", await Seen(RoomDatabase.Staff with { Permissions = PermissionSet.Of(Permission.CreditRead) }));
        Assert.Equal("", await Seen(RoomDatabase.Staff with { Permissions = PermissionSet.Of(Permission.CompaniesRead) }));
        Assert.Equal("gone net10 net30 net60 acme bare late", await Seen(RoomDatabase.Staff with { Permissions = PermissionSet.Of(Permission.CompaniesRead, Permission.CreditRead) }));
        Assert.Equal("gone net10 net30 net60 acme bare late", await Seen(RoomDatabase.Staff with { Permissions = PermissionSet.Of(Permission.CreditWrite) }));
    }

    private async Task<string> Seen(Principal principal)
    {
        var terms = await database.Read(async db => await db.PaymentTerms.Select(t => t.Id).ToListAsync());
        var companies = await database.Read(async db => await db.Companies.ToDictionaryAsync(c => c.Id, c => c.ExternalId));
        var foundTerms = await database.Request(principal, context => CreditFields.Terms(terms, context));
        var foundProfiles = await database.Request(principal, context => CreditFields.Profiles([.. companies.Keys], context));
        return string.Join(' ', foundTerms.OfType<PaymentTerm>().Select(t => t.ExternalId).Order(StringComparer.Ordinal)
            .Concat(foundProfiles.OfType<CreditProfile>().Select(p => companies[p.CompanyId]).Order(StringComparer.Ordinal)));
    }

    /// <summary><c>bare</c> has credit without terms, <c>late</c> one term and a default that is not active, <c>none</c> nothing.</summary>
    private async Task Seed()
    {
        await database.Upsert(Goods.Company("acme"), Goods.Company("bare"), Goods.Company("late"), Goods.Company("none"));
        await database.Upsert(
            new PaymentTermInput("net10", "Net 10", 10), new PaymentTermInput("net30", "Net 30", 30), new PaymentTermInput("net60", "Net 60", 60),
            new PaymentTermInput("gone", "Gone", 90, IsActive: false));
        await database.Upsert(
            new CreditProfileInput("acme", Euro, new(Amount(100)), PaymentTerms: ["net60", "net30", "net10", "gone"]),
            new CreditProfileInput("bare", Euro, new(Amount(100))),
            new CreditProfileInput("late", Euro, new(Amount(100)), PaymentTerms: ["gone", "net30"]));
    }
}
