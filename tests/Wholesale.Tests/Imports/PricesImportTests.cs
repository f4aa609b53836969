using System.Net.Sockets;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Platform;
using Wholesale.Pricing;

namespace Wholesale.Tests.Imports;

public sealed class PricesImportTests : IAsyncLifetime
{
    private readonly ShopHost shop = new();
    private PriceList list = null!;

    public async ValueTask InitializeAsync()
    {
        await shop.InitializeAsync();
        await shop.AddVariants(Quantity.One, [.. Enumerable.Range(0, 3_000).Select(i => $"V{i}")]);
        list = await shop.AddPriceList("LIST");
    }

    public ValueTask DisposeAsync() => shop.DisposeAsync();

    [Fact]
    public async Task A_file_is_one_version_and_one_event_of_each_list_however_many_batches()
    {
        var other = await shop.AddPriceList("OTHER");

        var report = await shop.Import("prices", [.. Rows(3_000, 5), Row("OTHER", "V0", 6)]);

        Assert.Equal(Counts(3_001, applied: 3_001), report);
        Assert.Equal([1L, 1L], await shop.Read(db => db.PriceLists.Select(l => l.PriceVersion).ToListAsync()));
        Assert.Equal(
            [list.Id, other.Id],
            (await shop.Read(db => db.Events.Where(e => e.Type == PricingEvents.PricesChanged).Select(e => e.SubjectId).ToListAsync())).Order());
    }

    [Fact]
    public async Task The_same_file_again_makes_no_version_and_no_event()
    {
        await shop.Import("prices", Rows(2_000, 5));
        var events = await shop.Read(db => db.Events.CountAsync());

        Assert.Equal(Counts(2_000, applied: 2_000), await shop.Import("prices", Rows(2_000, 5)));

        Assert.Equal(events, await shop.Read(db => db.Events.CountAsync()));
        Assert.Equal(2_000, await shop.Read(db => db.PriceListEntries.CountAsync()));
        Assert.Equal((1, null), await VersionAndWriter());
    }

    [Fact]
    public async Task Bad_rows_are_reported_with_their_paths()
    {
        var report = await shop.Import(
            "prices",
            Row("LIST", "V0", 5),
            Row("NONE", "V0", 5),
            Row("LIST", "UNKNOWN", 5),
            Row("LIST", "V1", -5),
            """{"priceList":"LIST","sku":"V2","unitPrice":"5","currency":"USD"}""",
            """{"priceList":"LIST","sku":"V2","unitPrice":"5","currency":"XXX"}""",
            """{"priceList":"LIST","sku":"V2","unitPrice":true}""",
            """{"priceList":"LIST","sku":"V2","price":"5"}""",
            """{"sku":"V2","unitPrice":"5"}""");

        Assert.Equal(
            """
            {"row":2,"status":"FAILED","key":"NONE/V0","errors":[{"code":"NOT_FOUND","message":"There is no price list \"NONE\".","path":["priceList"]}]}
            {"row":3,"status":"FAILED","key":"LIST/UNKNOWN","errors":[{"code":"NOT_FOUND","message":"There is no variant with the SKU \"UNKNOWN\".","path":["sku"]}]}
            {"row":4,"status":"FAILED","key":"LIST/V1","errors":[{"code":"INVALID_VALUE","message":"A price is 0 or more, not -5.","path":["unitPrice"]}]}
            {"row":5,"status":"FAILED","key":"LIST/V2","errors":[{"code":"CURRENCY_MISMATCH","message":"The list's prices are in EUR, not in USD.","path":["currency"]}]}
            {"row":6,"status":"FAILED","key":"V2","errors":[{"code":"INVALID_VALUE","message":"\"currency\" must be a currency code of ISO 4217, as in \"EUR\", not \"XXX\".","path":["currency"]}]}
            {"row":7,"status":"FAILED","key":"V2","errors":[{"code":"INVALID_VALUE","message":"\"unitPrice\" must be a decimal number with at most 4 decimals and 14 digits before the point, as in \"12.5\", not true.","path":["unitPrice"]}]}
            {"row":8,"status":"FAILED","key":"V2","errors":[{"code":"INVALID_VALUE","message":"There is no field \"price\".","path":["price"]}]}
            {"row":9,"status":"FAILED","key":"V2","errors":[{"code":"INVALID_VALUE","message":"The field \"priceList\" is missing.","path":["priceList"]}]}
            {"received":9,"applied":1,"skipped":0,"failed":8}

            """,
            report);
    }

