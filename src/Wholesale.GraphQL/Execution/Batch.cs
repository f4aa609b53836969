namespace Wholesale.GraphQL.Execution;

/// <summary>
/// The parents of one field, all of them: section 6.4 "Executing Fields" done once a layer instead of once an object.
/// Dense and without nulls. Valid until the resolver's result is complete.
/// </summary>
/// <typeparam name="T">The CLR type of the field's parent type.</typeparam>
public readonly struct Batch<T>
{
    private readonly T[] items;
    private readonly IFailures? failures;

    internal Batch(T[] items, int count, IFailures? failures)
    {
        this.items = items;
        Count = count;
        this.failures = failures;
    }

    /// <summary>At least 1: a field without parents is not called.</summary>
    public int Count { get; }

    /// <summary>A parent.</summary>
    public T this[int index] => Span[index];

    /// <summary>All parents in order.</summary>
    public ReadOnlySpan<T> Span => items.AsSpan(0, Count);

    /// <summary>One result a parent, by a pure function.</summary>
    public TResult[] Map<TResult>(Func<T, TResult> select)
    {
        var results = new TResult[Count];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = select(items[i]);
        }

        return results;
    }

    /// <summary>Whether something holds of every parent.</summary>
    public bool All(Predicate<T> condition)
    {
        foreach (var parent in Span)
        {
            if (!condition(parent))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Reports an error at one parent's position; what the result holds there is ignored and becomes null. The others are not touched.
    /// </summary>
    /// <param name="index">The parent's position in this batch.</param>
    /// <param name="message">A full sentence for the client.</param>
    /// <param name="code">For <c>extensions.code</c>.</param>
    public void Fail(int index, string message, string code)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        failures?.Fail(index, new GraphQLError(message) { Code = code });
    }

    /// <summary>A batch outside any request, for unit tests; failures go to <paramref name="failures"/>.</summary>
    public static Batch<T> Of(IReadOnlyList<T> parents, Action<int, GraphQLError>? failures = null) =>
        new([.. parents], parents.Count, failures is null ? null : new CallbackFailures(failures));

    private sealed class CallbackFailures(Action<int, GraphQLError> callback) : IFailures
    {
        public void Fail(int index, GraphQLError error) => callback(index, error);
    }
}

internal interface IFailures
{
    void Fail(int index, GraphQLError error);
}

/// <summary>
/// Thrown by a resolver to report an error to the client, at every position of the field, with its own words and code.
/// Any other exception is a bug or an outage: the client sees INTERNAL and a trace id, the log has the rest.
/// </summary>
public sealed class GraphQLException(string message, string code) : Exception(message)
{
    /// <summary>For <c>extensions.code</c>.</summary>
    public string Code => code;
}

/// <summary>An input field or argument that may be absent, which is not the same as null: absent leaves a value as it is, null clears it.</summary>
public readonly record struct Optional<T>
{
    private readonly T value;

    /// <summary>A value that was given, possibly null.</summary>
    public Optional(T value)
    {
        this.value = value;
        HasValue = true;
    }

    /// <summary>False where the client left it out.</summary>
    public bool HasValue { get; }

    /// <summary>The value given.</summary>
    /// <exception cref="InvalidOperationException">It was left out.</exception>
    public T Value => HasValue ? value : throw new InvalidOperationException("The value was left out.");

    /// <summary>The value given, or another where it was left out.</summary>
    public T Or(T other) => HasValue ? value : other;

    /// <summary>A value that was given.</summary>
    public static implicit operator Optional<T>(T value) => new(value);
}
