using System.Collections.Concurrent;
using System.Collections.Immutable;
using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Execution;

/// <summary>
/// One operation, ready to run any number of times, by many requests at once: a flat list of fields in breadth-first order, and the selections that write
/// their values. Immutable; what a request fills in is a <see cref="Run"/>.
/// </summary>
internal sealed class Plan
{
    private const int MaxPooledRuns = 32;
    private const int MaxPooledColumns = 10_000;
    private readonly ConcurrentQueue<Run> pool = new();
    private int pooled;

    public required ExecutableSchema Schema { get; init; }

    public required OperationDefinitionNode Operation { get; init; }

    /// <summary>The document that the operation stands in.</summary>
    public DocumentHash Document { get; set; }

    public bool IsSubscription => Operation.Operation == OperationType.Subscription;

    public required PlanSelection Root { get; init; }

    /// <summary>Breadth first. Of a mutation: one root field's whole tree after the other's.</summary>
    public required ImmutableArray<PlanField> Steps { get; init; }

    /// <summary>Where each serial part of <see cref="Steps"/> ends: one part for a query, one a root field for a mutation.</summary>
    public required ImmutableArray<int> PartEnds { get; init; }

    public required ImmutableArray<PlanVariable> Variables { get; init; }

    /// <summary>The variables that <c>@skip</c> and <c>@include</c> depend on, by the bit each has in a request's mask.</summary>
    public required ImmutableArray<int> ConditionVariables { get; init; }

    /// <summary>Where in <see cref="Variables"/> a name stands.</summary>
    public required IReadOnlyDictionary<string, int> VariableIndexes { get; init; }

    /// <summary>How deep it goes, and how often a field stands within itself.</summary>
    public required PlanMetrics Metrics { get; init; }

    /// <summary>How much was planned: see <see cref="Planner.MaxSelections"/>.</summary>
    public required int VisitCount { get; init; }

    public required int ColumnCount { get; init; }

    public required int SelectionCount { get; init; }

    /// <summary>Whether the operation costs every request the same.</summary>
    public required bool HasConstantCost { get; init; }

    /// <summary>What it costs every request, once the first has worked it out.</summary>
    public OperationCost? ConstantCost { get; set; }

    /// <summary>The values of the variables that <c>@skip</c> and <c>@include</c> use: see <see cref="Condition"/>.</summary>
    public ulong MaskOf(Variables variables)
    {
        var mask = 0UL;
        for (var bit = 0; bit < ConditionVariables.Length; bit++)
        {
            if (variables.Value(ConditionVariables[bit]) is true)
            {
                mask |= 1UL << bit;
            }
        }

        return mask;
    }

    public Run Rent()
    {
        if (!pool.TryDequeue(out var run))
        {
            return new Run(this);
        }

        Interlocked.Decrement(ref pooled);
        return run;
    }

    public void Return(Run run)
    {
        run.Release();
        if (Interlocked.Increment(ref pooled) <= Math.Clamp(MaxPooledColumns / Math.Max(ColumnCount, 1), 1, MaxPooledRuns))
        {
            pool.Enqueue(run);
        }
        else
        {
            Interlocked.Decrement(ref pooled);
        }
    }
}

/// <summary>A variable of the operation, with its type looked up and its default coerced.</summary>
internal sealed record PlanVariable(string Name, GraphQLType Type, bool HasDefault, object? Default, VariableDefinitionNode Node);

/// <summary>What is selected of one object type at one place: section 6.3.2 "Field Collection", done once.</summary>
/// <param name="owner">The field whose value is selected from; null for the root.</param>
internal sealed class PlanSelection(ObjectType type, int slot, PlanField? owner)
{
    public ObjectType Type => type;

    /// <summary>The field whose value is selected from; null for the root.</summary>
    public PlanField? Owner => owner;

    /// <summary>Where a run keeps the rows.</summary>
    public int Slot => slot;

    /// <summary>How many fields lead here; 0 for the root.</summary>
    public int Depth { get; } = owner is null ? 0 : owner.Parent.Depth + 1;

    public bool IsRoot => owner is null;

    /// <summary>What each object costs by its type: see <see cref="GraphQL.Execution.Weight"/>. 0 in a schema without costs.</summary>
    public long Weight { get; init; }

    /// <summary>In response order.</summary>
    public ImmutableArray<PlanField> Fields { get; set; }

    /// <summary>Whether there are fields, each of which is always there and at the same place.</summary>
    public bool IsFixed { get; set; }

    /// <summary>Whether the order of the fields depends on the request: where some field may be there without its first node.</summary>
    public bool OrderVaries { get; set; }

    public void Write(Run run, int row, Utf8Writer writer)
    {
        if (!IsFixed)
        {
            WriteIncluded(run, row, writer);
            return;
        }

        foreach (var field in Fields)
        {
            writer.Raw(field.Prefix);
            if (field.Slot >= 0)
            {
                run.Columns[field.Slot].Write(row, writer);
            }
        }

        writer.Raw((byte)'}');
    }