    [Fact]
    public async Task Rows_out_of_order_come_to_the_newest_revision()
    {
        string Revision(int revision, string price) => $$"""{"priceList":"LIST","sku":"V0","unitPrice":{{price}},"sourceRevision":{{revision}}}""";

        var report = await shop.Import("prices", Revision(3, "3"), Revision(1, "1"), Revision(4, "null"), Revision(2, "2"));

        Assert.Equal(
            """
            {"row":2,"status":"SKIPPED","key":"LIST/V0","errors":[]}
            {"row":4,"status":"SKIPPED","key":"LIST/V0","errors":[]}
            {"received":4,"applied":2,"skipped":2,"failed":0}

            """,
            report);
        Assert.Equal(0, await shop.Read(db => db.PriceListEntries.CountAsync(e => e.UnitPrice != null)));
    }

    [Fact]
    public async Task A_minimum_quantity_of_one_is_the_same_said_or_not()
    {
        var report = await shop.Import("prices", Row("LIST", "V0", 5), """{"priceList":"LIST","sku":"V0","minimumQuantity":1,"unitPrice":6}""");

        Assert.Equal(Counts(2, applied: 2), report);
        Assert.Equal([60_000L], await shop.Read(db => db.PriceListEntries.Select(e => e.UnitPrice!.Value).ToListAsync()));
    }

    [Fact]
    public async Task A_price_that_is_shortened_first_may_be_followed()
    {
        await shop.Import("prices", Row("LIST", "V0", 5));

        var report = await shop.Import(
            "prices",
            """{"priceList":"LIST","sku":"V0","unitPrice":5,"validTo":"2027-01-01T00:00:00Z"}""",
            """{"priceList":"LIST","sku":"V0","unitPrice":6,"validFrom":"2027-01-01T00:00:00Z"}""",
            """{"priceList":"LIST","sku":"V0","unitPrice":7,"validFrom":"2026-12-31T00:00:00Z"}""");

        Assert.Equal(
            """{"row":3,"status":"FAILED","key":"LIST/V0","errors":[{"code":"OVERLAPPING_VALIDITY","message":"Another price from 1 on would hold at the same time: end it before this one begins.","path":["validFrom"]}]}"""
            + "\n" + Counts(3, applied: 2, failed: 1),
            report);
    }

    [Fact]
    public async Task Two_lists_are_written_by_two_imports_at_once()
    {
        var other = await shop.AddPriceList("OTHER");
        var body = new System.IO.Pipelines.Pipe();
        using var content = new StreamContent(body.Reader.AsStream());
        var first = shop.Import("prices", content);
        await body.Writer.WriteAsync(Encoding.UTF8.GetBytes(string.Join('\n', Rows(1_500, 5)) + "\n"));
        await Eventually.Holds(async () => (await VersionAndWriter()).Writer is not null);

        Assert.Equal(Counts(1, applied: 1), await shop.Import("prices", Row("OTHER", "V0", 6)));
        Assert.Equal(1, (await shop.Read(db => db.PriceLists.SingleAsync(l => l.Id == other.Id))).PriceVersion);
        Assert.Equal(0, (await VersionAndWriter()).Version);

        await body.Writer.CompleteAsync();
        using var response = await first;
        Assert.Equal(Counts(1_500, applied: 1_500), await response.Content.ReadAsStringAsync());
        Assert.Equal((1, null), await VersionAndWriter());
    }

