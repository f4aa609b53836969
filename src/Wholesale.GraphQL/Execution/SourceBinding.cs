using System.Diagnostics.CodeAnalysis;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Execution;

/// <summary>The root field of a subscription: gives a stream when it is subscribed to, and for each event the event's value.</summary>
internal interface ISourceBinding
{
    /// <summary>Section 6.2.3.1 CreateSourceEventStream().</summary>
    /// <returns>Null: the run has the error.</returns>
    ValueTask<SourceStream?> Create(Run run, PlanField field);

    /// <summary>What the field's guards say now; null if it may be read.</summary>
    ValueTask<GraphQLError?> Refusal(RequestContext context);
}

/// <inheritdoc cref="ISourceBinding"/>
[SuppressMessage("Performance", "CA1812", Justification = "Made by SchemaBinder.")]
internal sealed class SourceBinding<T, TSource>(FieldDefinition definition, Output<T> output, FieldGuard[] guards, ResolverCall<TSource> call)
    : FieldBinding<T>(definition, output, guards: []), ISourceBinding
    where TSource : class, IAsyncEnumerable<T>
{
    public async ValueTask<SourceStream?> Create(Run run, PlanField field)
    {
        var column = run.Columns[field.Slot] ??= NewColumn(run, field);
        column.Start(1);
        try
        {
            return await Create(run, field, column);
        }
        catch (Exception exception) when (!run.IsCancellation(exception))
        {
            column.FailAll(run.ErrorOf(exception, Definition));
            return null;
        }
    }

    public async ValueTask<GraphQLError?> Refusal(RequestContext context)
    {
        foreach (var guard in guards)
        {
            if (await guard(context) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    protected override ValueTask Resolve(Run run, PlanField field, Column column)
    {
        var typed = (Column<T>)column;
        typed.Rent(1)[0] = ((SourceStream<T>)run.Source!).Current;
        typed.Complete();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<SourceStream?> Create(Run run, PlanField field, Column column)
    {
        if (await Refusal(run.Context) is { } refusal)
        {
            column.FailAll(refusal);
            return null;
        }

        var arguments = field.Arguments.Coerce(run, out var problem);
        if (problem is not null)
        {
            column.FailAll(problem);
            return null;
        }

        var source = await call.Invoke(run, field, arguments, parents: null)
            ?? throw new InvalidOperationException($"The resolver of {Definition.Coordinate} returned no stream.");
        return new SourceStream<T>(source.GetAsyncEnumerator(run.Context.Cancellation));
    }
}

/// <summary>Section 6.2.3.1 "Source Stream": what happens, one value an event.</summary>
internal abstract class SourceStream : IAsyncDisposable
{
    public abstract ValueTask<bool> MoveNext();

    public abstract ValueTask DisposeAsync();
}

internal sealed class SourceStream<T>(IAsyncEnumerator<T> events) : SourceStream
{
    public T Current => events.Current;

    public override ValueTask<bool> MoveNext() => events.MoveNextAsync();

    public override ValueTask DisposeAsync() => events.DisposeAsync();
}
