using System.Globalization;
using System.Text.Json;

namespace Wholesale.Tests.Repricing;

/// <summary>What tests of sets of price changes ask over and over, as staff.</summary>
internal sealed class PriceChangeSets(ClockedShop shop)
{
    private static readonly Dictionary<string, string> Selections = new()
    {
        ["upsertPriceChanges"] = "counts { received applied failed }",
        ["cancelPriceChangeSet"] = "keptLines { priceList { externalId } variant { sku } minimumQuantity isKept }",
    };

    public static string At(DateTime instant) => instant.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture);

    public static IEnumerable<string> ErrorsOf(JsonElement payload) => payload.GetProperty("userErrors").EnumerateArray()
        .Select(e => $"{e.GetProperty("code").GetString()} {string.Join('/', e.GetProperty("path").EnumerateArray().Select(p => p.GetString()))}");

    public static string MutationOf(string name) =>
        $"mutation($input: {char.ToUpperInvariant(name[0])}{name[1..]}Input!) {{ {name}(input: $input) {{ priceChangeSet {{ id status version effectiveAt until lineCount name }} "
        + $"{Selections.GetValueOrDefault(name)} userErrors {{ code message path }} }} }}";

    /// <summary>The payload, whatever its errors.</summary>
    public async Task<JsonElement> Send(string name, object input, string? key = null) =>
        (await shop.Data(key ?? shop.StaffKey, MutationOf(name), new { input }, "/admin/graphql")).GetProperty(name);

    public async Task<IEnumerable<string>> Errors(string name, object input) => ErrorsOf(await Send(name, input));

    /// <summary>The set after a mutation without errors.</summary>
    public async Task<JsonElement> Do(string name, object input)
    {
        var payload = await Send(name, input);
        Assert.Empty(ErrorsOf(payload));
        return payload.GetProperty("priceChangeSet");
    }

    public async Task<string> Create(string externalId, DateTime? effectiveAt = null, DateTime? until = null) =>
        (await Do("createPriceChangeSet", new { externalId, name = externalId, effectiveAt, until })).GetProperty("id").GetString()!;

    /// <summary>A draft with lines; of each list's external id, SKU and price, <c>null</c> for an end.</summary>
    public async Task<string> Draft(string externalId, DateTime? effectiveAt, DateTime? until, params (string List, string Sku, string? UnitPrice)[] lines)
    {
        var id = await Create(externalId, effectiveAt, until);
        var rows = new List<object>();
        foreach (var (list, sku, unitPrice) in lines)
        {
            rows.Add(new { priceListId = await List(list), sku, unitPrice });
        }

        await Do("upsertPriceChanges", new { priceChangeSetId = id, lines = rows });
        return id;
    }

    public async Task<string> Scheduled(string externalId, DateTime effectiveAt, DateTime? until, params (string List, string Sku, string? UnitPrice)[] lines)
    {
        var id = await Draft(externalId, effectiveAt, until, lines);
        await Do("approvePriceChangeSet", new { priceChangeSetId = id });
        await Do("schedulePriceChangeSet", new { priceChangeSetId = id });
        return id;
    }

    public async Task<string> StatusOf(string id) =>
        (await shop.Admin("query($id: ID!) { priceChangeSet(id: $id) { status } }", new { id })).GetProperty("priceChangeSet").GetProperty("status").GetString()!;

    public async Task<string> List(string externalId) =>
        (await shop.Admin("query($id: String!) { priceList(externalId: $id) { id } }", new { id = externalId })).GetProperty("priceList").GetProperty("id").GetString()!;

    /// <summary>What a buyer pays, now or at another instant.</summary>
    public async Task<string> Price(string key, string sku, DateTime? asOf = null)
    {
        var price = (await shop.Data(key, "query($sku: String!, $asOf: DateTime) { variant(sku: $sku) { price(asOf: $asOf) { unitPrice { amount } } } }", new { sku, asOf }))
            .GetProperty("variant").GetProperty("price");
        return price.ValueKind == JsonValueKind.Null ? "none" : price.GetProperty("unitPrice").GetProperty("amount").GetString()!;
    }

    /// <summary>The types of a subject's events, oldest first.</summary>
    public async Task<List<string>> EventsOf(string subjectId) =>
    [
        .. (await Events()).Where(e => e.GetProperty("subjectId").GetString() == subjectId).Select(e => e.GetProperty("type").GetString()!),
    ];

    public async Task<List<JsonElement>> Events() =>
        [.. (await shop.Admin("{ events(after: 0, first: 1000) { events { type subjectId version data } } }")).GetProperty("events").GetProperty("events").EnumerateArray()];
}
