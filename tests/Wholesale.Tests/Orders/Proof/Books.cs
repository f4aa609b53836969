using Microsoft.EntityFrameworkCore;
using Wholesale.Orders;

namespace Wholesale.Tests.Orders.Proof;

/// <summary>What holds of all orders, whatever failed and whenever: an order, its lines, number and event, the end of its cart, its credit and its stock are all there, or none is.</summary>
internal static class Books
{
    /// <summary>Each counts what is wrong.</summary>
    private static readonly (string Wrong, string Sql)[] Rules =
    [
        ("orders without all their lines", """
            SELECT COUNT(*) AS "Value" FROM "Orders" o WHERE o."LineCount" <> (SELECT COUNT(*) FROM "OrderLines" l WHERE l."OrderId" = o."Id")
            """),
        ("orders that are not the sum of their lines", """
            SELECT COUNT(*) AS "Value" FROM "Orders" o WHERE o."NetAmount" <> (SELECT COALESCE(SUM(l."Total"), -1) FROM "OrderLines" l WHERE l."OrderId" = o."Id")
            """),
        ("lines without an order", """
            SELECT COUNT(*) AS "Value" FROM "OrderLines" l WHERE NOT EXISTS (SELECT 1 FROM "Orders" o WHERE o."Id" = l."OrderId")
            """),
        ("carts that were ordered, without an order", """
            SELECT COUNT(*) AS "Value" FROM "Carts" c WHERE c."Status" = 1 AND NOT EXISTS (SELECT 1 FROM "Orders" o WHERE o."CartId" = c."Id")
            """),
        ("orders whose cart is open, or gone", """
            SELECT COUNT(*) AS "Value" FROM "Orders" o WHERE NOT EXISTS (SELECT 1 FROM "Carts" c WHERE c."Id" = o."CartId" AND c."Status" = 1) AND (o."Source" <> 2 OR o."CartId" IS NOT NULL)
            """),
        ("carts without all their lines", """
            SELECT COUNT(*) AS "Value" FROM "Carts" c WHERE c."LineCount" <> (SELECT COUNT(*) FROM "CartLines" l WHERE l."CartId" = c."Id")
            """),
        ("orders that were not told of once", """
            SELECT COUNT(*) AS "Value" FROM "Orders" o WHERE (SELECT COUNT(*) FROM "Events" e WHERE e."SubjectId" = o."Id" AND e."Type" = 'ORDER_PLACED') <> CASE WHEN o."Source" = 2 THEN 0 ELSE 1 END
            """),
        ("imported orders that were not told of once for each of their versions, or of which something else was told", """
            SELECT COUNT(*) AS "Value" FROM "Orders" o WHERE o."Source" = 2 AND (
                (SELECT COUNT(*) FROM "Events" e WHERE e."SubjectId" = o."Id" AND e."Type" = 'ORDER_IMPORTED') <> o."Version"
                OR (SELECT COUNT(*) FROM "Events" e WHERE e."SubjectId" = o."Id") <> o."Version")
            """),
        ("orders that were told of and are not there", """
            SELECT COUNT(*) AS "Value" FROM "Events" e WHERE e."Type" = 'ORDER_PLACED' AND NOT EXISTS (SELECT 1 FROM "Orders" o WHERE o."Id" = e."SubjectId")
            """),
        ("events that are missing between others", """
            SELECT COALESCE(MAX(e."Number") - MIN(e."Number") + 1 - COUNT(*), 0) AS "Value" FROM "Events" e
            """),
        ("stock levels that do not count their reservations", """
            SELECT COUNT(*) AS "Value" FROM "StockLevels" s
            WHERE s."Reserved" <> (SELECT COALESCE(SUM(r."Quantity"), 0) FROM "StockReservations" r WHERE r."VariantId" = s."VariantId" AND r."WarehouseId" = s."WarehouseId")
            """),
        ("stock levels that promise more than there is", """
            SELECT COUNT(*) AS "Value" FROM "StockLevels" s WHERE s."Reserved" + s."SafetyStock" > s."OnHand"
            """),
        ("lines without all their stock", """
            SELECT COUNT(*) AS "Value" FROM "OrderLines" l JOIN "StockLevels" s ON s."VariantId" = l."VariantId"
            WHERE l."Promises" <> '[]' AND l."Quantity" - l."Shipped" - l."Cancelled" <> (SELECT COALESCE(SUM(r."Quantity"), 0) FROM "StockReservations" r WHERE r."OwnerId" = l."Id")
            """),
        ("lines of which more was refused than arrived, more arrived than was sent, or more was sent and cancelled than ordered", """
            SELECT COUNT(*) AS "Value" FROM "OrderLines" l WHERE l."Rejected" > l."Delivered" OR l."Delivered" > l."Shipped" OR l."Shipped" + l."Cancelled" > l."Quantity"
            """),
        ("lines that do not count their shipments", """
            SELECT COUNT(*) AS "Value" FROM "OrderLines" l WHERE l."Shipped" <> (SELECT COALESCE(SUM(s."Quantity"), 0) FROM "ShipmentLines" s WHERE s."OrderLineId" = l."Id")
            """),
        ("lines that do not count their deliveries", """
            SELECT COUNT(*) AS "Value" FROM "OrderLines" l
            WHERE l."Delivered" <> (SELECT COALESCE(SUM(s."Quantity"), 0) FROM "ShipmentLines" s JOIN "Shipments" p ON p."Id" = s."ShipmentId" WHERE s."OrderLineId" = l."Id" AND p."DeliveredAt" IS NOT NULL)
            """),
        ("lines of confirmed orders that their fulfillments do not add up to", """
            SELECT COUNT(*) AS "Value" FROM "OrderLines" l JOIN "Orders" o ON o."Id" = l."OrderId"
            WHERE o."ConfirmedAt" IS NOT NULL AND (SELECT COALESCE(SUM(f."Quantity" - f."Cancelled"), 0) FROM "FulfillmentLines" f WHERE f."OrderLineId" = l."Id") <> l."Quantity" - l."Cancelled"
            """),
        ("lines that were confirmed in another quantity than was given to be sent, or of orders that were not confirmed", """
            SELECT COUNT(*) AS "Value" FROM "OrderLines" l JOIN "Orders" o ON o."Id" = l."OrderId"
            WHERE COALESCE(l."Confirmed", -1) <> CASE WHEN o."ConfirmedAt" IS NULL OR o."Source" = 2 THEN -1 ELSE (SELECT COALESCE(SUM(f."Quantity"), 0) FROM "FulfillmentLines" f WHERE f."OrderLineId" = l."Id") END
            """),
        ("orders that were confirmed for nothing, or for more than they come to", """
            SELECT COUNT(*) AS "Value" FROM "Orders" o
            WHERE CASE WHEN o."ConfirmedAt" IS NULL OR o."Source" = 2 THEN CASE WHEN o."ConfirmedAmount" IS NULL THEN 1 ELSE 0 END
                WHEN o."ConfirmedAmount" <= o."TotalAmount" AND o."ConfirmedAmount" >= o."TotalAmount" - o."CancelledAmount" THEN 1 ELSE 0 END = 0
            """),
        ("orders whose status is not what their lines say", """
            SELECT COUNT(*) AS "Value" FROM "Orders" o WHERE o."Status" <> (SELECT CASE
                WHEN SUM(l."Shipped") = 0 AND SUM(l."Cancelled") = SUM(l."Quantity") THEN 6
                WHEN SUM(l."Shipped") = 0 THEN CASE WHEN o."ConfirmedAt" IS NULL THEN 0 ELSE 1 END
                WHEN SUM(l."Shipped") + SUM(l."Cancelled") < SUM(l."Quantity") THEN 2
                WHEN SUM(l."Delivered") < SUM(l."Shipped") THEN 3
                ELSE CASE WHEN o."CompletedAt" IS NULL THEN 4 ELSE 5 END
            END FROM "OrderLines" l WHERE l."OrderId" = o."Id")
            """),
        ("stock that is reserved for nothing", """
            SELECT COUNT(*) AS "Value" FROM "StockReservations" r WHERE NOT EXISTS (SELECT 1 FROM "OrderLines" l WHERE l."Id" = r."OwnerId")
            """),
        ("credit profiles that do not count their reservations", """
            SELECT COUNT(*) AS "Value" FROM "CreditProfiles" p
            WHERE p."Reserved" <> (SELECT COALESCE(SUM(r."Amount"), 0) FROM "CreditReservations" r WHERE r."CompanyId" = p."CompanyId")
            """),
        ("credit profiles that do not count their open items", """
            SELECT COUNT(*) AS "Value" FROM "CreditProfiles" p
            WHERE p."Receivable" <> (SELECT COALESCE(SUM(i."Rest"), 0) FROM "OpenItems" i WHERE i."CompanyId" = p."CompanyId" AND i."Currency" = p."Currency" AND i."Kind" = 0)
            """),
        ("credit profiles over their limit", """
            SELECT COUNT(*) AS "Value" FROM "CreditProfiles" p WHERE p."OpenItems" + p."Reserved" + CASE WHEN p."IsReceivableElsewhere" = 0 THEN p."Receivable" ELSE 0 END > p."Limit"
            """),
        ("open items whose rest is not what is left of them", """
            SELECT COUNT(*) AS "Value" FROM "OpenItems" i WHERE i."Rest" <> i."Charged" - i."Paid" - i."Discount" OR i."Charged" < 0
            """),
        ("open items that do not count what was paid of them", """
            SELECT COUNT(*) AS "Value" FROM "OpenItems" i
            WHERE i."Paid" <> (SELECT COALESCE(SUM(a."Paid"), 0) FROM "PaymentAllocations" a WHERE a."OpenItemId" = i."Id")
            OR i."Discount" <> (SELECT COALESCE(SUM(a."TakenOff"), 0) FROM "PaymentAllocations" a WHERE a."OpenItemId" = i."Id")
            """),
        ("payments of which something is lost", """
            SELECT COUNT(*) AS "Value" FROM "Payments" p
            WHERE p."Left" + (SELECT COALESCE(SUM(a."Paid"), 0) FROM "PaymentAllocations" a WHERE a."PaymentId" = p."Id") <> CASE WHEN p."ReversedAt" IS NULL THEN p."Received" ELSE 0 END
            """),
        ("imported orders that took stock, credit or budget, or for which something is owed", """
            SELECT COUNT(*) AS "Value" FROM "Orders" o WHERE o."Source" = 2 AND (
                EXISTS (SELECT 1 FROM "OrderLines" l JOIN "StockReservations" r ON r."OwnerId" = l."Id" WHERE l."OrderId" = o."Id")
                OR EXISTS (SELECT 1 FROM "CreditReservations" r WHERE r."OwnerId" = o."Id") OR EXISTS (SELECT 1 FROM "BudgetReservations" r WHERE r."OwnerId" = o."Id")
                OR EXISTS (SELECT 1 FROM "OpenItems" i WHERE i."OwnerId" = o."Id"))
            """),
        ("orders on account whose credit, open items and what is cancelled of them do not add up to what they come to", """
            SELECT COUNT(*) AS "Value" FROM "Orders" o WHERE o."PaymentMethod" = 0 AND o."Source" <> 2
            AND NOT EXISTS (SELECT 1 FROM "CreditReservations" r WHERE r."OwnerId" = o."Id" AND r."CompanyId" = o."CompanyId"
                AND r."Amount" + (SELECT COALESCE(SUM(i."Charged"), 0) FROM "OpenItems" i WHERE i."OwnerId" = o."Id" AND i."Kind" = 0) = o."TotalAmount" - o."CancelledAmount")
            """),
        ("orders by transfer of which other is owed than what is not cancelled of them", """
            SELECT COUNT(*) AS "Value" FROM "Orders" o WHERE o."PaymentMethod" = 1 AND o."Source" <> 2
            AND (SELECT COALESCE(SUM(i."Charged"), 0) FROM "OpenItems" i WHERE i."OwnerId" = o."Id" AND i."Kind" = 1 AND i."CompanyId" = o."CompanyId" AND i."OrderNumber" = o."Number") <> o."TotalAmount" - o."CancelledAmount"
            """),
        ("orders that do not count what was paid of them", """
            SELECT COUNT(*) AS "Value" FROM "Orders" o
            WHERE o."Source" <> 2 AND (o."PaidAmount" <> (SELECT COALESCE(SUM(i."Paid"), 0) FROM "OpenItems" i WHERE i."OwnerId" = o."Id")
            OR o."DiscountAmount" <> (SELECT COALESCE(SUM(i."Discount"), 0) FROM "OpenItems" i WHERE i."OwnerId" = o."Id"))
            """),
        ("orders whose payment's status is not what their amounts say", """
            SELECT COUNT(*) AS "Value" FROM "Orders" o WHERE o."PaymentStatus" <> CASE
                WHEN o."PaidAmount" + o."DiscountAmount" = 0 AND o."TotalAmount" > 0 THEN o."PaymentMethod"
                WHEN o."PaidAmount" + o."DiscountAmount" < o."TotalAmount" - o."CancelledAmount" THEN 2
                ELSE 3
            END
            """),
        ("credit that is reserved for nothing", """
            SELECT COUNT(*) AS "Value" FROM "CreditReservations" r WHERE NOT EXISTS (SELECT 1 FROM "Orders" o WHERE o."Id" = r."OwnerId" AND o."PaymentMethod" = 0)
            """),
    ];

