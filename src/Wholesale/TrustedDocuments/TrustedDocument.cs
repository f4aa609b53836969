using Microsoft.EntityFrameworkCore;
using Wholesale.GraphQL;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.TrustedDocuments;

/// <summary>A document that storefronts may send by its id. Immutable: another text is another document.</summary>
public sealed class TrustedDocument
{
    /// <summary>From <see cref="Ids"/>.</summary>
    public required long Id { get; init; }

    /// <summary>What clients send: see <see cref="PersistedDocument.Id"/>. Unique.</summary>
    public required string DocumentId { get; init; }

    /// <summary>The document.</summary>
    public required string Text { get; init; }

    /// <summary>The names of its operations in the order of the text, a blank between them.</summary>
    public required string Operations { get; init; }

    /// <summary>When it was registered.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>The names of its operations, in the order of the text.</summary>
    public IReadOnlyList<string> OperationNames => Operations.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    internal static void Map(ModelBuilder model) => model.Entity<TrustedDocument>(document =>
    {
        document.Property(d => d.Id).ValueGeneratedNever();
        document.Property(d => d.DocumentId).HasMaxLength(71).IsUnicode(false);
        document.Ignore(d => d.OperationNames);
        document.HasIndex(d => d.DocumentId).IsUnique();
    });
}

/// <summary>What happens in this room, for the event log.</summary>
public static class TrustedDocumentEvents
{
    /// <summary>A document was registered. Its data is the <c>documentId</c>.</summary>
    public const string Registered = "TRUSTED_DOCUMENT_REGISTERED";

    /// <summary>A document was taken off the register. Its data is the <c>documentId</c>.</summary>
    public const string Removed = "TRUSTED_DOCUMENT_REMOVED";
}

/// <summary>Why a document is not registered or removed.</summary>
public static class TrustedDocumentErrors
{
    /// <summary>The document cannot be executed.</summary>
    public const string InvalidDocument = "INVALID_DOCUMENT";

    internal static UserError Invalid(GraphQLError error) => new(
        InvalidDocument, error.Locations is [var place, ..] ? $"{error.Message} (line {place.Line}, column {place.Column})" : error.Message);

    internal static UserError NoSuch(string documentId, int index) =>
        new(Platform.ErrorCodes.NotFound, $"\"{documentId}\" is not registered.", ["documentIds", RowErrors.Position(index)]);
}
