using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Wholesale.Tests;

namespace Wholesale.GraphQL.Tests.Execution;

/// <summary>A source that a test drives: everyone who reads it gets what is put in from then on.</summary>
internal sealed class Feed<T>
{
    private readonly Lock sync = new();
    private readonly List<Channel<T>> readers = [];

    /// <summary>How many read now.</summary>
    public int Readers
    {
        get
        {
            lock (sync)
            {
                return readers.Count;
            }
        }
    }

    /// <summary>How many were opened and disposed of.</summary>
    public int Disposed { get; private set; }

    public async IAsyncEnumerable<T> Read([EnumeratorCancellation] CancellationToken cancellation)
    {
        var channel = Channel.CreateUnbounded<T>();
        lock (sync)
        {
            readers.Add(channel);
        }

        try
        {
            await foreach (var value in channel.Reader.ReadAllAsync(cancellation))
            {
                yield return value;
            }
        }
        finally
        {
            lock (sync)
            {
                readers.Remove(channel);
                Disposed++;
            }
        }
    }

    public void Put(T value) => ForEach(reader => reader.TryWrite(value));

    /// <summary>Ends every reader's stream, by an error if there is one.</summary>
    public void End(Exception? error = null) => ForEach(reader => reader.TryComplete(error));

    public Task HasReaders(int count = 1) => Eventually.Holds(() => Readers == count);

    private void ForEach(Action<ChannelWriter<T>> action)
    {
        lock (sync)
        {
            readers.ForEach(reader => action(reader.Writer));
        }
    }
}
