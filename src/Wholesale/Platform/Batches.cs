using Wholesale.GraphQL.Execution;

namespace Wholesale.Platform;

/// <summary>Deals what one statement read out to the parents of a batch.</summary>
public static class Batches
{
    /// <summary>The distinct keys of a batch's parents.</summary>
    public static List<long> Keys<TParent>(this Batch<TParent> parents, Func<TParent, long> key) => [.. parents.Map(key).Distinct()];

    /// <summary>The distinct keys of a batch's parents that have one.</summary>
    public static List<long> Keys<TParent>(this Batch<TParent> parents, Func<TParent, long?> key) => [.. parents.Map(key).OfType<long>().Distinct()];

    /// <summary>One thing a parent: null where its key is null or nothing has it.</summary>
    public static T?[] Pick<TParent, T>(this Batch<TParent> parents, Func<TParent, long?> key, IReadOnlyDictionary<long, T> things) where T : class =>
        parents.Map(parent => key(parent) is { } id ? things.GetValueOrDefault(id) : null);

    /// <summary>One thing a parent, where the database vouches for it.</summary>
    public static T[] Pick<TParent, T>(this Batch<TParent> parents, Func<TParent, long> key, IReadOnlyDictionary<long, T> things) where T : class =>
        parents.Map(parent => things[key(parent)]);

    /// <summary>One list a parent, in the order read.</summary>
    public static IReadOnlyList<T>[] Pick<TParent, T>(this Batch<TParent> parents, Func<TParent, long> key, ILookup<long, T> things) =>
        parents.Map<IReadOnlyList<T>>(parent => [.. things[key(parent)]]);

    /// <summary>Things in the order of their keys, null for keys that nothing has: what a <see cref="NodeLoader{T}"/> gives.</summary>
    public static IReadOnlyList<T?> InOrderOf<T>(this IEnumerable<T> things, IReadOnlyList<long> keys, Func<T, long> key) where T : class
    {
        var byKey = things.ToDictionary(key);
        return [.. keys.Select(k => byKey.GetValueOrDefault(k))];
    }
}
