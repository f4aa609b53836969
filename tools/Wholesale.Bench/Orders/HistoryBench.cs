using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Wholesale.Bench.Orders;

/// <summary>
/// A company with a year of orders, over HTTP: a page of orders with their lines and products, against the same joins by hand in ADO.NET; first pages of a filtered and searched history; reports on the whole
/// year; and the year's lines as a file. Each server is a process of its own.
/// </summary>
internal static class HistoryBench
{
    /// <summary>The measured page.</summary>
    public const string Page =
        "{ orders(first: 50) { edges { node { number placedAt total { amount } lines(first: 20) { edges { node { sku quantity total { amount } variant { product { sku name } } } } } } } } }";

    private const int Skus = 20_000;
    private const string Row = "edges { node { number placedAt status purchaseOrderNumber total { amount currency } } }";

    private static readonly (string Name, string Arguments)[] Histories =
    [
        ("newest", "first: 20"),
        ("still to be confirmed (0.5 %)", "filter: { status: [PLACED] }"),
        ("late (none)", "filter: { isLate: true }"),
        ("a cost center (2 %), oldest first", "filter: { costCenter: \"center-7\" }, sort: OLDEST"),
        ("a month, highest total first", "filter: { placedFrom: \"2025-06-01T00:00:00Z\", placedBefore: \"2025-07-01T00:00:00Z\" }, sort: HIGHEST_TOTAL"),
        ("the year, highest total first", "sort: HIGHEST_TOTAL"),
        ("a SKU bought often", "filter: { sku: \"SKU-0000007\" }"),
        ("a SKU bought seldom", "filter: { sku: \"SKU-0019999\" }"),
        ("a purchase order number", "filter: { purchaseOrderNumber: \"PO-4711\" }"),
        ("words: a number", "search: \"ord-04711\""),
        ("words: a name", "search: \"product 19999\""),
        ("words: a name of very many", "search: \"product\""),
        ("words: nothing", "search: \"unobtainium\""),
    ];

