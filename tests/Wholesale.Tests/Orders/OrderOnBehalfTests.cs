using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Wholesale.Platform;
using Wholesale.Tests.Carts;

namespace Wholesale.Tests.Orders;

/// <summary>The seller's representative orders for a buyer: with an access token, as that buyer, and the log tells who it was.</summary>
public sealed class OrderOnBehalfTests(LifeShop shop) : IClassFixture<LifeShop>
{
    private const string Create = "mutation($input: CreateAccessTokenInput!) { createAccessToken(input: $input) { accessToken expiresAt userErrors { code } } }";

    [Fact]
    public async Task A_representative_orders_for_a_buyer_at_its_prices_and_the_order_is_the_buyers()
    {
        await shop.ImportRows("price-lists", new { externalId = "acme-own", name = "acme's own", currency = "USD", assignments = new[] { new { company = "acme", validFrom = "2020-01-01T00:00:00Z" } } });
        await shop.ImportRows("prices", new { priceList = "acme-own", sku = "TOOL-170-L", minimumQuantity = 1, unitPrice = "120" });
        var (keyId, key) = await Representative("rep of prices", Permission.AccessTokensCreate);
        var (userId, token) = await TokenFor("buyer", key);
        var (credit, from) = (decimal.Parse(await shop.ReservedCredit(), System.Globalization.CultureInfo.InvariantCulture), await LastEvent());

        var cart = await As(token, "createCart", "CreateCartInput", new { name = "by phone", details = new { paymentMethod = "ON_ACCOUNT" } }, "cart { id user { externalId } }");
        var cartId = cart.GetProperty("cart").GetProperty("id").GetString();
        var added = await As(token, "addCartLines", "AddCartLinesInput", new { cartId, lines = new[] { new { sku = "TOOL-170-L", quantity = 2 } } }, "lines { price { unitPrice { amount } listPrice { amount } source } } cart { total { amount } }");
        var total = added.GetProperty("cart").GetProperty("total").GetProperty("amount").GetString();
        var placed = await As(token, "placeOrder", "PlaceOrderInput", new { cartId, expectedTotal = total }, "order { id }");

        Assert.Equal("buyer", cart.GetProperty("cart").GetProperty("user").GetProperty("externalId").GetString());
        Assert.Equal("""[{"price":{"unitPrice":{"amount":"120.00"},"listPrice":{"amount":"170.00"},"source":"COMPANY"}}]""", added.GetProperty("lines").GetRawText());
        var order = placed.GetProperty("order");
        var orderId = order.GetProperty("id").GetString()!;
        Assert.Equal(
            """{"user":{"externalId":"buyer"},"company":{"externalId":"acme"},"lines":{"edges":[{"node":{"sku":"TOOL-170-L","unitPrice":{"amount":"120.00"}}}]},"timeline":{"edges":[{"node":{"kind":"PLACED","by":"SELLER"}}]}}""",
            (await shop.Read(orderId, "user { externalId } company { externalId } lines { edges { node { sku unitPrice { amount } } } } timeline { edges { node { kind by } } }")).GetRawText());
        Assert.Equal("null", (await shop.Read(orderId, "id", shop.Second)).GetRawText());
        Assert.Equal(credit + decimal.Parse(total!, System.Globalization.CultureInfo.InvariantCulture), decimal.Parse(await shop.ReservedCredit(), System.Globalization.CultureInfo.InvariantCulture));
        var events = await Events(from, "CART_CHANGED", "ORDER_PLACED");
        Assert.Equal(["CART_CHANGED", "CART_CHANGED", "CART_CHANGED", "ORDER_PLACED"], events.Select(e => e.GetProperty("type").GetString()).Order(StringComparer.Ordinal));
        Assert.All(events, e => Assert.Equal(
            ("STAFF", keyId, userId), (e.GetProperty("actorKind").GetString(), e.GetProperty("actorId").GetString(), e.GetProperty("onBehalfOf").GetString())));

        await shop.Cancel(shop.Acme, new { orderId });
        Assert.Equal(
            """{"status":"CANCELLED","timeline":{"edges":[{"node":{"kind":"PLACED","by":"SELLER"}},{"node":{"kind":"CANCELLED","by":"BUYER"}}]}}""",
            (await shop.Read(orderId, "status timeline { edges { node { kind by } } }")).GetRawText());
    }

