using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Wholesale.Orders;
using Wholesale.Tests.Orders.Proof;

namespace Wholesale.Tests.AdventureWorks;

/// <summary>What Adventure Works has bought: 4,012 real orders, which add up to what the source says, to the ten-thousandth.</summary>
[Collection(ImportedAdventureWorks.Collection)]
public sealed class PurchaseHistoryTests(ImportedAdventureWorks shop)
{
    private static readonly Lazy<List<string[]>> Headers = new(() => [.. ImportedAdventureWorks.Records("PurchaseOrderHeader")]);
    private static readonly Lazy<List<string[]>> Details = new(() => [.. ImportedAdventureWorks.Records("PurchaseOrderDetail")]);

    [Fact]
    public async Task Every_order_and_line_is_there_with_the_status_that_its_goods_say()
    {
        shop.RequireData();
        var partly = Details.Value.Where(line => Number(line[7]) < Number(line[3])).Select(line => line[0]).ToHashSet();
        var expected = Headers.Value.CountBy(header => header[2] switch
        {
            "4" => OrderStatus.Completed,
            "1" or "2" when partly.Contains(header[0]) => OrderStatus.PartlyShipped,
            _ => OrderStatus.Delivered,
        }).ToDictionary();

        var orders = await shop.Read(db => db.Orders.ToListAsync());

        Assert.Equal((4_012, 8_845), (orders.Count, await shop.Read(db => db.OrderLines.CountAsync())));
        Assert.Equal(expected, orders.CountBy(order => order.Status).ToDictionary());
        Assert.Equal(3_689, expected[OrderStatus.Completed]);
        Assert.Equal(4_012, await shop.Read(db => db.Shipments.CountAsync()));
        Assert.All(orders, order => Assert.Equal((OrderSource.Import, "USD", true), (order.Source, order.Currency.Code, order.SupplierId is not null)));
    }

    [Fact]
    public async Task What_was_ordered_received_and_rejected_of_each_product_is_what_the_source_says()
    {
        shop.RequireData();
        var skus = ImportedAdventureWorks.Records("Product").ToDictionary(product => product[0], product => product[2]);
        var expected = Details.Value.GroupBy(line => skus[line[4]]).ToDictionary(
            of => of.Key, of => (of.Sum(line => Thousandths(line[3])), of.Sum(line => Thousandths(line[7])), of.Sum(line => Thousandths(line[8])), of.Sum(line => TenThousandths(line[6]))));

        var lines = await shop.Read(db => db.OrderLines.ToListAsync());

        Assert.Equal(
            expected,
            lines.GroupBy(line => line.Sku).ToDictionary(
                of => of.Key, of => (of.Sum(line => line.Quantity.Thousandths), of.Sum(line => line.Delivered.Thousandths), of.Sum(line => line.Rejected.Thousandths), of.Sum(line => line.Total.TenThousandths))));
        Assert.All(lines, line => Assert.Equal(line.Shipped, line.Delivered));
        Assert.Equal(
            Details.Value.Select(line => TenThousandths(line[5])).Order(),
            lines.Select(line => line.UnitPrice.TenThousandths).Order());
    }

