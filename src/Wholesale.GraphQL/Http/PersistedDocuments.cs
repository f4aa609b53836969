using Microsoft.AspNetCore.Http;
using Wholesale.GraphQL.Execution;

namespace Wholesale.GraphQL.Http;

/// <summary>GraphQL over HTTP, "Persisted Documents": documents that are sent by their ids. Clients cannot add any.</summary>
/// <param name="Find">The document with an id of the form <c>sha256:</c> and 64 hexadecimal digits; null if the host knows none.</param>
/// <param name="AreRequired">Whether no other documents are answered.</param>
public sealed record PersistedDocuments(Func<HttpContext, string, ValueTask<PersistedDocument?>> Find, bool AreRequired);
