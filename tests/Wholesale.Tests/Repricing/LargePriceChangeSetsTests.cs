using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;
using Wholesale.Pricing;
using Wholesale.Repricing;
using Wholesale.Tests.Pricing;

namespace Wholesale.Tests.Repricing;

/// <summary>What is written in the background, where others are in the way or die. The sets are small: they are put past the call that would have written them.</summary>
public sealed class LargePriceChangeSetsTests : IAsyncLifetime
{
    private readonly ShopHost shop = new();
    private IReadOnlyList<Variant> variants = [];
    private PriceList one = null!;
    private PriceList two = null!;

    public async ValueTask InitializeAsync()
    {
        await shop.InitializeAsync();
        variants = await shop.AddVariants(Quantity.One, "V", "W");
        one = await shop.AddPriced("ONE", Assignee.All, 5, "V", "W");
        two = await shop.AddPriced("TWO", Assignee.All, 5, "V", "W");
    }

    public ValueTask DisposeAsync() => shop.DisposeAsync();

    [Fact]
    public async Task A_set_waits_for_an_import_and_is_then_written_whole()
    {
        await Put(PriceChangeSetStatus.Scheduling);
        Assert.Single(await Take(two, 7));

        await Run();
        Assert.Equal(PriceChangeSetStatus.Scheduling, await Status());
        Assert.Equal([null, 7], await Writers());

        await shop.In(async services =>
        {
            await services.GetRequiredService<StagedPrices>().Discard(7, default);
            return true;
        });
        await Run();
        Assert.Equal(PriceChangeSetStatus.Scheduled, await Status());
        Assert.Equal([null, null], await Writers());
        Assert.Equal([5_0000, 9_0000], await Prices());
    }

    [Fact]
    public async Task What_a_node_left_that_died_another_undoes_and_does_anew()
    {
        var set = await Put(PriceChangeSetStatus.Scheduling);
        var lists = await Take(one, 7);
        await shop.In(async services => await services.GetRequiredService<StagedPrices>().Stage(
            [(lists[0], PriceChangeLine.Replacing([LineOf(set, one, 0)], await Current(services, one), set.EffectiveAt!.Value, null))], 7, default));

        await Run();
        Assert.Equal(PriceChangeSetStatus.Scheduling, await Status());
        shop.Time.Advance(StagedPrices.WriterLease + TimeSpan.FromSeconds(1));
        await Eventually.Holds(async () => await Status() == PriceChangeSetStatus.Scheduled);

        Assert.Equal([5_0000, 9_0000], await Prices());
        Assert.Equal(8, await shop.Read(db => db.PriceListEntries.CountAsync(e => e.ToVersion == null))); // four cut, four new
    }

    [Fact]
    public async Task Two_nodes_at_one_set_write_it_once()
    {
        await using var other = await shop.Another(2);
        await Put(PriceChangeSetStatus.Scheduling);

        await Task.WhenAll(Run(), other.In(async services =>
        {
            await services.GetRequiredService<LargePriceChangeSets>().Run(default);
            return true;
        }));
        await Run();

        Assert.Equal(PriceChangeSetStatus.Scheduled, await Status());
        Assert.Equal(1, await shop.Read(db => db.Events.CountAsync(e => e.Type == RepricingEvents.PriceChangeSetScheduled)));
        Assert.Equal(8, await shop.Read(db => db.PriceListEntries.CountAsync(e => e.ToVersion == null)));
        Assert.Equal([null, null], await Writers());
    }

    [Fact]
    public async Task What_is_given_up_before_it_was_written_never_shows()
    {
        var set = await Put(PriceChangeSetStatus.Scheduling);
        var id = new NodeId(nameof(PriceChangeSet), set.Id);

        var cancelled = await shop.Write((PriceChangeSetScheduling scheduling) => scheduling.Cancel(new(id), default));
        await Run();

        Assert.Empty(cancelled.UserErrors);
        Assert.Equal(PriceChangeSetStatus.Cancelled, await Status());
        Assert.Equal([5_0000, 5_0000], await Prices());
    }

