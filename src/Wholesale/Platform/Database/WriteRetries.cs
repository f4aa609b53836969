namespace Wholesale.Platform.Database;

/// <summary>When a write that was not committed is tried again as a whole, and after how long. How often: <see cref="DatabaseSettings.MaxRetries"/>.</summary>
internal static class WriteRetries
{
    /// <summary>Whether it may succeed a moment later, and nothing is done twice.</summary>
    /// <param name="failure">Why it was not committed.</param>
    /// <param name="isIdempotent">Whether an idempotency key tells what became of the first try, even where the database did not.</param>
    public static bool MayTryAgain(Exception failure, bool isIdempotent) =>
        failure is CommitUnknownException ? isIdempotent : DatabaseFaults.Of(failure).IsPassing();

    /// <summary>Longer each time, and never the same for two requests that failed together.</summary>
    public static TimeSpan Backoff(int retries) => TimeSpan.FromMilliseconds((50 << retries) * (0.5 + Ids.Jitter()));
}
