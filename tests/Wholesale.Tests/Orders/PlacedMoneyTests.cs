using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Tests.Carts;

namespace Wholesale.Tests.Orders;

/// <summary>What random orders came to, placed by eight buyers' requests at once: what is stored is added up again by SQL and by the decimals that its text says.</summary>
public sealed class PlacedMoneyTests(OrderShop shop) : IClassFixture<OrderShop>
{
    private const int Carts = 200;

    private const string Order = """
        order { number subtotal { amount } total { amount } tax { total { amount } lines { ratePercent net { amount } tax { amount } } } lines(first: 100) { edges { node { quantity unitPrice { amount } total { amount } } } } }
        """;

    [Fact]
    public async Task What_orders_say_is_what_is_stored_reserved_and_spent()
    {
        await shop.ImportRows("credit-profiles", new { company = "acme", currency = "USD", limit = "100000000", paymentTerms = new[] { "net30", "net60" } });
        await shop.ImportRows(
            "budgets",
            Budget("hq", new { scope = "UNIT", unit = "hq" }), Budget("of-buyer", new { scope = "USER", user = "buyer" }), Budget("cc-1", new { scope = "COST_CENTER", costCenter = "CC-1" }));
        var (placed, refused) = (new ConcurrentBag<Placed>(), 0);

        await Parallel.ForEachAsync(Enumerable.Range(0, Carts), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
        {
            if (await Place(new Random(i)) is { } order)
            {
                placed.Add(order);
            }
            else
            {
                Interlocked.Increment(ref refused);
            }
        });

        Assert.True(placed.Count > Carts / 2 && refused > 5, $"{placed.Count} orders were placed and {refused} refused.");
        Assert.All(placed, order => Assert.Null(order.Drift()));
        Assert.Equal(placed.Select(order => order.Row).OrderBy(row => row.Number, StringComparer.Ordinal), await Stored());
        Assert.Equal(placed.Where(order => order.IsOnAccount).Sum(order => order.Total), decimal.Parse(await shop.ReservedCredit(), CultureInfo.InvariantCulture));
        var total = placed.Sum(order => order.Total);
        Assert.Equal(
            [("cc-1", placed.Where(order => order.CostCenter is not null).Sum(order => order.Total)), ("hq", total), ("of-buyer", total)], await Spent());
        TestContext.Current.TestOutputHelper!.WriteLine($"{placed.Count} orders of {total} USD, {refused} refused.");
    }

    private static object Budget(string externalId, object scope)
    {
        var row = JsonSerializer.SerializeToNode(scope)!.AsObject();
        foreach (var (name, value) in new[]
        {
            ("company", "acme"), ("externalId", externalId), ("name", externalId), ("amount", "100000000"), ("currency", "USD"), ("period", "YEAR"), ("startsOn", "2026-01-01"), ("policy", "BLOCK"),
        })
        {
            row.Add(name, value);
        }

        return row;
    }

    /// <summary>One in eight asks for what is not in stock, after other lines: whatever was taken by then is given back.</summary>
    private async Task<Placed?> Place(Random random)
    {
        var lines = Enumerable.Range(0, random.Next(1, 20)).Select(_ => random.Next(50, 301)).Distinct().Select(i => ($"TOOL-{i:000}-{"SL"[random.Next(2)]}", (decimal)random.Next(1, 40))).ToList();
        if (random.Next(8) == 0)
        {
            lines.Add(("TOOL-042-S", 1m));
        }

        var (isOnAccount, costCenter) = (random.Next(2) == 0, random.Next(2) == 0 ? "CC-1" : null);
        var id = await shop.OpenCart(details: new { paymentMethod = isOnAccount ? "ON_ACCOUNT" : "BANK_TRANSFER", costCenter });
        Assert.Empty(CartShop.Errors(await shop.Add(id, [.. lines])));
        var payload = await shop.Place(id, fields: Order);
        if (payload.GetProperty("order").ValueKind == JsonValueKind.Null)
        {
            Assert.Equal(["INSUFFICIENT_STOCK"], CartShop.Errors(payload).Select(error => error.Split(' ')[0]));
            return null;
        }

        return Placed.Of(payload.GetProperty("order"), isOnAccount, costCenter);
    }

