using System.Runtime.CompilerServices;
using Wholesale.GraphQL.Execution;
using Wholesale.GraphQL.Types;

namespace Wholesale.Platform.Events;

/// <summary>Where a write stands in line. On SQLite, which takes one writer at a time, in one line.</summary>
public enum WriteLane
{
    /// <summary>
    /// Behind all others that change what the seller's staff and systems keep, on whichever node: it may read much before it decides, and nothing of that changes meanwhile.
    /// </summary>
    Shared,

    /// <summary>
    /// Beside all others. What it decides upon is kept by the statements themselves: by a version that must still be the one that was read, or by a condition that must still
    /// hold of what is added.
    /// </summary>
    Own,
}

/// <summary>Which mutations have a lane of their own; all others are in the shared one.</summary>
public sealed class WriteLanes
{
    // As in Nodes: what the rooms register belongs to the map they register it in.
    private static readonly ConditionalWeakTable<ResolverMap, WriteLanes> Maps = [];

    private readonly HashSet<string> own = new(StringComparer.Ordinal);

    /// <summary>The lane of a mutation.</summary>
    public WriteLane Of(FieldDefinition mutation) => own.Contains(mutation.Name) ? WriteLane.Own : WriteLane.Shared;

    internal static WriteLanes Of(ResolverMap map) => Maps.GetOrCreateValue(map);

    internal void Add(string mutation) => own.Add(mutation);
}

/// <summary>What lanes add to a <see cref="ResolverMap"/>.</summary>
public static class WriteLaneFields
{
    /// <summary>Maps a mutation that has a lane of its own: see <see cref="WriteLane.Own"/>.</summary>
    /// <param name="map">The room's map.</param>
    /// <param name="mutation">Its name.</param>
    /// <param name="resolver">Its resolver.</param>
    public static void MutationInOwnLane(this ResolverMap map, string mutation, Delegate resolver)
    {
        map.Field($"Mutation.{mutation}", resolver);
        WriteLanes.Of(map).Add(mutation);
    }
}
