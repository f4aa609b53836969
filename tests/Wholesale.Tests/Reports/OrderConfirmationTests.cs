using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Snapshooter.Xunit;
using Wholesale.Platform;
using Wholesale.Reports;
using Wholesale.Tests.Orders;

namespace Wholesale.Tests.Reports;

/// <summary>What the seller confirmed of an order, as fields and as a page.</summary>
public sealed class OrderConfirmationTests : IAsyncLifetime
{
    private const string Fields = "confirmation { confirmedAt total { amount currency } page } lines { edges { node { sku quantity confirmedQuantity } } }";

    private readonly LifeShop shop = new();

    public ValueTask InitializeAsync() => shop.InitializeAsync();

    public ValueTask DisposeAsync() => shop.DisposeAsync();

    [Fact]
    public async Task It_is_without_what_was_cancelled_before_and_stays_whatever_is_cancelled_later()
    {
        var id = await shop.Order(("TOOL-045-S", 10m), ("TOOL-040-S", 2m));
        var before = await shop.Read(id, Fields);
        await shop.Cancel(shop.Acme, new { orderId = id, lines = new[] { new { sku = "TOOL-045-S", quantity = 4 } } });
        await shop.Confirm(new { orderId = id, deliveryDate = "2026-03-20" });
        var confirmed = await shop.Read(id, Fields);
        var page = await Page(shop.Acme, confirmed);
        await shop.Cancel(shop.StaffKey, new { orderId = id, lines = new[] { new { sku = "TOOL-045-S", quantity = 6 } } });

        Assert.Equal(JsonValueKind.Null, before.GetProperty("confirmation").ValueKind);
        Assert.Equal(
            """
            {"confirmation":{"confirmedAt":"2026-03-01T12:00:00Z","total":{"amount":"374.77","currency":"USD"},"page":"/exports/order-confirmation.html?number=ORD-000001"},"lines":{"edges":[{"node":{"sku":"TOOL-045-S","quantity":10,"confirmedQuantity":6}},{"node":{"sku":"TOOL-040-S","quantity":2,"confirmedQuantity":2}}]}}
            """,
            confirmed.GetRawText());
        Assert.Equal(confirmed.GetRawText(), (await shop.Read(id, Fields)).GetRawText());
        Assert.Equal(page, await Page(shop.Acme, confirmed));
        Assert.Equal(page, await Page(shop.StaffKey, confirmed));
        Snapshot.Match(page);
    }

