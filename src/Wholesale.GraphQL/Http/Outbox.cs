using System.Threading.Channels;

namespace Wholesale.GraphQL.Http;

/// <summary>
/// What is on its way to one client, in order. Events are put in without waiting, and the client that lets too many gather is dropped; a response waits until it is
/// sent, so that each operation holds one at most. Thread-safe; one sender takes out.
/// </summary>
/// <param name="maxQueuedBytes">Bytes of events at most, or one event however large.</param>
/// <param name="drop">Cuts the connection.</param>
internal sealed class Outbox(int maxQueuedBytes, Action drop)
{
    private readonly Channel<Message> messages = Channel.CreateUnbounded<Message>(new UnboundedChannelOptions { SingleReader = true });
    private int queuedBytes;

    /// <summary>Puts an event in; does nothing once the outbox is closed.</summary>
    /// <param name="bytes">Kept until it is sent.</param>
    public void Post(byte[] bytes)
    {
        var queued = Interlocked.Add(ref queuedBytes, bytes.Length);
        if (queued > maxQueuedBytes && queued > bytes.Length)
        {
            Close();
            drop();
        }

        messages.Writer.TryWrite(new Message(bytes, bytes.Length, null));
    }

    /// <summary>Puts a response in and waits until it is sent, or never will be.</summary>
    public Task Send(ReadOnlyMemory<byte> bytes)
    {
        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return messages.Writer.TryWrite(new Message(bytes, 0, sent)) ? sent.Task : Task.CompletedTask;
    }

    /// <summary>Takes nothing more in. What is in is still sent.</summary>
    public void Close() => messages.Writer.TryComplete();

    /// <summary>Sends until the outbox is closed and empty, or <paramref name="isOver"/>.</summary>
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

                Interlocked.Add(ref queuedBytes, -message.Counted);
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

    private readonly record struct Message(ReadOnlyMemory<byte> Bytes, int Counted, TaskCompletionSource? Sent);
}
