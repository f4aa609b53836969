using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Caching;
using Wholesale.Platform.Events;
using Wholesale.Platform.Identity;

namespace Wholesale.Tests.Platform.Events;

/// <summary>
/// What one node commits is told on another: by a message through a real Redis at once, without one when the clock has gone half a second on. The clock stands
/// still unless the test moves it, so whatever is heard before was heard by a message.
/// </summary>
public sealed class LogTailTests : IAsyncLifetime
{
    private readonly PlatformHost host = new();
    private readonly List<PlatformHost> others = [];

    public async ValueTask InitializeAsync() => await Start(host);

    public async ValueTask DisposeAsync()
    {
        foreach (var node in (IEnumerable<PlatformHost>)[.. others, host])
        {
            await node.Get<LogTail>().StopAsync(default);
            await node.Get<Redis>().StopAsync(default);
            await node.DisposeAsync();
        }
    }

    [Fact]
    public async Task Without_redis_another_nodes_commit_is_told_within_half_a_second()
    {
        var other = await Node();
        var heard = Hear(other);
        await Record(host, 2);
        Assert.Empty(heard);

        host.Time.Advance(LogTail.Interval);

        await Eventually.Holds(() => heard.Count == 2);
        Assert.Equal([1, 2], heard);
    }

    [Fact]
    public async Task With_redis_it_is_told_at_once()
    {
        using var redis = new RedisServer();
        var (one, other) = (await Node(redis.ConnectionString), await Node(redis.ConnectionString));
        var (heard, back) = (Hear(other), Hear(one));

        for (var i = 1; i <= 50; i++)
        {
            await Record(i % 2 == 0 ? one : other, 1);
            await Eventually.Holds(() => heard.Contains(i) && back.Contains(i));
        }

        Assert.Equal(Enumerable.Range(1, 50).Select(i => (long)i), heard.Distinct());
    }

    [Fact]
    public async Task A_lost_message_costs_half_a_second_and_no_event()
    {
        using var redis = new RedisServer();
        using var proxy = new FaultyProxy(redis);
        var (one, other) = (await Node(redis.ConnectionString), await Node(proxy.ConnectionString));
        var heard = Hear(other);
        await Record(one, 1);
        await Eventually.Holds(() => heard.Count == 1); // so that it has looked at the log after it found Redis
        proxy.LosesMessages = true;
        await Record(one, 3);
        await Eventually.Holds(() => proxy.LostMessages > 0);
        Assert.Single(heard);

        host.Time.Advance(LogTail.Interval);
        await Eventually.Holds(() => heard.Count == 4);

        proxy.LosesMessages = false;
        await Record(one, 1);
        await Eventually.Holds(() => heard.Count == 5);
        Assert.Equal([1, 2, 3, 4, 5], heard);
    }

    [Fact]
    public async Task Messages_that_nobody_of_ours_sent_do_no_harm()
    {
        using var redis = new RedisServer();
        var (one, other) = (await Node(redis.ConnectionString), await Node(redis.ConnectionString));
        var heard = Hear(other);
        var random = new Random(1);
        for (var i = 0; i < 200; i++)
        {
            var message = new byte[random.Next(20)];
            random.NextBytes(message);
            await redis.Run("PUBLISH", "wholesale:events", message);
        }

        await Record(one, 2);

        await Eventually.Holds(() => heard.Count == 2);
        Assert.Equal([1, 2], heard);
    }

    [Fact]
    public async Task While_many_nodes_write_each_hears_of_every_event()
    {
        using var redis = new RedisServer();
        var nodes = new[] { await Node(redis.ConnectionString), await Node(redis.ConnectionString), await Node() };
        var heard = nodes.Select(Hear).ToList();

        await Task.WhenAll(nodes.Select(async node =>
        {
            for (var i = 0; i < 60; i++)
            {
                await Record(node, 1 + (i % 3));
            }
        }));

        const int All = 3 * 120;
        await Eventually.Holds(() =>
        {
            host.Time.Advance(LogTail.Interval);
            return heard.TrueForAll(numbers => numbers.Distinct().Count() == All);
        });
        Assert.All(heard, numbers => Assert.Equal(Enumerable.Range(1, All).Select(i => (long)i), numbers.Distinct().Order()));
    }

    [Fact]
    public async Task A_key_that_one_node_revokes_is_refused_by_another_at_once()
    {
        using var redis = new RedisServer();
        var (one, other) = (await Node(redis.ConnectionString), await Node(redis.ConnectionString));
        var staff = new Principal(PrincipalKind.Staff, 1, null, "test", PermissionSet.All);
        var created = await one.Write(services => services.GetRequiredService<ApiKeys>().Create(new NewApiKey("k", null, null, null), staff));
        Assert.NotNull(await Find(other, created.Secret!));

        await one.Write(services => services.GetRequiredService<ApiKeys>().Revoke(created.ApiKey!.Id));

        await Eventually.Holds(async () => await Find(other, created.Secret!) is null);
    }

    [Fact]
    public async Task Those_who_follow_new_events_cost_no_statements()
    {
        var log = host.Get<EventLog>();
        using var over = new CancellationTokenSource();
        await Record(host, 1);
        var readers = Enumerable.Range(0, 20).Select(_ => log.Follow(1, null, over.Token).GetAsyncEnumerator(over.Token)).ToList();
        var waiting = readers.ConvertAll(reader => reader.MoveNextAsync().AsTask());
        var before = host.Statements;

        await Record(host, 1);
        await Task.WhenAll(waiting);

        var writing = host.Statements - before;
        before = host.Statements;
        var again = readers.ConvertAll(reader => reader.MoveNextAsync().AsTask());
        await Record(host, 1);
        await Task.WhenAll(again);
        Assert.Equal(writing, host.Statements - before);
        Assert.InRange(writing, 1, 4);
        Assert.All(readers, reader => Assert.Equal(3, reader.Current.Number));
        foreach (var reader in readers)
        {
            await reader.DisposeAsync();
        }
    }

