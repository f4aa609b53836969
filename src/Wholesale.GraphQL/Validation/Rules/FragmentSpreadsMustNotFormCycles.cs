using System.Runtime.InteropServices;
using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL.Validation.Rules;

/// <summary>
/// Section 5.5.2.2 "Fragment Spreads Must Not Form Cycles": no fragment contains itself, directly or by way of others. A depth-first search
/// over all fragments, each entered once, so it is linear in the spreads; without recursion, because a chain may be of any length.
/// </summary>
sealed class FragmentSpreadsMustNotFormCycles : Rule
{
    // As many as make the cycle plain; the locations show the rest.
    const int MaxNamed = 20;

    public override void LeaveDocument(ValidationContext context)
    {
        if (!context.HasFragments)
        {
            return;
        }

        var search = new Search(context);
        foreach (var definition in context.Definitions)
        {
            if (definition.Node is FragmentDefinitionNode)
            {
                search.From(definition);
            }
        }
    }

    sealed class Search(ValidationContext context)
    {
        readonly int mark = context.NextMark();

        // Where each open fragment stands, from 1; 0 for the others. Fragments of one name are one, as for the spreads of it.
        readonly int[] depths = new int[context.Definitions.Count];
        readonly Stack<(DefinitionFacts Fragment, int Next)> open = new();

        // The spreads that lead from the first open fragment to the last.
        readonly List<SyntaxNode> path = [];

        public void From(DefinitionFacts first)
        {
            Enter(first);
            while (open.TryPop(out var top))
            {
                if (top.Next == top.Fragment.Spreads.Length)
                {
                    depths[Named(top.Fragment).Index] = 0;
                    if (path.Count > 0)
                    {
                        path.RemoveAt(path.Count - 1);
                    }

                    continue;
                }

                open.Push((top.Fragment, top.Next + 1));
                Follow(top.Fragment.Spreads[top.Next]);
            }
        }

        void Follow(FragmentSpreadNode spread)
        {
            if (context.Fragment(spread.Name.Value) is not { } target)
            {
                return;
            }

            if (depths[target.Index] is > 0 and var depth)
            {
                path.Add(spread);
                Report(spread, CollectionsMarshal.AsSpan(path)[(depth - 1)..]);
                path.RemoveAt(path.Count - 1);
            }
            else if (target.Mark != mark)
            {
                path.Add(spread);
                Enter(target);
            }
        }

        /// <summary>Opens a fragment unless it was open before. Its depth is one more than the spreads that lead to it.</summary>
        void Enter(DefinitionFacts fragment)
        {
            var named = Named(fragment);
            if (named.Mark != mark)
            {
                named.Mark = mark;
                depths[named.Index] = path.Count + 1;
                open.Push((fragment, 0));
            }
        }

        DefinitionFacts Named(DefinitionFacts fragment) => context.Fragment(((FragmentDefinitionNode)fragment.Node).Name.Value)!;

        void Report(FragmentSpreadNode spread, ReadOnlySpan<SyntaxNode> cycle)
        {
            var via = new List<string>();
            foreach (var step in cycle[..Math.Min(cycle.Length - 1, MaxNamed)])
            {
                via.Add($"\"{((FragmentSpreadNode)step).Name}\"");
            }

            if (cycle.Length - 1 > MaxNamed)
            {
                via.Add("…");
            }

            context.Report(
                $"Cannot spread fragment \"{spread.Name}\" within itself{(via.Count > 0 ? " via " + string.Join(", ", via) : "")}.", cycle);
        }
    }
}
