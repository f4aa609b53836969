using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.GraphQL.Tests.Http;
using Wholesale.Pricing;

namespace Wholesale.Tests;

/// <summary>What waits for its turn to compare prices keeps nobody else waiting.</summary>
public sealed class PriceStreamsInLineTests : IAsyncLifetime
{
    private readonly NarrowShop shop = new();

    public ValueTask InitializeAsync() => shop.InitializeAsync();

    public ValueTask DisposeAsync() => shop.DisposeAsync();

    [Fact]
    public async Task A_stream_that_waits_in_line_to_open_keeps_no_other_stream_from_its_events()
    {
        await using var events = await Events();
        await events.Expect(":");
        var ended = new TaskCompletionSource();
        var streams = shop.Services.GetRequiredService<PriceChangeStreams>();
        var busy = Enumerable.Range(0, PriceChangeStreams.MaximumComparing).Select(_ => streams.InTurn(() => new ValueTask<bool>(ended.Task.ContinueWith(_ => true, TaskScheduler.Default)), default).AsTask()).ToList();
        try
        {
            await using var opening = await PriceStreamClient.Open(shop, shop.Acme, new { });
            await shop.Import("prices", """{"priceList":"usd","sku":"TOOL-007-L","minimumQuantity":1,"unitPrice":"6.5"}""");

            Assert.Contains("PRICES_CHANGED", await events.Next().WaitAsync(TimeSpan.FromSeconds(30)), StringComparison.Ordinal);
        }
        finally
        {
            ended.SetResult();
            await Task.WhenAll(busy);
        }
    }

    private async Task<TestEvents> Events()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/admin/graphql?query=" + Uri.EscapeDataString("subscription { events(types: [PRICES_CHANGED]) { type } }"));
        request.Headers.Add("Accept", "text/event-stream");
        request.Headers.Add("X-Api-Key", shop.StaffKey);
        var response = await shop.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return new TestEvents(response);
    }

    /// <summary>One place for the events of streams.</summary>
    private sealed class NarrowShop : Shop
    {
        protected override IEnumerable<string> Settings => ["--Limits:MaxRunning", "2"];
    }
}
