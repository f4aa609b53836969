using System.Buffers;
using System.Runtime.CompilerServices;

namespace Wholesale.GraphQL.Execution;

/// <summary>The parents of one selection set: what the fields of the next layer are resolved for. Dense, without nulls.</summary>
internal abstract class Rows
{
    private int[]? positions;

    public int Count { get; protected set; }

    /// <summary>The column whose values these are; null for the root.</summary>
    public Column? Owner { get; init; }

    /// <summary>Where in <see cref="Owner"/> a row stands.</summary>
    public int PositionOf(int row) => positions is null ? row : positions[row];

    public virtual void Release()
    {
        Count = 0;
        ReturnPositions();
    }

    protected int[] RentPositions(int count)
    {
        ReturnPositions();
        return positions = ArrayPool<int>.Shared.Rent(Math.Max(count, 1));
    }

    protected void ReturnPositions()
    {
        if (positions is not null)
        {
            ArrayPool<int>.Shared.Return(positions);
            positions = null;
        }
    }
}

/// <summary>Rows of one CLR type.</summary>
internal sealed class Rows<T> : Rows
{
    private bool rented;
    private int[]? positions;

    public T[] Items { get; private set; } = [];

    /// <summary>Every position has a row: no copy.</summary>
    public void Borrow(T[] items, int count)
    {
        ReturnItems();
        ReturnPositions();
        Items = items;
        Count = count;
    }

    /// <summary>Begins to collect rows from some of <paramref name="capacity"/> positions.</summary>
    public void Begin(int capacity)
    {
        ReturnItems();
        Items = ArrayPool<T>.Shared.Rent(Math.Max(capacity, 1));
        rented = true;
        positions = RentPositions(capacity);
        Count = 0;
    }

    public int Add(T item, int position)
    {
        Items[Count] = item;
        positions![Count] = position;
        return Count++;
    }

    public override void Release()
    {
        ReturnItems();
        base.Release();
    }

    private void ReturnItems()
    {
        if (rented)
        {
            ArrayPool<T>.Shared.Return(Items, RuntimeHelpers.IsReferenceOrContainsReferences<T>());
            rented = false;
        }

        Items = [];
    }
}

/// <summary>Section 3.6 "Objects", of a class, or of a struct that is never null.</summary>
internal sealed class ObjectColumn<T>(Run run, PlanField field, bool nonNull, Column? container) : Column<T>(run, field, nonNull, container)
{
    private readonly PlanSelection selection = field.Selections[0];
    private int[]? rowOf;

    public override void Complete()
    {
        var rows = Run.Rows<T>(selection, this);
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>() || Run.HasErrors)
        {
            for (var i = 0; i < Count; i++)
            {
                if (Items[i] is null || HasFailed(i))
                {
                    Compress(rows);
                    return;
                }
            }
        }

        rows.Borrow(Items, Count);
    }

    public override void Write(int index, Utf8Writer writer)
    {
        var row = rowOf is null ? index : rowOf[index];
        if (row < 0 || HasFailed(index))
        {
            writer.Null();
        }
        else
        {
            selection.Write(Run, row, writer);
        }
    }

    public override void Release()
    {
        RowIndex.Return(ref rowOf);
        base.Release();
    }

    private void Compress(Rows<T> rows)
    {
        rowOf = RowIndex.Rent(ref rowOf, Count);
        rows.Begin(Count);
        for (var i = 0; i < Count; i++)
        {
            if (Items[i] is { } item && !HasFailed(i))
            {
                rowOf[i] = rows.Add(item, i);
            }
            else
            {
                rowOf[i] = -1;
                RejectNull(i);
            }
        }
    }
}

/// <summary>Section 3.6 "Objects", of a nullable struct.</summary>
internal sealed class NullableObjectColumn<T>(Run run, PlanField field, bool nonNull, Column? container) : Column<T?>(run, field, nonNull, container)
    where T : struct
{
    private readonly PlanSelection selection = field.Selections[0];
    private int[]? rowOf;

    public override void Complete()
    {
        var rows = Run.Rows<T>(selection, this);
        rowOf = RowIndex.Rent(ref rowOf, Count);
        rows.Begin(Count);
        for (var i = 0; i < Count; i++)
        {
            if (Items[i] is { } item && !HasFailed(i))
            {
                rowOf[i] = rows.Add(item, i);
            }
            else
            {
                rowOf[i] = -1;
                RejectNull(i);
            }
        }
    }

    public override void Write(int index, Utf8Writer writer)
    {
        if (HasFailed(index) || rowOf![index] is not (>= 0 and var row))
        {
            writer.Null();
        }
        else
        {
            selection.Write(Run, row, writer);
        }
    }

    public override void Release()
    {
        RowIndex.Return(ref rowOf);
        base.Release();
    }
}

