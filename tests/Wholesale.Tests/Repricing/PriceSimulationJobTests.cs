using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;
using Wholesale.Repricing;

namespace Wholesale.Tests.Repricing;

/// <summary>Simulations as jobs: what is refused, what outlives the request, and what becomes of it when a node dies.</summary>
public sealed class PriceSimulationJobTests : IAsyncLifetime
{
    private PriceSimulationHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await PriceSimulationHost.Start("--Prices:SimulationWaitSeconds", "0", "--Prices:Simulations", "1");
        await host.AddCompany("acme");
        await host.AddList("all", "EUR", [new { everyone = true }], ("A", 10));
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task What_is_not_done_in_time_goes_on_and_is_read_by_its_id()
    {
        var begun = (await Ask()).GetProperty("simulation");
        var id = begun.GetProperty("id").GetString()!;
        await Eventually.Holds(async () => (await host.Read(id)).GetProperty("status").GetString() != "RUNNING");
        var done = await host.Read(id);

        Assert.Equal("RUNNING", begun.GetProperty("status").GetString());
        Assert.Equal(JsonValueKind.Null, begun.GetProperty("result").ValueKind);
        Assert.Equal(JsonValueKind.Null, begun.GetProperty("finishedAt").ValueKind);
        Assert.Equal("DONE", done.GetProperty("status").GetString());
        Assert.Equal(100, done.GetProperty("progress").GetInt32());
        Assert.Equal("all", done.GetProperty("priceList").GetProperty("externalId").GetString());
        Assert.Equal(1, done.GetProperty("result").GetProperty("affectedCompanies").GetInt32());
        var node = await host.Admin("query($id: ID!) { node(id: $id) { ... on PriceSimulation { status } } }", new { id });
        Assert.Equal("""{"node":{"status":"DONE"}}""", node.GetRawText());
    }

    [Fact]
    public async Task Only_who_reads_prices_asks_and_finds_simulations()
    {
        var id = (await Ask()).GetProperty("simulation").GetProperty("id").GetString()!;
        var other = await host.CreateStaffKey("other", Permission.CompaniesRead);

        var (_, asked) = await host.Ask(other, "query($id: ID!) { priceSimulation(id: $id) { status } }", new { id }, "/admin/graphql");
        var found = await host.Data(other, "query($id: ID!) { node(id: $id) { id } }", new { id }, "/admin/graphql");

        Assert.Contains("FORBIDDEN", asked, StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, found.GetProperty("node").ValueKind);
    }

    [Fact]
    public async Task A_simulation_of_a_node_that_died_has_failed_when_its_lease_ends()
    {
        var now = host.Services.GetRequiredService<Clock>().UtcNow;
        var alive = await Insert(leaseUntil: now.AddHours(1));
        var dead = await Insert(leaseUntil: now.AddMinutes(-1));

        Assert.Equal("RUNNING", (await host.Read(alive)).GetProperty("status").GetString());
        var failed = await host.Read(dead);
        Assert.Equal("FAILED", failed.GetProperty("status").GetString());
        Assert.Equal("The server that ran the simulation has not been heard of since: ask for it again.", failed.GetProperty("failure").GetString());
        Assert.Equal(JsonValueKind.String, failed.GetProperty("finishedAt").ValueKind);
    }

    [Fact]
    public async Task What_was_not_done_when_the_server_stops_has_failed()
    {
        // One of its own: the host takes it for a fault when its services end before it does.
        using var simulations = ActivatorUtilities.CreateInstance<PriceSimulations>(host.Services);
        await simulations.StartAsync(default);
        var id = await Insert(leaseUntil: host.Services.GetRequiredService<Clock>().UtcNow.AddHours(1));
        Assert.True(simulations.TryTakePlace());

        // Nobody writes while the gate is held, so that it cannot be done.
        Task finished;
        Task stopped;
        using (await host.Services.GetRequiredService<WriteGate>().Enter(default))
        {
            finished = simulations.Begin(NodeId.Parse(id).Key, new(null, [], DateTime.UnixEpoch, 1));
            stopped = simulations.StopAsync(default);
        }

        await stopped;
        await finished;
        var failed = await host.Read(id);
        Assert.Equal("FAILED", failed.GetProperty("status").GetString());
        Assert.Equal("The server that ran the simulation was stopped: ask for it again.", failed.GetProperty("failure").GetString());
    }

