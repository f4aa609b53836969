namespace Wholesale.Tests.Orders.Proof;

/// <summary>What an order is, in as few words as possible: what a walk compares the server's answers with. Quantities are pieces.</summary>
internal sealed class OrderWalk(IReadOnlyDictionary<string, int> ordered)
{
    private readonly Dictionary<string, int> cancelled = ordered.Keys.ToDictionary(sku => sku, _ => 0);
    private bool isConfirmed;
    private bool isCompleted;

    public IReadOnlyList<string> Skus { get; } = [.. ordered.Keys.Order(StringComparer.Ordinal)];

    /// <summary>What is open of each fulfillment, in their order.</summary>
    public List<(string Id, Dictionary<string, int> Open)> Fulfillments { get; } = [];

    public List<(string Id, Dictionary<string, int> Lines, bool IsDelivered)> Shipments { get; } = [];

    public string Status => isCompleted ? "COMPLETED"
        : !Skus.Any(sku => Open(sku) > 0) ? (Shipments.Count == 0 ? "CANCELLED" : Shipments.All(s => s.IsDelivered) ? "DELIVERED" : "SHIPPED")
        : Shipments.Count > 0 ? "PARTLY_SHIPPED"
        : isConfirmed ? "CONFIRMED" : "PLACED";

    public int Open(string sku) => ordered[sku] - cancelled[sku] - Sent(sku, _ => true);

    /// <summary>What the lines are to look like: sent, arrived, cancelled, open.</summary>
    public IReadOnlyList<string> Lines =>
        [.. Skus.Select(sku => $"{sku}: {Sent(sku, _ => true)} {Sent(sku, isDelivered => isDelivered)} {cancelled[sku]} {Open(sku)}")];

    public string? Confirm() => Status == "PLACED" ? Do(() => isConfirmed = true) : "INVALID_ORDER_STATUS";

    public string? Cancel(string sku, int quantity, bool isBuyer) =>
        Status is not ("PLACED" or "CONFIRMED" or "PARTLY_SHIPPED") || (isBuyer && Status != "PLACED") ? "INVALID_ORDER_STATUS"
        : quantity > Open(sku) ? "QUANTITY_NOT_OPEN"
        : Do(() =>
        {
            cancelled[sku] += quantity;
            var left = quantity;
            foreach (var (_, open) in Fulfillments.AsEnumerable().Reverse().Where(f => f.Open.ContainsKey(sku)))
            {
                var some = Math.Min(left, open[sku]);
                open[sku] -= some;
                left -= some;
            }
        });

    /// <summary>What is sent gets its id by the server's answer.</summary>
    public string? Ship(int fulfillment, Dictionary<string, int> lines, bool cancelRest) =>
        Status is not ("CONFIRMED" or "PARTLY_SHIPPED") ? "INVALID_ORDER_STATUS"
        : lines.Any(line => line.Value > Fulfillments[fulfillment].Open.GetValueOrDefault(line.Key)) ? "QUANTITY_NOT_OPEN"
        : Do(() =>
        {
            Shipments.Add(("", lines, false));
            foreach (var (sku, quantity) in lines)
            {
                var open = Fulfillments[fulfillment].Open;
                open[sku] -= quantity;
                if (cancelRest)
                {
                    cancelled[sku] += open[sku];
                    open[sku] = 0;
                }
            }
        });

    public string? Deliver(int shipment) => Do(() => Shipments[shipment] = Shipments[shipment] with { IsDelivered = true });

    public string? Complete() => Status == "DELIVERED" ? Do(() => isCompleted = true) : "INVALID_ORDER_STATUS";

    private int Sent(string sku, Predicate<bool> which) => Shipments.Where(s => which(s.IsDelivered)).Sum(s => s.Lines.GetValueOrDefault(sku));

    private static string? Do(Action change)
    {
        change();
        return null;
    }
}
