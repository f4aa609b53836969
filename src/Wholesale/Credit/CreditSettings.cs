namespace Wholesale.Credit;

/// <summary>What can be set of credit.</summary>
/// <param name="OverdueHoldAfterDays">What a new credit profile has for <see cref="CreditProfile.OverdueHoldAfterDays"/> unless it says so itself; null: never.</param>
public sealed record CreditSettings(int? OverdueHoldAfterDays = null)
{
    /// <summary>Reads the settings <c>Credit:*</c>.</summary>
    /// <exception cref="InvalidOperationException">A setting is out of range.</exception>
    public static CreditSettings Of(IConfiguration configuration)
    {
        var days = configuration.GetValue<int?>("Credit:OverdueHoldAfterDays", null);
        return days is null or (>= 0 and <= CreditProfile.MaximumHoldDays)
            ? new(days)
            : throw new InvalidOperationException($"Credit:OverdueHoldAfterDays must be from 0 to {CreditProfile.MaximumHoldDays}, not {days}. Leave it out for never.");
    }
}
