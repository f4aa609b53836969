using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Events;
using Wholesale.Pricing;

namespace Wholesale.Tests.Pricing;

/// <summary>What is announced, compared with the price as of just before and at every hour.</summary>
public sealed class UpcomingPriceChangesOfWorldsTests
{
    private static readonly Sight Everything = new(true, PriceWorld.Hours[2], 0, null, "en");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Every_change_ahead_is_announced_and_nothing_else_before_and_after_every_edit(int seed)
    {
        await using var shop = new ShopHost();
        await shop.InitializeAsync();
        var random = new Random(seed);
        var written = new PriceWorldShop(shop);
        PriceWorld world;
        do
        {
            world = PriceWorld.Random(random);
        }
        while (ChangesOf(world) < 3);

        await written.Write(world);
        var found = await Compare(shop, written);
        for (var edit = 0; edit < 10; edit++)
        {
            await written.Edit(random);
            found += await Compare(shop, written);
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"Seed {seed}: {found} changes compared.");
        Assert.True(found > 0);
    }

    /// <summary>How often the price of the least quantity changes ahead, by the oracle: a world where it hardly does shows little.</summary>
    private static int ChangesOf(PriceWorld world)
    {
        var (oracle, currency) = (new PriceOracle(world), world.Currency ?? "EUR");
        return Enumerable.Range(3, 7).Sum(hour => Enumerable.Range(1, 2).Count(v => PriceOf(v, PriceWorld.Hours[hour]) != PriceOf(v, PriceWorld.Hours[hour - 1])));

        decimal? PriceOf(int variant, DateTime at) =>
            oracle.PriceOf(variant, currency, at, new Quantity(oracle.RuleOf(variant, currency, at).Minimum))?.UnitPrice;
    }

    /// <returns>How many changes there were.</returns>
    private static async Task<int> Compare(ShopHost shop, PriceWorldShop written)
    {
        var expected = new List<string>();
        foreach (var at in PriceWorld.Hours.Where(hour => hour > shop.Now))
        {
            var before = await shop.In(services => Prices(services, written, at.AddTicks(-1)));
            var after = await shop.In(services => Prices(services, written, at));
            expected.AddRange(written.Variants.Index()
                .OrderBy(v => v.Item.Id)
                .Select(v => (v.Item.Sku, Before: Written(before[v.Index]), After: Written(after[v.Index])))
                .Where(change => change.Before != change.After)
                .Select(change => $"{at:HH} {change.Sku}: {change.Before} > {change.After}"));
        }

        Assert.Equal(expected, await shop.In(services => Pages(services, written.Caller, 2)));
        Assert.Equal(expected, await shop.In(services => services.GetRequiredService<Writes>().RunUnrecorded(() => Pages(services, written.Caller, 250))));
        return expected.Count;
    }

    private static async ValueTask<List<string>> Pages(IServiceProvider services, Caller caller, int first)
    {
        var (found, after) = (new List<string>(), (string?)null);
        do
        {
            var page = await services.GetRequiredService<UpcomingPriceChanges>().Read(Page.Of(first, after), 1, caller, Everything, CancellationToken.None);
            found.AddRange(page.Edges.Select(e => e.Node).Select(c => $"{c.At:HH} {c.Variant.Sku}: {Written(c.Before)} > {Written(c.After)}"));
            after = page.PageInfo.HasNextPage ? page.PageInfo.EndCursor : null;
        }
        while (after is not null);

        return found;
    }

    private static ValueTask<IReadOnlyList<EffectivePrice?>> Prices(IServiceProvider services, PriceWorldShop written, DateTime at) =>
        services.GetRequiredService<Prices>().Of(
            Batch<Variant>.Of([.. written.Variants], (i, error) => throw new Xunit.Sdk.XunitException(error.Message)),
            null, at, null, written.Caller, CancellationToken.None);

    private static string Written(EffectivePrice? price) =>
        price is null ? "none" : $"{price.UnitPrice} [{string.Join(", ", price.Breaks.Select(b => $"{b.MinimumQuantity} {b.UnitPrice}"))}]";
}

/// <summary>More turns than one call compares.</summary>
public sealed class ManyUpcomingPriceChangesTests : IAsyncLifetime
{
    private readonly ShopHost shop = new();

