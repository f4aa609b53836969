using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Carts;
using Wholesale.Imports;
using Wholesale.Platform;
using Wholesale.Tests.Carts;
using Wholesale.Tests.Fuzz;

namespace Wholesale.Tests.Imports;

/// <summary>The door for files that fill carts, as those who come through it see it.</summary>
public sealed class CartFilesTests(CartShop shop) : IClassFixture<CartShop>
{
    private const string Csv = "text/csv";

    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    [Fact]
    public async Task A_file_fills_a_cart_and_each_row_that_is_not_taken_is_reported_at_its_place()
    {
        var id = await shop.OpenCart(("TOOL-003-S", 1m));

        var (status, answer) = await Send(id, "sku;qty;comment\nTOOL-003-S;4;blue\n\nNOTHING;1;\nTOOL-004-S;two;\nTOOL-020-S;3;\nTOOL-003-S;5;\n");

        Assert.Equal(200, status);
        Assert.Equal(
            $$"""{"cartId":"{{id}}","version":3,"lineCount":1,"received":5,"applied":2,"failed":3,"rows":[{"row":4,"sku":"NOTHING","code":"NOT_FOUND","message":"There is no variant with the SKU \"NOTHING\".","path":["sku"]},{"row":5,"sku":"TOOL-004-S","code":"INVALID_VALUE","message":"Column \"qty\": \"two\" is no quantity from 0 to 999999999.999, in digits with at most three decimals behind a point.","path":["quantity"]},{"row":6,"sku":"TOOL-020-S","code":"BELOW_MINIMUM_QUANTITY",""",
            answer[..answer.IndexOf("\"message\":\"", answer.IndexOf("BELOW_MINIMUM_QUANTITY", StringComparison.Ordinal), StringComparison.Ordinal)]);
        Assert.Equal("""{"version":3,"lines":{"edges":[{"node":{"sku":"TOOL-003-S","quantity":10,"note":"blue"}}]}}""", (await shop.Cart(id, "version lines { edges { node { sku quantity note } } }")).GetRawText());
    }

    [Fact]
    public async Task A_workbook_fills_a_cart_too_and_replaces_what_was_there_where_it_is_to()
    {
        var id = await shop.OpenCart(("TOOL-001-S", 1m), ("TOOL-002-S", 2m));

        var (status, answer) = await Send(id, Workbook.Of(["Item", "Qty"], ["TOOL-002-S", 5], ["TOOL-005-S", 1], ["NOTHING", 1]), "?replace=true", Xlsx);

        Assert.Equal(200, status);
        Assert.Equal((3, 2, 1, 2), Counts(answer));
        Assert.Equal(
            """{"lines":{"edges":[{"node":{"sku":"TOOL-002-S","quantity":5}},{"node":{"sku":"TOOL-005-S","quantity":1}}]}}""", (await shop.Cart(id, "lines { edges { node { sku quantity } } }")).GetRawText());
    }

    [Fact]
    public async Task All_or_nothing_takes_nothing_where_one_row_cannot_be_read()
    {
        var id = await shop.OpenCart();

        var (status, answer) = await Send(id, "sku,quantity\nTOOL-001-S,1\nTOOL-002-S,x\nNOTHING,1\n", "?mode=ALL_OR_NOTHING");

        Assert.Equal(200, status);
        Assert.Equal((3, 0, 3, 0), Counts(answer));
        Assert.Equal(["3 INVALID_VALUE", "4 NOT_FOUND"], Rows(answer));
    }

    [Fact]
    public async Task Whoever_may_not_fill_carts_is_refused_and_whoever_sends_no_credential()
    {
        var id = await shop.OpenCart();

        Assert.Equal((401, "UNAUTHENTICATED"), Problem(await Send(id, "", key: "")));
        Assert.Equal((403, "FORBIDDEN"), Problem(await Send(id, "", key: shop.Viewer)));
        Assert.Equal((403, "FORBIDDEN"), Problem(await Send(id, "", key: shop.StaffKey)));
        Assert.Equal((403, "COMPANY_NOT_VERIFIED"), Problem(await Send(id, "", key: shop.Newcomer)));
        using var challenged = await Post(id, "", key: "");
        Assert.Equal(2, challenged.Headers.WwwAuthenticate.Count);
    }

    [Fact]
    public async Task A_cart_that_is_not_yours_is_answered_as_one_that_is_not_there()
    {
        var (own, shared, rivals) = (await shop.OpenCart(shop.Second), await shop.OpenCart(shop.Second, isShared: true), await shop.OpenCart(shop.Rival, isShared: true));
        const string File = "sku,quantity\nTOOL-001-S,1\n";
        await shop.Mutate(shop.Second, "deleteCart", "DeleteCartInput", new { cartId = await shop.OpenCart(shop.Second) is var gone ? gone : "" }, "deletedCartId");

        var answers = new[] { await Send(own, File), await Send(rivals, File), await Send(gone, File), await Send("nonsense", File), await Send(new NodeId("CartLine", 1).ToString(), File) };

        Assert.Equal((404, "NOT_FOUND"), Problem(answers[0]));
        Assert.Single(answers.Distinct());
        Assert.Equal(200, (await Send(shared, File)).Status);
        Assert.Equal(0, (await shop.Cart(own, "lineCount", shop.Second)).GetProperty("lineCount").GetInt32());
    }