    [Theory]
    [InlineData("of all orders")]
    [InlineData("by month")]
    [InlineData("by supplier")]
    [InlineData("by user")]
    public async Task Amounts_add_up_to_those_of_the_source_to_the_ten_thousandth(string by)
    {
        shop.RequireData();
        var expected = Headers.Value.GroupBy(header => by switch { "by month" => header[6][..7], "by supplier" => $"AW-VENDOR-{header[4]}", "by user" => header[3], _ => "" }).ToDictionary(
            of => of.Key, of => new Sums(of.Count(), of.Sum(h => TenThousandths(h[8])), of.Sum(h => TenThousandths(h[10])), of.Sum(h => TenThousandths(h[9])), of.Sum(h => TenThousandths(h[11]))));
        var suppliers = await shop.Read(db => db.Suppliers.ToDictionaryAsync(supplier => supplier.Id, supplier => supplier.ExternalId));
        var users = await shop.Read(db => db.CompanyUsers.ToDictionaryAsync(user => user.Id, user => user.ExternalId));

        var orders = await shop.Read(db => db.Orders.ToListAsync());

        var actual = orders
            .GroupBy(order => by switch
            {
                "by month" => order.PlacedAt.ToString("yyyy-MM", CultureInfo.InvariantCulture),
                "by supplier" => suppliers[order.SupplierId!.Value],
                "by user" => users[order.UserId],
                _ => "",
            })
            .ToDictionary(of => of.Key, of => new Sums(
                of.Count(),
                of.Sum(order => order.NetAmount.TenThousandths),
                of.Sum(order => order.ShippingAmount.TenThousandths),
                of.Sum(order => order.Tax.Total.TenThousandths),
                of.Sum(order => order.TotalAmount.TenThousandths)));
        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData("MONTH", "month")]
    [InlineData("SUPPLIER", "supplier { externalId }")]
    [InlineData("USER", "user { externalId }")]
    public async Task Reports_equal_the_source(string groupBy, string field)
    {
        shop.RequireData();
        var expected = Headers.Value.GroupBy(header => groupBy switch { "MONTH" => $"{header[6][..7]}-01", "SUPPLIER" => $"AW-VENDOR-{header[4]}", _ => header[3] }).ToDictionary(
            of => of.Key, of => new Sums(of.Count(), of.Sum(h => TenThousandths(h[8])), of.Sum(h => TenThousandths(h[10])), of.Sum(h => TenThousandths(h[9])), of.Sum(h => TenThousandths(h[11]))));
        const string Figures = "orderCount subtotal { amount } shipping { amount } tax { amount } total { amount }";

        var report = (await shop.Admin($"{{ orderReport(groupBy: {groupBy}, first: 250) {{ pageInfo {{ hasNextPage }} edges {{ node {{ {field} figures {{ {Figures} }} }} }} totals {{ {Figures} }} }} }}")).GetProperty("orderReport");

        Assert.False(report.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean());
        Assert.Equal(expected, report.GetProperty("edges").EnumerateArray().Select(edge => edge.GetProperty("node")).ToDictionary(Key, row => SumsOf(row.GetProperty("figures"))));
        Assert.Equal(
            new Sums(4_012, expected.Values.Sum(of => of.Subtotal), expected.Values.Sum(of => of.Freight), expected.Values.Sum(of => of.Tax), expected.Values.Sum(of => of.Total)),
            SumsOf(Assert.Single(report.GetProperty("totals").EnumerateArray())));

        static string Key(JsonElement row) => row.EnumerateObject().First().Value is { ValueKind: JsonValueKind.Object } thing ? thing.GetProperty("externalId").GetString()! : row.EnumerateObject().First().Value.GetString()!;
    }

    [Fact]
    public async Task The_report_on_what_was_bought_equals_the_source_product_by_product()
    {
        shop.RequireData();
        var skus = ImportedAdventureWorks.Records("Product").ToDictionary(product => product[0], product => product[2]);
        var expected = Details.Value.GroupBy(line => skus[line[4]]).ToDictionary(of => of.Key, of => (Number($"{of.Sum(line => Number(line[3]))}"), of.Sum(line => Number(line[6]))));
        var (rows, after) = (new Dictionary<string, (decimal, decimal)>(), (string?)null);

        do
        {
            var page = (await shop.Data(shop.StaffKey, "query($after: String) { orderReport(groupBy: VARIANT, first: 100, after: $after) { pageInfo { hasNextPage endCursor } edges { node { sku figures { quantity subtotal { amount } } } } } }", new { after }, "/admin/graphql")).GetProperty("orderReport");
            foreach (var row in page.GetProperty("edges").EnumerateArray().Select(edge => edge.GetProperty("node")))
            {
                rows.Add(row.GetProperty("sku").GetString()!, (row.GetProperty("figures").GetProperty("quantity").GetDecimal(), Number(row.GetProperty("figures").GetProperty("subtotal").GetProperty("amount").GetString()!)));
            }

            after = page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean() ? page.GetProperty("pageInfo").GetProperty("endCursor").GetString() : null;
        }
        while (after is not null);

        Assert.Equal(expected, rows);
    }

