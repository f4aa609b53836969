using System.Threading.Channels;

namespace Wholesale.GraphQL.Http;

/// <summary>
/// What is on its way to one client, in order. Whoever brings an event waits while too many bytes are queued, so that a replay goes as fast as its reader; the sender
/// drops a client that reads nothing. A response waits until it is sent, so that each operation has one here at most. Thread-safe; one sender takes out.
/// </summary>
/// <param name="maxQueuedBytes">Bytes at most; one event may be larger.</param>
/// <param name="drop">Cuts the connection.</param>
internal sealed class Outbox(int maxQueuedBytes, Action drop)
{
    private readonly Channel<Message> messages = Channel.CreateUnbounded<Message>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Lock sync = new();
    private TaskCompletionSource? room;
    private int queuedBytes;
    private bool isClosed;

    /// <summary>Puts an event in, when there is room.</summary>
    /// <param name="bytes">Kept until it is sent.</param>
    /// <exception cref="OperationCanceledException">It was cancelled before there was room.</exception>
    public async ValueTask Add(byte[] bytes, CancellationToken cancellation)
    {
        while (!TryAdd(bytes, out var freed))
        {
            await freed.WaitAsync(cancellation);
        }
    }

    /// <summary>Puts one of the protocol's own messages in. Nobody waits for those: a client that asks for more than it reads is dropped.</summary>
    public void Post(byte[] bytes)
    {
        lock (sync)
        {
            queuedBytes += bytes.Length;
            messages.Writer.TryWrite(new Message(bytes, bytes.Length, null));
            if (queuedBytes <= 2 * maxQueuedBytes || isClosed)
            {
                return;
            }
        }

        drop();
    }

    /// <summary>Puts a response in and waits until it is sent, or never will be.</summary>
    public Task Send(ReadOnlyMemory<byte> bytes)
    {
        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return messages.Writer.TryWrite(new Message(bytes, 0, sent)) ? sent.Task : Task.CompletedTask;
    }

    /// <summary>Takes nothing more in: what comes is lost. What is in is still sent.</summary>
    public void Close()
    {
        lock (sync)
        {
            isClosed = true;
            messages.Writer.TryComplete();
            room?.TrySetResult();
        }
    }

    /// <summary>Sends until the outbox is closed and empty.</summary>
    /// <param name="send">Sends one message.</param>
    /// <param name="isOver">Whether what is in the outbox is not to be sent any more.</param>
    public async Task Run(Func<ReadOnlyMemory<byte>, ValueTask> send, Func<bool> isOver)
    {
        try
        {
            await foreach (var message in messages.Reader.ReadAllAsync())
            {
                if (!isOver())
                {
                    await send(message.Bytes);
                }

                Free(message.Counted);
                message.Sent?.TrySetResult();
            }
        }
        finally
        {
            Close();
            while (messages.Reader.TryRead(out var unsent))
            {
                unsent.Sent?.TrySetResult();
            }
        }
    }

    /// <param name="freed">What to wait for where there is no room.</param>
    private bool TryAdd(byte[] bytes, out Task freed)
    {
        lock (sync)
        {
            if (queuedBytes > 0 && queuedBytes + bytes.Length > maxQueuedBytes && !isClosed)
            {
                freed = (room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
                return false;
            }

            queuedBytes += bytes.Length;
            messages.Writer.TryWrite(new Message(bytes, bytes.Length, null));
            freed = Task.CompletedTask;
            return true;
        }
    }

    private void Free(int bytes)
    {
        lock (sync)
        {
            queuedBytes -= bytes;
            room?.TrySetResult();
            room = null;
        }
    }

    private readonly record struct Message(ReadOnlyMemory<byte> Bytes, int Counted, TaskCompletionSource? Sent);
}
