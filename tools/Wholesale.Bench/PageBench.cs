using System.Globalization;
using System.Text.Json;

namespace Wholesale.Bench;

/// <summary>
/// The measured page, 50 products with the caller's prices from the database, against a constant answer of the same bytes: alternating rounds in one
/// run, each server a process of its own.
/// </summary>
internal static class PageBench
{
    private const string Page =
        "{ products(first: 50) { edges { node { sku name brand variants(first: 20) { edges { node { sku price(quantity: 1) "
        + "{ unitPrice { amount } breaks { minimumQuantity unitPrice { amount } } } } } } } } } }";

    public static async Task<int> Run(double secondsPerRound, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("wholesale-bench").FullName;
        try
        {
            var key = await Seed(folder);
            await using var product = await Product(folder, "Production");
            var query = JsonSerializer.Serialize(new { query = Page });
            var page = new LoadDriver(product, LoadDriver.Post("/graphql", query, $"X-Api-Key: {key}"));
            var (status, body) = page.Once();
            if (!status.Contains("200", StringComparison.Ordinal) || body.AsSpan().IndexOf("\"errors\""u8) >= 0)
            {
                Console.Error.WriteLine($"{status}\n{System.Text.Encoding.UTF8.GetString(body)}");
                return 1;
            }

            var answers = Directory.CreateDirectory(Path.Combine(folder, "answers")).FullName;
            await File.WriteAllBytesAsync(Path.Combine(answers, "page"), body);
            await using var constant = await BenchServer.Start("constant", answers);
            var floor = new LoadDriver(constant, LoadDriver.Post("/page", query, $"X-Api-Key: {key}"));
            if (!floor.Once().Body.AsSpan().SequenceEqual(page.Once().Body))
            {
                Console.Error.WriteLine("The two answers differ.");
                return 1;
            }

            await floor.Measure(secondsPerRound);
            await page.Measure(secondsPerRound);
            var results = new List<(Round Floor, Round Page)>();
            for (var i = 0; i < rounds; i++)
            {
                results.Add((await floor.Measure(secondsPerRound), await page.Measure(secondsPerRound)));
            }

            Print(results, body.Length);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Print(List<(Round Floor, Round Page)> results, int bytes)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{results.Count} alternating rounds, 4 connections, {bytes} bytes an answer; median (least – most)"));
        Console.WriteLine("| | constant | page | page ÷ constant |");
        Console.WriteLine("|---|---|---|---|");
        Row("requests/s", r => r.RequestsPerSecond, "0");
        Row("server CPU, µs a request", r => r.CpuMicrosecondsPerRequest, "0");
        Row("median, ms", r => r.MedianMilliseconds, "0.00");
        Row("p99, ms", r => r.P99Milliseconds, "0.00");

        void Row(string name, Func<Round, double> figure, string format) => Console.WriteLine(
            $"| {name} | {Figures.Spread(results.Select(r => figure(r.Floor)), format)} | {Figures.Spread(results.Select(r => figure(r.Page)), format)} | {Figures.Spread(results.Select(r => figure(r.Page) / figure(r.Floor)), "0.000")} |");
    }

    /// <summary>A start of a developer's makes the demo data.</summary>
    /// <returns>The key of the demo's first company.</returns>
    private static async Task<string> Seed(string folder)
    {
        await using var product = await Product(folder, "Development");
        return System.Text.RegularExpressions.Regex.Match(await File.ReadAllTextAsync(Path.Combine(folder, "demo-keys.json")), "whk_[A-Za-z0-9]+").Value;
    }

    private static async Task<BenchServer> Product(string folder, string environment)
    {
        var port = BenchServer.FreePort();
        return await BenchServer.Start(
            "dotnet",
            [
                typeof(PageBench).Assembly.Location.Replace("Wholesale.Bench.dll", "Wholesale.dll", StringComparison.Ordinal),
                "--urls", $"http://127.0.0.1:{port}", "--Data:Directory", folder, "--environment", environment, "--Logging:LogLevel:Default", "Warning",

                // Charged like any buyer, from a bucket that no bench empties, nor takes a digit off what GraphQL-Cost says is left.
                "--Limits:SignedIn:CostBucket", "500000000000000", "--Limits:SignedIn:CostRefillPerSecond", "1000000000000",
            ],
            port, "/health/ready");
    }
}
