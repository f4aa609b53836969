using System.Net;
using System.Text.Json;
using Wholesale.GraphQL.Tests.Http;

namespace Wholesale.Tests.Orders;

/// <summary>Somebody who watches orders by <c>orderUpdated</c>, as Server-Sent Events, on one node after the other.</summary>
/// <param name="key">Its API key.</param>
/// <param name="clock">The nodes' clock, which goes on while something is waited for.</param>
internal sealed class OrderStreamClient(string? key, FakeTime clock) : IAsyncDisposable
{
    private const string Document =
        """
        subscription($orderId: ID, $after: String) {
          orderUpdated(orderId: $orderId, after: $after) { cursor entry { at kind by status shipment { externalId } reason paymentStatus } order { id number status company { externalId } } }
        }
        """;

    private const string Begins = "event: next\ndata: ";

    private TestEvents? events;

    /// <summary>Of the last update; null: none yet.</summary>
    public string? Cursor { get; set; }

    /// <summary>Opens the stream, or goes on where it was; returns when nothing is missed any more.</summary>
    public async Task Open(TestHost node, string? orderId = null, string path = "/graphql")
    {
        events = await Send(node, orderId, path);
        Assert.Equal(HttpStatusCode.OK, events.Response.StatusCode);
        await events.Expect(":");
    }

    /// <summary>What is answered where there is no stream.</summary>
    public async Task<string> Refusal(TestHost node, string? orderId = null, string path = "/graphql")
    {
        await using var refused = await Send(node, orderId, path);
        var text = await refused.Next();
        await refused.Expect("event: complete\ndata:", null);
        return text!;
    }

    /// <summary>Cuts the connection.</summary>
    public async Task Cut()
    {
        await events!.DisposeAsync();
        events = null;
    }

    /// <summary>What comes next on the wire, however long it takes; null where the stream ends.</summary>
    public async Task<string?> Next()
    {
        var next = events!.Next();
        await Eventually.Holds(() =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(10));
            return next.IsCompleted;
        });
        return await next;
    }

    /// <summary>What comes next, without waiting for it.</summary>
    public Task<string?> Coming() => events!.Next();

    /// <summary>The next update.</summary>
    public async Task<JsonElement> Update() => Read(await Next());

    /// <summary>The next updates, as <c>KIND by WHOM: what had become of it → what it is now</c>.</summary>
    public async Task<List<string>> Updates(int count)
    {
        var updates = new List<string>();
        while (updates.Count < count)
        {
            updates.Add(Text(await Update()));
        }

        return updates;
    }

    public JsonElement Read(string? text)
    {
        Assert.StartsWith(Begins + "{\"data\":{\"orderUpdated\":{", text, StringComparison.Ordinal);
        var update = JsonDocument.Parse(text![Begins.Length..]).RootElement.GetProperty("data").GetProperty("orderUpdated");
        Cursor = update.GetProperty("cursor").GetString();
        return update;
    }

    public static string Text(JsonElement update)
    {
        var (entry, order) = (update.GetProperty("entry"), update.GetProperty("order"));
        return $"{entry.GetProperty("kind").GetString()} by {entry.GetProperty("by").GetString()}: {entry.GetProperty("status").GetString()} → {order.GetProperty("status").GetString()}";
    }

    public ValueTask DisposeAsync() => events?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<TestEvents> Send(TestHost node, string? orderId, string path)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"{path}?query={Uri.EscapeDataString(Document)}&variables={Uri.EscapeDataString(JsonSerializer.Serialize(new { orderId, after = Cursor }))}");
        request.Headers.Add("Accept", "text/event-stream");
        if (key is not null)
        {
            request.Headers.Add("X-Api-Key", key);
        }

        return new TestEvents(await node.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead));
    }
}
