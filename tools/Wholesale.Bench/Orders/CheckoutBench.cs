using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Bench.Orders;

/// <summary>
/// Carts and checkout on the demo's shop, over HTTP, each server a process of its own: changing one line of a large cart, adding a thousand rows of which fifty are bad, twenty lines from an empty cart to
/// an order; and how many small orders a second, against the same statements sent by hand in ADO.NET with the same durability.
/// </summary>
internal sealed class CheckoutBench : IDisposable
{
    private const string Buyer = "summit-industrial";
    private const string Add = "mutation($input: AddCartLinesInput!) { addCartLines(input: $input) { cart { id version lineCount total { amount } } counts { applied failed } userErrors { code message path } } }";
    private const string Place = "mutation($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id number total { amount } } userErrors { code message path } } }";
    private const string Update = "mutation($input: UpdateCartLinesInput!) { updateCartLines(input: $input) { cart { version lineCount subtotal { amount } } lines { quantity price { total { amount } } } userErrors { code message } } }";

    private readonly string folder = Directory.CreateTempSubdirectory("wholesale-bench").FullName;
    private string key = "";
    private List<string> skus = [];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    public static async Task<int> Run(int rounds)
    {
        using var bench = new CheckoutBench();
        var statements = await bench.Prepare();
        await bench.Measure(rounds, statements);
        return 0;
    }

    /// <summary>The demo with stock without end, and the statements of one small order.</summary>
    private async Task<(StatementTape Small, StatementTape Large)> Prepare()
    {
        var (tape, large) = (new StatementTape(), new StatementTape());
        await using var app = await WholesaleHost.Create(Arguments(BenchServer.FreePort(), folder, "Development"), add: services => services.AddSingleton<IInterceptor>(tape).AddSingleton<IInterceptor>(large));
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        var keys = JsonSerializer.Deserialize<Dictionary<string, string>>(await File.ReadAllTextAsync(Path.Combine(folder, "demo-keys.json")))!;
        key = keys[Buyer];
        await Stock(client, keys.Single(owner => owner.Key.Contains("staff", StringComparison.OrdinalIgnoreCase)).Value);
        await Order(client, 20);
        await Order(client, 1);
        large.Begin(long.MaxValue);
        await Order(client, 20);
        large.End();
        tape.Begin(app.Services.GetRequiredService<Ids>().Next());
        await Order(client, 1);
        tape.End();
        await app.StopAsync();
        return (tape, large);
    }

    private async Task Stock(HttpClient client, string staff)
    {
        string? after = null;
        do
        {
            var page = (await Ask(client, key, "query($after: String) { effectivePrices(first: 250, after: $after) { edges { node { variant { sku } } } pageInfo { hasNextPage endCursor } } }", new { after })).GetProperty("effectivePrices");
            skus.AddRange(page.GetProperty("edges").EnumerateArray().Select(edge => edge.GetProperty("node").GetProperty("variant").GetProperty("sku").GetString()!));
            after = page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean() ? page.GetProperty("pageInfo").GetProperty("endCursor").GetString() : null;
        }
        while (after is not null);
        foreach (var rows in skus.Chunk(1_000))
        {
            await Ask(
                client, staff, "mutation($input: SetInventoryInput!) { setInventory(input: $input) { counts { failed } } }",
                new { input = new { levels = rows.Select(sku => new { sku, warehouse = "denver", onHand = 99_999_999 }) } }, "/admin/graphql");
        }
    }

