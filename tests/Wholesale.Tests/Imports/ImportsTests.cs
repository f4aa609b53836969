using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;

namespace Wholesale.Tests.Imports;

/// <summary>What holds for every kind of file.</summary>
public sealed class ImportsTests : IAsyncLifetime
{
    private readonly ShopHost shop = new();

    public ValueTask InitializeAsync() => shop.InitializeAsync();

    public ValueTask DisposeAsync() => shop.DisposeAsync();

    [Fact]
    public async Task A_hundred_bad_rows_among_a_thousand_are_reported_and_the_others_taken()
    {
        var rows = Enumerable.Range(1, 1_000).Select(i => i % 10 == 0 ? $$"""{"externalId":"M{{i}}","name":"M","currency":"EURO"}""" : Market(i)).ToList();

        var report = (await shop.Import("markets", rows)).TrimEnd('\n').Split('\n');

        Assert.Equal(101, report.Length);
        Assert.Equal(
            """{"row":10,"status":"FAILED","key":"M10","errors":[{"code":"INVALID_VALUE","message":"\"currency\" must be a currency code of ISO 4217, as in \"EUR\", not \"EURO\".","path":["currency"]}]}""",
            report[0]);
        Assert.Equal("""{"received":1000,"applied":900,"skipped":0,"failed":100}""", report[^1]);
        Assert.Equal(900, await shop.Read(db => db.Markets.CountAsync()));
    }

    [Fact]
    public async Task A_file_longer_than_a_batch_is_taken_whole_and_repeating_it_changes_nothing()
    {
        var rows = Enumerable.Range(1, 2_500).Select(Market).ToList();

        Assert.Equal(Counts(2_500, applied: 2_500), await shop.Import("markets", rows));
        var events = await shop.Read(db => db.Events.CountAsync());
        Assert.Equal(Counts(2_500, applied: 2_500), await shop.Import("markets", rows));

        Assert.Equal(2_500, await shop.Read(db => db.Markets.CountAsync(m => m.Version == 1)));
        Assert.Equal(events, await shop.Read(db => db.Events.CountAsync()));
    }

