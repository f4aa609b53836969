using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Wholesale.Bench.Prices;

/// <summary>
/// Several nodes on one file: when a price that was edited on one of them is right on another, with Redis and without, and what a node costs that begins with
/// nothing in memory.
/// </summary>
internal static class NodesBench
{
    private const int EditedSkus = 1_000;

    /// <param name="skus">In the list for everyone, three breaks each.</param>
    /// <param name="companies">With 1,000 prices of their own each.</param>
    /// <param name="edits">Prices that are edited, one after the other.</param>
    public static async Task<int> Run(int skus, int companies, int edits)
    {
        using var folder = new BenchFolder();
        var shop = new GeneratedShop(skus, Breaks: 3, Companies: companies, OverridesPerCompany: 1_000, SharedLists: Math.Min(4_000, companies));
        await shop.Write(folder.ConnectionString);
        var table = new List<string>();
        await Edits(folder, edits, table);
        await Joining(folder, companies, table);
        Console.WriteLine("\n| | measured | target |\n|---|---|---|");
        table.ForEach(Console.WriteLine);
        return 0;
    }

    /// <summary>U6, over HTTP: from the answer to the mutation until the first answer that has the price, asked again and again.</summary>
    private static async Task Edits(BenchFolder folder, int edits, List<string> table)
    {
        await using var redis = await RedisProcess.Start();
        await using var one = await Node(folder, redis, 0);
        await using var other = await Node(folder, redis, 1);
        var list = (await Ask(one, "/admin/graphql", GeneratedShop.StaffKey, "{ priceList(externalId: \"base\") { id } }"))
            .GetProperty("priceList").GetProperty("id").GetString()!;
        var cents = 10_000_000;
        await Warm(one);
        await Warm(other);
        var here = await Series(one, edits);
        var there = await Series(other, edits);
        await redis.Kill();
        var alone = await Series(other, Math.Max(10, edits / 5));
        table.Add($"| U6 one price edited: on the writing node, ms: median, p99, most | {here} | ≤ 5 |");
        table.Add($"| U6 on another node, ms: median, p99, most | {there} | p99 ≤ 250 |");
        table.Add($"| U6 on another node with Redis gone, ms: median, p99, most | {alone} | ≤ 2,000 |");

        async Task<string> Series(BenchServer reader, int count)
        {
            var times = new List<double>();
            for (var i = -5; i < count; i++)
            {
                var time = await EditAndSee(one, reader, list, GeneratedShop.Sku((i + 5) % EditedSkus), ++cents);
                if (i >= 0)
                {
                    times.Add(time);
                }
            }

            times.Sort();
            return string.Create(CultureInfo.InvariantCulture, $"{times[times.Count / 2]:0.0}, {times[times.Count * 99 / 100]:0.0}, {times[^1]:0.0}");
        }
    }

