using System.Diagnostics;

namespace Wholesale.Tests;

/// <summary>Waits for what another thread brings about.</summary>
public static class Eventually
{
    /// <summary>Looks again and again until a condition holds; fails after thirty seconds.</summary>
    public static Task Holds(Func<bool> condition) => Holds(() => Task.FromResult(condition()));

    /// <inheritdoc cref="Holds(Func{bool})"/>
    public static async Task Holds(Func<Task<bool>> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), "The condition did not come to hold within thirty seconds.");
            await Task.Delay(1);
        }
    }
}
