using Microsoft.Extensions.DependencyInjection;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Pricing;

namespace Wholesale.Tests.Pricing;

public sealed class PricesTests : IAsyncLifetime
{
    private static readonly Quantity Piece = Quantity.One;

    private readonly ShopHost shop = new();

    public ValueTask InitializeAsync() => shop.InitializeAsync();

    public ValueTask DisposeAsync() => shop.DisposeAsync();

    [Fact]
    public async Task One_price_and_five_thousand_prices_are_no_statement_once_the_lists_are_in_memory()
    {
        var variants = await shop.AddVariants(Piece, [.. Enumerable.Range(0, 5_000).Select(i => $"V{i}")]);
        await Priced("OWN", TestCaller.Unit, 5, "V0");
        await Priced("ALL", Assignee.All, 7, [.. variants.Select(v => v.Sku)]);
        await Prices(variants.Take(1));

        var before = shop.Statements.Total;
        var one = await Prices(variants.Take(1));
        var all = await Prices(variants);
        Assert.Equal(before, shop.Statements.Total);

        Assert.Equal(5_0000, one[0]?.UnitPrice.TenThousandths);
        Assert.Equal([5_0000, .. Enumerable.Repeat(7_0000L, 4_999)], all.Select(p => p!.UnitPrice.TenThousandths));
        Assert.All(all, p => Assert.Equal(7_0000, p!.ListPrice?.TenThousandths));
    }

    [Fact]
    public async Task A_cold_book_costs_one_more_statement_and_no_lists_cost_none_for_rows()
    {
        var variants = await shop.AddVariants(Piece, "V");

        var before = shop.Statements.Total;
        Assert.Null((await Prices(variants))[0]);

        Assert.Equal(before + 1, shop.Statements.Total);
    }

    [Fact]
    public async Task A_company_that_is_not_verified_sees_no_prices_and_asks_nothing()
    {
        var variants = await shop.AddVariants(Piece, "V");
        await Priced("ALL", Assignee.All, 7, "V");

        var before = shop.Statements.Total;
        var prices = await Prices(variants, caller: TestCaller.Of(verification: VerificationStatus.Pending));

        Assert.Null(prices[0]);
        Assert.Equal(before, shop.Statements.Total);
    }

    [Fact]
    public async Task The_nearest_level_decides()
    {
        var variants = await shop.AddVariants(Piece, "V");
        Assignee[] fromFarToNear =
            [Assignee.All, TestCaller.Market, TestCaller.Tier, TestCaller.OtherSegment, TestCaller.Company, TestCaller.ParentUnit, TestCaller.Unit];

        for (var i = 0; i < fromFarToNear.Length; i++)
        {
            await Priced($"L{i}", fromFarToNear[i], 10 + i, "V");

            Assert.Equal((10 + i) * 1_0000, (await Prices(variants))[0]?.UnitPrice.TenThousandths);
        }
    }

    [Fact]
    public async Task Higher_priority_goes_before_newer_and_newer_before_older()
    {
        var variants = await shop.AddVariants(Piece, "V");
        await Priced("OLD", TestCaller.Company, 1, "V");
        shop.Time.Advance(TimeSpan.FromSeconds(1));
        await Priced("NEW", TestCaller.Company, 2, "V");
        Assert.Equal(2_0000, (await Prices(variants))[0]?.UnitPrice.TenThousandths);

        await Priced("HIGH", TestCaller.Company, 3, priority: 1, skus: "V");
        shop.Time.Advance(TimeSpan.FromSeconds(1));
        await Priced("LOW", TestCaller.Company, 4, priority: -1, skus: "V");

        Assert.Equal(3_0000, (await Prices(variants))[0]?.UnitPrice.TenThousandths);
    }

