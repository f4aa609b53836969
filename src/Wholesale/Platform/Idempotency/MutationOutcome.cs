using Wholesale.Platform.Database;

namespace Wholesale.Platform.Idempotency;

/// <summary>What the mutations of a request say about its answer, beside the answer. One a request.</summary>
public sealed class MutationOutcome
{
    /// <summary>The first exception that nobody expected, unless a later one says that it is not known what happened; null: there was none.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Set by what runs a field when that failed: the answer is not kept, and its key stays free.</summary>
    public bool HasFailed { get; set; }

    /// <summary>Set by a field whose answer shows a secret: it must not be kept, so the request is refused with an idempotency key.</summary>
    public bool HoldsSecret { get; set; }

    /// <summary>Told of each exception that nobody expected, in whatever field.</summary>
    public void Note(Exception exception)
    {
        if (Failure is null || exception is CommitUnknownException)
        {
            Failure = exception;
        }
    }

    /// <summary>Forgets what the last try said.</summary>
    public void Clear() => (Failure, HasFailed, HoldsSecret) = (null, false, false);
}
