namespace Wholesale.Pricing;

/// <summary>What can be set of prices.</summary>
public sealed class PricingSettings
{
    /// <summary>What the price lists in memory may take, 1–65,536; lists that do not fit are answered from the database.</summary>
    public int MemoryMegabytes { get; init; } = 512;

    /// <summary>Reads the settings <c>Prices:*</c>.</summary>
    /// <exception cref="InvalidOperationException">A setting is out of range.</exception>
    public static PricingSettings Of(IConfiguration configuration)
    {
        var settings = configuration.GetSection("Prices").Get<PricingSettings>() ?? new();
        return settings.MemoryMegabytes is >= 1 and <= 65_536
            ? settings
            : throw new InvalidOperationException($"Prices:MemoryMegabytes must be from 1 to 65536, not {settings.MemoryMegabytes}.");
    }
}
