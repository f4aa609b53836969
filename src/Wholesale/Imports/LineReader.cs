using System.Buffers;
using System.IO.Pipelines;

namespace Wholesale.Imports;

/// <summary>
/// The lines of a stream, whatever its length: no more than one line and one buffer are in memory. A line that is too long is passed over as it
/// comes in.
/// </summary>
/// <param name="stream">The body; not closed.</param>
/// <param name="maximumLength">Bytes that a line may have.</param>
internal sealed class LineReader(Stream stream, int maximumLength) : IAsyncDisposable
{
    private readonly PipeReader pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
    private SequencePosition? behindLine;

    /// <summary>The number of the line last read, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>The line last read, without its end; empty if it was too long. Valid until the next is read.</summary>
    public ReadOnlySequence<byte> Line { get; private set; }

    /// <summary>Whether the line last read was too long.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Whether the line last read ended with the stream instead of a line end.</summary>
    public bool IsUnfinished { get; private set; }

    /// <summary>Reads the next line.</summary>
    /// <returns>False at the end of the stream.</returns>
    public async ValueTask<bool> Read(CancellationToken cancellation)
    {
        if (behindLine is { } start)
        {
            pipe.AdvanceTo(start);
            behindLine = null;
        }

        // How much of the line is known to hold no end: a line may come in by the byte.
        var seen = 0L;
        IsTooLong = false;
        while (true)
        {
            var result = await pipe.ReadAsync(cancellation);
            var buffer = result.Buffer;
            if (buffer.Slice(seen).PositionOf((byte)'\n') is { } end)
            {
                Take(buffer.Slice(0, end), buffer.GetPosition(1, end));
                return true;
            }

            if (result.IsCompleted)
            {
                if (buffer.IsEmpty && !IsTooLong)
                {
                    pipe.AdvanceTo(buffer.End);
                    return false;
                }

                Take(buffer, buffer.End);
                IsUnfinished = true;
                return true;
            }

            IsTooLong |= buffer.Length > maximumLength;
            seen = IsTooLong ? 0 : buffer.Length;
            pipe.AdvanceTo(IsTooLong ? buffer.End : buffer.Start, buffer.End);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => pipe.CompleteAsync();

    private void Take(ReadOnlySequence<byte> line, SequencePosition behind)
    {
        Number++;
        behindLine = behind;
        IsTooLong |= line.Length > maximumLength;
        Line = IsTooLong ? default : line;
    }
}
