using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using StackExchange.Redis;

namespace Wholesale.Tests.Platform.Caching;

/// <summary>The instruments that tests of many nodes trust: <see cref="RedisServer"/> and <see cref="FaultyProxy"/> before it.</summary>
public sealed class RedisServerTests : IDisposable
{
    private static readonly RedisChannel News = RedisChannel.Literal("news");

    private readonly RedisServer server = new();

    public void Dispose() => server.Dispose();

    [Fact]
    public async Task A_killed_server_starts_again_at_its_port_without_its_keys()
    {
        await server.Run("SET", "key", "value");
        var port = server.Port;

        server.Kill();
        server.Start();

        Assert.Equal(port, server.Port);
        Assert.True((await server.Run("GET", "key")).IsNull);
    }

    [Fact]
    public async Task A_stopped_server_answers_when_it_goes_on()
    {
        await using var connection = await server.Connect();

        server.Stop();
        var answer = connection.GetDatabase().PingAsync();

        await Assert.ThrowsAsync<TimeoutException>(() => answer.WaitAsync(TimeSpan.FromMilliseconds(200)));
        server.Continue();
        await answer;
    }

    [Fact]
    public void No_process_is_left_of_a_server_that_was_stopped()
    {
        var stopped = new RedisServer();
        stopped.Stop();
        var id = stopped.ProcessId;
        Process.GetProcessById(id).Dispose();

        stopped.Dispose();

        Assert.Throws<ArgumentException>(() => Process.GetProcessById(id));
    }

    [Fact]
    public void A_server_that_does_not_start_says_why()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => new RedisServer("--maxmemory", "plenty"));

        Assert.Contains("maxmemory", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_s_own_connection_leaves_keys_and_channels_alone()
    {
        var misses = await server.Run("INFO", "stats");

        Assert.Contains("keyspace_misses:0", misses.ToString(), StringComparison.Ordinal);
        Assert.Empty((RedisResult[])(await server.Run("PUBSUB", "CHANNELS"))!);
    }

    [Fact]
    public async Task Each_answer_is_late_by_the_delay_and_none_waits_for_another()
    {
        using var proxy = new FaultyProxy(server);
        await using var connection = await server.Connect(proxy);
        var database = connection.GetDatabase();
        proxy.Delay = TimeSpan.FromMilliseconds(300);
        var watch = Stopwatch.StartNew();

        await Task.WhenAll(Enumerable.Range(0, 100).Select(async _ =>
        {
            await database.PingAsync();
            Assert.True(watch.Elapsed >= proxy.Delay);
        }));

        Assert.True(watch.Elapsed < 10 * proxy.Delay);
    }

    [Theory]
    [InlineData("protocol=resp2")]
    [InlineData("protocol=resp3")]
    public async Task Lost_messages_do_not_come_later_and_the_next_ones_do(string protocol)
    {
        using var proxy = new FaultyProxy(server);
        await using var connection = await server.Connect(proxy, protocol);
        var received = new ConcurrentQueue<string?>();
        await connection.GetSubscriber().SubscribeAsync(News, (_, message) => received.Enqueue(message));
        await server.Run("PUBLISH", "news", "before");
        await Eventually.Holds(() => !received.IsEmpty);
        var connections = proxy.Connections;

        proxy.LosesMessages = true;
        await server.Run("PUBLISH", "news", "lost");
        await Eventually.Holds(() => proxy.LostMessages == 1);
        await connection.GetSubscriber().PingAsync();
        proxy.LosesMessages = false;
        await server.Run("PUBLISH", "news", "after");

        await Eventually.Holds(() => received.Count == 2);
        Assert.Equal(["before", "after"], received);
        Assert.Equal(connections, proxy.Connections);
    }

    [Fact]
    public async Task A_client_whose_connections_were_cut_connects_again_through_the_proxy()
    {
        using var proxy = new FaultyProxy(server);
        await using var connection = await server.Connect(proxy);
        var connections = proxy.Connections;

        proxy.Cut();

        await Eventually.Holds(() => proxy.Connections > connections && connection.IsConnected);
        await connection.GetDatabase().PingAsync();
    }

    [Fact]
    public async Task A_command_whose_answer_is_cut_off_was_done()
    {
        using var proxy = new FaultyProxy(server);
        using var client = new TcpClient("127.0.0.1", proxy.Port);

        proxy.CutAtNextAnswer();
        await client.GetStream().WriteAsync("INCR count\r\n"u8.ToArray());

        await Assert.ThrowsAnyAsync<IOException>(() => client.GetStream().ReadExactlyAsync(new byte[1]).AsTask());
        Assert.Equal(1, (int)await server.Run("GET", "count"));
    }

    [Fact]
    public async Task Values_of_megabytes_pass_the_proxy_whole()
    {
        using var proxy = new FaultyProxy(server);
        await using var connection = await server.Connect(proxy);
        var value = new byte[4 * 1024 * 1024];
        new Random(1).NextBytes(value);

        await connection.GetDatabase().StringSetAsync("key", value);

        Assert.Equal(value, (byte[]?)await connection.GetDatabase().StringGetAsync("key"));
    }
}