    [Fact]
    public async Task A_file_keeps_all_its_lists_for_as_long_as_it_goes_on()
    {
        await shop.AddPriceList("OTHER");
        var body = new System.IO.Pipelines.Pipe();
        using var content = new StreamContent(body.Reader.AsStream());
        var import = shop.Import("prices", content);
        await Send(Rows(1_500, 5), "LIST");
        for (var price = 1; price <= 3; price++)
        {
            shop.Time.Advance(StagedPrices.WriterLease / 2);
            await Send([.. Rows(1_500, price).Select(row => row.Replace("LIST", "OTHER", StringComparison.Ordinal))], "OTHER");
        }

        var refused = await shop.Write((PriceListWrites lists) => lists.UpsertPrices(
            new(new NodeId(nameof(PriceList), list.Id), [new PriceInput("V0", UnitPrice: new Amount(9_0000))]), default));
        Assert.Equal("PRICE_LIST_BUSY", Assert.Single(refused.UserErrors).Code);

        await body.Writer.CompleteAsync();

        using var response = await import;
        Assert.Equal(Counts(6_000, applied: 6_000), await response.Content.ReadAsStringAsync());

        async Task Send(IReadOnlyList<string> rows, string listWritten)
        {
            await body.Writer.WriteAsync(Encoding.UTF8.GetBytes(string.Join('\n', rows) + "\n"));
            await Eventually.Holds(async () => (await shop.Read(db => db.PriceLists.SingleAsync(l => l.ExternalId == listWritten))).WriterUntil > shop.Now + (StagedPrices.WriterLease * 0.9));
        }
    }

    [Fact]
    public async Task A_connection_that_breaks_off_leaves_nothing()
    {
        await shop.Import("prices", Rows(10, 5));

        await BreakOff(Rows(2_500, 6));

        await EventuallyFree();
        Assert.Equal(10, await shop.Read(db => db.PriceListEntries.CountAsync()));
        Assert.Equal((1, null), await VersionAndWriter());
        Assert.Equal(Counts(10, applied: 10), await shop.Import("prices", Rows(10, 7)));
    }

    [Fact]
    public async Task What_a_killed_import_left_is_undone_before_the_next()
    {
        await shop.Import("prices", Rows(10, 5));
        await LeaveBehind(Row("LIST", "V0", 6), Row("LIST", "V2000", 6));
        Assert.Equal(12, await shop.Read(db => db.PriceListEntries.CountAsync()));

        var next = shop.Import("prices", Row("LIST", "V1", 7));
        await UntilWaiting(next);
        shop.Time.Advance(StagedPrices.WriterLease);

        Assert.Equal(Counts(1, applied: 1), await next);
        Assert.Equal(11, await shop.Read(db => db.PriceListEntries.CountAsync()));
        Assert.Equal(10, await shop.Read(db => db.PriceListEntries.CountAsync(e => e.ToVersion == null)));
    }

