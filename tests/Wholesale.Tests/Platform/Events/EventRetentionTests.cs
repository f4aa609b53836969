using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Events;

namespace Wholesale.Tests.Platform.Events;

/// <summary>Old events go, from the beginning on; numbers and readers are never mistaken about it.</summary>
public sealed class EventRetentionTests : IAsyncLifetime
{
    private readonly PlatformHost host = new(settings: [("Events:RetentionDays", "30")]);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Events_go_when_they_are_older_than_the_setting_and_not_before()
    {
        await Record(3);
        host.Time.Advance(TimeSpan.FromDays(1));
        await Record(2);
        host.Time.Advance(TimeSpan.FromDays(29));

        Assert.Equal(0, await Purge());
        host.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(3, await Purge());

        Assert.Equal([4, 5], await Numbers());
    }

    [Fact]
    public async Task The_newest_event_stays_however_old_and_numbers_go_on_behind_it()
    {
        await Record(3);
        host.Time.Advance(TimeSpan.FromDays(400));

        Assert.Equal(2, await Purge());
        Assert.Equal(0, await Purge());
        Assert.Equal([3], await Numbers());

        await Record(2);
        Assert.Equal([3, 4, 5], await Numbers());
        Assert.Equal(1, await Purge());
        Assert.Equal([4, 5], await Numbers());
    }

    [Fact]
    public async Task A_clock_that_was_set_back_makes_no_hole()
    {
        await Record(2);
        host.Time.Advance(TimeSpan.FromDays(20));
        await Record(1); // 3: the clock was three weeks ahead
        host.Time.Advance(TimeSpan.FromDays(-20));
        await Record(2);
        host.Time.Advance(TimeSpan.FromDays(31));

        Assert.Equal(2, await Purge());
        Assert.Equal([3, 4, 5], await Numbers());
        host.Time.Advance(TimeSpan.FromDays(20));
        Assert.Equal(2, await Purge());
        Assert.Equal([5], await Numbers());
    }

    [Fact]
    public async Task Many_go_in_short_steps()
    {
        await Record(1_201);
        host.Time.Advance(TimeSpan.FromDays(31));
        var before = host.Statements;

        Assert.Equal(1_200, await Purge());

        Assert.Equal(7, host.Statements - before); // three steps of two, and the look that finds nothing
        Assert.Equal([1_201], await Numbers());
    }

    [Fact]
    public async Task A_follower_that_reads_too_slowly_is_told_so()
    {
        await Record(EventLog.PageSize + 10);
        await using var events = host.Get<EventLog>().Follow(0, null, TestContext.Current.CancellationToken).GetAsyncEnumerator();
        Assert.True(await events.MoveNextAsync());
        host.Time.Advance(TimeSpan.FromDays(31));
        await Record(1);
        await Purge();

        for (var number = 2; number <= EventLog.PageSize; number++)
        {
            Assert.True(await events.MoveNextAsync()); // these it has read before they went
        }

        var error = await Assert.ThrowsAsync<GraphQLException>(async () => await events.MoveNextAsync());
        Assert.Equal("SNAPSHOT_REQUIRED", error.Code);
        Assert.StartsWith($"Event {EventLog.PageSize + 1} is not kept any more.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_follower_that_waits_goes_on_when_all_before_it_goes()
    {
        await Record(5);
        await using var events = host.Get<EventLog>().Follow(5, null, TestContext.Current.CancellationToken).GetAsyncEnumerator();
        var coming = events.MoveNextAsync().AsTask();
        host.Time.Advance(TimeSpan.FromDays(31));
        await Purge();
        Assert.False(coming.IsCompleted);

        await Record(1);

        Assert.True(await coming.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(6, events.Current.Number);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("7", 7)]
    [InlineData("36500", 36_500)]
    public void The_setting_is_read(string? value, int? days) => Assert.Equal(days, Read(value)?.Days);

    [Theory]
    [InlineData("6")]
    [InlineData("0")]
    [InlineData("-30")]
    [InlineData("36501")]
    [InlineData("99999999999")]
    [InlineData("30.5")]
    [InlineData("a month")]
    public void A_setting_that_cannot_be_stops_the_start(string value) => Assert.Equal(
        $"Events:RetentionDays is \"{value}\"; it can be a number of days from 7 to 36500. Leave it out to keep events for ever.",
        Assert.Throws<InvalidOperationException>(() => Read(value)).Message);

    [Fact]
    public async Task Without_the_setting_nothing_is_ever_deleted()
    {
        await using var forEver = new PlatformHost();

        Assert.Empty(forEver.Get<IEnumerable<IHostedService>>().OfType<HourlyPurge<Event>>());
    }

    private static EventRetention? Read(string? value) =>
        EventRetention.Read(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Events:RetentionDays", value)]).Build());

    private Task<int> Purge() => Assert.Single(host.Get<IEnumerable<IHostedService>>().OfType<HourlyPurge<Event>>()).Purge(default);

    private async Task<IEnumerable<long>> Numbers() => (await host.Events()).Select(e => e.Number);

    private Task<bool> Record(int count) => host.Write(services =>
    {
        for (var i = 0; i < count; i++)
        {
            services.GetRequiredService<Writes>().Record("TESTED", subjectId: 7, version: 1);
        }

        return new ValueTask<bool>(true);
    });
}
