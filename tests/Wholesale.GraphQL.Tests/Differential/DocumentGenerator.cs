using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Tests.Differential;

/// <summary>Makes up documents that a schema takes (a few are not valid after all, which both engines should notice).</summary>
internal sealed partial class DocumentGenerator
{
    private const int MaxDepth = 4;

    private readonly Schema schema;
    private readonly Random random;
    private readonly List<CompositeType> composites;
    private readonly List<DirectiveDefinition> directives;
    private DocumentModel document = new();

    // What each response name stands for, so that fields of one name can be merged wherever they meet.
    private Dictionary<string, string> meanings = [];

    public DocumentGenerator(Schema schema, Random random)
    {
        this.schema = schema;
        this.random = random;
        composites = [.. schema.Types.OfType<CompositeType>().Where(t => t.Definition is not null)];
        directives = [.. schema.Directives.Where(d => d.Definition is not null)];
    }

    /// <summary>Whether values may be variables, which are the document's then.</summary>
    public bool UsesVariables { get; set; }

    public DocumentModel Generate()
    {
        UsesVariables = true;
        document = new DocumentModel();
        meanings = [];
        var count = Chance(75) ? 1 : random.Next(2, 4);
        for (var i = 0; i < count; i++)
        {
            document.Operations.Add(Operation(count == 1 && Chance(40) ? null : $"Q{i}"));
        }

        foreach (var operation in document.Operations)
        {
            DefineVariables(operation);
        }

        if (count > 1 || Chance(10))
        {
            document.OperationName = Pick(document.Operations).Name;
        }

        return document;
    }

    private OperationModel Operation(string? name)
    {
        var kind = random.Next(10);
        var type = kind < 2 && schema.MutationType is not null ? OperationType.Mutation
            : kind < 4 && schema.SubscriptionType is not null ? OperationType.Subscription
            : OperationType.Query;
        var root = schema.RootType(type)!;
        var set = type == OperationType.Subscription ? SubscriptionSet(root) : Set(root, depth: 0);
        var operation = new OperationModel(type, name, set);
        Direct(operation.Directives, type.ToString().ToUpperInvariant());
        return operation;
    }

    /// <summary>One field, perhaps inside a fragment, perhaps twice.</summary>
    private SetModel SubscriptionSet(ObjectType root)
    {
        var set = new SetModel(root);
        set.Selections.Add(Field(root, Pick(root.Fields), depth: 0));
        set.Selections.ForEach(s => s.Directives.RemoveAll(d => d.Name is "skip" or "include"));
        if (Chance(20))
        {
            var outer = new SetModel(root);
            outer.Selections.Add(new InlineModel(Chance(50) ? root.Name : null, set));
            return outer;
        }

        if (Chance(20))
        {
            var fragment = new FragmentModel(FreshFragmentName(), root.Name, set);
            document.Fragments.Add(fragment);
            var outer = new SetModel(root);
            outer.Selections.Add(new SpreadModel(fragment.Name));
            return outer;
        }

        return set;
    }

    /// <summary>A selection set on a type.</summary>
    public SetModel Set(CompositeType type, int depth)
    {
        var set = new SetModel(type);
        for (var i = random.Next(1, depth == 0 ? 5 : 4); i > 0; i--)
        {
            if (Selection(type, depth) is { } selection)
            {
                set.Selections.Add(selection);
            }
        }

        if (set.Selections.Count == 0)
        {
            set.Selections.Add(new FieldModel(schema.TypenameField, type));
        }

        return set;
    }

    private SelectionModel? Selection(CompositeType type, int depth)
    {
        var isIntrospection = type.Definition is null;
        var kind = random.Next(100);
        if (!isIntrospection && depth < MaxDepth)
        {
            if (kind < 12)
            {
                return Inline(type, depth);
            }

            if (kind < 22)
            {
                return Spread(type, depth);
            }
        }

        if (kind < 28 || type is UnionType)
        {
            return Field(type, schema.TypenameField, depth);
        }

        if (kind < 31 && type == schema.QueryType)
        {
            return Field(type, Chance(40) ? schema.SchemaField : schema.TypeField, depth);
        }

        var fields = ((FieldsType)type).Fields.Where(f => IsComparable(f) && (depth < MaxDepth || f.Type.Named is not CompositeType)).ToList();
        return fields.Count == 0 ? null : Field(type, Pick(fields), depth);
    }

    /// <summary>
    /// Of introspection, what the specification determines: not the order of all types and directives, and not how its own types are described, of which
    /// <see cref="IntrospectionDescription"/> keeps clear.
    /// </summary>
    private static bool IsComparable(FieldDefinition field) => field.Coordinate is not ("__Schema.types" or "__Schema.directives" or "__Type.description");

    private InlineModel Inline(CompositeType type, int depth)
    {
        var condition = Chance(25) ? null : Pick(Overlapping(type));
        var inline = new InlineModel(condition?.Name, Set(condition ?? type, depth + 1));
        Direct(inline.Directives, "INLINE_FRAGMENT");
        return inline;
    }

