using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Platform.Events;

namespace Wholesale.Tests.Repricing;

/// <summary>What sets of price changes do to prices, as buyers see them while the clock moves.</summary>
public sealed class PriceChangeSchedulesTests : IAsyncLifetime
{
    private readonly ClockedShop shop = new();
    private readonly PriceChangeSets sets;

    public PriceChangeSchedulesTests() => sets = new(shop);

    private DateTime Tomorrow { get; set; }

    public async ValueTask InitializeAsync()
    {
        await shop.InitializeAsync();
        Tomorrow = shop.Now.AddDays(1);
    }

    public ValueTask DisposeAsync() => shop.DisposeAsync();

    [Fact]
    public async Task A_set_for_tomorrow_is_announced_today_and_is_the_price_from_its_very_instant_on()
    {
        var id = await sets.Scheduled("annual", Tomorrow, null, ("usd", "TOOL-010-S", "12.34"), ("eur", "TOOL-010-S", null));

        var announced = (await shop.Data(shop.Acme, "{ upcomingPriceChanges(withinDays: 2) { edges { node { at variant { sku } before { unitPrice { amount } } after { unitPrice { amount } } } } } }"))
            .GetProperty("upcomingPriceChanges").GetProperty("edges");
        Assert.Equal(
            """[{"node":{"at":"TOMORROW","variant":{"sku":"TOOL-010-S"},"before":{"unitPrice":{"amount":"10.00"}},"after":{"unitPrice":{"amount":"12.34"}}}}]""".Replace("TOMORROW", PriceChangeSets.At(Tomorrow), StringComparison.Ordinal),
            announced.GetRawText());
        Assert.Equal("SCHEDULED", await sets.StatusOf(id));
        Assert.Equal("10.00", await sets.Price(shop.Acme, "TOOL-010-S"));
        Assert.Equal("10.00", await sets.Price(shop.Acme, "TOOL-010-S", Tomorrow.AddTicks(-1)));
        Assert.Equal("12.34", await sets.Price(shop.Acme, "TOOL-010-S", Tomorrow));

        shop.Clock.Advance(Tomorrow - shop.Now - TimeSpan.FromTicks(1));
        Assert.Equal("10.00", await sets.Price(shop.Acme, "TOOL-010-S"));
        Assert.Equal("SCHEDULED", await sets.StatusOf(id));

        shop.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal("12.34", await sets.Price(shop.Acme, "TOOL-010-S"));
        Assert.Equal("APPLIED", await sets.StatusOf(id));
        Assert.Equal(["INVALID_TRANSITION priceChangeSetId"], await sets.Errors("cancelPriceChangeSet", new { priceChangeSetId = id }));

        shop.Clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.Holds(async () => (await sets.EventsOf(id)).LastOrDefault() == "PRICE_CHANGE_SET_APPLIED");
        Assert.Equal(
            ["PRICE_CHANGE_SET_CHANGED", "PRICE_CHANGE_SET_CHANGED", "PRICE_CHANGE_SET_APPROVED", "PRICE_CHANGE_SET_SCHEDULED", "PRICE_CHANGE_SET_APPLIED"],
            await sets.EventsOf(id));
        await Eventually.Holds(async () => (await sets.EventsOf(await sets.List("usd"))).LastOrDefault() == "PRICES_TURNED");
        Assert.Contains($$"""{"at":"{{PriceChangeSets.At(Tomorrow)}}"}""", (await sets.Events()).Select(e => e.GetProperty("data").GetString()));
    }

