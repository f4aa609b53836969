using System.Net;
using System.Text.Json;
using Wholesale.GraphQL.Tests.Http;

namespace Wholesale.Tests;

/// <summary>A buyer's client that keeps a copy of its prices by <c>effectivePriceChanged</c>, as Server-Sent Events, on one node after the other.</summary>
internal sealed class PriceStreamClient(string? key) : IAsyncDisposable
{
    private const string Price = "{ unitPrice { amount currency } breaks { minimumQuantity unitPrice { amount } } }";

    public const string Document =
        $$"""
        subscription($after: String, $first: Int! = 250, $skus: [String!]) {
          effectivePriceChanged(after: $after, first: $first, skus: $skus) {
            edges { node { action sku reason variant { sku } before {{Price}} after {{Price}} } }
            pageInfo { hasNextPage endCursor }
          }
        }
        """;

    private TestEvents? events;

    /// <summary>Of the last page.</summary>
    public string? Cursor { get; private set; }

    public SortedDictionary<string, string> Prices { get; private set; } = new(StringComparer.Ordinal);

    public int Changes { get; private set; }

    /// <summary>Opens the stream, or goes on where it was; returns when nothing is missed any more.</summary>
    public async Task Open(TestHost node, int first = 250, IReadOnlyList<string>? skus = null, string path = "/graphql", bool showsKeepAlive = false)
    {
        events = await Open(node, key, new { after = Cursor, first, skus }, path, showsKeepAlive);
        Assert.Equal(HttpStatusCode.OK, events.Response.StatusCode);
        await events.Expect(":");
    }

    public static async Task<TestEvents> Open(TestHost node, string? key, object variables, string path = "/graphql", bool showsKeepAlive = false)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"{path}?query={Uri.EscapeDataString(Document)}&variables={Uri.EscapeDataString(JsonSerializer.Serialize(variables))}");
        request.Headers.Add("Accept", "text/event-stream");
        if (key is not null)
        {
            request.Headers.Add("X-Api-Key", key);
        }

        var response = await node.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new TestEvents(response, showsKeepAlive);
    }

    /// <summary>Cuts the connection.</summary>
    public async Task Cut()
    {
        await events!.DisposeAsync();
        events = null;
    }

    /// <summary>What comes next on the wire; null where the stream ends.</summary>
    public Task<string?> Next() => events!.Next();

    /// <summary>The stream completes, and does not ask to come back.</summary>
    public Task ExpectEnd() => events!.Expect("event: complete\ndata:", null);

    /// <summary>Carries the next page out. Each change must tell what the copy has: what is told twice, or was passed over, does not.</summary>
    public async Task<IReadOnlyList<JsonElement>> Page()
    {
        const string Begins = "event: next\ndata: ";
        var text = await Next();
        Assert.StartsWith(Begins + "{\"data\":{\"effectivePriceChanged\":{", text, StringComparison.Ordinal);
        var page = JsonDocument.Parse(text![Begins.Length..]).RootElement.GetProperty("data").GetProperty("effectivePriceChanged");
        var changes = page.GetProperty("edges").EnumerateArray().Select(edge => edge.GetProperty("node")).ToList();
        foreach (var change in changes)
        {
            var sku = change.GetProperty("sku").GetString()!;
            Assert.Equal($"{sku}: {Text(change.GetProperty("before"))}", $"{sku}: {Prices.GetValueOrDefault(sku)}");
            _ = change.GetProperty("action").GetString() == "REMOVE" ? Prices.Remove(sku) : (Prices[sku] = Text(change.GetProperty("after"))!) is null;
        }

        Changes += changes.Count;
        Cursor = page.GetProperty("pageInfo").GetProperty("endCursor").GetString();
        return changes;
    }

    /// <summary>Begins the copy by the first page and all prices.</summary>
    public async Task Begin(TestHost node)
    {
        Assert.Empty(await Page());
        Prices = await Read(node);
    }

    /// <summary>All prices as a node gives them.</summary>
    public async Task<SortedDictionary<string, string>> Read(TestHost node)
    {
        var prices = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (var (after, isMore) = ((string?)null, true); isMore;)
        {
            var page = (await node.Data(
                key,
                $"query($after: String) {{ effectivePrices(first: 250, after: $after) {{ edges {{ node {{ variant {{ sku }} price {Price} }} }} pageInfo {{ hasNextPage endCursor }} }} }}",
                new { after })).GetProperty("effectivePrices");
            foreach (var priced in page.GetProperty("edges").EnumerateArray().Select(edge => edge.GetProperty("node")))
            {
                prices.Add(priced.GetProperty("variant").GetProperty("sku").GetString()!, Text(priced.GetProperty("price"))!);
            }

            (after, isMore) = (page.GetProperty("pageInfo").GetProperty("endCursor").GetString(), page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean());
        }

        return prices;
    }

    public ValueTask DisposeAsync() => events?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static string? Text(JsonElement price) => price.ValueKind == JsonValueKind.Null ? null : price.GetRawText();
}
