using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Tests.Catalog;

namespace Wholesale.Tests.Companies;

public sealed class CallerTests : IDisposable
{
    private readonly RoomDatabase database = new();

    public void Dispose() => database.Dispose();

    [Fact]
    public async Task A_caller_is_its_unit_with_all_above_it_its_company_tier_and_nearest_market()
    {
        await database.Upsert(new MarketInput("eu", "Europe", Currency.Of("EUR")), new MarketInput("uk", "Britain", Currency.Of("GBP")));
        await database.Upsert(new CustomerTierInput("gold", "Gold", 1));
        await database.Upsert(new CompanyInput("acme", "Acme", Verification: VerificationStatus.Verified, Tier: "gold", Market: "eu",
            Units: [new("hq", "HQ"), new("britain", "Britain", "hq", "uk"), new("leeds", "Leeds", "britain"), new("bonn", "Bonn", "hq")],
            Users: [new("u", "Ada", "u@example.com", Unit: "leeds"), new("v", "Bea", "v@example.com", Unit: "bonn")]));

        var leeds = await database.CallerOf("u");
        var bonn = await database.CallerOf("v");

        Assert.Equal(["leeds", "britain", "hq"], leeds.UnitChain.Select(unit => unit.ExternalId));
        Assert.Equal(("uk", "GBP"), (leeds.Market!.ExternalId, leeds.Currency!.Value.Code));
        Assert.Equal(("eu", "EUR"), (bonn.Market!.ExternalId, bonn.Currency!.Value.Code));
        Assert.Equal(
            [.. leeds.UnitChain.Select(unit => new Assignee(AssigneeLevel.Unit, unit.Id)), new(AssigneeLevel.Company, leeds.Company!.Id),
                new(AssigneeLevel.Tier, leeds.TierId!.Value), new(AssigneeLevel.Market, leeds.MarketId!.Value), Assignee.All],
            leeds.Assignees);
        Assert.True(leeds.PricesVisible);
    }

    [Theory]
    [InlineData(VerificationStatus.Pending, false)]
    [InlineData(VerificationStatus.Verified, true)]
    [InlineData(VerificationStatus.Rejected, false)]
    public async Task Prices_are_shown_to_verified_companies_only(VerificationStatus status, bool shown)
    {
        await database.Upsert(Goods.Company("acme") with { Verification = status });

        Assert.Equal(shown, (await database.CallerOf("u-acme")).PricesVisible);
        Assert.False(Caller.Without(Principal.Anonymous).PricesVisible);
    }

    [Theory]
    [InlineData(CompanyRole.Admin, "CatalogRead CompanyRead CompanyWrite CreditRead BudgetsRead BudgetsWrite OrdersPlace OrdersReadUnit OrdersReadCompany")]
    [InlineData(CompanyRole.Manager, "CatalogRead CompanyRead CreditRead BudgetsRead OrdersPlace OrdersReadUnit")]
    [InlineData(CompanyRole.Buyer, "CatalogRead CompanyRead CreditRead BudgetsRead OrdersPlace")]
    [InlineData(CompanyRole.Viewer, "CatalogRead")]
    public async Task A_role_narrowed_by_its_key_says_what_a_user_may_do(CompanyRole role, string expected)
    {
        await database.Upsert(new CompanyInput("acme", "Acme", Users: [new("u", "Ada", "u@example.com", role)]));
        var whole = await database.CallerOf("u");
        var narrow = await database.Read(db => database.Callers.Of(
            db, whole.Principal with { Permissions = PermissionSet.Of(Permission.CompanyRead, Permission.CatalogWrite) }, default));

        Assert.Equal(expected, string.Join(' ', whole.Permissions.ToList()));
        Assert.Equal(role == CompanyRole.Viewer ? [] : [Permission.CompanyRead], narrow.Permissions.ToList());
    }

