using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
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
        Process? product = null;
        Process? constant = null;
        try
        {
            var productPort = FreePort();
            product = Start(
                typeof(PageBench).Assembly.Location.Replace("Wholesale.Bench.dll", "Wholesale.dll", StringComparison.Ordinal),
                ["--urls", $"http://127.0.0.1:{productPort}", "--Data:Directory", folder, "--environment", "Development", "--Logging:LogLevel:Default", "Warning"]);
            await WaitFor(productPort, "/health/ready");
            var key = (await Keys(folder)).First();
            var query = JsonSerializer.Serialize(new { query = Page });
            var page = new LoadDriver(productPort, LoadDriver.Post("/graphql", query, $"X-Api-Key: {key}"), product);
            var (status, body) = await page.Once();
            if (!status.Contains("200", StringComparison.Ordinal) || body.AsSpan().IndexOf("\"errors\""u8) >= 0)
            {
                Console.Error.WriteLine($"{status}\n{System.Text.Encoding.UTF8.GetString(body)}");
                return 1;
            }

            var file = Path.Combine(folder, "answer.json");
            await File.WriteAllBytesAsync(file, body);
            var constantPort = FreePort();
            constant = Start(typeof(PageBench).Assembly.Location, ["constant", constantPort.ToString(CultureInfo.InvariantCulture), file]);
            await WaitFor(constantPort, "/");
            var floor = new LoadDriver(constantPort, LoadDriver.Post("/graphql", query, $"X-Api-Key: {key}"), constant);
            var (floorBody, pageBody) = ((await floor.Once()).Body, (await page.Once()).Body);
            if (!floorBody.AsSpan().SequenceEqual(pageBody))
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
            foreach (var process in new[] { product, constant }.OfType<Process>().Where(p => !p.HasExited))
            {
                process.Kill();
                await process.WaitForExitAsync();
            }

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
            $"| {name} | {Spread(results.Select(r => figure(r.Floor)), format)} | {Spread(results.Select(r => figure(r.Page)), format)} | {Spread(results.Select(r => figure(r.Page) / figure(r.Floor)), "0.000")} |");
    }

    private static string Spread(IEnumerable<double> values, string format)
    {
        var sorted = values.Order().ToList();
        string Text(double value) => value.ToString(format, CultureInfo.InvariantCulture);
        return $"{Text(sorted[sorted.Count / 2])} ({Text(sorted[0])} – {Text(sorted[^1])})";
    }

    private static Process Start(string assembly, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(assembly);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task WaitFor(int port, string path)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                var answer = await client.GetAsync(new Uri($"http://127.0.0.1:{port}{path}"));
                if (answer.IsSuccessStatusCode || path == "/")
                {
                    return;
                }
            }
            catch (HttpRequestException) when (clock.Elapsed < TimeSpan.FromMinutes(2))
            {
                // Not listening yet.
            }

            await Task.Delay(100);
        }
    }

    /// <summary>The demo companies' keys, once seeding has written them.</summary>
    private static async Task<List<string>> Keys(string folder)
    {
        using var keys = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "demo-keys.json")));
        return [.. System.Text.RegularExpressions.Regex.Matches(keys.RootElement.GetRawText(), "whk_[A-Za-z0-9]+").Select(m => m.Value)];
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
