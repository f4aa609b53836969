using Wholesale.Tests;

namespace Wholesale.GraphQL.Tests.Growth;

/// <summary>
/// How work grows with its size: the exponent by least squares over sizes that double. 1 is in proportion, 2 is quadratic. Bytes are exact; of the times,
/// which are of the thread alone, each size keeps its best, since whatever disturbs a measurement makes it longer. So more rounds only come nearer to the
/// truth, and are taken until it is good enough or plainly is not.
/// </summary>
/// <param name="Time">Exponent of the processor time.</param>
/// <param name="Bytes">Exponent of what is allocated.</param>
/// <param name="First">Nanoseconds for one unit of the smallest size.</param>
/// <param name="Last">Nanoseconds for one unit of the largest size.</param>
/// <param name="Rounds">How many it took.</param>
internal sealed record Growth(double Time, double Bytes, double First, double Last, int Rounds)
{
    /// <summary>What the exponent of bytes is at least: 0 is the same work at each size, and less would be none.</summary>
    public const double Least = -0.1;

    /// <summary>What the exponent of time is at least: what takes some microseconds at each size does not take the same twice.</summary>
    public const double TimeLeast = -0.25;

    /// <summary>What the exponent of bytes may be.</summary>
    public const double Limit = 1.15;

    /// <summary>
    /// What that of time may be. A Debug build runs beside other tests, which take caches and memory from the larger sizes; what grows with the square is far
    /// above either.
    /// </summary>
#if DEBUG
    public const double TimeLimit = 1.3;
#else
    public const double TimeLimit = Limit;
#endif

    private const int Sizes = 7;
    private const int LeastRounds = 2;
    private const int MostRounds = 30;

    /// <summary>Measures over seven sizes.</summary>
    /// <param name="prepare">Makes an input of some size, and returns the work on it.</param>
    /// <param name="largest">The largest size; the smallest is a sixty-fourth of it.</param>
    public static Growth Of(Func<int, Action> prepare, int largest)
    {
        var sizes = Enumerable.Range(0, Sizes).Select(i => largest >> (Sizes - 1 - i)).ToArray();
        var works = sizes.Select(prepare).ToArray();
        var bytes = works.Select(Allocated).ToArray();
        var best = Enumerable.Repeat(double.MaxValue, Sizes).ToArray();
        var (time, round) = (double.MaxValue, 0);
        while (round < LeastRounds || (round < MostRounds && time is < TimeLeast or > TimeLimit))
        {
            for (var i = 0; i < Sizes; i++)
            {
                best[i] = Math.Min(best[i], Milliseconds(works[i], Math.Max(largest / sizes[i] / 8, 1)));
            }

            time = Exponent(sizes, best);
            round++;
        }

        return new Growth(time, Exponent(sizes, bytes), best[0] * 1e6 / sizes[0], best[^1] * 1e6 / sizes[^1], round);
    }

    /// <summary>The smaller the size, the more often the work is done, or there would be little to measure.</summary>
    private static double Milliseconds(Action work, int times)
    {
        var start = ThreadClock.Milliseconds;
        for (var i = 0; i < times; i++)
        {
            work();
        }

        return (ThreadClock.Milliseconds - start) / times;
    }

    /// <summary>The second time, when all that is made once has been made.</summary>
    private static double Allocated(Action work)
    {
        work();
        var before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return Math.Max(GC.GetAllocatedBytesForCurrentThread() - before, 1);
    }

    /// <summary>The slope of the line through the logarithms.</summary>
    private static double Exponent(int[] sizes, double[] values)
    {
        var x = sizes.Select(size => Math.Log(size)).ToArray();
        var y = values.Select(value => Math.Log(value)).ToArray();
        var (meanX, meanY) = (x.Average(), y.Average());
        return x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / x.Sum(a => (a - meanX) * (a - meanX));
    }
}
