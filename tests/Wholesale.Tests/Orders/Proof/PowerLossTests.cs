using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Platform.Database;

namespace Wholesale.Tests.Orders.Proof;

/// <summary>
/// The power is lost: of the log that SQLite keeps beside its file, what was written after the last flush began may be gone. Whatever was answered is there all the same.
/// </summary>
[Collection(ProofCollection.Name)]
public sealed class PowerLossTests
{
    [Fact(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    public async Task Of_orders_that_were_answered_none_is_lost_with_what_was_not_flushed()
    {
        await using var shop = await PowerlessShop.Start();
        shop.EmptyLog(); // so that it only grows from here on
        var answered = new List<(string Number, long Durable)>();
        var carts = new List<(string Buyer, string Id)>();
        foreach (var i in Enumerable.Range(0, 24))
        {
            var buyer = shop.Buyers[i % shop.Buyers.Count];
            carts.Add((buyer, await shop.FilledCart(buyer, $"power {i}", "BANK_TRANSFER", ("TOOL-054-L", 1))));
        }

        await Task.WhenAll(carts.Chunk(6).Select(async some =>
        {
            foreach (var (buyer, id) in some)
            {
                var answer = await shop.PlaceOrder(buyer, id, $"power-{id}");
                var durable = shop.Durable;
                lock (answered)
                {
                    answered.Add((answer.Payload.GetProperty("order").GetProperty("number").GetString()!, durable));
                }
            }
        }));

        var lost = 0;
        foreach (var (number, durable) in answered)
        {
            Assert.Contains(number, shop.NumbersAfterLossBehind(durable));
            lost += shop.NumbersAfterLossBehind(shop.FlushBefore(durable)).Contains(number) ? 0 : 1;
        }

        Assert.True(lost > 0, "The log of an earlier flush has all orders, too: nothing was proved.");
        ProofCollection.Tell($"Power lost right after each of {answered.Count} answers of four clients at once: each order was there; of the flush before, {lost} were not.");
    }

    /// <summary>A shop that notes how much of its log is on disk.</summary>
    private sealed class PowerlessShop : BuyingShop
    {
        private readonly List<long> flushes = [];
        private readonly Lock sync = new();

        /// <summary>How many bytes of the log were there when the last flush that has ended began.</summary>
        public long Durable
        {
            get
            {
                lock (sync)
                {
                    return flushes[^1];
                }
            }
        }

        private string File => new SqliteConnectionStringBuilder(ConnectionString).DataSource;

        public static new Task<PowerlessShop> Start() => Started(new PowerlessShop());

        /// <summary>Carries all of the log into the file.</summary>
        public void EmptyLog()
        {
            using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            command.ExecuteNonQuery();
            Assert.Equal(0, new FileInfo($"{File}-wal").Length);
            lock (sync)
            {
                flushes.Clear();
            }
        }

        /// <summary>The flush before one after which so much was on disk.</summary>
        public long FlushBefore(long durable)
        {
            lock (sync)
            {
                return flushes.Where(length => length < durable).DefaultIfEmpty(0).Max();
            }
        }

        /// <summary>The orders that are there if of the log nothing is left behind so many bytes.</summary>
        public HashSet<string> NumbersAfterLossBehind(long length)
        {
            using var elsewhere = new TempDirectory();
            var file = Path.Combine(elsewhere.Path, "after.db");
            System.IO.File.Copy(File, file);
            using (var log = System.IO.File.Open($"{File}-wal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
            using (var rest = System.IO.File.Create($"{file}-wal"))
            {
                var bytes = new byte[length];
                log.ReadExactly(bytes);
                rest.Write(bytes);
            }

            using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT \"Number\" FROM \"Orders\"";
            using var reader = command.ExecuteReader();
            var numbers = new HashSet<string>();
            while (reader.Read())
            {
                numbers.Add(reader.GetString(0));
            }

            return numbers;
        }

        protected override void Add(IServiceCollection services)
        {
            base.Add(services);
            services.AddSingleton(_ => new WriteGate { Commits = new DurableCommits(Flush) });
        }

        private void Flush(string file)
        {
            long length = 0;
            if (System.IO.File.Exists($"{file}-wal"))
            {
                using var log = System.IO.File.OpenHandle($"{file}-wal", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
                length = RandomAccess.GetLength(log);
                RandomAccess.FlushToDisk(log);
            }

            lock (sync)
            {
                flushes.Add(length);
            }
        }
    }
}
