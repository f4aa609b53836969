using Wholesale.GraphQL.Execution;

namespace Wholesale.Platform;

/// <summary>A page of a list, as Relay's connections give it.</summary>
/// <param name="Edges">The rows with their cursors.</param>
/// <param name="PageInfo">Where the page lies.</param>
/// <param name="Count">Counts the whole list; null where that is not offered. Called only if <c>totalCount</c> is selected.</param>
public sealed record Connection<T>(IReadOnlyList<Edge<T>> Edges, PageInfo PageInfo, Func<ValueTask<int>>? Count = null);

/// <summary>A row of a page.</summary>
/// <param name="Cursor">The row's place: see <see cref="Platform.Cursor"/>.</param>
/// <param name="Node">The row.</param>
public sealed record Edge<T>(string Cursor, T Node);

/// <summary>Where a page lies.</summary>
/// <param name="HasNextPage">Whether there are rows behind it.</param>
/// <param name="HasPreviousPage">Whether it began behind a cursor.</param>
/// <param name="StartCursor">The first row's; null on an empty page.</param>
/// <param name="EndCursor">The last row's; null on an empty page.</param>
public sealed record PageInfo(bool HasNextPage, bool HasPreviousPage, string? StartCursor, string? EndCursor);

/// <summary>How much of a list is asked for: the arguments <c>first</c> and <c>after</c>, checked.</summary>
public readonly record struct Page
{
    /// <summary>The size when none is asked for.</summary>
    public const int DefaultSize = 20;

    /// <summary>The greatest size.</summary>
    public const int MaximumSize = 250;

    private Page(int size, string? after) => (Size, After) = (size, after);

    /// <summary>How many rows at most, 1–250.</summary>
    public int Size { get; }

    /// <summary>How many rows to read: one more than asked for tells whether there is a next page.</summary>
    public int Take => Size + 1;

    /// <summary>The text of the cursor to begin behind; null: from the start.</summary>
    public string? After { get; }

    /// <summary>Checks the arguments of a connection.</summary>
    /// <param name="first">How many rows; null for <see cref="DefaultSize"/>.</param>
    /// <param name="after">A cursor of an earlier page; null from the start.</param>
    /// <exception cref="GraphQLException">INVALID_PAGE_SIZE: <paramref name="first"/> is not 1–250.</exception>
    public static Page Of(int? first, string? after = null)
    {
        var size = first ?? DefaultSize;
        CheckSize(size, MaximumSize);
        return new Page(size, after);
    }

    /// <summary>Checks the argument <c>first</c> of a list.</summary>
    /// <exception cref="GraphQLException">INVALID_PAGE_SIZE: it is not 1–<paramref name="maximum"/>.</exception>
    public static void CheckSize(int first, int maximum)
    {
        if (first < 1 || first > maximum)
        {
            throw new GraphQLException($"`first` must be from 1 to {maximum}, not {first}.", "INVALID_PAGE_SIZE");
        }
    }

    /// <summary>Makes the page of rows read behind <see cref="After"/>.</summary>
    /// <param name="rows">At most <see cref="Take"/> rows in order.</param>
    /// <param name="cursor">A row's place.</param>
    /// <param name="count">Counts the whole list, where that is offered.</param>
    public Connection<T> Connect<T>(IReadOnlyList<T> rows, Func<T, string> cursor, Func<ValueTask<int>>? count = null)
    {
        var edges = new Edge<T>[Math.Min(rows.Count, Size)];
        for (var i = 0; i < edges.Length; i++)
        {
            edges[i] = new Edge<T>(cursor(rows[i]), rows[i]);
        }

        return new Connection<T>(
            edges,
            new PageInfo(rows.Count > Size, After is not null, edges.FirstOrDefault()?.Cursor, edges.LastOrDefault()?.Cursor),
            count);
    }
}

/// <summary>What connections add to a <see cref="ResolverMap"/>.</summary>
public static class ConnectionFields
{
    /// <summary>Answers <c>totalCount</c> of a connection type by <see cref="Connection{T}.Count"/>: one count a connection.</summary>
    public static void TotalCount<T>(this ResolverMap map, string connectionType) => map.Field($"{connectionType}.totalCount", Counts<T>);

    private static async ValueTask<IReadOnlyList<int>> Counts<T>(Batch<Connection<T>> connections)
    {
        var counts = new int[connections.Count];
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = connections[i].Count is { } count ? await count() : throw new InvalidOperationException("This list cannot be counted.");
        }

        return counts;
    }
}
