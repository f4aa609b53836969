using System.Globalization;

namespace Wholesale.Platform;

/// <summary>
/// Where a thing stands in a tree, as a stored string: the ids from the top to the thing itself, as in <c>/7/12/</c>. Whatever lies in a subtree
/// has a path from the subtree's own to this with <see cref="End"/> behind it, so that one range of an index holds it.
/// </summary>
public static class TreePath
{
    /// <summary>Levels that a tree may have.</summary>
    public const int MaximumDepth = 20;

    /// <summary>Characters that the longest path has: 19 digits and a slash a level.</summary>
    public const int MaximumLength = 1 + (MaximumDepth * 20);

    /// <summary>What a subtree's path is followed by to sort behind all paths in it: ':' comes next after '9'. A constant, for queries.</summary>
    public const string End = ":";

    /// <summary>The path of a thing under a parent's path, or at the top.</summary>
    public static string Of(string? parentPath, long id) => string.Create(CultureInfo.InvariantCulture, $"{parentPath ?? "/"}{id}/");

    /// <summary>Whether a path lies in a subtree, its root included.</summary>
    public static bool Contains(string subtree, string path) => path.StartsWith(subtree, StringComparison.Ordinal);

    /// <summary>The ids on a path, from the top down.</summary>
    public static long[] Ids(string path) =>
        [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(id => long.Parse(id, CultureInfo.InvariantCulture))];

    /// <summary>Finds a thing's path by walking up.</summary>
    /// <param name="id">The thing.</param>
    /// <param name="parentOf">A thing's parent; null at the top.</param>
    /// <param name="path">The path found; empty where there is none.</param>
    public static TreePathResult Find(long id, Func<long, long?> parentOf, out string path)
    {
        path = "";
        var steps = new List<long> { id };
        var seen = new HashSet<long> { id };
        while (parentOf(steps[^1]) is { } parent)
        {
            if (!seen.Add(parent))
            {
                return parent == id ? TreePathResult.Circle : TreePathResult.BelowCircle;
            }

            steps.Add(parent);
        }

        if (steps.Count > MaximumDepth)
        {
            return TreePathResult.TooDeep;
        }

        for (var i = steps.Count - 1; i >= 0; i--)
        {
            path = Of(path.Length == 0 ? null : path, steps[i]);
        }

        return TreePathResult.Found;
    }
}

/// <summary>What a walk up a tree came to.</summary>
public enum TreePathResult
{
    /// <summary>A top, in as many steps as are allowed.</summary>
    Found,

    /// <summary>Where it began.</summary>
    Circle,

    /// <summary>A circle that its beginning is no part of.</summary>
    BelowCircle,

    /// <summary>A top, in more steps than are allowed.</summary>
    TooDeep,
}
