using System.Runtime.InteropServices;
using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Validation.Rules;

/// <summary>
/// Section 5.2.4.1 "Single Root Field": a subscription is one stream of events, so it selects one root field. That must be plain without the
/// variables, hence neither <c>@skip</c> nor <c>@include</c>, and it must be an event, hence no introspection.
/// </summary>
sealed class SingleRootField : Rule
{
    public override void LeaveDocument(ValidationContext context)
    {
        foreach (var definition in context.Definitions)
        {
            if (definition.Node is OperationDefinitionNode { Operation: OperationType.Subscription } operation
                && context.Schema.SubscriptionType is { } root)
            {
                Check(context, operation, new RootSelections(context, root, operation.SelectionSet));
            }
        }
    }

    static void Check(ValidationContext context, OperationDefinitionNode operation, RootSelections root)
    {
        var subject = operation.Name is { } name ? $"Subscription \"{name}\"" : "Anonymous Subscription";
        if (root.Conditions.Count > 0)
        {
            context.Report(
                $"{subject} must not use `@skip` or `@include` directives in the top level selection.", CollectionsMarshal.AsSpan(root.Conditions));
            return;
        }

        if (root.Fields.Count == 0)
        {
            context.Report($"{subject} must select one top level field.", operation.SelectionSet);
            return;
        }

        var extra = new List<SyntaxNode>();
        for (var i = 1; i < root.Fields.Count; i++)
        {
            extra.AddRange(root.Fields.GetAt(i).Value);
        }

        if (extra.Count > 0)
        {
            context.Report($"{subject} must select only one top level field.", CollectionsMarshal.AsSpan(extra));
        }

        foreach (var fields in root.Fields.Values)
        {
            if (((FieldNode)fields[0]).Name.Value.StartsWith("__", StringComparison.Ordinal))
            {
                context.Report($"{subject} must not select an introspection top level field.", CollectionsMarshal.AsSpan(fields));
            }
        }
    }

    /// <summary>CollectSubscriptionFields() of the section, without recursion: a chain of fragments may be of any length.</summary>
    sealed class RootSelections
    {
        readonly Stack<(SelectionSetNode Set, int Next)> open = new();
        readonly ValidationContext context;
        readonly ObjectType root;
        readonly int mark;

        public RootSelections(ValidationContext context, ObjectType root, SelectionSetNode selectionSet)
        {
            this.context = context;
            this.root = root;
            mark = context.NextMark();
            open.Push((selectionSet, 0));
            while (open.TryPop(out var top))
            {
                if (top.Next < top.Set.Selections.Length)
                {
                    open.Push((top.Set, top.Next + 1));
                    Collect(top.Set.Selections[top.Next]);
                }
            }
        }

        /// <summary>Fields by response name, in the order of the selections.</summary>
        public OrderedDictionary<string, List<SyntaxNode>> Fields { get; } = [];

        /// <summary>The forbidden directives, at most one of each selection.</summary>
        public List<SyntaxNode> Conditions { get; } = [];

        void Collect(SelectionNode selection)
        {
            if ((Directive(selection, "skip") ?? Directive(selection, "include")) is { } condition)
            {
                Conditions.Add(condition);
                return;
            }

            switch (selection)
            {
                case FieldNode field when Fields.TryGetValue(field.ResponseName, out var same):
                    same.Add(field);
                    break;
                case FieldNode field:
                    Fields.Add(field.ResponseName, [field]);
                    break;
                case InlineFragmentNode inline when inline.TypeCondition is null || Applies(inline.TypeCondition):
                    open.Push((inline.SelectionSet, 0));
                    break;
                case FragmentSpreadNode spread
                    when context.Fragment(spread.Name.Value) is { } fragment && fragment.Mark != mark && Applies(fragment.Type):
                    fragment.Mark = mark;
                    context.SpendFragmentVisit(fragment);
                    open.Push((fragment.Node.SelectionSet, 0));
                    break;
            }
        }

        bool Applies(NamedTypeNode condition) => Applies(context.Schema.Type(condition.Name.Value) as CompositeType);

        bool Applies(CompositeType? type) => type is not null && context.Schema.IsPossibleType(type, root);

        static DirectiveNode? Directive(SelectionNode selection, string name)
        {
            foreach (var directive in selection.Directives)
            {
                if (directive.Name.Value == name)
                {
                    return directive;
                }
            }

            return null;
        }
    }
}
