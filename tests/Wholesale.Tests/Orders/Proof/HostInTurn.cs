using Wholesale.Tests.Faults;

namespace Wholesale.Tests.Orders.Proof;

/// <summary>The one host of many that runs now, for those who send to whatever host there is. Thread-safe.</summary>
internal sealed class HostInTurn
{
    private volatile TaskCompletionSource<HostProcess> host = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int resent;
    private int replayed;

    /// <summary>The one that runs, or the next one.</summary>
    public Task<HostProcess> Now => host.Task;

    /// <summary>How many requests had to be sent again.</summary>
    public int Resent => Volatile.Read(ref resent);

    /// <summary>How many of these had been carried out.</summary>
    public int Replayed => Volatile.Read(ref replayed);

    /// <summary>Requests wait from now on; those that are on their way may be lost.</summary>
    public void Wait() => host = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Continue(HostProcess next) => host.SetResult(next);

    /// <summary>Whether a request failed because its host was killed.</summary>
    public static bool IsKilled(HostProcess process, Exception exception) =>
        process.IsKilled && exception is HttpRequestException or IOException or OperationCanceledException or ObjectDisposedException;

    /// <summary>Sends a request until it is answered.</summary>
    /// <param name="send">With a key that makes it safe to repeat.</param>
    public async Task<Answer> Send(Func<HttpClient, Task<Answer>> send)
    {
        for (var isAgain = false; ; isAgain = true)
        {
            var process = await Now;
            try
            {
                var answer = await send(process.Client);
                Interlocked.Add(ref replayed, answer.IsReplay ? 1 : 0);
                Assert.True(isAgain || !answer.IsReplay);
                return answer;
            }
            catch (Exception exception) when (IsKilled(process, exception))
            {
                Interlocked.Increment(ref resent);
            }
        }
    }
}
