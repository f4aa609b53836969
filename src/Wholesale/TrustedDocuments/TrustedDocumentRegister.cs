using System.Text;
using Microsoft.EntityFrameworkCore;
using Wholesale.GraphQL;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Caching;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.TrustedDocuments;

/// <summary>Whether the buyers' contract can execute a document, and the names of its operations.</summary>
/// <param name="text">UTF-8.</param>
/// <param name="operations">In the order of the text.</param>
/// <returns>Why not; empty if it can.</returns>
public delegate IReadOnlyList<GraphQLError> DocumentCheck(ReadOnlySpan<byte> text, out IReadOnlyList<string> operations);

/// <summary>Registers documents and takes them off, inside a write.</summary>
public sealed class TrustedDocumentRegister(WholesaleDb db, Writes writes, DocumentCheck check, Clock clock, Ids ids)
{
    /// <summary>How many documents or ids one call takes.</summary>
    public const int MaximumRows = 100;

    /// <summary>Registers those that can be executed; those that are registered already stay as they are.</summary>
    public async ValueTask<BulkResult<TrustedDocument>> Register(IReadOnlyList<string> texts, BulkMode mode, CancellationToken cancellation)
    {
        var rows = BulkRow<PersistedDocument, TrustedDocument>.Of(texts.Select(text => PersistedDocument.Of(Encoding.UTF8.GetBytes(text))));
        BulkRow<PersistedDocument, TrustedDocument>.RefuseDuplicates(rows, document => document.Id, field: null);
        var wanted = rows.ConvertAll(row => row.Input.Id);
        var known = await db.TrustedDocuments.Where(d => wanted.Contains(d.DocumentId)).ToDictionaryAsync(d => d.DocumentId, cancellation);
        var added = new List<TrustedDocument>();
        foreach (var row in rows.Where(row => row.IsGood))
        {
            row.Thing = known.GetValueOrDefault(row.Input.Id) ?? Create(row, added);
        }

        if (BulkRow<PersistedDocument, TrustedDocument>.MayProceed(rows, mode) && added.Count > 0)
        {
            await BulkRows.Insert(db, added, cancellation);
            foreach (var document in added)
            {
                writes.Record(TrustedDocumentEvents.Registered, document.Id, 0, new { document.DocumentId });
            }
        }

        return BulkRow<PersistedDocument, TrustedDocument>.Result(rows, mode);
    }

    /// <summary>Takes documents off the register.</summary>
    public async ValueTask<RemoveTrustedDocumentsPayload> Remove(IReadOnlyList<string> documentIds, CancellationToken cancellation)
    {
        var wanted = documentIds.Distinct().ToList();
        var found = await db.TrustedDocuments.Where(d => wanted.Contains(d.DocumentId)).ToDictionaryAsync(d => d.DocumentId, cancellation);
        await BulkRows.Delete(db, [.. found.Values], cancellation);
        foreach (var document in found.Values)
        {
            writes.Record(TrustedDocumentEvents.Removed, document.Id, 0, new { document.DocumentId });
        }

        return new(
            [.. wanted.Where(found.ContainsKey)],
            [.. documentIds.Index().Where(id => !found.ContainsKey(id.Item)).Select(id => TrustedDocumentErrors.NoSuch(id.Item, id.Index))]);
    }

    private TrustedDocument? Create(BulkRow<PersistedDocument, TrustedDocument> row, List<TrustedDocument> added)
    {
        var problems = check(row.Input.Text.Span, out var operations);
        foreach (var error in problems)
        {
            row.Errors.Add(TrustedDocumentErrors.Invalid(error));
        }

        if (row.Errors.Any)
        {
            return null;
        }

        var document = new TrustedDocument
        {
            Id = ids.Next(),
            DocumentId = row.Input.Id,
            Text = Encoding.UTF8.GetString(row.Input.Text.Span),
            Operations = string.Join(' ', operations),
            CreatedAt = clock.UtcNow,
        };
        added.Add(document);
        return document;
    }
}

/// <summary>Finds documents for requests: in memory for up to two seconds, then by one statement. Thread-safe; one a process.</summary>
public sealed class TrustedDocumentLookup(Clock clock, CommittedEvents committed)
{
    private readonly RecentValues<string, PersistedDocument> recent = new("trusted_documents", clock, committed, e => e.Type == TrustedDocumentEvents.Removed);

    /// <summary>A document by its id; null if it is not registered.</summary>
    public ValueTask<PersistedDocument?> Find(WholesaleDb db, string documentId, CancellationToken cancellation) =>
        PersistedDocument.IsId(documentId) ? recent.Find(db, documentId, () => Read(db, documentId, cancellation), cancellation) : new((PersistedDocument?)null);

    private static async ValueTask<PersistedDocument?> Read(WholesaleDb db, string documentId, CancellationToken cancellation) =>
        await db.TrustedDocuments.Where(d => d.DocumentId == documentId).Select(d => d.Text).SingleOrDefaultAsync(cancellation) is { } text
            ? PersistedDocument.Of(Encoding.UTF8.GetBytes(text))
            : null;
}
