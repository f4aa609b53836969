namespace Wholesale.Orders;

/// <summary>What happens in this room, for the event log.</summary>
public static class OrderEvents
{
    /// <summary>An order was placed. Subject and version are the order's; its data are <see cref="OrderPlacedData"/>.</summary>
    public const string OrderPlaced = "ORDER_PLACED";

    /// <summary>How orders are numbered is new or changed. Subject and version are the series'.</summary>
    public const string OrderNumberSeriesChanged = "ORDER_NUMBER_SERIES_CHANGED";
}

/// <summary>What is told of an order that was placed.</summary>
public sealed record OrderPlacedData(string Number, Platform.NodeId CompanyId, Platform.NodeId CartId, Platform.Currency Currency, Platform.Amount Total);
