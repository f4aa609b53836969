using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Wholesale.Tests.Carts;

/// <summary>Lines of carts: added by the thousand, changed, removed, imported; with what they cost now and what became of it.</summary>
public sealed class CartLinesTests(CartShop shop) : IClassFixture<CartShop>
{
    private const string Lines = "version lineCount lines(first: 100) { edges { node { sku quantity note price { unitPrice { amount } total { amount } nextBreak { addQuantity saving { amount } } } } } } subtotal { amount }";

    [Fact]
    public async Task Lines_are_added_by_SKU_and_by_id_and_a_variant_has_one_line_that_grows()
    {
        var variantId = (await shop.Data(shop.Acme, """{ variant(sku: "TOOL-002-L") { id } }""")).GetProperty("variant").GetProperty("id").GetString();
        var id = await shop.OpenCart();

        var payload = await shop.Mutate(shop.Acme, "addCartLines", "AddCartLinesInput", new
        {
            cartId = id,
            lines = new object[] { new { sku = "TOOL-003-S", quantity = 4, note = "blue" }, new { variantId, quantity = 2 }, new { sku = "TOOL-003-S", quantity = 5 } },
        }, "lines { sku quantity addedUnitPrice { amount } } counts { received applied failed }");
        await shop.Add(id, ("TOOL-003-S", 1));

        Assert.Empty(CartShop.Errors(payload));
        Assert.Equal("""[{"sku":"TOOL-003-S","quantity":9,"addedUnitPrice":{"amount":"3.00"}},{"sku":"TOOL-002-L","quantity":2,"addedUnitPrice":{"amount":"2.00"}}]""", payload.GetProperty("lines").GetRawText());
        Assert.Equal("""{"received":3,"applied":3,"failed":0}""", payload.GetProperty("counts").GetRawText());
        Assert.Equal(
            """{"version":3,"lineCount":2,"lines":{"edges":[{"node":{"sku":"TOOL-003-S","quantity":10,"note":"blue","price":{"unitPrice":{"amount":"2.905"},"total":{"amount":"29.05"},"nextBreak":null}}},{"node":{"sku":"TOOL-002-L","quantity":2,"note":null,"price":{"unitPrice":{"amount":"2.00"},"total":{"amount":"4.00"},"nextBreak":{"addQuantity":8,"saving":{"amount":"0.95"}}}}}]},"subtotal":{"amount":"33.05"}}""",
            (await shop.Cart(id, Lines)).GetRawText());
    }

    [Fact]
    public async Task Of_a_thousand_rows_with_fifty_bad_ones_950_are_taken_and_each_of_the_fifty_is_reported_at_its_place()
    {
        var id = await shop.OpenCart();
        var rows = Enumerable.Range(0, 1_000).Select(i => i % 20 == 7 ? ($"NOTHING-{i}", 1m) : i < 600 ? ($"TOOL-{(i / 2) + 1:000}-{"SL"[i % 2]}", 6m) : ($"TOOL-{((i - 600) / 2) + 1:000}-{"SL"[i % 2]}", 3m)).ToArray();

        var payload = await shop.Add(id, rows);

        Assert.Equal("""{"received":1000,"applied":950,"failed":50}""", payload.GetProperty("counts").GetRawText());
        Assert.Equal(Enumerable.Range(0, 1_000).Where(i => i % 20 == 7).Select(i => $"NOT_FOUND lines.{i}.sku"), CartShop.Errors(payload));
        var expected = rows.Where(row => row.Item1.StartsWith("TOOL", StringComparison.Ordinal)).GroupBy(row => row.Item1).Sum(group => group.Sum(row => row.Item2));
        var (count, sum) = await Sum(id);
        Assert.Equal(rows.Where(row => row.Item1.StartsWith("TOOL", StringComparison.Ordinal)).DistinctBy(row => row.Item1).Count(), count);
        Assert.Equal(expected, sum);
    }

