using System.Net;
using Wholesale.Tests.Orders;

namespace Wholesale.Tests.Reports;

/// <summary>Orders as files.</summary>
public sealed class OrderExportTests(HistoryShop shop) : IClassFixture<HistoryShop>
{
    [Fact]
    public async Task Orders_are_a_file_of_their_own_rows_first_ordered_first()
    {
        var rows = await Rows(shop.Boss, "orders.csv");

        Assert.Equal("number,status,paymentStatus,placedAt,company,unit,user,purchaseOrderNumber,costCenter,jobCode,currency,subtotal,shipping,tax,total,cancelledTotal,amountPaid,amountDue,requestedDeliveryDate,promisedOn,deliveredAt,source", rows[0]);
        Assert.Equal(
            [
                $"{shop.Number(1)},PLACED,ON_ACCOUNT,2026-03-01T12:00:00Z,acme,hq,buyer,PO-4711,workshop,,USD,201.00,0.00,14.57,215.57,0.00,0.00,215.57,,,,STOREFRONT",
                $"{shop.Number(2)},CONFIRMED,ON_ACCOUNT,2026-03-02T12:00:00Z,acme,hq,buyer,PO-4712,workshop,J-1,USD,100.00,0.00,7.25,107.25,0.00,0.00,107.25,,2026-03-03,,STOREFRONT",
                $"{shop.Number(3)},CANCELLED,PENDING_RECEIPT,2026-03-03T12:00:00Z,acme,hq,buyer,,office,,USD,303.00,0.00,21.97,324.97,324.97,0.00,0.00,,,,STOREFRONT",
            ],
            rows[1..4]);
        Assert.Equal(7, rows.Count);
    }

    [Fact]
    public async Task Lines_and_reports_are_files_too()
    {
        var lines = await Rows(shop.Acme, "order-lines.csv?placedBefore=2026-03-02T00:00:00Z");
        Assert.Equal("number,placedAt,purchaseOrderNumber,costCenter,jobCode,sku,name,quantity,unitOfMeasure,unitPrice,total,currency,taxRatePercent,shipped,delivered,rejected,cancelled,promisedOn,deliveredAt,note", lines[0]);
        Assert.Equal(
            [$"{shop.Number(1)},2026-03-01T12:00:00Z,PO-4711,workshop,,TOOL-100-S,Tool 100,2,pcs,100.00,200.00,USD,7.25,0,0,0,0,,,", $"{shop.Number(1)},2026-03-01T12:00:00Z,PO-4711,workshop,,TOOL-001-S,Tool 001,1,pcs,1.00,1.00,USD,7.25,0,0,0,0,,,"],
            lines[1..]);

        Assert.Equal(
            ["COST_CENTER,currency,orders,quantity,cancelledQuantity,subtotal,shipping,tax,total,cancelledTotal", ",USD,1,,,102.00,0.00,7.40,109.40,0.00", "branch,USD,1,,,900.00,0.00,65.25,965.25,0.00"],
            await Rows(shop.Chief, "order-report.csv?groupBy=COST_CENTER"));
        Assert.Equal(["VARIANT,currency,orders,quantity,cancelledQuantity,subtotal,shipping,tax,total,cancelledTotal", "TOOL-101-L,USD,1,3,3,303.00,,,,"], await Rows(shop.Acme, "order-report.csv?groupBy=VARIANT&status=CANCELLED"));
        Assert.Equal("2026-03,EUR,1,,,605.00,0.00,0.00,605.00,0.00", (await Rows(shop.StaffKey, "order-report.csv?groupBy=MONTH"))[1]);
        Assert.Equal(["acme", "rival", "spielwaren"], (await Rows(shop.StaffKey, "order-report.csv?groupBy=COMPANY"))[1..].ConvertAll(row => row.Split(',')[0]).Order());
    }

    [Theory]
    [InlineData("orders.csv?status=CANCELLED&status=CONFIRMED", 2)]
    [InlineData("orders.csv?search=tool%20100&costCenter=workshop", 2)]
    [InlineData("orders.csv?sku=TOY-001-S", 1)]
    [InlineData("orders.csv?isLate=true", 1)]
    [InlineData("orders.csv?minimumTotal=1000.5", 1)]
    [InlineData("orders.csv?paymentStatus=PAID", 0)]
    [InlineData("orders.csv?source=IMPORT&source=STAFF", 0)]
    public async Task The_filter_is_that_of_the_list(string query, int expected) => Assert.Equal(expected + 1, (await Rows(shop.Boss, query)).Count);

    [Fact]
    public async Task A_text_that_would_be_a_formula_is_none()
    {
        var cart = await shop.OpenCart(shop.Rival, details: new { paymentMethod = "BANK_TRANSFER", purchaseOrderNumber = "=1+1", note = "a \"quoted\", thing", costCenter = "-1" });
        await shop.Add(shop.Rival, cart, [("TOOL-100-S", 1)]);
        await shop.Place(cart, fields: "order { number }", key: shop.Rival);

        var row = (await Rows(shop.Rival, "orders.csv?costCenter=-1"))[1];

        Assert.Contains(",'=1+1,'-1,", row, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "orders.csv", HttpStatusCode.Unauthorized, "UNAUTHENTICATED")]
    [InlineData("viewer", "orders.csv", HttpStatusCode.Forbidden, "FORBIDDEN")]
    [InlineData("boss", "orders.csv?stauts=PLACED", HttpStatusCode.BadRequest, "INVALID_VALUE")]
    [InlineData("boss", "orders.csv?status=Placed", HttpStatusCode.BadRequest, "INVALID_VALUE")]
    [InlineData("boss", "orders.csv?companyId=x", HttpStatusCode.BadRequest, "INVALID_VALUE")]
    [InlineData("boss", "orders.csv?number=1&number=2", HttpStatusCode.BadRequest, "INVALID_VALUE")]
    [InlineData("boss", "orders.csv?groupBy=MONTH", HttpStatusCode.BadRequest, "INVALID_VALUE")]
    [InlineData("boss", "order-report.csv", HttpStatusCode.BadRequest, "INVALID_VALUE")]
    [InlineData("boss", "order-report.csv?groupBy=SUPPLIER", HttpStatusCode.BadRequest, "INVALID_VALUE")]
    public async Task What_is_not_allowed_or_misspelt_is_refused(string? who, string query, HttpStatusCode status, string code)
    {
        using var response = await Get(who switch { "viewer" => shop.Viewer, "boss" => shop.Boss, _ => null }, query);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains($"\"code\":\"{code}\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Null(response.Content.Headers.ContentDisposition);
    }

    private async Task<List<string>> Rows(string key, string query)
    {
        using var response = await Get(key, query);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        Assert.Equal("text/csv", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(query.Split('?')[0], response.Content.Headers.ContentDisposition!.FileName);
        Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
        return [.. text[..^2].Split("\r\n")];
    }

    private async Task<HttpResponseMessage> Get(string? key, string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/exports/{query}");
        if (key is not null)
        {
            request.Headers.Add("X-Api-Key", key);
        }

        return await shop.Client.SendAsync(request);
    }
}
