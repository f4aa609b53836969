using System.Data;
using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Pricing;

namespace Wholesale.Tests.Platform.Database;

public sealed class ReadSnapshotTests : IDisposable
{
    private readonly RoomDatabase database = new();

    public void Dispose() => database.Dispose();

    [Fact]
    public async Task Several_statements_see_one_instant_and_what_is_committed_meanwhile_waits_for_nobody()
    {
        await Add("before");
        await using var db = database.Open();

        List<string> first, second;
        await using (await ReadSnapshot.Begin(db, default))
        {
            first = await Names(db);
            await Add("meanwhile");
            second = await Names(db);
        }

        Assert.Equal(["before"], first);
        Assert.Equal(first, second);
        Assert.Equal(["before", "meanwhile"], await Names(db));
    }

    [Fact]
    public async Task The_connection_is_given_back_as_it_was()
    {
        await using var db = database.Open();
        await Names(db);
        await using (await ReadSnapshot.Begin(db, default))
        {
            await Names(db);
        }

        var names = await Names(db);
        await Add("later");

        Assert.Null(db.Database.CurrentTransaction);
        Assert.Empty(names);
        Assert.Equal(["later"], await Names(db));
    }

    [Fact]
    public async Task A_snapshot_that_cannot_begin_leaves_nothing_open()
    {
        await using var db = database.Open();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ReadSnapshot.Begin(db, cancelled.Token));

        Assert.Equal(ConnectionState.Closed, db.Database.GetDbConnection().State);
        Assert.Empty(await Names(db));
    }

    private static Task<List<string>> Names(WholesaleDb db) => db.PriceLists.OrderBy(l => l.ExternalId).Select(l => l.ExternalId).ToListAsync();

    private async Task Add(string externalId)
    {
        await using var db = database.Open();
        await BulkRows.Insert(db, [new PriceList { Id = database.Ids.Next(), ExternalId = externalId, Name = externalId, Currency = Currency.Of("EUR") }]);
    }
}
