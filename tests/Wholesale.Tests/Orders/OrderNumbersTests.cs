using System.Text.Json;
using Wholesale.Tests.Carts;

namespace Wholesale.Tests.Orders;

/// <summary>How orders are numbered: by series that the seller defines, one for all markets and one for any market that is to have its own.</summary>
public sealed class OrderNumbersTests(OrderShop shop) : IClassFixture<OrderShop>
{
    [Fact]
    public async Task A_market_has_its_own_series_that_begins_anew_each_year_and_the_others_share_one()
    {
        var written = await Upsert(
            new { externalId = "default", prefix = "SO-", digits = 4, nextNumber = 100 }, new { externalId = "us", market = "us", prefix = "US{yyyy}-", digits = 3, restartsYearly = true });

        var first = await Order();
        var second = await Order();
        shop.Clock.Advance(TimeSpan.FromDays(365));
        var nextYear = await Order();
        var series = await shop.Admin("{ orderNumberSeries { externalId market { externalId } prefix digits restartsYearly nextNumber version } }");

        Assert.Empty(CartShop.Errors(written));
        Assert.Equal(["US2026-001", "US2026-002", "US2027-001"], [first, second, nextYear]);
        Assert.Equal(
            """{"orderNumberSeries":[{"externalId":"default","market":null,"prefix":"SO-","digits":4,"restartsYearly":false,"nextNumber":100,"version":VERSION},{"externalId":"us","market":{"externalId":"us"},"prefix":"US{yyyy}-","digits":3,"restartsYearly":true,"nextNumber":2,"version":1}]}""".Replace("VERSION", series.GetProperty("orderNumberSeries").EnumerateArray().Single(s => s.GetProperty("externalId").GetString() == "default").GetProperty("version").GetRawText(), StringComparison.Ordinal),
            $"{{\"orderNumberSeries\":[{string.Join(',', series.GetProperty("orderNumberSeries").EnumerateArray().Where(s => s.GetProperty("externalId").GetString() != "de"))}]}}");
    }

    [Fact]
    public async Task What_would_give_a_number_twice_is_refused()
    {
        await Upsert(new { externalId = "default", prefix = "SO-", digits = 4 }, new { externalId = "de", market = "de", prefix = "DE-", nextNumber = 50 });

        var payload = await Upsert(
            new { externalId = "de", nextNumber = 49 },
            new { externalId = "de2", market = "de", prefix = "D2-" },
            new { externalId = "us2", market = "nowhere", prefix = "N-" },
            new { externalId = "year", prefix = "Y-", restartsYearly = true },
            new { externalId = "wide", prefix = "W-", digits = 13 },
            new { externalId = "blank ", prefix = "B-" },
            new { externalId = "same", market = "de", prefix = "DE-{yy}" });

        Assert.Equal(
            ["INVALID_VALUE series.0.nextNumber", "ALREADY_EXISTS series.1.market", "NOT_FOUND series.2.market", "ALREADY_EXISTS series.3.market", "INVALID_VALUE series.3.restartsYearly", "ALREADY_EXISTS series.4.market", "INVALID_VALUE series.4.digits", "INVALID_VALUE series.5.externalId", "ALREADY_EXISTS series.5.market", "ALREADY_EXISTS series.6.market", "ALREADY_EXISTS series.6.prefix"],
            CartShop.Errors(payload).Where(error => !error.StartsWith("NOT_FOUND series.2.prefix", StringComparison.Ordinal)).ToList());
    }

    [Fact]
    public async Task What_changes_nothing_writes_nothing()
    {
        await Upsert(new { externalId = "default", prefix = "SO-", digits = 4 });
        var events = await shop.Events("ORDER_NUMBER_SERIES_CHANGED");

        var again = await Upsert(new { externalId = "default", prefix = "SO-", digits = 4 });

        Assert.Empty(CartShop.Errors(again));
        Assert.Equal(events, await shop.Events("ORDER_NUMBER_SERIES_CHANGED"));
    }

    private async Task<string> Order()
    {
        var placed = await shop.Place(await shop.FilledCart("BANK_TRANSFER", ("TOOL-001-S", 1m)));
        Assert.Empty(CartShop.Errors(placed));
        return placed.GetProperty("order").GetProperty("number").GetString()!;
    }

    private async Task<JsonElement> Upsert(params object[] series) => (await shop.Admin(
        "mutation($input: UpsertOrderNumberSeriesInput!) { upsertOrderNumberSeries(input: $input) { series { externalId } userErrors { code message path } } }", new { input = new { series } })).GetProperty("upsertOrderNumberSeries");
}
