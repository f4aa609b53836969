using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Events;
using Wholesale.Pricing;

namespace Wholesale.Tests.Pricing;

/// <summary>Streams of price changes within one node: when they compare prices, what they tell, and how they end.</summary>
public sealed class PriceChangeStreamsTests : IAsyncLifetime
{
    private const int Companies = 20;

    private readonly ShopHost shop = new();
    private readonly Dictionary<string, Principal> buyers = [];
    private readonly Dictionary<string, PriceList> lists = [];

    private PriceChangeStreams Streams => shop.Get<PriceChangeStreams>();

    public async ValueTask InitializeAsync()
    {
        await shop.InitializeAsync();
        await shop.Import("companies", [.. Enumerable.Range(0, Companies).Select(i =>
            $$"""{"externalId":"c{{i}}","name":"C","verification":"{{(i == 1 ? "PENDING" : "VERIFIED")}}","users":[{"externalId":"u{{i}}","name":"U","email":"u{{i}}@x.test"}]}""")]);
        await shop.Import("products", [.. Enumerable.Range(0, 8).Select(i =>
            $$"""{"sku":"P{{i}}","texts":[{"locale":"en","name":"P"}],"variants":[{"sku":"V{{i}}"}]}""")]);
        foreach (var (name, id) in await shop.Read(db => db.Companies.Select(c => new { c.ExternalId, c.Id }).ToDictionaryAsync(c => c.ExternalId, c => c.Id)))
        {
            lists.Add(name, await shop.AddPriced(name, new Assignee(AssigneeLevel.Company, id), 5, Enumerable.Range(0, 8).Select(i => $"V{i}").ToList()));
        }

        foreach (var user in await shop.Read(db => db.CompanyUsers.ToListAsync()))
        {
            buyers.Add(user.ExternalId, new Principal(PrincipalKind.CompanyUser, 1, user.Id, user.ExternalId, PermissionSet.All));
        }
    }

    public ValueTask DisposeAsync() => shop.DisposeAsync();

    [Fact]
    public async Task The_first_page_comes_at_once_with_where_to_begin_and_then_what_changes()
    {
        await using var stream = await Open("u0");

        var begun = await stream.TryNext();
        await Edit("c0", "V3", 7);
        var page = await stream.Next();

        Assert.Equal((0, false), (begun!.Edges.Count, begun.PageInfo.HasNextPage));
        var change = Assert.Single(page.Edges).Node;
        Assert.Equal(("V3", PriceChangeReason.Price, PriceChangeAction.Set), (change.Sku, change.Reason, change.Action));
    }

    [Fact]
    public async Task What_does_not_concern_them_costs_streams_nothing_however_many_they_are()
    {
        var alone = await shop.CountStatements(() => Edit("c0", "V0", 6));
        var streams = new List<PriceChangeReader>();
        for (var i = 0; i < 150; i++)
        {
            streams.Add(await Open($"u{2 + (i % 15)}"));
            Assert.NotNull(await streams[^1].TryNext());
        }

        await using var mine = await Open("u0");
        Assert.NotNull(await mine.TryNext());
        var waiting = streams.Select(stream => stream.TryNext()).ToList();
        shop.Time.Advance(PriceChangeStream.Rest + TimeSpan.FromMilliseconds(1)); // from here on whoever is woken compares at once
        await Quiet();
        var compared = Streams.Comparisons;

        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(alone, await shop.CountStatements(() => Edit("c19", $"V{i % 8}", 10 + i)));
        }

        await shop.Import("companies", """{"externalId":"c19","tier":null,"verification":"PENDING"}""");
        Assert.Equal(compared, Streams.Comparisons);
        var ofComparison = await shop.CountStatements(async () =>
        {
            await Edit("c0", "V0", 7);
            Assert.Single((await mine.Next()).Edges);
        });

