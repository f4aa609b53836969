using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Catalog;
using Wholesale.Platform;
using Wholesale.Platform.Caching;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;
using Wholesale.Pricing;

namespace Wholesale.Tests.Pricing;

/// <summary>Price lists in a real Redis that is slow, or beneath which something else than this program at work has changed things.</summary>
public sealed class SharedPriceListsUnderTroubleTests : IAsyncLifetime
{
    private readonly RedisServer redis = new();
    private readonly FaultyProxy proxy;
    private readonly ShopHost shop;

    public SharedPriceListsUnderTroubleTests()
    {
        proxy = new(redis);
        shop = ShopHost.With(Settings(proxy.ConnectionString));
    }

    public async ValueTask InitializeAsync()
    {
        await shop.InitializeAsync();
        await Eventually.Holds(() => shop.Get<Redis>().IsAvailable);
    }

    public async ValueTask DisposeAsync()
    {
        await shop.DisposeAsync();
        proxy.Dispose();
        redis.Dispose();
    }

    [Fact]
    public async Task A_node_that_has_not_noticed_a_restored_backup_yet_leaves_nothing_of_the_former_past_in_redis()
    {
        if (SqlServerForTests.IsUsed)
        {
            Assert.Skip(SqlServerForTests.OfSqliteAlone);
        }

        proxy.LosesMessages = true;
        var variants = await shop.AddVariants(Quantity.One, "V", "W");
        var list = await shop.AddPriced("OWN", TestCaller.Unit, 1, "V");
        var file = await shop.Read(db => Task.FromResult(new SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource));
        await using var backup = new SqliteConnection($"Data Source={file}.backup");
        await using (var source = new SqliteConnection($"Data Source={file}"))
        {
            await source.OpenAsync();
            await backup.OpenAsync();
            source.BackupDatabase(backup);
        }

        await shop.Upsert(list, new PriceInput("V", UnitPrice: new Amount(2_0000)));
        Assert.Equal(2, await shop.Euros(variants[0]));
        await using (var target = new SqliteConnection($"Data Source={file}"))
        {
            await target.OpenAsync();
            backup.BackupDatabase(target);
        }

        shop.Time.Jump(TimeSpan.FromSeconds(1)); // as no two events of two pasts are of one instant
        await using var writer = await shop.Another(1);
        await writer.Upsert(list, new PriceInput("V", UnitPrice: new Amount(3_0000)));
        await writer.Upsert(list, new PriceInput("W", UnitPrice: new Amount(5_0000)));

        // The database was away for a while, and a request comes before the tail looks again.
        await shop.Get<LogTail>().StopAsync(default);
        shop.Time.Advance(TimeSpan.FromSeconds(3));
        await shop.Prices(variants);
        await shop.Get<SharedPriceLists>().WhenKept();
        await shop.Get<LogTail>().Look(default);

        Assert.Equal(3, await shop.Euros(variants[0]));
        await using var cold = await Another(2);
        Assert.Equal(3, await cold.Euros(variants[0]));
    }

    [Fact]
    public async Task Quantity_rules_that_a_former_program_writes_beside_this_one_are_seen()
    {
        var variants = await shop.AddVariants(Quantity.One, "V");
        var list = await shop.AddPriced("OWN", TestCaller.Unit, 1, "V");
        await Warm(variants);

        // It draws no content id.
        await shop.In(services => services.GetRequiredService<Writes>().Run(Actor.System, async () =>
        {
            var db = services.GetRequiredService<WholesaleDb>();
            await BulkRows.Insert(db, [new PriceListQuantityTerms { PriceListId = list.Id, VariantId = variants[0].Id, Minimum = Quantity.Of(10) }]);
            await db.PriceLists.Where(l => l.Id == list.Id)
                .ExecuteUpdateAsync(l => l.SetProperty(p => p.HasQuantityTerms, true).SetProperty(p => p.Version, p => p.Version + 1));
            services.GetRequiredService<Writes>().Record(PricingEvents.QuantityRulesChanged, list.Id, version: 2);
            return true;
        }));

        await using var cold = await Another(2);
        Assert.Equal(Quantity.Of(10), (await cold.Prices(variants))[0]!.QuantityRule.Minimum);
    }

    [Fact]
    public async Task A_request_waits_for_redis_no_longer_than_the_deadline_however_many_lists_it_needs()
    {
        var (variants, deadline) = (await Many(2_500), TimeSpan.FromSeconds(2));
        for (var i = 0; i < 8; i++)
        {
            await shop.AddPriced($"L{i}", TestCaller.Unit, i + 1, [.. variants.Select(v => v.Sku)]);
        }

        await Warm(variants.Take(1));
        using var slow = new FaultyProxy(redis);
        await using var cold = await shop.Another(2, ("ConnectionStrings:Redis", slow.ConnectionString), ("Redis:DeadlineMilliseconds", "2000"));
        await Eventually.Holds(() => cold.Get<Redis>().IsAvailable);
        slow.Delay = deadline / 2;

        var watch = Stopwatch.StartNew();
        await cold.Prices(variants.Take(1));

        Assert.True(watch.Elapsed < 2 * deadline, $"{watch.Elapsed}");
    }

    [Fact]
    public async Task A_piece_of_a_wrong_length_is_written_again()
    {
        var variants = await Many(4_000);
        await shop.AddPriced("LARGE", TestCaller.Unit, 1, [.. variants.Select(v => v.Sku)]);
        await Warm(variants.Take(1));
        var piece = Assert.Single((string[])(await redis.Run("KEYS", "wholesale:*pricelayer*"))!);
        var length = (long)await redis.Run("STRLEN", piece);
        await redis.Run("SET", piece, "short");

        await using var cold = await Another(2);
        await cold.Prices(variants.Take(1));
        await cold.PriceLists.WhenLoaded();
        await cold.Get<SharedPriceLists>().WhenKept();

        Assert.Equal(length, (long)await redis.Run("STRLEN", piece));
    }

    [Fact]
    public async Task A_version_that_comes_while_the_former_one_is_being_written_is_written_too()
    {
        var variants = await shop.AddVariants(Quantity.One, "V");
        var list = await shop.AddPriced("OWN", TestCaller.Unit, 1, "V");
        proxy.Delay = TimeSpan.FromMilliseconds(300);
        await shop.Prices(variants);
        await Eventually.Holds(async () => (await redis.Run("INFO", "commandstats")).ToString().Contains("expire", StringComparison.Ordinal));

        await shop.Upsert(list, new PriceInput("V", UnitPrice: new Amount(2_0000)));
        await shop.Prices(variants);
        await shop.Get<SharedPriceLists>().WhenKept();

        Assert.Contains((string[])(await redis.Run("KEYS", "wholesale:*pricelist:*"))!, key => key.Contains(":v2:", StringComparison.Ordinal));
    }

    private static IEnumerable<(string Name, string Value)> Settings(string at) => [("ConnectionStrings:Redis", at), ("Redis:DeadlineMilliseconds", "5000")];

    private Task<IReadOnlyList<Variant>> Many(int count) => shop.AddVariants(Quantity.One, [.. Enumerable.Range(0, count).Select(i => $"V{i}")]);

    private async Task Warm(IEnumerable<Variant> variants)
    {
        await shop.Prices(variants);
        await shop.PriceLists.WhenLoaded();
        await shop.Prices(variants);
        await shop.Get<SharedPriceLists>().WhenKept();
    }

    private async Task<ShopHost> Another(int number)
    {
        var other = await shop.Another(number, Settings(redis.ConnectionString));
        await Eventually.Holds(() => other.Get<Redis>().IsAvailable);
        return other;
    }
}