    [Fact]
    public async Task All_or_nothing_takes_nothing_where_one_row_is_bad()
    {
        var id = await shop.OpenCart();

        var payload = await shop.Add(shop.Acme, id, [("TOOL-001-S", 1), ("NOTHING", 1)], "ALL_OR_NOTHING");

        Assert.Equal(["NOT_FOUND lines.1.sku"], CartShop.Errors(payload));
        Assert.Equal("""{"received":2,"applied":0,"failed":2}""", payload.GetProperty("counts").GetRawText());
        Assert.Equal("""{"version":1,"lineCount":0}""", (await shop.Cart(id, "version lineCount")).GetRawText());
    }

    [Fact]
    public async Task Quantity_rules_are_judged_by_what_a_line_then_holds_over_all_rows_of_the_call()
    {
        var id = await shop.OpenCart();

        var together = await shop.Add(id, ("TOOL-020-S", 3), ("TOOL-020-S", 3));
        var odd = await shop.Add(id, ("TOOL-020-S", 2), ("TOOL-001-S", 1));
        var tooMuch = await shop.Add(id, ("TOOL-020-S", 60));
        var other = await shop.OpenCart();
        var tooLittle = await shop.Add(other, ("TOOL-020-S", 3));
        var nothing = await shop.Add(other, ("TOOL-001-S", 0));

        Assert.Empty(CartShop.Errors(together));
        Assert.Equal(["INVALID_QUANTITY lines.0.quantity"], CartShop.Errors(odd));
        Assert.Equal(["ABOVE_MAXIMUM_QUANTITY lines.0.quantity"], CartShop.Errors(tooMuch));
        Assert.Equal(["BELOW_MINIMUM_QUANTITY lines.0.quantity"], CartShop.Errors(tooLittle));
        Assert.Equal(["INVALID_QUANTITY lines.0.quantity"], CartShop.Errors(nothing));
        Assert.Equal(2, (await shop.Cart(id, "lineCount")).GetProperty("lineCount").GetInt32());
    }

    [Fact]
    public async Task What_the_buyer_does_not_see_is_answered_as_what_is_not_there()
    {
        var id = await shop.OpenCart(shop.Spielwaren);
        var tool = (await shop.Data(shop.Acme, """{ variant(sku: "TOOL-001-S") { id } }""")).GetProperty("variant").GetProperty("id").GetString();

        var payload = await shop.Mutate(shop.Spielwaren, "addCartLines", "AddCartLinesInput", new
        {
            cartId = id,
            lines = new object[] { new { sku = "TOY-001-S", quantity = 1 }, new { sku = "TOOL-001-S", quantity = 1 }, new { variantId = tool, quantity = 1 }, new { variantId = "nonsense", quantity = 1 }, new { quantity = 1 }, new { sku = "TOY-001-S", variantId = tool, quantity = 1 } },
        }, "lines { sku }");

        Assert.Equal(
            ["NOT_FOUND lines.1.sku", "NOT_FOUND lines.2.variantId", "NOT_FOUND lines.3.variantId", "INVALID_VALUE lines.4", "INVALID_VALUE lines.5"], CartShop.Errors(payload));
        Assert.Equal("""[{"sku":"TOY-001-S"}]""", payload.GetProperty("lines").GetRawText());
    }

