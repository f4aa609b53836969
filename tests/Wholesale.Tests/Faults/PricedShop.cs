using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Catalog;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;
using Wholesale.Platform.Identity;
using Wholesale.Pricing;

namespace Wholesale.Tests.Faults;

/// <summary>Two nodes on one database, with a Redis of their own behind a proxy, and the customers and prices of a <see cref="PriceLedger"/>.</summary>
internal sealed class PricedShop : IAsyncDisposable
{
    private const string Query = "query($ids: [ID!]!) { nodes(ids: $ids) { ... on Variant { price(quantity: 1) { unitPrice { amount } } } } }";

    private const string Upsert =
        "mutation($input: UpsertPricesInput!) { upsertPrices(input: $input) { counts { applied } userErrors { code } } }";

    private readonly List<PricedNode> nodes = [];
    private IReadOnlyList<Variant> variants = [];
    private IReadOnlyList<Principal> customers = [];
    private IReadOnlyDictionary<string, long> listIds = new Dictionary<string, long>();

    private PricedShop(PriceLedger ledger)
    {
        Ledger = ledger;
        Proxy = new(Redis);
    }

    public RedisServer Redis { get; } = new();

    /// <summary>Stands before <see cref="Redis"/>, for all nodes.</summary>
    public FaultyProxy Proxy { get; }

    public PriceLedger Ledger { get; }

    public IReadOnlyList<PricedNode> Nodes => nodes;

    /// <summary>Starts the nodes.</summary>
    /// <param name="ledger">Whose prices there are.</param>
    /// <param name="megabytes">What each node has for lists: with 1, of many lists each node keeps driving some out.</param>
    public static async Task<PricedShop> Start(PriceLedger ledger, int megabytes = 1)
    {
        var shop = new PricedShop(ledger);
        try
        {
            shop.nodes.Add(await shop.Node(0, megabytes));
            await shop.Fill();
            shop.nodes.Add(await shop.Node(1, megabytes));
            return shop;
        }
        catch
        {
            await shop.DisposeAsync();
            throw;
        }
    }

    /// <summary>A node more, that knows nothing yet. To be ended before the shop.</summary>
    public async Task<PricedNode> Node(int number, int megabytes)
    {
        var node = new PricedNode(
            nodes.FirstOrDefault(), number, [$"--ConnectionStrings:Redis={Proxy.ConnectionString}", $"--Prices:MemoryMegabytes={megabytes}"]);
        await node.InitializeAsync();
        await Eventually.Holds(() => node.Redis.IsAvailable);
        return node;
    }

    /// <summary>Reads prices within a node's process, in 1/10,000.</summary>
    public Task<IReadOnlyList<long?>> Read(PricedNode node, int customer, IEnumerable<int> of) => node.Prices(customers[customer], of.Select(v => variants[v]));

