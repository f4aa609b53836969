using System.Globalization;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;
using Wholesale.Tests.Carts;

namespace Wholesale.Tests.Orders;

/// <summary>What buyers order most often: of their own orders, what they still see of it, and no more of them than is said.</summary>
public sealed class FrequentlyOrderedTests(LifeShop shop) : IClassFixture<LifeShop>
{
    private const string Asked = "variant { sku } orderCount quantity lastOrderedAt lastQuantity usualQuantity";

    [Fact]
    public async Task The_variants_of_most_orders_come_first_then_those_ordered_last_and_what_was_cancelled_does_not_count()
    {
        var (before, then) = ($"{shop.Clock.GetUtcNow():yyyy-MM-dd}", $"{shop.Clock.GetUtcNow().AddDays(1):yyyy-MM-dd}");
        await Order(shop.Acme, ("TOOL-201-L", 5m), ("TOOL-202-L", 1m));
        await Order(shop.Acme, ("TOOL-201-L", 9m), ("TOOL-203-L", 4m));
        shop.Clock.Jump(TimeSpan.FromDays(1));
        var cancelled = await Order(shop.Acme, ("TOOL-202-L", 30m), ("TOOL-203-L", 30m), ("TOOL-205-L", 30m));
        await shop.Cancel(shop.Acme, new { orderId = cancelled });
        var last = await Order(shop.Acme, ("TOOL-201-L", 7m), ("TOOL-204-L", 3m), ("TOOL-202-L", 2m), ("TOOL-203-L", 1m));
        await shop.Cancel(shop.Acme, new { orderId = last, lines = new object[] { new { sku = "TOOL-201-L", quantity = 1 }, new { sku = "TOOL-203-L" } } });

        var all = await Frequent(shop.Acme, "");
        var two = await Frequent(shop.Acme, "(first: 2)");

        Assert.Equal(
            [$"TOOL-201-L 3 orders, 20 in all, {then}: 6, usually 6", $"TOOL-202-L 2 orders, 3 in all, {then}: 2, usually 1", $"TOOL-204-L 1 orders, 3 in all, {then}: 3, usually 3", $"TOOL-203-L 1 orders, 4 in all, {before}: 4, usually 4"],
            all);
        Assert.Equal(all[..2], two);
    }