    [Fact]
    public async Task A_list_that_stays_with_another_import_is_reported_busy()
    {
        await LeaveBehind(Row("LIST", "V0", 6));

        var import = shop.Import("prices", Row("LIST", "V1", 7), Row("LIST", "V2", 7));
        await Eventually.Holds(async () =>
        {
            await shop.Read(db => db.PriceLists.ExecuteUpdateAsync(l => l.SetProperty(p => p.WriterUntil, shop.Now + StagedPrices.WriterLease)));
            shop.Time.Advance(TimeSpan.FromSeconds(1));
            return import.IsCompleted;
        });

        var report = await import;
        Assert.Contains("\"row\":1,\"status\":\"FAILED\",\"key\":\"LIST/V1\",\"errors\":[{\"code\":\"PRICE_LIST_BUSY\"", report, StringComparison.Ordinal);
        Assert.EndsWith(Counts(2, failed: 2), report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_pauses_too_long_may_lose_its_list_and_says_so()
    {
        var body = new System.IO.Pipelines.Pipe();
        using var content = new StreamContent(body.Reader.AsStream());
        var import = shop.Import("prices", content);
        await body.Writer.WriteAsync(Encoding.UTF8.GetBytes(string.Join('\n', Rows(1_500, 5)) + "\n"));
        await Eventually.Holds(async () => (await VersionAndWriter()).Writer is not null);

        shop.Time.Advance(StagedPrices.WriterLease);
        await shop.Write((PriceListWrites lists) => lists.UpsertPrices(
            new(new NodeId(nameof(PriceList), list.Id), [new PriceInput("V0", UnitPrice: new Amount(9_0000))]), default));
        await body.Writer.CompleteAsync();

        using var response = await import;
        Assert.Equal(
            """
            {"row":null,"status":"FAILED","key":"LIST","errors":[{"code":"PRICE_LIST_BUSY","message":"The price list \"LIST\" was taken over by another writer while this file paused; none of its prices were kept.","path":["priceList"]}]}
            """
            + "\n",
            string.Concat((await response.Content.ReadAsStringAsync()).Split('\n').Where(l => l.Contains("\"row\":null", StringComparison.Ordinal)).Select(l => l + "\n")));
        Assert.EndsWith(Counts(1_500, failed: 1_500), await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal([90_000L], await shop.Read(db => db.PriceListEntries.Select(e => e.UnitPrice!.Value).ToListAsync()));
    }

    /// <summary>Sends a head that promises more than comes, and hangs up once the server has begun to write.</summary>
    private async Task BreakOff(IReadOnlyList<string> rows)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(shop.Address.Host, shop.Address.Port);
        var body = Encoding.UTF8.GetBytes(string.Join('\n', rows));
        var key = await shop.KeyOf(PermissionSet.All);
        var head = $"""
            POST /imports/prices HTTP/1.1
            Host: {shop.Address.Authority}
            X-Api-Key: {key}
            Content-Type: application/x-ndjson
            Content-Length: {body.Length + 1_000}


            """.ReplaceLineEndings("\r\n");
        await socket.SendAsync(Encoding.ASCII.GetBytes(head));
        await socket.SendAsync(body);
        await Eventually.Holds(async () => (await VersionAndWriter()).Writer is not null);

        socket.LingerState = new LingerOption(enable: true, seconds: 0);
    }

    /// <summary>Writes as an import does whose process is killed then.</summary>
    private Task LeaveBehind(params string[] rows) => shop.In(async services =>
    {
        var staged = services.GetRequiredService<StagedPrices>();
        var taken = Assert.Single(await staged.Take([list.Id], writerId: 1, default));
        var inputs = rows.Select(r => System.Text.Json.JsonSerializer.Deserialize<Wholesale.Imports.PriceImportRow>(r, Json.Options)!.Input).ToList();
        return await staged.Stage([(taken, inputs)], writerId: 1, default);
    });

    /// <summary>Gives an import the time to come to the list and find it taken.</summary>
    private static async Task UntilWaiting(Task import)
    {
        await Task.WhenAny(import, Task.Delay(500));
        Assert.False(import.IsCompleted);
    }

    private Task EventuallyFree() => Eventually.Holds(async () => (await VersionAndWriter()).Writer is null);

    private async Task<(long Version, long? Writer)> VersionAndWriter()
    {
        var current = await shop.Read(db => db.PriceLists.SingleAsync(l => l.Id == list.Id));
        return (current.PriceVersion, current.WriterId);
    }

    private static string[] Rows(int count, int price) => [.. Enumerable.Range(0, count).Select(i => Row("LIST", $"V{i}", price))];

    private static string Row(string list, string sku, int price) => $$"""{"priceList":"{{list}}","sku":"{{sku}}","unitPrice":"{{price}}"}""";

    private static string Counts(int received, int applied = 0, int skipped = 0, int failed = 0) =>
        $$"""{"received":{{received}},"applied":{{applied}},"skipped":{{skipped}},"failed":{{failed}}}""" + "\n";
}