    [Fact]
    public async Task Credit_and_budgets_of_the_buyer_count_and_another_buyers_do_not()
    {
        await shop.ImportRows(
            "budgets", new { company = "acme", externalId = "of-second", name = "Of second", scope = "USER", user = "second", amount = "500", currency = "USD", period = "YEAR", startsOn = "2026-01-01", policy = "BLOCK" });
        var (_, key) = await Representative("rep of budgets", Permission.AccessTokensCreate);
        var ((_, second), (_, buyer)) = (await TokenFor("second", key), await TokenFor("buyer", key));

        var within = await Order(second, "ON_ACCOUNT", 2);
        var beyond = await Order(second, "ON_ACCOUNT", 2);
        var other = await Order(buyer, "ON_ACCOUNT", 2);
        var onAccount = await Order(buyer, "ON_ACCOUNT", 600);
        var spent = (await shop.Data(shop.Second, "{ budgets { externalId currentPeriod { spent { amount } } } }")).GetProperty("budgets").GetRawText();

        Assert.Empty(CartShop.Errors(within));
        Assert.Equal(["BUDGET_EXCEEDED total"], CartShop.Errors(beyond));
        Assert.Empty(CartShop.Errors(other));
        Assert.Equal(["CREDIT_LIMIT_EXCEEDED"], CartShop.Errors(onAccount));
        Assert.Contains("\"externalId\":\"of-second\",\"currentPeriod\":{\"spent\":{\"amount\":\"366.80\"}}", spent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_representative_orders_again_what_the_buyer_had_and_takes_back_what_it_may_take_back()
    {
        var order = await shop.Order(("TOOL-172-L", 3m));
        var (_, key) = await Representative("rep of orders", Permission.AccessTokensCreate);
        var (_, token) = await TokenFor("buyer", key);

        var again = await As(token, "reorder", "ReorderInput", new { orderId = order }, "cart { user { externalId } } lines { sku quantity } changeCount");
        var frequent = await Body(token, "{ frequentlyOrdered { variant { sku } } }");
        var back = await As(token, "cancelOrder", "CancelOrderInput", new { orderId = order }, "order { status }");
        var later = await shop.Confirmed(("TOOL-173-L", 1m));
        var tooLate = await As(token, "cancelOrder", "CancelOrderInput", new { orderId = later.OrderId }, "order { status }");

        Assert.Equal("""{"cart":{"user":{"externalId":"buyer"}},"lines":[{"sku":"TOOL-172-L","quantity":3}],"changeCount":0,"userErrors":[]}""", again.GetRawText());
        Assert.Contains("TOOL-172-L", frequent.Text, StringComparison.Ordinal);
        Assert.Empty(CartShop.Errors(back));
        Assert.Equal(
            """{"status":"CANCELLED","timeline":{"edges":[{"node":{"kind":"PLACED","by":"BUYER"}},{"node":{"kind":"CANCELLED","by":"SELLER"}}]}}""",
            (await shop.Read(order, "status timeline { edges { node { kind by } } }")).GetRawText());
        Assert.Equal(["INVALID_ORDER_STATUS"], CartShop.Errors(tooLate));
    }

    [Fact]
    public async Task A_token_is_its_user_and_nobody_else_whatever_the_key_may_do()
    {
        var order = await shop.Order(("TOOL-174-L", 1m));
        var (_, everything) = await Representative("rep of everything");
        var (_, narrow) = await Representative("rep of tokens", Permission.AccessTokensCreate);
        var (_, reader) = await Representative("rep without tokens", Permission.OrdersRead);
        var ((_, second), (viewerId, viewer)) = (await TokenFor("second", everything), await TokenFor("viewer", narrow));
        const string Read = "query($id: ID!) { order(id: $id) { number } }";

        Assert.Equal((HttpStatusCode.OK, """{"data":{"order":null}}"""), await Body(second, Read, new { id = order }));
        Assert.Equal(HttpStatusCode.Forbidden, (await Body(second, "{ me { kind } }", path: "/admin/graphql")).Status);
        Assert.Contains("Cannot query field", (await Body(second, "mutation { createAccessToken(input: {companyUserId: \"x\"}) { expiresAt } }")).Text, StringComparison.Ordinal);
        Assert.Contains("\"FORBIDDEN\"", (await Body(viewer, "mutation { createCart(input: {}) { cart { id } } }")).Text, StringComparison.Ordinal);
        Assert.Contains("\"FORBIDDEN\"", (await shop.Ask(reader, Create, new { input = new { companyUserId = viewerId } }, "/admin/graphql")).Body, StringComparison.Ordinal);
        Assert.Contains("""{"order":null}""", (await shop.Ask(narrow, Read, new { id = order }, "/admin/graphql")).Body, StringComparison.Ordinal);
        Assert.Equal(["INVALID_VALUE"], CartShop.Errors(await shop.Mutate(everything, "reorder", "ReorderInput", new { orderId = order }, "cart { id }")));
    }

    [Fact]
    public async Task Revoking_the_key_ends_its_tokens_at_once_and_a_quarter_of_an_hour_ends_any()
    {
        var (keyId, key) = await Representative("rep who left", Permission.AccessTokensCreate);
        var (_, other) = await Representative("rep who stays", Permission.AccessTokensCreate);
        var ((_, ended), (_, lasting)) = (await TokenFor("buyer", key), await TokenFor("buyer", other));
        const string Me = "{ me { user { externalId } } }";
        Assert.Equal(HttpStatusCode.OK, (await Body(ended, Me)).Status);

        var revoked = await shop.Staff("revokeApiKey", "RevokeApiKeyInput", new { apiKeyId = keyId }, "apiKey { id }");
        var (afterRevoking, still) = ((await Body(ended, Me)).Status, (await Body(lasting, Me)).Status);
        shop.Clock.Advance(TimeSpan.FromMinutes(15));

        Assert.Empty(CartShop.Errors(revoked));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (afterRevoking, still));
        Assert.Equal(HttpStatusCode.Unauthorized, (await Body(lasting, Me)).Status);
    }

    private async Task<JsonElement> Order(string token, string paymentMethod, int quantity)
    {
        var cart = await As(token, "createCart", "CreateCartInput", new { details = new { paymentMethod } }, "cart { id }");
        var cartId = cart.GetProperty("cart").GetProperty("id").GetString();
        var added = await As(token, "addCartLines", "AddCartLinesInput", new { cartId, lines = new[] { new { sku = "TOOL-171-L", quantity } } }, "cart { total { amount } }");
        return await As(token, "placeOrder", "PlaceOrderInput", new { cartId, expectedTotal = added.GetProperty("cart").GetProperty("total").GetProperty("amount").GetString() }, "order { number }");
    }

    /// <summary>A staff key, as the seller makes one for a representative.</summary>
    private async Task<(string Id, string Secret)> Representative(string name, params Permission[] permissions)
    {
        var named = permissions.Length == 0 ? null : permissions.Select(permission => JsonNamingPolicy.SnakeCaseUpper.ConvertName(permission.ToString()));
        var created = await shop.Staff("createApiKey", "CreateApiKeyInput", new { name, permissions = named }, "apiKey { id } secret");
        Assert.Empty(CartShop.Errors(created));
        return (created.GetProperty("apiKey").GetProperty("id").GetString()!, created.GetProperty("secret").GetString()!);
    }

    private async Task<(string UserId, string Token)> TokenFor(string user, string key)
    {
        var users = (await shop.Admin("""{ company(externalId: "acme") { users { id externalId } } }""")).GetProperty("company").GetProperty("users").EnumerateArray();
        var companyUserId = users.Single(u => u.GetProperty("externalId").GetString() == user).GetProperty("id").GetString()!;
        var created = (await shop.Data(key, Create, new { input = new { companyUserId } }, "/admin/graphql")).GetProperty("createAccessToken");
        Assert.Empty(created.GetProperty("userErrors").EnumerateArray());
        return (companyUserId, created.GetProperty("accessToken").GetString()!);
    }

    private async Task<JsonElement> As(string token, string mutation, string inputType, object input, string fields)
    {
        var (status, body) = await Body(token, $"mutation($input: {inputType}!) {{ {mutation}(input: $input) {{ {fields} userErrors {{ code message path }} }} }}", new { input });
        using var json = JsonDocument.Parse(body);
        Assert.True(status == HttpStatusCode.OK && !json.RootElement.TryGetProperty("errors", out _), $"{(int)status} {body}");
        return json.RootElement.GetProperty("data").GetProperty(mutation).Clone();
    }

    private async Task<(HttpStatusCode Status, string Text)> Body(string token, string query, object? variables = null, string path = "/graphql")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(new { query, variables }) };
        request.Headers.Add("Authorization", $"Bearer {token}");
        using var response = await shop.Client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private async Task<long> LastEvent() => (await shop.Admin("{ events { last } }")).GetProperty("events").GetProperty("last").GetInt64();

    private async Task<List<JsonElement>> Events(long after, params string[] types) =>
        [.. (await shop.Admin("query($after: Long, $types: [EventType!]) { events(after: $after, types: $types) { events { type actorKind actorId onBehalfOf } } }", new { after, types })).GetProperty("events").GetProperty("events").EnumerateArray()];
}
