using System.Diagnostics.Metrics;

namespace Wholesale.Platform.Telemetry;

/// <summary>Where histograms of durations have their bounds: from what memory answers to where requests are given up.</summary>
internal static class Seconds
{
    public static readonly InstrumentAdvice<double> Advice = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    };
}
