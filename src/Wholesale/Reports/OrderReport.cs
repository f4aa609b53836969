using Wholesale.Platform;

namespace Wholesale.Reports;

/// <summary>By what a report on orders is made.</summary>
public enum OrderReportGrouping
{
    /// <summary>By the month of ordering, in UTC.</summary>
    Month,

    /// <summary>By the buyer's cost center.</summary>
    CostCenter,

    /// <summary>By the buyer's own number of the order.</summary>
    PurchaseOrder,

    /// <summary>By who ordered.</summary>
    User,

    /// <summary>By the unit for which it was ordered.</summary>
    Unit,

    /// <summary>By variant, line by line.</summary>
    Variant,

    /// <summary>By product.</summary>
    Product,

    /// <summary>By the product's category.</summary>
    Category,

    /// <summary>By who bought.</summary>
    Company,

    /// <summary>By the one supplier that sends all of an order.</summary>
    Supplier,
}

/// <summary>Orders of a report's rows.</summary>
public enum OrderReportSort
{
    /// <summary>By what the report is by.</summary>
    Group,

    /// <summary>By subtotal.</summary>
    HighestSubtotal,
}

/// <summary>A page of a report.</summary>
/// <param name="Edges">The rows with their cursors.</param>
/// <param name="PageInfo">Where the page lies.</param>
/// <param name="Sum">Sums all of it up. Called only where totals are asked for.</param>
public sealed record OrderReportConnection(IReadOnlyList<Edge<OrderReportRow>> Edges, PageInfo PageInfo, Func<ValueTask<IReadOnlyList<OrderReportFigures>>> Sum);

/// <summary>What some orders come to in one currency.</summary>
/// <param name="GroupBy">By what the report is.</param>
/// <param name="Code">Which cost center, or number; null: none, or it is by something else.</param>
/// <param name="Id">Which thing, or month as 202603; null: none, or it is by a code.</param>
/// <param name="Figures">What they come to.</param>
public sealed record OrderReportRow(OrderReportGrouping GroupBy, string? Code, long? Id, OrderReportFigures Figures)
{
    /// <summary>The first day of the month; null unless it is by months.</summary>
    public DateOnly? Month => IdOf(OrderReportGrouping.Month) is { } month ? new((int)(month / 100), (int)(month % 100), 1) : null;

    /// <summary>The cost center; null: it is by something else, or there is none.</summary>
    public string? CostCenter => GroupBy == OrderReportGrouping.CostCenter ? Code : null;

    /// <summary>The buyer's number; null: it is by something else, or there is none.</summary>
    public string? PurchaseOrderNumber => GroupBy == OrderReportGrouping.PurchaseOrder ? Code : null;

    /// <summary>The id of what it is about; null: it is by something else, or there is none.</summary>
    internal long? IdOf(OrderReportGrouping grouping) => GroupBy == grouping ? Id : null;
}

/// <summary>What some orders, or lines of them, come to in one currency.</summary>
/// <param name="OrderCount">How many orders.</param>
/// <param name="Subtotal">Their lines, net of tax.</param>
public sealed record OrderReportFigures(int OrderCount, Money Subtotal)
{
    /// <summary>How much was ordered; null of whole orders.</summary>
    public Quantity? Quantity { get; init; }

    /// <summary>How much of that was cancelled; null of whole orders.</summary>
    public Quantity? CancelledQuantity { get; init; }

    /// <summary>Freight and insurance; null of lines.</summary>
    public Money? Shipping { get; init; }

    /// <summary>Tax; null of lines.</summary>
    public Money? Tax { get; init; }

    /// <summary>Subtotal, shipping and tax; null of lines.</summary>
    public Money? Total { get; init; }

    /// <summary>What of that was cancelled; null of lines.</summary>
    public Money? CancelledTotal { get; init; }
}