    [Fact]
    public async Task A_cart_that_was_changed_meanwhile_or_ordered_is_left_as_it_is()
    {
        var id = await shop.OpenCart(("TOOL-001-S", 1m));
        const string File = "sku,quantity\nTOOL-001-S,1\n";

        var stale = await Send(id, File, "?expectedVersion=1");
        var current = await Send(id, File, "?expectedVersion=2");
        await using (var scope = shop.Services.CreateAsyncScope())
        {
            var key = NodeId.Parse(id).Key;
            await scope.ServiceProvider.GetRequiredService<WholesaleDb>().Carts.Where(c => c.Id == key).ExecuteUpdateAsync(set => set.SetProperty(c => c.Status, CartStatus.Ordered));
        }

        Assert.Equal((409, "CONFLICT"), Problem(stale));
        Assert.Equal(200, current.Status);
        Assert.Equal((409, "CART_NOT_OPEN"), Problem(await Send(id, File)));
    }

    [Theory]
    [InlineData("?replace=yes")]
    [InlineData("?mode=all_or_nothing")]
    [InlineData("?expectedVersion=x")]
    [InlineData("?expectedVersion=1&expectedVersion=2")]
    [InlineData("?replce=true")]
    public async Task A_query_that_is_misspelt_is_refused(string query) =>
        Assert.Equal((400, "INVALID_VALUE"), Problem(await Send(await shop.OpenCart(), "sku,quantity\n", query)));

    [Fact]
    public async Task Other_files_than_CSV_in_UTF_8_and_XLSX_are_415()
    {
        var id = await shop.OpenCart();

        Assert.Equal((415, "UNSUPPORTED_MEDIA_TYPE"), Problem(await Send(id, "", contentType: "application/json")));
        Assert.Equal((415, "UNSUPPORTED_MEDIA_TYPE"), Problem(await Send(id, "", contentType: "text/csv; charset=utf-16")));
        Assert.Equal((415, "UNSUPPORTED_MEDIA_TYPE"), Problem(await Send(id, "", contentType: null)));
        Assert.Equal(200, (await Send(id, "sku,qty\n", contentType: "Text/CSV; charset=\"UTF-8\"; header=present")).Status);
    }

