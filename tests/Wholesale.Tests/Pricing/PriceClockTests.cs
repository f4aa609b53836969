using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;
using Wholesale.Pricing;
using Wholesale.Repricing;
using Wholesale.Tests.Repricing;

namespace Wholesale.Tests.Pricing;

public sealed class PriceClockTests : IAsyncLifetime
{
    private readonly ShopHost shop = new();

    public ValueTask InitializeAsync() => shop.InitializeAsync();

    public ValueTask DisposeAsync() => shop.DisposeAsync();

    [Fact]
    public async Task Each_list_and_moment_is_told_once_even_by_two_nodes_and_after_both_were_off()
    {
        await using var other = await shop.Another(2);
        await shop.AddVariants(Quantity.One, "V", "W");
        var (one, two) = (await shop.AddPriceList("ONE"), await shop.AddPriceList("TWO"));
        var (first, second) = (shop.Now.AddHours(1), shop.Now.AddHours(2));
        await shop.Upsert(one, Price("V", first, second), Price("W", first, null));
        await shop.Upsert(two, Price("V", second, null), Price("W", null, null));

        // Both nodes sleep over it all: one leap of the clock.
        shop.Time.Advance(TimeSpan.FromHours(3));
        await Eventually.Holds(async () => (await Turned()).Count == 3);
        for (var tick = 0; tick < 5; tick++)
        {
            shop.Time.Advance(TimeSpan.FromSeconds(1));
            await Ticked();
        }

        Assert.Equal([Event(one, 1, first), Event(one, 1, second), Event(two, 1, second)], (await Turned()).Order());
        Assert.Equal(0, await shop.Read(db => db.PriceListTurns.CountAsync()));
    }

    [Fact]
    public async Task A_turn_is_told_at_the_first_second_after_it_and_not_before()
    {
        await shop.AddVariants(Quantity.One, "V");
        var list = await shop.AddPriceList("LIST");
        var at = shop.Now.AddMilliseconds(1_500);
        await shop.Upsert(list, Price("V", at, null));

        shop.Time.Advance(TimeSpan.FromSeconds(1));
        await Ticked();
        Assert.Empty(await Turned());

        shop.Time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.Holds(async () => (await Turned()).Count == 1);
    }

    [Fact]
    public async Task Imports_tell_their_turns_and_those_of_assignments_are_their_lists()
    {
        await shop.AddVariants(Quantity.One, "V");
        await shop.Import("price-lists", $$"""{"externalId":"LIST","name":"List","currency":"EUR","assignments":[{"everyone":true,"validFrom":"{{In(1)}}","validTo":"{{In(4)}}"}]}""");
        await shop.Import("prices", $$"""{"priceList":"LIST","sku":"V","unitPrice":"1","validFrom":"{{In(2)}}","validTo":"{{In(3)}}"}""");
        var given = await shop.AddPriceList("GIVEN");
        await shop.Write((PriceListWrites lists) => lists.Assign(
            new(PriceReader.IdOf(given), new AssigneeInput(Everyone: true), ValidFrom: shop.Now.AddHours(2)), default));

        shop.Time.Advance(TimeSpan.FromHours(5));

        await Eventually.Holds(async () => (await Turned()).Count == 5);
        Assert.Equal(["GIVEN 2", "LIST 1", "LIST 2", "LIST 3", "LIST 4"], (await Turned()).Select(Hour).Order());
    }

    [Fact]
    public async Task What_was_taken_back_before_its_instant_is_not_told()
    {
        await shop.AddVariants(Quantity.One, "V");
        var list = await shop.AddPriceList("LIST");
        await shop.Upsert(list, Price("V", shop.Now.AddHours(1), null));
        await shop.Upsert(list, Price("V", shop.Now.AddHours(1), null) with { UnitPrice = null });
        var assigned = await shop.Write((PriceListWrites lists) => lists.Assign(
            new(PriceReader.IdOf(list), new AssigneeInput(Everyone: true), ValidFrom: shop.Now.AddHours(2), ValidTo: shop.Now.AddHours(3)), default));
        await shop.Write((PriceListWrites lists) => lists.Unassign(new(new NodeId(nameof(PriceListAssignment), assigned.Assignment!.Id)), default));

        shop.Time.Advance(TimeSpan.FromHours(4));
        await Ticked();

        Assert.Empty(await Turned());
        Assert.Equal(0, await shop.Read(db => db.PriceListTurns.CountAsync()));
    }

    [Fact]
    public async Task A_thousand_moments_are_told_in_their_order()
    {
        await shop.AddVariants(Quantity.One, "V");
        var list = await shop.AddPriceList("LIST");
        await shop.Upsert(list, [.. Enumerable.Range(0, 999).Select(i => Price("V", shop.Now.AddMinutes(i + 1), shop.Now.AddMinutes(i + 2)))]);

        shop.Time.Advance(TimeSpan.FromDays(1));
        await Eventually.Holds(async () => (await Turned()).Count == 1_000);

        var turned = await Turned();
        Assert.Equal(turned.Order(StringComparer.Ordinal), turned);
        Assert.Equal(1_000, turned.Distinct().Count());
    }

