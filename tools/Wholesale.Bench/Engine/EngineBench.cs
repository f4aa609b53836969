using System.Diagnostics;

namespace Wholesale.Bench.Engine;

/// <summary>The scorecard's T1–T6 and T10, side by side: the engine, a floor, and the reference implementation with and without its compiler.</summary>
internal static class EngineBench
{
    private static readonly string[] Names = ["T1", "T2", "T3", "T4", "T5", "T6"];

    /// <summary>Does one thing in process until time is up: what a profiler is attached to.</summary>
    public static void Loop(string name, double seconds)
    {
        var catalog = new Catalog();
        var clock = Stopwatch.StartNew();
        var request = new EngineRequest(catalog, name switch
        {
            "T1" => Workload.Typename,
            "T4" => Workload.Prices,
            "T5" => Workload.ManyVariants,
            _ => Workload.Products,
        });
        var documents = new DocumentCorpus(BenchSchema.Bind(catalog).Schema, new Random(6)).Next(300);
        var (runs, cpu) = (0, TimeSpan.Zero);
        for (; clock.Elapsed.TotalSeconds < seconds; runs++)
        {
            if (cpu == TimeSpan.Zero && clock.Elapsed.TotalSeconds > seconds / 2)
            {
                (runs, cpu) = (0, Environment.CpuUsage.TotalTime);
            }

            if (name == "T6")
            {
                request.Prepare(documents);
            }
            else
            {
                request.Run();
            }
        }

        Console.WriteLine($"{runs} runs in the second half, {(Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / runs:0.00} µs of CPU each");
    }

    /// <param name="names">Some of T1 to T6; empty for all. T10 comes with T1 and T2.</param>
    public static async Task<int> Run(IReadOnlyCollection<string> names, int rounds)
    {
        if (names.Except(Names).FirstOrDefault() is { } unknown)
        {
            Console.Error.WriteLine($"{unknown} is none of {string.Join(", ", Names)}.");
            return 2;
        }

        var folder = Directory.CreateTempSubdirectory("wholesale-bench").FullName;
        try
        {
            var catalog = new Catalog();
            var catalogFile = Path.Combine(folder, "catalog.json");
            await File.WriteAllBytesAsync(catalogFile, catalog.ToJson());
            await using var js = await NodeContender.Start("graphql-js", catalogFile);
            await using var jit = await NodeContender.Start("graphql-jit", catalogFile);
            var table = new Table(rounds);
            bool Wanted(string name) => names.Count == 0 || names.Contains(name);
            var overHttp = new[] { Workload.Typename, Workload.Products, Workload.Prices }.Where(w => Wanted(w.Name)).ToList();
            await HttpBench.Measure(table, overHttp, folder, js, jit);
            var inProcess = new InProcessBench(table, catalog, js, jit);
            await (Wanted("T3") ? inProcess.MeasureProducts() : Task.CompletedTask);
            await (Wanted("T5") ? inProcess.MeasureVariants() : Task.CompletedTask);
            await (Wanted("T6") ? new ParseBench(table, catalog, js).Measure() : Task.CompletedTask);
            table.Print();
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
