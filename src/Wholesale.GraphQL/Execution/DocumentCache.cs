using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL.Execution;

/// <summary>The SHA-256 of a document's bytes.</summary>
internal readonly record struct DocumentHash(ulong A, ulong B, ulong C, ulong D)
{
    public static DocumentHash Of(ReadOnlySpan<byte> document)
    {
        Span<ulong> hash = stackalloc ulong[4];
        SHA256.HashData(document, MemoryMarshal.AsBytes(hash));
        return new DocumentHash(hash[0], hash[1], hash[2], hash[3]);
    }
}

/// <summary>A document that was parsed and found valid, with the plans of those of its operations that were asked for.</summary>
internal sealed class CachedDocument(DocumentNode document)
{
    public DocumentNode Document => document;

    /// <summary>By operation name; the empty name is the only operation there is.</summary>
    public ConcurrentDictionary<string, Plan> Plans { get; } = [];

    /// <summary>Set by every hit, cleared by the clock hand: see <see cref="DocumentCache"/>.</summary>
    public bool WasUsed { get; set; }
}

/// <summary>
/// Valid documents by the hash of their bytes. Bounded in bytes, and each owner to a tenth of them, so that one caller that makes up documents
/// drives out its own and nobody else's. Eviction is a clock: what was used since the hand last passed stays.
/// </summary>
/// <param name="capacityBytes">The documents' own bytes; their trees and plans take about fifty times that.</param>
internal sealed class DocumentCache(long capacityBytes)
{
    private readonly ConcurrentDictionary<DocumentHash, CachedDocument> documents = [];
    private readonly Dictionary<object, Share> shares = [];
    private readonly Lock gate = new();
    private long bytes;

    public int Count => documents.Count;

    public long Bytes => Interlocked.Read(ref bytes);

    public CachedDocument? Find(in DocumentHash hash)
    {
        if (!documents.TryGetValue(hash, out var document))
        {
            return null;
        }

        document.WasUsed = true;
        return document;
    }

    /// <summary>Keeps a document for its owner, if it is not larger than the owner's share.</summary>
    /// <param name="owner">Who caused it: compared by Equals.</param>
    public void Add(in DocumentHash hash, CachedDocument document, object owner)
    {
        var size = document.Document.Source.Body.Length;
        var limit = capacityBytes / 10;
        if (size > limit)
        {
            return;
        }

        lock (gate)
        {
            if (!documents.TryAdd(hash, document))
            {
                return;
            }

            if (!shares.TryGetValue(owner, out var share))
            {
                shares[owner] = share = new Share();
            }

            share.Entries.Enqueue((hash, size));
            share.Bytes += size;
            bytes += size;
            while (share.Bytes > limit)
            {
                EvictFrom(owner, share);
            }

            while (bytes > capacityBytes)
            {
                // The owner with most gives way.
                var (largest, most) = shares.MaxBy(s => s.Value.Bytes);
                EvictFrom(largest, most);
            }
        }
    }

    private void EvictFrom(object owner, Share share)
    {
        while (share.Entries.TryDequeue(out var entry))
        {
            if (documents.TryGetValue(entry.Hash, out var document) && document.WasUsed)
            {
                document.WasUsed = false;
                share.Entries.Enqueue(entry);
                continue;
            }

            documents.TryRemove(entry.Hash, out _);
            share.Bytes -= entry.Size;
            bytes -= entry.Size;
            break;
        }

        if (share.Entries.Count == 0)
        {
            shares.Remove(owner);
        }
    }

    private sealed class Share
    {
        public Queue<(DocumentHash Hash, int Size)> Entries { get; } = new();

        public long Bytes { get; set; }
    }
}
