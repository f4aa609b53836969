namespace Wholesale.Platform;

/// <summary>Why a mutation, or one row of it, was not carried out. Expected by the business, so it is returned, never thrown.</summary>
/// <param name="Code">The condition: a constant of <see cref="ErrorCodes"/> or of a room's own.</param>
/// <param name="Message">A full sentence that names the value.</param>
/// <param name="Path">Field names and list positions from the input object on; null where it concerns no one place.</param>
public sealed record UserError(string Code, string Message, IReadOnlyList<string>? Path = null)
{
    /// <summary>The same error seen from further out: a row's error becomes one of the input that holds the row.</summary>
    public UserError Under(params ReadOnlySpan<string> outer) => this with { Path = [.. outer, .. Path ?? []] };
}

/// <summary>The codes that belong to no one room. Each room has further ones beside its messages.</summary>
public static class ErrorCodes
{
    /// <summary>A value is not of its form or outside its range.</summary>
    public const string InvalidValue = "INVALID_VALUE";

    /// <summary>Something named by an id or key does not exist, or is not the caller's to see.</summary>
    public const string NotFound = "NOT_FOUND";

    /// <summary>It was changed meanwhile.</summary>
    public const string Conflict = "CONFLICT";

    /// <summary>The same key stands twice in one call.</summary>
    public const string DuplicateRow = "DUPLICATE_ROW";

    /// <summary>Another thing has this key already.</summary>
    public const string AlreadyExists = "ALREADY_EXISTS";

    /// <summary>More rows or items than allowed.</summary>
    public const string TooManyRows = "TOO_MANY_ROWS";
}

/// <summary>What happens to the good rows when others are bad.</summary>
public enum BulkMode
{
    /// <summary>Good rows are carried out, bad ones are reported.</summary>
    Partial,

    /// <summary>One bad row, and nothing is carried out.</summary>
    AllOrNothing,
}

/// <summary>What became of the rows of a bulk call; the last three add up to the first.</summary>
/// <param name="Received">Rows received.</param>
/// <param name="Applied">Rows carried out, including those that changed nothing.</param>
/// <param name="Skipped">Rows older than what is there.</param>
/// <param name="Failed">Rows with errors.</param>
public sealed record BulkCounts(int Received, int Applied, int Skipped, int Failed)
{
    /// <summary>A call that was refused as a whole.</summary>
    public static BulkCounts Refused(int rows) => new(rows, 0, 0, rows);
}
