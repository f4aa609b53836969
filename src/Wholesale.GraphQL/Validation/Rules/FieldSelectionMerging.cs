using System.Runtime.InteropServices;
using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Validation.Rules;

/// <summary>
/// Section 5.3.2 "Field Selection Merging": fields that answer under one response name are one field, or belong to different objects and
/// answer in one shape.
/// </summary>
/// <remarks>
/// The section compares fields pair by pair and merges the selection sets of each pair, which is quadratic at best and exponential in the
/// nesting. But being mergeable is an equivalence, so it is enough to compare each field of a group with the group's first, and to merge the
/// selection sets of the whole group at once:
/// <code>
/// { pet { name } pet { name age } }   one group "pet" of two;   below it, in { name } + { name age }, the groups "name" of two and "age" of one
/// </code>
/// Each selection set is looked at once for each different group that it is merged in; as a rule that is one. Groups are taken from a stack,
/// not by recursion, since fragments nest selections to any depth. Only a document that does fail is compared pair by pair, by
/// <see cref="FieldConflicts"/>, to name the pairs.
/// </remarks>
sealed class FieldSelectionMerging : Rule
{
    public override void LeaveDocument(ValidationContext context)
    {
        if (new Search(context).FindConflict() is var (a, b, difference))
        {
            new FieldConflicts(context).Report(a, b, difference);
        }
    }

    sealed class Search(ValidationContext context)
    {
        // The selection sets of all open groups, each group's together; the last group stands at the end.
        readonly List<(SelectionSetNode Set, CompositeType? Type)> sets = [];
        readonly Stack<(int FirstSet, bool ShapeOnly)> open = new();
        readonly FieldGroups groups = new();
        readonly List<DefinitionFacts> spread = [];
        readonly List<SelectedField> fields = [];

        // Groups whose selection sets have been opened: of one field, by the field; of more, by all of them. A field can be met again only
        // after a fragment or a group that was divided by object type; until then single fields need not be remembered.
        readonly HashSet<FieldNode> openedAlone = [];
        readonly HashSet<(FieldSet Fields, bool ShapeOnly)> openedTogether = [];
        bool canMeetAgain = context.HasFragments;

        /// <summary>Two fields that cannot be merged and what is between them; null where all can.</summary>
        public (FieldNode A, FieldNode B, string Difference)? FindConflict()
        {
            foreach (var definition in context.Definitions)
            {
                // Fragments come along with the operations that reach them. One without a mark is unused, and no unused one has spread it yet.
                if (definition.Node is OperationDefinitionNode || definition.Mark == 0)
                {
                    sets.Add((definition.Node.SelectionSet, definition.Type));
                    open.Push((0, false));
                    if (CheckOpenGroups() is { } conflict)
                    {
                        return conflict;
                    }
                }
            }

            return null;
        }

        (FieldNode, FieldNode, string)? CheckOpenGroups()
        {
            while (open.TryPop(out var group))
            {
                Collect(group.FirstSet);
                for (var i = 0; i < groups.Count; i++)
                {
                    if (CheckGroup(i, group.ShapeOnly) is { } conflict)
                    {
                        return conflict;
                    }
                }
            }

            return null;
        }

        /// <summary>Groups the fields of some selection sets, and of all that they spread, by response name.</summary>
        void Collect(int firstSet)
        {
            groups.Clear(sets[firstSet].Set.Selections.Length);
            spread.Clear();
            var mark = context.NextMark();
            var isMerged = sets.Count - firstSet > 1;
            for (var i = firstSet; i < sets.Count; i++)
            {
                Collect(sets[i].Set, sets[i].Type, mark, isMerged);
            }

            for (var i = 0; i < spread.Count; i++)
            {
                Collect(spread[i].Node.SelectionSet, spread[i].Type, mark, isMerged);
            }

            CollectionsMarshal.SetCount(sets, firstSet);
        }

        void Collect(SelectionSetNode set, CompositeType? type, int mark, bool isMerged)
        {
            if (isMerged)
            {
                context.SpendComparisons(set.Selections.Length);
            }

            foreach (var selection in set.Selections)
            {
                switch (selection)
                {
                    case FieldNode field:
                        groups.Add(new SelectedField(field, type));
                        break;
                    case InlineFragmentNode inline:
                        Collect(inline.SelectionSet, context.TypeIn(inline, type), mark, isMerged);
                        break;
                    case FragmentSpreadNode { Name.Value: var name } when context.Fragment(name) is { } fragment && fragment.Mark != mark:
                        fragment.Mark = mark;
                        context.SpendFragmentVisit(fragment);
                        spread.Add(fragment);
                        break;
                }
            }
        }