    [Fact]
    public async Task Neither_colleagues_nor_other_companies_orders_count_and_their_ids_tell_nothing()
    {
        await Order(shop.Second, ("TOOL-211-L", 1m));
        await Order(shop.Boss, ("TOOL-211-L", 1m), ("TOOL-212-L", 1m));
        await AddressesOf("rival");
        await Order(shop.Rival, ("TOOL-211-L", 8m));
        var (me, other, rival) = (await Ids(shop.Second), await Ids(shop.Boss), await Ids(shop.Rival));

        Assert.Equal(["TOOL-211-L 1 orders, 1 in all"], (await Frequent(shop.Second, "")).Select(Cut));
        Assert.Equal(["TOOL-211-L 1 orders, 8 in all"], (await Frequent(shop.Rival, "")).Select(Cut));
        Assert.Equal(["TOOL-211-L 1 orders, 1 in all"], (await Frequent(shop.Second, $"(unitId: \"{me.Unit}\", userId: \"{me.User}\")")).Select(Cut));
        var nothing = await Answer(shop.Second, $"(unitId: \"{new NodeId("CompanyUnit", 7)}\")");
        Assert.Equal("""{"data":{"frequentlyOrdered":[]}}""", nothing);
        Assert.Equal(nothing, await Answer(shop.Second, $"(unitId: \"{rival.Unit}\")"));
        Assert.Equal(nothing, await Answer(shop.Second, $"(userId: \"{rival.User}\")"));
        Assert.Equal(nothing, await Answer(shop.Second, $"(userId: \"{other.User}\")"));
        Assert.Equal(nothing, await Answer(shop.Second, "(userId: \"nonsense\")"));
        Assert.Equal(nothing, await Answer(shop.StaffKey, ""));
        Assert.Contains("FORBIDDEN", await Answer(shop.Viewer, ""), StringComparison.Ordinal);
        Assert.Contains("INVALID_PAGE_SIZE", await Answer(shop.Second, "(first: 101)"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_seen_any_more_makes_room_for_others()
    {
        foreach (var _ in new[] { 1, 2 })
        {
            await Order(shop.Other, ("TOOL-221-L", 1m), ("TOOL-222-L", 1m), ("TOOL-223-L", 1m));
        }

        await Order(shop.Other, ("TOOL-224-L", 1m));
        await shop.ImportRows("products", new { sku = "TOOL-221", status = "ARCHIVED" }, new { sku = "TOOL-222", status = "ARCHIVED" });

        Assert.Equal(["TOOL-223-L 2 orders, 2 in all", "TOOL-224-L 1 orders, 1 in all"], (await Frequent(shop.Other, "(first: 2)")).Select(Cut));
    }

    [Fact]
    public async Task Only_the_latest_1000_orders_and_those_of_a_year_count()
    {
        await AddressesOf("spielwaren");
        await Order(shop.Spielwaren, ("TOY-001-S", 1m));
        shop.Clock.Jump(TimeSpan.FromDays(1));
        await Order(shop.Spielwaren, ("TOY-002-S", 1m));
        var both = await Frequent(shop.Spielwaren, "");
        await Copy(await Order(shop.Spielwaren, ("TOY-003-S", 2m)), 998);
        var full = await Frequent(shop.Spielwaren, "");
        shop.Clock.Jump(TimeSpan.FromDays(365));
        var later = await Frequent(shop.Spielwaren, "");
        shop.Clock.Jump(TimeSpan.FromDays(1));

        Assert.Equal(["TOY-002-S 1 orders, 1 in all", "TOY-001-S 1 orders, 1 in all"], both.Select(Cut));
        Assert.Equal(["TOY-003-S 999 orders, 1998 in all", "TOY-002-S 1 orders, 1 in all"], full.Select(Cut));
        Assert.Equal(full, later);
        Assert.Empty(await Frequent(shop.Spielwaren, ""));
    }

    [Fact]
    public async Task The_number_of_statements_does_not_hang_on_what_was_ordered()
    {
        await Order(shop.Boss, ("TOOL-231-L", 1m));
        await Frequent(shop.Boss, ""); // what is read once

        var few = await shop.Statements(() => Frequent(shop.Boss, "(first: 100)"));
        foreach (var _ in new[] { 1, 2, 3 })
        {
            await Order(shop.Boss, [.. Enumerable.Range(231, 60).Select(i => ($"TOOL-{i}-L", 1m))]);
        }

        var many = await shop.Statements(() => Frequent(shop.Boss, "(first: 100)"));

        Assert.Equal(2, few);
        Assert.Equal(few, many);
    }

    private static string Cut(string variant) => variant[..variant.IndexOf(" in all", StringComparison.Ordinal)] + " in all";

    private async Task<List<string>> Frequent(string key, string arguments) =>
    [
        .. (await shop.Data(key, $"{{ frequentlyOrdered{arguments} {{ {Asked} }} }}")).GetProperty("frequentlyOrdered").EnumerateArray().Select(of => string.Create(
            CultureInfo.InvariantCulture,
            $"{of.GetProperty("variant").GetProperty("sku").GetString()} {of.GetProperty("orderCount")} orders, {of.GetProperty("quantity")} in all, {of.GetProperty("lastOrderedAt").GetString()![..10]}: {of.GetProperty("lastQuantity")}, usually {of.GetProperty("usualQuantity")}")),
    ];

    private async Task<string> Answer(string key, string arguments) => (await shop.Ask(key, $"{{ frequentlyOrdered{arguments} {{ {Asked} }} }}")).Body;

    private async Task<(string Unit, string User)> Ids(string key)
    {
        var user = (await shop.Data(key, "{ me { user { id unit { id } } } }")).GetProperty("me").GetProperty("user");
        return (user.GetProperty("unit").GetProperty("id").GetString()!, user.GetProperty("id").GetString()!);
    }

    private async Task<string> Order(string key, params (string, decimal)[] lines)
    {
        var cart = await shop.OpenCart(key, details: new { paymentMethod = "BANK_TRANSFER" });
        Assert.Empty(CartShop.Errors(await shop.Add(key, cart, lines)));
        var placed = await shop.Place(cart, key: key);
        Assert.Empty(CartShop.Errors(placed));
        return placed.GetProperty("order").GetProperty("id").GetString()!;
    }

    private Task AddressesOf(string company) => shop.ImportRows(
        "companies",
        new
        {
            externalId = company,
            addresses = new[] { new { externalId = "dock", name = company, lines = new[] { "1 Road" }, city = "Reno", region = "NV", postalCode = "89501", country = "US", isDefaultShipTo = true, isDefaultBillTo = true } },
        });

    /// <summary>As many orders as that one, as if each had been placed a second later than the one before.</summary>
    private async Task Copy(string orderId, int count)
    {
        await using var scope = shop.Services.CreateAsyncScope();
        var (db, ids, key) = (scope.ServiceProvider.GetRequiredService<WholesaleDb>(), shop.Services.GetRequiredService<Ids>(), NodeId.Parse(orderId).Key);
        var order = await db.Orders.SingleAsync(o => o.Id == key);
        var (line, cart) = (await db.OrderLines.SingleAsync(l => l.OrderId == key), await db.Carts.SingleAsync(c => c.Id == order.CartId));
        var copies = Enumerable.Range(1, count).Select(i =>
        {
            var (newCart, newOrder) = (ids.Next(), ids.Next());
            return (
                Cart: Copied(cart, ("Id", newCart)),
                Order: Copied(order, ("Id", newOrder), ("CartId", newCart), ("Number", $"COPY-{i}"), ("PlacedAt", order.PlacedAt.AddSeconds(i))),
                Line: Copied(line, ("Id", ids.Next()), ("OrderId", newOrder)));
        }).ToList();
        await scope.ServiceProvider.GetRequiredService<Writes>().RunUnrecorded(async () =>
        {
            await BulkRows.Insert(db, copies.ConvertAll(copy => copy.Cart));
            await BulkRows.Insert(db, copies.ConvertAll(copy => copy.Order));
            await BulkRows.Insert(db, copies.ConvertAll(copy => copy.Line));
            return true;
        });
    }

    private static T Copied<T>(T thing, params (string Property, object Value)[] changes) where T : class
    {
        var copy = (T)typeof(object).GetMethod("MemberwiseClone", BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(thing, null)!;
        foreach (var (property, value) in changes)
        {
            typeof(T).GetProperty(property)!.SetValue(copy, value);
        }

        return copy;
    }
}