    private SpreadModel Spread(CompositeType type, int depth)
    {
        var overlapping = Overlapping(type);
        var known = document.Fragments.Where(f => overlapping.Exists(o => o.Name == f.TypeCondition) && IsPlain(f)).ToList();
        if (known.Count == 0 || Chance(50))
        {
            var condition = Pick(overlapping);
            var set = Set(condition, depth + 1);

            // Only now, so that nothing in it can spread it.
            var fragment = new FragmentModel(FreshFragmentName(), condition.Name, set);
            document.Fragments.Add(fragment);
            Direct(fragment.Directives, "FRAGMENT_DEFINITION");
            known = [fragment];
        }

        var spread = new SpreadModel(Pick(known).Name);
        Direct(spread.Directives, "FRAGMENT_SPREAD");
        return spread;
    }

    /// <summary>Not one that was made for a subscription, whose fields are counted.</summary>
    private bool IsPlain(FragmentModel fragment) => fragment.TypeCondition != schema.SubscriptionType?.Name;

    private string FreshFragmentName() => Chance(5) && document.Fragments.Count == 0 ? "fragment" : $"F{document.Fragments.Count}x{random.Next(1000)}";

    private List<CompositeType> Overlapping(CompositeType type) =>
        [.. composites.Where(c => c == type || schema.PossibleTypes(c).Overlaps(schema.PossibleTypes(type)))];

    private FieldModel Field(CompositeType parent, FieldDefinition definition, int depth)
    {
        var field = new FieldModel(definition, parent)
        {
            // Of a nullable variable's null in introspection the reference tells the first failure only: its types stay non-null in the second run.
            Arguments = Arguments(definition.Arguments, mayHoldVariables: parent.Definition is not null),
        };
        if (definition == schema.TypeField)
        {
            field.Arguments[0].Value = new LiteralModel($"\"{(Chance(5) ? "Nothing" : Pick(schema.Types.Where(t => t.Definition is not null).ToList()).Name)}\"");
        }

        field.Alias = AliasOf(field);
        Direct(field.Directives, "FIELD");
        if (definition.Type.Named is CompositeType inner)
        {
            field.Set = Set(inner, depth + 1);
            IntrospectionDescription(field);
        }

        return field;
    }

    /// <summary>The schema's own types have descriptions that both sides show; those of the specification's types are in each engine's own words.</summary>
    private void IntrospectionDescription(FieldModel field)
    {
        if (field.Definition == schema.TypeField && Chance(40))
        {
            field.Set!.Selections.Add(new FieldModel(((ObjectType)field.Set.Type).Field("description")!, field.Set.Type));
        }
    }

    /// <summary>Null where the field's name may stand for it as it is; now and then an alias that is taken.</summary>
    private string? AliasOf(FieldModel field)
    {
        var meaning = MeaningOf(field);
        if (Chance(2) && meanings.Count > 0)
        {
            return Pick([.. meanings.Keys]);
        }

        var same = meanings.Where(m => m.Value == meaning).Select(m => m.Key).ToList();
        if (same.Count > 0 && Chance(60))
        {
            var known = Pick(same);
            return known == field.Name ? null : known;
        }

        var name = Chance(75) ? field.Name : $"a{meanings.Count}";
        if (!meanings.TryAdd(name, meaning) && meanings[name] != meaning)
        {
            name = $"b{meanings.Count}";
            meanings[name] = meaning;
        }

        return name == field.Name ? null : name;
    }

    private static string MeaningOf(FieldModel field)
    {
        var type = field.Definition.Type.ToString()!;
        var shape = field.Definition.Type.Named is CompositeType named ? type.Replace(named.Name, "{}", StringComparison.Ordinal) : type;
        return $"{field.Name} {Text(field.Arguments)} {shape}";
    }

    private static string Text(List<ArgumentModel> arguments) => string.Join(",", arguments.Select(a => $"{a.Name}:{Text(a.Value)}"));

    private static string Text(ValueModel value) => value switch
    {
        ListModel list => $"[{string.Join(",", list.Items.Select(Text))}]",
        ObjectModel o => $"{{{Text(o.Fields)}}}",
        _ => value.ToString(),
    };

    private void Direct(List<DirectiveModel> place, string location)
    {
        if (location is "FIELD" or "INLINE_FRAGMENT" or "FRAGMENT_SPREAD" && Chance(9))
        {
            var definition = schema.Directive(Chance(50) ? "skip" : "include")!;
            ValueModel condition = !UsesVariables || Chance(40) ? new LiteralModel(Chance(50) ? "true" : "false") : VariableUse(definition.Arguments[0].Type, hasDefault: false);
            place.Add(new DirectiveModel(definition.Name, definition) { Arguments = [new ArgumentModel("if", definition.Arguments[0].Type, condition)] });
        }

        foreach (var definition in directives.Where(d => d.Locations.Contains(location) && Chance(5)))
        {
            for (var i = definition.IsRepeatable ? random.Next(1, 3) : 1; i > 0; i--)
            {
                place.Add(new DirectiveModel(definition.Name, definition)
                {
                    Arguments = Arguments(definition.Arguments, mayHoldVariables: location != "VARIABLE_DEFINITION"),
                });
            }
        }
    }

    private bool Chance(int percent) => random.Next(100) < percent;

    private T Pick<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];
}
