using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Wholesale.Tests.Orders.Proof;

/// <summary>The database cannot be written, or not even read, for a while.</summary>
[Collection(ProofCollection.Name)]
public sealed class UnavailableDatabaseTests(UnavailableDatabaseTests.Shops shops) : IClassFixture<UnavailableDatabaseTests.Shops>
{
    private const int Seed = 24;

    /// <summary>What a client can act upon: nothing was changed; it is not known, ask with the same key.</summary>
    private static readonly string[] Retryable = ["UNAVAILABLE", "OUTCOME_UNKNOWN"];

    [Fact(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    public async Task While_another_program_holds_the_file_writes_wait_then_say_that_it_is_unavailable_and_reads_go_on()
    {
        var shop = await shops.Get();
        var orders = await shop.Orders();
        var carts = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            carts.Add(await Cart(shop, $"locked {i}"));
        }

        Answer refused;
        Task<Answer[]> waiting;
        await using (var other = new SqliteConnection(shop.File))
        {
            await other.OpenAsync();
            await using var transaction = await other.BeginTransactionAsync(); // at once for writing
            refused = await Place(shop, carts, 0);
            var read = await shop.Data(shop.Acme, "query($id: ID!) { cart(id: $id) { lineCount } }", new { id = carts[0] });
            Assert.Equal(2, read.GetProperty("cart").GetProperty("lineCount").GetInt32());
            waiting = Task.WhenAll(Enumerable.Range(1, 3).Select(i => Place(shop, carts, i)));
            await Eventually.Holds(() => shop.Moments.Running == 3);
        }

        Assert.Equal("UNAVAILABLE", refused.Failure);
        Assert.All(await waiting, answer => Assert.Equal(1, answer.Payload.GetProperty("order").GetProperty("version").GetInt32()));
        Assert.Equal(orders + 3, await shop.Orders());
        _ = (await Place(shop, carts, 0)).Payload;
        Assert.Equal(orders + 4, await shop.Orders());
        await shop.AssertWhole();
    }

    [Theory(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    [InlineData(10, 266)] // cannot be read
    [InlineData(14, 14)] // cannot be opened
    [InlineData(8, 1032)] // is another file by now
    public async Task While_the_file_is_gone_nothing_is_written_in_part_and_afterwards_all_goes_on(int code, int extended)
    {
        const int Clients = 6;
        var (times, length) = ProofCollection.Budget((3, TimeSpan.FromSeconds(30)), (3, TimeSpan.FromSeconds(0.3)));
        var shop = await shops.Get();
        var orders = await shop.Orders();
        var (failures, placed, isOver) = (new ConcurrentDictionary<string, int>(), 0, false);
        var clients = Enumerable.Range(0, Clients).Select(Buy).ToList();

        for (var time = 0; time < times; time++)
        {
            await Placed(20);
            var (begin, before) = (Stopwatch.GetTimestamp(), failures.Values.Sum());
            shop.Database.Fail(() => new SqliteException("Said by a test.", code, extended));
            await Eventually.Holds(() => clients.Exists(client => client.IsCompleted) || (failures.Values.Sum() >= before + 20 && Stopwatch.GetElapsedTime(begin) > length));
            shop.Database.Fail(null);
        }

        await Placed(20);
        Volatile.Write(ref isOver, true);
        await Task.WhenAll(clients);
        ProofCollection.Tell(
            $"W4 gone ({code}), seed {Seed}: ×{times} for {length.TotalSeconds} s: {placed} orders; answers meanwhile: {string.Join(", ", failures.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Value} {f.Key}"))}.");
        Assert.Subset(Retryable.ToHashSet(), failures.Keys.ToHashSet());
        Assert.Equal(orders + placed, await shop.Orders());
        await shop.AssertWhole();

        Task Placed(int more)
        {
            var enough = Volatile.Read(ref placed) + more;
            return Eventually.Holds(() => clients.Exists(client => client.IsCompleted) || Volatile.Read(ref placed) >= enough);
        }

        async Task Buy(int client)
        {
            for (var n = 0; !Volatile.Read(ref isOver); n++)
            {
                var name = $"gone {code} {client} {n}";
                var opened = await Insist(key => shop.OpenCart(shop.Acme, name, "ON_ACCOUNT", key), $"{name} open");
                var cart = opened.Payload.GetProperty("cart").GetProperty("id").GetString()!;
                _ = (await Insist(key => shop.AddLines(shop.Acme, cart, [("TOOL-050-S", 1), ("TOOL-057-L", 2)], key), $"{name} lines")).Payload;
                _ = (await Insist(key => shop.PlaceOrder(shop.Acme, cart, key), $"{name} order")).Payload;
                Interlocked.Increment(ref placed);
            }
        }

        // Again and again with one key, until it is known.
        async Task<Answer> Insist(Func<string, Task<Answer>> send, string key)
        {
            while (true)
            {
                var answer = await send(key.Replace(' ', '-'));
                if (answer.Failure is not { } failure)
                {
                    return answer;
                }

                failures.AddOrUpdate(failure, 1, (_, count) => count + 1);
            }
        }
    }

    [Fact(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    public async Task Where_the_disk_is_full_a_write_is_undone_whole_and_made_when_there_is_room()
    {
        var shop = await shops.Get();
        var orders = await shop.Orders();
        var carts = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            carts.Add(await Cart(shop, $"full {i}", [.. Enumerable.Range(100, 60).Select(tool => ($"TOOL-{tool}-L", 1))]));
        }

        var pages = await shop.Read(async db => (await db.Database.SqlQueryRaw<long>("SELECT page_count AS \"Value\" FROM pragma_page_count").ToListAsync()).Single());
        shop.Database.Limit(pages + 20);
        var placed = 0;
        Answer answer;
        do
        {
            answer = await Place(shop, carts, placed);
            placed++;
        }
        while (answer.Failure is null);

        var placedBefore = await shop.Orders() - orders;
        await shop.AssertWhole();
        Assert.True(placedBefore > 0);
        Assert.Equal("UNAVAILABLE", answer.Failure);
        Assert.Equal("UNAVAILABLE", (await Place(shop, carts, placed - 1)).Failure); // it stays so, and others can read
        shop.Database.Limit(null);
        _ = (await Place(shop, carts, placed - 1)).Payload;
        _ = (await Place(shop, carts, placed)).Payload;
        ProofCollection.Tell(string.Create(CultureInfo.InvariantCulture, $"W4 full: of {pages} pages; {placedBefore} orders found room, the next one when there was some."));
        Assert.Equal((placed - 1, placed + 1), (placedBefore, await shop.Orders() - orders));
        await shop.AssertWhole();
    }

    private static Task<string> Cart(BuyingShop shop, string name, params (string Sku, int Quantity)[] more) =>
        shop.FilledCart(shop.Acme, name, "ON_ACCOUNT", [("TOOL-050-S", 1), ("TOOL-051-S", 2), .. more]);

    private static Task<Answer> Place(BuyingShop shop, List<string> carts, int i) => shop.PlaceOrder(shop.Acme, carts[i], $"order-of-{carts[i]}");

    /// <summary>A shop whose statements wait for another's lock for five seconds, and not for half a minute.</summary>
    internal sealed class HastyShop : BuyingShop
    {
        /// <summary>The file.</summary>
        public string File => ConnectionString;

        protected override IEnumerable<string> Settings => [.. base.Settings, $"--ConnectionStrings:Wholesale={new SqliteConnectionStringBuilder(ConnectionString) { DefaultTimeout = 1 }}"];

        public static new Task<HastyShop> Start() => Started(new HastyShop());
    }

    public sealed class Shops : IAsyncDisposable
    {
        private HastyShop? shop;

        internal async Task<HastyShop> Get() => shop ??= await HastyShop.Start();

        public ValueTask DisposeAsync() => shop?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
