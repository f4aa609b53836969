using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Wholesale.Bench;

/// <summary>
/// Files of prices into a server on a SQLite file, a process of its own, while one-row mutations write into another list; then a kill in the middle.
/// </summary>
internal sealed class ImportBench
{
    private static readonly string[] Lists = ["one", "two", "three", "four", "five", "small", "other", "warm"];

    private readonly string folder;
    private readonly int rows;
    private readonly Dictionary<string, string> listIds = [];
    private BenchServer server = null!;

    private ImportBench(string folder, int rows) => (this.folder, this.rows) = (folder, rows);

    public static async Task<int> Run(int rows)
    {
        var directory = Directory.CreateTempSubdirectory("wholesale-bench").FullName;
        try
        {
            await new ImportBench(directory, rows).Measure();
            return 0;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private async Task Measure()
    {
        await new GeneratedShop(rows, Breaks: 0, Companies: 1).Write($"Data Source={Path.Combine(folder, "wholesale.db")};Pooling=False");
        server = await Start();
        try
        {
            await CreateLists();
            await Send("warm", 1_000, 0); // what is compiled once is not measured
            await Send("warm", 1_000, 1);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows} rows, one a SKU; one-row mutations into another list meanwhile"));
            Console.WriteLine("| | rows/s | seconds | server CPU, µs a row | longest turn, ms | mutations: median, ms | p99 | longest |");
            Console.WriteLine("|---|---|---|---|---|---|---|---|");
            await Row("32,000 rows, first fill", 32_000, () => Send("small", 32_000, 0));
            await Row("32,000 rows, all changed", 32_000, () => Send("small", 32_000, 1));
            var before = DatabaseBytes();
            await Row("first fill", rows, () => Send("one", rows, 0));
            var after = DatabaseBytes();
            await Row("all changed", rows, () => Send("one", rows, 1));
            await Row("the same again", rows, () => Send("one", rows, 1));
            var quarter = rows / 4;
            await Row("two lists, one after the other", 2 * quarter, async () =>
            {
                await Send("two", quarter, 0);
                await Send("three", quarter, 0);
            });
            await Row("two lists at once", 2 * quarter, () => Task.WhenAll(Send("four", quarter, 0), Send("five", quarter, 0)));
            Console.WriteLine();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Server's memory at most: {server.PeakMemory >> 20} MB. File: {(double)(after - before) / rows:0} bytes a row."));
            await Kill();
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private async Task<BenchServer> Start()
    {
        var port = BenchServer.FreePort();
        return await BenchServer.Start(
            "dotnet",
            [
                typeof(ImportBench).Assembly.Location, "product-server", "--urls", $"http://127.0.0.1:{port}", "--Data:Directory", folder,
                "--environment", "Production", "--Logging:LogLevel:Default", "Warning",
            ],
            port, "/health/ready");
    }

    private async Task CreateLists()
    {
        foreach (var list in Lists)
        {
            var answer = await Ask(
                "mutation($input: CreatePriceListInput!) { createPriceList(input: $input) { priceList { id } } }",
                new { input = new { externalId = list, name = list, currency = "EUR" } });
            listIds[list] = answer.GetProperty("createPriceList").GetProperty("priceList").GetProperty("id").GetString()!;
        }
    }

    private Task<string> Send(string list, int count, int cents) => PriceFile.Send(server, new PriceFile(list, count, cents));

    private async Task Row(string name, int count, Func<Task> work)
    {
        await ProductServer.LongestTurnMilliseconds(server);
        var (clock, cpu) = (Stopwatch.StartNew(), server.Cpu);
        var waits = await MutateDuring(work());
        var seconds = clock.Elapsed.TotalSeconds;
        var turn = await ProductServer.LongestTurnMilliseconds(server);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {count / seconds:0} | {seconds:0.0} | {(server.Cpu - cpu).TotalMicroseconds / count:0.0} | {turn:0} | {waits[waits.Count / 2]:0.0} | {waits[(int)(waits.Count * 0.99)]:0.0} | {waits[^1]:0.0} |"));
    }

    /// <summary>Changes one price of another list again and again; how long each took, in milliseconds, ascending.</summary>
    private async Task<List<double>> MutateDuring(Task work)
    {
        var waits = new List<double>();
        for (var cents = 0; !work.IsCompleted; cents++)
        {
            var start = Stopwatch.GetTimestamp();
            await Ask(
                "mutation($input: UpsertPricesInput!) { upsertPrices(input: $input) { counts { applied } userErrors { message } } }",
                new { input = new { priceListId = listIds["other"], prices = new[] { new { sku = GeneratedShop.Sku(0), unitPrice = $"5.{cents % 100:00}" } } } });
            waits.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            await Task.WhenAny(work, Task.Delay(20));
        }

        await work;
        waits.Sort();
        return waits;
    }

    /// <summary>Kills the server in the middle of an import, and measures what the next import of the list has to undo.</summary>
    private async Task Kill()
    {
        var (isHalfSent, isKilled) = (new TaskCompletionSource(), new TaskCompletionSource());
        var broken = PriceFile.Send(server, new PriceFile("one", rows, 2, async sent =>
        {
            if (sent >= rows / 2)
            {
                isHalfSent.TrySetResult();
                await isKilled.Task;
            }
        }));
        await isHalfSent.Task;
        await server.DisposeAsync();
        isKilled.SetResult();
        try
        {
            await broken;
        }
        catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException)
        {
            // As it should be: the server is gone, and its client with it.
        }

        var clock = Stopwatch.StartNew();
        server = await Start();
        var started = clock.Elapsed;
        await ProductServer.LongestTurnMilliseconds(server);
        clock.Restart();
        var waits = await MutateDuring(PriceFile.Send(server, new PriceFile("one", 1, 3)));
        var turn = await ProductServer.LongestTurnMilliseconds(server);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Killed after half of the file: ready again in {started.TotalSeconds:0.0} s; the next import of the list took {clock.Elapsed.TotalSeconds:0.0} s, the dead one's ten seconds included, its longest turn {turn:0} ms; mutations waited {waits[^1]:0} ms at most."));
    }

    private long DatabaseBytes() => Directory.GetFiles(folder, "wholesale.db*").Sum(file => new FileInfo(file).Length);

    private async Task<JsonElement> Ask(string query, object variables)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/admin/graphql") { Content = JsonContent.Create(new { query, variables }) };
        request.Headers.Add("X-Api-Key", GeneratedShop.StaffKey);
        using var response = await server.Client.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        using var json = JsonDocument.Parse(body);
        return json.RootElement.TryGetProperty("data", out var data) && !body.Contains("\"message\"", StringComparison.Ordinal)
            ? data.Clone()
            : throw new InvalidOperationException(body);
    }
}
