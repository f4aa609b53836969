namespace Wholesale.Orders;

/// <summary>What can be set of orders.</summary>
/// <param name="CompleteAfterDays">So many days after its last shipment arrived a delivered order is closed, 0–365.</param>
public sealed record OrderSettings(int CompleteAfterDays)
{
    /// <summary>Reads the settings <c>Orders:*</c>.</summary>
    /// <exception cref="InvalidOperationException">A setting is out of range.</exception>
    public static OrderSettings Of(IConfiguration configuration)
    {
        var days = configuration.GetValue("Orders:CompleteAfterDays", 14);
        return days is >= 0 and <= 365
            ? new(days)
            : throw new InvalidOperationException($"Orders:CompleteAfterDays must be from 0 to 365, not {days}.");
    }
}
