namespace Wholesale.GraphQL.Types;

/// <summary>Finds cycles in what refers to what.</summary>
internal static class Cycles
{
    /// <summary>
    /// Searches depth first, and yields every cycle that closes on the way: at least one wherever there is one. It keeps its own stack,
    /// because a chain may be as long as the schema.
    /// </summary>
    /// <param name="nodes">Where to start.</param>
    /// <param name="referencesOf">What a node refers to.</param>
    /// <returns>Cycles, each as its nodes in the order of the references.</returns>
    public static IEnumerable<IReadOnlyList<T>> Find<T>(IEnumerable<T> nodes, Func<T, IEnumerable<T>> referencesOf) where T : class
    {
        var visited = new HashSet<T>();
        var path = new List<T>();
        var positions = new Dictionary<T, int>();
        var open = new Stack<IEnumerator<T>>();
        open.Push(nodes.GetEnumerator());
        while (open.TryPeek(out var references))
        {
            if (!references.MoveNext())
            {
                open.Pop().Dispose();
                if (path.Count > 0)
                {
                    positions.Remove(path[^1]);
                    path.RemoveAt(path.Count - 1);
                }
            }
            else if (positions.TryGetValue(references.Current, out var start))
            {
                yield return path[start..];
            }
            else if (visited.Add(references.Current))
            {
                positions.Add(references.Current, path.Count);
                path.Add(references.Current);
                open.Push(referencesOf(references.Current).GetEnumerator());
            }
        }
    }
}
