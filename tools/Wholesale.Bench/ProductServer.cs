using System.Diagnostics.Metrics;
using System.Globalization;
using Wholesale.Platform.Database;
using Wholesale.Pricing;

namespace Wholesale.Bench;

/// <summary>The product as it is, and beside its own doors what its meters say.</summary>
internal static class ProductServer
{
    public const string TurnsPath = "/bench/turns";

    public const string RowsPath = "/bench/rows";

    /// <summary>Serves with the product's own command line.</summary>
    public static async Task Run(string[] args)
    {
        var longest = 0.0;
        var sync = new Lock();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == WriteGate.TurnInstrument)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((_, seconds, _, _) =>
        {
            lock (sync)
            {
                longest = Math.Max(longest, seconds);
            }
        });
        listener.Start();

        await using var app = await WholesaleHost.Create(args);
        Counters.Map(app);
        app.MapGet(TurnsPath, () =>
        {
            lock (sync)
            {
                var told = (longest * 1_000).ToString(CultureInfo.InvariantCulture);
                longest = 0;
                return told;
            }
        });
        app.MapGet(RowsPath, (CompiledPriceLists lists) => lists.RowCount.ToString(CultureInfo.InvariantCulture));
        await app.RunAsync();
    }

    /// <summary>The longest turn at the write gate since this was last asked, in milliseconds.</summary>
    public static async Task<double> LongestTurnMilliseconds(BenchServer server) =>
        double.Parse(await server.Client.GetStringAsync(new Uri(TurnsPath, UriKind.Relative)), CultureInfo.InvariantCulture);
}
