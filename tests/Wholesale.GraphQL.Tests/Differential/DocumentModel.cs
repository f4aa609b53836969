using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Tests.Differential;

// A document that is being made up: mutable, and knowing the types of its places, so that a mutator can break one rule and leave the rest.

/// <summary>A whole request.</summary>
internal sealed class DocumentModel
{
    public List<OperationModel> Operations { get; } = [];

    public List<FragmentModel> Fragments { get; } = [];

    /// <summary>Definitions that are no operation or fragment, as text.</summary>
    public List<string> Others { get; } = [];

    /// <summary>Every variable that is used anywhere, by name.</summary>
    public Dictionary<string, VariableModel> Variables { get; } = [];

    /// <summary>Which operation to run; null for the only one.</summary>
    public string? OperationName { get; set; }

    public IEnumerable<DefinitionModel> Definitions => Operations.Concat<DefinitionModel>(Fragments);

    /// <summary>Every selection set, nested ones included.</summary>
    public IEnumerable<SetModel> Sets => Definitions.SelectMany(d => d.Set.WithInner());

    public IEnumerable<FieldModel> Fields => Sets.SelectMany(s => s.Selections).OfType<FieldModel>();

    /// <summary>Every list of directives, with the word for its place.</summary>
    public IEnumerable<(List<DirectiveModel> Directives, string Location)> DirectivePlaces =>
        Operations.Select(o => (o.Directives, o.Type.ToString().ToUpperInvariant()))
            .Concat(Fragments.Select(f => (f.Directives, "FRAGMENT_DEFINITION")))
            .Concat(Operations.SelectMany(o => o.Variables).Select(v => (v.Directives, "VARIABLE_DEFINITION")))
            .Concat(Sets.SelectMany(s => s.Selections).Select(s => (s.Directives, s.Location)));

    /// <summary>Every list of arguments, of fields and of directives.</summary>
    public IEnumerable<List<ArgumentModel>> ArgumentLists =>
        Fields.Select(f => f.Arguments).Concat(DirectivePlaces.SelectMany(p => p.Directives).Select(d => d.Arguments));

    /// <summary>Every argument and input field that holds a value.</summary>
    public IEnumerable<ArgumentModel> Values => ArgumentLists.SelectMany(list => list)
        .Concat(Operations.SelectMany(o => o.Variables).Select(v => v.Default).OfType<ArgumentModel>())
        .SelectMany(a => a.WithInner());

    /// <summary>Every input object literal.</summary>
    public IEnumerable<ObjectModel> Objects => Values.SelectMany(v => v.Value.WithItems()).OfType<ObjectModel>();

    public FragmentModel? Fragment(string name) => Fragments.Find(f => f.Name == name);

    /// <summary>The fragments that a definition reaches, each once.</summary>
    public HashSet<FragmentModel> Reach(DefinitionModel definition)
    {
        var reached = new HashSet<FragmentModel>();
        var pending = new Stack<DefinitionModel>([definition]);
        while (pending.TryPop(out var next))
        {
            foreach (var spread in next.Set.WithInner().SelectMany(s => s.Selections).OfType<SpreadModel>())
            {
                if (Fragment(spread.Name) is { } fragment && reached.Add(fragment))
                {
                    pending.Push(fragment);
                }
            }
        }

        return reached;
    }
}

internal abstract class DefinitionModel(SetModel set)
{
    public SetModel Set { get; } = set;

    public List<DirectiveModel> Directives { get; } = [];
}

internal sealed class OperationModel(OperationType type, string? name, SetModel set) : DefinitionModel(set)
{
    public OperationType Type { get; set; } = type;

    public string? Name { get; set; } = name;

    public List<VariableModel> Variables { get; } = [];
}

internal sealed class FragmentModel(string name, string typeCondition, SetModel set) : DefinitionModel(set)
{
    public string Name { get; set; } = name;

    public string TypeCondition { get; set; } = typeCondition;
}

/// <summary>A variable as each operation defines it that reaches a use of it.</summary>
internal sealed class VariableModel(string name, GraphQLType type)
{
    public string Name { get; set; } = name;

    public GraphQLType Type { get; } = type;

    /// <summary>As it is written.</summary>
    public string TypeText { get; set; } = type.ToString()!;

    /// <summary>Null for none; its name is not written.</summary>
    public ArgumentModel? Default { get; set; }

    public List<DirectiveModel> Directives { get; } = [];
}

/// <summary>A selection set on a type.</summary>
internal sealed class SetModel(CompositeType type)
{
    public CompositeType Type => type;

    public List<SelectionModel> Selections { get; } = [];

    public IEnumerable<SetModel> WithInner() => Selections
        .Select(s => s switch { FieldModel field => field.Set, InlineModel inline => inline.Set, _ => null })
        .OfType<SetModel>()
        .SelectMany(s => s.WithInner())
        .Prepend(this);
}

internal abstract class SelectionModel
{
    public List<DirectiveModel> Directives { get; } = [];

    public abstract string Location { get; }
}

internal sealed class FieldModel(FieldDefinition definition, CompositeType parent) : SelectionModel
{
    public FieldDefinition Definition => definition;

    public CompositeType Parent => parent;

    public string? Alias { get; set; }

    public string Name { get; set; } = definition.Name;

    public List<ArgumentModel> Arguments { get; init; } = [];

    public SetModel? Set { get; set; }

    public override string Location => "FIELD";
}

/// <param name="typeCondition">Null for none.</param>
internal sealed class InlineModel(string? typeCondition, SetModel set) : SelectionModel
{
    public string? TypeCondition { get; set; } = typeCondition;

    public SetModel Set => set;

    public override string Location => "INLINE_FRAGMENT";
}

internal sealed class SpreadModel(string name) : SelectionModel
{
    public string Name { get; set; } = name;

    public override string Location => "FRAGMENT_SPREAD";
}

internal sealed class DirectiveModel(string name, DirectiveDefinition? definition)
{
    public string Name { get; set; } = name;

    public DirectiveDefinition? Definition => definition;

    public List<ArgumentModel> Arguments { get; init; } = [];
}

/// <summary>An argument, or a field of an input object.</summary>
/// <param name="type">Of the position.</param>
internal sealed class ArgumentModel(string name, GraphQLType type, ValueModel value)
{
    public string Name { get; set; } = name;

    public GraphQLType Type => type;

    public ValueModel Value { get; set; } = value;

    /// <summary>This and the fields of every object in it.</summary>
    public IEnumerable<ArgumentModel> WithInner() =>
        Value.WithItems().OfType<ObjectModel>().SelectMany(o => o.Fields).SelectMany(f => f.WithInner()).Prepend(this);
}

internal abstract record ValueModel
{
    /// <summary>This and the items of lists in it, but not what objects hold.</summary>
    public IEnumerable<ValueModel> WithItems() =>
        this is ListModel list ? list.Items.SelectMany(i => i.WithItems()).Prepend(this) : [this];
}

/// <summary>A value without others in it, as it is written.</summary>
internal sealed record LiteralModel(string Text) : ValueModel;

internal sealed record VariableUseModel(string Name) : ValueModel;

internal sealed record ListModel(List<ValueModel> Items) : ValueModel;

internal sealed record ObjectModel(InputObjectType Type, List<ArgumentModel> Fields) : ValueModel;
