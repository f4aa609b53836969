using Wholesale.Tests.Carts;

namespace Wholesale.Tests.Orders;

/// <summary>What becomes of numbers when the seller says otherwise in the middle of a year: none is given twice, and none is left out.</summary>
public sealed class OrderNumberChangesTests(OrderShop shop) : IClassFixture<OrderShop>
{
    [Fact]
    public async Task Numbers_go_on_where_they_were_and_what_was_given_is_never_given_again()
    {
        var takenOver = await Upsert(new { externalId = "all", prefix = "ORD-" });
        var series = await shop.Admin("{ orderNumberSeries { externalId prefix nextNumber } }");
        var first = await Order();
        var yearly = await Upsert(new { externalId = "all", prefix = "S{yyyy}-", restartsYearly = true });
        var second = await Order();
        shop.Clock.Advance(TimeSpan.FromDays(365));
        var nextYear = await Order();
        var back = await Upsert(new { externalId = "all", prefix = "ORD-", restartsYearly = false });
        var shorter = await Upsert(new { externalId = "all", prefix = "S", restartsYearly = false });
        var third = await Order();

        Assert.Empty(takenOver);
        Assert.Equal("""{"orderNumberSeries":[{"externalId":"all","prefix":"ORD-","nextNumber":1}]}""", series.GetRawText());
        Assert.Empty(yearly);
        Assert.Equal(["ALREADY_EXISTS series.0.prefix"], back);
        Assert.Equal(["ALREADY_EXISTS series.0.prefix"], shorter);
        Assert.Equal(["ORD-000001", "S2026-000002", "S2027-000001", "S2027-000002"], [first, second, nextYear, third]);
    }

    private async Task<string> Order()
    {
        var placed = await shop.Place(await shop.FilledCart("BANK_TRANSFER", ("TOOL-001-S", 1m)));
        Assert.Empty(CartShop.Errors(placed));
        return placed.GetProperty("order").GetProperty("number").GetString()!;
    }

    private async Task<List<string>> Upsert(params object[] series) => CartShop.Errors((await shop.Admin(
        "mutation($input: UpsertOrderNumberSeriesInput!) { upsertOrderNumberSeries(input: $input) { userErrors { code message path } } }", new { input = new { series } })).GetProperty("upsertOrderNumberSeries"));
}
