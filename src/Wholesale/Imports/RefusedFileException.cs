namespace Wholesale.Imports;

/// <summary>A request is refused as a whole, before anything was changed.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="code">The condition.</param>
/// <param name="detail">A full sentence for whoever sent it.</param>
internal sealed class RefusedFileException(int status, string code, string detail) : Exception(detail)
{
    /// <summary>The code of what cannot be read.</summary>
    public const string Unreadable = "FILE_UNREADABLE";

    /// <summary>The code of what is larger than files may be.</summary>
    public const string TooLarge = "FILE_TOO_LARGE";

    public int Status => status;

    public string Code => code;

    /// <summary>The file is not what it is said to be.</summary>
    public static RefusedFileException NotReadable(string detail) => new(StatusCodes.Status400BadRequest, Unreadable, detail);
}
