namespace Wholesale.Platform;

/// <summary>
/// What names sort by, stored beside them: the name without regard to case, compared as <see cref="Utf8Order"/> does, the same on every database. Without blanks at
/// its end, which SQL Server does not compare.
/// </summary>
public static class NameKey
{
    /// <summary>Characters kept, so that an index can hold it.</summary>
    public const int MaximumLength = 200;

    /// <summary>The key of a name.</summary>
    public static string Of(string name)
    {
        var key = name.ToUpperInvariant().TrimEnd(' ');
        return key.Length <= MaximumLength ? key : key[..MaximumLength].TrimEnd(' ');
    }
}
