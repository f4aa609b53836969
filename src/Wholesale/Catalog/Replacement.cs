namespace Wholesale.Catalog;

/// <summary>Rows that compare by value, to be put in the place of others.</summary>
internal sealed class Replacement<T>
{
    /// <summary>To be deleted, before the others are inserted.</summary>
    public List<T> Removed { get; } = [];

    /// <summary>To be inserted.</summary>
    public List<T> Added { get; } = [];

    /// <summary>Notes what to remove and what to add.</summary>
    /// <returns>Whether there is anything to do.</returns>
    public bool Replace(IEnumerable<T> old, IEnumerable<T> wanted)
    {
        var (before, after) = (old.ToHashSet(), wanted.ToHashSet());
        var count = Removed.Count + Added.Count;
        Removed.AddRange(before.Where(row => !after.Contains(row)));
        Added.AddRange(after.Where(row => !before.Contains(row)));
        return Removed.Count + Added.Count > count;
    }
}
