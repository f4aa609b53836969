using System.Text;

namespace Wholesale.Bench.Engine;

/// <summary>T1, T2, T4 and T10: over HTTP, against a constant answer of the same bytes.</summary>
internal static class HttpBench
{
    private const double SecondsPerRound = 1.5;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2.5);

    public static async Task Measure(Table table, IReadOnlyList<Workload> workloads, string folder, NodeContender js, NodeContender jit)
    {
        await using var engine = await BenchServer.Start("engine-server");
        var answers = Directory.CreateDirectory(Path.Combine(folder, "answers")).FullName;
        foreach (var workload in workloads)
        {
            await File.WriteAllBytesAsync(Path.Combine(answers, workload.Name), Answer(EngineDriver(engine, workload)));
        }

        await using var constant = await BenchServer.Start("constant", answers);
        foreach (var workload in workloads)
        {
            var contenders = new List<(Contender Contender, LoadDriver Driver)>
            {
                (Contender.Floor, new LoadDriver(constant, LoadDriver.Post($"/{workload.Name}", workload.EngineBody))),
                (Contender.Engine, EngineDriver(engine, workload)),
                (Contender.GraphQLJs, new LoadDriver(js.Server, LoadDriver.Post("/graphql", workload.Body))),
                (Contender.GraphQLJit, new LoadDriver(jit.Server, LoadDriver.Post("/graphql", workload.Body))),
            };
            if (workload != Workload.Typename)
            {
                contenders.Insert(1, (Contender.ByHand, new LoadDriver(engine, LoadDriver.Post(EngineServer.ByHandPath(workload), workload.Body))));
            }

            var bytes = CompareAnswers(workload, contenders);
            foreach (var (_, driver) in contenders)
            {
                await driver.WarmUp(WarmUp);
            }

            await MeasureRounds(table, workload, bytes, contenders);
        }
    }

    private static LoadDriver EngineDriver(BenchServer engine, Workload workload) =>
        new(engine, LoadDriver.Post(EngineServer.Path, workload.EngineBody, $"X-Api-Key: {EngineServer.Key}"));

    private static async Task MeasureRounds(Table table, Workload workload, int bytes, List<(Contender Contender, LoadDriver Driver)> contenders)
    {
        var (speedTarget, cpuTarget, allocationTarget) = workload.Name switch
        {
            "T1" => ("≥ 0.80", "≤ 1.25", "≤ 1,024"),
            "T2" => ("≥ 0.55", "≤ 2.0", "≤ 2,048"),
            _ => ("", "≤ 4", ""),
        };
        var speed = table.NewRow($"{workload.Name} {workload.Work}, {bytes:#,0} bytes over HTTP: requests/s", "requests/s", "0.00", speedTarget);
        var cpu = table.NewRow($"{workload.Name} server CPU a request", "µs", "0.00", cpuTarget);
        var allocated = table.NewRow($"{(allocationTarget.Length > 0 ? "T10 of " : "")}{workload.Name}: allocated in the server, bytes a request", "bytes", "0", allocationTarget);
        for (var i = 0; i < table.Rounds; i++)
        {
            var floor = default(Round);
            foreach (var (contender, driver) in contenders)
            {
                var round = await driver.Measure(SecondsPerRound);
                if (contender == Contender.Floor)
                {
                    floor = round;
                }

                var isFloor = contender == Contender.Floor;
                speed.Add(contender, isFloor ? round.RequestsPerSecond : round.RequestsPerSecond / floor.RequestsPerSecond);
                cpu.Add(contender, isFloor ? round.CpuMicrosecondsPerRequest : round.CpuMicrosecondsPerRequest / floor.CpuMicrosecondsPerRequest);
                allocated.Add(contender, round.AllocatedBytesPerRequest);
            }
        }
    }

    /// <summary>How long the answers are, which must be equal byte for byte.</summary>
    private static int CompareAnswers(Workload workload, List<(Contender Contender, LoadDriver Driver)> contenders)
    {
        var expected = Answer(contenders[0].Driver);
        foreach (var (contender, driver) in contenders)
        {
            var answer = Answer(driver);
            if (!answer.AsSpan().SequenceEqual(expected))
            {
                throw new InvalidOperationException($"{workload.Name}: the answer of {contender} differs: {Encoding.UTF8.GetString(answer[..Math.Min(answer.Length, 500)])}");
            }
        }

        return expected.Length;
    }

    private static byte[] Answer(LoadDriver driver)
    {
        var (status, body) = driver.Once();
        return status.Contains(" 200 ", StringComparison.Ordinal) && body.AsSpan().IndexOf("\"errors\""u8) < 0
            ? body
            : throw new InvalidOperationException($"{status}\n{Encoding.UTF8.GetString(body)}");
    }
}
