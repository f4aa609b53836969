using System.Runtime.CompilerServices;
using Wholesale.GraphQL.Execution;

namespace Wholesale.Platform;

/// <summary>
/// Reads things of one type by their keys, for <c>node</c> and <c>nodes</c>: the same visibility as everywhere else in the room.
/// One result a key, null where there is none or the caller may not see it.
/// </summary>
/// <param name="keys">Distinct, at least one.</param>
/// <param name="context">The request, for its services and its caller.</param>
public delegate ValueTask<IReadOnlyList<T?>> NodeLoader<T>(IReadOnlyList<long> keys, RequestContext context) where T : class;

/// <summary>Everything that has an id: <c>Query.node</c>, <c>Query.nodes</c> and each type's <c>id</c>.</summary>
public static class Nodes
{
    /// <summary>How many ids <c>nodes</c> takes.</summary>
    public const int MaximumIds = 250;

    // The loaders belong to the map they were registered in, and the engine's map holds nothing but fields.
    private static readonly ConditionalWeakTable<ResolverMap, Dictionary<string, NodeLoader<object>>> Loaders = [];

    /// <summary>Answers <c>Query.node</c> and <c>Query.nodes</c> by the loaders that the rooms register.</summary>
    public static void Map(ResolverMap map)
    {
        var loaders = Loaders.GetOrCreateValue(map);
        map.Field("Query.node", async ValueTask<object?> (NodeId id, RequestContext context) => (await Load(loaders, [id], context))[0]);
        map.Field("Query.nodes", (IReadOnlyList<NodeId> ids, RequestContext context) => Load(loaders, ids, context));
    }

    /// <summary>Maps a type's <c>id</c> and registers how its things are read by their keys.</summary>
    /// <param name="map">The room's map.</param>
    /// <param name="type">The object type's name, which becomes part of its ids: it is never changed.</param>
    /// <param name="key">The key within the type.</param>
    /// <param name="load">Reads things by their keys.</param>
    public static void Node<T>(this ResolverMap map, string type, Func<T, long> key, NodeLoader<T> load) where T : class
    {
        map.Type<T>(type);
        map.Field($"{type}.id", (Batch<T> things) => things.Map(thing => new NodeId(type, key(thing))));
        Loaders.GetOrCreateValue(map).Add(type, async (keys, context) => await load(keys, context));
    }

    internal static async ValueTask<IReadOnlyList<object?>> Load(
        Dictionary<string, NodeLoader<object>> loaders, IReadOnlyList<NodeId> ids, RequestContext context)
    {
        if (ids.Count > MaximumIds)
        {
            throw new GraphQLException($"At most {MaximumIds} ids can be asked for at once, not {ids.Count}.", ErrorCodes.TooManyRows);
        }

        var found = new Dictionary<NodeId, object>();
        foreach (var group in ids.Distinct().GroupBy(id => id.Type).Where(group => loaders.ContainsKey(group.Key)))
        {
            var wanted = group.ToList();
            var things = await loaders[group.Key]([.. wanted.Select(id => id.Key)], context);
            if (things.Count != wanted.Count)
            {
                throw new InvalidOperationException($"The loader of {group.Key} gave {things.Count} results for {wanted.Count} keys.");
            }

            for (var i = 0; i < wanted.Count; i++)
            {
                if (things[i] is { } thing)
                {
                    found.Add(wanted[i], thing);
                }
            }
        }

        return [.. ids.Select(id => found.GetValueOrDefault(id))];
    }
}