    [Fact]
    public async Task A_file_of_more_than_2_MB_is_413_whether_it_says_so_or_not()
    {
        var id = await shop.OpenCart();
        var tooLarge = Encoding.UTF8.GetBytes("sku,qty\n" + new string('\n', CartFile.MaximumBytes));

        Assert.Equal((413, "FILE_TOO_LARGE"), Problem(await Send(id, tooLarge)));
        Assert.Equal((413, "FILE_TOO_LARGE"), Problem(await Send(id, tooLarge, isChunked: true)));
        Assert.Equal(200, (await Send(id, tooLarge[..CartFile.MaximumBytes], isChunked: true)).Status);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_changes_nothing_and_says_why()
    {
        var id = await shop.OpenCart();

        Assert.Equal((400, "INVALID_VALUE"), Problem(await Send(id, "TOOL-001-S,1\n")));
        Assert.Equal((400, "FILE_UNREADABLE"), Problem(await Send(id, "sku,qty\n", contentType: Xlsx)));
        Assert.Equal(1, (await shop.Cart(id, "version")).GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task A_file_of_5000_rows_is_taken_at_once_and_one_more_is_not()
    {
        var id = await shop.OpenCart();
        var rows = Enumerable.Range(0, 5_000).Select(i => new object?[] { $"TOOL-{(i % 200) + 100:000}-{"SL"[i / 200 % 2]}", 2 }).ToArray();
        var start = Stopwatch.GetTimestamp();

        var (status, answer) = await Send(id, Workbook.Of([["sku", "quantity"], .. rows]), contentType: Xlsx);

        TestContext.Current.TestOutputHelper?.WriteLine($"5,000 rows of XLSX in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms");
        Assert.Equal(200, status);
        Assert.Equal((5_000, 5_000, 0, 400), Counts(answer));
        Assert.Equal((400, "TOO_MANY_ROWS"), Problem(await Send(id, Workbook.Of([["sku", "quantity"], .. rows, ["TOOL-001-S", 1]]), contentType: Xlsx)));
    }

    [Fact]
    public async Task The_number_of_statements_does_not_hang_on_the_number_of_rows()
    {
        var (small, large) = (await shop.OpenCart(), await shop.OpenCart());
        string File(int rows) => "sku,quantity\n" + string.Concat(Enumerable.Range(1, rows).Select(i => $"TOOL-{i:000}-L,6\n"));
        await Send(await shop.OpenCart(), File(300)); // what is read once

        var few = await shop.Statements(() => Send(small, File(2)));
        var many = await shop.Statements(() => Send(large, File(300)));

        Assert.Equal(few, many);
        Assert.InRange(many, 1, 8);
    }

    [Fact]
    public async Task Sent_twice_with_an_idempotency_key_it_is_taken_once_and_answered_the_same()
    {
        var id = await shop.OpenCart();
        const string File = "sku,quantity\nTOOL-001-S,2\nNOTHING,1\n";
        var before = await shop.Events(CartEvents.CartChanged);

        using var first = await Post(id, File, idempotencyKey: "file-1");
        using var second = await Post(id, File, idempotencyKey: "file-1");
        var answer = await first.Content.ReadAsStringAsync();

        Assert.Equal(answer, await second.Content.ReadAsStringAsync());
        Assert.Equal((false, true), (first.Headers.Contains("Idempotent-Replayed"), second.Headers.Contains("Idempotent-Replayed")));
        Assert.Equal(before + 1, await shop.Events(CartEvents.CartChanged));
        Assert.Equal(2, Counts(answer).Received);
        Assert.Equal((422, "IDEMPOTENCY_KEY_REUSED"), Problem(await Send(id, File + "\n", idempotencyKey: "file-1")));
        Assert.Equal((422, "IDEMPOTENCY_KEY_REUSED"), Problem(await Send(id, File, "?replace=true", idempotencyKey: "file-1")));
        Assert.Equal((400, "IDEMPOTENCY_KEY_INVALID"), Problem(await Send(id, File, idempotencyKey: "a key")));
    }

    [Fact]
    public async Task A_key_whose_file_was_refused_is_free_again()
    {
        var id = await shop.OpenCart();

        var refused = await Send(id, "sku,quantity\nTOOL-001-S,2\n", "?expectedVersion=9", idempotencyKey: "file-2");
        var taken = await Send(id, "sku,quantity\nTOOL-001-S,2\n", "?expectedVersion=1", idempotencyKey: "file-2");

        Assert.Equal((409, "CONFLICT"), Problem(refused));
        Assert.Equal(200, taken.Status);
    }

    [Fact]
    public async Task Ten_copies_with_one_idempotency_key_at_once_are_taken_once()
    {
        var id = await shop.OpenCart();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Send(id, "sku,quantity\nTOOL-001-S,2\n", idempotencyKey: "file-3")));

        Assert.Single(answers.Distinct());
        Assert.Equal((200, 2), (answers[0].Status, (await shop.Cart(id, "version")).GetProperty("version").GetInt32()));
    }

    [Fact]
    public async Task Whatever_is_sent_is_never_an_error_of_the_server()
    {
        var id = await shop.OpenCart();
        var files = new CartFileGrammar(new Random(7));

        for (var i = 0; i < 150; i++)
        {
            var (file, isWorkbook) = files.Next();
            var (status, answer) = await Send(id, file, i % 2 == 0 ? "?replace=true" : "", isWorkbook ? Xlsx : Csv);
            Assert.True(status is 200 or 400 or 413, $"{status} {answer} {Convert.ToBase64String(file)}");
        }
    }

    private async Task<(int Status, string Body)> Send(
        string id, string file, string query = "", string? contentType = Csv, string? key = null, string? idempotencyKey = null)
    {
        using var response = await Post(id, file, query, contentType, key, idempotencyKey);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private async Task<(int Status, string Body)> Send(string id, byte[] file, string query = "", string? contentType = Csv, bool isChunked = false)
    {
        using var response = await Post(id, file, query, contentType, isChunked: isChunked);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private Task<HttpResponseMessage> Post(string id, string file, string query = "", string? contentType = Csv, string? key = null, string? idempotencyKey = null) =>
        Post(id, Encoding.UTF8.GetBytes(file), query, contentType, key, idempotencyKey);

    private async Task<HttpResponseMessage> Post(
        string id, byte[] file, string query, string? contentType, string? key = null, string? idempotencyKey = null, bool isChunked = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/carts/{id}/import{query}") { Content = isChunked ? new StreamContent(new Unseekable(file)) : new ByteArrayContent(file) };
        request.Content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        if (key != "")
        {
            request.Headers.Add("X-Api-Key", key ?? shop.Acme);
        }

        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return await shop.Client.SendAsync(request);
    }

    private static (int Status, string? Code) Problem((int Status, string Body) answer)
    {
        using var json = JsonDocument.Parse(answer.Body);
        Assert.Equal(answer.Status, json.RootElement.GetProperty("status").GetInt32());
        Assert.NotEmpty(json.RootElement.GetProperty("detail").GetString()!);
        return (answer.Status, json.RootElement.GetProperty("code").GetString());
    }

    private static (int Received, int Applied, int Failed, int Lines) Counts(string answer)
    {
        using var json = JsonDocument.Parse(answer);
        int Of(string name) => json.RootElement.GetProperty(name).GetInt32();
        return (Of("received"), Of("applied"), Of("failed"), Of("lineCount"));
    }

    private static List<string> Rows(string answer)
    {
        using var json = JsonDocument.Parse(answer);
        return [.. json.RootElement.GetProperty("rows").EnumerateArray().Select(row => $"{row.GetProperty("row")} {row.GetProperty("code")}")];
    }

    /// <summary>A body whose length is not known before it ends.</summary>
    private sealed class Unseekable(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