    [Fact]
    public async Task Who_ordered_reads_its_orders_and_nobody_else_does()
    {
        shop.RequireData();
        const string Query = """
            {
              order(number: "AW-PO-7") {
                source status purchaseOrderNumber placedAt completedAt company { name } user { externalId name }
                subtotal { amount } shipping { total { amount } } tax { total { amount } } total { amount }
                shipments { status carrier shippedAt lines { line { sku } quantity } }
                lines { edges { node { sku name quantity unitPrice { amount } total { amount } deliveredQuantity rejectedQuantity cancelledQuantity deliveryDates { promisedOn } variant { sku } } } }
              }
            }
            """;
        var header = Headers.Value.Single(of => of[0] == "7");
        var line = Details.Value.First(of => of[0] == "7");
        var product = ImportedAdventureWorks.Records("Product").Single(of => of[0] == line[4]);

        var mine = (await shop.Data(await shop.CreateBuyerKey("AW-CYCLES", header[3]), Query)).GetProperty("order");
        var other = await shop.Data(await shop.CreateBuyerKey("AW-CYCLES", Headers.Value.First(of => of[3] != header[3])[3]), Query);
        var reseller = await shop.Data(shop.Resellers[0].Key, Query);

        string Amount(string field) => mine.GetProperty(field).GetProperty("amount").GetString()!;
        Assert.Equal((Number(header[8]), Number(header[11])), (Number(Amount("subtotal")), Number(Amount("total"))));
        Assert.Equal(("IMPORT", "7", "Adventure Works Cycles", $"Employee {header[3]}"), (
            mine.GetProperty("source").GetString(), mine.GetProperty("purchaseOrderNumber").GetString(), mine.GetProperty("company").GetProperty("name").GetString(), mine.GetProperty("user").GetProperty("name").GetString()));
        var node = mine.GetProperty("lines").GetProperty("edges")[0].GetProperty("node");
        Assert.Equal((product[2], product[1], Number(line[3]), Number(line[7]), Number(line[8])), (
            node.GetProperty("sku").GetString(), node.GetProperty("name").GetString(), node.GetProperty("quantity").GetDecimal(), node.GetProperty("deliveredQuantity").GetDecimal(), node.GetProperty("rejectedQuantity").GetDecimal()));
        Assert.Equal(product[2], node.GetProperty("variant").GetProperty("sku").GetString());
        Assert.Equal((Number(line[7]), "DELIVERED"), (mine.GetProperty("shipments")[0].GetProperty("lines")[0].GetProperty("quantity").GetDecimal(), mine.GetProperty("shipments")[0].GetProperty("status").GetString()));
        Assert.Equal("""{"order":null}""", other.GetRawText());
        Assert.Equal("""{"order":null}""", reseller.GetRawText());
    }

    [Fact]
    public async Task Resellers_see_none_of_the_parts_that_were_bought_and_are_not_sold()
    {
        shop.RequireData();
        const string Query = """{ variant(sku: "AR-5381") { sku } product(sku: "AR-5381") { sku } products(filter: { skus: ["AR-5381"] }) { totalCount } }""";

        foreach (var reseller in shop.Resellers)
        {
            Assert.Equal("""{"variant":null,"product":null,"products":{"totalCount":0}}""", (await shop.Data(reseller.Key, Query)).GetRawText());
        }

        var buyer = await shop.Data(await shop.CreateBuyerKey("AW-CYCLES", "258"), Query);
        Assert.Equal("""{"variant":{"sku":"AR-5381"},"product":{"sku":"AR-5381"},"products":{"totalCount":1}}""", buyer.GetRawText());
    }

    [Fact]
    public async Task The_books_are_right()
    {
        shop.RequireData();

        Assert.Empty(await shop.Read(Books.Mistakes));
    }

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);

    private static long TenThousandths(string text) => (long)(Number(text) * 10_000);

    private static long Thousandths(string text) => (long)(Number(text) * 1_000);

    private static Sums SumsOf(JsonElement figures)
    {
        long Amount(string field) => TenThousandths(figures.GetProperty(field).GetProperty("amount").GetString()!);
        return new(figures.GetProperty("orderCount").GetInt32(), Amount("subtotal"), Amount("shipping"), Amount("tax"), Amount("total"));
    }

    private sealed record Sums(int Orders, long Subtotal, long Freight, long Tax, long Total);
}