    [Fact]
    public async Task A_promotion_ends_and_the_former_price_holds_again()
    {
        await sets.Scheduled("promotion", Tomorrow, Tomorrow.AddDays(7), ("usd", "TOOL-011-S", "5.00"));
        await sets.Scheduled("within", Tomorrow.AddDays(2), Tomorrow.AddDays(3), ("usd", "TOOL-011-S", null));

        var prices = new List<string>();
        for (var day = 0; day < 10; day++)
        {
            prices.Add(await sets.Price(shop.Acme, "TOOL-011-S"));
            shop.Clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal(["11.00", "5.00", "5.00", "none", "5.00", "5.00", "5.00", "5.00", "11.00", "11.00"], prices);
        var now = await sets.Price(shop.Acme, "TOOL-011-S", Tomorrow.AddDays(-2));
        Assert.Equal("11.00", now);
    }

    [Fact]
    public async Task At_once_is_now_and_a_set_without_an_instant_takes_one_when_it_is_scheduled()
    {
        var atOnce = await Approved("at once", null, ("usd", "TOOL-012-S", "1.00"));
        var later = await Approved("later", null, ("usd", "TOOL-013-S", "1.00"));
        var approved = await Approved("approved", Tomorrow, ("usd", "TOOL-014-S", "1.00"));

        Assert.Equal(["INVALID_VALUE effectiveAt"], await sets.Errors("schedulePriceChangeSet", new { priceChangeSetId = later }));
        Assert.Equal(["INVALID_VALUE atOnce"], await sets.Errors("schedulePriceChangeSet", new { priceChangeSetId = later, atOnce = true, effectiveAt = Tomorrow }));
        Assert.Equal(["INVALID_VALUE effectiveAt"], await sets.Errors("schedulePriceChangeSet", new { priceChangeSetId = later, effectiveAt = shop.Now.AddTicks(-1) }));
        Assert.Equal(["INVALID_VALUE effectiveAt"], await sets.Errors("schedulePriceChangeSet", new { priceChangeSetId = approved, effectiveAt = Tomorrow.AddDays(1) }));
        Assert.Equal(["INVALID_VALUE atOnce"], await sets.Errors("schedulePriceChangeSet", new { priceChangeSetId = approved, atOnce = true }));
        var set = await sets.Do("schedulePriceChangeSet", new { priceChangeSetId = atOnce, atOnce = true });
        await sets.Do("schedulePriceChangeSet", new { priceChangeSetId = later, effectiveAt = Tomorrow });
        await sets.Do("schedulePriceChangeSet", new { priceChangeSetId = approved, effectiveAt = Tomorrow });

        Assert.Equal((PriceChangeSets.At(shop.Now), "APPLIED"), (set.GetProperty("effectiveAt").GetString(), set.GetProperty("status").GetString()));
        Assert.Equal("1.00", await sets.Price(shop.Acme, "TOOL-012-S"));
        Assert.Equal("13.00", await sets.Price(shop.Acme, "TOOL-013-S"));
    }

    [Fact]
    public async Task A_set_whose_time_passed_before_it_was_scheduled_or_that_ends_before_it_begins_is_refused()
    {
        var passed = await Approved("passed", Tomorrow, ("usd", "TOOL-015-S", "1.00"));
        var ends = await sets.Draft("ends", null, Tomorrow, ("usd", "TOOL-015-S", "1.00"));
        await sets.Do("approvePriceChangeSet", new { priceChangeSetId = ends });

        Assert.Equal(["INVALID_VALUE effectiveAt"], await sets.Errors("schedulePriceChangeSet", new { priceChangeSetId = ends, effectiveAt = Tomorrow }));
        shop.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(["INVALID_VALUE effectiveAt"], await sets.Errors("schedulePriceChangeSet", new { priceChangeSetId = passed }));

        await sets.Do("reopenPriceChangeSet", new { priceChangeSetId = passed });
        await sets.Do("updatePriceChangeSet", new { priceChangeSetId = passed, effectiveAt = shop.Now.AddHours(1) });
        await sets.Do("approvePriceChangeSet", new { priceChangeSetId = passed });
        await sets.Do("schedulePriceChangeSet", new { priceChangeSetId = passed });
        Assert.Equal("SCHEDULED", await sets.StatusOf(passed));
    }

    [Fact]
    public async Task A_cancelled_set_leaves_no_trace_but_where_somebody_has_changed_a_price_since()
    {
        var id = await sets.Scheduled("given up", Tomorrow, Tomorrow.AddDays(9), ("usd", "TOOL-016-S", "1.00"), ("usd", "TOOL-017-S", "1.00"), ("eur", "TOY-016-S", "1.00"));
        await sets.Scheduled("other", Tomorrow.AddDays(2), null, ("usd", "TOOL-017-S", "2.00"));

        var payload = await sets.Send("cancelPriceChangeSet", new { priceChangeSetId = id });

        Assert.Empty(PriceChangeSets.ErrorsOf(payload));
        Assert.Equal("CANCELLED", payload.GetProperty("priceChangeSet").GetProperty("status").GetString());
        Assert.Equal(
            """[{"priceList":{"externalId":"usd"},"variant":{"sku":"TOOL-017-S"},"minimumQuantity":1,"isKept":true}]""", payload.GetProperty("keptLines").GetRawText());
        Assert.Equal(["16.00", "16.00"], await Prices("TOOL-016-S", 0, 1));
        Assert.Equal(["17.00", "1.00", "2.00", "2.00"], await Prices("TOOL-017-S", -1, 0, 2, 10));
        Assert.Equal("316.50", await sets.Price(shop.Spielwaren, "TOY-016-S", Tomorrow));
        var usd = (await shop.Admin("{ priceList(externalId: \"usd\") { entries(first: 250, after: null) { edges { node { variant { sku } validTo } } } } }")).GetProperty("priceList").GetProperty("entries").GetProperty("edges");
        Assert.All(
            usd.EnumerateArray().Select(e => e.GetProperty("node")).Where(n => n.GetProperty("variant").GetProperty("sku").GetString() == "TOOL-016-S"),
            n => Assert.Equal(JsonValueKind.Null, n.GetProperty("validTo").ValueKind));
        var lines = await shop.Admin("query($id: ID!) { priceChangeSet(id: $id) { kept: lines(isKept: true) { edges { node { variant { sku } } } } others: lines(isKept: false) { edges { node { variant { sku } } } } } }", new { id });
        Assert.Single(lines.GetProperty("priceChangeSet").GetProperty("kept").GetProperty("edges").EnumerateArray());
        Assert.Equal(2, lines.GetProperty("priceChangeSet").GetProperty("others").GetProperty("edges").GetArrayLength());
        Assert.Equal("PRICE_CHANGE_SET_CANCELLED", (await sets.EventsOf(id))[^1]);

        async Task<List<string>> Prices(string sku, params int[] days)
        {
            var prices = new List<string>();
            foreach (var day in days)
            {
                prices.Add(await sets.Price(shop.Acme, sku, Tomorrow.AddDays(day)));
            }

            return prices;
        }
    }

    [Fact]
    public async Task A_set_of_a_list_that_an_import_has_is_to_be_scheduled_and_cancelled_later()
    {
        var id = await Approved("busy", Tomorrow, ("usd", "TOOL-018-S", "1.00"), ("eur", "TOOL-018-S", "1.00"));
        var versions = await Versions();

        await Hold("eur", 7, shop.Now.AddSeconds(10));
        Assert.Equal(["PRICE_LIST_BUSY priceChangeSetId"], await sets.Errors("schedulePriceChangeSet", new { priceChangeSetId = id }));
        Assert.Equal(versions, await Versions());
        Assert.Equal("APPROVED", await sets.StatusOf(id));
        await Hold("eur", null, null);
        await sets.Do("schedulePriceChangeSet", new { priceChangeSetId = id });
        await Hold("usd", 7, shop.Now.AddSeconds(10));
        Assert.Equal(["PRICE_LIST_BUSY priceChangeSetId"], await sets.Errors("cancelPriceChangeSet", new { priceChangeSetId = id }));
        Assert.Equal("1.00", await sets.Price(shop.Acme, "TOOL-018-S", Tomorrow));

        // An import that died is undone by whoever comes.
        await Hold("usd", 7, shop.Now.AddSeconds(-1));
        await sets.Do("cancelPriceChangeSet", new { priceChangeSetId = id });
        Assert.Equal("18.00", await sets.Price(shop.Acme, "TOOL-018-S", Tomorrow));
    }

    [Fact]
    public async Task Nearly_six_thousand_lines_of_three_lists_are_shown_at_one_moment_and_taken_back_at_another()
    {
        await shop.Import("price-lists", """{"externalId":"new","name":"new","currency":"USD","assignments":[{"tier":"gold","priority":1,"validFrom":"2020-01-01T00:00:00Z"}]}""");
        var skus = Enumerable.Range(1, 300).Select(i => $"TOOL-{i:000}").Concat(Enumerable.Range(1, 20).Select(i => $"TOY-{i:000}")).SelectMany(p => new[] { p + "-S", p + "-L" }).ToList();
        var id = await sets.Create("large", Tomorrow);
        foreach (var list in new[] { "usd", "eur", "new" })
        {
            var listId = await sets.List(list);
            await sets.Do("upsertPriceChanges", new
            {
                priceChangeSetId = id,
                lines = skus.SelectMany(sku => new[] { 1, 10, 20 }.Select(minimum => new { priceListId = listId, sku, minimumQuantity = minimum, unitPrice = $"{1000 - minimum}" })),
            });
        }

        var former = await Versions();
        await sets.Do("approvePriceChangeSet", new { priceChangeSetId = id });
        var set = await sets.Do("schedulePriceChangeSet", new { priceChangeSetId = id });
        Assert.Equal(("SCHEDULING", 5_760), (set.GetProperty("status").GetString(), set.GetProperty("lineCount").GetInt32()));
        Assert.Equal(former, await Versions());

        shop.Clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.Holds(async () => await sets.StatusOf(id) == "SCHEDULED");
        Assert.Equal("999.00", await sets.Price(shop.Acme, "TOOL-300-L", Tomorrow));
        Assert.Equal("300.00", await sets.Price(shop.Acme, "TOOL-300-L"));
        Assert.Equal(["PRICE_CHANGE_SET_CHANGED", "PRICE_CHANGE_SET_SCHEDULED"], (await sets.EventsOf(id))[^2..]);
        Assert.Equal(former.ConvertAll(v => v + 1), await Versions());
        Assert.Equal(["PRICES_CHANGED", "PRICES_CHANGED", "PRICES_CHANGED", "PRICE_CHANGE_SET_SCHEDULED"], (await sets.Events()).Select(e => e.GetProperty("type").GetString()).TakeLast(4));

        await Upsert("usd", "TOOL-001-S", "0.50");
        Assert.Equal("CANCELLING", (await sets.Do("cancelPriceChangeSet", new { priceChangeSetId = id })).GetProperty("status").GetString());
        shop.Clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.Holds(async () => await sets.StatusOf(id) == "CANCELLED");
        Assert.Equal("300.00", await sets.Price(shop.Acme, "TOOL-300-L", Tomorrow));
        Assert.Equal("999.00", await sets.Price(shop.Acme, "TOOL-001-S", Tomorrow));
        var kept = await shop.Admin("query($id: ID!) { priceChangeSet(id: $id) { lines(isKept: true) { edges { node { priceList { externalId } variant { sku } minimumQuantity } } } } }", new { id });
        Assert.Equal(
            """{"priceChangeSet":{"lines":{"edges":[{"node":{"priceList":{"externalId":"usd"},"variant":{"sku":"TOOL-001-S"},"minimumQuantity":1}}]}}}""", kept.GetRawText());
        Assert.Equal(0, await Db(db => db.PriceLists.CountAsync(l => l.WriterId != null)));
    }

    /// <summary>Another price until tomorrow, which a set has cut.</summary>
    private async Task Upsert(string list, string sku, string unitPrice)
    {
        var payload = await shop.Admin(
            "mutation($input: UpsertPricesInput!) { upsertPrices(input: $input) { userErrors { code message } } }",
            new { input = new { priceListId = await sets.List(list), prices = new[] { new { sku, unitPrice, validTo = Tomorrow } } } });
        Assert.Equal("[]", payload.GetProperty("upsertPrices").GetProperty("userErrors").GetRawText());
    }

    private async Task<string> Approved(string externalId, DateTime? effectiveAt, params (string List, string Sku, string? UnitPrice)[] lines)
    {
        var id = await sets.Draft(externalId, effectiveAt, null, lines);
        await sets.Do("approvePriceChangeSet", new { priceChangeSetId = id });
        return id;
    }

    private Task<List<long>> Versions() => Db(db => db.PriceLists.Where(l => l.Name != "gold-usd").OrderBy(l => l.ExternalId).Select(l => l.PriceVersion).ToListAsync());

    private Task<int> Hold(string list, long? writer, DateTime? until) => Db(db => db.PriceLists.Where(l => l.ExternalId == list)
        .ExecuteUpdateAsync(l => l.SetProperty(p => p.WriterId, writer).SetProperty(p => p.WriterUntil, until)));

    private async Task<T> Db<T>(Func<WholesaleDb, Task<T>> work)
    {
        await using var scope = shop.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Writes>().RunUnrecorded(async () => await work(scope.ServiceProvider.GetRequiredService<WholesaleDb>()));
    }
}
