using System.Text.Json;

namespace Wholesale.Tests.Repricing;

/// <summary>
/// The real host with four variants, <c>A</c> to <c>D</c>, of the category <c>tools</c>, a market in euros, one that takes the lowest price, one in dollars, and the tier <c>gold</c>.
/// Companies and lists are each test's own.
/// </summary>
internal sealed class PriceSimulationHost(params IEnumerable<string> settings) : TestHost
{
    public const string Fields = """
        id status progress failure finishedAt at priceList { externalId } priceChangeSet { externalId }
        result {
          companies affectedCompanies chains lines increased decreased gained lost
          worstLines { variant { sku } quantity companies exampleCompany { externalId } before { amount } after { amount currency } changePercent }
          worstCompanies { company { externalId } changedLines lostLines averageChangePercent greatestChangePercent }
        }
        """;

    private const string Simulation = $"query($input: SimulatePriceChangeInput!) {{ simulatePriceChange(input: $input) {{ simulation {{ {Fields} }} userErrors {{ code message path }} }} }}";

    protected override IEnumerable<string> Settings => settings;

    public static async Task<PriceSimulationHost> Start(params IEnumerable<string> settings)
    {
        var host = new PriceSimulationHost(settings);
        await host.InitializeAsync();
        await host.Take(
            "markets",
            new { externalId = "eu", name = "Europe", currency = "EUR" },
            new { externalId = "low", name = "Low", currency = "EUR", pricePolicy = "LOWEST" },
            new { externalId = "us", name = "United States", currency = "USD" });
        await host.Take("tiers", new { externalId = "gold", name = "Gold", rank = 1 });
        await host.Take("categories", new { externalId = "tools", texts = new[] { new { locale = "en", name = "Tools" } } });
        await host.Take("products", new
        {
            sku = "TOOL",
            texts = new[] { new { locale = "en", name = "Tool" } },
            category = "tools",
            variants = new[] { new { sku = "A" }, new { sku = "B" }, new { sku = "C" }, new { sku = "D" } },
        });
        return host;
    }

    public async Task Take(string kind, params object[] rows)
    {
        var report = await Import(kind, rows.Select(row => JsonSerializer.Serialize(row)));
        Assert.True(report.Count == 1, string.Join('\n', report.Select(r => r.GetRawText())));
    }

    /// <summary>A company that sees prices, with a top unit <c>hq</c> and a unit <c>branch</c> below it.</summary>
    public Task AddCompany(string externalId, string? market = "eu", string? tier = null, string? branchMarket = null, string verification = "VERIFIED") =>
        Take("companies", CompanyRow(externalId, market, tier, branchMarket, verification));

    public static object CompanyRow(
        string externalId, string? market = "eu", string? tier = null, string? branchMarket = null, string verification = "VERIFIED") => new
        {
            externalId,
            name = externalId,
            market,
            tier,
            verification,
            industry = externalId.Split('-')[0],
            units = new object[] { new { externalId = "hq", name = "hq" }, new { externalId = "branch", name = "branch", parent = "hq", market = branchMarket } },
        };

    /// <summary>A list with prices for single pieces, given to some.</summary>
    public async Task AddList(string externalId, string currency, object[] assignees, params (string Sku, decimal UnitPrice)[] prices)
    {
        await Take("price-lists", new { externalId, name = externalId, currency, assignments = assignees });
        if (prices.Length > 0)
        {
            await Take("prices", [.. prices.Select(object (p) => new { priceList = externalId, sku = p.Sku, unitPrice = p.UnitPrice })]);
        }
    }

    public async Task<string> ListId(string externalId) =>
        (await Admin("query($id: String!) { priceList(externalId: $id) { id } }", new { id = externalId })).GetProperty("priceList").GetProperty("id").GetString()!;

    /// <summary>The answer of <c>simulatePriceChange</c>, whose simulation may still be running.</summary>
    public async Task<JsonElement> Ask(object input) => (await Admin(Simulation, new { input })).GetProperty("simulatePriceChange");

    /// <summary>A simulation, once it is done: one that takes longer than the answer waits is asked for again, as clients do.</summary>
    public async Task<JsonElement> Simulate(object input)
    {
        var answer = await Ask(input);
        Assert.Empty(answer.GetProperty("userErrors").EnumerateArray());
        var simulation = answer.GetProperty("simulation");
        var id = simulation.GetProperty("id").GetString()!;
        await Eventually.Holds(async () =>
        {
            simulation = simulation.GetProperty("status").GetString() == "RUNNING" ? await Read(id) : simulation;
            return simulation.GetProperty("status").GetString() != "RUNNING";
        });
        Assert.True(simulation.GetProperty("status").GetString() == "DONE", simulation.GetRawText());
        return simulation;
    }

    /// <summary>What comes of other prices in a list.</summary>
    public async Task<JsonElement> Simulate(string list, params (string Sku, int Minimum, decimal? UnitPrice)[] prices) => (await Simulate(new
    {
        priceListId = await ListId(list),
        prices = prices.Select(p => new { sku = p.Sku, minimumQuantity = p.Minimum, unitPrice = p.UnitPrice }),
    })).GetProperty("result");

    /// <summary>What <c>priceSimulation</c> tells.</summary>
    public async Task<JsonElement> Read(string id, string? key = null) =>
        (await Data(key ?? StaffKey, $"query($id: ID!) {{ priceSimulation(id: $id) {{ {Fields} }} }}", new { id }, "/admin/graphql")).GetProperty("priceSimulation");
}