/// <summary>Sections 3.7 "Interfaces" and 3.8 "Unions": each value goes to the rows of its own object type.</summary>
internal sealed class AbstractColumn<T>(Run run, PlanField field, bool nonNull, Column? container, AbstractOutput<T> output)
    : Column<T>(run, field, nonNull, container)
    where T : class
{
    private int[]? rowOf;
    private int[]? typeOf;

    public override void Complete()
    {
        rowOf = RowIndex.Rent(ref rowOf, Count);
        typeOf = RowIndex.Rent(ref typeOf, Count);
        for (var type = 0; type < Field.Selections.Length; type++)
        {
            output.Members[type].Begin(this, Field.Selections[type], Count);
        }

        for (var i = 0; i < Count; i++)
        {
            rowOf[i] = -1;
            if (HasFailed(i))
            {
                continue;
            }

            if (Items[i] is not { } item)
            {
                RejectNull(i);
            }
            else if (output.TypeIndexOf(item) is var type and >= 0)
            {
                typeOf[i] = type;
                rowOf[i] = output.Members[type].Add(this, Field.Selections[type], item, i);
            }
            else
            {
                Fail(i, new InvalidOperationException(
                    $"{Field.Definition.Coordinate} returned a {item.GetType()}, which is bound to no possible type of {Field.Definition.Type.Named}."));
            }
        }
    }

    public override void Write(int index, Utf8Writer writer)
    {
        if (HasFailed(index) || rowOf![index] is not (>= 0 and var row))
        {
            writer.Null();
        }
        else
        {
            Field.Selections[typeOf![index]].Write(Run, row, writer);
        }
    }

    public override void Release()
    {
        RowIndex.Return(ref rowOf);
        RowIndex.Return(ref typeOf);
        base.Release();
    }
}

/// <summary>Section 3.11 "List": where each list begins in the column of all items.</summary>
internal sealed class ListColumn<TList, TItem> : Column<TList>
    where TList : class, IReadOnlyList<TItem>
{
    private readonly Column<TItem> inner;
    private int[]? offsets;

    public ListColumn(Run run, PlanField field, bool nonNull, Column? container, Output<TItem> item, bool itemNonNull)
        : base(run, field, nonNull, container) => inner = item.NewColumn(run, field, itemNonNull, this);

    public override void Complete()
    {
        offsets = RowIndex.Rent(ref offsets, Count + 1);
        var total = 0;
        for (var i = 0; i < Count; i++)
        {
            offsets[i] = total;
            if (Items[i] is not { } list)
            {
                RejectNull(i);
            }
            else if (!HasFailed(i))
            {
                total = checked(total + list.Count);
            }
        }

        offsets[Count] = total;
        var items = inner.Rent(total);
        for (var i = 0; i < Count; i++)
        {
            if (Items[i] is { } list && !HasFailed(i))
            {
                CopyItems(list, items, offsets[i]);
            }
        }

        inner.Start(total);
        inner.Complete();
    }

    public override int ListOf(int item)
    {
        // The last list that begins at or before the item; empty lists begin where the next one does.
        var low = 0;
        var high = Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) >>> 1;
            if (offsets![middle] <= item)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low;
    }

    public override int ValueCount => inner.ValueCount;

    public override int FirstItemOf(int list) => offsets![list];

    public override void Write(int index, Utf8Writer writer)
    {
        if (HasFailed(index) || Items[index] is null)
        {
            writer.Null();
            return;
        }

        writer.Raw((byte)'[');
        for (int i = offsets![index], end = offsets[index + 1]; i < end; i++)
        {
            if (i > offsets[index])
            {
                writer.Raw((byte)',');
            }

            inner.Write(i, writer);
        }

        writer.Raw((byte)']');
    }

    public override void Release()
    {
        inner.Release();
        RowIndex.Return(ref offsets);
        base.Release();
    }
}

internal static class RowIndex
{
    public static int[] Rent(ref int[]? array, int count)
    {
        Return(ref array);
        return array = ArrayPool<int>.Shared.Rent(Math.Max(count, 1));
    }

    public static void Return(ref int[]? array)
    {
        if (array is not null)
        {
            ArrayPool<int>.Shared.Return(array);
            array = null;
        }
    }
}
