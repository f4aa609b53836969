using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Wholesale.Pricing;

/// <summary>
/// The columns as bytes for Redis: those of the arrays as they are, one column after the other. Nothing is parsed: columns are filled in place with pieces that
/// come in any order, and only the hash table is made anew, which is quicker than to carry it.
/// </summary>
public sealed partial class PriceColumns
{
    private StrongBox<UInt128>? hash;

    private delegate void PartHandler(Span<byte> part, int at);

    /// <summary>What the columns are, without what is in them.</summary>
    internal PriceColumnsShape Shape => new(
        variantIds.Length,
        unitPrices.Length,
        intervals.Length,
        (starts is null ? PriceColumnsParts.None : PriceColumnsParts.Starts)
            | (quantities is null ? PriceColumnsParts.None : PriceColumnsParts.Quantities)
            | (wideQuantities is null ? PriceColumnsParts.None : PriceColumnsParts.WideQuantities)
            | (validities is null ? PriceColumnsParts.None : PriceColumnsParts.Validities));

    /// <summary>XXH128 of the bytes: by it columns are found again, and known to be what was written.</summary>
    internal UInt128 Hash => (hash ??= new(HashOf(Shape.Bytes))).Value;

    /// <summary>Copies some of the bytes.</summary>
    /// <param name="offset">From which one on.</param>
    /// <param name="target">Gets as many as it takes.</param>
    internal void CopyTo(long offset, Memory<byte> target) => Walk(offset, target.Length, (part, at) => part.CopyTo(target.Span[at..]));

    private UInt128 HashOf(long count)
    {
        var sum = new XxHash128();
        const int Step = 1 << 20;
        for (var offset = 0L; offset < count; offset += Step)
        {
            Walk(offset, (int)Math.Min(Step, count - offset), (part, _) => sum.Append(part));
        }

        return sum.GetCurrentHashAsUInt128();
    }

    /// <summary>Visits the parts of columns that a range of the bytes lies in, in their order.</summary>
    private void Walk(long offset, int length, PartHandler visit)
    {
        var position = 0L;
        void Visit<T>(T[]? column) where T : unmanaged
        {
            var bytes = MemoryMarshal.AsBytes(column.AsSpan());
            var (from, to) = (Math.Max(position, offset), Math.Min(position + bytes.Length, offset + length));
            if (from < to)
            {
                visit(bytes[(int)(from - position)..(int)(to - position)], (int)(from - offset));
            }

            position += bytes.Length;
        }

        Visit(variantIds);
        Visit(starts);
        Visit(quantities);
        Visit(wideQuantities);
        Visit(unitPrices);
        Visit(validities);
        Visit(intervals);
    }

    /// <summary>Columns that are being filled with bytes. Not thread-safe.</summary>
    internal sealed class Filling
    {
        private readonly PriceColumns columns;

        /// <summary>Empty columns of a shape.</summary>
        public Filling(PriceColumnsShape shape)
        {
            T[]? Of<T>(PriceColumnsParts part, int count) => shape.Parts.HasFlag(part) ? new T[count] : null;
            columns = new PriceColumns(
                new long[shape.Variants],
                Of<int>(PriceColumnsParts.Starts, shape.Variants + 1),
                Of<int>(PriceColumnsParts.Quantities, shape.Rows),
                Of<long>(PriceColumnsParts.WideQuantities, shape.Rows),
                new long[shape.Rows],
                Of<int>(PriceColumnsParts.Validities, shape.Rows),
                new Validity[shape.Intervals],
                canBeSearched: false);
        }

        /// <summary>Puts some of the bytes in their place.</summary>
        /// <param name="offset">Which is the first of them.</param>
        /// <param name="bytes">The bytes.</param>
        public void Put(long offset, ReadOnlyMemory<byte> bytes) =>
            columns.Walk(offset, bytes.Length, (part, at) => bytes.Span.Slice(at, part.Length).CopyTo(part));

        /// <summary>The columns; null where they are not those of the hash.</summary>
        public PriceColumns? End(UInt128 expected) => columns.Hash == expected
            ? new PriceColumns(
                columns.variantIds, columns.starts, columns.quantities, columns.wideQuantities, columns.unitPrices, columns.validities, columns.intervals)
            {
                hash = new(expected),
            }
            : null;
    }
}

/// <summary>Which columns there are beside those that always are.</summary>
[Flags]
internal enum PriceColumnsParts
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Some variant has another number of rows than one.</summary>
    Starts = 1,

    /// <summary>Some minimum quantity is another than one piece.</summary>
    Quantities = 2,

    /// <summary>Some minimum quantity is beyond 2,147,483 pieces.</summary>
    WideQuantities = 4,

    /// <summary>Some row holds only for a time.</summary>
    Validities = 8,
}

/// <summary>What tells how many bytes columns are, and where each begins.</summary>
/// <param name="Variants">How many variants.</param>
/// <param name="Rows">How many prices.</param>
/// <param name="Intervals">How many different validities.</param>
/// <param name="Parts">Which columns there are.</param>
internal readonly record struct PriceColumnsShape(int Variants, int Rows, int Intervals, PriceColumnsParts Parts)
{
    /// <summary>How many bytes they are.</summary>
    public long Bytes => (8L * Variants) + (8L * Rows) + (16L * Intervals)
        + Of(PriceColumnsParts.Starts, 4L * (Variants + 1)) + Of(PriceColumnsParts.Quantities, 4L * Rows)
        + Of(PriceColumnsParts.WideQuantities, 8L * Rows) + Of(PriceColumnsParts.Validities, 4L * Rows);

    private long Of(PriceColumnsParts part, long bytes) => Parts.HasFlag(part) ? bytes : 0;
}
