using System.Runtime.InteropServices;

namespace Wholesale.GraphQL.Validation.Rules;

/// <summary>The fields of a selection set by response name, in buffers that serve one set after the other.</summary>
sealed class FieldGroups
{
    // Up to here a search is faster than hashing.
    const int MaxSearched = 8;

    readonly List<(SelectedField Field, int Next)> fields = [];
    readonly List<(string Name, int First, int Last)> groups = [];

    // Made anew for each large set: clearing one that has grown would cost its size again for every small set after it.
    Dictionary<string, int>? byName;
    int expected;

    /// <summary>How many response names there are.</summary>
    public int Count => groups.Count;

    /// <summary>Empties it for the next selection set.</summary>
    /// <param name="expectedCount">How many fields there will be, as far as that is known.</param>
    public void Clear(int expectedCount)
    {
        expected = expectedCount;
        fields.Clear();
        groups.Clear();
        byName = null;
    }

    public void Add(SelectedField field)
    {
        var name = field.Node.ResponseName;
        var index = fields.Count;
        fields.Add((field, -1));

        var found = Find(name);
        if (found < 0)
        {
            byName?.Add(name, groups.Count);
            groups.Add((name, index, index));
            return;
        }

        ref var group = ref CollectionsMarshal.AsSpan(groups)[found];
        CollectionsMarshal.AsSpan(fields)[group.Last].Next = index;
        group.Last = index;
    }

    /// <summary>Whether a group has one field only, and which.</summary>
    public bool IsSingle(int group, out SelectedField single)
    {
        var (_, first, last) = groups[group];
        single = fields[first].Field;
        return first == last;
    }

    /// <summary>Puts a group's fields, and nothing else, into a list.</summary>
    public void CopyTo(int group, List<SelectedField> target)
    {
        target.Clear();
        for (var i = groups[group].First; i >= 0; i = fields[i].Next)
        {
            target.Add(fields[i].Field);
        }
    }

    int Find(string name)
    {
        if (byName is not null)
        {
            return byName.GetValueOrDefault(name, -1);
        }

        for (var i = 0; i < groups.Count; i++)
        {
            if (groups[i].Name == name)
            {
                return i;
            }
        }

        if (groups.Count == MaxSearched)
        {
            byName = new Dictionary<string, int>(expected);
            for (var i = 0; i < groups.Count; i++)
            {
                byName.Add(groups[i].Name, i);
            }
        }

        return -1;
    }
}
