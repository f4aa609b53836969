using System.Buffers;
using System.Runtime.CompilerServices;

namespace Wholesale.GraphQL.Execution;

/// <summary>
/// The values of one field in one layer, all parents' together: section 6.4.3 "Value Completion" done by column. A list's items are a column of their own
/// inside the list's. Columns belong to a <see cref="Execution.Run"/> and are filled, written and released with it.
/// </summary>
internal abstract class Column(Run run, PlanField planField, bool nonNull, Column? container) : IFailures
{
    private bool[]? failed;
    private GraphQLError? unexpected;

    public Run Run => run;

    public PlanField Field => planField;

    /// <summary>The list that this column holds the items of; null for a field's own column.</summary>
    public Column? Container => container;

    /// <summary>How many values there are, those of lists one by one.</summary>
    public virtual int ValueCount => Count;

    protected int Count { get; private set; }

    /// <summary>Whether a position is null because of an error.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool HasFailed(int index) => failed is not null && failed[index];

    /// <summary>Says how many positions there will be, before a resolver may fail one of them.</summary>
    public void Start(int count)
    {
        Count = count;
        unexpected = null;
        if (failed is not null)
        {
            ArrayPool<bool>.Shared.Return(failed);
            failed = null;
        }
    }

    /// <summary>Reports an error at a position, which becomes null. Section 6.4.4: a position has one error at most, its first.</summary>
    public void Fail(int index, GraphQLError error)
    {
        if (!HasFailed(index))
        {
            run.Report(this, index, error);
            MarkFailed(index);
        }
    }

    /// <summary>Reports an exception at a position. What is a bug at one position is one at many: the host is told of the first.</summary>
    public void Fail(int index, Exception exception) => Fail(
        index,
        exception is GraphQLException ? run.ErrorOf(exception, planField.Definition) : unexpected ??= run.ErrorOf(exception, planField.Definition));

    /// <summary>Reports one error at every position.</summary>
    public void FailAll(GraphQLError error)
    {
        for (var i = 0; i < Count; i++)
        {
            Fail(i, error);
        }
    }

    /// <summary>
    /// Section 6.4.4 "Handling Execution Errors": makes a position null and, where its type is non-null, what it stands in: the list or the parent object.
    /// Recurses no deeper than <see cref="Planner.MaxDepth"/>.
    /// </summary>
    public void MarkFailed(int index)
    {
        if (failed is null)
        {
            failed = ArrayPool<bool>.Shared.Rent(Math.Max(Count, 1));
            failed.AsSpan(0, Count).Clear();
        }

        if (failed[index])
        {
            return;
        }

        failed[index] = true;
        if (!nonNull)
        {
            return;
        }

        if (container is not null)
        {
            container.MarkFailed(container.ListOf(index));
        }
        else
        {
            run.FailRow(planField.Parent, index);
        }
    }

    /// <summary>Writes one position's value; what cannot be written was failed before.</summary>
    public abstract void Write(int index, Utf8Writer writer);

    /// <summary>Of a list column: the list that an item stands in.</summary>
    public virtual int ListOf(int item) => throw new InvalidOperationException("Not a list.");

    /// <summary>Of a list column: where a list's items begin.</summary>
    public virtual int FirstItemOf(int list) => throw new InvalidOperationException("Not a list.");

    /// <summary>Gives back every array, so that a pooled run holds no memory of its last request.</summary>
    public virtual void Release() => Start(0);

    /// <summary>A null, which is an error at that position where the type excludes it.</summary>
    protected void RejectNull(int index)
    {
        if (nonNull && !HasFailed(index))
        {
            Fail(index, new GraphQLError($"Cannot return null for non-nullable field {Field.Definition.Coordinate}.") { Code = ErrorCodes.Internal });
        }
    }
}

/// <summary>A column whose values have one CLR type.</summary>
internal abstract class Column<T>(Run run, PlanField field, bool nonNull, Column? container) : Column(run, field, nonNull, container)
{
    private bool rented;

    protected T[] Items { get; private set; } = [];

    /// <summary>Room for <paramref name="count"/> values, to be filled and given to <see cref="Complete"/>.</summary>
    public T[] Rent(int count)
    {
        ReleaseItems();
        rented = true;
        return Items = ArrayPool<T>.Shared.Rent(Math.Max(count, 1));
    }

    /// <summary>Takes a resolver's result: one value a parent.</summary>
    public void Take(IReadOnlyList<T> result, int expected)
    {
        if (result is null || result.Count != expected)
        {
            throw new InvalidOperationException(
                $"The resolver of {Field.Definition.Coordinate} returned {result?.Count.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "no list of"} results for {expected} parents.");
        }

        // An array of a derived type would pass "is T[]" and then throw at the first write: compare the exact type.
        if (result.GetType() == typeof(T[]))
        {
            ReleaseItems();
            Items = (T[])result;
        }
        else
        {
            CopyItems(result, Rent(expected), 0);
        }

        Complete();
    }

    /// <summary>Checks the values in <see cref="Items"/> and prepares what is written or resolved next.</summary>
    public abstract void Complete();

    public override void Release()
    {
        ReleaseItems();
        base.Release();
    }

    protected static void CopyItems<TItem>(IReadOnlyList<TItem> from, TItem[] to, int start)
    {
        switch (from)
        {
            case TItem[] array when array.GetType() == typeof(TItem[]):
                array.CopyTo(to, start);
                break;
            case List<TItem> list:
                list.CopyTo(to, start);
                break;
            default:
                for (var i = 0; i < from.Count; i++)
                {
                    to[start + i] = from[i];
                }

                break;
        }
    }

    private void ReleaseItems()
    {
        if (rented)
        {
            ArrayPool<T>.Shared.Return(Items, RuntimeHelpers.IsReferenceOrContainsReferences<T>());
            rented = false;
        }

        Items = [];
    }
}
