using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Events;
using Wholesale.Pricing;

namespace Wholesale.Tests.Pricing;

/// <summary>The history, compared with what was answered at each moment while it was made.</summary>
public sealed class PriceHistoryOfEditsTests
{
    private static readonly Assignee[] Places = [TestCaller.Unit, TestCaller.Company, TestCaller.Tier, Assignee.All];

    private static readonly Quantity Five = Quantity.Of(5);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task The_history_is_what_was_answered_at_each_moment(int seed)
    {
        await using var shop = new ShopHost();
        await shop.InitializeAsync();
        var random = new Random(seed);
        var variants = await shop.AddVariants(Quantity.One, "V1", "V2", "V3");
        var lists = new List<PriceList>();
        for (var i = 1; i <= 3; i++)
        {
            lists.Add(await shop.AddPriceList($"L{i}"));
        }

        var caller = TestCaller.Of(VerificationStatus.Verified, new Market
        {
            Id = TestCaller.Market.AssigneeId,
            ExternalId = "M",
            Name = "M",
            Currency = Currency.Of("EUR"),
            PricePolicy = (PricePolicy)(seed % 2),
        });
        var begin = shop.Now;
        var answers = new List<(DateTime At, long?[] UnitPrices)>();
        var given = new List<PriceListAssignment> { await shop.AddAssignment(lists[0], Assignee.All) };
        for (var edit = 0; edit < 120; edit++)
        {
            await Edit(shop, random, lists, given);
            answers.Add(await Answer(shop, variants, caller));
            shop.Time.Advance(TimeSpan.FromMinutes(random.Next(1, 40)) - TimeSpan.FromTicks(1));
            answers.Add(await Answer(shop, variants, caller));
            shop.Time.Advance(TimeSpan.FromTicks(1));
        }

        var histories = await shop.In(services => services.GetRequiredService<PriceHistory>().Of(
            Batch<Variant>.Of([.. variants], (i, error) => throw new Xunit.Sdk.XunitException(error.Message)),
            Five, begin, 250, caller, CancellationToken.None));

        Assert.True(histories.Sum(h => h.Count) > 15, "Too little has changed to tell anything.");
        foreach (var (i, history) in histories.Index())
        {
            var told = history.Reverse().ToList();
            Assert.Equal((begin, null), (told[0].From, told[^1].To));
            Assert.All(told.Zip(told.Skip(1)), pair => Assert.True(pair.First.To == pair.Second.From && pair.First.UnitPrice != pair.Second.UnitPrice));
            Assert.Equal(
                answers.Select(a => $"{a.At:O} {a.UnitPrices[i]}"),
                answers.Select(a => $"{a.At:O} {told.Single(p => p.From <= a.At && (p.To is null || a.At < p.To)).UnitPrice?.TenThousandths}"));
        }
    }

    [Fact]
    public async Task A_version_that_no_event_tells_of_was_there_always()
    {
        await using var shop = new ShopHost();
        await shop.InitializeAsync();
        var variants = await shop.AddVariants(Quantity.One, "V");
        var begin = shop.Now;
        var list = await shop.AddPriced("LIST", Assignee.All, 5, "V");
        shop.Time.Advance(TimeSpan.FromHours(1));
        await shop.Upsert(list, new PriceInput("V", UnitPrice: new Amount(6_0000)));

        Assert.Equal(["6 13", "5 12"], await Told(shop, variants, begin));
        await shop.In(services => services.GetRequiredService<Writes>().RunUnrecorded(
            async () => await services.GetRequiredService<WholesaleDb>().Events.ExecuteDeleteAsync()));

        Assert.Equal(["6 12"], await Told(shop, variants, begin));
    }

    [Fact]
    public async Task A_new_revision_of_the_same_price_is_no_period_of_its_own()
    {
        await using var shop = new ShopHost();
        await shop.InitializeAsync();
        var variants = await shop.AddVariants(Quantity.One, "V");
        var begin = shop.Now;
        var list = await shop.AddPriced("LIST", Assignee.All, 5, "V");
        shop.Time.Advance(TimeSpan.FromHours(3));
        await shop.Upsert(list, new PriceInput("V", UnitPrice: new Amount(5_0000), SourceRevision: 7));

        Assert.Equal(2, await shop.Read(db => db.Events.CountAsync(e => e.Type == PricingEvents.PricesChanged)));
        Assert.Equal(["5 12"], await Told(shop, variants, begin));
        Assert.Equal(["5 13"], await Told(shop, variants, begin.AddHours(1)));
    }