        TestContext.Current.TestOutputHelper!.WriteLine($"{ofComparison - alone} statements for the one stream that is concerned.");
        Assert.Equal(compared + 1, Streams.Comparisons);
        Assert.All(await Task.WhenAll(waiting), Assert.Null);
        foreach (var stream in streams)
        {
            await stream.DisposeAsync();
        }
    }

    [Fact]
    public async Task What_happens_in_quick_succession_is_told_together()
    {
        await using var stream = await Open("u0");
        await stream.TryNext();
        var compared = Streams.Comparisons;
        Assert.Null(await stream.TryNext());

        foreach (var i in Enumerable.Range(0, 8))
        {
            await Edit("c0", $"V{i}", 7 + i);
        }

        Assert.Equal(compared, Streams.Comparisons);
        Assert.Equal(8, (await stream.Next()).Edges.Count);
        Assert.Equal(compared + 1, Streams.Comparisons);
    }

    [Fact]
    public async Task So_many_compare_at_once_and_the_others_wait_in_line()
    {
        var (begun, ended) = (new List<int>(), new TaskCompletionSource());
        var first = Enumerable.Range(0, PriceChangeStreams.MaximumComparing).Select(i => Turn(i, ended.Task)).ToList();
        var others = Enumerable.Range(10, 3).Select(i => Turn(i, Task.CompletedTask)).ToList();

        Assert.Equal(PriceChangeStreams.MaximumComparing, begun.Count);
        ended.SetResult();
        await Task.WhenAll(first.Concat(others));

        Assert.Equal([10, 11, 12], begun.TakeLast(3).Order());

        Task<bool> Turn(int number, Task end) => Streams.InTurn(
            async () =>
            {
                lock (begun)
                {
                    begun.Add(number);
                }

                await end;
                return true;
            },
            default).AsTask();
    }

    [Fact]
    public async Task A_turn_of_many_changes_comes_in_pages_that_follow_by_themselves_and_can_be_taken_up_elsewhere()
    {
        await using var stream = await Open("u0", first: 3);
        await stream.TryNext();
        foreach (var i in Enumerable.Range(0, 7))
        {
            await Edit("c0", $"V{i}", 8);
        }

        var page = await stream.Next();
        await Edit("c0", "V0", 9);
        await Edit("c0", "V7", 9);
        await using var node = await shop.Another(2);
        await using var other = await PriceChangeReader.Open(node, buyers["u0"], page.PageInfo.EndCursor, first: 3);

        foreach (var pages in new[] { stream, other })
        {
            Assert.Equal(["V3", "V4", "V5"], (await pages.Next()).Edges.Select(edge => edge.Node.Sku));
            Assert.Equal(["V6"], (await pages.Next()).Edges.Select(edge => edge.Node.Sku));
            var late = await pages.Next();
            Assert.Equal("V0 V7 False", $"{string.Join(' ', late.Edges.Select(edge => edge.Node.Sku))} {late.PageInfo.HasNextPage}");
        }
    }

    [Fact]
    public async Task A_turn_of_which_nothing_is_left_is_ended_also_for_whoever_takes_it_up_elsewhere()
    {
        await using var stream = await Open("u0", first: 1);
        await stream.TryNext();
        await Edit("c0", "V0", 8);
        await Edit("c0", "V1", 8);
        var page = await stream.Next();
        Assert.True(page.PageInfo.HasNextPage);

        // As where a page ends because it is full, or has compared as many as it may, and none of those behind it cost something else.
        var within = (PriceChangeCursor.Parse(page.PageInfo.EndCursor!) with { VariantId = long.MaxValue }).ToString();
        await using var other = await Open("u0", within, first: 1);
        var end = await other.Next();

        Assert.Equal((0, false), (end.Edges.Count, end.PageInfo.HasNextPage));
    }

    [Fact]
    public async Task Only_the_SKUs_that_were_asked_for_are_told_of_those_to_come_included()
    {
        await using var stream = await Open("u0", skus: ["V1", "new", "V2"]);
        await stream.TryNext();

        await Edit("c0", "V0", 8);
        await Edit("c0", "V1", 8);
        await shop.Import("products", """{"sku":"N","texts":[{"locale":"en","name":"N"}],"variants":[{"sku":"new"},{"sku":"newer"}]}""");
        await shop.Upsert(lists["c0"], new PriceInput("new", UnitPrice: new Amount(1_0000)), new PriceInput("newer", UnitPrice: new Amount(1_0000)));

        var told = new List<string>();
        while (told.Count < 2)
        {
            told.AddRange((await stream.Next()).Edges.Select(edge => edge.Node.Sku));
        }

        Assert.Equal(["V1", "new"], told);
    }

    [Fact]
    public async Task What_begins_or_ends_by_time_alone_is_told()
    {
        await using var stream = await Open("u0");
        await stream.TryNext();
        var (first, second, third) = (shop.Now.AddMinutes(2), shop.Now.AddMinutes(4), shop.Now.AddMinutes(6));
        await shop.Upsert(lists["c0"], new PriceInput("V0", Quantity.Of(5), new Amount(1_0000), ValidFrom: first));
        await shop.AddAssignment(lists["c5"], Assignee.All, validFrom: second);
        await shop.Import("products", $$"""{"sku":"P1","publishedTo":"{{Instant.ToString(third)}}"}""");

        shop.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(["V0"], (await stream.Next()).Edges.Select(edge => edge.Node.Sku));
        shop.Time.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal([PriceChangeAction.Remove], (await stream.Next()).Edges.Select(edge => edge.Node.Action));
    }

    [Fact]
    public async Task Who_sees_no_prices_is_told_of_none_until_it_sees_them()
    {
        await using var stream = await Open("u1");
        await stream.TryNext();
        var compared = Streams.Comparisons;
        Assert.Null(await stream.TryNext());
        await Edit("c1", "V0", 8);
        shop.Time.Advance(TimeSpan.FromSeconds(1));
        await Quiet();
        Assert.Equal(compared, Streams.Comparisons);

        await shop.Import("companies", """{"externalId":"c1","verification":"VERIFIED"}""");

        Assert.All((await stream.Next()).Edges, edge => Assert.Equal((PriceChangeReason.Customer, null), (edge.Node.Reason, edge.Node.Before)));
    }

    [Fact]
    public async Task After_an_hour_of_silence_there_is_a_newer_cursor()
    {
        await using var stream = await Open("u0");
        await stream.TryNext();
        var cursor = stream.Cursor;
        Assert.Null(await stream.TryNext());

        shop.Time.Advance(PriceChangeStream.LongestSilence);
        var page = await stream.Next();

        Assert.Empty(page.Edges);
        Assert.NotEqual(cursor, stream.Cursor);
    }

    [Fact]
    public async Task It_ends_when_the_log_goes_on_from_another_past()
    {
        await using var stream = await Open("u0");
        await stream.TryNext();
        await Edit("c19", "V0", 8);

        await shop.Read(async db => await db.Events.Where(e => e.Number == db.Events.Max(other => other.Number)).ExecuteDeleteAsync());
        await shop.In(async services =>
        {
            await services.GetRequiredService<LogTail>().Look(default);
            return true;
        });

        Assert.Equal("SNAPSHOT_REQUIRED", (await Assert.ThrowsAsync<GraphQLException>(stream.Next)).Code);
    }

    [Fact]
    public async Task Bad_arguments_are_refused_before_anything_is_watched()
    {
        var ahead = PriceChangeCursor.Behind(new LogMoment(1_000_000, shop.Now)).ToString();
        await Refused("INVALID_CURSOR", after: "nonsense");
        await Refused("SNAPSHOT_REQUIRED", after: ahead);
        await Refused("INVALID_VALUE", skus: []);
        await Refused("TOO_MANY_ROWS", skus: [.. Enumerable.Range(0, 251).Select(i => $"{i}")]);
        await Refused("INVALID_PAGE_SIZE", first: 0);
        await Refused("INVALID_PAGE_SIZE", first: 1_001);

        var late = await Assert.ThrowsAsync<GraphQLException>(
            () => Streams.Open(new(buyers["u0"], null, null, 1, TimeSpan.Zero), default).AsTask());
        Assert.Equal("TIMEOUT", late.Code);

        async Task Refused(string code, string? after = null, IReadOnlyList<string>? skus = null, int first = 1) =>
            Assert.Equal(code, (await Assert.ThrowsAsync<GraphQLException>(() => Open("u0", after, skus, first))).Code);
    }

    private Task<PriceChangeReader> Open(string buyer, string? after = null, IReadOnlyList<string>? skus = null, int first = 250) =>
        PriceChangeReader.Open(shop, buyers[buyer], after, skus, first);

    private Task Edit(string list, string sku, int euros) => shop.Upsert(lists[list], new PriceInput(sku, UnitPrice: new Amount(euros * 1_0000)));

    /// <summary>Until what the moved clock has set off in the background has read what it reads.</summary>
    private async Task Quiet()
    {
        var before = -1L;
        await Eventually.Holds(async () =>
        {
            var now = shop.Statements.Total;
            var isQuiet = now == before;
            before = now;
            await Task.Delay(20);
            return isQuiet;
        });
    }
}
