using System.Collections.Frozen;
using System.Linq.Expressions;

namespace Wholesale.Orders;

/// <summary>What lists of orders show of them: a request that selects no more is spared the addresses, taxes and words of each.</summary>
public sealed partial class Order
{
    /// <summary>Reads what <see cref="HeadFields"/> show, and nothing else.</summary>
    internal static readonly Expression<Func<Order, Order>> Head = o => new()
    {
        Id = o.Id,
        Number = o.Number,
        Status = o.Status,
        CompanyId = o.CompanyId,
        UserId = o.UserId,
        UnitId = o.UnitId,
        SupplierId = o.SupplierId,
        Source = o.Source,
        PlacedAt = o.PlacedAt,
        Currency = o.Currency,
        PurchaseOrderNumber = o.PurchaseOrderNumber,
        CostCenter = o.CostCenter,
        JobCode = o.JobCode,
        RequestedDeliveryDate = o.RequestedDeliveryDate,
        PaymentStatus = o.PaymentStatus,
        LineCount = o.LineCount,
        NetAmount = o.NetAmount,
        TotalAmount = o.TotalAmount,
        CancelledAmount = o.CancelledAmount,
        ShipTo = null!,
        BillTo = null!,
        PaymentMethod = default,
        Taxes = null!,
    };

    /// <summary>
    /// The fields of the contract's <c>Order</c> that <see cref="Head"/> is enough for: its own, those that are read by its keys, and its lines, whatever is selected of them: a <see cref="PlacedLine"/> takes
    /// currency and requested day from its order.
    /// </summary>
    internal static readonly FrozenSet<string> HeadFields =
    [
        "id", "number", "status", "company", "user", "unit", "supplier", "source", "placedAt", "currency", "purchaseOrderNumber", "costCenter", "jobCode",
        "requestedDeliveryDate", "paymentStatus", "lines", "lineCount", "subtotal", "total", "cancelledTotal",
    ];
}
