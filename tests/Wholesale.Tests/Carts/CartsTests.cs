using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Wholesale.Tests.Carts;

/// <summary>Carts as a front-end has them: opened, described, shared, listed, deleted.</summary>
public sealed class CartsTests(CartShop shop) : IClassFixture<CartShop>
{
    [Fact]
    public async Task A_cart_is_opened_in_the_callers_currency_under_a_free_name()
    {
        var key = await shop.CreateBuyerKey("spielwaren");

        var first = await shop.Mutate(key, "createCart", "CreateCartInput", new { }, "cart { name status currency lineCount version subtotal { amount currency } user { externalId } unit { externalId } }");
        var second = await shop.Mutate(key, "createCart", "CreateCartInput", new { }, "cart { name createdAt expiresAt }");

        Assert.Equal(
            """{"name":"Cart","status":"OPEN","currency":"EUR","lineCount":0,"version":1,"subtotal":{"amount":"0.00","currency":"EUR"},"user":{"externalId":"buyer"},"unit":{"externalId":"hq"}}""",
            first.GetProperty("cart").GetRawText());
        var cart = second.GetProperty("cart");
        Assert.Equal("Cart 2", cart.GetProperty("name").GetString());
        Assert.Equal(cart.GetProperty("createdAt").GetDateTimeOffset().AddDays(90), cart.GetProperty("expiresAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task Names_are_unique_among_a_users_open_carts_and_currencies_are_those_that_it_has_prices_in()
    {
        var key = shop.Rival;
        await shop.Mutate(key, "createCart", "CreateCartInput", new { name = "Spring" }, "cart { id }");

        var again = await shop.Mutate(key, "createCart", "CreateCartInput", new { name = "Spring" }, "cart { id }");
        var inYen = await shop.Mutate(key, "createCart", "CreateCartInput", new { currency = "JPY" }, "cart { id }");
        var blank = await shop.Mutate(key, "createCart", "CreateCartInput", new { name = "a\tb" }, "cart { id }");

        Assert.Equal(["ALREADY_EXISTS name"], CartShop.Errors(again));
        Assert.Equal(["INVALID_VALUE currency"], CartShop.Errors(inYen));
        Assert.Equal(["INVALID_VALUE name"], CartShop.Errors(blank));
    }

    [Fact]
    public async Task A_company_that_is_not_verified_opens_no_cart_and_a_viewer_may_not()
    {
        var pending = await shop.Mutate(shop.Newcomer, "createCart", "CreateCartInput", new { }, "cart { id }");
        var (status, body) = await shop.Ask(shop.Viewer, "mutation { createCart(input: {}) { cart { id } } }");

        Assert.Equal(["COMPANY_NOT_VERIFIED"], CartShop.Errors(pending));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("\"code\":\"FORBIDDEN\"", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_cart_says_of_itself_is_kept_and_null_clears_it()
    {
        await shop.Mutate(
            shop.Boss,
            "upsertReferenceFields",
            "UpsertReferenceFieldsInput",
            new { fields = new object[] { new { code = "project", label = "Project", pattern = "P-[0-9]{3}" }, new { code = "plant", label = "Plant", options = new[] { "north", "south" } } } },
            "referenceFields { code position }");
        var ids = await shop.Data(shop.Acme, "{ me { addresses { id externalId } company { paymentTerms { id externalId } } } }");
        var yard = ids.GetProperty("me").GetProperty("addresses").EnumerateArray().Single(a => a.GetProperty("externalId").GetString() == "yard").GetProperty("id").GetString();
        var net60 = ids.GetProperty("me").GetProperty("company").GetProperty("paymentTerms").EnumerateArray().Single(t => t.GetProperty("externalId").GetString() == "net60").GetProperty("id").GetString();
        var id = await shop.OpenCart();
        const string Fields = "cart { version purchaseOrderNumber costCenter jobCode note requestedDeliveryDate paymentMethod references { code value } shipToAddress { externalId } billToAddress { externalId } paymentTerm { externalId } }";

        var said = await shop.Mutate(shop.Acme, "updateCart", "UpdateCartInput", new
        {
            cartId = id,
            details = new
            {
                purchaseOrderNumber = "PO-7",
                costCenter = "4711",
                jobCode = "J1",
                note = "Ring\ntwice",
                requestedDeliveryDate = "2026-03-20",
                paymentMethod = "ON_ACCOUNT",
                references = new[] { new { code = "project", value = "P-123" }, new { code = "plant", value = "north" } },
                shipToAddressId = yard,
                paymentTermId = net60,
            },
        }, Fields);
        var cleared = await shop.Mutate(shop.Acme, "updateCart", "UpdateCartInput", new
        {
            cartId = id,
            details = new { jobCode = (string?)null, shipToAddressId = (string?)null, paymentTermId = (string?)null, references = Array.Empty<object>() },
        }, Fields);

        Assert.Equal(
            """{"version":2,"purchaseOrderNumber":"PO-7","costCenter":"4711","jobCode":"J1","note":"Ring\ntwice","requestedDeliveryDate":"2026-03-20","paymentMethod":"ON_ACCOUNT","references":[{"code":"plant","value":"north"},{"code":"project","value":"P-123"}],"shipToAddress":{"externalId":"yard"},"billToAddress":{"externalId":"dock"},"paymentTerm":{"externalId":"net60"}}""",
            said.GetProperty("cart").GetRawText());
        Assert.Equal(
            """{"version":3,"purchaseOrderNumber":"PO-7","costCenter":"4711","jobCode":null,"note":"Ring\ntwice","requestedDeliveryDate":"2026-03-20","paymentMethod":"ON_ACCOUNT","references":[],"shipToAddress":{"externalId":"dock"},"billToAddress":{"externalId":"dock"},"paymentTerm":{"externalId":"net30"}}""",
            cleared.GetProperty("cart").GetRawText());
    }

    [Fact]
    public async Task What_is_wrong_with_it_is_reported_at_its_place_and_nothing_of_it_is_kept()
    {
        var id = await shop.OpenCart();
        var rivals = (await shop.Admin("""{ company(externalId: "rival") { id } }""")).GetProperty("company").GetProperty("id").GetString();

        var payload = await shop.Mutate(shop.Acme, "updateCart", "UpdateCartInput", new
        {
            cartId = id,
            details = new
            {
                purchaseOrderNumber = new string('x', 65),
                costCenter = "fine",
                requestedDeliveryDate = "2026-02-28",
                shipToAddressId = rivals,
                paymentTermId = "nonsense",
                references = new[] { new { code = "nothing", value = "x" } },
            },
        }, "cart { version costCenter }");

        Assert.Equal(
            ["INVALID_VALUE details.purchaseOrderNumber", "INVALID_VALUE details.requestedDeliveryDate", "NOT_FOUND details.shipToAddressId", "NOT_FOUND details.paymentTermId", "NOT_FOUND details.references.0.code"],
            CartShop.Errors(payload));
        Assert.Equal("""{"version":1,"costCenter":null}""", payload.GetProperty("cart").GetRawText());
        Assert.Equal("""{"version":1,"costCenter":null}""", (await shop.Cart(id, "version costCenter")).GetRawText());
    }

    [Fact]
    public async Task A_change_that_was_decided_upon_another_version_is_refused_and_a_change_that_changes_nothing_writes_nothing()
    {
        var id = await shop.OpenCart();
        var events = await shop.Events("CART_CHANGED");

        var late = await shop.Mutate(shop.Acme, "updateCart", "UpdateCartInput", new { cartId = id, expectedVersion = 7, name = "Late" }, "cart { version }");
        var same = await shop.Mutate(shop.Acme, "updateCart", "UpdateCartInput", new { cartId = id, expectedVersion = 1, details = new { costCenter = (string?)null } }, "cart { version }");

        Assert.Equal(["CONFLICT expectedVersion"], CartShop.Errors(late));
        Assert.Empty(CartShop.Errors(same));
        Assert.Equal(1, same.GetProperty("cart").GetProperty("version").GetInt32());
        Assert.Equal(events, await shop.Events("CART_CHANGED"));
    }

    [Fact]
    public async Task A_shared_cart_is_filled_by_others_of_the_company_and_keeps_the_prices_of_its_own_unit()
    {
        var own = await shop.OpenCart();
        var shared = await shop.OpenCart(isShared: true);

        var byOther = await shop.Add(shop.Other, shared, [("TOOL-001-S", 5)]);
        var notShared = await shop.Add(shop.Other, own, [("TOOL-001-S", 5)]);
        var byOwner = await shop.Cart(shared, "lines { edges { node { sku quantity price { unitPrice { amount } } } } }");
        var asOther = await shop.Cart(shared, "lines { edges { node { sku quantity price { unitPrice { amount } } } } }", shop.Other);
        var takeOver = await shop.Mutate(shop.Other, "updateCart", "UpdateCartInput", new { cartId = shared, isShared = false }, "cart { isShared }");
        var delete = await shop.Mutate(shop.Other, "deleteCart", "DeleteCartInput", new { cartId = shared }, "deletedCartId");

        Assert.Empty(CartShop.Errors(byOther));
        Assert.Equal(["NOT_FOUND cartId"], CartShop.Errors(notShared));
        Assert.Equal("""{"lines":{"edges":[{"node":{"sku":"TOOL-001-S","quantity":5,"price":{"unitPrice":{"amount":"0.80"}}}}]}}""", byOwner.GetRawText());
        Assert.Equal(byOwner.GetRawText(), asOther.GetRawText());
        Assert.Equal(["INVALID_VALUE isShared"], CartShop.Errors(takeOver));
        Assert.Equal(["INVALID_VALUE cartId"], CartShop.Errors(delete));
    }

    [Fact]
    public async Task Of_a_shared_cart_a_reader_sees_the_variants_that_it_sees_itself()
    {
        await shop.ImportRows("companies", new
        {
            externalId = "acme",
            units = new[] { new { externalId = "nursery", name = "Nursery", parent = "hq" } },
            users = new[] { new { externalId = "nurse", name = "A Nurse", email = "nurse@acme.example", role = "BUYER", unit = "nursery" } },
        });
        await shop.ImportRows("catalog-views", new { externalId = "nursery", name = "Nursery", rules = new[] { new { action = "INCLUDE", category = "toys" } }, assignees = new[] { new { company = "acme", unit = "nursery" } } });
        var nurse = await shop.CreateBuyerKey("acme", "nurse");
        var shared = await shop.OpenCart(isShared: true);
        await shop.Add(shared, ("TOOL-001-S", 1m), ("TOY-001-S", 1m));

        var asNurse = await shop.Cart(shared, "lines { edges { node { sku variant { product { sku } } } } }", nurse);

        Assert.Equal(
            """{"lines":{"edges":[{"node":{"sku":"TOOL-001-S","variant":null}},{"node":{"sku":"TOY-001-S","variant":{"product":{"sku":"TOY-001"}}}}]}}""", asNurse.GetRawText());
    }

    [Fact]
    public async Task Another_companys_cart_is_answered_byte_for_byte_as_one_that_is_not_there()
    {
        var id = await shop.OpenCart(("TOOL-001-S", 1m));
        var line = (await shop.Cart(id, "lines { edges { node { id } } }")).GetProperty("lines").GetProperty("edges")[0].GetProperty("node").GetProperty("id").GetString()!;
        var unknown = new Wholesale.Platform.NodeId("Cart", 7).ToString();
        string[] mutations =
        [
            "mutation($id: ID!) { updateCart(input: {cartId: $id, name: \"x\"}) { cart { id } userErrors { code message path } } }",
            "mutation($id: ID!) { deleteCart(input: {cartId: $id}) { deletedCartId userErrors { code message path } } }",
            "mutation($id: ID!) { addCartLines(input: {cartId: $id, lines: [{sku: \"TOOL-001-S\", quantity: 1}]}) { cart { id } counts { failed } userErrors { code message path } } }",
            "mutation($id: ID!) { updateCartLines(input: {cartId: $id, lines: [{sku: \"TOOL-001-S\", quantity: 1}]}) { cart { id } userErrors { code message path } } }",
            "mutation($id: ID!) { removeCartLines(input: {cartId: $id, all: true}) { cart { id } removedCount userErrors { code message path } } }",
            "mutation($id: ID!) { importCart(input: {cartId: $id, rows: []}) { cart { id } userErrors { code message path } } }",
            "mutation($id: ID!) { acceptCartPrices(input: {cartId: $id}) { cart { id } userErrors { code message path } } }",
            "query($id: ID!) { cart(id: $id) { id } node(id: $id) { id } }",
        ];

        foreach (var document in mutations)
        {
            Assert.Equal(await shop.Ask(shop.Rival, document, new { id = unknown }), await shop.Ask(shop.Rival, document, new { id }));
        }

        var ofLine = await shop.Data(shop.Rival, "query($line: ID!) { node(id: $line) { id } carts { edges { node { id } } } }", new { line });
        Assert.DoesNotContain(id, ofLine.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, ofLine.GetProperty("node").ValueKind);
        Assert.Equal("1", (await shop.Cart(id, "lineCount")).GetProperty("lineCount").GetRawText());
    }

    [Fact]
    public async Task Carts_are_listed_last_changed_first_page_by_page_and_staff_sees_a_companys()
    {
        var key = shop.Rival;
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            shop.Clock.Advance(TimeSpan.FromSeconds(1));
            ids.Add(await shop.OpenCart(key));
        }

        shop.Clock.Advance(TimeSpan.FromSeconds(1));
        await shop.Mutate(key, "updateCart", "UpdateCartInput", new { cartId = ids[0], details = new { note = "again" } }, "cart { id }");

        var first = await shop.Data(key, "{ carts(first: 2) { edges { node { id } } pageInfo { hasNextPage endCursor } } }");
        var page = first.GetProperty("carts");
        var second = await shop.Data(key, "query($after: String) { carts(first: 1, after: $after) { edges { node { id } } } }", new { after = page.GetProperty("pageInfo").GetProperty("endCursor").GetString() });
        var ofStaff = await shop.Admin("""{ company(externalId: "rival") { carts(first: 1) { edges { node { id name user { externalId } } } } } }""");

        Assert.Equal([ids[0], ids[2]], page.GetProperty("edges").EnumerateArray().Select(e => e.GetProperty("node").GetProperty("id").GetString()!));
        Assert.True(page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean());
        Assert.Equal(ids[1], second.GetProperty("carts").GetProperty("edges")[0].GetProperty("node").GetProperty("id").GetString());
        Assert.Equal(ids[0], ofStaff.GetProperty("company").GetProperty("carts").GetProperty("edges")[0].GetProperty("node").GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_deleted_cart_is_gone_with_its_lines_and_an_event_tells_of_it()
    {
        var id = await shop.OpenCart(("TOOL-001-S", 1m));
        var events = await shop.Events("CART_DELETED");

        var deleted = await shop.Mutate(shop.Acme, "deleteCart", "DeleteCartInput", new { cartId = id }, "deletedCartId");
        var again = await shop.Mutate(shop.Acme, "deleteCart", "DeleteCartInput", new { cartId = id }, "deletedCartId");

        Assert.Equal(id, deleted.GetProperty("deletedCartId").GetString());
        Assert.Equal(["NOT_FOUND cartId"], CartShop.Errors(again));
        Assert.Equal(events + 1, await shop.Events("CART_DELETED"));
    }

    [Theory]
    [InlineData("createCart", "CreateCartInput", """{"name":"Cart "}""", "name")]
    [InlineData("createCart", "CreateCartInput", """{"name":"C","details":{"purchaseOrderNumber":"PO "}}""", "details.purchaseOrderNumber")]
    [InlineData("createCart", "CreateCartInput", """{"name":"C","details":{"costCenter":"C "}}""", "details.costCenter")]
    [InlineData("createCart", "CreateCartInput", """{"name":"C","details":{"jobCode":"J "}}""", "details.jobCode")]
    [InlineData("upsertReferenceFields", "UpsertReferenceFieldsInput", """{"fields":[{"code":"f ","label":"F"}]}""", "fields.0.code")]
    public async Task No_blank_ends_what_is_looked_up(string mutation, string inputType, string input, string path)
    {
        var payload = await shop.Mutate(shop.Boss, mutation, inputType, JsonDocument.Parse(input).RootElement, "__typename");

        Assert.Equal([$"INVALID_VALUE {path}"], CartShop.Errors(payload));
    }

    [Fact]
    public async Task Reference_fields_are_their_companys_own_and_what_is_wrong_with_them_is_told()
    {
        var bad = await shop.Mutate(shop.Boss, "upsertReferenceFields", "UpsertReferenceFieldsInput", new
        {
            fields = new object[]
            {
                new { code = "a", label = "A", pattern = "(?=x)" }, new { code = "b", label = "B", pattern = "(" }, new { code = "c", label = "C", options = Array.Empty<string>() }, new { code = "d" },
            },
        }, "counts { applied failed }");
        var byBuyer = await shop.Ask(shop.Acme, "mutation { upsertReferenceFields(input: {fields: []}) { counts { applied } } }");
        var byStaff = await shop.Admin("""mutation { upsertReferenceFields(input: {company: "rival", fields: [{code: "r", label: "R"}]}) { referenceFields { code } userErrors { code } } }""");
        var withoutCompany = await shop.Admin("""mutation { upsertReferenceFields(input: {fields: []}) { userErrors { code path } } }""");
        var rivals = await shop.Data(shop.Rival, "{ me { company { referenceFields { code label isRequired pattern options position isActive } } } }");

        Assert.Equal(["INVALID_VALUE fields.0.pattern", "INVALID_VALUE fields.1.pattern", "INVALID_VALUE fields.2.options", "INVALID_VALUE fields.3.label"], CartShop.Errors(bad));
        Assert.Contains("FORBIDDEN", byBuyer.Body, StringComparison.Ordinal);
        Assert.Empty(byStaff.GetProperty("upsertReferenceFields").GetProperty("userErrors").EnumerateArray());
        Assert.Equal(["INVALID_VALUE company"], CartShop.Errors(withoutCompany.GetProperty("upsertReferenceFields")));
        Assert.Equal(
            """{"me":{"company":{"referenceFields":[{"code":"r","label":"R","isRequired":false,"pattern":null,"options":null,"position":0,"isActive":true}]}}}""", rivals.GetRawText());
    }

    [Fact]
    public async Task A_cart_that_nobody_changes_is_deleted_after_its_time_and_an_ordered_one_never()
    {
        await using var alone = new CartShop();
        await alone.InitializeAsync();
        var (idle, used) = (await alone.OpenCart(("TOOL-001-S", 1m)), await alone.OpenCart(("TOOL-001-S", 1m)));
        alone.Clock.Advance(TimeSpan.FromDays(60));
        await alone.Add(used, ("TOOL-002-S", 1));
        alone.Clock.Advance(TimeSpan.FromDays(30));

        var purge = alone.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<Wholesale.Platform.HourlyPurge<Wholesale.Carts.Cart>>().Single();
        await purge.Purge(default);
        var carts = await alone.Data(alone.Acme, "{ carts { edges { node { id } } } }");

        Assert.Equal([used], carts.GetProperty("carts").GetProperty("edges").EnumerateArray().Select(e => e.GetProperty("node").GetProperty("id").GetString()!));
        Assert.Equal(1, await alone.Events("CART_DELETED"));
        Assert.Contains(idle, (await alone.Admin("{ events(types: [CART_DELETED], after: 0) { events { subjectId } } }")).GetRawText(), StringComparison.Ordinal);
    }
}
