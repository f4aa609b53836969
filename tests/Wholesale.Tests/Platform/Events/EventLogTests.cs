using Microsoft.Extensions.DependencyInjection;
using Wholesale.Platform.Events;

namespace Wholesale.Tests.Platform.Events;

/// <summary>Following the log: what is there, then what comes, each once and in its order.</summary>
public sealed class EventLogTests : IAsyncLifetime
{
    private readonly PlatformHost host = new();
    private readonly CancellationTokenSource over = new();

    public async ValueTask InitializeAsync() => await host.Get<LogTail>().StartAsync(default);

    public async ValueTask DisposeAsync()
    {
        await host.Get<LogTail>().StopAsync(default);
        over.Dispose();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task Many_pages_are_read_and_then_what_comes()
    {
        const int Before = (2 * EventLog.PageSize) + 100;
        await Record(Before);
        await using var events = Follow(0);

        for (var number = 1; number <= Before; number++)
        {
            Assert.Equal(number, (await Next(events)).Number);
        }

        var coming = Next(events);
        await Record(3);
        Assert.Equal(Before + 1, (await coming).Number);
        Assert.Equal(Before + 2, (await Next(events)).Number);
        Assert.Equal(Before + 3, (await Next(events)).Number);
    }

    [Fact]
    public async Task A_page_that_is_just_full_is_not_the_end()
    {
        await Record(EventLog.PageSize);
        await using var events = Follow(0);
        for (var number = 1; number <= EventLog.PageSize; number++)
        {
            await Next(events);
        }

        var coming = Next(events);
        await Record(1);

        Assert.Equal(EventLog.PageSize + 1, (await coming).Number);
    }

    [Fact]
    public async Task It_goes_on_behind_a_number()
    {
        await Record(10);
        await using var events = Follow(8);

        Assert.Equal(9, (await Next(events)).Number);
        Assert.Equal(10, (await Next(events)).Number);
    }

    [Fact]
    public async Task What_another_node_committed_is_seen_within_half_a_second()
    {
        await Record(1);
        await using var events = Follow(1);
        var coming = Next(events);
        await RecordElsewhere(2);
        Assert.False(coming.IsCompleted);

        host.Time.Advance(TimeSpan.FromMilliseconds(500));

        Assert.Equal(2, (await coming).Number);
    }

    [Fact]
    public async Task Types_that_nobody_asked_for_are_left_out()
    {
        await Record(2);
        await Record(1, "OTHER");
        await Record(2);
        await Record(1, "OTHER");
        await using var events = Follow(0, "OTHER");

        Assert.Equal(3, (await Next(events)).Number);
        Assert.Equal(6, (await Next(events)).Number);
    }

    [Fact]
    public async Task Types_that_are_rare_are_found_behind_more_than_is_kept_in_memory_and_then_as_they_come()
    {
        await Record(1, "OTHER");
        foreach (var _ in Enumerable.Range(0, 11))
        {
            await Record(CommittedEvents.Kept);
        }

        await Record(2, "OTHER");
        await Record(CommittedEvents.Kept);
        await using var events = Follow(0, "OTHER");

        Assert.Equal(1, (await Next(events)).Number);
        Assert.Equal((11 * CommittedEvents.Kept) + 2, (await Next(events)).Number);
        Assert.Equal((11 * CommittedEvents.Kept) + 3, (await Next(events)).Number);
        var coming = Next(events);
        await Record(1);
        await Record(1, "OTHER");
        Assert.Equal((12 * CommittedEvents.Kept) + 5, (await coming).Number);
    }

    [Fact]
    public async Task While_many_write_nothing_is_missed_nor_given_twice()
    {
        const int Writers = 4, Each = 25;
        await using var events = Follow(0);

        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(async _ =>
        {
            for (var i = 0; i < Each; i++)
            {
                await Record(1);
            }
        }));
        for (var number = 1; number <= Writers * Each; number++)
        {
            Assert.Equal(number, (await Next(events)).Number);
        }

        await writing;
    }

    [Fact]
    public async Task Whoever_waits_is_let_go()
    {
        await using var events = Follow(0);
        var waiting = Next(events);

        await over.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task The_last_number_is_0_before_the_first_event()
    {
        Assert.Equal(0, await host.Get<EventLog>().Start(null, default));
        await Record(3);
        Assert.Equal(3, await host.Get<EventLog>().Start(null, default));
    }

    private IAsyncEnumerator<Event> Follow(long after, params string[] types) =>
        host.Get<EventLog>().Follow(after, types.Length == 0 ? null : types, over.Token).GetAsyncEnumerator(over.Token);

    private static async Task<Event> Next(IAsyncEnumerator<Event> events)
    {
        Assert.True(await events.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30)));
        return events.Current;
    }

    private Task<bool> Record(int count, string type = "TESTED") => host.Write(services =>
    {
        for (var i = 0; i < count; i++)
        {
            services.GetRequiredService<Writes>().Record(type, subjectId: 7, version: 1);
        }

        return new ValueTask<bool>(true);
    });

    /// <summary>As another process would: nobody here is told.</summary>
    private Task<int> RecordElsewhere(long number) => host.In(async services =>
    {
        var db = services.GetRequiredService<WholesaleDb>();
        db.Add(new Event { Number = number, Type = "TESTED", SubjectId = 7, Version = 1, ActorKind = ActorKind.System, ActorId = 0, At = host.Now });
        return await db.SaveChangesAsync();
    });
}
