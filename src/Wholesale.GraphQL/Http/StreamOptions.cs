using System.Collections.Concurrent;

namespace Wholesale.GraphQL.Http;

/// <summary>What sockets and event streams may take, whoever opens them; <see cref="RequestLimits"/> has what a caller may. Endpoints of one process may share it.</summary>
public sealed record StreamOptions
{
    internal const int FrameBytes = 64 * 1024;

    /// <summary>Bytes of a message from a client; one more closes the socket with 1009.</summary>
    public int MaxMessageBytes { get; init; } = 64 * 1024;

    /// <summary>Bytes of events that wait for a client to read them. Beyond it the source waits, until <see cref="SendTimeout"/> ends that.</summary>
    public int MaxQueuedBytes { get; init; } = 256 * 1024;

    /// <summary>How long a socket may take to be acknowledged; then it is closed with 4408.</summary>
    public TimeSpan InitTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How often something is sent on an idle stream, and how long a socket's client may take to answer a ping before it is taken for dead.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>How long a client may take to read at most 64 KB; then it is dropped.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a client may take to answer the closing of its socket; then the connection is cut.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    internal OpenStreams Open { get; } = new();
}

/// <summary>How many streams each account has open on this process. Thread-safe.</summary>
internal sealed class OpenStreams
{
    private readonly ConcurrentDictionary<object, int> counts = new();

    /// <summary>Counts one more, unless there are as many as there may be; <see cref="Leave"/> ends it.</summary>
    public bool TryEnter(object account, int maximum)
    {
        while (true)
        {
            var count = counts.GetOrAdd(account, 0);
            if (count >= maximum)
            {
                return false;
            }

            if (counts.TryUpdate(account, count + 1, count))
            {
                return true;
            }
        }
    }

    /// <summary>Counts one less; accounts without streams are forgotten.</summary>
    public void Leave(object account)
    {
        while (true)
        {
            var count = counts[account];
            if (count == 1 ? counts.TryRemove(new(account, 1)) : counts.TryUpdate(account, count - 1, count))
            {
                return;
            }
        }
    }
}
