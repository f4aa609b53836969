using Wholesale.GraphQL.Execution;

namespace Wholesale.GraphQL.Http;

/// <summary>GraphQL over HTTP, "Persisted Documents": documents that are sent by their ids, whatever the transport. Clients cannot add any.</summary>
/// <param name="Find">The document with an id of the form <c>sha256:</c> and 64 hexadecimal digits; null if the host knows none.</param>
/// <param name="AreRequired">Whether no other documents are answered.</param>
public sealed record PersistedDocuments(Func<RequestContext, string, ValueTask<PersistedDocument?>> Find, bool AreRequired)
{
    /// <summary>The operation of a document that was sent, or of one that is known by the id that was sent.</summary>
    /// <param name="known">Null where none can be sent by its id.</param>
    internal static async ValueTask<(PreparedOperation Operation, ReadOnlyMemory<byte> Document)> Prepare(
        GraphQLExecutor executor, PersistedDocuments? known, GraphQLRequest request, RequestContext context)
    {
        if (request is { DocumentId: { } claimed, Query: { } text } && PersistedDocument.Of(text).Id != claimed)
        {
            return Refused("The id is not that of the document beside it.", ErrorCodes.BadRequest);
        }

        if (request.DocumentId is { } id && known is not null && await known.Find(context, id) is { } document)
        {
            context.Report?.IsPersisted = true;
            return (executor.Prepare(document, request.OperationName), document.Text);
        }

        if (request.DocumentId is null && known is { AreRequired: true })
        {
            return Refused("Only documents that are known here are answered: send the \"documentId\" of one.", ErrorCodes.DocumentIdRequired);
        }

        return request.Query is { } query && known is not { AreRequired: true }
            ? (executor.Prepare(query.Span, request.OperationName, context.Client), query)
            : Refused("There is no document with this id.", ErrorCodes.DocumentNotFound);

        static (PreparedOperation, ReadOnlyMemory<byte>) Refused(string message, string code) => (PreparedOperation.Refused(message, code), default);
    }
}