    [Fact]
    public async Task A_set_is_applied_once_by_two_nodes_and_reads_as_applied_before()
    {
        await using var other = await shop.Another(2);
        var set = new PriceChangeSet
        {
            Id = 5,
            ExternalId = "SET",
            Name = "Set",
            CreatedAt = shop.Now,
            Status = PriceChangeSetStatus.Scheduled,
            EffectiveAt = shop.Now.AddHours(-1),
            Version = 3,
        };
        await shop.In(services => services.Writes().RunUnrecorded(async () =>
        {
            await BulkRows.Insert(services.Db(), [set]);
            return true;
        }));

        Assert.Equal(PriceChangeSetStatus.Applied, set.StatusAt(shop.Now));
        Assert.Single(await Found(PriceChangeSetStatus.Applied));
        Assert.Empty(await Found(PriceChangeSetStatus.Scheduled));
        for (var tick = 0; tick < 3; tick++)
        {
            shop.Time.Advance(TimeSpan.FromSeconds(1));
            await Ticked();
        }

        await Eventually.Holds(() => shop.Read(db => db.Events.AnyAsync(e => e.Type == RepricingEvents.PriceChangeSetApplied)));
        Assert.Equal(1, await shop.Read(db => db.Events.CountAsync(e => e.Type == RepricingEvents.PriceChangeSetApplied && e.SubjectId == 5 && e.Version == 3)));
        Assert.Equal(PriceChangeSetStatus.Applied, await shop.Read(db => db.PriceChangeSets.Select(s => s.Status).SingleAsync()));

        Task<List<PriceChangeSet>> Found(PriceChangeSetStatus status) => shop.Read(db => db.PriceChangeSets.Where(PriceChangeSet.IsAt(status, shop.Now)).ToListAsync());
    }

    [Fact]
    public async Task Where_nothing_is_due_a_second_costs_one_statement()
    {
        var clock = await shop.In(services => ValueTask.FromResult(services.Clock()));
        var before = shop.Statements.Total;

        await clock.Tick(default);

        Assert.Equal(1, shop.Statements.Total - before);
    }

    [Fact(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    public async Task Whether_a_list_really_turns_is_found_by_the_instant_and_not_by_reading_the_list()
    {
        await shop.AddVariants(Quantity.One, "V");
        var list = await shop.AddPriceList("LIST");
        await shop.Upsert(list, Price("V", shop.Now.AddHours(1), null));
        var statements = new List<string>();
        void Note(string sql) => statements.Add(sql);
        shop.Statements.Executing += Note;
        shop.Time.Advance(TimeSpan.FromHours(1));
        await Eventually.Holds(async () => (await Turned()).Count == 1);
        shop.Statements.Executing -= Note;

        var plan = await shop.Plan(statements.First(sql => sql.Contains("\"PriceListEntries\"", StringComparison.Ordinal)));

        Assert.Contains(plan, step => step.Contains("ValidFrom=?", StringComparison.Ordinal));
        Assert.Contains(plan, step => step.Contains("ValidTo=?", StringComparison.Ordinal));
    }

    private static PriceInput Price(string sku, DateTime? from, DateTime? to) => new(sku, UnitPrice: new Amount(1_0000), ValidFrom: from, ValidTo: to);

    private static string Event(PriceList list, long version, DateTime at) => $$"""{{list.ExternalId}} {{version}} {"at":"{{PriceChangeSets.At(at)}}"}""";

    private static string Hour(string told) => $"{told.Split(' ')[0]} {int.Parse(told[(told.LastIndexOf('T') + 1)..][..2], null) - 12}";

    private string In(int hours) => PriceChangeSets.At(shop.Now.AddHours(hours));

    /// <summary>Waits until nothing is due, and whoever is at it has finished.</summary>
    private async Task Ticked()
    {
        var clock = await shop.In(services => ValueTask.FromResult(services.Clock()));
        await Eventually.Holds(async () => await clock.Tick(default) == 0);
    }

    /// <summary>What was told, in the order of its telling.</summary>
    private Task<List<string>> Turned() => shop.Read(async db =>
    {
        var lists = await db.PriceLists.ToDictionaryAsync(l => l.Id, l => l.ExternalId);
        var events = await db.Events.Where(e => e.Type == PricingEvents.PricesTurned).OrderBy(e => e.Number).ToListAsync();
        return events.ConvertAll(e => $"{lists[e.SubjectId]} {e.Version} {e.Data}");
    });
}

file static class ServicesOfTheClock
{
    public static PriceClock Clock(this IServiceProvider services) => services.GetRequiredService<PriceClock>();

    public static Writes Writes(this IServiceProvider services) => services.GetRequiredService<Writes>();

    public static WholesaleDb Db(this IServiceProvider services) => services.GetRequiredService<WholesaleDb>();
}
