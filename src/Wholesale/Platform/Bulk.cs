namespace Wholesale.Platform;

/// <summary>What became of a row.</summary>
public enum RowOutcome
{
    /// <summary>Carried out, even if it changed nothing.</summary>
    Applied,

    /// <summary>Older than what is there.</summary>
    Skipped,

    /// <summary>Not carried out: it has errors, or another row has and the mode is <see cref="BulkMode.AllOrNothing"/>.</summary>
    Failed,
}

/// <summary>What became of one row of a bulk call.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Thing">The thing as it is now; null if the row failed.</param>
/// <param name="Errors">Paths begin at the row. Empty unless the row failed.</param>
public sealed record RowResult<T>(RowOutcome Outcome, T? Thing, IReadOnlyList<UserError> Errors) where T : class;

/// <summary>What became of all rows of a bulk call, in the order given.</summary>
/// <param name="Rows">One a row.</param>
public sealed record BulkResult<T>(IReadOnlyList<RowResult<T>> Rows) where T : class
{
    /// <summary>How many rows came to what.</summary>
    public BulkCounts Counts => new(Rows.Count, Count(RowOutcome.Applied), Count(RowOutcome.Skipped), Count(RowOutcome.Failed));

    /// <summary>The things of the rows that did not fail.</summary>
    public IReadOnlyList<T> Things => [.. Rows.Where(row => row.Thing is not null).Select(row => row.Thing!)];

    /// <summary>All errors, with paths that begin at the input object.</summary>
    /// <param name="field">The input object's field that holds the rows.</param>
    public IReadOnlyList<UserError> Errors(string field) =>
        [.. Rows.SelectMany((row, index) => row.Errors.Select(error => error.Under(field, RowErrors.Position(index))))];

    private int Count(RowOutcome outcome) => Rows.Count(row => row.Outcome == outcome);
}

/// <summary>A row on its way: its errors so far, and the thing it makes or changes.</summary>
/// <typeparam name="TInput">The row as it was given.</typeparam>
/// <typeparam name="T">The thing.</typeparam>
public sealed class BulkRow<TInput, T>(TInput input) where T : class
{
    /// <summary>As it was given.</summary>
    public TInput Input => input;

    /// <summary>What is wrong with it so far.</summary>
    public RowErrors Errors { get; } = new();

    /// <summary>What it makes or changes, once that is known.</summary>
    public T? Thing { get; set; }

    /// <summary>Whether something newer is there.</summary>
    public bool IsSkipped { get; set; }

    /// <summary>Whether it is to be carried out.</summary>
    public bool IsGood => !IsSkipped && !Errors.Any;

    /// <summary>Wraps rows.</summary>
    public static List<BulkRow<TInput, T>> Of(IEnumerable<TInput> inputs) => [.. inputs.Select(input => new BulkRow<TInput, T>(input))];

    /// <summary>Reports all rows but the first of each key.</summary>
    /// <param name="field">The row's field that holds the key; null where the row is the key.</param>
    public static void RefuseDuplicates(IEnumerable<BulkRow<TInput, T>> rows, Func<TInput, string> key, string? field)
    {
        var first = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (!first.Add(key(row.Input)))
            {
                row.Errors.Add(ErrorCodes.DuplicateRow, $"\"{key(row.Input)}\" stands in an earlier row of this call already.", field is null ? [] : [field]);
            }
        }
    }

    /// <summary>Gives up the good rows where a bad one forbids them, and says whether anything is left to carry out.</summary>
    public static bool MayProceed(IReadOnlyList<BulkRow<TInput, T>> rows, BulkMode mode) =>
        rows.Any(row => row.IsGood) && (mode == BulkMode.Partial || !rows.Any(row => row.Errors.Any));

    /// <summary>What became of the rows.</summary>
    public static BulkResult<T> Result(IReadOnlyList<BulkRow<TInput, T>> rows, BulkMode mode)
    {
        var givenUp = mode == BulkMode.AllOrNothing && rows.Any(row => row.Errors.Any);
        return new BulkResult<T>([.. rows.Select(row =>
            row.IsSkipped ? new RowResult<T>(RowOutcome.Skipped, row.Thing, [])
            : row.Errors.Any || givenUp ? new RowResult<T>(RowOutcome.Failed, null, row.Errors.ToList())
            : new RowResult<T>(RowOutcome.Applied, row.Thing, []))]);
    }
}
