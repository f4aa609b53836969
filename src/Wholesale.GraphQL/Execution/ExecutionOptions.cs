using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Execution;

/// <summary>What a host puts around one root field of a mutation, its payload's selections included: begin, <paramref name="execute"/>, commit.</summary>
/// <param name="context">The request.</param>
/// <param name="execute">Runs the field's tree once; false if the field itself failed, so that the host rolls back.</param>
public delegate ValueTask AroundMutationField(RequestContext context, Func<ValueTask<bool>> execute);

/// <summary>What the host adds to execution.</summary>
public sealed record ExecutionOptions
{
    /// <summary>Null: nothing is put around a mutation's fields.</summary>
    public AroundMutationField? AroundMutationField { get; init; }

    /// <summary>Told of every exception that is not a <see cref="GraphQLException"/>, with the coordinate; returns the trace id that the client is shown.</summary>
    public Func<Exception, string, RequestContext, string?>? OnException { get; init; }

    internal GraphQLError ErrorOf(Exception exception, FieldDefinition field, RequestContext context) => exception is GraphQLException expected
        ? new GraphQLError(expected.Message) { Code = expected.Code }
        : new GraphQLError("Something went wrong on the server.")
        {
            Code = ErrorCodes.Internal,
            TraceId = OnException?.Invoke(exception, field.Coordinate, context),
        };
}
