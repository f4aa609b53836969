using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Wholesale.Tests.Orders;

/// <summary>
/// Random orders by the product's rules, from prices to totals, against <see cref="MoneyOracle"/>. <c>WHOLESALE_PROOF=full</c> makes a million.
/// </summary>
public sealed class MoneyConservationTests
{
    private const int OrdersOfWorld = 50;

    [Fact]
    public void No_order_loses_or_makes_a_minor_unit()
    {
        var worlds = (Environment.GetEnvironmentVariable("WHOLESALE_PROOF") == "full" ? 1_000_000 : 50_000) / OrdersOfWorld;
        var (watch, differences) = (Stopwatch.StartNew(), new ConcurrentQueue<string>());
        var (lines, taxed, ties, shipped) = (0L, 0L, 0L, 0L);
        var kinds = new ConcurrentDictionary<string, int>();

        Parallel.For(0, worlds, (seed, loop) =>
        {
            var world = new MoneyWorld(seed);
            var oracle = new MoneyOracle(world);
            for (var i = 0; i < OrdersOfWorld; i++)
            {
                var ordered = world.Next();
                if (oracle.WhyNot(ordered) is { } difference)
                {
                    differences.Enqueue($"World {seed} ({world}), order {i}: {difference}");
                    loop.Stop();
                    return;
                }

                Interlocked.Add(ref lines, ordered.Lines.Count);
                Interlocked.Add(ref taxed, ordered.Order.Tax.Total.TenThousandths != 0 ? 1 : 0);
                Interlocked.Add(ref shipped, ordered.Order.ShippingAmount.TenThousandths != 0 ? 1 : 0);
            }

            Interlocked.Add(ref ties, oracle.Ties);
            kinds.AddOrUpdate($"{world.Currency} {world.Rounding.Mode} {world.Rounding.Level}", OrdersOfWorld, (_, count) => count + OrdersOfWorld);
        });

        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{kinds.Values.Sum():N0} orders with {lines:N0} lines, {taxed:N0} of them with tax, {shipped:N0} with freight or insurance, {ties:N0} amounts in the middle of two minor units, {watch.Elapsed.TotalSeconds:0} s, {differences.Count} differences."));
        Assert.Empty(differences);
        Assert.Equal(3 * 4 * 2, kinds.Count);
        Assert.True(ties > worlds && taxed > worlds && shipped > worlds, $"{ties} ties, {taxed} orders with tax and {shipped} with freight or insurance are too few.");
    }
}