    [Theory(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rows_of_few_variants_are_sought_by_variant_now_and_in_all_versions(bool inAllVersions)
    {
        await using var shop = new ShopHost();
        await shop.InitializeAsync();
        var variants = await shop.AddVariants(Quantity.One, "V");
        await shop.AddPriced("LIST", Assignee.All, 5, "V");
        await shop.Prices(variants);
        var statements = new List<string>();
        void Note(string sql) => statements.Add(sql);
        shop.Statements.Executing += Note;
        Task read = inAllVersions ? Told(shop, variants, shop.Now) : shop.PricesInTransaction(variants);
        await read;
        shop.Statements.Executing -= Note;

        var plan = await shop.Plan(statements.Single(sql => sql.Contains("\"PriceListEntries\"", StringComparison.Ordinal)));

        Assert.Contains(plan, step => step.Contains("VariantId=?", StringComparison.Ordinal));
    }

    private static Task<List<string>> Told(ShopHost shop, IReadOnlyList<Variant> variants, DateTime since) => shop.In(async services =>
    {
        var history = await services.GetRequiredService<PriceHistory>().Of(
            Batch<Variant>.Of([.. variants], (i, error) => throw new Xunit.Sdk.XunitException(error.Message)),
            null, since, 250, TestCaller.Of(), CancellationToken.None);
        return history[0].Select(period => $"{period.UnitPrice?.TenThousandths / 1_0000} {period.From:HH}").ToList();
    });

    private static async Task Edit(ShopHost shop, Random random, List<PriceList> lists, List<PriceListAssignment> given)
    {
        var list = random.Next(3);
        switch (random.Next(10))
        {
            case 0 or 1:
                given.Add(await shop.AddAssignment(
                    lists[list], Places[random.Next(4)], random.Next(2), random.Next(2) == 0 ? null : Hours(-8, 8), random.Next(2) == 0 ? null : Hours(9, 20)));
                break;
            case 2:
                var taken = new NodeId(nameof(PriceListAssignment), given[random.Next(given.Count)].Id);
                await shop.Write((PriceListWrites writes) => writes.Unassign(new(taken), default));
                break;
            case 3 when list > 0:
                var rule = new PriceAdjustmentRuleInput(null, new Amount(random.Next(-20, 20) * 1_0000), new Amount(0));
                var isAlone = random.Next(3) == 0;
                await shop.Write((PriceListTermsWrites writes) => writes.SetAdjustments(
                    new(PriceReader.IdOf(lists[list]), isAlone ? [] : [rule], isAlone ? null : PriceReader.IdOf(lists[random.Next(list)])), default));
                break;
            default:
                var (from, to) = (random.Next(2) == 0 ? (DateTime?)null : Hours(-6, 6), random.Next(2) == 0 ? (DateTime?)null : Hours(7, 15));
                var price = random.Next(5) == 0 ? (Amount?)null : new Amount(random.Next(1, 9) * 1_0000);
                await shop.Write((PriceListWrites writes) => writes.UpsertPrices(
                    new(PriceReader.IdOf(lists[list]), [new($"V{random.Next(1, 4)}", Quantity.Of(random.Next(2) == 0 ? 1 : 5), price, ValidFrom: from, ValidTo: to)]), default));
                break;
        }

        // Whole hours, so that rows follow and replace each other.
        DateTime Hours(int least, int below) => shop.Now.Date.AddHours(shop.Now.Hour + random.Next(least, below));
    }

    private static async Task<(DateTime At, long?[] UnitPrices)> Answer(ShopHost shop, IReadOnlyList<Variant> variants, Caller caller) =>
        (shop.Now, [.. (await shop.Prices(variants, Five, caller: caller)).Select(price => price?.UnitPrice.TenThousandths)]);
}

public sealed class PriceHistoryTests : IAsyncLifetime
{
    private const string History = "query($quantity: Quantity, $since: DateTime, $first: Int!) { variant(sku: \"TOOL-001-L\") { priceHistory(quantity: $quantity, since: $since, first: $first) { unitPrice { amount currency } from to } } }";

    private readonly Shop shop = new();

    public ValueTask InitializeAsync() => shop.InitializeAsync();

    public ValueTask DisposeAsync() => shop.DisposeAsync();

    [Fact]
    public async Task A_changed_price_begins_a_period_when_it_is_published()
    {
        var list = (await shop.Admin("{ priceList(externalId: \"usd\") { id } }")).GetProperty("priceList").GetProperty("id").GetString();
        var before = shop.Services.GetRequiredService<Clock>().UtcNow;
        await Upsert(list, "4.50");
        await Upsert(list, null);

        var periods = await Read(shop.Acme);
        var newest = await Read(shop.Acme, first: 1);
        var ofTen = await Read(shop.Acme, quantity: 10);

        // Newest first: none, 4.50, 1.00, and none before the shop was filled.
        Assert.Equal([null, "4.50", "1.00", null], periods.Select(Amount));
        Assert.Equal(JsonValueKind.Null, periods[0].GetProperty("to").ValueKind);
        Assert.Equal(periods.Take(3).Select(p => p.GetProperty("from").GetString()), periods.Skip(1).Select(p => p.GetProperty("to").GetString()));
        Assert.True(periods[1].GetProperty("from").GetDateTime() >= before.AddMilliseconds(-1) && periods[2].GetProperty("from").GetDateTime() < before);
        Assert.InRange(periods[3].GetProperty("from").GetDateTime(), before.AddYears(-1).AddMinutes(-1), before.AddYears(-1).AddMinutes(1));
        Assert.Equal(periods[0].GetRawText(), Assert.Single(newest).GetRawText());
        Assert.Equal(["0.905", null], ofTen.Select(Amount));
        Assert.Empty(await Read(shop.Newcomer));
    }

    [Fact]
    public async Task The_histories_of_many_variants_are_two_statements_more()
    {
        const string Many = "{ products(first: 100) { edges { node { variants(first: 20) { edges { node { priceHistory { from to unitPrice { amount } } } } } } } } }";
        await shop.Data(shop.Acme, Many);

        var best = int.MaxValue;
        for (var attempt = 0; attempt < 5 && best > 4; attempt++)
        {
            best = Math.Min(best, await shop.Statements(() => shop.Data(shop.Acme, Many)));
        }

        Assert.Equal(4, best);
    }

    [Theory]
    [InlineData(0, null, 50, "INVALID_QUANTITY")]
    [InlineData(1, "2199-01-01T00:00:00Z", 50, "INVALID_VALUE")]
    [InlineData(1, "2001-01-01T00:00:00Z", 50, "INVALID_VALUE")]
    [InlineData(1, null, 0, "INVALID_PAGE_SIZE")]
    public async Task What_is_out_of_range_is_refused(int quantity, string? since, int first, string code)
    {
        var (_, body) = await shop.Ask(shop.Acme, History, new { quantity, since, first });

        Assert.Contains($"\"{code}\"", body, StringComparison.Ordinal);
    }

    private async Task Upsert(string? list, string? unitPrice)
    {
        var payload = await shop.Admin(
            "mutation($input: UpsertPricesInput!) { upsertPrices(input: $input) { userErrors { code } } }",
            new { input = new { priceListId = list, prices = new[] { new { sku = "TOOL-001-L", unitPrice } } } });
        Assert.Equal("""{"upsertPrices":{"userErrors":[]}}""", payload.GetRawText());
    }

    private static string? Amount(JsonElement period) =>
        period.GetProperty("unitPrice") is { ValueKind: JsonValueKind.Object } price ? price.GetProperty("amount").GetString() : null;

    private async Task<List<JsonElement>> Read(string key, int? quantity = null, int first = 50) =>
        [.. (await shop.Data(key, History, new { quantity, first })).GetProperty("variant").GetProperty("priceHistory").EnumerateArray()];
}
