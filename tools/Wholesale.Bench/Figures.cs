using System.Globalization;

namespace Wholesale.Bench;

/// <summary>Figures of several rounds: their median and their spread, as they are published.</summary>
internal static class Figures
{
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    /// <summary>Median (least – most).</summary>
    public static string Spread(IEnumerable<double> values, string format)
    {
        var sorted = values.Order().ToList();
        string Text(double value) => value.ToString(format, CultureInfo.InvariantCulture);
        return $"{Text(sorted[sorted.Count / 2])} ({Text(sorted[0])} – {Text(sorted[^1])})";
    }
}
