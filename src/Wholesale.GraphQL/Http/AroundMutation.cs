using Microsoft.AspNetCore.Http;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Http;

/// <summary>Puts something around a mutation: may execute it, or answer from what is stored, or refuse.</summary>
/// <param name="http">The HTTP request.</param>
/// <param name="operation">What is asked.</param>
/// <param name="execute">
/// Executes it and returns the response, none of which is sent before this delegate's caller returns. Called again, it executes again, and the earlier
/// response is void.
/// </param>
public delegate ValueTask<GraphQLResponse> AroundMutation(HttpContext http, MutationRequest operation, Func<ValueTask<GraphQLResponse>> execute);

/// <summary>A mutation as it was sent.</summary>
/// <param name="Document">UTF-8.</param>
/// <param name="OperationName">As given; null where it was not.</param>
/// <param name="Variables">A JSON object as it was sent; empty where there is none.</param>
/// <param name="RootFields">The root fields that the operation can have, in its order.</param>
public sealed record MutationRequest(ReadOnlyMemory<byte> Document, string? OperationName, ReadOnlyMemory<byte> Variables, IReadOnlyList<FieldDefinition> RootFields);
