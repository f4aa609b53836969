using System.Diagnostics;
using StackExchange.Redis;

namespace Wholesale.Tests.Faults;

/// <summary>
/// What can happen to Redis. Each lasts as long as it is told to: that is the fault itself, and the only waiting by the clock in these tests.
/// </summary>
internal sealed class RedisFaults(RedisServer redis, FaultyProxy proxy, Random random)
{
    /// <summary>How many values were damaged or exchanged.</summary>
    public int Damaged { get; private set; }

    /// <summary>All of them, by name.</summary>
    public IReadOnlyList<(string Name, Func<TimeSpan, Task> Run)> All =>
    [
        ("killed", Kill), ("hung", Hang), ("slow by 500 ms", Slow), ("flushed", Flush), ("damaged", Damage), ("messages lost", LoseMessages),
    ];

    /// <summary>It is dead, and then begins anew with nothing.</summary>
    public async Task Kill(TimeSpan length)
    {
        redis.Kill();
        await Task.Delay(length);
        redis.Start();
    }

    /// <summary>It is there and does not answer.</summary>
    public async Task Hang(TimeSpan length)
    {
        redis.Stop();
        await Task.Delay(length);
        redis.Continue();
    }

    public async Task Slow(TimeSpan length)
    {
        proxy.Delay = TimeSpan.FromMilliseconds(500);
        await Task.Delay(length);
        proxy.Delay = TimeSpan.Zero;
    }

    /// <summary>All it has is gone, ten times.</summary>
    public async Task Flush(TimeSpan length)
    {
        for (var i = 0; i < 10; i++)
        {
            await redis.Run("FLUSHALL");
            await Task.Delay(length / 10);
        }
    }

    /// <summary>Values change under their keys: bits turn, ends are cut off, noise or what belongs under another key stands there.</summary>
    public async Task Damage(TimeSpan length)
    {
        await using var connection = await redis.Connect();
        var db = connection.GetDatabase();
        var watch = Stopwatch.StartNew();
        do
        {
            var keys = (RedisKey[])(await db.ExecuteAsync("KEYS", "wholesale:*"))!;
            random.Shuffle(keys);
            foreach (var key in keys.Take(100))
            {
                if ((byte[]?)await db.StringGetAsync(key) is { Length: > 0 } value && await Damage(db, keys, value) is { } damaged)
                {
                    await db.StringSetAsync(key, damaged, when: When.Exists);
                    Damaged++;
                }
            }
        }
        while (watch.Elapsed < length);
    }

    public async Task LoseMessages(TimeSpan length)
    {
        proxy.LosesMessages = true;
        await Task.Delay(length);
        proxy.LosesMessages = false;
    }

    private async Task<byte[]?> Damage(IDatabase db, RedisKey[] keys, byte[] value)
    {
        switch (random.Next(4))
        {
            case 0:
                value[random.Next(value.Length)] ^= (byte)(1 << random.Next(8));
                return value;
            case 1:
                return value[..random.Next(value.Length)];
            case 2:
                random.NextBytes(value);
                return value;
            default:
                return await db.StringGetAsync(keys[random.Next(keys.Length)]);
        }
    }
}