    public ValueTask InitializeAsync() => shop.InitializeAsync();

    public ValueTask DisposeAsync() => shop.DisposeAsync();

    [Fact]
    public async Task Ten_thousand_turns_are_compared_and_the_cursor_goes_on_behind_them()
    {
        // A list for everyone is coming, but the unit has its own for all variants but the last.
        var variants = await shop.AddVariants(Quantity.One, [.. Enumerable.Range(0, 10_100).Select(i => $"V{i}")]);
        await shop.AddPriced("OWN", TestCaller.Unit, 5, [.. variants.SkipLast(1).Select(v => v.Sku)]);
        var coming = await shop.AddPriceList("COMING");
        await shop.AddAssignment(coming, Assignee.All, validFrom: shop.Now.AddDays(3));
        foreach (var chunk in variants.Chunk(5_000))
        {
            await shop.Upsert(coming, [.. chunk.Select(v => new PriceInput(v.Sku, UnitPrice: new Amount(7_0000)))]);
        }

        foreach (var inTransaction in new[] { false, true })
        {
            var first = await Read(null, inTransaction);
            var second = await Read(first.PageInfo.EndCursor, inTransaction);

            Assert.Empty(first.Edges);
            Assert.True(first.PageInfo.HasNextPage);
            var change = Assert.Single(second.Edges).Node;
            Assert.False(second.PageInfo.HasNextPage);
            Assert.Equal((shop.Now.AddDays(3), variants[^1].Sku), (change.At, change.Variant.Sku));
            Assert.Equal((null, (long?)7_0000), (change.Before?.UnitPrice.TenThousandths, change.After?.UnitPrice.TenThousandths));
        }

        // Together the lists are more than a request reads itself.
        await shop.PriceLists.WhenLoaded();
        await Read(null, inTransaction: false);
        Assert.Equal(4, await shop.CountStatements(() => Read(null, inTransaction: false)));
    }

    [Fact]
    public async Task Where_the_first_list_decides_the_currency_its_coming_changes_the_prices_of_all_lists()
    {
        await shop.AddVariants(Quantity.One, "V", "W");
        await shop.AddPriced("EUROS", Assignee.All, 2, "V", "W");
        var dollars = await shop.AddPriceList("DOLLARS", "USD");
        await shop.AddAssignment(dollars, Assignee.All, priority: 1, validFrom: shop.Now.AddDays(3));
        await shop.Upsert(dollars, new PriceInput("V", UnitPrice: new Amount(1_0000)));

        foreach (var inTransaction in new[] { false, true })
        {
            var page = await Read(null, inTransaction, TestCaller.Staff);

            Assert.Equal(
                ["V EUR 20000 > USD 10000", "W EUR 20000 > "],
                page.Edges.Select(e => e.Node).Select(c => $"{c.Variant.Sku} {Written(c.Before)} > {Written(c.After)}"));
        }
    }

    private static string Written(EffectivePrice? price) => price is null ? "" : $"{price.UnitPrice.Currency.Code} {price.UnitPrice.TenThousandths}";

    private Task<Connection<UpcomingPriceChange>> Read(string? after, bool inTransaction, Caller? caller = null) => shop.In(services =>
    {
        ValueTask<Connection<UpcomingPriceChange>> Read() => services.GetRequiredService<UpcomingPriceChanges>()
            .Read(Page.Of(20, after), 30, caller ?? TestCaller.Of(), new Sight(true, shop.Now, 0, null, "en"), CancellationToken.None);
        return inTransaction ? services.GetRequiredService<Writes>().RunUnrecorded(Read) : Read();
    });
}

public sealed class UpcomingPriceChangesTests : IAsyncLifetime
{
    private const string Changes = """
        query($days: Int!, $first: Int, $after: String) { upcomingPriceChanges(withinDays: $days, first: $first, after: $after) {
          edges { node { at variant { sku } before { unitPrice { amount } } after { unitPrice { amount } } } } pageInfo { hasNextPage endCursor } } }
        """;

    private readonly Shop shop = new();
    private DateTime day;

