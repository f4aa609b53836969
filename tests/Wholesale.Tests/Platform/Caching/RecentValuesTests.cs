using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Caching;
using Wholesale.Tests.Catalog;

namespace Wholesale.Tests.Platform.Caching;

public sealed class RecentValuesTests : IDisposable
{
    private readonly RoomDatabase database = new();
    private readonly RecentValues<string, int> values;
    private int reads;

    public RecentValuesTests() => values = new("tested", database.Clock, database.Committed, e => e.Type == CompanyEvents.MarketChanged, capacity: 2);

    public void Dispose() => database.Dispose();

    [Fact]
    public async Task A_value_is_believed_for_two_seconds()
    {
        await using var db = database.Open();

        Assert.Equal((1, 1), (await Get(db, "a"), await Get(db, "a")));
        database.Time.Advance(TimeSpan.FromSeconds(2) - TimeSpan.FromTicks(1));
        Assert.Equal(1, await Get(db, "a"));
        database.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(2, await Get(db, "a"));
    }

    [Fact]
    public async Task A_commit_that_concerns_it_ends_it_and_another_does_not()
    {
        await using var db = database.Open();
        await Get(db, "a");

        await database.Upsert(new CustomerTierInput("t", "T", 1));
        Assert.Equal(1, await Get(db, "a"));

        await database.Upsert(new MarketInput("m", "M", Currency.Of("EUR")));
        Assert.Equal(2, await Get(db, "a"));
    }

    [Fact]
    public async Task What_was_read_before_a_commit_is_not_kept_after_it()
    {
        await using var db = database.Open();

        await values.Get(
            db,
            "a",
            async () =>
            {
                await database.Upsert(new MarketInput("m", "M", Currency.Of("EUR")));
                return ++reads;
            },
            default);

        Assert.Equal(2, await Get(db, "a"));
    }

    [Fact]
    public async Task Nothing_is_taken_or_kept_inside_a_transaction()
    {
        await using var db = database.Open();
        await Get(db, "a");

        await using (await db.Database.BeginTransactionAsync())
        {
            Assert.Equal((2, 3), (await Get(db, "a"), await Get(db, "b")));
        }

        Assert.Equal((1, 4), (await Get(db, "a"), await Get(db, "b")));
    }

    [Fact]
    public async Task More_values_than_there_is_room_for_are_forgotten()
    {
        await using var db = database.Open();

        Assert.Equal((1, 2, 3, 4), (await Get(db, "a"), await Get(db, "b"), await Get(db, "c"), await Get(db, "a")));
        Assert.Equal(3, await Get(db, "c"));
    }

    private async Task<int> Get(WholesaleDb db, string key) => await values.Get(db, key, () => new ValueTask<int>(++reads), default);
}
