namespace Wholesale.Pricing;

/// <summary>What can be set of prices.</summary>
public sealed class PricingSettings
{
    /// <summary>What the price lists in memory may take, 1–65,536; lists that do not fit are answered from the database.</summary>
    public int MemoryMegabytes { get; init; } = 512;

    /// <summary>How many simulations of price changes this process runs at once, 1–16; the others wait in line.</summary>
    public int Simulations { get; init; } = 2;

    /// <summary>How long a request waits for its simulation, 0–20 seconds; longer ones it leaves running.</summary>
    public int SimulationWaitSeconds { get; init; } = 5;

    /// <summary>Reads the settings <c>Prices:*</c>.</summary>
    /// <exception cref="InvalidOperationException">A setting is out of range.</exception>
    public static PricingSettings Of(IConfiguration configuration)
    {
        var settings = configuration.GetSection("Prices").Get<PricingSettings>() ?? new();
        Check(nameof(MemoryMegabytes), settings.MemoryMegabytes, 1, 65_536);
        Check(nameof(Simulations), settings.Simulations, 1, 16);
        Check(nameof(SimulationWaitSeconds), settings.SimulationWaitSeconds, 0, 20);
        return settings;
    }

    private static void Check(string name, int value, int minimum, int maximum)
    {
        if (value < minimum || value > maximum)
        {
            throw new InvalidOperationException($"Prices:{name} must be from {minimum} to {maximum}, not {value}.");
        }
    }
}
