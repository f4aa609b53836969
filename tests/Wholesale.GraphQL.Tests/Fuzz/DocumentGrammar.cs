using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Tests.Fuzz;

/// <summary>
/// Executable documents that fit a schema, or nearly: half of them are meant to be valid, in the others each decision goes wrong now and then, so that
/// every rule of section 5 finds its error in a document that is otherwise right.
/// </summary>
/// <param name="schema">What they are written for.</param>
/// <param name="random">Decides.</param>
internal sealed class DocumentGrammar(Schema schema, Random random)
{
    private const int MaxDepth = 5;
    private const int MaxFragments = 6;

    private static readonly string[] Directives = ["skip", "include", "label", "onField", "onQuery", "onFragmentSpread", "onInlineFragment", "onlyInSchemas", "none"];

    private readonly CompositeType[] composites = [.. schema.Types.OfType<CompositeType>().Where(t => !t.Name.StartsWith("__", StringComparison.Ordinal))];
    private readonly string[] typeNames = [.. schema.Types.Select(t => t.Name), "None", "Dogg"];
    private readonly List<(string Name, CompositeType Type)> fragments = [];
    private readonly List<(string Name, string Type)> variables = [];
    private StringBuilder text = new();
    private LiteralGrammar literals = null!;
    private double fault;
    private int written;
    private bool mayUseVariables;
    private int aliases;

    /// <summary>A document of some hundred bytes.</summary>
    public string Document()
    {
        fragments.Clear();
        variables.Clear();
        written = aliases = 0;
        fault = random.Next(4) switch { 0 => 0.05, 1 => 0.01, _ => 0 };
        text = new StringBuilder(random.Next(16) == 0 ? "\uFEFF" : "");
        literals = new LiteralGrammar(random, text);
        if (Wrong())
        {
            Unfolding();
        }

        var operations = literals.Chance(0.1) || Wrong() ? 2 : 1;
        mayUseVariables = operations == 1;
        for (var i = 0; i < operations; i++)
        {
            Operation(isNamed: operations > 1 ? !Wrong() : literals.Chance(0.5));
        }

        // Writing one may make up others.
        for (; written < fragments.Count; written++)
        {
            Fragment(fragments[written].Name, fragments[written].Type);
        }

        if (Wrong())
        {
            text.Append(literals.Any(["type Dog {a: Int}", "extend type Dog @a", "fragment F0 on Dog {name}", "query Q1 {dog {name}}", "{dog {name}}", "fragment Unused on Cat {name}"]));
        }

        return text.ToString();
    }

    private bool Wrong() => fault > 0 && literals.Chance(fault);

    private void Operation(bool isNamed)
    {
        var type = random.Next(10) switch { 0 => OperationType.Mutation, 1 => OperationType.Subscription, _ => OperationType.Query };
        var (before, first) = (text, variables.Count);
        text = new StringBuilder();
        literals = new LiteralGrammar(random, text);
        if (type == OperationType.Subscription && !Wrong())
        {
            text.Append("{arrivals");
            SelectionSet(schema.Type("Animal") as CompositeType, depth: 1, least: 1);
            text.Append('}');
        }
        else
        {
            SelectionSet(schema.RootType(type), depth: 0, least: 180);
        }

        var body = text;
        text = before;
        literals = new LiteralGrammar(random, text);
        Head(type, isNamed, first);
        text.Append(body);
        literals.Blank();
    }

    private void Head(OperationType type, bool isNamed, int firstVariable)
    {
        var word = type switch { OperationType.Query => "query", OperationType.Mutation => "mutation", _ => "subscription" };
        if (literals.Chance(0.05))
        {
            literals.String();
        }
        else if (type == OperationType.Query && !isNamed && variables.Count == firstVariable && literals.Chance(0.5))
        {
            return;
        }

        text.Append(word);
        if (isNamed)
        {
            text.Append(' ').Append(Wrong() ? "Q1" : literals.Name("Q"));
        }

        var defined = variables.Skip(firstVariable).Where(_ => !Wrong()).ToList();
        if (Wrong())
        {
            defined.Add(literals.Any([("unused", "Int"), ("v1", "Int"), ("unused", "Dog!"), ("unused", "[None]"), ("$", "Int")]));
        }

        if (defined.Count > 0)
        {
            text.Append('(');
            defined.ForEach(VariableDefinition);
            text.Append(')');
        }

        MaybeDirective($"on{char.ToUpperInvariant(word[0])}{word[1..]}");
    }

