using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Orders;
using Wholesale.Platform;
using Wholesale.Tests.Carts;

namespace Wholesale.Tests.Orders;

/// <summary>The list by which the seller's warehouses and suppliers send: what is open, the first day first.</summary>
public sealed class FulfillmentsToShipTests(LifeShop shop) : IClassFixture<LifeShop>
{
    [Fact]
    public async Task What_is_promised_first_comes_first_then_what_is_wanted_first_and_what_has_no_day_by_the_age_of_its_order()
    {
        var (oldest, late, early) = (await Order(null, ("TOOL-045-S", 1m)), await Order("2026-03-04", ("TOOL-045-S", 1m)), await Order(null, ("TOOL-045-S", 2m), ("TOOL-003-L", 1m)));
        var (wanted, newest) = (await Order("2026-03-15", ("TOOL-045-S", 1m)), await Order(null, ("TOOL-045-S", 1m)));
        await Confirm(new { orderId = newest });
        await Confirm(new { orderId = wanted });
        await Confirm(new { orderId = late, deliveryDate = "2026-03-20" });
        await Confirm(new { orderId = early, deliveryDate = "2026-03-18", lines = new[] { new { sku = "TOOL-045-S", deliveryDate = "2026-03-10" } } });
        var unconfirmed = await Order(null, ("TOOL-045-S", 1m));
        await Confirm(new { orderId = oldest });

        var all = await Of("", oldest, late, early, wanted, newest, unconfirmed);
        var soon = await Of("promisedBefore: \"2026-03-20\"", oldest, late, early, wanted, newest);
        var paged = await Paged(2, oldest, late, early, wanted, newest);

        Assert.Equal([(early, "2026-03-10"), (wanted, "2026-03-15"), (early, "2026-03-18"), (late, "2026-03-20"), (oldest, null), (newest, null)], all);
        Assert.Equal(all[..3], soon);
        Assert.Equal(all, paged);
    }

    [Fact]
    public async Task What_is_sent_or_cancelled_leaves_the_list_and_what_is_sent_in_part_stays()
    {
        var (id, fulfillments) = await shop.Confirmed(("TOOL-045-S", 4m));
        var before = await Of("", id);

        await shop.Ship(new { fulfillmentId = fulfillments[0], lines = new[] { new { sku = "TOOL-045-S", quantity = 1 } } });
        var partly = await Of("", id);
        await shop.Ship(new { fulfillmentId = fulfillments[0] });
        var (other, _) = await shop.Confirmed(("TOOL-045-S", 1m));
        var open = await Of("", other);
        await shop.Cancel(shop.StaffKey, new { orderId = other });

        Assert.Equal((1, 1, 1), (before.Count, partly.Count, open.Count));
        Assert.Empty(await Of("", id, other));
    }

    [Fact]
    public async Task It_is_asked_for_by_warehouse_and_by_supplier()
    {
        var (id, _) = await shop.Confirmed(("TOOL-044-S", 60m), ("TOOL-043-S", 2m), ("TOOL-004-L", 1m));

        Assert.Equal(4, (await Of("", id)).Count);
        Assert.Equal(["denver"], await Places("warehouse: \"denver\"", id));
        Assert.Equal(["reno"], await Places("warehouse: \"reno\"", id));
        Assert.Equal(["toolworks"], await Places("supplier: \"toolworks\"", id));
        Assert.Empty(await Places("supplier: \"toolworks\", warehouse: \"reno\"", id));
        Assert.Empty(await Places("warehouse: \"nowhere\"", id));
        Assert.Empty(await Places("supplier: \"nobody\"", id));
    }

