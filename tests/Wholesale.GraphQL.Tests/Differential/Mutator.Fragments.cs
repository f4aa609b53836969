using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Tests.Differential;

// Section 5.5 "Fragments".
internal sealed partial class Mutator
{
    private bool RepeatFragment() => Change(document.Fragments, fragment =>
    {
        var again = new FragmentModel(fragment.Name, fragment.TypeCondition, Chance(50) ? fragment.Set : TypenameOn(fragment.Set.Type));
        document.Fragments.Insert(random.Next(document.Fragments.Count + 1), again);
    });

    private bool ConditionOnUnknownType() => ChangeCondition(["Unknown", "O99", "query", "Querry"]);

    private bool ConditionOnLeafType() =>
        ChangeCondition([.. schema.Types.Where(t => t is not CompositeType).Select(t => t.Name)]);

    private bool ConditionOnImpossibleType() => Change(document.Sets.Where(s => s.Type.Definition is not null), set =>
    {
        var impossible = ImpossibleIn(set.Type);
        set.Selections.Add(new InlineModel(impossible.Name, TypenameOn(impossible)));
    });

    private bool SpreadImpossibleFragment() => Change(document.Sets.Where(s => s.Type.Definition is not null), set =>
    {
        var impossible = ImpossibleIn(set.Type);
        document.Fragments.Add(new FragmentModel("Impossible", impossible.Name, TypenameOn(impossible)));
        set.Selections.Add(new SpreadModel("Impossible"));
    });

    private bool ChangeCondition(IReadOnlyList<string> types)
    {
        var inlines = document.Sets.SelectMany(s => s.Selections).OfType<InlineModel>().ToList();
        if (inlines.Count > 0 && (document.Fragments.Count == 0 || Chance(50)))
        {
            Pick(inlines).TypeCondition = Pick(types);
            return true;
        }

        return Change(document.Fragments, fragment => fragment.TypeCondition = Pick(types));
    }

    private bool AddUnusedFragment()
    {
        var type = Pick(schema.Types.OfType<CompositeType>().Where(t => t.Definition is not null).ToList());
        document.Fragments.Add(new FragmentModel("Unused", type.Name, generator.Set(type, depth: 3)));
        return true;
    }

    private bool RemoveSpreads() => Change(document.Fragments, fragment =>
    {
        foreach (var set in document.Sets.ToList())
        {
            set.Selections.RemoveAll(s => s is SpreadModel spread && spread.Name == fragment.Name);
            if (set.Selections.Count == 0)
            {
                set.Selections.Add(new FieldModel(schema.TypenameField, set.Type));
            }
        }
    });

    private bool SpreadUnknownFragment() => Change(document.Sets, set => set.Selections.Add(new SpreadModel("Nowhere")));

    private bool SpreadFragmentInItself() => Change(
        document.Fragments, fragment => Pick(fragment.Set.WithInner().ToList()).Selections.Add(new SpreadModel(fragment.Name)));

    private bool SpreadFragmentInReached() => Change(document.Fragments.Where(f => document.Reach(f).Count > 0), fragment =>
        Pick(Pick(document.Reach(fragment).ToList()).Set.WithInner().ToList()).Selections.Add(new SpreadModel(fragment.Name)));

    private CompositeType ImpossibleIn(CompositeType type)
    {
        var impossible = schema.Types.OfType<CompositeType>().Where(t => !schema.PossibleTypes(t).Overlaps(schema.PossibleTypes(type))).ToList();
        return Pick(impossible);
    }
}
