using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SQLitePCL;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Events;
using Wholesale.Pricing;

namespace Wholesale.Tests.Pricing;

public sealed class PriceChangeFeedTests : IAsyncLifetime
{
    private const string Changes = """
        query($after: String, $first: Int! = 250) {
          priceChanges(after: $after, first: $first) {
            edges { node { action sku variantId variant { sku } reason at before { unitPrice { amount } breaks { minimumQuantity } } after { unitPrice { amount } breaks { minimumQuantity } } } }
            pageInfo { hasNextPage endCursor }
          }
        }
        """;

    private readonly Shop shop = new();

    public ValueTask InitializeAsync() => shop.InitializeAsync();

    public ValueTask DisposeAsync() => shop.DisposeAsync();

    [Fact]
    public async Task Without_a_cursor_nothing_is_told_but_where_to_begin()
    {
        var (told, cursor, hasNextPage) = await Ask(shop.Acme, null);

        Assert.Empty(told);
        Assert.False(hasNextPage);
        Assert.Empty((await Ask(shop.Acme, cursor)).Told);
    }

    [Fact]
    public async Task A_new_price_is_told_once_with_what_it_was_and_why()
    {
        var (_, cursor, _) = await Ask(shop.Acme, null);
        await SetPrice("usd", "TOOL-007-L", "6.5");
        await SetPrice("eur", "TOOL-008-L", "6.5");
        await SetPrice("usd", "TOOL-009-S", "1");
        await SetPrice("usd", "TOOL-009-S", "9");

        var (told, next, _) = await Ask(shop.Acme, cursor);

        var change = Assert.Single(told);
        Assert.Equal(
            ("SET", "TOOL-007-L", "TOOL-007-L", "PRICE", "7.00", "6.50"),
            (
                Text(change, "action"), Text(change, "sku"), Text(change.GetProperty("variant"), "sku"), Text(change, "reason"),
                Text(change.GetProperty("before").GetProperty("unitPrice"), "amount"), Text(change.GetProperty("after").GetProperty("unitPrice"), "amount")));
        Assert.Equal(2, change.GetProperty("before").GetProperty("breaks").GetArrayLength());
        Assert.Empty((await Ask(shop.Acme, next)).Told);
    }

    [Fact]
    public async Task What_goes_is_told_as_removed_to_those_who_saw_it_and_to_nobody_else()
    {
        var (acme, spielwaren) = ((await Ask(shop.Acme, null)).Cursor, (await Ask(shop.Spielwaren, null)).Cursor);
        await shop.Import("products", """{"sku":"TOOL-001","status":"ARCHIVED"}""", """{"sku":"TOY-001","status":"ARCHIVED"}""");
        await SetPrice("eur", "TOOL-002-L", "1");

        var (told, next, _) = await Ask(shop.Acme, acme);

        Assert.Equal(["TOOL-001-L", "TOOL-001-S", "TOY-001-L", "TOY-001-S"], told.Select(change => Text(change, "sku")!).Order());
        Assert.All(told, change => Assert.Equal(("REMOVE", "CATALOG", JsonValueKind.Null), (Text(change, "action"), Text(change, "reason"), change.GetProperty("variant").ValueKind)));
        Assert.Equal(["TOY-001-L", "TOY-001-S"], (await Ask(shop.Spielwaren, spielwaren)).Told.Select(change => Text(change, "sku")!).Order());

        await shop.Import("products", """{"sku":"TOOL-001","status":"ACTIVE"}""");

        Assert.All((await Ask(shop.Acme, next)).Told, change => Assert.Equal(("SET", "CATALOG"), (Text(change, "action"), Text(change, "reason"))));
    }

    [Fact]
    public async Task Pages_go_through_one_turn_by_variant()
    {
        var (_, cursor, _) = await Ask(shop.Acme, null);
        foreach (var i in Enumerable.Range(11, 5))
        {
            await SetPrice("usd", $"TOOL-0{i}-S", "3");
        }

        var (first, second, more) = await Ask(shop.Acme, cursor, 3);
        await SetPrice("usd", "TOOL-011-S", "4");
        await SetPrice("usd", "TOOL-015-S", "4");
        var (rest, end, isMore) = await Ask(shop.Acme, second, 3);
        var (late, _, _) = await Ask(shop.Acme, end, 3);

        Assert.Equal((3, true, 2, false), (first.Count, more, rest.Count, isMore));
        Assert.All(rest, change => Assert.Equal("3.00", Text(change.GetProperty("after").GetProperty("unitPrice"), "amount")));
        Assert.Equal(["TOOL-011-S", "TOOL-015-S"], late.Select(change => Text(change, "sku")));
    }