    [Fact]
    public async Task All_segments_of_a_company_are_equally_near()
    {
        var variants = await shop.AddVariants(Piece, "V");
        await Priced("FIRST", TestCaller.Segment, 1, "V");
        shop.Time.Advance(TimeSpan.FromSeconds(1));
        await Priced("NEWER", TestCaller.OtherSegment, 2, "V");
        Assert.Equal(2_0000, (await Prices(variants))[0]?.UnitPrice.TenThousandths);

        await Priced("HIGH", TestCaller.Segment, 3, priority: 1, skus: "V");
        await Priced("TIER", TestCaller.Tier, 4, priority: 2, skus: "V");

        Assert.Equal(3_0000, (await Prices(variants))[0]?.UnitPrice.TenThousandths);
    }

    [Fact]
    public async Task Lists_of_another_currency_are_not_the_companys()
    {
        var variants = await shop.AddVariants(Piece, "V");
        await Priced("USD", TestCaller.Unit, 1, currency: "USD", skus: "V");
        await Priced("EUR", Assignee.All, 2, "V");

        var price = (await Prices(variants))[0];

        Assert.Equal(new Money(2_0000, Currency.Of("EUR")), price?.UnitPrice);
    }

    [Fact]
    public async Task Staff_sees_the_lists_for_everyone_in_the_currency_of_the_first()
    {
        var variants = await shop.AddVariants(Piece, "V", "W");
        await Priced("EUR", Assignee.All, 2, "V", "W");
        await Priced("USD", Assignee.All, 1, currency: "USD", priority: 1, skus: "V");
        await Priced("UNIT", TestCaller.Unit, 9, "V");

        var prices = await Prices(variants, caller: TestCaller.Staff);

        Assert.Equal(new Money(1_0000, Currency.Of("USD")), prices[0]?.UnitPrice);
        Assert.Null(prices[1]);
    }

    [Fact]
    public async Task A_list_that_is_not_active_is_as_if_it_were_assigned_to_nobody()
    {
        var variants = await shop.AddVariants(Piece, "V");
        await Priced("ALL", Assignee.All, 7, "V");
        var list = await Priced("OWN", TestCaller.Unit, 5, "V");
        Assert.Equal(5_0000, (await Prices(variants))[0]?.UnitPrice.TenThousandths);

        await shop.Write((PriceListWrites lists) => lists.Update(new(IdOf(list), IsActive: false), default));

        Assert.Equal(7_0000, (await Prices(variants))[0]?.UnitPrice.TenThousandths);
    }

    [Fact]
    public async Task An_unassigned_list_is_gone_at_once_and_still_there_as_of_before()
    {
        var variants = await shop.AddVariants(Piece, "V");
        var list = await Priced("OWN", TestCaller.Unit, 5, "V");
        var before = shop.Now;
        Assert.NotNull((await Prices(variants))[0]);
        shop.Time.Advance(TimeSpan.FromHours(1));
        var assignment = (await shop.Read(async db => await Task.FromResult(db.PriceListAssignments.Single()))).Id;

        await shop.Write((PriceListWrites lists) => lists.Unassign(new(new NodeId(nameof(PriceListAssignment), assignment)), default));

        Assert.Null((await Prices(variants))[0]);
        Assert.Equal(5_0000, (await Prices(variants, asOf: before))[0]?.UnitPrice.TenThousandths);
        Assert.Equal(list.Id, (await shop.Read(async db => await Task.FromResult(db.PriceListAssignments.Single()))).PriceListId);
    }

    [Fact]
    public async Task As_of_tells_of_prices_that_begin_and_end()
    {
        var variants = await shop.AddVariants(Piece, "V");
        var noon = shop.Now;
        var list = await Priced("OWN", TestCaller.Unit, 5);
        await Upsert(
            list,
            new PriceInput("V", UnitPrice: Euros(1), ValidTo: noon.AddHours(2)),
            new PriceInput("V", UnitPrice: Euros(2), ValidFrom: noon.AddHours(2), ValidTo: noon.AddHours(3)));

        Assert.Equal((1_0000, noon.AddHours(2)), Answer((await Prices(variants))[0]));
        Assert.Equal((2_0000, noon.AddHours(3)), Answer((await Prices(variants, asOf: noon.AddHours(2)))[0]));
        Assert.Null((await Prices(variants, asOf: noon.AddHours(3)))[0]);
        Assert.Null((await Prices(variants, asOf: noon.AddHours(-1)))[0]);

        static (long, DateTime?)? Answer(EffectivePrice? price) => price is null ? null : (price.UnitPrice.TenThousandths, price.ValidUntil);
    }