    private void WriteIncluded(Run run, int row, Utf8Writer writer)
    {
        var separator = (byte)'{';
        foreach (var field in OrderVaries ? run.OrderOf(this).AsSpan() : Fields.AsSpan())
        {
            if (field.IsIncluded(run.Mask))
            {
                writer.Raw(separator);
                writer.Raw(field.Prefix.AsSpan(1));
                if (field.Slot >= 0)
                {
                    run.Columns[field.Slot].Write(row, writer);
                }

                separator = (byte)',';
            }
        }

        writer.Raw(separator == '{' ? "{}"u8 : "}"u8);
    }
}

/// <summary>One response name of a selection: all field nodes that merge into it.</summary>
internal sealed class PlanField
{
    /// <summary><c>{"name":</c> or, behind another field, <c>,"name":</c>; of <c>__typename</c> the value, too.</summary>
    public required byte[] Prefix { get; init; }

    public required string ResponseName { get; init; }

    public required FieldDefinition Definition { get; init; }

    public required PlanSelection Parent { get; init; }

    /// <summary>Where a run keeps the column; −1 for <c>__typename</c>, which has none.</summary>
    public required int Slot { get; init; }

    /// <summary>The merged nodes in the order of the text, each with the condition under which it counts.</summary>
    public required ImmutableArray<(FieldNode Node, Condition Condition, int Order)> Nodes { get; init; }

    /// <summary>When any of the nodes counts. Absolute: it holds the conditions of everything around, too.</summary>
    public required Condition Condition { get; init; }

    /// <summary>Null for <c>__typename</c>.</summary>
    public FieldBinding? Binding { get; init; }

    public ArgumentPlan Arguments { get; init; } = ArgumentPlan.None;

    /// <summary>Null for <c>__typename</c>, and in a schema without costs.</summary>
    public FieldCost? Cost { get; init; }

    /// <summary>One selection for each object type the value may have; empty for leaves.</summary>
    public PlanSelection[] Selections { get; set; } = [];

    public bool IsIncluded(ulong mask) => Condition.Holds(mask);
}

/// <summary>
/// Section 3.13.1 and 3.13.2 "@skip" and "@include": the requests in which something is selected, as alternatives of variables that must be true and variables
/// that must be false. A request's variables are one bit mask.
/// </summary>
internal readonly struct Condition
{
    private readonly ImmutableArray<(ulong True, ulong False)> alternatives;

    private Condition(ImmutableArray<(ulong True, ulong False)> alternatives) => this.alternatives = alternatives;

    public static Condition Always { get; } = new([(0, 0)]);

    public static Condition Never { get; } = new([]);

    public bool IsAlways => alternatives.Length == 1 && alternatives[0] == (0UL, 0UL);

    public bool IsNever => alternatives.IsEmpty;

    public int AlternativeCount => alternatives.Length;

    public bool Holds(ulong mask)
    {
        foreach (var (mustBeTrue, mustBeFalse) in alternatives)
        {
            if ((mask & mustBeTrue) == mustBeTrue && (mask & mustBeFalse) == 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether this holds wherever the other does; may say no where only logic, not form, would show it.</summary>
    public bool Covers(Condition other)
    {
        if (alternatives == other.alternatives)
        {
            return true;
        }

        foreach (var added in other.alternatives)
        {
            if (!alternatives.Any(known => Covers(known, added)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Both must hold, where the other is one variable.</summary>
    public Condition And(ulong bit, bool value)
    {
        var result = ImmutableArray.CreateBuilder<(ulong, ulong)>(alternatives.Length);
        foreach (var (mustBeTrue, mustBeFalse) in alternatives)
        {
            var alternative = value ? (True: mustBeTrue | bit, False: mustBeFalse) : (True: mustBeTrue, False: mustBeFalse | bit);
            if ((alternative.True & alternative.False) == 0)
            {
                result.Add(alternative);
            }
        }

        return new Condition(result.ToImmutable());
    }

    /// <summary>Either may hold. An alternative that another one covers is left out.</summary>
    public Condition Or(Condition other)
    {
        if (Covers(other))
        {
            return this;
        }

        if (other.Covers(this))
        {
            return other;
        }

        var result = alternatives.ToBuilder();
        foreach (var added in other.alternatives)
        {
            if (!result.Any(known => Covers(known, added)))
            {
                result.RemoveAll(known => Covers(added, known));
                result.Add(added);
            }
        }

        return new Condition(result.ToImmutable());
    }

    private static bool Covers((ulong True, ulong False) one, (ulong True, ulong False) other) =>
        (one.True & ~other.True) == 0 && (one.False & ~other.False) == 0;
}
