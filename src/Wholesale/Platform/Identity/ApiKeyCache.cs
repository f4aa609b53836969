using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Wholesale.Platform.Events;

namespace Wholesale.Platform.Identity;

/// <summary>SHA-256 of a secret, as a value that is compared and hashed without further memory.</summary>
public readonly record struct KeyDigest
{
    private readonly UInt128 high;
    private readonly UInt128 low;

    private KeyDigest(ReadOnlySpan<byte> hash)
    {
        high = MemoryMarshal.Read<UInt128>(hash);
        low = MemoryMarshal.Read<UInt128>(hash[16..]);
    }

    /// <summary>The digest of a secret in ASCII.</summary>
    public static KeyDigest Of(string secret)
    {
        Span<byte> text = stackalloc byte[Encoding.ASCII.GetMaxByteCount(64)];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..Encoding.ASCII.GetBytes(secret, text)], hash);
        return new KeyDigest(hash);
    }

    /// <summary>The 32 bytes, as they are stored.</summary>
    public byte[] ToArray()
    {
        var hash = new byte[SHA256.HashSizeInBytes];
        MemoryMarshal.Write(hash, high);
        MemoryMarshal.Write(hash.AsSpan(16), low);
        return hash;
    }
}

/// <summary>
/// The keys that were used of late, so that a warm request asks the database for none. An entry holds for two seconds, which is how long another node's
/// revocation may go unnoticed; one of this process ends it at once. Only live keys are kept, so that guessing secrets drives nothing out. Thread-safe.
/// </summary>
public sealed class ApiKeyCache
{
    /// <summary>How many keys are kept.</summary>
    public const int Capacity = 10_000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(2);

    private readonly Clock clock;
    private readonly ConcurrentDictionary<KeyDigest, Entry> entries = new();
    private int generation;

    /// <summary>An empty cache that listens for revocations.</summary>
    public ApiKeyCache(Clock clock, CommittedEvents committed)
    {
        this.clock = clock;
        committed.Subscribe(events =>
        {
            if (events.Any(e => e.Type == IdentityEvents.ApiKeyRevoked))
            {
                Clear();
            }
        });
    }

    /// <summary>Changes with every revocation: what was read before one is not kept after it.</summary>
    internal int Generation => Volatile.Read(ref generation);

    internal bool TryGet(KeyDigest digest, out Principal? principal)
    {
        var now = clock.UtcNow;
        var found = entries.TryGetValue(digest, out var entry) && entry.ReadAt <= now && now < entry.Until;
        principal = found ? entry.Principal : null;
        return found;
    }

    internal void Add(KeyDigest digest, ApiKey key, int readIn)
    {
        if (entries.Count >= Capacity)
        {
            entries.Clear(); // rare, and costs each key one look-up
        }

        var now = clock.UtcNow;
        var until = now + Lifetime;
        entries[digest] = new Entry(key.Principal, now, key.ExpiresAt is { } expiresAt && expiresAt < until ? expiresAt : until);
        if (Generation != readIn)
        {
            entries.TryRemove(digest, out _);
        }
    }

    private void Clear()
    {
        Interlocked.Increment(ref generation);
        entries.Clear();
    }

    private readonly record struct Entry(Principal Principal, DateTime ReadAt, DateTime Until);
}