    [Fact]
    public async Task A_price_that_money_cannot_hold_fails_with_its_reason()
    {
        await host.Take("markets", new { externalId = "eu", name = "Europe", currency = "EUR", rounding = new { mode = "UP", level = "UNIT_PRICE" } });

        var id = (await Ask("99999999999999.9999")).GetProperty("simulation").GetProperty("id").GetString()!;
        await Eventually.Holds(async () => (await host.Read(id)).GetProperty("status").GetString() != "RUNNING");

        Assert.Contains("more than 14 digits", (await host.Read(id)).GetProperty("failure").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_line_is_full_no_more_are_taken()
    {
        var simulations = host.Services.GetRequiredService<PriceSimulations>();
        var taken = 0;
        while (simulations.TryTakePlace())
        {
            taken++;
        }

        var refused = await Ask();
        simulations.GiveUpPlace();
        var begun = await Ask();

        Assert.Equal(1 + PriceSimulations.MaximumWaiting, taken);
        Assert.Equal(JsonValueKind.Null, refused.GetProperty("simulation").ValueKind);
        Assert.Equal(["TOO_MANY_SIMULATIONS "], Errors(refused));
        Assert.Equal("RUNNING", begun.GetProperty("simulation").GetProperty("status").GetString());
    }

    [Fact]
    public async Task Every_bad_row_is_named_and_nothing_is_begun()
    {
        var answer = await host.Ask(new
        {
            priceListId = await host.ListId("all"),
            prices = new object[]
            {
                new { sku = "A", unitPrice = "1" },
                new { sku = "NONE", unitPrice = "1" },
                new { sku = "A", unitPrice = "-1", minimumQuantity = 2 },
                new { sku = "A", unitPrice = "1", minimumQuantity = 0 },
                new { sku = "A", unitPrice = "2" },
            },
        });

        Assert.Equal(JsonValueKind.Null, answer.GetProperty("simulation").ValueKind);
        Assert.Equal(
            ["NOT_FOUND prices.1.sku", "INVALID_VALUE prices.2.unitPrice", "INVALID_VALUE prices.3.minimumQuantity", "DUPLICATE_ROW prices.4.sku"], Errors(answer));
    }

    [Theory]
    [InlineData(1, 0, true, "INVALID_VALUE worst")]
    [InlineData(1, 251, true, "INVALID_VALUE worst")]
    [InlineData(0, 50, true, "INVALID_VALUE prices")]
    [InlineData(5_001, 50, true, "TOO_MANY_ROWS prices")]
    [InlineData(1, 50, false, "NOT_FOUND priceListId")]
    public async Task What_cannot_be_simulated_is_refused(int rows, int worst, bool isThere, string error)
    {
        var answer = await host.Ask(new
        {
            priceListId = isThere ? await host.ListId("all") : "x",
            prices = Enumerable.Repeat(new { sku = "A", unitPrice = 1 }, rows),
            worst,
        });

        Assert.Equal([error], Errors(answer));
    }

    [Fact]
    public async Task After_a_week_a_simulation_is_forgotten()
    {
        var now = host.Services.GetRequiredService<Clock>().UtcNow;
        var id = await Insert(leaseUntil: now);

        Assert.Equal(0, await Purge(now.AddDays(6.9)));
        Assert.Equal(1, await Purge(now.AddDays(7.1)));
        Assert.Equal(JsonValueKind.Null, (await host.Read(id)).ValueKind);
    }

    private async Task<JsonElement> Ask(string unitPrice = "12") =>
        await host.Ask(new { priceListId = await host.ListId("all"), prices = new[] { new { sku = "A", unitPrice } } });

    private async Task<int> Purge(DateTime now)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WholesaleDb>();
        return await scope.ServiceProvider.GetRequiredService<Writes>().RunUnrecorded(async () => await PriceSimulation.Purge(db, now, default));
    }

    /// <summary>A simulation that no process runs.</summary>
    private async Task<string> Insert(DateTime leaseUntil)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var (db, clock) = (scope.ServiceProvider.GetRequiredService<WholesaleDb>(), scope.ServiceProvider.GetRequiredService<Clock>());
        var list = await db.PriceLists.SingleAsync();
        var simulation = new PriceSimulation
        {
            Id = scope.ServiceProvider.GetRequiredService<Ids>().Next(),
            PriceListId = list.Id,
            At = clock.UtcNow,
            CreatedAt = clock.UtcNow,
            LeaseUntil = leaseUntil,
        };
        await scope.ServiceProvider.GetRequiredService<Writes>().RunUnrecorded(async () =>
        {
            await BulkRows.Insert(db, [simulation]);
            return true;
        });
        return new NodeId(nameof(PriceSimulation), simulation.Id).ToString();
    }

    private static string[] Errors(JsonElement answer) => [.. answer.GetProperty("userErrors").EnumerateArray().Select(e =>
        $"{e.GetProperty("code")} {string.Join('.', e.GetProperty("path").ValueKind == JsonValueKind.Null ? [] : e.GetProperty("path").EnumerateArray().Select(p => p.GetString()))}")];
}