    private void VariableDefinition((string Name, string Type) variable)
    {
        if (literals.Chance(0.03))
        {
            literals.String();
        }

        text.Append('$').Append(variable.Name).Append(':').Append(Wrong() ? literals.Any(["Int", "String!", "[Boolean]"]) : variable.Type);
        if (Wrong() || (!variable.Type.EndsWith('!') && literals.Chance(0.1)))
        {
            text.Append(" = ");
            if (Wrong())
            {
                literals.Value(2, variable: null);
            }
            else
            {
                text.Append("null");
            }
        }

        MaybeDirective("onVariableDefinition");
        literals.Blank();
    }

    private void Fragment(string name, CompositeType type)
    {
        literals.Blank();
        text.Append("fragment ").Append(name).Append(" on ").Append(TypeName(type)).Append(' ');
        MaybeDirective("onFragmentDefinition");
        SelectionSet(type, MaxDepth - 2, least: 1);
    }

    /// <param name="least">How many bytes to write at least.</param>
    private void SelectionSet(CompositeType? type, int depth, int least)
    {
        var end = text.Length + least;
        text.Append('{');
        var count = 1 + random.Next(depth == 0 ? 5 : 3);
        do
        {
            Selection(type, depth);
            literals.Blank();
        }
        while (--count > 0 || text.Length < end);

        text.Append('}');
    }

    private void Selection(CompositeType? type, int depth)
    {
        var kind = random.Next(20);
        if (kind < 2 && depth < MaxDepth)
        {
            InlineFragment(type, depth);
        }
        else if (kind == 2 && type is not null && SpreadFragment(type) is { } name)
        {
            text.Append("...").Append(name).Append(' ');
            MaybeDirective("onFragmentSpread");
        }
        else if (type is FieldsType fields && kind < 19)
        {
            Field(literals.Any(fields.Fields), depth);
        }
        else
        {
            text.Append(Alias()).Append("__typename");
        }
    }

    private void InlineFragment(CompositeType? type, int depth)
    {
        text.Append("... ");
        var inner = type;
        if (literals.Chance(0.8))
        {
            inner = type is null || Wrong() ? literals.Any(composites) : literals.Any([.. schema.PossibleTypes(type), type]);
            text.Append("on ").Append(TypeName(inner)).Append(' ');
        }

        MaybeDirective("onInlineFragment");
        SelectionSet(inner, depth + 1, least: 1);
    }

    /// <summary>A fragment that may be spread on a type and leads to no cycle, though sometimes any; null where there is none.</summary>
    private string? SpreadFragment(CompositeType type)
    {
        if (Wrong())
        {
            return literals.Any(["None", .. fragments.Select(f => f.Name)]);
        }

        var fitting = fragments.Skip(written + 1).Where(f => schema.PossibleTypes(f.Type).Overlaps(schema.PossibleTypes(type))).ToList();
        if (fitting.Count > 0 && literals.Chance(0.7))
        {
            return literals.Any(fitting).Name;
        }

        if (fragments.Count == MaxFragments)
        {
            return null;
        }

        fragments.Add(($"F{fragments.Count}", type));
        return fragments[^1].Name;
    }

    private void Field(FieldDefinition field, int depth)
    {
        var isLeaf = field.Type.Named is not CompositeType;
        if (depth >= MaxDepth && !isLeaf && !Wrong())
        {
            text.Append("__typename");
            return;
        }

        text.Append(field.Arguments.IsEmpty && literals.Chance(0.8) ? "" : Wrong() ? "name:" : Alias());
        text.Append(Wrong() ? literals.Any(["none", "nam", "name", "meowVolume", "code"]) : field.Name);
        Arguments(field.Arguments);
        MaybeDirective("onField");
        if (isLeaf == Wrong())
        {
            SelectionSet(field.Type.Named as CompositeType, depth + 1, least: 1);
        }
    }

    private string Alias() => string.Create(CultureInfo.InvariantCulture, $"a{aliases++}:");

