using System.IO.Compression;
using Microsoft.EntityFrameworkCore;
using Wholesale.Platform.Database;

namespace Wholesale.Platform.Idempotency;

/// <summary>The answer that a mutation with an idempotency key was given, kept for seven days to be given again.</summary>
public sealed class StoredAnswer
{
    /// <summary>Who sent it: another caller's same key is another key.</summary>
    public required string Caller { get; init; }

    /// <summary>The header's value.</summary>
    public required string Key { get; init; }

    /// <summary>A hash of document, operation name and variables.</summary>
    public required byte[] RequestHash { get; init; }

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>The media type.</summary>
    public required string ContentType { get; init; }

    /// <summary>The body, compressed.</summary>
    public required byte[] Body { get; init; }

    /// <summary>When it was given.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>The answer as it was.</summary>
    public StoredResponse ToResponse()
    {
        using var compressed = new BrotliStream(new MemoryStream(Body), CompressionMode.Decompress);
        using var body = new MemoryStream();
        compressed.CopyTo(body);
        return new StoredResponse(Status, ContentType, body.ToArray());
    }

    internal static byte[] Compress(ReadOnlySpan<byte> body)
    {
        var compressed = new byte[BrotliEncoder.GetMaxCompressedLength(body.Length)];
        return BrotliEncoder.TryCompress(body, compressed, out var written, quality: 1, window: 22)
            ? compressed[..written]
            : throw new InvalidOperationException("The longest form a body can compress to did not hold it.");
    }

    /// <summary>Deletes some of those that were kept long enough, the oldest first.</summary>
    internal static async Task<int> Purge(WholesaleDb db, DateTime now, CancellationToken cancellation)
    {
        const int StepSize = 100;
        var until = now - IdempotentRequests.Retention;
        var due = await db.StoredAnswers.Where(a => a.CreatedAt < until).OrderBy(a => a.CreatedAt).Take(StepSize).Select(a => a.CreatedAt).ToListAsync(cancellation);
        var last = due.LastOrDefault();
        return due.Count == 0 ? 0 : await db.StoredAnswers.Where(a => a.CreatedAt <= last).ExecuteDeleteAsync(cancellation);
    }

    internal static void Map(ModelBuilder model) => model.Entity<StoredAnswer>(answer =>
    {
        answer.HasKey(a => new { a.Caller, a.Key }).IsClustered(false); // keys come in any order
        answer.Property(a => a.Caller).HasMaxLength(32).IsUnicode(false);
        answer.Property(a => a.Key).HasMaxLength(IdempotentRequests.MaximumKeyLength).IsUnicode(false);
        answer.Property(a => a.RequestHash).HasMaxLength(64);
        answer.Property(a => a.ContentType).HasMaxLength(100).IsUnicode(false);
        answer.HasIndex(a => a.CreatedAt).Serves("answers_by_age").IsClustered();
    });
}

/// <summary>An HTTP response, whole.</summary>
/// <param name="Status">The status code.</param>
/// <param name="ContentType">The media type.</param>
/// <param name="Body">The bytes.</param>
public sealed record StoredResponse(int Status, string ContentType, ReadOnlyMemory<byte> Body);