    [Fact]
    public async Task The_companys_segments_stand_between_company_and_tier_in_the_order_of_their_ids()
    {
        await database.Upsert(new CustomerTierInput("gold", "Gold", 1));
        await database.Upsert(new CompanyInput("acme", "Acme", Tier: "gold", Country: "DE", Employees: 5,
            Units: [new("hq", "HQ"), new("leeds", "Leeds", "hq")], Users: [new("u", "Ada", "u@example.com", Unit: "leeds")]));
        var segments = (await database.Upsert(
            new CustomerSegmentInput("z", "Germans", new([new(SegmentAttribute.Country, ["DE"])])),
            new CustomerSegmentInput("m", "Others", new([new(SegmentAttribute.Country, ["FR"])])),
            new CustomerSegmentInput("a", "Small", new([new(SegmentAttribute.Employees, Maximum: 9)])))).Things;

        var caller = await database.CallerOf("u");

        Assert.Equal(["leeds", "hq"], caller.UnitChain.Select(unit => unit.ExternalId));
        Assert.Equal(
            [AssigneeLevel.Unit, AssigneeLevel.Unit, AssigneeLevel.Company, AssigneeLevel.Segment, AssigneeLevel.Segment, AssigneeLevel.Tier, AssigneeLevel.Everyone],
            caller.Assignees.Select(assignee => assignee.Level));
        Assert.Equal([segments[0].Id, segments[2].Id], caller.Assignees.Where(a => a.Level == AssigneeLevel.Segment).Select(a => a.AssigneeId));
        Assert.True(caller.Assignees[3].IsAsNearAs(caller.Assignees[4]));
        Assert.False(caller.Assignees[0].IsAsNearAs(caller.Assignees[1]));
        Assert.False(caller.Assignees[3].IsAsNearAs(caller.Assignees[5]));
    }

    [Fact]
    public async Task A_change_of_a_rule_is_noticed_at_once()
    {
        await database.Upsert(Goods.Company("acme") with { Country = "DE" });
        async Task<int> Segments() => (await database.CallerOf("u-acme")).Assignees.Count(assignee => assignee.Level == AssigneeLevel.Segment);
        Assert.Equal(0, await Segments());

        await database.Upsert(new CustomerSegmentInput("s", "S", new([new(SegmentAttribute.Country, ["DE"])])));
        Assert.Equal(1, await Segments());

        await database.Upsert(new CustomerSegmentInput("s", "S", new([new(SegmentAttribute.Country, ["FR"])])));
        Assert.Equal(0, await Segments());
    }

    [Fact]
    public async Task A_cold_caller_is_one_statement_and_a_warm_one_none()
    {
        await database.Upsert(Goods.Company("acme") with { Country = "DE" });
        await database.Upsert([.. Enumerable.Range(0, 3).Select(i => new CustomerSegmentInput($"{i}", "S", new([new(SegmentAttribute.Country, ["DE"])])))]);
        var principal = (await database.CallerOf("u-acme")).Principal;

        var (_, warm) = await database.Count(db => database.Callers.Of(db, principal, default));
        database.Time.Advance(TimeSpan.FromSeconds(2));
        var (_, cold) = await database.Count(db => database.Callers.Of(db, principal, default));

        Assert.Equal((0, 1), (warm, cold));
    }

    [Fact]
    public async Task A_change_of_the_company_or_its_market_is_noticed_at_once()
    {
        await database.Upsert(new MarketInput("eu", "Europe", Currency.Of("EUR")));
        await database.Upsert(Goods.Company("acme") with { Market = "eu" });
        Assert.Equal("EUR", (await database.CallerOf("u-acme")).Currency!.Value.Code);

        await database.Upsert(new MarketInput("eu", "Europe", Currency.Of("CHF")));
        Assert.Equal("CHF", (await database.CallerOf("u-acme")).Currency!.Value.Code);

        await database.Upsert(new CompanyInput("acme", Currency: Currency.Of("USD"), Verification: VerificationStatus.Rejected));
        var caller = await database.CallerOf("u-acme");
        Assert.Equal(("USD", false), (caller.Currency!.Value.Code, caller.PricesVisible));
    }

    [Fact]
    public async Task A_credential_whose_user_is_gone_is_refused()
    {
        var ghost = new Principal(PrincipalKind.CompanyUser, 1, 999, "ghost", PermissionSet.All);

        var refusal = await Assert.ThrowsAsync<GraphQLException>(() => database.Read(db => database.Callers.Of(db, ghost, default)));

        Assert.Equal("UNAUTHENTICATED", refusal.Code);
    }
}