    [Fact]
    public async Task A_page_is_in_the_reader_s_language_and_shows_texts_as_they_are()
    {
        var cart = await shop.OpenCart(details: new
        {
            paymentMethod = "BANK_TRANSFER",
            purchaseOrderNumber = "<b>4711</b>",
            costCenter = "R&D",
            jobCode = "\"7\"",
            note = "<script>alert(1)</script>\nGate 3",
            requestedDeliveryDate = "2026-03-09",
        });
        await shop.Mutate(shop.Acme, "addCartLines", "AddCartLinesInput", new { cartId = cart, lines = new[] { new { sku = "TOOL-003-S", quantity = 4, note = "One & <two>" } } }, "cart { id }");
        var order = (await shop.Place(cart, fields: "order { id number }")).GetProperty("order");
        await shop.Confirm(new { orderId = order.GetProperty("id").GetString() });

        using var response = await Get(shop.Acme, $"?number={order.GetProperty("number").GetString()}", "de-CH, en;q=0.5");
        var page = await response.Content.ReadAsStringAsync();

        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(["de"], response.Content.Headers.ContentLanguage);
        Assert.Equal("default-src 'none'; style-src 'unsafe-inline'", response.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-store, private", response.Headers.CacheControl!.ToString());
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Snapshot.Match(page);
    }

    [Fact]
    public async Task Nothing_that_becomes_of_the_order_changes_it()
    {
        var (id, fulfillments) = await shop.Confirmed(("TOOL-044-S", 6m), ("TOOL-045-S", 2m));
        var confirmed = await shop.Read(id, Fields);
        var page = await Page(shop.Acme, confirmed);
        await shop.Ship(new { fulfillmentId = fulfillments[0], externalId = "S-1", lines = new[] { new { sku = "TOOL-044-S", quantity = 1 } }, cancelRest = true });
        await shop.Cancel(shop.StaffKey, new { orderId = id, lines = new[] { new { sku = "TOOL-045-S", quantity = 1 } } });
        await shop.Deliver(new { externalId = "S-1", rejected = new[] { new { sku = "TOOL-044-S", quantity = 1 } } });

        Assert.NotEqual("0.00", (await shop.Read(id, "cancelledTotal { amount }")).GetProperty("cancelledTotal").GetProperty("amount").GetString());
        Assert.Equal(confirmed.GetRawText(), (await shop.Read(id, Fields)).GetRawText());
        Assert.Equal(page, await Page(shop.Acme, confirmed));
        await shop.AssertBooks();
    }

    [Fact]
    public async Task A_long_order_is_on_its_page_to_the_last_line()
    {
        var (id, _) = await shop.Confirmed([.. Enumerable.Range(51, 240).Select(i => ($"TOOL-{i:000}-S", 1m))]);

        var page = await Page(shop.Acme, await shop.Read(id, "confirmation { page }"));

        Assert.Equal(Enumerable.Range(51, 240).Select(i => $"<td class=\"n\">{i - 50}</td><td>TOOL-{i:000}-S<br>"), Regex.Matches(page, "<td class=\"n\">[0-9]+</td><td>TOOL-[0-9]+-S<br>").Select(match => match.Value));
    }

    [Fact]
    public async Task Orders_that_were_imported_were_not_confirmed_here()
    {
        await shop.ImportRows("orders", ImportedRow.Of("ERP-1"));

        var order = (await shop.Data(shop.Acme, "{ order(number: \"ERP-1\") { confirmedAt confirmation { page } } }")).GetProperty("order");

        Assert.Equal("""{"confirmedAt":"2024-05-02T08:00:00Z","confirmation":null}""", order.GetRawText());
        await AssertRefused(shop.Acme, "?number=ERP-1", HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task Who_does_not_see_the_order_gets_no_page()
    {
        var (id, _) = await shop.Confirmed(("TOOL-045-S", 1m));
        var number = (await shop.Read(id, "number")).GetProperty("number").GetString();
        var open = (await shop.Read(await shop.Order(("TOOL-045-S", 1m)), "number")).GetProperty("number").GetString();
        var prices = await shop.CreateStaffKey("prices", Permission.PricesRead);

        await AssertRefused(null, $"?number={number}", HttpStatusCode.Unauthorized, "UNAUTHENTICATED");
        await AssertRefused(shop.Rival, $"?number={number}", HttpStatusCode.NotFound, "NOT_FOUND");
        await AssertRefused(shop.Viewer, $"?number={number}", HttpStatusCode.Forbidden, "FORBIDDEN");
        await AssertRefused(shop.Second, $"?number={number}", HttpStatusCode.NotFound, "NOT_FOUND"); // a colleague that reads its own orders
        await AssertRefused(prices, $"?number={number}", HttpStatusCode.Forbidden, "FORBIDDEN");
        await AssertRefused(shop.Acme, $"?number={open}", HttpStatusCode.NotFound, "NOT_FOUND");
        await AssertRefused(shop.Acme, "?number=NONE", HttpStatusCode.NotFound, "NOT_FOUND");
        await AssertRefused(shop.Acme, "", HttpStatusCode.BadRequest, "INVALID_VALUE");
        await AssertRefused(shop.Acme, $"?number={number}&number={open}", HttpStatusCode.BadRequest, "INVALID_VALUE");
        await AssertRefused(shop.Acme, $"?number={number}&lang=de", HttpStatusCode.BadRequest, "INVALID_VALUE");
    }

    [Theory]
    [InlineData("pages", 8)]
    [InlineData("files", 2)]
    public async Task Pages_and_files_have_places_of_their_own(string kind, int places)
    {
        var (id, _) = await shop.Confirmed(("TOOL-045-S", 1m));
        var number = (await shop.Read(id, "number")).GetProperty("number").GetString();
        var company = NodeId.Parse((await shop.Read(id, "company { id }")).GetProperty("company").GetProperty("id").GetString()!).Key;
        var all = shop.Services.GetRequiredKeyedService<ExportPlaces>(kind);
        var taken = Enumerable.Range(0, places).Select(_ => all.TryEnter(PrincipalKind.CompanyUser, company)).ToList();
        Assert.DoesNotContain(null, taken);

        using var page = await Get(shop.Acme, $"?number={number}");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/exports/orders.csv");
        request.Headers.Add("X-Api-Key", shop.Acme);
        using var file = await shop.Client.SendAsync(request);

        var (full, free) = kind == "pages" ? (page, file) : (file, page);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (full.StatusCode, free.StatusCode));
        Assert.Equal(TimeSpan.FromSeconds(1), full.Headers.RetryAfter!.Delta);
        Assert.Contains("TOO_MANY_EXPORTS", await full.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<string> Page(string key, JsonElement order)
    {
        using var response = await Get(key, order.GetProperty("confirmation").GetProperty("page").GetString()!["/exports/order-confirmation.html".Length..]);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    private async Task AssertRefused(string? key, string query, HttpStatusCode status, string code)
    {
        using var response = await Get(key, query);
        Assert.Equal((status, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.Contains($"\"code\":\"{code}\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> Get(string? key, string query, string? languages = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/exports/order-confirmation.html{query}");
        if (key is not null)
        {
            request.Headers.Add("X-Api-Key", key);
        }

        if (languages is not null)
        {
            request.Headers.Add("Accept-Language", languages);
        }

        return await shop.Client.SendAsync(request);
    }
}
