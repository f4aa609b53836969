using System.Security.Cryptography;

namespace Wholesale.Platform;

/// <summary>
/// Gives ids that are unique over all nodes and grow with time, so that new rows stand together at an index's end: 42 bits of milliseconds since 2025
/// (139 years), 9 bits of node number, 12 bits of counter. Thread-safe. When the clock steps back, or a millisecond's 4,096 ids are used up, it goes on
/// from the last id, ahead of the clock; so it never gives an id twice.
/// </summary>
/// <param name="clock">Where the milliseconds come from.</param>
/// <param name="node">This node's number, 0–511; no two nodes may have the same at a time.</param>
public sealed class Ids(Clock clock, int node)
{
    private const int NodeBits = 9;
    private const int CounterBits = 12;

    private static readonly DateTime Epoch = new(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly long nodePart = node is >= 0 and < 1 << NodeBits
        ? (long)node << CounterBits
        : throw new ArgumentOutOfRangeException(nameof(node), node, "A node's number is 0–511.");

    /// <summary>The last id given, without the node: milliseconds and counter, so that adding 1 carries from the one into the other.</summary>
    private long last;

    /// <summary>An id that was never given before; more than 0.</summary>
    public long Next()
    {
        var now = (long)(clock.UtcNow - Epoch).TotalMilliseconds << CounterBits;
        long seen, next;
        do
        {
            seen = Volatile.Read(ref last);
            next = Math.Max(seen + 1, now);
        }
        while (Interlocked.CompareExchange(ref last, next, seen) != seen);

        var milliseconds = next >> CounterBits;
        var counter = next & ((1 << CounterBits) - 1);
        return (milliseconds << (NodeBits + CounterBits)) | nodePart | counter;
    }

    /// <summary>The least id that a node gives whose clock shows this instant: what was made later by the same clock has a greater one, also where that was set back meanwhile.</summary>
    public static long LeastAt(DateTime instant) => Math.Max(0, (long)(instant - Epoch).TotalMilliseconds) << (NodeBits + CounterBits);

    /// <summary>A random part of a waiting time: 0 to 1.</summary>
    public static double Jitter() => RandomNumberGenerator.GetInt32(1_000) / 1_000.0;

    /// <summary>Random letters and digits that nobody can guess: 32 of them carry 190 bits.</summary>
    public static string Secret(int length = 32) =>
        RandomNumberGenerator.GetString("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", length);
}
