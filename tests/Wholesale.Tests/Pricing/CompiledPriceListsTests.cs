using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Events;
using Wholesale.Pricing;

namespace Wholesale.Tests.Pricing;

/// <summary>What prices in memory promise to readers, on a real file.</summary>
public sealed class CompiledPriceListsTests : IAsyncLifetime
{
    private readonly ShopHost shop = new();

    public ValueTask InitializeAsync() => shop.InitializeAsync();

    public ValueTask DisposeAsync() => shop.DisposeAsync();

    [Fact]
    public async Task An_edit_is_seen_by_the_very_next_read_a_thousand_times()
    {
        var variants = await shop.AddVariants(Quantity.One, "V", "W");
        var list = await shop.AddPriced("OWN", TestCaller.Unit, 1, "V", "W");

        for (var euros = 2; euros <= 1_001; euros++)
        {
            await shop.Upsert(list, new PriceInput(euros % 3 == 0 ? "W" : "V", UnitPrice: new Amount(euros * 1_0000)));

            Assert.Equal(euros, await shop.Euros(variants[euros % 3 == 0 ? 1 : 0]));
        }
    }

    [Fact]
    public async Task A_cold_page_is_four_statements_a_warm_one_none_and_one_after_an_edit_four_again_and_then_none()
    {
        var variants = await shop.AddVariants(Quantity.One, "V", "W");
        var own = await shop.AddPriced("OWN", TestCaller.Unit, 1, "V");
        await shop.AddPriced("ALL", Assignee.All, 2, "V", "W");
        await using var other = await shop.Another(1);

        Assert.InRange(await other.CountStatements(() => other.Prices(variants)), 1, 4);
        Assert.Equal(0, await other.CountStatements(() => other.Prices(variants)));

        await shop.Prices(variants);
        await shop.Upsert(own, new PriceInput("V", UnitPrice: new Amount(3_0000)));

        Assert.InRange(await shop.CountStatements(() => shop.Prices(variants)), 1, 4);
        Assert.Equal(0, await shop.CountStatements(() => shop.Prices(variants)));
    }

    [Fact]
    public async Task What_other_nodes_do_elsewhere_costs_no_request_a_statement_while_the_log_is_looked_at()
    {
        var variants = await shop.AddVariants(Quantity.One, "V");
        await shop.AddPriced("OWN", TestCaller.Unit, 1, "V");
        await shop.Prices(variants);

        shop.Time.Advance(CompiledPriceLists.Lifetime);
        await Eventually.Holds(() => shop.Get<CommittedEvents>().LookedAt == shop.Time.GetTimestamp());

        Assert.Equal(0, await shop.CountStatements(() => shop.Prices(variants)));
    }

    [Fact]
    public async Task Where_the_log_is_not_looked_at_prices_cost_one_statement_every_two_seconds_and_the_book_one()
    {
        var variants = await shop.AddVariants(Quantity.One, "V");
        await shop.AddPriced("OWN", TestCaller.Unit, 1, "V");
        await shop.Prices(variants);
        await shop.Get<LogTail>().StopAsync(default);

        shop.Time.Advance(CompiledPriceLists.Lifetime);

        Assert.Equal(2, await shop.CountStatements(() => shop.Prices(variants)));
        Assert.Equal(0, await shop.CountStatements(() => shop.Prices(variants)));
    }

