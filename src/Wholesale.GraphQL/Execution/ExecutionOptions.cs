using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Execution;

/// <summary>What a host puts around one root field of a mutation, its payload's selections included: begin, <paramref name="execute"/>, commit.</summary>
/// <param name="context">The request.</param>
/// <param name="field">Which field it is.</param>
/// <param name="execute">Runs the field's tree; to be called exactly once. False if the field itself failed, so that the host rolls back.</param>
public delegate ValueTask AroundMutationField(RequestContext context, FieldDefinition field, Func<ValueTask<bool>> execute);

/// <summary>What the host adds to execution.</summary>
public sealed record ExecutionOptions
{
    /// <summary>Bytes of a response, all of which is held in memory before it is sent; beyond it the data is null.</summary>
    public int MaxResponseBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Null: nothing is put around a mutation's fields.</summary>
    public AroundMutationField? AroundMutationField { get; init; }

    /// <summary>
    /// Awaited when all fields of a query, or of an event, are resolved and before any of it is given to the client, as to wait until what they have read cannot be undone. Null: nothing is. Not called
    /// for mutations, whose fields have <see cref="AroundMutationField"/> around them.
    /// </summary>
    public Func<RequestContext, ValueTask>? BeforeAnswer { get; init; }

    /// <summary>
    /// Told of exceptions that are not a <see cref="GraphQLException"/>, with the coordinate: once for each field, however many objects it fails at.
    /// Returns the trace id that the client is shown.
    /// </summary>
    public Func<Exception, string, RequestContext, string?>? OnException { get; init; }

    /// <summary>
    /// What a client is told of an exception that is neither a bug nor a <see cref="GraphQLException"/>, as when a database is down; null: that something went wrong,
    /// and the trace id. <see cref="OnException"/> is told of it all the same, and before.
    /// </summary>
    public Func<Exception, GraphQLException?>? Translate { get; init; }

    /// <summary>
    /// Told, with the coordinate, of a resolver that broke the promise of its <c>@listSize</c>: how many items too many its lists have together. They are answered
    /// all the same, and the caller is charged for them.
    /// </summary>
    public Action<string, long, RequestContext>? OnListTooLong { get; init; }
}