    [Fact]
    public async Task A_file_that_ends_in_the_middle_of_a_row_is_taken_up_to_there()
    {
        var report = await shop.Import("markets", Market(1), Market(2), """{"externalId":"M3","na""");

        Assert.Equal(
            """{"row":3,"status":"FAILED","key":null,"errors":[{"code":"INVALID_VALUE","message":"The file ends in the middle of this row.","path":null}]}"""
            + "\n" + Counts(3, applied: 2, failed: 1),
            report);
        Assert.Equal(["M1", "M2"], await shop.Read(db => db.Markets.OrderBy(m => m.ExternalId).Select(m => m.ExternalId).ToListAsync()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n  \r\n")]
    public async Task An_empty_file_is_no_error(string body)
    {
        Assert.Equal(Counts(0), await shop.Import("markets", body));
    }

    [Fact]
    public async Task An_escaped_line_break_is_text_and_a_raw_one_breaks_the_row_in_two()
    {
        await shop.Import("categories", """{"externalId":"C","texts":[{"locale":"en","name":"C"}]}""");

        var report = await shop.Import(
            "products",
            """{"sku":"P","texts":[{"locale":"en","name":"P","description":"one\ntwo"}],"variants":[{"sku":"P"}]}""",
            "{\"sku\":\"Q\",\"texts\":[{\"locale\":\"en\",\"name\":\"Q\",\"description\":\"one\ntwo\"}],\"variants\":[{\"sku\":\"Q\"}]}");

        var lines = report.TrimEnd('\n').Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("""{"row":2,"status":"FAILED","key":null,"errors":[{"code":"INVALID_VALUE","message":"The line is not JSON, from its byte""", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("""{"row":3,"status":"FAILED","key":null,"errors":[{"code":"INVALID_VALUE","message":"The file ends""", lines[1], StringComparison.Ordinal);
        Assert.Equal(Counts(3, applied: 1, failed: 2), lines[2] + "\n");
        Assert.Equal("one\ntwo", await shop.Read(db => db.ProductTexts.Select(t => t.Description).FirstAsync()));
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_passed_over()
    {
        var report = await shop.Import("markets", Market(1), $$"""{"externalId":"{{new string('x', 1_100_000)}}"}""", Market(2));

        Assert.Equal(
            """{"row":2,"status":"FAILED","key":null,"errors":[{"code":"INVALID_VALUE","message":"The line has more than 1048576 bytes.","path":null}]}"""
            + "\n" + Counts(3, applied: 2, failed: 1),
            report);
    }

    [Fact]
    public async Task The_later_of_two_rows_with_one_key_counts()
    {
        var report = await shop.Import(
            "markets", """{"externalId":"M","name":"First","currency":"EUR"}""", Market(1), """{"externalId":"M","name":"Second","currency":"EUR"}""");

        Assert.Equal(Counts(3, applied: 3), report);
        Assert.Equal("Second", await shop.Read(db => db.Markets.Where(m => m.ExternalId == "M").Select(m => m.Name).SingleAsync()));
    }

    [Fact]
    public async Task Rows_out_of_order_are_skipped_by_their_revision()
    {
        await shop.Import("companies", """{"externalId":"C","name":"New","sourceRevision":2}""");

        var report = await shop.Import("companies", """{"externalId":"C","name":"Old","sourceRevision":1}""");

        Assert.Equal("""{"row":1,"status":"SKIPPED","key":"C","errors":[]}""" + "\n" + Counts(1, skipped: 1), report);
        Assert.Equal("New", await shop.Read(db => db.Companies.Select(c => c.Name).SingleAsync()));
    }

    [Fact]
    public async Task Gzip_is_understood_and_broken_gzip_is_an_error()
    {
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(Market(1)));
        }

        using var whole = new ByteArrayContent(packed.ToArray());
        whole.Headers.ContentEncoding.Add("gzip");
        using var taken = await shop.Import("markets", whole);
        Assert.Equal(Counts(1, applied: 1), await taken.Content.ReadAsStringAsync());

        using var broken = new ByteArrayContent([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
        broken.Headers.ContentEncoding.Add("gzip");
        using var refused = await shop.Import("markets", broken);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("BAD_ENCODING", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/x-ndjson", HttpStatusCode.OK)]
    [InlineData("application/jsonl; charset=utf-8", HttpStatusCode.OK)]
    [InlineData("application/json", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/x-ndjson; charset=utf-16", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("text/plain", HttpStatusCode.UnsupportedMediaType)]
    [InlineData(null, HttpStatusCode.UnsupportedMediaType)]
    public async Task Only_ndjson_is_taken(string? contentType, HttpStatusCode expected)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Market(1)));

        using var response = await shop.Import("markets", content, contentType);

        Assert.Equal(expected, response.StatusCode);
        if (expected == HttpStatusCode.OK)
        {
            Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task An_import_needs_a_staff_key_with_both_permissions_and_a_kind_that_there_is()
    {
        var importer = await shop.KeyOf(PermissionSet.Of(Permission.ImportsWrite));
        var writer = await shop.KeyOf(PermissionSet.Of(Permission.CompaniesWrite));
        var both = await shop.KeyOf(PermissionSet.Of(Permission.ImportsWrite, Permission.CompaniesWrite));

        Assert.Equal((403, "FORBIDDEN"), await Status("markets", importer));
        Assert.Equal((403, "FORBIDDEN"), await Status("markets", writer));
        Assert.Equal((403, "FORBIDDEN"), await Status("prices", both));
        Assert.Equal((404, "NOT_FOUND"), await Status("invoices", both));
        Assert.Equal((403, "FORBIDDEN"), await Status("invoices", writer));
        Assert.Equal((401, "UNAUTHENTICATED"), await Status("markets", "whk_nonsense"));
        Assert.Equal((401, "UNAUTHENTICATED"), await Status("markets", ""));
        Assert.Equal((200, null), await Status("markets", both));

        async Task<(int, string?)> Status(string kind, string key)
        {
            using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Market(1)));
            using var response = await shop.Import(kind, content, key: key);
            var body = await response.Content.ReadAsStringAsync();
            return ((int)response.StatusCode, response.IsSuccessStatusCode ? null : System.Text.Json.JsonDocument.Parse(body).RootElement.GetProperty("code").GetString());
        }
    }

    [Fact]
    public async Task A_report_of_many_rows_does_not_hold_up_the_reading()
    {
        // The client reads nothing before it has sent everything; the report is larger than all buffers between.
        var row = $$"""{"externalId":"M",{{string.Join(',', Enumerable.Range(0, 20).Select(i => $"\"unknown{i}\":{i}"))}}}""";
        var report = await shop.Import("markets", [.. Enumerable.Repeat(row, 8_000)]);

        Assert.EndsWith(Counts(8_000, failed: 8_000), report, StringComparison.Ordinal);
        Assert.Equal(8_001, report.Count(c => c == '\n'));
        Assert.True(report.Length > 10_000_000);
    }

    [Fact]
    public async Task A_file_may_be_larger_than_any_other_request()
    {
        var line = new string('x', 1_100_000);

        var report = await shop.Import("markets", [.. Enumerable.Repeat(line, 30), Market(1)]);

        Assert.EndsWith(Counts(31, applied: 1, failed: 30), report, StringComparison.Ordinal);
    }

    private static string Market(int i) => $$"""{"externalId":"M{{i}}","name":"Market","currency":"EUR"}""";

    private static string Counts(int received, int applied = 0, int skipped = 0, int failed = 0) =>
        $$"""{"received":{{received}},"applied":{{applied}},"skipped":{{skipped}},"failed":{{failed}}}""" + "\n";
}