    [Fact]
    public async Task A_line_shows_the_price_of_now_beside_the_one_it_was_added_at_until_the_buyer_takes_it()
    {
        var id = await shop.OpenCart(("TOOL-100-S", 2m), ("TOOL-101-S", 1m));
        const string Changes = "version subtotal { amount } priceChanges { before { amount } after { amount } difference { amount } line { sku } }";

        await shop.SetPrice("TOOL-100-S", "101.50");
        var dearer = await shop.Cart(id, Changes);
        await shop.Mutate(shop.Acme, "updateCartLines", "UpdateCartLinesInput", new { cartId = id, lines = new object[] { new { sku = "TOOL-101-S", quantity = 2 } } }, "cart { id }");
        var still = await shop.Cart(id, Changes);
        var accepted = await shop.Mutate(shop.Acme, "acceptCartPrices", "AcceptCartPricesInput", new { cartId = id }, $"cart {{ {Changes} }}");
        var again = await shop.Mutate(shop.Acme, "acceptCartPrices", "AcceptCartPricesInput", new { cartId = id }, "cart { version }");

        Assert.Equal("""{"version":2,"subtotal":{"amount":"304.00"},"priceChanges":[{"before":{"amount":"100.00"},"after":{"amount":"101.50"},"difference":{"amount":"3.00"},"line":{"sku":"TOOL-100-S"}}]}""", dearer.GetRawText());
        Assert.Equal("101.50", still.GetProperty("priceChanges")[0].GetProperty("after").GetProperty("amount").GetString());
        Assert.Equal("""{"version":4,"subtotal":{"amount":"405.00"},"priceChanges":[]}""", accepted.GetProperty("cart").GetRawText());
        Assert.Equal(4, again.GetProperty("cart").GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task Lines_of_a_break_group_reach_its_break_together_and_that_is_no_change_of_price()
    {
        var id = await shop.OpenCart(("TOOL-010-S", 4m));

        await shop.Add(id, ("TOOL-011-L", 6));
        var together = await shop.Cart(id, "lines { edges { node { sku price { unitPrice { amount } breakQuantity } addedUnitPrice { amount } priceChange { after { amount } } } } }");
        await shop.SetPrice("TOOL-010-S", "9.50", 10);
        await shop.Mutate(shop.Acme, "removeCartLines", "RemoveCartLinesInput", new { cartId = id, all = true }, "removedCount");
        await shop.Add(id, ("TOOL-010-S", 4), ("TOOL-011-L", 6));
        await shop.SetPrice("TOOL-010-S", "9.25", 10);
        await shop.Add(id, ("TOOL-011-S", 1));
        var changed = await shop.Cart(id, "priceChanges { line { sku } before { amount } after { amount } }");

        Assert.Equal(
            """{"lines":{"edges":[{"node":{"sku":"TOOL-010-S","price":{"unitPrice":{"amount":"9.905"},"breakQuantity":10},"addedUnitPrice":{"amount":"9.905"},"priceChange":null}},{"node":{"sku":"TOOL-011-L","price":{"unitPrice":{"amount":"10.905"},"breakQuantity":10},"addedUnitPrice":{"amount":"10.905"},"priceChange":null}}]}}""",
            together.GetRawText());
        Assert.Equal("""{"priceChanges":[{"line":{"sku":"TOOL-010-S"},"before":{"amount":"9.50"},"after":{"amount":"9.25"}}]}""", changed.GetRawText());
    }

    [Fact]
    public async Task Lines_are_changed_by_id_or_SKU_0_removes_them_and_bad_rows_are_reported()
    {
        var id = await shop.OpenCart(("TOOL-001-S", 1m), ("TOOL-002-S", 2m), ("TOOL-003-S", 3m));
        var lineId = (await shop.Cart(id, "lines { edges { node { id } } }")).GetProperty("lines").GetProperty("edges")[0].GetProperty("node").GetProperty("id").GetString();

        var payload = await shop.Mutate(shop.Acme, "updateCartLines", "UpdateCartLinesInput", new
        {
            cartId = id,
            lines = new object[]
            {
                new { lineId, quantity = 7, note = "seven" }, new { sku = "TOOL-002-S", quantity = 0 }, new { sku = "TOOL-003-S", note = "only a note" }, new { sku = "TOOL-003-S", quantity = 9 },
                new { sku = "TOOL-004-S", quantity = 1 }, new { lineId = "nonsense", quantity = 1 }, new { sku = "TOOL-001-S" },
            },
        }, "lines { sku quantity note } cart { lineCount }");

        Assert.Equal(["DUPLICATE_ROW lines.3", "NOT_FOUND lines.4.sku", "NOT_FOUND lines.5.lineId", "INVALID_VALUE lines.6"], CartShop.Errors(payload));
        Assert.Equal("""[{"sku":"TOOL-001-S","quantity":7,"note":"seven"},{"sku":"TOOL-003-S","quantity":3,"note":"only a note"}]""", payload.GetProperty("lines").GetRawText());
        Assert.Equal(2, payload.GetProperty("cart").GetProperty("lineCount").GetInt32());
    }

    [Fact]
    public async Task Lines_are_removed_and_those_that_are_not_there_reported()
    {
        var id = await shop.OpenCart(("TOOL-001-S", 1m), ("TOOL-002-S", 2m));
        var lineId = (await shop.Cart(id, "lines { edges { node { id } } }")).GetProperty("lines").GetProperty("edges")[1].GetProperty("node").GetProperty("id").GetString();

        var payload = await shop.Mutate(shop.Acme, "removeCartLines", "RemoveCartLinesInput", new { cartId = id, lineIds = new[] { "nonsense", lineId } }, "removedCount cart { lineCount }");
        var neither = await shop.Mutate(shop.Acme, "removeCartLines", "RemoveCartLinesInput", new { cartId = id }, "removedCount");

        Assert.Equal(["NOT_FOUND lineIds.0"], CartShop.Errors(payload));
        Assert.Equal(1, payload.GetProperty("removedCount").GetInt32());
        Assert.Equal(1, payload.GetProperty("cart").GetProperty("lineCount").GetInt32());
        Assert.Equal(["INVALID_VALUE"], CartShop.Errors(neither));
    }

    [Fact]
    public async Task Lines_that_an_import_replaces_do_not_count_in_the_break_groups_of_those_that_come()
    {
        var id = await shop.OpenCart(("TOOL-010-S", 5m), ("TOOL-011-L", 5m));

        var payload = await shop.Mutate(
            shop.Acme, "importCart", "ImportCartInput", new { cartId = id, replace = true, rows = new[] { new { sku = "TOOL-011-S", quantity = 5 } } }, "cart { lines { edges { node { sku price { unitPrice { amount } } addedUnitPrice { amount } priceChange { after { amount } } } } } }");

        Assert.Empty(CartShop.Errors(payload));
        Assert.Equal(
            """{"lines":{"edges":[{"node":{"sku":"TOOL-011-S","price":{"unitPrice":{"amount":"11.00"}},"addedUnitPrice":{"amount":"11.00"},"priceChange":null}}]}}""", payload.GetProperty("cart").GetRawText());
    }

    [Fact]
    public async Task A_version_is_held_against_the_cart_that_is_taken_where_none_is_named()
    {
        var id = await shop.OpenCart(shop.Other);
        await shop.Add(shop.Other, id, [("TOOL-001-S", 1m)]);
        var lines = new[] { new { sku = "TOOL-001-S", quantity = 1 } };

        var late = await shop.Mutate(shop.Other, "addCartLines", "AddCartLinesInput", new { expectedVersion = 1, lines }, "cart { id version }");
        var right = await shop.Mutate(shop.Other, "addCartLines", "AddCartLinesInput", new { expectedVersion = 2, lines }, "cart { id version }");

        Assert.Equal(["CONFLICT expectedVersion"], CartShop.Errors(late));
        Assert.Equal($$"""{"id":"{{id}}","version":3}""", right.GetProperty("cart").GetRawText());
    }

    [Fact]
    public async Task No_cart_is_opened_for_rows_none_of_which_is_taken()
    {
        var events = await shop.Events("CART_CHANGED");

        var payload = await shop.Mutate(shop.Boss, "addCartLines", "AddCartLinesInput", new { lines = new[] { new { sku = "NOTHING", quantity = 1 } } }, "cart { id } counts { received applied failed }");
        var carts = await shop.Data(shop.Boss, "{ carts { edges { node { isShared } } } }");

        Assert.Equal(["NOT_FOUND lines.0.sku"], CartShop.Errors(payload));
        Assert.Equal("null", payload.GetProperty("cart").GetRawText());
        Assert.DoesNotContain(carts.GetProperty("carts").GetProperty("edges").EnumerateArray(), edge => !edge.GetProperty("node").GetProperty("isShared").GetBoolean());
        Assert.Equal(events, await shop.Events("CART_CHANGED"));
    }

    [Fact]
    public async Task Whoever_is_not_verified_any_more_sees_no_price_of_its_cart_and_accepts_none()
    {
        await shop.ImportRows("companies", new { externalId = "late", name = "Late Inc.", market = "us", verification = "VERIFIED", units = new[] { new { externalId = "hq", name = "Headquarters" } }, users = new[] { new { externalId = "buyer", name = "Buyer", email = "buyer@late.example", role = "BUYER", unit = "hq" } } });
        var key = await shop.CreateBuyerKey("late");
        var id = await shop.OpenCart(key);
        await shop.Add(key, id, [("TOOL-001-S", 1m)]);
        await shop.ImportRows("companies", new { externalId = "late", verification = "PENDING" });

        var cart = await shop.Cart(id, "subtotal { amount } lines { edges { node { sku price { unitPrice { amount } } addedUnitPrice { amount } } } } priceChanges { line { sku } } issues { code path }", key);
        var accepted = await shop.Mutate(key, "acceptCartPrices", "AcceptCartPricesInput", new { cartId = id }, "cart { id }");

        Assert.Equal("""{"subtotal":null,"lines":{"edges":[{"node":{"sku":"TOOL-001-S","price":null,"addedUnitPrice":null}}]},"priceChanges":[],"issues":[{"code":"COMPANY_NOT_VERIFIED","path":null}]}""", cart.GetRawText());
        Assert.Equal("COMPANY_NOT_VERIFIED", Assert.Single(CartShop.Errors(accepted)).Split(' ')[0]);
    }

    [Fact]
    public async Task Imported_rows_add_up_by_SKU_replace_what_is_there_and_each_is_answered()
    {
        var id = await shop.OpenCart(("TOOL-001-S", 1m), ("TOOL-002-S", 2m));

        var payload = await shop.Mutate(shop.Acme, "importCart", "ImportCartInput", new
        {
            cartId = id,
            replace = true,
            rows = new object[] { new { sku = "TOOL-002-S", quantity = 5 }, new { sku = "TOOL-005-S", quantity = 1, note = "new" }, new { sku = "TOOL-002-S", quantity = 4 }, new { sku = "NOTHING", quantity = 1 } },
        }, "rows { row sku isTaken line { sku quantity } userErrors { code path } } counts { received applied failed } cart { lineCount }");

        Assert.Equal(
            """[{"row":1,"sku":"TOOL-002-S","isTaken":true,"line":{"sku":"TOOL-002-S","quantity":9},"userErrors":[]},{"row":2,"sku":"TOOL-005-S","isTaken":true,"line":{"sku":"TOOL-005-S","quantity":1},"userErrors":[]},{"row":3,"sku":"TOOL-002-S","isTaken":true,"line":{"sku":"TOOL-002-S","quantity":9},"userErrors":[]},{"row":4,"sku":"NOTHING","isTaken":false,"line":null,"userErrors":[{"code":"NOT_FOUND","path":["sku"]}]}]""",
            payload.GetProperty("rows").GetRawText());
        Assert.Equal("""{"received":4,"applied":3,"failed":1}""", payload.GetProperty("counts").GetRawText());
        Assert.Equal(2, payload.GetProperty("cart").GetProperty("lineCount").GetInt32());
    }

    [Fact]
    public async Task Whoever_names_no_cart_fills_the_one_it_changed_last_or_a_new_one()
    {
        var key = shop.Rival;
        object Row(string sku) => new { lines = new[] { new { sku, quantity = 1 } } };

        var first = await shop.Mutate(key, "addCartLines", "AddCartLinesInput", Row("TOOL-001-S"), "cart { id name lineCount }");
        var second = await shop.Mutate(key, "addCartLines", "AddCartLinesInput", Row("TOOL-002-S"), "cart { id name lineCount }");

        Assert.Equal(first.GetProperty("cart").GetProperty("id").GetString(), second.GetProperty("cart").GetProperty("id").GetString());
        Assert.Equal(2, second.GetProperty("cart").GetProperty("lineCount").GetInt32());
    }

    [Fact]
    public async Task Twenty_who_fill_one_cart_at_once_lose_nothing()
    {
        var id = await shop.OpenCart(isShared: true);

        var payloads = await Task.WhenAll(Enumerable.Range(1, 20).Select(i => shop.Add(i % 2 == 0 ? shop.Acme : shop.Second, id, [($"TOOL-{i:000}-L", i), ("TOOL-200-S", 1)])));

        Assert.All(payloads, payload => Assert.Empty(CartShop.Errors(payload)));
        Assert.Equal((21, (20 * 21 / 2) + 20m), await Sum(id));
        Assert.Equal(21, (await shop.Cart(id, "version")).GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task The_number_of_statements_does_not_hang_on_the_number_of_rows()
    {
        var (small, large) = (await shop.OpenCart(), await shop.OpenCart());
        var rows = Enumerable.Range(1, 300).Select(i => ($"TOOL-{i:000}-L", 6m)).ToArray();
        await shop.Add(await shop.OpenCart(), rows); // what is read once

        var few = await shop.Statements(() => shop.Add(small, rows[..2]));
        var many = await shop.Statements(() => shop.Add(large, rows));

        Assert.Equal(few, many);
        Assert.InRange(many, 1, 12);
    }

    [Fact]
    public async Task A_cart_takes_no_more_than_5000_rows_at_once_and_a_total_beyond_money_is_refused()
    {
        var id = await shop.OpenCart();

        var payload = await shop.Mutate(shop.Acme, "importCart", "ImportCartInput", new { cartId = id, rows = Enumerable.Repeat(new { sku = "TOOL-001-S", quantity = 1 }, 5_001) }, "counts { received applied failed }");
        var beyond = await shop.Add(id, ("TOOL-300-S", 999_999_999));
        var tooMuch = await shop.Add(id, ("TOOL-001-S", 999_999_999), ("TOOL-001-S", 1));

        Assert.Equal(["TOO_MANY_ROWS rows"], CartShop.Errors(payload));
        Assert.Equal("""{"received":5001,"applied":0,"failed":5001}""", payload.GetProperty("counts").GetRawText());
        Assert.Empty(CartShop.Errors(beyond));
        Assert.Equal(["INVALID_VALUE lines.1.quantity"], CartShop.Errors(tooMuch));
    }

    [Fact]
    public async Task A_full_cart_takes_more_of_what_it_has_and_nothing_new()
    {
        var id = await shop.OpenCart(("TOOL-001-S", 1m));
        await using (var scope = shop.Services.CreateAsyncScope())
        {
            var key = Wholesale.Platform.NodeId.Parse(id).Key;
            await scope.ServiceProvider.GetRequiredService<WholesaleDb>().Carts.Where(c => c.Id == key).ExecuteUpdateAsync(c => c.SetProperty(x => x.LineCount, 4_999));
        }

        var payload = await shop.Add(id, ("TOOL-001-S", 1), ("TOOL-002-S", 1), ("TOOL-003-S", 1), ("TOOL-001-S", 1));

        Assert.Equal(["CART_FULL lines.2"], CartShop.Errors(payload));
        Assert.Equal("""{"received":4,"applied":3,"failed":1}""", payload.GetProperty("counts").GetRawText());
    }

    private async Task<(int Count, decimal Quantity)> Sum(string id)
    {
        var (count, sum, after) = (0, 0m, (string?)null);
        do
        {
            var lines = (await shop.Data(
                shop.Acme, "query($id: ID!, $after: String) { cart(id: $id) { lines(first: 250, after: $after) { edges { node { quantity } } pageInfo { hasNextPage endCursor } } } }", new { id, after })).GetProperty("cart").GetProperty("lines");
            count += lines.GetProperty("edges").GetArrayLength();
            sum += lines.GetProperty("edges").EnumerateArray().Sum(edge => edge.GetProperty("node").GetProperty("quantity").GetDecimal());
            after = lines.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean() ? lines.GetProperty("pageInfo").GetProperty("endCursor").GetString() : null;
        }
        while (after is not null);
        return (count, sum);
    }
}