    [Fact]
    public async Task Who_sees_no_prices_is_told_of_none_until_it_sees_them()
    {
        var (_, cursor, _) = await Ask(shop.Newcomer, null);
        await SetPrice("usd", "TOOL-007-L", "6.5");

        var (told, next, _) = await Ask(shop.Newcomer, cursor);
        await shop.Import("companies", """{"externalId":"newcomer","verification":"VERIFIED"}""");
        var (all, _, _) = await Ask(shop.Newcomer, next, 1000);

        Assert.Empty(told);
        Assert.Equal(640, all.Count);
        Assert.All(all, change => Assert.Equal(("SET", "CUSTOMER", JsonValueKind.Null), (Text(change, "action"), Text(change, "reason"), change.GetProperty("before").ValueKind)));
    }

    [Fact]
    public async Task A_cursor_of_what_is_not_kept_any_more_asks_to_begin_anew()
    {
        var (_, cursor, _) = await Ask(shop.Acme, null);
        await SetPrice("usd", "TOOL-007-L", "6.5");
        await SetPrice("usd", "TOOL-007-L", "6.6");
        var (_, next, _) = await Ask(shop.Acme, cursor);
        await using (var scope = shop.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<WholesaleDb>();
            var newest = await db.Events.MaxAsync(e => e.Number, TestContext.Current.CancellationToken);
            await db.Events.Where(e => e.Number < newest).ExecuteDeleteAsync(TestContext.Current.CancellationToken);
        }

        Assert.Contains("\"SNAPSHOT_REQUIRED\"", (await shop.Ask(shop.Acme, Changes, new { after = cursor })).Body, StringComparison.Ordinal);
        Assert.Empty((await Ask(shop.Acme, next)).Told);
        var ahead = PriceChangeCursor.Behind(new LogMoment(1_000_000, new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc))).ToString();
        Assert.Contains("\"SNAPSHOT_REQUIRED\"", (await shop.Ask(shop.Acme, Changes, new { after = ahead })).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staff_is_told_of_the_prices_that_everyone_has()
    {
        var after = (await shop.Data(shop.StaffKey, Changes, path: "/admin/graphql")).GetProperty("priceChanges").GetProperty("pageInfo").GetProperty("endCursor").GetString();
        await SetPrice("gold-usd", "TOOL-007-L", "6.5");
        await SetPrice("usd", "TOOL-008-L", "6.5");
        await SetPrice("eur", "TOOL-008-L", "6.5");

        var edges = (await shop.Data(shop.StaffKey, Changes, new { after }, "/admin/graphql")).GetProperty("priceChanges").GetProperty("edges");

        Assert.Equal("TOOL-008-L", Text(Assert.Single(edges.EnumerateArray()).GetProperty("node"), "sku"));
    }

    [Theory]
    [InlineData("nonsense", 10, "INVALID_CURSOR")]
    [InlineData(null, 0, "INVALID_PAGE_SIZE")]
    [InlineData(null, 1001, "INVALID_PAGE_SIZE")]
    public async Task Bad_arguments_are_refused(string? after, int first, string code) =>
        Assert.Contains($"\"{code}\"", (await shop.Ask(shop.Acme, Changes, new { after, first })).Body, StringComparison.Ordinal);

    private async Task<(List<JsonElement> Told, string Cursor, bool HasNextPage)> Ask(string key, string? after, int first = 250)
    {
        var page = (await shop.Data(key, Changes, new { after, first })).GetProperty("priceChanges");
        var info = page.GetProperty("pageInfo");
        return (
            [.. page.GetProperty("edges").EnumerateArray().Select(edge => edge.GetProperty("node"))],
            info.GetProperty("endCursor").GetString()!,
            info.GetProperty("hasNextPage").GetBoolean());
    }

    private Task SetPrice(string list, string sku, string price) =>
        shop.Import("prices", $$"""{"priceList":"{{list}}","sku":"{{sku}}","minimumQuantity":1,"unitPrice":"{{price}}"}""");

    private static string? Text(JsonElement thing, string field) => thing.GetProperty(field).GetString();
}

/// <summary>What a turn of the feed costs, by the steps of the database's machine: time would tell of the machine.</summary>
public sealed class PriceChangeFeedWorkTests : IAsyncLifetime
{
    private const int Count = 4_000;

    private readonly ShopHost shop = new();

    public ValueTask InitializeAsync() => shop.InitializeAsync();

    public ValueTask DisposeAsync() => shop.DisposeAsync();