    /// <summary>Reads prices as a customer does: over HTTP, with its own key.</summary>
    public async Task<IReadOnlyList<long?>> Ask(HttpClient client, int customer, IEnumerable<int> of)
    {
        var ids = of.Select(v => new NodeId(nameof(Variant), variants[v].Id).ToString());
        var data = await Post(client, "/graphql", KeyOf(customer), new { query = Query, variables = new { ids } });
        return [.. data.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("price") is { ValueKind: JsonValueKind.Object } price
            ? (long?)(decimal.Parse(price.GetProperty("unitPrice").GetProperty("amount").GetString()!, CultureInfo.InvariantCulture) * 10_000)
            : null)];
    }

    /// <summary>Writes the next prices of some variants into a list, as staff does: over HTTP.</summary>
    /// <param name="client">Of the node.</param>
    /// <param name="node">Its number.</param>
    /// <param name="list">The list; it must have a price for each variant.</param>
    /// <param name="of">The variants.</param>
    public async Task<IReadOnlyList<Edition>> Edit(HttpClient client, int node, int list, params IReadOnlyList<int> of)
    {
        var editions = of.Select(variant => Ledger.Begin(list, variant, node)).ToList();
        var prices = of.Zip(editions).Select(cell => new { sku = variants[cell.First].Sku, unitPrice = Decimals(cell.Second.Price) });
        var input = new { priceListId = new NodeId(nameof(PriceList), listIds[$"list-{list}"]).ToString(), prices };
        var data = await Post(client, "/admin/graphql", nodes[0].StaffKey, new { query = Upsert, variables = new { input } });
        Assert.Equal($$$"""{"counts":{"applied":{{{editions.Count}}}},"userErrors":[]}""", data.GetProperty("upsertPrices").GetRawText());
        editions.ForEach(edition => edition.End());
        return editions;
    }

    /// <summary>Finds out of a dead node's writes whose answer was lost whether they were committed.</summary>
    public async Task<(int Committed, int Undone)> Settle(int node)
    {
        var open = Ledger.Open.Where(edition => edition.Node == node).ToList();
        await using var scope = nodes[0].Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WholesaleDb>();
        foreach (var edition in open)
        {
            var (list, variant) = (listIds[$"list-{edition.Cell / Ledger.Variants}"], variants[edition.Cell % Ledger.Variants].Id);
            var isCommitted = await db.PriceLists
                .Where(l => l.Id == list)
                .AnyAsync(l => db.PriceListEntries.Any(e => e.PriceListId == list && e.VariantId == variant && e.UnitPrice == edition.Price && e.FromVersion <= l.PriceVersion));
            if (isCommitted)
            {
                edition.End();
            }
            else
            {
                edition.Withdraw();
            }
        }

        var undone = open.Count(edition => edition.IsWithdrawn);
        return (open.Count - undone, undone);
    }

    /// <summary>How often Redis had what it was asked for since it was started.</summary>
    public async Task<long> Hits()
    {
        var info = (string)(await Redis.Run("INFO", "stats"))!;
        return long.Parse(info.Split("keyspace_hits:")[1].Split('\r', '\n')[0], CultureInfo.InvariantCulture);
    }

    /// <summary>How long it takes from now on until all nodes ask Redis again and something is found there.</summary>
    public async Task<TimeSpan> Recovered()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await Eventually.Holds(() => nodes.TrueForAll(node => node.Redis.IsAvailable));
        var before = await Hits();
        await Eventually.Holds(async () => await Hits() > before);
        return watch.Elapsed;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Enumerable.Reverse(nodes))
        {
            await node.DisposeAsync();
        }

        Proxy.Dispose();
        Redis.Dispose();
    }

    private static string KeyOf(int customer) => string.Create(CultureInfo.InvariantCulture, $"whk_{customer:d32}");

    private static string Decimals(long price) => (price / 10_000m).ToString(CultureInfo.InvariantCulture);

    private static async Task<JsonElement> Post(HttpClient client, string path, string key, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("X-Api-Key", key);
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var answer = JsonElement.Parse(text);
        return response.StatusCode == HttpStatusCode.OK && !answer.TryGetProperty("errors", out _)
            ? answer.GetProperty("data")
            : throw new InvalidOperationException($"{(int)response.StatusCode} {text}");
    }

    /// <summary>Brings everything in through the imports, and gives each customer a key.</summary>
    private async Task Fill()
    {
        var numbers = Enumerable.Range(0, Ledger.Customers).ToList();
        var groups = Enumerable.Range(0, Ledger.Groups).ToList();
        await Take("markets", [new { externalId = "market", name = "Market", currency = "EUR" }]);
        await Take("tiers", groups.Select(g => new { externalId = $"group-{g}", name = $"Group {g}", rank = g + 1 }));
        await Take("companies", numbers.Select(c => new
        {
            externalId = $"customer-{c}",
            name = $"Customer {c}",
            market = "market",
            verification = "VERIFIED",
            tier = $"group-{c % Ledger.Groups}",
            units = new[] { new { externalId = "hq", name = "Headquarters" } },
            users = new[] { new { externalId = $"buyer-{c}", name = "Buyer", email = $"buyer@{c}.example", role = "BUYER", unit = "hq" } },
        }));
        await Take("products", Enumerable.Range(0, Ledger.Variants).Select(v => new
        {
            sku = $"P-{v}",
            texts = new[] { new { locale = "en", name = $"Product {v}" } },
            publishedFrom = "2020-01-01T00:00:00Z",
            variants = new[] { new { sku = $"V-{v}" } },
        }));
        var lists = Enumerable.Range(0, Ledger.Lists).Where(Ledger.Exists).ToList();
        await Take("price-lists", lists.Select(list => new
        {
            externalId = $"list-{list}",
            name = $"List {list}",
            currency = "EUR",
            assignments = AssigneesOf(list).Select(assignee => assignee.Append(new("validFrom", "2020-01-01T00:00:00Z")).ToDictionary()),
        }));
        await Take("prices", lists.SelectMany(list => Enumerable.Range(0, Ledger.Variants).Where(v => Ledger.Has(list, v)).Select(v => new
        {
            priceList = $"list-{list}",
            sku = $"V-{v}",
            unitPrice = Decimals(PriceLedger.PriceOf(Ledger.CellOf(list, v), 0)),
        })));
        await AddKeys();
    }

    /// <summary>As the ledger has it: several customers can share one's own list.</summary>
    private IEnumerable<Dictionary<string, object>> AssigneesOf(int list) => list == Ledger.Lists - 1
        ? [new() { ["everyone"] = true }]
        : list >= Ledger.Customers
            ? [new() { ["tier"] = $"group-{list - Ledger.Customers}" }]
            : Ledger.OwnersOf(list).Select(customer => new Dictionary<string, object> { ["company"] = $"customer-{customer}" });

    private async Task Take(string kind, IEnumerable<object> rows)
    {
        var report = await nodes[0].Import(kind, rows.Select(row => JsonSerializer.Serialize(row)));
        Assert.True(report.Count == 1, string.Join('\n', report.Select(line => line.GetRawText())));
    }

    private async Task AddKeys()
    {
        await using var scope = nodes[0].Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WholesaleDb>();
        var ids = scope.ServiceProvider.GetRequiredService<Ids>();
        var now = scope.ServiceProvider.GetRequiredService<Clock>().UtcNow;
        var bySku = await db.Variants.ToDictionaryAsync(v => v.Sku);
        variants = [.. Enumerable.Range(0, Ledger.Variants).Select(v => bySku[$"V-{v}"])];
        listIds = await db.PriceLists.ToDictionaryAsync(l => l.ExternalId, l => l.Id);
        var users = await db.CompanyUsers.ToDictionaryAsync(u => u.ExternalId, u => u.Id);
        var keys = Enumerable.Range(0, Ledger.Customers).Select(customer => new ApiKey
        {
            Id = ids.Next(),
            Hash = SecretDigest.Of(KeyOf(customer)).ToArray(),
            Prefix = KeyOf(customer)[..8],
            Name = $"customer {customer}",
            Kind = PrincipalKind.CompanyUser,
            CompanyUserId = users[$"buyer-{customer}"],
            Permissions = PermissionSet.All,
            CreatedAt = now,
        }).ToList();
        await scope.ServiceProvider.GetRequiredService<Writes>().RunUnrecorded(async () =>
        {
            await BulkRows.Insert(db, keys);
            return true;
        });
        customers = keys.ConvertAll(key => key.ToCredential().Principal);
    }
}
