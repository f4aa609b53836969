using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Wholesale.Platform.Events;

namespace Wholesale.Platform.Identity;

/// <summary>SHA-256 of a secret, as a value that is compared and hashed without further memory.</summary>
public readonly record struct SecretDigest
{
    private readonly UInt128 high;
    private readonly UInt128 low;

    private SecretDigest(ReadOnlySpan<byte> hash)
    {
        high = MemoryMarshal.Read<UInt128>(hash);
        low = MemoryMarshal.Read<UInt128>(hash[16..]);
    }

    /// <summary>The digest of a secret in ASCII.</summary>
    public static SecretDigest Of(string secret)
    {
        var rented = secret.Length > 256 ? ArrayPool<byte>.Shared.Rent(secret.Length) : null;
        var text = rented is null ? stackalloc byte[256] : rented.AsSpan();
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..Encoding.ASCII.GetBytes(secret, text)], hash);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }

        return new SecretDigest(hash);
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
/// What secrets that were used of late stand for, so that a warm request asks nobody. An entry holds for two seconds, which is how long another node's
/// revocation may go unnoticed; one that is heard of ends it at once. Only good secrets are kept, so that guessing drives nothing out. Thread-safe.
/// </summary>
/// <typeparam name="T">What a secret stands for; immutable.</typeparam>
public sealed class RecentSecrets<T> where T : class
{
    /// <summary>How many are kept.</summary>
    public const int Capacity = 10_000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(2);

    private readonly Clock clock;
    private readonly ConcurrentDictionary<SecretDigest, Entry> entries = new();
    private int generation;

    /// <summary>Begins empty.</summary>
    /// <param name="clock">Measures the two seconds, and compares with the instant at which a secret ends.</param>
    /// <param name="committed">This process's commits.</param>
    public RecentSecrets(Clock clock, CommittedEvents committed)
    {
        this.clock = clock;
        committed.Subscribe(
            events =>
            {
                if (events.Any(e => e.Type is IdentityEvents.ApiKeyRevoked or IdentityEvents.ApiKeyRotated))
                {
                    Forget();
                }
            },
            Forget);
    }

    /// <summary>Changes when keys end: what was read before is not kept after.</summary>
    internal int Generation => Volatile.Read(ref generation);

    internal T? Find(SecretDigest digest)
    {
        var now = clock.UtcNow;
        return entries.TryGetValue(digest, out var entry) && entry.ReadAt <= now && now < entry.Until ? entry.Value : null;
    }

    internal void Add(SecretDigest digest, T value, DateTime? expiresAt, int readIn)
    {
        if (entries.Count >= Capacity)
        {
            entries.Clear(); // rare, and costs each secret one look-up
        }

        var now = clock.UtcNow;
        var until = now + Lifetime;
        entries[digest] = new Entry(value, now, expiresAt < until ? expiresAt.Value : until);
        if (Generation != readIn)
        {
            entries.TryRemove(digest, out _);
        }
    }

    private void Forget()
    {
        Interlocked.Increment(ref generation);
        entries.Clear();
    }

    private readonly record struct Entry(T Value, DateTime ReadAt, DateTime Until);
}
