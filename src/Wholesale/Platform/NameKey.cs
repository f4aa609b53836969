namespace Wholesale.Platform;

/// <summary>What names sort by, stored beside them: the name without regard to case, compared ordinally, the same on every database.</summary>
public static class NameKey
{
    /// <summary>Characters kept, so that an index can hold it.</summary>
    public const int MaximumLength = 200;

    /// <summary>The key of a name.</summary>
    public static string Of(string name)
    {
        var key = name.ToUpperInvariant();
        return key.Length <= MaximumLength ? key : key[..MaximumLength];
    }
}
