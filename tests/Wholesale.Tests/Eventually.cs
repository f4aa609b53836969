using System.Diagnostics;

namespace Wholesale.Tests;

/// <summary>Waits for what another thread brings about.</summary>
public static class Eventually
{
    /// <summary>Looks again and again until a condition holds; fails after ten seconds.</summary>
    public static async Task Holds(Func<bool> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), "The condition did not come to hold within ten seconds.");
            await Task.Delay(1);
        }
    }
}
