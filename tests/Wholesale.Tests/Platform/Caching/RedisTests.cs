using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Wholesale.Platform.Caching;

namespace Wholesale.Tests.Platform.Caching;

/// <summary>Redis as the product asks it: in time or not at all.</summary>
public sealed class RedisTests : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMilliseconds(100);

    private readonly RedisServer server = new();
    private readonly List<Redis> opened = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var redis in opened)
        {
            await redis.DisposeAsync();
        }

        server.Dispose();
    }

    [Fact]
    public async Task What_was_written_is_read_by_another_node_and_a_key_that_must_be_absent_is_not_written_twice()
    {
        var (one, other) = (await Open(), await Open());

        Assert.True(await one.Set("a", Bytes(1, 2, 3), TimeSpan.FromMinutes(1)));
        Assert.False(await one.Set("a", Bytes(4), TimeSpan.FromMinutes(1), onlyIfAbsent: true));
        Assert.True(await one.Set("b", Bytes(5), TimeSpan.FromMinutes(1), onlyIfAbsent: true));

        Assert.Equal([[1, 2, 3], null, [5]], (await other.Get(["a", "none", "b"]))!);
        var target = new byte[3];
        Assert.True(await other.Read("a", target));
        Assert.Equal([1, 2, 3], target);
        Assert.False(await other.Read("b", target));
        await other.Delete("a", "b");
        Assert.Equal([null, null], (await one.Get(["a", "b"]))!);
    }

    [Fact]
    public async Task Values_have_a_lifetime_that_can_be_extended()
    {
        var redis = await Open();
        await redis.Set("a", Bytes(1), TimeSpan.FromSeconds(10));

        Assert.True(await redis.Extend("a", TimeSpan.FromHours(1)));
        Assert.False(await redis.Extend("none", TimeSpan.FromHours(1)));

        Assert.InRange((long)await server.Run("TTL", "wholesale:a"), 3_500, 3_600);
    }

    [Fact]
    public async Task Installations_with_other_prefixes_do_not_see_each_other()
    {
        var (one, other) = (await Open(), await Open("other:"));

        await one.Set("a", Bytes(1), TimeSpan.FromMinutes(1));

        Assert.Equal([null], (await other.Get(["a"]))!);
    }

    [Fact]
    public async Task Messages_reach_all_nodes()
    {
        var heard = new List<byte>();
        void Hear(ReadOnlyMemory<byte> message)
        {
            lock (heard)
            {
                heard.Add(message.Span[0]);
            }
        }

        var one = await Open(listen: Hear);
        await Open(listen: Hear);

        one.Publish("news", Bytes(7));

        await Eventually.Holds(() => heard.Count == 2);
        Assert.Equal([7, 7], heard);
    }

    [Fact]
    public async Task Without_a_connection_string_it_is_as_if_it_never_answered()
    {
        var redis = Make(null);
        await redis.StartAsync(default);

        Assert.False(redis.IsUsed);
        await AnswersNothing(redis);
    }

    [Fact]
    public async Task A_server_that_is_not_there_neither_stops_the_start_nor_costs_time_and_is_used_when_it_comes()
    {
        server.Kill();
        var redis = Make(server.ConnectionString);
        await redis.StartAsync(default);

        var watch = Stopwatch.StartNew();
        await AnswersNothing(redis);
        Assert.True(watch.Elapsed < Deadline * 3, $"{watch.Elapsed}");

        server.Start();
        await Eventually.Holds(() => redis.IsAvailable);
        Assert.True(await redis.Set("a", Bytes(1), TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task Behind_a_call_that_was_late_nobody_waits_until_it_answers_in_time_again()
    {
        var redis = await Open();
        server.Stop();

        var watch = Stopwatch.StartNew();
        Assert.Null(await redis.Get(["a"]));
        Assert.True(watch.Elapsed >= Deadline - TimeSpan.FromMilliseconds(10), $"{watch.Elapsed}");
        Assert.False(redis.IsAvailable);
        watch.Restart();
        for (var i = 0; i < 1_000; i++)
        {
            await AnswersNothing(redis);
        }

        Assert.True(watch.Elapsed < Deadline * 5, $"{watch.Elapsed}");
        server.Continue();
        await Eventually.Holds(() => redis.IsAvailable);
        Assert.True(await redis.Set("a", Bytes(1), TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task One_that_answers_too_late_is_not_asked()
    {
        using var proxy = new FaultyProxy(server);
        var redis = await Open(through: proxy.ConnectionString);
        proxy.Delay = TimeSpan.FromMilliseconds(500);

        Assert.Null(await redis.Get(["a"]));
        await AnswersNothing(redis);

        proxy.Delay = TimeSpan.Zero;
        await Eventually.Holds(() => redis.IsAvailable);
    }

    [Fact]
    public async Task A_server_that_refuses_is_asked_on()
    {
        await server.Run("CONFIG", "SET", "maxmemory", "1");
        var redis = await Open();

        Assert.False(await redis.Set("a", Bytes(1), TimeSpan.FromMinutes(1)));

        Assert.True(redis.IsAvailable);
        Assert.Equal([null], (await redis.Get(["a"]))!);
    }

    [Fact]
    public async Task It_tells_when_it_answers_again_also_where_only_messages_were_cut_off()
    {
        var restored = 0;
        var redis = await Open();
        redis.Restored += () => Interlocked.Increment(ref restored);

        server.Kill();
        Assert.Null(await redis.Get(["a"]));
        server.Start();
        await Eventually.Holds(() => redis.IsAvailable && Volatile.Read(ref restored) > 0);

        restored = 0;
        await server.Run("CLIENT", "KILL", "TYPE", "pubsub");
        await Eventually.Holds(() => Volatile.Read(ref restored) > 0);
    }

    [Fact]
    public async Task How_long_calls_took_and_how_they_ended_can_be_seen()
    {
        var outcomes = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, mine) =>
        {
            if (instrument.Name == "wholesale.redis.duration")
            {
                mine.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            var (operation, outcome) = (tags[0].Value, tags[1].Value);
            lock (outcomes)
            {
                outcomes.Add($"{operation} {outcome}");
            }
        });
        listener.Start();
        var redis = await Open();

        await redis.Set("seen", Bytes(1), TimeSpan.FromMinutes(1));
        server.Stop();
        await redis.Extend("seen", TimeSpan.FromMinutes(1));
        server.Continue();

        Assert.Contains("set ok", outcomes);
        Assert.Contains("expire late", outcomes);
    }

    [Theory]
    [InlineData("9")]
    [InlineData("5001")]
    public void A_deadline_out_of_range_stops_the_start(string milliseconds) => Assert.Contains(
        "Redis:DeadlineMilliseconds",
        Assert.Throws<InvalidOperationException>(() => ShopHost.With("Redis:DeadlineMilliseconds", milliseconds)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_connection_string_that_cannot_be_read_stops_the_start() => Assert.Contains(
        "ConnectionStrings:Redis", Assert.Throws<InvalidOperationException>(() => Make("localhost,what=ever")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task That_a_password_is_wrong_is_said_without_it()
    {
        using var closed = new RedisServer("--requirepass", "right");
        var lines = new Lines();
        await using var redis = new Redis(new RedisSettings($"{closed.ConnectionString},password=wrong-one", "wholesale:", Deadline), lines);

        await redis.StartAsync(default);

        await Eventually.Holds(() => !lines.All.IsEmpty);
        Assert.All(lines.All, line => Assert.DoesNotContain("wrong-one", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_it_refuses_again_and_again_is_not_said_each_time()
    {
        await server.Run("CONFIG", "SET", "maxmemory", "1");
        var lines = new Lines();
        await using var redis = new Redis(new RedisSettings(server.ConnectionString, "wholesale:", TimeSpan.FromSeconds(5)), lines);
        await redis.StartAsync(default);
        await Eventually.Holds(() => redis.IsAvailable);

        for (var i = 0; i < 100; i++)
        {
            await redis.Set("a", Bytes(1), TimeSpan.FromMinutes(1));
        }

        Assert.InRange(lines.All.Count, 1, 10);
    }

    private static async Task AnswersNothing(Redis redis)
    {
        Assert.Null(await redis.Get(["a"]));
        Assert.Null(await redis.Read("a", new byte[1]));
        Assert.False(await redis.Set("a", Bytes(1), TimeSpan.FromMinutes(1)));
        Assert.False(await redis.Extend("a", TimeSpan.FromMinutes(1)));
        await redis.Delete("a");
        redis.Publish("news", Bytes(1));
    }

    private static byte[] Bytes(params byte[] bytes) => bytes;

    private Redis Make(string? connectionString, string prefix = "wholesale:")
    {
        var redis = new Redis(new RedisSettings(connectionString, prefix, Deadline), NullLogger<Redis>.Instance);
        opened.Add(redis);
        return redis;
    }

    private async Task<Redis> Open(string prefix = "wholesale:", string? through = null, Action<ReadOnlyMemory<byte>>? listen = null)
    {
        var redis = Make(through ?? server.ConnectionString, prefix);
        redis.Listen("news", listen ?? (_ => { }));
        await redis.StartAsync(default);
        await Eventually.Holds(() => redis.IsAvailable);
        return redis;
    }

    private sealed class Lines : ILogger<Redis>
    {
        public ConcurrentQueue<string> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Enqueue($"{formatter(state, exception)} {exception}");
    }
}