    private void Arguments(ImmutableArray<InputValueDefinition> definitions)
    {
        var given = definitions.Where(d => d.IsRequired ? !Wrong() : literals.Chance(0.7)).ToList();
        if (given.Count > 0 && Wrong())
        {
            given.Add(given[0]);
        }

        var isExtra = Wrong();
        if (given.Count == 0 && !isExtra)
        {
            return;
        }

        text.Append('(');
        foreach (var definition in given)
        {
            text.Append(definition.Name).Append(':');
            Value(definition.Type, depth: 0, definition.DefaultValue is not null);
            literals.Blank();
        }

        text.Append(isExtra ? "none: 1)" : ")");
    }

    private void Value(GraphQLType type, int depth, bool hasDefault = false)
    {
        if (Wrong())
        {
            literals.Value(2, Variable);
        }
        else if (mayUseVariables && literals.Chance(0.15))
        {
            Variable(Wrong() ? "Int" : type.ToString()!);
        }
        else if (type is not NonNullType && (depth > 2 || literals.Chance(0.08)))
        {
            text.Append("null");
        }
        else
        {
            ValueOf(type.Nullable, depth, hasDefault);
        }
    }

    private void Variable() => Variable("Int");

    private void Variable(string type)
    {
        if (!Wrong())
        {
            variables.Add(($"v{variables.Count}", type));
        }

        text.Append('$').Append(variables.Count == 0 ? "none" : variables[^1].Name);
    }

    private void ValueOf(GraphQLType type, int depth, bool hasDefault)
    {
        switch (type)
        {
            case ListType list when literals.Chance(0.9) || list.ItemType is not NonNullType:
                literals.List(random.Next(4), () => Value(list.ItemType, depth + 1));
                break;
            case ListType list:
                ValueOf(list.ItemType.Nullable, depth, hasDefault);
                break;
            case EnumType enumType:
                text.Append(Wrong() ? "SITT" : literals.Any(enumType.Values).Name);
                break;
            case InputObjectType inputObject:
                ObjectValue(inputObject, depth);
                break;
            default:
                Scalar(type.Named.Name);
                break;
        }
    }

    private void ObjectValue(InputObjectType type, int depth)
    {
        var given = type.IsOneOf && !Wrong()
            ? [literals.Any(type.Fields)]
            : type.Fields.Where(f => f.IsRequired ? !Wrong() : depth < 3 && literals.Chance(0.4)).ToList();
        if (given.Count > 0 && Wrong())
        {
            given.Add(given[0]);
        }

        text.Append('{');
        foreach (var field in given)
        {
            text.Append(Wrong() ? "none" : field.Name).Append(':');
            Value(type.IsOneOf && !Wrong() ? field.Type.NonNull : field.Type, depth + 1, field.DefaultValue is not null);
            literals.Blank();
        }

        text.Append('}');
    }

    private void Scalar(string name)
    {
        switch (name)
        {
            case "Int":
                literals.Int();
                break;
            case "Float":
                text.Append(literals.Any(["1", "-2.5", "1e3"]));
                break;
            case "Boolean":
                text.Append(literals.Any(["true", "false"]));
                break;
            case "Json":
                literals.Value(2, variable: null);
                break;
            default:
                literals.String();
                break;
        }
    }

    /// <param name="own">The directive that belongs here and nowhere else.</param>
    private void MaybeDirective(string own)
    {
        for (var count = literals.Chance(0.1) ? 1 : Wrong() ? 2 : 0; count > 0; count--)
        {
            var name = Wrong() ? literals.Any(Directives) : own is "onField" or "onFragmentSpread" or "onInlineFragment" ? literals.Any(["skip", "include", "label", own]) : own;
            text.Append('@').Append(name);
            if (schema.Directive(name) is { } definition)
            {
                Arguments(definition.Arguments);
            }

            text.Append(' ');
        }
    }

    private string TypeName(CompositeType type) => Wrong() ? literals.Any(typeNames) : type.Name;

    /// <summary>Fragments that double what they hold, level by level.</summary>
    private void Unfolding()
    {
        var levels = random.Next(1, 20);
        text.Append("query Q0 {animal {...U0}}");
        for (var i = 0; i < levels; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"fragment U{i} on Animal {{a: parents {{...U{i + 1}}} b: parents {{...U{i + 1}}}}}");
        }

        text.Append(CultureInfo.InvariantCulture, $"fragment U{levels} on Animal {{name}}");
    }
}