    /// <summary>By number, from the tables.</summary>
    private async Task<List<Row>> Stored()
    {
        await using var scope = shop.Services.CreateAsyncScope();
        var rows = await scope.ServiceProvider.GetRequiredService<WholesaleDb>().Database.SqlQueryRaw<StoredOrder>("""
            SELECT "Number", "NetAmount", "TotalAmount", "Taxes", (SELECT SUM("Total") FROM "OrderLines" WHERE "OrderId" = "Orders"."Id") AS "LineTotal" FROM "Orders"
            """).ToListAsync();
        return [.. rows.Select(row =>
        {
            using var taxes = JsonDocument.Parse(row.Taxes);
            var lines = taxes.RootElement.EnumerateArray().ToList();
            return new Row(row.Number, row.LineTotal / 10_000m, lines.Sum(t => Number(t.GetProperty("net"))), row.NetAmount / 10_000m, lines.Sum(t => Number(t.GetProperty("tax"))), row.TotalAmount / 10_000m);
        }).OrderBy(row => row.Number, StringComparer.Ordinal)];
    }

    private async Task<List<(string ExternalId, decimal Spent)>> Spent()
    {
        await using var scope = shop.Services.CreateAsyncScope();
        var rows = await scope.ServiceProvider.GetRequiredService<WholesaleDb>().Database.SqlQueryRaw<SpentBudget>("""
            SELECT "ExternalId", "Spent", (SELECT SUM("Amount") FROM "BudgetReservations" WHERE "BudgetId" = "Budgets"."Id") AS "Reserved"
            FROM "Budgets" JOIN "BudgetUses" ON "BudgetUses"."BudgetId" = "Budgets"."Id"
            """).ToListAsync();
        Assert.All(rows, row => Assert.Equal(row.Reserved, row.Spent));
        return [.. rows.OrderBy(row => row.ExternalId, StringComparer.Ordinal).Select(row => (row.ExternalId, row.Spent / 10_000m))];
    }

    private static decimal Number(JsonElement value) => decimal.Parse(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText(), CultureInfo.InvariantCulture);

    /// <summary>An order's sums, in its currency's unit.</summary>
    private sealed record Row(string Number, decimal Lines, decimal Taxed, decimal Subtotal, decimal Tax, decimal Total);

    private sealed record StoredOrder(string Number, long NetAmount, long TotalAmount, string Taxes, long LineTotal);

    private sealed record SpentBudget(string ExternalId, long Spent, long Reserved);

    /// <summary>An order as its buyer was answered.</summary>
    private sealed record Placed(Row Row, bool IsOnAccount, string? CostCenter, JsonElement Json)
    {
        public decimal Total => Row.Total;

        public static Placed Of(JsonElement order, bool isOnAccount, string? costCenter) => new(
            new(
                order.GetProperty("number").GetString()!,
                Lines(order).Sum(line => AmountOf(line, "total")),
                order.GetProperty("tax").GetProperty("lines").EnumerateArray().Sum(tax => AmountOf(tax, "net")),
                AmountOf(order, "subtotal"),
                AmountOf(order.GetProperty("tax"), "total"),
                AmountOf(order, "total")),
            isOnAccount,
            costCenter,
            order);

        /// <summary>What of the answer does not add up; null: all does. Cents go by the usual rounding: half away from zero.</summary>
        public string? Drift() =>
            Row.Lines != Row.Subtotal || Row.Taxed != Row.Subtotal || Row.Subtotal + Row.Tax != Row.Total ? $"{Row} does not add up."
            : Lines(Json).FirstOrDefault(line => Cents(Number(line.GetProperty("quantity")) * AmountOf(line, "unitPrice")) != AmountOf(line, "total")) is { ValueKind: JsonValueKind.Object } line ? $"{line} is wrong."
            : Json.GetProperty("tax").GetProperty("lines").EnumerateArray().FirstOrDefault(tax => Cents(AmountOf(tax, "net") * Number(tax.GetProperty("ratePercent")) / 100) != AmountOf(tax, "tax"))
                is { ValueKind: JsonValueKind.Object } tax ? $"{tax} is wrong."
            : null;

        private static IEnumerable<JsonElement> Lines(JsonElement order) => order.GetProperty("lines").GetProperty("edges").EnumerateArray().Select(edge => edge.GetProperty("node"));

        private static decimal AmountOf(JsonElement element, string money) => Number(element.GetProperty(money).GetProperty("amount"));

        private static decimal Cents(decimal amount) => Math.Round(amount, 2, MidpointRounding.AwayFromZero);
    }
}