    [Fact(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    public async Task It_is_bounded_by_the_rows_touched_in_the_callers_own_lists()
    {
        await shop.Import("companies", """{"externalId":"c","name":"C","verification":"VERIFIED","users":[{"externalId":"u","name":"U","email":"u@x.test"}]}""");
        await shop.Import("products", [.. Enumerable.Range(0, Count).Select(i =>
            $$"""{"sku":"V{{i:00000}}","texts":[{"locale":"en","name":"V"}],"variants":[{"sku":"V{{i:00000}}"}]}""")]);
        var skus = Enumerable.Range(0, Count).Select(i => $"V{i:00000}").ToList();
        var own = await shop.AddPriced("OWN", Assignee.All, 5, skus);
        var foreign = await shop.AddPriced("FOREIGN", new Assignee(AssigneeLevel.Company, 1), 5, skus);
        var cursor = (await Read(null)).Page.PageInfo.EndCursor;

        await Edit(own, 1, 50);
        var few = await Read(cursor);
        foreach (var price in Enumerable.Range(10, 10))
        {
            await Edit(foreign, price, Count);
        }

        var beside = await Read(cursor);
        await Edit(own, 2, 500);
        var many = await Read(cursor);

        Assert.Equal((50, 50, 500), (few.Page.Edges.Count, beside.Page.Edges.Count, many.Page.Edges.Count));
        Assert.Equal(few.Statements, beside.Statements);
        TestContext.Current.TestOutputHelper!.WriteLine($"50 of {Count}: {few.Steps} steps; {10 * Count} rows touched elsewhere: {beside.Steps}; 500: {many.Steps}.");
        Assert.InRange(beside.Steps, 0, few.Steps * 1.05);
        Assert.InRange(many.Steps, few.Steps, few.Steps * 12);
        Assert.InRange(few.Steps, 0, Count * 3); // once through a list of so many rows is more
    }

    [Fact(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    public async Task Each_of_its_statements_seeks()
    {
        await shop.Import("companies", """{"externalId":"c","name":"C","verification":"VERIFIED","users":[{"externalId":"u","name":"U","email":"u@x.test"}]}""");
        await shop.Import("products", """{"sku":"V","texts":[{"locale":"en","name":"V"}],"variants":[{"sku":"V00000"}]}""");
        var list = await shop.AddPriced("LIST", Assignee.All, 5, "V00000");
        var cursor = (await Read(null)).Page.PageInfo.EndCursor;
        await Edit(list, 6, 1);
        await shop.Import("products", """{"sku":"V","publishedFrom":"2026-01-01T00:00:00Z"}""");
        var statements = new List<string>();
        await Read(cursor, statements.Add);

        var scans = new List<string>();
        foreach (var sql in statements.Skip(1).Distinct()) // the first asks for the ends of the log
        {
            scans.AddRange((await shop.Plan(sql)).Where(step => step.StartsWith("SCAN ", StringComparison.Ordinal)).Select(step => $"{step}: {sql}"));
        }

        // Lists of keys that were given, and what other steps found.
        string[] harmless = ["VIRTUAL TABLE", "SCAN CONSTANT ROW", "SCAN (subquery", "SCAN u", "SCAN p0"];
        Assert.DoesNotContain(scans, scan => !harmless.Any(part => scan.Split(':')[0].Contains(part, StringComparison.Ordinal)));
    }

    private async Task Edit(PriceList list, int euros, int count)
    {
        await shop.Upsert(list, [.. Enumerable.Range(0, count).Select(i => new PriceInput($"V{i:00000}", UnitPrice: new Amount(euros * 1_0000)))]);
    }

    private Task<(Connection<PriceChange> Page, long Steps, long Statements)> Read(string? after, Action<string>? note = null) => shop.In(async services =>
    {
        const int Stride = 10;
        var db = services.GetRequiredService<WholesaleDb>();
        var user = await db.CompanyUsers.SingleAsync();
        var caller = await services.GetRequiredService<Callers>().Of(db, new Principal(PrincipalKind.CompanyUser, 1, user.Id, "u", PermissionSet.All), default);
        await db.Database.OpenConnectionAsync();
        var handle = ((SqliteConnection)db.Database.GetDbConnection()).Handle!;
        var (steps, statements) = (0L, shop.Statements.Total);
        raw.sqlite3_progress_handler(handle, Stride, _ => (int)((steps += Stride) * 0), null);
        shop.Statements.Executing += note;
        var page = await services.GetRequiredService<PriceChangeFeed>().Read(after, 1_000, caller, default);
        shop.Statements.Executing -= note;
        raw.sqlite3_progress_handler(handle, 0, null, null);
        return (page, steps, shop.Statements.Total - statements);
    });
}