    private static async Task<double> EditAndSee(BenchServer writer, BenchServer reader, string list, string sku, int cents)
    {
        var price = (cents / 100m).ToString(CultureInfo.InvariantCulture);
        const string Edit = "mutation($input: UpsertPricesInput!) { upsertPrices(input: $input) { userErrors { message } } }";
        var edited = await Ask(writer, "/admin/graphql", GeneratedShop.StaffKey, Edit, new { input = new { priceListId = list, prices = new[] { new { sku, unitPrice = price } } } });
        if (edited.GetProperty("upsertPrices").GetProperty("userErrors").GetArrayLength() > 0)
        {
            throw new InvalidOperationException(edited.ToString());
        }

        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            var seen = await Price(reader, sku);
            if (seen == cents)
            {
                return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }

            if (seen > cents || Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(10))
            {
                throw new InvalidOperationException($"{sku} costs {seen}, not {cents}.");
            }
        }
    }

    /// <summary>Until the list for everyone is in the node's memory: what is read from the database meanwhile would be right at once.</summary>
    private static async Task Warm(BenchServer node)
    {
        await Price(node, GeneratedShop.Sku(0));
        while (long.Parse(await node.Client.GetStringAsync(new Uri(ProductServer.RowsPath, UriKind.Relative)), CultureInfo.InvariantCulture) == 0)
        {
            await Task.Delay(50);
            await Price(node, GeneratedShop.Sku(0));
        }
    }

    private static async Task<long> Price(BenchServer node, string sku)
    {
        var answer = await Ask(node, "/admin/graphql", GeneratedShop.StaffKey, "query($sku: String!) { variant(sku: $sku) { price(quantity: 1) { unitPrice { amount } } } }", new { sku });
        return (long)(decimal.Parse(answer.GetProperty("variant").GetProperty("price").GetProperty("unitPrice").GetProperty("amount").GetString()!, CultureInfo.InvariantCulture) * 100);
    }

    /// <summary>A node that has nothing in memory, and every company asks it once.</summary>
    private static async Task Joining(BenchFolder folder, int companies, List<string> table)
    {
        await using var redis = await RedisProcess.Start();
        var alone = await Join(folder, null, companies, "a node that joins without Redis", table);
        var first = await Join(folder, redis, companies, "the first node with an empty Redis", table);
        var (bytes, keys) = (await redis.UsedMemory(), await redis.Keys());
        table.Add(string.Create(CultureInfo.InvariantCulture, $"| Redis then: MB, keys | {bytes / 1e6:0}, {keys:n0} | |"));
        var joined = await Join(folder, redis, companies, "a node that joins with Redis", table);
        table.Add(string.Create(CultureInfo.InvariantCulture, $"| a node that joins: with Redis ÷ without, time | {joined / alone:0.00} | |"));
        table.Add(string.Create(CultureInfo.InvariantCulture, $"| the first node: with Redis ÷ without, time | {first / alone:0.00} | |"));
    }

    private static async Task<double> Join(BenchFolder folder, RedisProcess? redis, int companies, string name, List<string> table)
    {
        await using var node = await PriceNode.Start(folder.ConnectionString, redis?.ConnectionString);
        for (var i = 0; i < companies; i++)
        {
            await node.CallerOf(i);
        }

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (clock, cpu, statements) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime, node.Statements);
        await node.Price(0, 1);
        await node.WhenLoaded();
        var large = clock.Elapsed.TotalMilliseconds;
        for (var i = 0; i < companies; i++)
        {
            await node.Price(i, 1);
        }

        await node.WhenLoaded();
        var (seconds, used, sent) = (clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds, node.Statements - statements);
        var peak = GC.GetTotalMemory(forceFullCollection: false) - before;
        await node.Shared.WhenKept();
        node.ForgetCallers();
        var heap = GC.GetTotalMemory(forceFullCollection: true) - before;
        table.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name}: the large list in memory after ms; all after s; CPU s; statements | {large:0}; {seconds:0.0}; {used:0.0}; {sent:n0} | |"));
        table.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"| its heap for {node.Lists.RowCount:n0} prices, MB: lists; growth; with what is not collected yet | {node.Lists.Bytes / 1e6:0}; {heap / 1e6:0}; {peak / 1e6:0} | lists ≤ 450 |"));
        return seconds;
    }

    private static Task<BenchServer> Node(BenchFolder folder, RedisProcess redis, int number)
    {
        var port = BenchServer.FreePort();
        return BenchServer.Start(
            "dotnet",
            [
                typeof(NodesBench).Assembly.Location, "product-server", "--urls", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"),
                "--environment", "Production", "--ConnectionStrings:Wholesale", folder.ConnectionString, "--ConnectionStrings:Redis", redis.ConnectionString,
                "--Node:Number", number.ToString(CultureInfo.InvariantCulture), "--Logging:LogLevel:Default", "Warning",
            ],
            port,
            "/health/ready");
    }

    private static async Task<JsonElement> Ask(BenchServer node, string path, string key, string query, object? variables = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(new { query, variables }) };
        request.Headers.Add("X-Api-Key", key);
        using var response = await node.Client.SendAsync(request);
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        return body.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object ? data : throw new InvalidOperationException(body.ToString());
    }
}
