using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Validation;

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

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(MemoryMarshal.AsBytes<ulong>([A, B, C, D]));
}

/// <summary>A document that was parsed and found valid, with the plans of those of its operations that were asked for.</summary>
internal sealed class CachedDocument(DocumentNode document, DocumentMetrics metrics)
{
    public DocumentNode Document => document;

    public DocumentMetrics Metrics => metrics;

    /// <summary>By operation name; the empty name is the only operation there is.</summary>
    public ConcurrentDictionary<string, Plan> Plans { get; } = [];

    /// <summary>What the cache counts it for. Changed under the cache's lock.</summary>
    public int Size { get; set; } = document.Source.Body.Length;

    /// <summary>Who is charged for it. Set under the cache's lock.</summary>
    public DocumentShare? Share { get; set; }

    /// <summary>Set by every hit, cleared by the clock hand: see <see cref="DocumentCache"/>.</summary>
    public bool WasUsed { get; set; }
}

/// <summary>
/// Valid documents by the hash of their bytes. Bounded in bytes, and each owner to a tenth of them, so that one caller that makes up documents
/// drives out its own and nobody else's. Eviction is a clock: what was used since the hand last passed stays.
/// </summary>
/// <param name="capacityBytes">
/// The documents' own bytes, and <see cref="BytesOfSelection"/> for each selection of a plan, since a short document can unfold to a large one.
/// Trees and plans take a multiple of that in memory.
/// </param>
internal sealed class DocumentCache(long capacityBytes)
{
    /// <summary>About what a planned selection takes, measured like a document's bytes.</summary>
    public const int BytesOfSelection = 16;

    private readonly ConcurrentDictionary<DocumentHash, CachedDocument> documents = [];
    private readonly Dictionary<object, DocumentShare> shares = [];
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
        lock (gate)
        {
            if (document.Size > ShareBytes || !documents.TryAdd(hash, document))
            {
                return;
            }

            if (!shares.TryGetValue(owner, out var share))
            {
                shares[owner] = share = new DocumentShare(owner);
            }

            document.Share = share;
            share.Entries.Enqueue((hash, document));
            Charge(share, document.Size);
        }
    }

    /// <summary>Keeps a plan with its document, if that is still kept and does not outgrow its owner's share.</summary>
    /// <returns>The plan to use: another's, where two were made at once.</returns>
    public Plan Keep(in DocumentHash hash, CachedDocument document, string operationName, Plan plan)
    {
        var size = plan.VisitCount * BytesOfSelection;
        lock (gate)
        {
            if (!documents.TryGetValue(hash, out var known) || known != document || document.Size + size > ShareBytes)
            {
                return plan;
            }

            var kept = document.Plans.GetOrAdd(operationName, plan);
            if (kept == plan)
            {
                // Used now, so that it does not make room for itself.
                document.WasUsed = true;
                document.Size += size;
                Charge(document.Share!, size);
            }

            return kept;
        }
    }

    private long ShareBytes => capacityBytes / 10;

    private void Charge(DocumentShare share, int size)
    {
        share.Bytes += size;
        bytes += size;
        while (share.Bytes > ShareBytes)
        {
            EvictFrom(share);
        }

        while (bytes > capacityBytes)
        {
            // The owner with most gives way.
            EvictFrom(shares.Values.MaxBy(s => s.Bytes)!);
        }
    }

    private void EvictFrom(DocumentShare share)
    {
        while (share.Entries.TryDequeue(out var entry))
        {
            if (entry.Document.WasUsed)
            {
                entry.Document.WasUsed = false;
                share.Entries.Enqueue(entry);
                continue;
            }

            documents.TryRemove(entry.Hash, out _);
            share.Bytes -= entry.Document.Size;
            bytes -= entry.Document.Size;
            break;
        }

        if (share.Entries.Count == 0)
        {
            shares.Remove(share.Owner);
        }
    }
}

/// <summary>What one owner has in a <see cref="DocumentCache"/>, in the order of the clock hand. Used under the cache's lock.</summary>
internal sealed class DocumentShare(object owner)
{
    public object Owner => owner;

    public Queue<(DocumentHash Hash, CachedDocument Document)> Entries { get; } = new();

    public long Bytes { get; set; }
}
