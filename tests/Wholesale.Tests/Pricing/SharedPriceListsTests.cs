using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Caching;
using Wholesale.Platform.Events;
using Wholesale.Pricing;

namespace Wholesale.Tests.Pricing;

/// <summary>Price lists and books in a real Redis: what one node has read another one need not, and whatever is there is right or not used.</summary>
public sealed class SharedPriceListsTests : IAsyncLifetime
{
    /// <summary>Enough for a large layer of two pieces.</summary>
    private const int Many = 40_000;

    private readonly RedisServer redis = new();
    private readonly ShopHost shop;

    public SharedPriceListsTests() => shop = ShopHost.With(Settings);

    /// <summary>With a deadline that a busy machine keeps: what is late is not what is tested here.</summary>
    private IEnumerable<(string Name, string Value)> Settings => [("ConnectionStrings:Redis", redis.ConnectionString), ("Redis:DeadlineMilliseconds", "5000")];

    public async ValueTask InitializeAsync()
    {
        await shop.InitializeAsync();
        await Eventually.Holds(() => shop.Get<Redis>().IsAvailable);
    }

    public async ValueTask DisposeAsync()
    {
        await shop.DisposeAsync();
        redis.Dispose();
    }

    [Fact]
    public async Task What_one_node_has_read_another_takes_from_redis()
    {
        var variants = await shop.AddVariants(Quantity.One, "V", "W");
        await shop.AddPriced("OWN", TestCaller.Unit, 1, "V");
        await shop.AddPriced("ALL", Assignee.All, 2, "V", "W");
        await Warm(variants);
        await using var other = await Another();
        var statements = Note(other);

        Assert.Equal([1, 2], await Euros(other, variants));

        Assert.DoesNotContain(statements, ReadsWholeLists);
        Assert.DoesNotContain(statements, sql => sql.Contains("PriceListAssignments", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_large_list_comes_in_pieces_and_an_edit_of_it_carries_little()
    {
        var (variants, list) = await Large();
        var pieces = await Keys("pricelayer");
        Assert.True(pieces.Count > 1, $"{pieces.Count} pieces");
        var before = await Keys("pricelist");
        await shop.Upsert(list, new PriceInput("V7", UnitPrice: new Amount(7_0000)));
        await Warm(variants.Take(10));

        Assert.Equal(pieces, await Keys("pricelayer"));
        var added = Assert.Single((await Keys("pricelist")).Except(before));
        Assert.InRange((long)await redis.Run("STRLEN", added), 1, 1_000);

        await using var other = await Another();
        var statements = Note(other);
        await other.Prices(variants.Take(1));
        await other.PriceLists.WhenLoaded();
        Assert.Equal(Many + 1, other.PriceLists.RowCount);
        Assert.DoesNotContain(statements, ReadsWholeLists);
        Assert.Equal(await InDatabase(other, variants), await InMemory(other, variants));
    }

    [Fact]
    public async Task Values_that_were_changed_cut_off_or_exchanged_are_never_used()
    {
        var (variants, _) = await Large();
        await shop.AddPriced("OTHER", TestCaller.Unit, 9, "V1", "V2");
        await Warm(variants.Take(10));
        var expected = await InDatabase(shop, variants);
        var random = new Random(1);
        for (var round = 0; round < 24; round++)
        {
            var keys = await Keys("price");
            foreach (var key in keys)
            {
                var value = (byte[])(await redis.Run("GET", key))!;
                switch (round % 4)
                {
                    case 0:
                        value[random.Next(value.Length)] ^= (byte)(1 << random.Next(8));
                        break;
                    case 1:
                        value = value[..random.Next(value.Length)];
                        break;
                    case 2:
                        value = (byte[])(await redis.Run("GET", keys[random.Next(keys.Count)]))!;
                        break;
                    default:
                        random.NextBytes(value);
                        break;
                }

                await redis.Run("SET", key, value);
            }

            await using var other = await Another();
            await other.Prices(variants.Take(1));
            await other.PriceLists.WhenLoaded();

            Assert.Equal(expected, await InMemory(other, variants));
            await other.Get<SharedPriceLists>().WhenKept();
        }
    }

    [Fact]
    public async Task What_redis_has_lost_is_read_from_the_database_and_written_again()
    {
        var (variants, _) = await Large();
        foreach (var lost in (string[])["pricelayer", "pricelist", ""])
        {
            var before = await Keys("pricel");
            foreach (var key in await Keys(lost))
            {
                await redis.Run("DEL", key);
            }

            await using var other = await Another();
            await other.Prices(variants.Take(1));
            await other.PriceLists.WhenLoaded();
            await other.Get<SharedPriceLists>().WhenKept();

            Assert.Equal(await InDatabase(other, variants), await InMemory(other, variants));
            Assert.Equal(before, await Keys("pricel"));
        }
    }

    [Fact]
    public async Task Prices_of_a_time_that_a_restored_backup_does_not_know_are_never_seen()
    {
        if (SqlServerForTests.IsUsed)
        {
            Assert.Skip(SqlServerForTests.OfSqliteAlone);
        }

        var variants = await shop.AddVariants(Quantity.One, "V");
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
        await shop.AddAssignment(await shop.AddPriced("MORE", Assignee.All, 5, "V"), TestCaller.Company);
        await Warm(variants);
        Assert.Equal(2, await shop.Euros(variants[0]));

        // The node goes on while the database beneath it is another one: the same numbers of versions and events mean something else from now on.
        await using (var target = new SqliteConnection($"Data Source={file}"))
        {
            await target.OpenAsync();
            backup.BackupDatabase(target);
        }

        await using (var writer = await Another())
        {
            await writer.Upsert(list, new PriceInput("V", UnitPrice: new Amount(3_0000)));
            Assert.Equal(3, await writer.Euros(variants[0]));
            await writer.Get<SharedPriceLists>().WhenKept();
        }

        await shop.Get<LogTail>().Look(default);

        Assert.Equal(3, await shop.Euros(variants[0]));
        await using var cold = await Another();
        Assert.Equal(3, await cold.Euros(variants[0]));
    }

    /// <summary>One list of many prices, in memory and in Redis.</summary>
    private async Task<(IReadOnlyList<Variant> Variants, PriceList List)> Large()
    {
        var variants = await shop.AddVariants(Quantity.One, [.. Enumerable.Range(0, Many).Select(i => $"V{i}")]);
        var list = await shop.AddPriced("LARGE", TestCaller.Unit, 1, [.. variants.Select(v => v.Sku)]);
        await Warm(variants.Take(10));
        return (variants, list);
    }

    private async Task Warm(IEnumerable<Variant> variants)
    {
        await shop.Prices(variants);
        await shop.PriceLists.WhenLoaded();
        await shop.Prices(variants);
        await shop.Get<SharedPriceLists>().WhenKept();
        await Eventually.Holds(async () => (await Keys("pricebook")).Count > 0);
    }

    private async Task<ShopHost> Another()
    {
        var other = await shop.Another(1, Settings);
        await Eventually.Holds(() => other.Get<Redis>().IsAvailable);
        return other;
    }

    private static bool ReadsWholeLists(string sql) => sql.Contains("UnitPrice", StringComparison.Ordinal) && sql.Contains("ORDER BY", StringComparison.Ordinal);

    private async Task<List<string>> Keys(string kind) =>
        [.. ((string[])(await redis.Run("KEYS", $"wholesale:*{kind}*"))!).Order(StringComparer.Ordinal)];

    private static List<string> Note(ShopHost host)
    {
        var statements = new List<string>();
        host.Statements.Executing += sql =>
        {
            lock (statements)
            {
                statements.Add(sql);
            }
        };
        return statements;
    }

    private static async Task<IEnumerable<Money?>> InMemory(ShopHost host, IReadOnlyList<Variant> variants) =>
        (await host.Prices(variants)).Select(p => p?.UnitPrice);

    private static async Task<IEnumerable<Money?>> InDatabase(ShopHost host, IReadOnlyList<Variant> variants) =>
        (await host.PricesInTransaction(variants)).Select(p => p?.UnitPrice);

    private static async Task<IReadOnlyList<long?>> Euros(ShopHost host, IReadOnlyList<Variant> variants) =>
        [.. (await host.Prices(variants)).Select(price => price?.UnitPrice.TenThousandths / 1_0000)];
}
