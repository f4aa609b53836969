namespace Wholesale.Bench.Engine;

/// <summary>
/// T3 and T5: CPU time in process, against the same bytes written by hand. The engine's time is all but HTTP: find the document, read and coerce the variables, execute,
/// write. The contenders from npm are spared the first two.
/// </summary>
internal sealed class InProcessBench(Table table, Catalog catalog, NodeContender js, NodeContender jit)
{
    private const int MillisecondsPerRound = 300;
    private const int MillisecondsOfWarmUp = 1_500;
    private const int RunsBetweenLooks = 16;
    private static readonly Contender[] Contenders = [Contender.Floor, Contender.Engine, Contender.GraphQLJs, Contender.GraphQLJit];
    private readonly byte[] buffer = new byte[ByHand.MaxLength];
    private readonly Dictionary<Workload, EngineRequest> requests = [];

    /// <summary>T3.</summary>
    public async Task MeasureProducts()
    {
        var row = table.NewRow("T3 T2's answer in process: CPU time", "µs by hand", "0.00", "≤ 3.5");
        await WarmUp(Workload.Products);
        for (var i = 0; i < table.Rounds; i++)
        {
            var floor = await Time(Contender.Floor, Workload.Products, MillisecondsPerRound);
            row.Add(Contender.Floor, floor / 1_000);
            foreach (var contender in Contenders.Skip(1))
            {
                row.Add(contender, await Time(contender, Workload.Products, MillisecondsPerRound) / floor);
            }
        }
    }

    /// <summary>T5.</summary>
    public async Task MeasureVariants()
    {
        const int ManyLeaves = 25_000;
        const int FewLeaves = 250;
        var growth = table.NewRow("T5 250 products × 20 variants × price: CPU time a leaf at 25,000 leaves ÷ at 250", "by hand", "0.00", "≤ 1.15");
        var time = table.NewRow("T5 CPU time a leaf at 25,000 leaves, ns", "ns by hand", "0", "≤ 100");
        await WarmUp(Workload.ManyVariants);
        await WarmUp(Workload.FewVariants);
        for (var i = 0; i < table.Rounds; i++)
        {
            foreach (var contender in Contenders)
            {
                var few = await Time(contender, Workload.FewVariants, MillisecondsPerRound) / FewLeaves;
                var many = await Time(contender, Workload.ManyVariants, MillisecondsPerRound) / ManyLeaves;
                growth.Add(contender, many / few);
                time.Add(contender, many);
            }
        }
    }

    /// <summary>Compares the answers' bytes, then lets every contender run until it is compiled.</summary>
    private async Task WarmUp(Workload workload)
    {
        var expected = buffer.AsSpan(0, new ByHand(catalog).Write(workload, buffer)).ToArray();
        foreach (var (contender, answer) in new[]
        {
            (Contender.Engine, (requests[workload] = new EngineRequest(catalog, workload)).Answer()),
            (Contender.GraphQLJs, await js.Answer(workload)),
            (Contender.GraphQLJit, await jit.Answer(workload)),
        })
        {
            if (!answer.AsSpan().SequenceEqual(expected))
            {
                throw new InvalidOperationException($"{workload.Name}: the answer of {contender} differs from the one written by hand.");
            }
        }

        foreach (var contender in Contenders)
        {
            await Time(contender, workload, MillisecondsOfWarmUp);
        }
    }

    /// <summary>Nanoseconds of CPU time that one answer takes, the garbage collector's included: unlike the clock's, they do not grow with the neighbours' load.</summary>
    private async Task<double> Time(Contender contender, Workload workload, int milliseconds)
    {
        switch (contender)
        {
            case Contender.Floor:
                var byHand = new ByHand(catalog);
                return Time(milliseconds, () => byHand.Write(workload, buffer));
            case Contender.Engine:
                return Time(milliseconds, requests[workload].Run);
            default:
                return await (contender == Contender.GraphQLJs ? js : jit).Time(workload, milliseconds);
        }
    }

    private static double Time(int milliseconds, Action run)
    {
        var start = Environment.CpuUsage.TotalTime;
        var used = TimeSpan.Zero;
        var runs = 0;
        while (used.TotalMilliseconds < milliseconds)
        {
            for (var i = 0; i < RunsBetweenLooks; i++)
            {
                run();
            }

            runs += RunsBetweenLooks;
            used = Environment.CpuUsage.TotalTime - start;
        }

        return used.TotalNanoseconds / runs;
    }
}
