namespace Wholesale.Carts;

/// <summary>What can be set of carts.</summary>
/// <param name="ExpireAfterDays">After so many days without a change an open cart is deleted, 1–3,650.</param>
public sealed record CartSettings(int ExpireAfterDays)
{
    /// <summary>The same as a time.</summary>
    public TimeSpan ExpiresAfter => TimeSpan.FromDays(ExpireAfterDays);

    /// <summary>Reads the settings <c>Carts:*</c>.</summary>
    /// <exception cref="InvalidOperationException">A setting is out of range.</exception>
    public static CartSettings Of(IConfiguration configuration)
    {
        var days = configuration.GetValue("Carts:ExpireAfterDays", 90);
        return days is >= 1 and <= 3_650
            ? new(days)
            : throw new InvalidOperationException($"Carts:ExpireAfterDays must be from 1 to 3650, not {days}.");
    }
}