    [Fact]
    public async Task Two_lists_that_one_import_flips_are_never_seen_mixed()
    {
        var variants = await shop.AddVariants(Quantity.One, "V", "W");
        await shop.AddPriced("ONE", TestCaller.Unit, 1, "V");
        await shop.AddPriced("TWO", Assignee.All, 1, "W");
        using var done = new CancellationTokenSource();

        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => ReadUntil(shop, variants, done.Token))).ToList();
        for (var euros = 2; euros <= 40; euros++)
        {
            await Flip(euros);
        }

        await done.CancelAsync();
        var seen = await Task.WhenAll(readers);
        Assert.All(seen, found => Assert.True(found.Count > 5, $"Only {found.Count} versions were seen."));
        Assert.Equal([40, 40], await Euros(shop, variants));
    }

    [Fact]
    public async Task Another_node_sees_an_edit_within_two_seconds_and_never_a_mix()
    {
        var variants = await shop.AddVariants(Quantity.One, "V", "W");
        await shop.AddPriced("ONE", TestCaller.Unit, 1, "V");
        await shop.AddPriced("TWO", Assignee.All, 1, "W");
        await using var other = await shop.Another(1);
        Assert.Equal([1, 1], await Euros(other, variants));
        using var done = new CancellationTokenSource();

        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(() => ReadUntil(other, variants, done.Token))).ToList();
        for (var euros = 2; euros <= 30; euros++)
        {
            await Flip(euros);
            shop.Time.Advance(CompiledPriceLists.Lifetime);

            Assert.Equal([euros, euros], await Euros(other, variants));
        }

        await done.CancelAsync();
        await Task.WhenAll(readers);
    }

    [Fact]
    public async Task Another_nodes_many_events_make_all_lists_be_looked_at()
    {
        var variants = await shop.AddVariants(Quantity.One, "V", "W");
        var list = await shop.AddPriced("ONE", TestCaller.Unit, 1, "V");
        await using var other = await shop.Another(1);
        Assert.Equal(1, await other.Euros(variants[0]));

        await shop.Upsert(list, new PriceInput("V", UnitPrice: new Amount(2_0000)));
        for (var i = 0; i < 1_000; i++)
        {
            await shop.Write((PriceListWrites lists) => lists.Update(new(PriceReader.IdOf(list), Name: $"{i}"), default));
        }

        shop.Time.Advance(CompiledPriceLists.Lifetime);

        Assert.Equal(2, await other.Euros(variants[0]));
    }

    [Fact]
    public async Task What_another_node_has_told_and_is_not_kept_any_more_makes_all_lists_be_looked_at()
    {
        var variants = await shop.AddVariants(Quantity.One, "V");
        var list = await shop.AddPriced("ONE", TestCaller.Unit, 1, "V");
        await using var other = await shop.Another(1);
        Assert.Equal(1, await other.Euros(variants[0]));

        await shop.Upsert(list, new PriceInput("V", UnitPrice: new Amount(2_0000)));
        await shop.Write((PriceListWrites lists) => lists.Update(new(PriceReader.IdOf(list), Name: "later"), default));
        await shop.Read(db => db.Events.Where(e => e.Number < db.Events.Max(newest => newest.Number)).ExecuteDeleteAsync());
        shop.Time.Advance(CompiledPriceLists.Lifetime);

        Assert.Equal(2, await other.Euros(variants[0]));
    }

    [Fact]
    public async Task What_a_list_says_of_quantities_is_seen_by_the_next_read_here_and_within_two_seconds_elsewhere()
    {
        var variants = await shop.AddVariants(Quantity.One, "V");
        var list = await shop.AddPriced("ONE", TestCaller.Unit, 1, "V");
        await using var other = await shop.Another(1);
        for (var minimum = 1; minimum < 20; minimum++)
        {
            await shop.Write((PriceListTermsWrites terms) => terms.UpsertQuantityRules(
                new(PriceReader.IdOf(list), [new("V", Minimum: Quantity.Of(minimum), Increment: Quantity.One)]), default));

            Assert.Equal(Quantity.Of(minimum), (await shop.Prices(variants))[0]!.QuantityRule.Minimum);
            shop.Time.Advance(CompiledPriceLists.Lifetime);
            Assert.Equal(Quantity.Of(minimum), (await other.Prices(variants))[0]!.QuantityRule.Minimum);
        }
    }

    [Fact]
    public async Task A_thousand_readers_of_what_is_not_in_memory_cause_one_load()
    {
        var variants = await shop.AddVariants(Quantity.One, "V");
        await shop.AddPriced("ONE", TestCaller.Unit, 1, "V");
        await using var other = await shop.Another(1);
        var reads = 0;
        other.Statements.Executing += sql => Interlocked.Add(ref reads, sql.Contains(SqlServerForTests.IsUsed ? "[UnitPrice]" : "\"UnitPrice\"", StringComparison.Ordinal) ? 1 : 0);

        var seen = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => Task.Run(() => other.Euros(variants[0]))));

        Assert.All(seen, euros => Assert.Equal(1, euros));
        Assert.Equal(1, reads);
    }

    [Fact]
    public async Task However_the_clock_jumps_no_price_is_seen_outside_its_time()
    {
        var variants = await shop.AddVariants(Quantity.One, "V");
        var list = await shop.AddPriced("OWN", TestCaller.Unit, 1);
        var begin = shop.Now.AddDays(-3);
        await shop.AddAssignment(list, TestCaller.Company, validFrom: begin, validTo: begin.AddDays(60));

        // Every third hour has no price; the hours go on over the night of March 29, in which the clocks of Europe are put forward.
        var hours = Enumerable.Range(0, 40 * 24).Where(hour => hour % 3 != 2).ToList();
        foreach (var chunk in hours.Chunk(5_000))
        {
            await shop.Upsert(list, [.. chunk.Select(hour =>
                new PriceInput("V", UnitPrice: new Amount((hour + 1) * 1_0000L), ValidFrom: begin.AddHours(hour), ValidTo: begin.AddHours(hour + 1)))]);
        }

        var random = new Random(1);
        var springForward = new DateTime(2026, 3, 29, 1, 0, 0, DateTimeKind.Utc);
        var (seen, none) = (0, 0);
        for (var i = 0; i < 400; i++)
        {
            shop.Time.Advance(random.Next(6) switch
            {
                0 => TimeSpan.FromHours(1),
                1 => TimeSpan.FromHours(-1),
                2 => TimeSpan.FromDays(1),
                3 => TimeSpan.FromDays(-1),
                4 => springForward.AddSeconds(random.Next(-7_200, 7_200)) - shop.Now,
                _ => TimeSpan.FromSeconds(random.Next(-90, 90)),
            });

            var expected = Expected(shop.Now);
            Assert.Equal(expected, await shop.Euros(variants[0]));
            var asOf = shop.Now.AddMinutes(random.Next(-300, 300));
            Assert.Equal(Expected(asOf), await shop.Euros(variants[0], asOf));
            (seen, none) = expected is null ? (seen, none + 1) : (seen + 1, none);
        }

        Assert.True(seen > 100 && none > 50, $"{seen} prices, {none} times none");

        // The list is the unit's from when it was assigned; the company's, by an older date, before that.
        long? Expected(DateTime at)
        {
            var hour = (long)Math.Floor((at - begin).TotalHours);
            return hour >= 0 && hour < 40 * 24 && hour % 3 != 2 ? hour + 1 : null;
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("65537")]
    [InlineData("-1")]
    [InlineData("much")]
    public void A_setting_out_of_range_stops_the_start(string megabytes) =>
        Assert.Contains("Prices:MemoryMegabytes", Assert.Throws<InvalidOperationException>(() => ShopHost.With("Prices:MemoryMegabytes", megabytes)).Message, StringComparison.Ordinal);

    private async Task Flip(int euros)
    {
        var report = await shop.Import(
            "prices",
            string.Create(CultureInfo.InvariantCulture, $$"""{"priceList":"ONE","sku":"V","unitPrice":"{{euros}}"}"""),
            string.Create(CultureInfo.InvariantCulture, $$"""{"priceList":"TWO","sku":"W","unitPrice":"{{euros}}"}"""));
        Assert.Contains("\"applied\":2", report, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<long?>> Euros(ShopHost host, IReadOnlyList<Variant> variants) =>
        [.. (await host.Prices(variants)).Select(price => price?.UnitPrice.TenThousandths / 1_0000)];

    /// <summary>Reads both prices again and again; they must be of one import, and never of an earlier one than before.</summary>
    private static async Task<HashSet<long>> ReadUntil(ShopHost host, IReadOnlyList<Variant> variants, CancellationToken done)
    {
        var seen = new HashSet<long>();
        var last = 0L;
        while (!done.IsCancellationRequested)
        {
            var euros = await Euros(host, variants);
            Assert.Equal(euros[0], euros[1]);
            Assert.True(euros[0] >= last, $"{euros[0]} came after {last}.");
            last = euros[0]!.Value;
            seen.Add(last);
        }

        return seen;
    }
}
