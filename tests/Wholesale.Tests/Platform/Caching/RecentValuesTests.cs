using System.Diagnostics;
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

    [Fact]
    public async Task A_value_does_not_wait_for_another_ones_slow_reading()
    {
        var numbers = new RecentValues<int, int>("tested", database.Clock, database.Committed, _ => false);
        await using var db = database.Open();
        var slow = new TaskCompletionSource<int>();
        var first = numbers.Get(db, 0, () => new ValueTask<int>(slow.Task), default).AsTask();

        var others = Enumerable.Range(1, 100).Select(i => numbers.Get(db, i, () => new ValueTask<int>(i), default).AsTask()).ToList();
        await Task.WhenAny(Task.WhenAll(others), Task.Delay(TimeSpan.FromSeconds(2)));
        var waiting = others.Count(other => !other.IsCompleted);
        slow.SetResult(0);
        await Task.WhenAll([first, .. others]);

        Assert.Equal(0, waiting);
    }

    [Fact]
    public async Task Those_who_wait_for_a_reading_that_fails_do_not_fail_one_after_the_other()
    {
        await using var db = database.Open();
        var time = TimeSpan.FromSeconds(1);
        var watch = Stopwatch.StartNew();

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Assert.ThrowsAsync<TimeoutException>(() => values.Get(
            db,
            "a",
            async () =>
            {
                await Task.Delay(time);
                return await Task.FromException<int>(new TimeoutException());
            },
            default).AsTask())));

        Assert.True(watch.Elapsed < 5 * time, $"{watch.Elapsed}");
    }

    [Fact]
    public async Task What_was_not_there_is_read_again_by_whoever_comes_while_another_still_reads_it()
    {
        var texts = new RecentValues<string, string>("tested", database.Clock, database.Committed, _ => false);
        await using var db = database.Open();
        var slow = new TaskCompletionSource<string?>();
        var early = texts.Find(db, "a", () => new ValueTask<string?>(slow.Task), default).AsTask();

        // What the other has not found is written by now: an event tells of what goes, and of nothing that comes.
        var late = texts.Find(db, "a", () => new ValueTask<string?>("written"), default).AsTask();
        slow.SetResult(null);

        Assert.Equal((null, "written"), (await early, await late));
    }

    [Fact]
    public async Task Who_waits_for_a_reading_that_its_reader_gives_up_reads_it_whatever_the_database_calls_that()
    {
        await using var db = database.Open();
        using var gone = new CancellationTokenSource();
        var slow = new TaskCompletionSource<int>();
        var first = values.Get(db, "a", () => new ValueTask<int>(slow.Task), gone.Token).AsTask();
        var second = Get(db, "a");

        await gone.CancelAsync();
        slow.SetException(new InvalidOperationException("Operation cancelled by user.")); // SQL Server's driver throws its own exception

        await Assert.ThrowsAnyAsync<Exception>(() => first);
        Assert.Equal(1, await second);
    }

    private async Task<int> Get(WholesaleDb db, string key) => await values.Get(db, key, () => new ValueTask<int>(++reads), default);
}
