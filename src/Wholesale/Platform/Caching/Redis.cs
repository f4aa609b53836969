using System.Diagnostics.Metrics;
using System.Diagnostics;
using StackExchange.Redis;
using Wholesale.Platform.Database;

namespace Wholesale.Platform.Caching;

/// <summary>
/// The Redis that all nodes share, and the only file that knows its client. Nothing of record is in it: whatever it loses is made again from the database.
/// So it never fails: no call throws or waits beyond <see cref="RedisSettings.Deadline"/>, and behind one that did not answer all others give up at once, until
/// something that is written in the background is answered in time. Without a connection string it is as if it never answered. Thread-safe; one a process.
/// </summary>
public sealed class Redis : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>Who was available for so long is not taken for one that comes and goes.</summary>
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(10);

    private readonly RedisSettings settings;
    private readonly ConfigurationOptions? options;
    private readonly Meter meter = new("Wholesale");
    private readonly ILogger<Redis> log;
    private readonly CancellationTokenSource stopping = new();
    private readonly List<(string Channel, Action<ReadOnlyMemory<byte>> Heard)> listeners = [];
    private readonly HashSet<string> refusals = [];
    private readonly DurableCommits commits;
    private readonly Lock sync = new();
    private ConnectionMultiplexer? connection;
    private Task running = Task.CompletedTask;
    private volatile bool isAvailable;
    private TaskCompletionSource broken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Not connected yet: that begins with the host, which does not wait for it.</summary>
    /// <exception cref="InvalidOperationException">The connection string cannot be read.</exception>
    public Redis(RedisSettings settings, ILogger<Redis> log, DurableCommits? commits = null)
    {
        this.settings = settings;
        this.log = log;
        this.commits = commits ?? new();
        options = settings.ConnectionString is { } text ? OptionsOf(text, settings.Deadline) : null;
        meter.CreateObservableGauge(
            "wholesale.redis.available", () => isAvailable ? 1 : 0, "1", "1 while Redis is asked, 0 while it does not answer in time, or there is none.");
    }

    /// <summary>Whether there is a Redis at all.</summary>
    public bool IsUsed => options is not null;

    /// <summary>As of <see cref="RedisSettings.Deadline"/>.</summary>
    public TimeSpan Deadline => settings.Deadline;

    /// <summary>Whether it has answered lately, so that asking is worth while.</summary>
    public bool IsAvailable => isAvailable;

    /// <summary>It answers again, or the connection for messages is there again: some may have been lost.</summary>
    public event Action? Restored;

    /// <summary>Hears messages of all nodes, this one's own included. To be called before the host starts.</summary>
    /// <param name="channel">Its name, without the prefix.</param>
    /// <param name="heard">Runs on a thread of the pool; messages may be lost, and come twice.</param>
    public void Listen(string channel, Action<ReadOnlyMemory<byte>> heard) => listeners.Add((channel, heard));

    /// <summary>Tells all nodes, without waiting whether anyone hears it.</summary>
    public void Publish(string channel, ReadOnlyMemory<byte> message)
    {
        if (isAvailable)
        {
            _ = Call("publish", database => database.PublishAsync(Channel(channel), message)).AsTask();
        }
    }

    /// <summary>The values of some keys, in their order: null where there is none; null altogether without an answer.</summary>
    public async ValueTask<byte[]?[]?> Get(IReadOnlyList<string> keys)
    {
        var values = await Call("get", database => Task.WhenAll(keys.Select(key => database.StringGetAsync(Key(key)))));
        CacheMetrics.Read(values?.Sum(value => value.Length()) ?? 0);
        return values is null ? null : Array.ConvertAll(values, value => (byte[]?)value);
    }

    /// <summary>Reads a value of a known length to where it is wanted.</summary>
    /// <returns>False: it has another length. Null: there is none, or there was no answer.</returns>
    public async ValueTask<bool?> Read(string key, Memory<byte> target)
    {
        using var value = await Call("get", database => database.StringGetLeaseAsync(Key(key)));
        CacheMetrics.Read(value?.Length ?? 0);
        if (value is null)
        {
            return null;
        }

        if (value.Length != target.Length)
        {
            return false;
        }

        value.Span.CopyTo(target.Span);
        return true;
    }

    /// <summary>Writes a value.</summary>
    /// <param name="key">Its key, without the prefix. One key never stands for two values: what is written may arrive after the deadline.</param>
    /// <param name="value">The value.</param>
    /// <param name="lifetime">How long it stays.</param>
    /// <param name="onlyIfAbsent">Leaves a value that is there.</param>
    /// <returns>Whether it was written.</returns>
    public async ValueTask<bool> Set(string key, ReadOnlyMemory<byte> value, TimeSpan lifetime, bool onlyIfAbsent = false)
    {
        await commits.Reached(); // what a loss of power here could undo must not stay there
        var isSet = await Call("set", database => database.StringSetAsync(Key(key), value, lifetime, onlyIfAbsent ? When.NotExists : When.Always));
        CacheMetrics.Wrote(isSet ? value.Length : 0);
        return isSet;
    }

    /// <summary>Has a value live on for so long from now.</summary>
    /// <returns>False: there is none, or there was no answer.</returns>
    public ValueTask<bool> Extend(string key, TimeSpan lifetime) => Call("expire", database => database.KeyExpireAsync(Key(key), lifetime));

    /// <summary>Removes values.</summary>
    public async ValueTask Delete(params IReadOnlyList<string> keys) =>
        await Call("delete", database => Task.WhenAll(keys.Select(key => database.KeyDeleteAsync(Key(key)))));

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (IsUsed)
        {
            running = Task.Run(Run, CancellationToken.None);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        isAvailable = false;
        if (!stopping.IsCancellationRequested)
        {
            await stopping.CancelAsync();
        }

        await running;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        if (connection is not null)
        {
            await connection.DisposeAsync();
        }

        stopping.Dispose();
        meter.Dispose();
    }

    private RedisKey Key(string key) => settings.Prefix + key;

    private RedisChannel Channel(string channel) => RedisChannel.Literal(settings.Prefix + channel);

    /// <summary>Asks, for as long as the deadline; nothing at all if the last one who asked had no answer.</summary>
    private async ValueTask<T?> Call<T>(string operation, Func<IDatabase, Task<T>> ask)
    {
        if (!isAvailable)
        {
            return default;
        }

        var begin = Stopwatch.GetTimestamp();
        try
        {
            var answer = await ask(connection!.GetDatabase()).WaitAsync(settings.Deadline);
            CacheMetrics.Called(operation, "ok", begin);
            return answer;
        }
        catch (RedisServerException exception)
        {
            // It answers, only not what was asked for, as when it is full: no reason to stop asking.
            CacheMetrics.Called(operation, "refused", begin);
            Refused(operation, exception.Message);
        }
        catch (TimeoutException)
        {
            CacheMetrics.Called(operation, "late", begin);
            Break($"it did not answer within {settings.Deadline.TotalMilliseconds} ms");
        }
        catch (Exception exception)
        {
            CacheMetrics.Called(operation, "failed", begin);
            Break(exception.Message);
        }

        return default;
    }

    /// <summary>Says of each kind of refusal that there was one, and not of each.</summary>
    private void Refused(string operation, string message)
    {
        var kind = $"{operation} {message.Split(' ')[0]}";
        lock (sync)
        {
            if (!refusals.Add(kind))
            {
                return;
            }
        }

        log.LogWarning("Redis refuses {Operation}: {Message} More of the kind is not told, only counted.", operation, message);
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;

    private void Break(string reason)
    {
        lock (sync)
        {
            if (isAvailable)
            {
                isAvailable = false;
                log.LogWarning("Redis is not asked for now: {Reason}. The database answers meanwhile.", reason);
                broken.TrySetResult();
            }
        }
    }

    /// <summary>Connects, and whenever it does not answer finds out when it does again.</summary>
    private async Task Run()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await Watch();
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                isAvailable = false;
                log.LogError(exception, "Redis cannot be used; it is tried again in {Seconds} s.", LongestPause.TotalSeconds);
                await Task.Delay(LongestPause, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task Watch()
    {
        connection ??= await Connect();
        var (pause, told) = (FirstPause, (string?)null);
        while (true)
        {
            while (await WhyNot() is { } reason)
            {
                if (reason.Kind != told)
                {
                    log.LogWarning("Redis does not answer: {Reason} It is asked again from time to time; the database answers meanwhile.", reason.Message);
                    told = reason.Kind;
                }

                await Task.Delay(pause, stopping.Token);
                pause = Longer(pause);
            }

            told = null;

            var since = Stopwatch.GetTimestamp();
            broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
            isAvailable = true;
            log.LogInformation("Redis answers.");
            Restored?.Invoke();
            await broken.Task.WaitAsync(stopping.Token);
            pause = Stopwatch.GetElapsedTime(since) > Steady ? FirstPause : Longer(pause);
            await Task.Delay(pause, stopping.Token);
        }
    }

    private static ConfigurationOptions OptionsOf(string connectionString, TimeSpan deadline)
    {
        ConfigurationOptions parsed;
        try
        {
            parsed = connectionString.Contains("://", StringComparison.Ordinal) ? throw new FormatException() : ConfigurationOptions.Parse(connectionString);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            // Without the client's own words: they tell parts of the string, in which there may be a password.
#pragma warning disable MA0054
            throw new InvalidOperationException(
                "ConnectionStrings:Redis cannot be read. It is not a URI, but has the form host:6379,password=…,ssl=true; no value in it may hold a comma.");
#pragma warning restore MA0054
        }

        parsed.AbortOnConnectFail = false;
        parsed.ConnectRetry = 1;
        parsed.ConnectTimeout = 1_000;
        parsed.AsyncTimeout = parsed.SyncTimeout = Math.Max(500, (int)deadline.TotalMilliseconds); // then the client itself gives up what nobody waits for
        parsed.KeepAlive = 1; // seconds: a connection that nobody answers on is noticed, also the one that only hears messages
        parsed.HeartbeatInterval = TimeSpan.FromMilliseconds(250);
        parsed.ReconnectRetryPolicy = new LinearRetry(250);
        parsed.BacklogPolicy = BacklogPolicy.FailFast;
        parsed.ClientName ??= "wholesale";
        return parsed;
    }

    private async Task<ConnectionMultiplexer> Connect()
    {
        var made = await ConnectionMultiplexer.ConnectAsync(options!);
        made.ConnectionRestored += (_, _) => Restored?.Invoke();
        foreach (var (channel, heard) in listeners)
        {
            try
            {
                await made.GetSubscriber().SubscribeAsync(Channel(channel), (_, message) => heard((ReadOnlyMemory<byte>)message));
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException)
            {
                // The client remembers it, and subscribes as soon as it is connected.
            }
        }

        return made;
    }

    /// <summary>
    /// Why it is not to be asked; null if it is. It must take what is written, or a copy that only reads would be taken for it, and it must do so in time.
    /// </summary>
    private async Task<(string Kind, string Message)?> WhyNot()
    {
        try
        {
            await connection!.GetDatabase().StringSetAsync(Key("alive"), 1, TimeSpan.FromMinutes(1)).WaitAsync(settings.Deadline, stopping.Token);
            return null;
        }
        catch (RedisServerException exception) when (exception.Message.StartsWith("OOM", StringComparison.Ordinal))
        {
            Refused("set", exception.Message);
            return null; // it is full, and can be read
        }
        catch (TimeoutException)
        {
            return ("late", $"nothing came within {settings.Deadline.TotalMilliseconds} ms.");
        }
        catch (RedisConnectionException exception)
        {
            return ($"{exception.FailureType}", exception.Message);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            return (exception.GetType().Name, exception.Message);
        }
    }
}
