using System.Text.Json;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Orders;

/// <summary>Something that happened to an order.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">What.</param>
/// <param name="By">Who did it.</param>
/// <param name="Status">What had become of the order then.</param>
/// <param name="Reason">Why it was cancelled; null: it was not.</param>
public sealed record OrderTimelineEntry(DateTime At, OrderTimelineKind Kind, OrderParty By, OrderStatus Status, CancellationReason? Reason)
{
    /// <summary>What had become of the payment then; null: this is not about it.</summary>
    public OrderPaymentStatus? PaymentStatus { get; init; }

    /// <summary>The event's number.</summary>
    internal long Number { get; init; }

    /// <summary>Which shipment it is about; null: none.</summary>
    internal long? ShipmentId { get; init; }
}

/// <summary>What happens to orders.</summary>
public enum OrderTimelineKind
{
    /// <summary>It was ordered.</summary>
    Placed,

    /// <summary>The seller accepted it.</summary>
    Confirmed,

    /// <summary>A shipment left.</summary>
    Shipped,

    /// <summary>The seller said something else of a shipment.</summary>
    ShipmentChanged,

    /// <summary>A shipment arrived.</summary>
    Delivered,

    /// <summary>What was open of it was cancelled, or a part of that.</summary>
    Cancelled,

    /// <summary>It was closed.</summary>
    Completed,

    /// <summary>Something was paid of it, or a payment was taken back.</summary>
    PaymentChanged,

    /// <summary>It was imported, or what has become of it.</summary>
    Imported,
}

/// <summary>Who did something.</summary>
public enum OrderParty
{
    /// <summary>A user of the company.</summary>
    Buyer,

    /// <summary>The seller's staff, also where it acts as a user of the company.</summary>
    Seller,

    /// <summary>Nobody: the clock.</summary>
    System,
}

/// <summary>Reads what has happened to orders from the event log.</summary>
internal static class OrderTimeline
{
    private const string InOrder = "orderTimeline/NUMBER";

    private static readonly Dictionary<string, OrderTimelineKind> Kinds = new()
    {
        [OrderEvents.OrderPlaced] = OrderTimelineKind.Placed,
        [OrderEvents.OrderConfirmed] = OrderTimelineKind.Confirmed,
        [OrderEvents.OrderShipped] = OrderTimelineKind.Shipped,
        [OrderEvents.OrderShipmentChanged] = OrderTimelineKind.ShipmentChanged,
        [OrderEvents.OrderDelivered] = OrderTimelineKind.Delivered,
        [OrderEvents.OrderCancelled] = OrderTimelineKind.Cancelled,
        [OrderEvents.OrderCompleted] = OrderTimelineKind.Completed,
        [OrderEvents.OrderPaymentChanged] = OrderTimelineKind.PaymentChanged,
        [OrderEvents.OrderImported] = OrderTimelineKind.Imported,
    };

    /// <summary>The types of the events that are entries.</summary>
    public static IReadOnlyCollection<string> Types => Kinds.Keys;

    /// <summary>A page of each order, by one statement: the union of one short range of each.</summary>
    public static async ValueTask<IReadOnlyList<Connection<OrderTimelineEntry>>> Of(Batch<Order> orders, int? first, string? after, WholesaleDb db, CancellationToken cancellation)
    {
        var page = Page.Of(first, after);
        var behind = page.After is null ? 0 : NumberOf(page.After);
        var types = Kinds.Keys.ToList();
        var rows = await orders.Ranges(order => order.Id, order => db.Events.Where(e => e.SubjectId == order.Id && e.Number > behind && types.Contains(e.Type)).OrderBy(e => e.Number).Take(page.Take), cancellation);
        var byOrder = rows.ToLookup(e => e.SubjectId);
        return orders.Map(order => page.Connect([.. byOrder[order.Id].OrderBy(e => e.Number).Select(Entry)], CursorOf));
    }

    /// <summary>The cursor of an entry.</summary>
    public static string CursorOf(OrderTimelineEntry entry) => Cursor.Of(InOrder, entry.Number);

    /// <summary>The event's number of a cursor.</summary>
    /// <exception cref="GraphQLException">INVALID_CURSOR.</exception>
    public static long NumberOf(string cursor) => Cursor.Parse(cursor, InOrder).Number(0);

    /// <summary>What an event of <see cref="Types"/> tells.</summary>
    public static OrderTimelineEntry Entry(Event happened)
    {
        var change = happened.Type switch
        {
            OrderEvents.OrderPlaced => new(OrderStatus.Placed),
            OrderEvents.OrderImported => new(JsonSerializer.Deserialize<OrderImportedData>(happened.Data!, Json.Options)!.Status),
            _ => JsonSerializer.Deserialize<OrderChange>(happened.Data!, Json.Options)!,
        };
        var by = happened.ActorKind switch
        {
            ActorKind.CompanyUser => OrderParty.Buyer,
            ActorKind.Staff => OrderParty.Seller,
            _ => OrderParty.System,
        };
        return new(happened.At, Kinds[happened.Type], by, change.Status, change.Reason) { Number = happened.Number, ShipmentId = change.ShipmentId?.Key, PaymentStatus = change.PaymentStatus };
    }
}