    public static async Task<int> Run(int orders, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("wholesale-bench").FullName;
        try
        {
            var file = Path.Combine(folder, "wholesale.db");
            var shop = new GeneratedShop(Skus, Companies: 20);
            await shop.Write($"Data Source={file};Pooling=False");
            await new GeneratedOrders(shop, orders).Write($"Data Source={file};Pooling=False");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{orders} orders of one company in a year, {new FileInfo(file).Length >> 20} MB"));
            await using var product = await Product(folder);
            product.Client.DefaultRequestHeaders.Add("X-Api-Key", GeneratedShop.BuyerKey(0));
            await Joins(product, file, rounds);
            await Pages(product, rounds);
            await Reports(product, rounds);
            await Export(product);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<BenchServer> Product(string folder)
    {
        var port = BenchServer.FreePort();
        return await BenchServer.Start(
            "dotnet",
            [
                typeof(HistoryBench).Assembly.Location, "product-server", "--urls", $"http://127.0.0.1:{port}", "--Data:Directory", folder, "--environment", "Production", "--Logging:LogLevel:Default", "Warning",
                "--Limits:SignedIn:CostBucket", "500000000000000", "--Limits:SignedIn:CostRefillPerSecond", "1000000000000",
            ],
            port, "/health/ready");
    }

    private static async Task Joins(BenchServer product, string file, int rounds)
    {
        await using var byHand = await BenchServer.Start("history-by-hand", file);
        var query = JsonSerializer.Serialize(new { query = Page });
        var page = new LoadDriver(product, LoadDriver.Post("/graphql", query, $"X-Api-Key: {GeneratedShop.BuyerKey(0)}"));
        var joins = new LoadDriver(byHand, LoadDriver.Post("/graphql", query));
        var (ours, theirs) = (page.Once().Body, joins.Once().Body);
        if (!ours.AsSpan().SequenceEqual(theirs))
        {
            throw new InvalidOperationException($"The two answers differ:\n{System.Text.Encoding.UTF8.GetString(ours)[..600]}\n{System.Text.Encoding.UTF8.GetString(theirs)[..600]}");
        }

        await page.WarmUp(TimeSpan.FromSeconds(15));
        await joins.WarmUp(TimeSpan.FromSeconds(5));
        var results = new List<(Round Hand, Round Page)>();
        for (var i = 0; i < rounds; i++)
        {
            results.Add((await joins.Measure(2), await page.Measure(2)));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nT7: {results.Count} alternating rounds, 4 connections, {ours.Length} bytes an answer; median (least – most)"));
        Console.WriteLine("| | by hand | page | page ÷ by hand |\n|---|---|---|---|");
        Line("time a request (1 ÷ requests/s), ms", r => 1_000 / r.RequestsPerSecond);
        Line("server CPU a request, ms", r => r.CpuMicrosecondsPerRequest / 1_000);

        void Line(string name, Func<Round, double> figure) => Console.WriteLine(
            $"| {name} | {Figures.Spread(results.Select(r => figure(r.Hand)), "0.00")} | {Figures.Spread(results.Select(r => figure(r.Page)), "0.00")} | {Figures.Spread(results.Select(r => figure(r.Page) / figure(r.Hand)), "0.00")} |");
    }

    private static async Task Pages(BenchServer product, int rounds)
    {
        Console.WriteLine("\nFirst page of 20 orders of a history, one request at a time\n| | found | p50, ms | p95, ms |\n|---|---|---|---|");
        foreach (var (name, arguments) in Histories)
        {
            var query = $"{{ orders({arguments}) {{ {Row} }} }}";
            var found = (await Ask(product, query)).GetProperty("orders").GetProperty("edges").GetArrayLength();
            var times = await Times(product, query, 20 * rounds);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {found} | {times[times.Count / 2]:0.0} | {times[times.Count * 95 / 100]:0.0} |"));
        }
    }

    private static async Task Reports(BenchServer product, int rounds)
    {
        Console.WriteLine("\nReports on the year, with their totals\n| by | rows of the page | median, ms | most, ms |\n|---|---|---|---|");
        foreach (var groupBy in new[] { "MONTH", "COST_CENTER", "PURCHASE_ORDER", "USER", "UNIT", "VARIANT", "PRODUCT", "CATEGORY" })
        {
            var query = $"{{ orderReport(groupBy: {groupBy}, filter: {{ placedFrom: \"2025-01-01T00:00:00Z\", placedBefore: \"2026-01-01T00:00:00Z\" }}) {{ edges {{ node {{ figures {{ orderCount subtotal {{ amount }} }} }} }} totals {{ orderCount total {{ amount }} }} }} }}";
            var rows = (await Ask(product, query)).GetProperty("orderReport").GetProperty("edges").GetArrayLength();
            var times = await Times(product, query, rounds);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {groupBy} | {rows} | {times[times.Count / 2]:0} | {times[^1]:0} |"));
        }
    }

    private static async Task Export(BenchServer product)
    {
        var clock = Stopwatch.StartNew();
        await using var body = await product.Client.GetStreamAsync(new Uri("/exports/order-lines.csv", UriKind.Relative));
        using var reader = new StreamReader(body);
        var lines = 0;
        var first = TimeSpan.Zero;
        while (await reader.ReadLineAsync() is not null)
        {
            first = lines++ == 0 ? clock.Elapsed : first;
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"\nThe year's lines as a file: {lines - 1} rows in {clock.Elapsed.TotalSeconds:0.0} s, the first after {first.TotalMilliseconds:0} ms; the server's greatest memory so far: {product.PeakMemory >> 20} MB"));
    }

    private static async Task<List<double>> Times(BenchServer product, string query, int count)
    {
        var times = new List<double>();
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await Ask(product, query);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        times.Sort();
        return times;
    }

    private static async Task<JsonElement> Ask(BenchServer product, string query)
    {
        using var response = await product.Client.PostAsJsonAsync("/graphql", new { query });
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        return answer.TryGetProperty("errors", out var errors) ? throw new InvalidOperationException(errors.GetRawText()) : answer.GetProperty("data");
    }
}