    [Fact]
    public async Task A_cancelled_set_comes_back_whole_and_its_turns_are_not_told()
    {
        await Put(PriceChangeSetStatus.Scheduling);
        await Run();
        await shop.In(services => services.GetRequiredService<Writes>().RunUnrecorded(async () => await services.GetRequiredService<WholesaleDb>().PriceChangeSets
            .ExecuteUpdateAsync(s => s.SetProperty(p => p.Status, PriceChangeSetStatus.Cancelling))));

        await Run();
        shop.Time.Advance(TimeSpan.FromDays(2));
        await Eventually.Holds(async () => await shop.Read(db => db.PriceListTurns.CountAsync()) == 0);

        Assert.Equal(PriceChangeSetStatus.Cancelled, await Status());
        Assert.Equal([5_0000, 5_0000], await Prices());
        Assert.Equal(0, await shop.Read(db => db.Events.CountAsync(e => e.Type == PricingEvents.PricesTurned || e.Type == RepricingEvents.PriceChangeSetApplied)));
    }

    /// <summary>A set with a line of each variant in each list, for tomorrow.</summary>
    private Task<PriceChangeSet> Put(PriceChangeSetStatus status) => shop.In(services => services.GetRequiredService<Writes>().RunUnrecorded(async () =>
    {
        var set = new PriceChangeSet
        {
            Id = services.GetRequiredService<Ids>().Next(),
            ExternalId = "SET",
            Name = "Set",
            CreatedAt = shop.Now,
            Status = status,
            EffectiveAt = shop.Now.AddDays(1),
            LineCount = 4,
            Version = 1,
        };
        var db = services.GetRequiredService<WholesaleDb>();
        await BulkRows.Insert(db, [set]);
        await BulkRows.Insert(db, [LineOf(set, one, 0), LineOf(set, one, 1), LineOf(set, two, 0), LineOf(set, two, 1)]);
        return set;
    }));

    private PriceChangeLine LineOf(PriceChangeSet set, PriceList list, int variant) => new()
    {
        PriceChangeSetId = set.Id,
        PriceListId = list.Id,
        VariantId = variants[variant].Id,
        MinimumQuantity = Quantity.One,
        UnitPrice = 9_0000,
    };

    private Task<IReadOnlyList<PriceList>> Take(PriceList list, long writerId) =>
        shop.In(services => services.GetRequiredService<StagedPrices>().Take([list.Id], writerId, default));

    private Task<bool> Run() => shop.In(async services =>
    {
        await services.GetRequiredService<LargePriceChangeSets>().Run(default);
        return true;
    });

    private static async Task<IReadOnlyList<PriceListEntry>> Current(IServiceProvider services, PriceList list) =>
        await services.GetRequiredService<WholesaleDb>().PriceListEntries.Where(e => e.PriceListId == list.Id && e.ToVersion == null).ToListAsync();

    private Task<PriceChangeSetStatus> Status() => shop.Read(db => db.PriceChangeSets.Select(s => s.Status).SingleAsync());

    private Task<List<long?>> Writers() => shop.Read(db => db.PriceLists.OrderBy(l => l.ExternalId).Select(l => l.WriterId).ToListAsync());

    /// <summary>The price of a variant before and after the set's instant.</summary>
    private async Task<List<long?>> Prices()
    {
        var at = shop.Now.Date.AddHours(12).AddDays(1);
        return
        [
            (await shop.Prices(variants, asOf: at.AddDays(-1).AddHours(1), caller: TestCaller.Of()))[0]?.UnitPrice.TenThousandths,
            (await shop.Prices(variants, asOf: at, caller: TestCaller.Of()))[0]?.UnitPrice.TenThousandths,
        ];
    }
}