    /// <summary>All that is wrong; empty: the books are right.</summary>
    public static async Task<IReadOnlyList<string>> Mistakes(WholesaleDb db)
    {
        var mistakes = new List<string>();
        foreach (var (wrong, sql) in Rules)
        {
            var count = (await db.Database.SqlQueryRaw<long>(SqlServerForTests.IsUsed ? sql.Replace("COUNT(*)", "COUNT_BIG(*)", StringComparison.Ordinal) : sql).ToListAsync()).Single();
            if (count != 0)
            {
                mistakes.Add($"{count} {wrong}");
            }
        }

        var orders = await db.Orders.ToListAsync();
        var wrongTotals = orders.Count(o => o.TotalAmount.TenThousandths != o.NetAmount.TenThousandths + o.ShippingAmount.TenThousandths + o.Taxes.Sum(t => t.Tax.TenThousandths));
        if (wrongTotals > 0)
        {
            mistakes.Add($"{wrongTotals} orders that are not the sum of their lines, shipping and tax");
        }

        var numbers = orders.Where(o => o.Source != OrderSource.Import).Select(o => o.Number).ToList();
        var missing = Enumerable.Range(1, numbers.Count).Select(i => $"ORD-{i:000000}").Except(numbers).Take(3).ToList();
        if (missing.Count > 0)
        {
            mistakes.Add($"of {numbers.Count} orders none has the number {string.Join(", ", missing)}");
        }

        var integrity = SqlServerForTests.IsUsed ? "ok" : string.Join('\n', await db.Database.SqlQueryRaw<string>("PRAGMA quick_check").ToListAsync());
        if (integrity != "ok")
        {
            mistakes.Add(integrity);
        }

        return mistakes;
    }
}