    [Fact]
    public async Task Where_the_log_goes_on_from_another_past_caches_forget_and_followers_are_told_to_begin_anew()
    {
        await Record(host, 5);
        var (heard, forgotten) = (Hear(host), 0);
        host.Get<CommittedEvents>().Subscribe(_ => { }, () => forgotten++);
        await using var follower = host.Get<EventLog>().Follow(5, null, TestContext.Current.CancellationToken).GetAsyncEnumerator();
        var coming = follower.MoveNextAsync().AsTask();

        // As a backup leaves it that was made after the third event, and went on for as long.
        await host.In(async services =>
        {
            var db = services.GetRequiredService<WholesaleDb>();
            await db.Events.Where(e => e.Number > 3).ExecuteDeleteAsync();
            for (var number = 4; number <= 6; number++)
            {
                db.Add(new Event { Number = number, Type = "OTHER", SubjectId = 8, Version = 1, ActorKind = ActorKind.System, ActorId = 0, At = host.Now });
            }

            return await db.SaveChangesAsync();
        });
        await host.Get<LogTail>().Look(default);

        Assert.Equal(2, forgotten); // what was known, and what was read while that was being forgotten
        Assert.Equal("SNAPSHOT_REQUIRED", (await Assert.ThrowsAsync<GraphQLException>(() => coming)).Code);
        Assert.Empty(heard);
        await Record(host, 1);
        Assert.Equal([7], heard);
    }

    [Fact]
    public async Task More_events_than_can_be_told_make_caches_forget()
    {
        var other = await Node();
        var (heard, forgotten) = (Hear(other), 0);
        other.Get<CommittedEvents>().Subscribe(_ => { }, () => forgotten++);
        await Record(host, 6_000);

        await other.Get<LogTail>().Look(default);

        Assert.True(forgotten > 0);
        Assert.Empty(heard);
        await Record(host, 1);
        await other.Get<LogTail>().Look(default);
        Assert.Equal([6_001], heard);
    }

    [Fact]
    public async Task An_event_that_is_read_before_its_own_writer_tells_it_is_kept_once()
    {
        // The tail reads what is committed before CommittedEvents hears of it from the writer.
        var committed = host.Get<CommittedEvents>();
        await Record(host, 1);
        var racing = new Event { Number = 2, Type = "TESTED", SubjectId = 7, Version = 1, ActorKind = ActorKind.System, ActorId = 0, At = host.Now };
        committed.Hear([racing], at: host.Time.GetTimestamp());
        committed.Tell([racing]);
        committed.Publish(racing);

        Assert.True(committed.TryRead(0, 10, out var events) || committed.TryRead(1, 10, out events));
        Assert.Equal(2, events!.Max(e => e.Number));
        Assert.Single(events!, e => e.Number == 2);
        Assert.True(committed.TryGetNewest(out var newest));
        Assert.Equal(2, newest!.Number);
    }

    [Fact]
    public async Task The_log_is_not_taken_for_looked_at_while_an_event_of_it_is_not_told_to_all()
    {
        var committed = host.Get<CommittedEvents>();
        using var telling = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var isTold = false;
        committed.Subscribe(
            _ =>
            {
                telling.Set();
                goOn.Wait();
            },
            () => { });
        committed.Subscribe(_ => Volatile.Write(ref isTold, true), () => { });
        var writing = Task.Run(() => Record(host, 1));
        telling.Wait(TestContext.Current.CancellationToken);
        host.Time.Advance(TimeSpan.FromSeconds(1));
        var now = host.Time.GetTimestamp();

        var looking = Task.Run(() => host.Get<LogTail>().Look(default));
        await Task.WhenAny(looking, Task.Delay(TimeSpan.FromSeconds(1)));

        var isLookedAt = committed.LookedAt >= now;
        var wasTold = Volatile.Read(ref isTold);
        goOn.Set();
        await Task.WhenAll(writing, looking);
        Assert.True(!isLookedAt || wasTold);
    }

    private static async Task Start(PlatformHost node)
    {
        // The tail listens to Redis, so it is made before that connects.
        var tail = node.Get<LogTail>();
        await node.Get<Redis>().StartAsync(default);
        await tail.StartAsync(default);
        await Eventually.Holds(() => !node.Get<Redis>().IsUsed || node.Get<Redis>().IsAvailable);
    }

    private static List<long> Hear(PlatformHost node)
    {
        var numbers = new List<long>();
        node.Get<CommittedEvents>().Subscribe(
            events =>
            {
                lock (numbers)
                {
                    numbers.AddRange(events.Select(e => e.Number));
                }
            },
            () => { });
        return numbers;
    }

    private static Task<bool> Record(PlatformHost node, int count) => node.Write(services =>
    {
        for (var i = 0; i < count; i++)
        {
            services.GetRequiredService<Writes>().Record("TESTED", subjectId: 7, version: 1);
        }

        return new ValueTask<bool>(true);
    });

    private static Task<Credential?> Find(PlatformHost node, string secret) =>
        node.In(services => services.GetRequiredService<ApiKeys>().Authenticate(secret));

    private async Task<PlatformHost> Node(string? redis = null)
    {
        IEnumerable<(string Name, string Value)> settings = redis is null ? [] : [("ConnectionStrings:Redis", redis), ("Redis:DeadlineMilliseconds", "5000")];
        var node = new PlatformHost(host, settings);
        others.Add(node);
        await Start(node);
        return node;
    }
}