    private async Task Measure(int rounds, (StatementTape Small, StatementTape Large) statements)
    {
        var byHand = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "by-hand")).FullName, "wholesale.db");
        using (var source = new SqliteConnection($"Data Source={Path.Combine(folder, "wholesale.db")};Pooling=False"))
        using (var target = new SqliteConnection($"Data Source={byHand};Pooling=False"))
        {
            source.Open();
            target.Open();
            source.BackupDatabase(target);
        }

        var port = BenchServer.FreePort();
        await using var server = await BenchServer.Start(
            "dotnet", [typeof(CheckoutBench).Assembly.Location.Replace("Wholesale.Bench.dll", "Wholesale.dll", StringComparison.Ordinal), .. Arguments(port, folder, "Production")], port, "/health/ready");
        Console.WriteLine($"{skus.Count} variants; on {Environment.ProcessorCount} processors, which the clients share");
        Console.WriteLine();
        Console.WriteLine("| U7: one line of a cart changed, its subtotal asked for | median, ms | p95 | p99 |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var lines in new[] { 200, 1_000, 5_000 }.Where(lines => lines <= skus.Count))
        {
            await ChangeLine(server.Client, lines);
        }

        await AddThousand(server.Client);
        await Orders(server, statements.Small, statements.Large, byHand, rounds);
    }

    private async Task ChangeLine(HttpClient client, int lines)
    {
        var id = await Filled(client, lines);
        var random = new Random(lines);
        var times = new List<double>();
        for (var i = 0; i < 220; i++)
        {
            var sku = skus[random.Next(lines)];
            var quantity = 100 * (1 + (i % 9));
            var (elapsed, answer) = await Timed(() => Ask(client, key, Update, new { input = new { cartId = id, lines = new[] { new { sku, quantity } } } }));
            Demand(answer, "updateCartLines");
            if (i >= 20)
            {
                times.Add(elapsed);
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {lines} lines | {At(times, 0.5):0.0} | {At(times, 0.95):0.0} | {At(times, 0.99):0.0} |"));
    }

    private async Task AddThousand(HttpClient client)
    {
        var rows = Enumerable.Range(0, 1_000).Select(i => new { sku = i % 20 == 7 ? $"NOTHING-{i}" : skus[i], quantity = 100 }).ToList();
        var times = new List<double>();
        var applied = 0;
        for (var i = 0; i < 25; i++)
        {
            var id = await Filled(client, 0);
            var (elapsed, answer) = await Timed(() => Ask(client, key, Add, new { input = new { cartId = id, lines = rows } }));
            applied = answer.GetProperty("addCartLines").GetProperty("counts").GetProperty("applied").GetInt32();
            var reported = answer.GetProperty("addCartLines").GetProperty("userErrors").GetArrayLength();
            if (applied != 950 || reported != 50)
            {
                throw new InvalidOperationException($"{applied} rows were taken and {reported} reported.");
            }

            if (i >= 5)
            {
                times.Add(elapsed);
            }
        }

        Console.WriteLine();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"U8: 1,000 rows added in one call, 50 of them bad: {applied} taken, 50 reported; median {At(times, 0.5):0} ms, p95 {At(times, 0.95):0} ms"));
    }

    private async Task Orders(BenchServer server, StatementTape small, StatementTape large, string byHand, int rounds)
    {
        const double Seconds = 3;
        await Repeat(server.Client, 20, Seconds, 1); // what is compiled once is not measured
        var alone = await Repeat(server.Client, 20, 2 * Seconds, 1);
        var four = await Repeat(server.Client, 20, 2 * Seconds, 4);
        Console.WriteLine();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"U11: 20 lines, from no cart to an order in three mutations (createCart, addCartLines, placeOrder), {large.Statements} statements, {large.Statements - large.OfFirst} of them once the cart is open: {alone:0} orders/s by one client, {four:0} by four"));

        var replays = small.Replay(byHand, 0, 1);
        var results = new List<(double Product, double ByHand, double Cpu)>();
        for (var i = 0; i < rounds; i++)
        {
            var sent = small.Replay(byHand, replays, Seconds);
            replays += sent;
            var cpu = server.Cpu;
            var orders = await Repeat(server.Client, 1, Seconds, 4);
            results.Add((orders, sent / Seconds, (server.Cpu - cpu).TotalMicroseconds / (orders * Seconds)));
        }

        Console.WriteLine();
        Console.WriteLine($"T9: createCart + addCartLines + placeOrder of one line, {small.Statements} statements in {small.Transactions} transactions; {rounds} alternating rounds, 4 clients; median (least – most)");
        Console.WriteLine("| orders/s over HTTP | the same statements by hand | ratio | server CPU, µs an order |");
        Console.WriteLine("|---|---|---|---|");
        Console.WriteLine(
            $"| {Figures.Spread(results.Select(r => r.Product), "0")} | {Figures.Spread(results.Select(r => r.ByHand), "0")} | {Figures.Spread(results.Select(r => r.Product / r.ByHand), "0.00")} | {Figures.Spread(results.Select(r => r.Cpu), "0")} |");
    }

    /// <summary>Orders again and again by some clients at once, each with carts of its own.</summary>
    /// <returns>Orders a second.</returns>
    private async Task<double> Repeat(HttpClient client, int lines, double seconds, int clients)
    {
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, clients).Select(number => Task.Run(async () =>
        {
            var count = 0;
            for (; clock.Elapsed.TotalSeconds < seconds; count++)
            {
                await Order(client, lines, number);
            }

            return count;
        })));
        return counts.Sum() / clock.Elapsed.TotalSeconds;
    }

    /// <summary>One order, from no cart on; each client has goods of its own.</summary>
    private async Task Order(HttpClient client, int lines, int number = 0)
    {
        var cartId = await Filled(client, 0);
        var added = (await Ask(client, key, Add, new { input = new { cartId, lines = skus.Skip(number * lines).Take(lines).Select(sku => new { sku, quantity = 100 }) } })).GetProperty("addCartLines");
        Demand(added);
        var cart = added.GetProperty("cart");
        if (cart.GetProperty("lineCount").GetInt32() != lines)
        {
            throw new InvalidOperationException($"The cart has {cart.GetProperty("lineCount")} lines.");
        }

        var placed = await Ask(client, key, Place, new { input = new { cartId = cart.GetProperty("id").GetString(), expectedTotal = cart.GetProperty("total").GetProperty("amount").GetString() } });
        Demand(placed, "placeOrder");
    }

    private async Task<string> Filled(HttpClient client, int lines)
    {
        var cart = await Ask(
            client, key, "mutation($input: CreateCartInput!) { createCart(input: $input) { cart { id } userErrors { code message } } }",
            new { input = new { name = $"bench {Interlocked.Increment(ref carts)}", details = new { paymentMethod = "BANK_TRANSFER" } } });
        Demand(cart, "createCart");
        var id = cart.GetProperty("createCart").GetProperty("cart").GetProperty("id").GetString()!;
        if (lines > 0)
        {
            Demand(await Ask(client, key, Add, new { input = new { cartId = id, lines = skus.Take(lines).Select(sku => new { sku, quantity = 100 }) } }), "addCartLines");
        }

        return id;
    }

    private int carts;

    private static void Demand(JsonElement data, string mutation) => Demand(data.GetProperty(mutation));

    private static void Demand(JsonElement payload)
    {
        if (payload.GetProperty("userErrors").GetArrayLength() > 0)
        {
            throw new InvalidOperationException($"{payload.GetProperty("userErrors").GetArrayLength()} errors, first {payload.GetProperty("userErrors")[0]}");
        }
    }

    private static async Task<(double Milliseconds, JsonElement Data)> Timed(Func<Task<JsonElement>> ask)
    {
        var start = Stopwatch.GetTimestamp();
        var data = await ask();
        return (Stopwatch.GetElapsedTime(start).TotalMilliseconds, data);
    }

    private static async Task<JsonElement> Ask(HttpClient client, string key, string query, object variables, string path = "/graphql")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(new { query, variables }) };
        request.Headers.Add("X-Api-Key", key);
        using var response = await client.SendAsync(request);
        var json = await response.Content.ReadFromJsonAsync<JsonElement>();
        return json.TryGetProperty("errors", out var errors) ? throw new InvalidOperationException(errors.GetRawText()) : json.GetProperty("data");
    }

    private static double At(List<double> times, double part) => times.Order().ElementAt((int)Math.Min(times.Count - 1, times.Count * part));

    private static string[] Arguments(int port, string folder, string environment) =>
    [
        "--urls", $"http://127.0.0.1:{port}", "--Data:Directory", folder, "--environment", environment, "--Logging:LogLevel:Default", "Warning",
        "--Limits:SignedIn:CostBucket", "500000000000000", "--Limits:SignedIn:CostRefillPerSecond", "1000000000000",
    ];
}