    [Fact]
    public async Task Only_staff_that_reads_orders_has_it_and_buyers_know_of_no_such_list()
    {
        var clerk = await shop.CreateStaffKey("clerk of companies", Permission.CompaniesRead);

        Assert.Contains("\"FORBIDDEN\"", (await shop.Ask(clerk, "{ fulfillmentsToShip { edges { node { id } } } }", path: "/admin/graphql")).Body, StringComparison.Ordinal);
        Assert.Contains("\"edges\"", (await shop.Ask(shop.OrdersReader, "{ fulfillmentsToShip { edges { node { id } } } }", path: "/admin/graphql")).Body, StringComparison.Ordinal);
        Assert.Contains("Cannot query field", (await shop.Ask(shop.Acme, "{ fulfillmentsToShip { edges { node { id } } } }")).Body, StringComparison.Ordinal);
        Assert.Contains("Cannot query field", (await shop.Ask(shop.Acme, "query($id: ID!) { order(id: $id) { fulfillments { dueOn } } }", new { id = "x" })).Body, StringComparison.Ordinal);
        Assert.Contains("INVALID_PAGE_SIZE", (await shop.Ask(shop.OrdersReader, "{ fulfillmentsToShip(first: 251) { edges { node { id } } } }", path: "/admin/graphql")).Body, StringComparison.Ordinal);
        Assert.Contains("INVALID_CURSOR", (await shop.Ask(shop.OrdersReader, "{ fulfillmentsToShip(after: \"x\") { edges { node { id } } } }", path: "/admin/graphql")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_is_one_statement_and_is_read_by_its_index_without_sorting()
    {
        const string Asked = "query($first: Int) { fulfillmentsToShip(first: $first) { edges { node { number dueOn order { number } warehouse { externalId } lines { line { sku } openQuantity } } } } }";
        for (var i = 0; i < 5; i++)
        {
            await shop.Confirmed(("TOOL-045-S", 1m), ("TOOL-005-L", 1m));
        }

        await shop.Admin(Asked, new { first = 1 }); // what is read once
        var one = await shop.Statements(() => shop.Admin(Asked, new { first = 1 }));
        var many = await shop.Statements(() => shop.Admin(Asked, new { first = 10 }));
        var alone = await shop.Statements(() => shop.Admin("{ fulfillmentsToShip { edges { node { number } } } }"));

        Assert.Equal(one, many);
        Assert.Equal(1, alone);
        if (!SqlServerForTests.IsUsed)
        {
            var cursor = Cursor.Of("fulfillmentsToShip/DUE_ON", new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc), 1, 1);
            foreach (var after in new[] { null, cursor })
            {
                var steps = await Plan(after);
                Assert.Contains("USING INDEX IX_Fulfillments_DueBy_OrderId_Id", steps[0], StringComparison.Ordinal);
                Assert.DoesNotContain(steps, step => step.Contains("ORDER BY", StringComparison.Ordinal));
            }
        }
    }

    private async Task<List<string>> Plan(string? after)
    {
        await using var scope = shop.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WholesaleDb>();
        await db.Database.OpenConnectionAsync();
        await using var command = FulfillmentsToShip.Behind(FulfillmentsToShip.Open(db, "denver", null, new(2026, 3, 20)), Page.Of(20, after)).CreateDbCommand();
#pragma warning disable CA2100 // EF's own text
        command.CommandText = $"EXPLAIN QUERY PLAN {command.CommandText}";
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        var steps = new List<string>();
        while (await reader.ReadAsync())
        {
            steps.Add(reader.GetString(3));
        }

        return steps;
    }

    private async Task<string> Order(string? requestedDeliveryDate, params (string, decimal)[] lines)
    {
        var cart = await shop.OpenCart(details: new { paymentMethod = "BANK_TRANSFER", requestedDeliveryDate });
        Assert.Empty(CartShop.Errors(await shop.Add(cart, lines)));
        var placed = await shop.Place(cart);
        Assert.Empty(CartShop.Errors(placed));
        return placed.GetProperty("order").GetProperty("id").GetString()!;
    }

    private async Task Confirm(object input) => Assert.Empty(CartShop.Errors(await shop.Confirm(input)));

    /// <summary>Of some orders, what is in the list: the fixture's other tests have orders, too.</summary>
    private async Task<List<(string Order, string? DueOn)>> Of(string filter, params string[] orders) =>
        [.. (await Nodes(filter, 250, null)).Nodes.Select(Row).Where(row => orders.Contains(row.Order))];

    private async Task<List<(string Order, string? DueOn)>> Paged(int first, params string[] orders)
    {
        var (rows, after, isMore) = (new List<(string, string?)>(), (string?)null, true);
        while (isMore)
        {
            var page = await Nodes("", first, after);
            Assert.True(page.Nodes.Count <= first);
            rows.AddRange(page.Nodes.Select(Row));
            (after, isMore) = (page.End, page.IsMore);
        }

        return [.. rows.Where(row => orders.Contains(row.Item1))];
    }

    private async Task<List<string?>> Places(string filter, string order) =>
        [.. (await Nodes(filter, 250, null)).Nodes.Where(node => Row(node).Order == order).Select(node => node.GetProperty("warehouse").GetProperty("externalId").GetString())];

    private static (string Order, string? DueOn) Row(JsonElement node) => (node.GetProperty("order").GetProperty("id").GetString()!, node.GetProperty("dueOn").GetString());

    private async Task<(List<JsonElement> Nodes, string? End, bool IsMore)> Nodes(string filter, int first, string? after)
    {
        var page = (await shop.Admin(
            $"query($first: Int, $after: String) {{ fulfillmentsToShip({filter} first: $first, after: $after) {{ edges {{ node {{ dueOn order {{ id }} warehouse {{ externalId }} }} }} pageInfo {{ hasNextPage endCursor }} }} }}",
            new { first, after })).GetProperty("fulfillmentsToShip");
        var info = page.GetProperty("pageInfo");
        return ([.. page.GetProperty("edges").EnumerateArray().Select(edge => edge.GetProperty("node"))], info.GetProperty("endCursor").GetString(), info.GetProperty("hasNextPage").GetBoolean());
    }
}
