namespace Wholesale.GraphQL.Http;

/// <summary>
/// Lets so many requests run at once, lets so many more wait, and refuses the rest at once: a server that takes more than it can do answers nobody in time.
/// Thread-safe.
/// </summary>
/// <param name="maxRunning">How many run at once, at least 1.</param>
/// <param name="maxWaiting">How many wait for their turn, in the order of their coming.</param>
public sealed class RequestGate(int maxRunning = 32, int maxWaiting = 64) : IDisposable
{
    private readonly SemaphoreSlim places = new(maxRunning);
    private int waiting;

    /// <summary>Takes a place, which is to be given back by <see cref="Leave"/>, if one is free.</summary>
    public bool TryEnter() => places.Wait(0, CancellationToken.None);

    /// <summary>Waits for a place, which is to be given back by <see cref="Leave"/>.</summary>
    /// <returns>False if too many wait already.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled before its turn.</exception>
    public ValueTask<bool> Enter(CancellationToken cancellation) =>
        TryEnter() ? new ValueTask<bool>(true) : WaitInLine(cancellation);

    /// <summary>Gives a place back.</summary>
    public void Leave() => places.Release();

    /// <inheritdoc/>
    public void Dispose() => places.Dispose();

    private async ValueTask<bool> WaitInLine(CancellationToken cancellation)
    {
        try
        {
            if (Interlocked.Increment(ref waiting) > maxWaiting)
            {
                return false;
            }

            await places.WaitAsync(cancellation);
            return true;
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }
}
