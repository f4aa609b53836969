using Microsoft.EntityFrameworkCore;
using Wholesale.GraphQL.Execution;

namespace Wholesale.Platform.Database;

/// <summary>A page of each of many parents.</summary>
public static class ShortRanges
{
    /// <summary>Ranges in one statement: SQLite takes 500, and what puts a statement together goes a step deeper for each.</summary>
    public const int MaximumOfStatement = 100;

    /// <summary>
    /// The rows of a short range of each parent, by the union of all: one statement a hundred parents. A parent that stands in a batch more than once, as an order whose shipments were asked for theirs, is
    /// read once.
    /// </summary>
    /// <param name="parents">The parents.</param>
    /// <param name="key">What a parent is told from others by.</param>
    /// <param name="range">Its rows: few, in order, by an index.</param>
    /// <param name="cancellation">Stops the statements.</param>
    /// <returns>In no order.</returns>
    public static async ValueTask<List<T>> Ranges<TParent, T>(this IEnumerable<TParent> parents, Func<TParent, long> key, Func<TParent, IQueryable<T>> range, CancellationToken cancellation)
    {
        var rows = new List<T>();
        foreach (var some in parents.DistinctBy(key).Chunk(MaximumOfStatement))
        {
            rows.AddRange(await some.Select(range).Aggregate((union, next) => union.Concat(next)).ToListAsync(cancellation));
        }

        return rows;
    }

    /// <summary>The same of a batch's parents.</summary>
    public static ValueTask<List<T>> Ranges<TParent, T>(this Batch<TParent> parents, Func<TParent, long> key, Func<TParent, IQueryable<T>> range, CancellationToken cancellation) =>
        parents.Map(parent => parent).Ranges(key, range, cancellation);
}
