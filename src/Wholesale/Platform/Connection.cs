using Wholesale.GraphQL.Execution;

namespace Wholesale.Platform;

/// <summary>A page of a list, as Relay's connections give it. What nobody asks for is not made: cursors are written when they are read.</summary>
public sealed record Connection<T>
{
    private PageInfo? pageInfo;

    /// <summary>A page.</summary>
    /// <param name="edges">The rows with their cursors.</param>
    /// <param name="hasNextPage">Whether there are rows behind it.</param>
    /// <param name="hasPreviousPage">Whether it began behind a cursor.</param>
    /// <param name="count">Counts the whole list; null where that is not offered. Called only if <c>totalCount</c> is selected.</param>
    public Connection(IReadOnlyList<Edge<T>> edges, bool hasNextPage, bool hasPreviousPage, Func<ValueTask<int>>? count = null) =>
        (Edges, HasNextPage, HasPreviousPage, Count) = (edges, hasNextPage, hasPreviousPage, count);

    /// <summary>A page whose place is not that of its edges.</summary>
    public Connection(IReadOnlyList<Edge<T>> edges, PageInfo pageInfo) => (Edges, PageInfo) = (edges, pageInfo);

    /// <summary>The rows with their cursors.</summary>
    public IReadOnlyList<Edge<T>> Edges { get; }

    /// <summary>Where the page lies.</summary>
    public PageInfo PageInfo
    {
        get => pageInfo ??= new(HasNextPage, HasPreviousPage, Edges.Count == 0 ? null : Edges[0].Cursor, Edges.Count == 0 ? null : Edges[^1].Cursor);
        init => pageInfo = value;
    }

    /// <summary>Counts the whole list; null where that is not offered.</summary>
    public Func<ValueTask<int>>? Count { get; }

    private bool HasNextPage { get; }

    private bool HasPreviousPage { get; }
}

/// <summary>A row of a page.</summary>
/// <param name="node">The row.</param>
/// <param name="cursor">Tells its place.</param>
public sealed class Edge<T>(T node, Func<T, string> cursor)
{
    /// <summary>The row's place: see <see cref="Platform.Cursor"/>.</summary>
    public string Cursor => cursor(node);

    /// <summary>The row.</summary>
    public T Node => node;
}

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
            edges[i] = new(rows[i], cursor);
        }

        return new(edges, rows.Count > Size, After is not null, count);
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
