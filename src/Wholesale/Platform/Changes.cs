namespace Wholesale.Platform;

/// <summary>What a call adds and changes.</summary>
internal sealed class Changes<T>
{
    /// <summary>To be inserted.</summary>
    public List<T> Added { get; } = [];

    /// <summary>To be updated.</summary>
    public List<T> Changed { get; } = [];

    /// <summary>Files a thing under what was done to it; unchanged things under neither.</summary>
    public void Note(T thing, bool isNew, bool isChanged)
    {
        if (isNew)
        {
            Added.Add(thing);
        }
        else if (isChanged)
        {
            Changed.Add(thing);
        }
    }
}