    public async ValueTask InitializeAsync()
    {
        await shop.InitializeAsync();
        day = shop.Services.GetRequiredService<Clock>().UtcNow.Date.AddDays(10);

        // In ten days a promotion for everyone begins on two toys and a tool, and ends on one toy ten days later.
        var list = (await shop.Admin("mutation { createPriceList(input: { externalId: \"promotion\", name: \"Promotion\", currency: \"EUR\" }) { priceList { id } } }"))
            .GetProperty("createPriceList").GetProperty("priceList").GetProperty("id").GetString();
        await Admin("mutation($input: AssignPriceListInput!) { assignPriceList(input: $input) { userErrors { code } } }", new { input = new { priceListId = list, assignee = new { everyone = true }, priority = 5 } });
        await Admin("mutation($input: UpsertPricesInput!) { upsertPrices(input: $input) { userErrors { code } } }", new
        {
            input = new
            {
                priceListId = list,
                prices = new object[]
                {
                    new { sku = "TOY-001-S", unitPrice = "9", validFrom = At(0), validTo = At(10) },
                    new { sku = "TOY-002-S", unitPrice = "8", validFrom = At(0) },
                    new { sku = "TOY-003-S", unitPrice = "303.50", validFrom = At(0) },
                    new { sku = "TOOL-001-S", unitPrice = "7", validFrom = At(0) },
                },
            },
        });
    }

    public ValueTask DisposeAsync() => shop.DisposeAsync();

    [Fact]
    public async Task Each_company_hears_of_what_changes_for_it()
    {
        var toys = await Read(shop.Spielwaren, 90);
        var soon = await Read(shop.Spielwaren, 15);
        var dollars = await Read(shop.Acme, 366);
        var hidden = await Read(shop.Newcomer, 366);

        // What costs the same as before is no change.
        Assert.Equal(["0 TOY-001-S 301.50 > 9.00", "0 TOY-002-S 302.50 > 8.00", "10 TOY-001-S 9.00 > 301.50"], toys);
        Assert.Equal(["0 TOY-001-S 301.50 > 9.00", "0 TOY-002-S 302.50 > 8.00"], soon);
        Assert.Empty(dollars);
        Assert.Empty(hidden);
    }

    [Fact]
    public async Task Pages_of_one_have_each_change_once_and_cost_one_statement_when_warm()
    {
        Assert.Equal(await Read(shop.Spielwaren, 90), await Read(shop.Spielwaren, 90, first: 1));

        var best = int.MaxValue;
        for (var attempt = 0; attempt < 5 && best > 1; attempt++)
        {
            best = Math.Min(best, await shop.Statements(() => Read(shop.Spielwaren, 90)));
        }

        Assert.Equal(1, best);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(367)]
    public async Task Days_out_of_range_are_refused(int days)
    {
        var (_, body) = await shop.Ask(shop.Acme, Changes, new { days });

        Assert.Contains("\"INVALID_VALUE\"", body, StringComparison.Ordinal);
    }

    private string At(int days) => day.AddDays(days).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private async Task<List<string>> Read(string key, int days, int first = 250)
    {
        var (found, after) = (new List<string>(), (string?)null);
        do
        {
            var page = (await shop.Data(key, Changes, new { days, first, after })).GetProperty("upcomingPriceChanges");
            found.AddRange(page.GetProperty("edges").EnumerateArray().Select(e => e.GetProperty("node")).Select(node => string.Create(
                CultureInfo.InvariantCulture,
                $"{(node.GetProperty("at").GetDateTime() - day).TotalDays} {node.GetProperty("variant").GetProperty("sku").GetString()} {Amount(node.GetProperty("before"))} > {Amount(node.GetProperty("after"))}")));
            var info = page.GetProperty("pageInfo");
            after = info.GetProperty("hasNextPage").GetBoolean() ? info.GetProperty("endCursor").GetString() : null;
        }
        while (after is not null);

        return found;
    }

    private static string? Amount(JsonElement price) =>
        price.ValueKind == JsonValueKind.Null ? "none" : price.GetProperty("unitPrice").GetProperty("amount").GetString();

    private async Task Admin(string mutation, object variables)
    {
        var payload = (await shop.Admin(mutation, variables)).EnumerateObject().First().Value;
        Assert.Equal("[]", payload.GetProperty("userErrors").GetRawText());
    }
}
