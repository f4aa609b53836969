using System.Runtime.InteropServices;
using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Validation.Rules;

/// <summary>
/// Section 5.3.2 "Field Selection Merging", for a document that is known to break it: names the fields of each conflict, pair by pair and
/// from the outermost, in the way that clients and their tools know from the reference implementation. Comparing pairs has no useful bound,
/// so this stops at the limits of the options, and then still names the one conflict that is known.
/// </summary>
sealed class FieldConflicts(ValidationContext context)
{
    // How deep spreads and selections are followed inside one another.
    const int MaxDepth = 200;

    // How many conflicts inside a pair of fields are named.
    const int MaxInner = 20;

    readonly Dictionary<(SelectionSetNode, CompositeType?), OwnFields> ownFields = [];

    // What has been compared, and whether only as fields of different objects: the same two fragments conflict once in a document.
    readonly Dictionary<(OwnFields, DefinitionFacts), bool> comparedWithFragment = [];
    readonly Dictionary<(DefinitionFacts, DefinitionFacts), bool> comparedFragments = [];
    int depth;
    bool hasReported;

    /// <summary>Reports every conflict that it can find; at least this one.</summary>
    public void Report(FieldNode a, FieldNode b, string difference)
    {
        try
        {
            foreach (var definition in context.Definitions)
            {
                ReportIn(definition.Node.SelectionSet, definition.Type);
            }
        }
        catch (ValidationAbortedException) when (!hasReported)
        {
            // The pairs are too many to compare: a document that is wrong is not refused for its size instead.
        }

        if (!hasReported)
        {
            Report(new Conflict(a.ResponseName, difference, [a], [b]));
        }
    }

    void Report(Conflict conflict)
    {
        hasReported = true;
        context.Report(
            $"Fields \"{conflict.ResponseName}\" conflict because {conflict.Reason}. "
            + "Use different aliases on the fields to fetch both if this was intentional.",
            [.. conflict.A, .. conflict.B]);
    }

    /// <summary>Every selection set by itself, then those inside it.</summary>
    void ReportIn(SelectionSetNode set, CompositeType? type)
    {
        var conflicts = new List<Conflict>();
        CompareWithin(conflicts, OwnFieldsOf(set, type));
        conflicts.ForEach(Report);
        ReportInside(set, type);
    }

    void ReportInside(SelectionSetNode set, CompositeType? type)
    {
        foreach (var selection in set.Selections)
        {
            switch (selection)
            {
                case FieldNode { SelectionSet: { } inner } field:
                    ReportIn(inner, new SelectedField(field, type).InnerType(context.Schema));
                    break;
                case InlineFragmentNode inline:
                    ReportInside(inline.SelectionSet, context.TypeIn(inline, type));
                    break;
            }
        }
    }

    void CompareWithin(List<Conflict> conflicts, OwnFields set)
    {
        foreach (var fields in set.ByName.Values)
        {
            for (var i = 0; i < fields.Count; i++)
            {
                for (var j = i + 1; j < fields.Count && !IsFull(conflicts); j++)
                {
                    Compare(conflicts, fields[i], fields[j], exclusive: false);
                }
            }
        }

        for (var i = 0; i < set.Spreads.Count; i++)
        {
            Compare(conflicts, set, set.Spreads[i], exclusive: false);
            for (var j = i + 1; j < set.Spreads.Count; j++)
            {
                Compare(conflicts, set.Spreads[i], set.Spreads[j], exclusive: false);
            }
        }
    }

    /// <summary>Two fields of one response name.</summary>
    void Compare(List<Conflict> conflicts, SelectedField a, SelectedField b, bool exclusive)
    {
        context.SpendComparisons(1);
        exclusive |= a.Parent != b.Parent && a.Parent is ObjectType && b.Parent is ObjectType;
        if (FieldDifference.Between(context, a, b, exclusive) is { } difference)
        {
            conflicts.Add(new Conflict(a.Node.ResponseName, difference, [a.Node], [b.Node]));
        }
        else if (a.Node.SelectionSet is { } setA && b.Node.SelectionSet is { } setB && depth < MaxDepth)
        {
            var inner = new List<Conflict>();
            depth++;
            CompareSets(
                inner, OwnFieldsOf(setA, a.InnerType(context.Schema)), OwnFieldsOf(setB, b.InnerType(context.Schema)), exclusive);
            depth--;
            if (inner.Count > 0)
            {
                conflicts.Add(Conflict.Around(a.Node, b.Node, inner));
            }
        }
    }

    /// <summary>Two selection sets with all that they spread.</summary>
    void CompareSets(List<Conflict> conflicts, OwnFields a, OwnFields b, bool exclusive)
    {
        Compare(conflicts, a, b, exclusive);
        foreach (var fragment in b.Spreads)
        {
            Compare(conflicts, a, fragment, exclusive);
        }

        foreach (var fragment in a.Spreads)
        {
            Compare(conflicts, b, fragment, exclusive);
        }

        foreach (var fragmentA in a.Spreads)
        {
            foreach (var fragmentB in b.Spreads)
            {
                Compare(conflicts, fragmentA, fragmentB, exclusive);
            }
        }
    }