    [Fact]
    public async Task A_bad_quantity_is_reported_at_its_variant_alone()
    {
        var pieces = await shop.AddVariants(Piece, "PIECE");
        var metres = await shop.AddVariants(new Quantity(500), "METRE");
        await Priced("ALL", Assignee.All, 7, "PIECE", "METRE");
        var errors = new List<string>();

        var prices = await Prices([.. pieces, .. metres], new Quantity(1_500), failures: errors);

        Assert.Null(prices[0]);
        Assert.Equal(10_5000, prices[1]?.Total.TenThousandths);
        Assert.Equal(["0 INVALID_QUANTITY The quantity 1.5 is not a multiple of 1, in which \"PIECE\" is sold."], errors);
    }

    [Fact]
    public async Task No_quantity_is_an_error()
    {
        var variants = await shop.AddVariants(Piece, "V");
        await Priced("ALL", Assignee.All, 7, "V");
        var errors = new List<string>();

        await Prices(variants, new Quantity(0), failures: errors);

        Assert.Equal(["0 INVALID_QUANTITY The quantity must be more than 0."], errors);
    }

    [Fact]
    public async Task A_total_beyond_all_money_is_an_error_at_its_variant_alone()
    {
        var variants = await shop.AddVariants(Piece, "DEAR", "CHEAP");
        var list = await Priced("ALL", Assignee.All, 1, "CHEAP");
        await Upsert(list, new PriceInput("DEAR", UnitPrice: new Amount(Amount.Maximum)));
        var errors = new List<string>();

        var prices = await Prices(variants, new Quantity(999_999_999_000), failures: errors);

        Assert.Null(prices[0]);
        Assert.NotNull(prices[1]);
        Assert.StartsWith("0 AMOUNT_OVERFLOW ", Assert.Single(errors), StringComparison.Ordinal);
    }

    private static Amount Euros(int euros) => new(euros * 1_0000);

    private static NodeId IdOf(PriceList list) => new(nameof(PriceList), list.Id);

    private Task<PriceList> Priced(string externalId, Assignee assignee, int euros, params string[] skus) =>
        Priced(externalId, assignee, euros, "EUR", 0, skus);

    private async Task<PriceList> Priced(
        string externalId, Assignee assignee, int euros, string currency = "EUR", int priority = 0, params string[] skus)
    {
        var list = await shop.AddPriceList(externalId, currency);
        await shop.AddAssignment(list, assignee, priority);
        if (skus.Length > 0)
        {
            await Upsert(list, [.. skus.Select(sku => new PriceInput(sku, UnitPrice: Euros(euros)))]);
        }

        return list;
    }

    private async Task Upsert(PriceList list, params PriceInput[] prices)
    {
        var payload = await shop.Write((PriceListWrites lists) => lists.UpsertPrices(new(IdOf(list), prices), default));
        Assert.Empty(payload.UserErrors);
    }

    private Task<IReadOnlyList<EffectivePrice?>> Prices(
        IEnumerable<Variant> variants, Quantity? quantity = null, DateTime? asOf = null, Caller? caller = null, List<string>? failures = null) =>
        shop.In(services => services.GetRequiredService<Wholesale.Pricing.Prices>().Of(
            Batch<Variant>.Of([.. variants], (i, error) => (failures ?? throw new Xunit.Sdk.XunitException(error.Message)).Add($"{i} {error.Code} {error.Message}")),
            quantity ?? Quantity.One,
            asOf,
            null,
            caller ?? TestCaller.Of(),
            CancellationToken.None));
}
