using System.Collections.Immutable;
using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL.Validation;

/// <summary>Finds names that stand more than once among siblings: arguments, input fields, variables, directives.</summary>
static class DuplicateNames
{
    // Up to here comparing each with each is faster than hashing, and allocates nothing.
    const int MaxCompared = 8;

    /// <summary>Whether there is any. Valid documents ask nothing else.</summary>
    public static bool Any<T>(ImmutableArray<T> items, Func<T, Name> nameOf)
    {
        if (items.Length > MaxCompared)
        {
            var seen = new HashSet<string>(items.Length);
            foreach (var item in items)
            {
                if (!seen.Add(nameOf(item).Value))
                {
                    return true;
                }
            }

            return false;
        }

        for (var i = 1; i < items.Length; i++)
        {
            var name = nameOf(items[i]).Value;
            for (var j = 0; j < i; j++)
            {
                if (nameOf(items[j]).Value == name)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Those names, each with all its places, in the order of the text.</summary>
    public static IEnumerable<Name[]> Of<T>(ImmutableArray<T> items, Func<T, Name> nameOf) =>
        items.Select(nameOf).GroupBy(name => name.Value).Where(same => same.Skip(1).Any()).Select(same => same.ToArray());
}
