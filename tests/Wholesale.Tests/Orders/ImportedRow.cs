namespace Wholesale.Tests.Orders;

/// <summary>
/// A row of the import <c>orders</c>: an order of acme's buyer of 2024, of 10 × 12.3456 and 4 × 5.00, of which one was cancelled, with 7.50 for the way and 8 % tax of 11.4768 on the goods. Six of the ten have
/// arrived, and one of these was refused; the rest is on its way.
/// </summary>
internal static class ImportedRow
{
    /// <summary>The row, with fields that are another, or left out where they are null.</summary>
    public static Dictionary<string, object?> Of(string number, params (string Field, object? Value)[] others)
    {
        var address = new { name = "Acme Inc.", lines = new[] { "1 Dock Road" }, city = "Denver", region = "CO", country = "US" };
        var row = new Dictionary<string, object?>
        {
            ["number"] = number,
            ["company"] = "acme",
            ["user"] = "buyer",
            ["placedAt"] = "2024-05-01T08:00:00Z",
            ["currency"] = "USD",
            ["paymentMethod"] = "ON_ACCOUNT",
            ["purchaseOrderNumber"] = "PO 7",
            ["shipTo"] = address,
            ["billTo"] = address,
            ["confirmedAt"] = "2024-05-02T08:00:00Z",
            ["shipping"] = new { amount = "7.50" },
            ["taxes"] = new[] { new { name = "Sales tax 8 %", ratePercent = "8", net = "143.46", tax = "11.4768" } },
            ["lines"] = new object[]
            {
                new { sku = "TOOL-001-S", name = "Tool of old", quantity = 10, unitPrice = "12.3456", taxRatePercent = 8, promisedOn = "2024-05-10" },
                new { sku = "TOOL-002-S", name = "Tool 002", quantity = 4, unitPrice = "5", taxRatePercent = 8, cancelled = 1, unitOfMeasure = "box", note = "Blue ones" },
            },
            ["shipments"] = new object[]
            {
                new
                {
                    externalId = $"{number}/A", shippedAt = "2024-05-03T08:00:00Z", deliveredAt = "2024-05-08T08:00:00Z", carrier = "Roadrunner", trackingNumbers = new[] { new { number = "RR 1" } },
                    lines = new[] { new { sku = "TOOL-001-S", quantity = 6, rejected = 1 } },
                },
                new { shippedAt = "2024-05-04T08:00:00Z", lines = new object[] { new { sku = "TOOL-001-S", quantity = 4 }, new { line = 1, quantity = 3 } } },
            },
        };
        foreach (var (field, value) in others)
        {
            row[field] = value;
        }

        foreach (var field in row.Where(of => of.Value is null).Select(of => of.Key).ToList())
        {
            row.Remove(field);
        }

        return row;
    }

    /// <summary>One line of a variant that nothing has become of.</summary>
    public static object[] OneLine(string sku = "TOOL-001-S", int quantity = 1) => [new { sku, name = sku, quantity, unitPrice = "10" }];

    /// <summary>An order of one line that nothing has become of.</summary>
    public static Dictionary<string, object?> Open(string number, params (string Field, object? Value)[] others) =>
        Of(number, [("lines", OneLine()), ("taxes", null), ("shipments", null), ("confirmedAt", null), .. others]);
}