    /// <summary>Two selection sets without what they spread.</summary>
    void Compare(List<Conflict> conflicts, OwnFields a, OwnFields b, bool exclusive)
    {
        foreach (var (name, fieldsA) in a.ByName)
        {
            context.SpendComparisons(1);
            if (!b.ByName.TryGetValue(name, out var fieldsB))
            {
                continue;
            }

            foreach (var fieldA in fieldsA)
            {
                foreach (var fieldB in fieldsB)
                {
                    if (IsFull(conflicts))
                    {
                        return;
                    }

                    Compare(conflicts, fieldA, fieldB, exclusive);
                }
            }
        }
    }

    /// <summary>A selection set without what it spreads, and a fragment with all that it spreads.</summary>
    void Compare(List<Conflict> conflicts, OwnFields set, DefinitionFacts fragment, bool exclusive)
    {
        context.SpendComparisons(1);
        if (set.ByName.Count == 0 || depth == MaxDepth || !IsNew(comparedWithFragment, (set, fragment), exclusive))
        {
            return;
        }

        comparedWithFragment[(set, fragment)] = exclusive;
        var inFragment = OwnFieldsOf(fragment);
        if (inFragment == set)
        {
            return;
        }

        Compare(conflicts, set, inFragment, exclusive);
        depth++;
        foreach (var inner in inFragment.Spreads)
        {
            Compare(conflicts, set, inner, exclusive);
        }

        depth--;
    }

    /// <summary>Two fragments with all that they spread.</summary>
    void Compare(List<Conflict> conflicts, DefinitionFacts a, DefinitionFacts b, bool exclusive)
    {
        context.SpendComparisons(1);
        if (a == b || depth == MaxDepth || !IsNew(comparedFragments, (a, b), exclusive) || !IsNew(comparedFragments, (b, a), exclusive))
        {
            return;
        }

        comparedFragments[(a, b)] = exclusive;
        var (inA, inB) = (OwnFieldsOf(a), OwnFieldsOf(b));
        Compare(conflicts, inA, inB, exclusive);
        depth++;
        foreach (var inner in inB.Spreads)
        {
            Compare(conflicts, a, inner, exclusive);
        }

        foreach (var inner in inA.Spreads)
        {
            Compare(conflicts, inner, b, exclusive);
        }

        depth--;
    }

    /// <summary>Whether more conflicts than these would not be told anyway.</summary>
    bool IsFull(List<Conflict> conflicts) => conflicts.Count > Math.Max(MaxInner, context.Options.MaxErrors);

    /// <summary>Whether two have not been compared yet, or less strictly than now.</summary>
    static bool IsNew<TPair>(Dictionary<TPair, bool> compared, TPair pair, bool exclusive) where TPair : notnull =>
        !compared.TryGetValue(pair, out var wasExclusive) || (wasExclusive && !exclusive);

    OwnFields OwnFieldsOf(DefinitionFacts fragment) => OwnFieldsOf(fragment.Node.SelectionSet, fragment.Type);

    OwnFields OwnFieldsOf(SelectionSetNode set, CompositeType? type)
    {
        ref var fields = ref CollectionsMarshal.GetValueRefOrAddDefault(ownFields, (set, type), out _);
        return fields ??= new OwnFields(context, set, type);
    }

    /// <summary>What a selection set holds itself: its inline fragments opened, its spreads not followed.</summary>
    sealed class OwnFields
    {
        public OwnFields(ValidationContext context, SelectionSetNode set, CompositeType? type) => Collect(context, set, type, context.NextMark());

        public OrderedDictionary<string, List<SelectedField>> ByName { get; } = [];

        public List<DefinitionFacts> Spreads { get; } = [];

        void Collect(ValidationContext context, SelectionSetNode set, CompositeType? type, int mark)
        {
            foreach (var selection in set.Selections)
            {
                switch (selection)
                {
                    case FieldNode field when ByName.TryGetValue(field.ResponseName, out var same):
                        same.Add(new SelectedField(field, type));
                        break;
                    case FieldNode field:
                        ByName.Add(field.ResponseName, [new SelectedField(field, type)]);
                        break;
                    case InlineFragmentNode inline:
                        Collect(context, inline.SelectionSet, context.TypeIn(inline, type), mark);
                        break;
                    case FragmentSpreadNode spread when context.Fragment(spread.Name.Value) is { } fragment && fragment.Mark != mark:
                        fragment.Mark = mark;
                        Spreads.Add(fragment);
                        break;
                }
            }
        }
    }

    /// <summary>Two fields that differ, or that hold fields which do: each side's fields from the outermost.</summary>
    sealed record Conflict(string ResponseName, string Reason, List<FieldNode> A, List<FieldNode> B)
    {
        public static Conflict Around(FieldNode a, FieldNode b, List<Conflict> inner) => new(
            a.ResponseName,
            string.Join(" and ", inner.Take(MaxInner).Select(c => $"subfields \"{c.ResponseName}\" conflict because {c.Reason}")),
            [a, .. inner.SelectMany(c => c.A).Take(MaxInner - 1)],
            [b, .. inner.SelectMany(c => c.B).Take(MaxInner - 1)]);
    }
}
