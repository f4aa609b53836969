using Wholesale.GraphQL.Execution;

namespace Wholesale.GraphQL.Tests.Differential;

/// <summary>Resolves a field of generated data. The parameters' names are the arguments' names, of which a generated field has up to three.</summary>
internal sealed class BatchResolver<TParent, T>(string coordinate, string seed, Values<T> values)
    where TParent : Thing
{
    public ValueTask<IReadOnlyList<T?>> Call(Batch<TParent> parents) => Answer(parents);

    public ValueTask<IReadOnlyList<T?>> Call<TA>(Batch<TParent> parents, Optional<TA> a) => Answer(parents, ("a", GeneratedInput.Value(a)));

    public ValueTask<IReadOnlyList<T?>> Call<TA, TB>(Batch<TParent> parents, Optional<TA> a, Optional<TB> b) =>
        Answer(parents, ("a", GeneratedInput.Value(a)), ("b", GeneratedInput.Value(b)));

    public ValueTask<IReadOnlyList<T?>> Call<TA, TB, TC>(Batch<TParent> parents, Optional<TA> a, Optional<TB> b, Optional<TC> c) =>
        Answer(parents, ("a", GeneratedInput.Value(a)), ("b", GeneratedInput.Value(b)), ("c", GeneratedInput.Value(c)));

    private ValueTask<IReadOnlyList<T?>> Answer(Batch<TParent> parents, params ReadOnlySpan<(string, object?)> arguments)
    {
        var batch = ResolverFailures.BatchOf(seed, coordinate, arguments);
        var results = new T?[parents.Count];
        for (var i = 0; i < results.Length; i++)
        {
            var random = new DataRandom($"{batch}|{parents[i].Id}");
            if (random.Next(25) == 0)
            {
                parents.Fail(i, "One fails.", "TEST");
            }
            else
            {
                results[i] = values.Next(ref random);
            }
        }

        return ValueTask.FromResult<IReadOnlyList<T?>>(results);
    }
}

/// <summary>Resolves a root field of generated data.</summary>
internal sealed class RootResolver<T>(string coordinate, string seed, Values<T> values)
{
    public Task<T?> Call() => Answer();

    public Task<T?> Call<TA>(Optional<TA> a) => Answer(("a", GeneratedInput.Value(a)));

    public Task<T?> Call<TA, TB>(Optional<TA> a, Optional<TB> b) => Answer(("a", GeneratedInput.Value(a)), ("b", GeneratedInput.Value(b)));

    public Task<T?> Call<TA, TB, TC>(Optional<TA> a, Optional<TB> b, Optional<TC> c) =>
        Answer(("a", GeneratedInput.Value(a)), ("b", GeneratedInput.Value(b)), ("c", GeneratedInput.Value(c)));

    private Task<T?> Answer(params ReadOnlySpan<(string, object?)> arguments)
    {
        var random = new DataRandom($"{ResolverFailures.BatchOf(seed, coordinate, arguments)}|");
        if (random.Next(25) == 0)
        {
            throw new GraphQLException("One fails.", "TEST");
        }

        return Task.FromResult(values.Next(ref random));
    }
}

/// <summary>The stream of a subscription's root field: none of the documents is subscribed to, but the schema has to be bound.</summary>
internal sealed class StreamResolver<T>
{
    public IAsyncEnumerable<T?> Call() => Nothing();

    public IAsyncEnumerable<T?> Call<TA>(Optional<TA> a) => Nothing();

    public IAsyncEnumerable<T?> Call<TA, TB>(Optional<TA> a, Optional<TB> b) => Nothing();

    public IAsyncEnumerable<T?> Call<TA, TB, TC>(Optional<TA> a, Optional<TB> b, Optional<TC> c) => Nothing();

    private static IAsyncEnumerable<T?> Nothing() => AsyncEnumerable.Empty<T?>();
}

internal static class ResolverFailures
{
    /// <summary>What names a call of a resolver for all its parents; throws where all of them are to fail.</summary>
    public static string BatchOf(string seed, string coordinate, ReadOnlySpan<(string, object?)> arguments)
    {
        var batch = $"{seed}|{coordinate}|{CanonicalText.Of(arguments)}";
        return new DataRandom(batch).Next(60) == 0 ? throw new GraphQLException("All fail.", "TEST") : batch;
    }
}
