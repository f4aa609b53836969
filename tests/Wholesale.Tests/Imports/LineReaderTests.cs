using System.Buffers;
using System.Text;
using Wholesale.Imports;

namespace Wholesale.Tests.Imports;

public sealed class LineReaderTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a\nb\n", "1:a 2:b")]
    [InlineData("a\nb", "1:a 2:b?")]
    [InlineData("\n\na\r\n", "1: 2: 3:a")]
    [InlineData("123456789\nb\n", "1! 2:b")]
    [InlineData("a\n123456789", "1:a 2!?")]
    [InlineData("12345678\n", "1:12345678")]
    public async Task Lines_are_numbered_and_bounded(string body, string expected)
    {
        Assert.Equal(expected, await Lines(new MemoryStream(Encoding.UTF8.GetBytes(body))));
        Assert.Equal(expected, await Lines(new Trickle(Encoding.UTF8.GetBytes(body))));
    }

    [Fact]
    public async Task A_line_that_never_ends_is_not_kept_in_memory()
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await using var reader = new LineReader(new Endless(400_000_000), maximumLength: 1_000_000);

        Assert.True(await reader.Read(CancellationToken.None));

        Assert.True(reader.IsTooLong);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 200_000_000); // other tests allocate meanwhile
    }

    [Fact]
    public async Task A_line_that_comes_in_by_the_byte_is_looked_through_once()
    {
        // In proportion it takes four times as long, and sixteen times if each byte made it look from the beginning.
        await Trickled(64 * 1024);
        var small = await Trickled(64 * 1024);
        var large = await Trickled(256 * 1024);

        Assert.InRange(large / small, 0, 9);
    }

    /// <summary>Milliseconds for a line of some length; the best of a few.</summary>
    private static async Task<double> Trickled(int length)
    {
        var bytes = new byte[length];
        var best = double.MaxValue;
        for (var repetition = 0; repetition < 5; repetition++)
        {
            await using var reader = new LineReader(new Trickle(bytes), length);
            var start = ThreadClock.Milliseconds;
            Assert.True(await reader.Read(CancellationToken.None));
            best = Math.Min(best, ThreadClock.Milliseconds - start);
        }

        return best;
    }

    private static async Task<string> Lines(Stream stream)
    {
        var lines = new List<string>();
        await using var reader = new LineReader(stream, maximumLength: 8);
        while (await reader.Read(CancellationToken.None))
        {
            var text = reader.IsTooLong ? "!" : ":" + Encoding.UTF8.GetString(reader.Line.ToArray()).TrimEnd('\r');
            lines.Add($"{reader.Number}{text}{(reader.IsUnfinished ? "?" : "")}");
        }

        return string.Join(' ', lines);
    }

    /// <summary>Gives one byte a read.</summary>
    private sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(1, buffer.Length)], cancellationToken);
    }

    /// <summary>Very many bytes without a line end.</summary>
    private sealed class Endless(long length) : Stream
    {
        private long rest = length;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Fill(buffer.AsSpan(offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Fill(buffer.Span));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private int Fill(Span<byte> buffer)
        {
            var count = (int)Math.Min(rest, buffer.Length);
            buffer[..count].Fill((byte)'x');
            rest -= count;
            return count;
        }
    }
}
