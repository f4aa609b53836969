using System.Globalization;
using Wholesale.GraphQL.Execution;
using Wholesale.GraphQL.Http;
using Wholesale.GraphQL.Types;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;
using Wholesale.Platform.Idempotency;
using Wholesale.Platform.Identity;

namespace Wholesale;

/// <summary>
/// What stands around mutations. Each root field is one transaction, its payload's selections included. With the header <c>Idempotency-Key</c> that transaction also
/// holds the key and the response's bytes, and nothing is sent before it is committed.
/// </summary>
/// <param name="lanes">Which mutations do not stand in the seller's line.</param>
internal sealed class Mutations(WriteLanes lanes)
{
    /// <summary>The header that makes a mutation safe to repeat.</summary>
    public const string KeyHeader = IdempotentRequests.Header;

    /// <summary>One root field: committed if it succeeded, undone if it failed.</summary>
    public async ValueTask AroundField(RequestContext context, FieldDefinition field, Func<ValueTask<bool>> execute)
    {
        if (context.Caller is not Principal { Kind: not PrincipalKind.Anonymous } principal)
        {
            throw new GraphQLException("Mutations need a credential.", "UNAUTHENTICATED");
        }

        var writes = context.Services.GetRequiredService<Writes>();
        var outcome = context.Services.GetRequiredService<MutationOutcome>();
        var isDone = false;
        try
        {
            isDone = await writes.Run(
                Actor.Of(principal),
                async () =>
                {
                    var isResolved = await execute();
                    if (!isResolved)
                    {
                        writes.Undo();
                    }

                    return isResolved;
                },
                lanes.Of(field),
                context.Cancellation);
        }
        finally
        {
            outcome.HasFailed |= !isDone;
        }
    }

    /// <summary>
    /// The whole operation, tried again where the database did not commit it for a reason that passes. Of several root fields the first may be committed, so they are
    /// not; and where it is not known whether a change was made, only an idempotency key lets it be tried again: its row tells.
    /// </summary>
    public async ValueTask<GraphQLResponse> AroundOperation(HttpContext http, MutationRequest request, Func<ValueTask<GraphQLResponse>> execute)
    {
        var outcome = http.RequestServices.GetRequiredService<MutationOutcome>();
        var maxRetries = http.RequestServices.GetRequiredService<DatabaseSettings>().MaxRetries;
        for (var retries = 0; ; retries++)
        {
            outcome.Clear();
            try
            {
                var response = await Try(http, request, execute);
                if (!outcome.HasFailed || !MayTryAgain(outcome.Failure))
                {
                    return response; // where only a part of the payload failed, the mutation is committed
                }
            }
            catch (Exception exception) when (MayTryAgain(exception))
            {
                // The commit of an idempotent request, outside its field.
            }

            await Task.Delay(WriteRetries.Backoff(retries), http.RequestServices.GetRequiredService<Clock>().TimeProvider, http.RequestAborted);

            bool MayTryAgain(Exception? failure) => failure is not null && retries < maxRetries && request.RootFields.Count == 1
                && WriteRetries.MayTryAgain(failure, isIdempotent: http.Request.Headers[KeyHeader].Count == 1);
        }
    }

    private async ValueTask<GraphQLResponse> Try(HttpContext http, MutationRequest request, Func<ValueTask<GraphQLResponse>> execute)
    {
        var keys = http.Request.Headers[KeyHeader];
        if (keys.Count == 0)
        {
            return await execute();
        }

        var contentType = MediaTypes.Utf8(MediaTypes.Negotiate(http.Request) ?? MediaTypes.Json);
        if (keys.Count > 1)
        {
            return GraphQLResponse.Refusal(400, contentType, $"The header {KeyHeader} stands in the request more than once.", "IDEMPOTENCY_KEY_INVALID");
        }

        if (request.RootFields.Count != 1)
        {
            return GraphQLResponse.Refusal(400, contentType, $"With {KeyHeader} an operation holds exactly one mutation, not {request.RootFields.Count}.", "IDEMPOTENCY_SINGLE_MUTATION");
        }

        if (http.Principal().Kind == PrincipalKind.Anonymous)
        {
            return await execute();
        }

        var outcome = http.RequestServices.GetRequiredService<MutationOutcome>();
        GraphQLResponse? made = null;
        var result = await http.RequestServices.GetRequiredService<IdempotentRequests>().Run(
            http.Principal(),
            keys[0]!,
            HashOf(http, request),
            async () =>
            {
                made = await execute();
                if (outcome.HoldsSecret)
                {
                    made = GraphQLResponse.Refusal(
                        400, contentType, $"The answer holds a secret, which is never kept: send this mutation without {KeyHeader}. Nothing was changed.", "IDEMPOTENCY_NOT_POSSIBLE");
                }

                return (new StoredResponse(made.StatusCode, made.ContentType, made.Body), !outcome.HasFailed && !outcome.HoldsSecret);
            },
            lanes.Of(request.RootFields[0]),
            http.RequestAborted);
        return result switch
        {
            IdempotencyOutcome.Answered { IsReplay: false } => made!,
            IdempotencyOutcome.Answered { Response: var stored } => new GraphQLResponse(stored.Status, stored.ContentType, stored.Body) { Headers = [("Idempotent-Replayed", "true")] },
            IdempotencyOutcome.KeyReused => GraphQLResponse.Refusal(422, contentType, $"This {KeyHeader} was used for another request.", "IDEMPOTENCY_KEY_REUSED"),
            IdempotencyOutcome.InProgress waiting => GraphQLResponse.Refusal(409, contentType, $"The first request with this {KeyHeader} is still running.", "IN_PROGRESS") with
            {
                Headers = [("Retry-After", Math.Ceiling(waiting.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture))],
            },
            _ => GraphQLResponse.Refusal(400, contentType, $"{KeyHeader} must be 1 to {IdempotentRequests.MaximumKeyLength} visible ASCII characters.", "IDEMPOTENCY_KEY_INVALID"),
        };
    }

    /// <summary>What makes two requests the same: endpoint, document, operation name and variables, byte for byte.</summary>
    private static byte[] HashOf(HttpContext http, MutationRequest request)
    {
        return IdempotentRequests.HashOf(Bytes(http.Request.Path), request.Document, Bytes(request.OperationName), request.Variables);

        static ReadOnlyMemory<byte> Bytes(string? text) => System.Text.Encoding.UTF8.GetBytes(text ?? "");
    }
}
