using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Tests.Differential;

// Sections 5.1 "Documents", 5.2 "Operations" and 5.3 "Fields".
internal sealed partial class Mutator
{
    private bool AddTypeSystemDefinition()
    {
        document.Others.Add(Pick([
            "type X { a: Int }", "extend type Query { x: Int }", "schema { query: Query }", "scalar Z", "directive @x on FIELD", "enum Y { A }",
            "extend schema @x", "input W { a: Int }", "union V = X", "interface T { a: Int }", "\"What.\" type X { a: Int }",
        ]));
        return true;
    }

    private bool AskForMissingRoot()
    {
        var missing = Enum.GetValues<OperationType>().Where(t => schema.RootType(t) is null).ToList();
        if (missing.Count == 0)
        {
            return false;
        }

        Pick(document.Operations).Type = Pick(missing);
        return true;
    }

    private bool RepeatOperation()
    {
        var named = document.Operations.Where(o => o.Name is not null).ToList();
        if (named.Count == 0)
        {
            return false;
        }

        document.Operations.Add(Pick(named));
        return true;
    }

    private bool RenameOperation()
    {
        if (document.Operations.Count < 2 || document.Operations[0].Name is null)
        {
            return false;
        }

        document.Operations[^1].Name = document.Operations[0].Name;
        return true;
    }

    private bool ForgetOperationName()
    {
        if (document.Operations.Count < 2)
        {
            return false;
        }

        Pick(document.Operations).Name = null;
        return true;
    }

    private bool AddAnonymousOperation()
    {
        document.Operations.Add(new OperationModel(OperationType.Query, null, TypenameOn(schema.QueryType)));
        return true;
    }

    private bool AddSecondRootField() => WithSubscription(set => set.Selections.Add(NewField(set.Type)));

    private bool AddTypenameToSubscription() => WithSubscription(set =>
    {
        if (Chance(50))
        {
            set.Selections.Clear();
        }

        set.Selections.Add(new FieldModel(schema.TypenameField, set.Type) { Alias = Chance(50) ? "other" : null });
    });

    private bool SkipRootField() => WithSubscription(set => Pick(set.Selections).Directives.Add(Condition(Chance(50) ? "skip" : "include")));

    private bool SpreadSecondRootField() => WithSubscription(set =>
    {
        var inner = new SetModel(set.Type);
        inner.Selections.Add(NewField(set.Type));
        document.Fragments.Add(new FragmentModel("Second", set.Type.Name, inner));
        set.Selections.Add(new SpreadModel("Second"));
    });

    private bool WithSubscription(Action<SetModel> change)
    {
        if (document.Operations.Find(o => o.Type == OperationType.Subscription) is not { } subscription)
        {
            return false;
        }

        change(subscription.Set);
        return true;
    }

    private bool RenameField() => Change(document.Fields, field => field.Name = Pick(["nothing", "f99", "__type", "__schema", field.Name + "_", "F0"]));

    private bool SelectFieldOfOtherType() => Change(document.Sets, set =>
    {
        var other = Pick(schema.Types.OfType<FieldsType>().ToList());
        set.Selections.Add(new FieldModel(Pick(other.Fields), set.Type) { Alias = "other" });
    });

    private bool SelectSchemaBelowRoot() => Change(
        document.Sets.Where(s => s.Type != schema.QueryType),
        set => set.Selections.Add(new FieldModel(schema.SchemaField, set.Type) { Set = TypenameOn((CompositeType)schema.SchemaField.Type.Named) }));

    private bool AliasLikeNeighbour() => Change(document.Sets.Where(s => s.Selections.OfType<FieldModel>().Skip(1).Any()), set =>
    {
        var fields = set.Selections.OfType<FieldModel>().ToList();
        fields[^1].Alias = fields[0].Alias ?? fields[0].Name;
    });

    private bool AliasLikeAnything()
    {
        var fields = document.Fields.ToList();
        var (one, other) = (Pick(fields), Pick(fields));
        one.Alias = other.Alias ?? other.Name;
        return true;
    }

    private bool RepeatFieldWithOtherArguments() => Change(
        document.Sets.Where(s => s.Selections.OfType<FieldModel>().Any(f => f.Arguments.Count > 0)),
        set =>
        {
            var field = Pick(set.Selections.OfType<FieldModel>().Where(f => f.Arguments.Count > 0).ToList());
            var again = new FieldModel(field.Definition, field.Parent)
            {
                Alias = field.Alias,
                Set = field.Set,
                Arguments = [.. field.Arguments.Select(a => new ArgumentModel(a.Name, a.Type, generator.Value(a.Type, mayHoldVariables: false)))],
            };
            set.Selections.Insert(random.Next(set.Selections.Count + 1), again);
        });

    private bool RepeatFieldWithOtherInside() => Change(
        document.Sets.Where(s => s.Selections.OfType<FieldModel>().Any(f => f.Set is not null)),
        set =>
        {
            var field = Pick(set.Selections.OfType<FieldModel>().Where(f => f.Set is not null).ToList());
            var again = new FieldModel(field.Definition, field.Parent) { Alias = field.Alias, Arguments = field.Arguments, Set = new SetModel(field.Set!.Type) };
            foreach (var name in field.Set.WithInner().First().Selections.OfType<FieldModel>().Select(f => f.Alias ?? f.Name))
            {
                again.Set.Selections.Add(new FieldModel(NewField(field.Set.Type).Definition, field.Set.Type) { Alias = name, Set = null });
            }

            again.Set.Selections.Add(new FieldModel(schema.TypenameField, field.Set.Type) { Alias = "kind" });
            again.Set.Selections.OfType<FieldModel>().Where(f => f.Definition.Type.Named is CompositeType).ToList()
                .ForEach(f => f.Set = TypenameOn((CompositeType)f.Definition.Type.Named));
            set.Selections.Add(again);
        });

    private bool ConflictThroughFragment() => Change(document.Sets.Where(s => s.Selections.OfType<FieldModel>().Any()), set =>
    {
        var field = Pick(set.Selections.OfType<FieldModel>().ToList());
        var inner = new SetModel(set.Type);
        inner.Selections.Add(new FieldModel(schema.TypenameField, set.Type) { Alias = field.Alias ?? field.Name });
        if (Chance(50))
        {
            set.Selections.Add(new InlineModel(null, inner));
            return;
        }

        document.Fragments.Add(new FragmentModel("Conflicting", set.Type.Name, inner));
        set.Selections.Add(new SpreadModel("Conflicting"));
    });

    /// <summary>Two objects' fields of one response name and different types.</summary>
    private bool ConflictByShape() => Change(document.Sets.Where(s => s.Type is not ObjectType && s.Type.Definition is not null), set =>
    {
        foreach (var type in schema.PossibleTypes(set.Type).OrderBy(t => t.Name, StringComparer.Ordinal).Take(3))
        {
            var inner = new SetModel(type);
            var field = NewField(type);
            field.Alias = "shape";
            inner.Selections.Add(field);
            set.Selections.Add(new InlineModel(type.Name, inner));
        }
    });

    private bool ForgetSelections() => Change(document.Fields.Where(f => f.Set is not null), field => field.Set = null);

    private bool SelectOnLeaf() => Change(document.Fields.Where(f => f.Set is null), field => field.Set = TypenameOn(schema.QueryType));
}