        (FieldNode, FieldNode, string)? CheckGroup(int group, bool shapeOnly)
        {
            if (groups.IsSingle(group, out var single))
            {
                // Alone, a field's own selections only have to agree with one another, which is not a question of shape.
                if (!shapeOnly && single.Node.SelectionSet is not null && (!canMeetAgain || openedAlone.Add(single.Node)))
                {
                    open.Push((sets.Count, false));
                    Open(single);
                }

                return null;
            }

            groups.CopyTo(group, fields);
            var members = CollectionsMarshal.AsSpan(fields);
            if (shapeOnly)
            {
                return Compare(members, exclusive: true) ?? OpenTogether(members, shapeOnly: true);
            }

            return SameObjects(members)
                ? Compare(members, exclusive: false) ?? OpenTogether(members, shapeOnly: false)
                : Compare(members, exclusive: true) ?? OpenTogether(members, shapeOnly: true) ?? CheckByObjectType(members);
        }

        /// <summary>Whether all of the fields may be met on one object: none is selected on another object type than the rest.</summary>
        static bool SameObjects(ReadOnlySpan<SelectedField> members)
        {
            ObjectType? first = null;
            foreach (var member in members)
            {
                if (member.Parent is ObjectType parent && parent != (first ??= parent))
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Of fields on several object types, those on each of the types together with those on abstract types.</summary>
        (FieldNode, FieldNode, string)? CheckByObjectType(ReadOnlySpan<SelectedField> members)
        {
            canMeetAgain = true;
            var onAbstract = new List<SelectedField>();
            var byObject = new Dictionary<ObjectType, List<SelectedField>>();
            foreach (var member in members)
            {
                if (member.Parent is not ObjectType parent)
                {
                    onAbstract.Add(member);
                }
                else if (byObject.TryGetValue(parent, out var same))
                {
                    same.Add(member);
                }
                else
                {
                    byObject.Add(parent, [member]);
                }
            }

            foreach (var same in byObject.Values)
            {
                context.SpendComparisons(onAbstract.Count);
                same.AddRange(onAbstract);
                var together = CollectionsMarshal.AsSpan(same);
                if ((Compare(together, exclusive: false) ?? OpenTogether(together, shapeOnly: false)) is { } conflict)
                {
                    return conflict;
                }
            }

            return null;
        }

        (FieldNode, FieldNode, string)? Compare(ReadOnlySpan<SelectedField> members, bool exclusive)
        {
            var first = members[0];
            foreach (var member in members[1..])
            {
                context.SpendComparisons(1);
                if (FieldDifference.Between(context, first, member, exclusive) is { } difference)
                {
                    return (first.Node, member.Node, difference);
                }
            }

            return null;
        }

        /// <summary>Opens the merged selection sets of fields that agree, unless the same have been merged before. Never a conflict yet.</summary>
        (FieldNode, FieldNode, string)? OpenTogether(ReadOnlySpan<SelectedField> members, bool shapeOnly)
        {
            var firstSet = sets.Count;
            foreach (var member in members)
            {
                if (member.Node.SelectionSet is not null)
                {
                    Open(member);
                }
            }

            if (sets.Count > firstSet)
            {
                if (openedTogether.Add((new FieldSet(members), shapeOnly)))
                {
                    open.Push((firstSet, shapeOnly));
                }
                else
                {
                    CollectionsMarshal.SetCount(sets, firstSet);
                }
            }

            return null;
        }

        void Open(SelectedField field) => sets.Add((field.Node.SelectionSet!, field.InnerType(context.Schema)));
    }

    /// <summary>A group's fields as a key: equal if they are the same nodes in the same order.</summary>
    readonly struct FieldSet : IEquatable<FieldSet>
    {
        readonly FieldNode[] nodes;
        readonly int hash;

        public FieldSet(ReadOnlySpan<SelectedField> fields)
        {
            nodes = new FieldNode[fields.Length];
            var code = new HashCode();
            for (var i = 0; i < nodes.Length; i++)
            {
                nodes[i] = fields[i].Node;
                code.Add(nodes[i]);
            }

            hash = code.ToHashCode();
        }

        public bool Equals(FieldSet other) => nodes.AsSpan().SequenceEqual(other.nodes);

        public override bool Equals(object? obj) => obj is FieldSet other && Equals(other);

        public override int GetHashCode() => hash;
    }
}

/// <summary>A field with the type that it is selected on; null where that is unknown.</summary>
readonly record struct SelectedField(FieldNode Node, CompositeType? Parent)
{
    /// <summary>Its definition, or null where there is none.</summary>
    public FieldDefinition? Definition(Schema schema) => Parent is null ? null : schema.Field(Parent, Node.Name.Value);

    /// <summary>What its own selection set is on; null where that is unknown.</summary>
    public CompositeType? InnerType(Schema schema) => Definition(schema)?.Type.Named as CompositeType;
}
