using System.Text;

namespace Wholesale.GraphQL.Tests.Differential;

/// <summary>
/// Writes schemas that use all of section 3, as SDL, from which both engines build theirs. What both sides' data needs is kept: arguments are
/// named <c>a</c> to <c>c</c>, input fields <c>p</c> to <c>s</c>, and there are the scalars <c>Even</c> and <c>Tag</c>.
/// </summary>
internal sealed class SchemaGenerator
{
    private const string ExecutableLocations = "QUERY|MUTATION|SUBSCRIPTION|FIELD|FRAGMENT_DEFINITION|FRAGMENT_SPREAD|INLINE_FRAGMENT|VARIABLE_DEFINITION";

    private readonly Random random;
    private readonly StringBuilder text = new();
    private readonly List<string> enums = [];
    private readonly List<Input> inputs = [];
    private readonly List<Interface> interfaces = [];
    private readonly List<string> objects = [];
    private readonly List<string> composites = [];

    private SchemaGenerator(Random random) => this.random = random;

    public static string Generate(Random random) => new SchemaGenerator(random).Schema();

    private string Schema()
    {
        var query = random.Next(3) == 0 ? "Root" : "Query";
        var mutation = random.Next(10) < 7 ? "Mutation" : null;
        var subscription = random.Next(10) < 6 ? "Subscription" : null;
        if (query != "Query" || Chance(10))
        {
            Described($"schema {{ query: {query}{(mutation is null ? "" : " mutation: Mutation")}{(subscription is null ? "" : " subscription: Subscription")} }}");
        }

        text.AppendLine("scalar Even @specifiedBy(url: \"https://example.com/even\")").AppendLine("scalar Tag");
        Enums();
        Inputs();
        Directives();
        NameTypes();
        Interfaces();
        foreach (var name in objects)
        {
            Object(name, isRoot: false);
        }

        Unions();
        Object(query, isRoot: true);
        foreach (var root in new[] { mutation, subscription }.OfType<string>())
        {
            Object(root, isRoot: true);
        }

        return text.ToString();
    }

    private void Enums()
    {
        for (var i = 0; i < random.Next(1, 4); i++)
        {
            var values = Enumerable.Range(0, random.Next(1, 5)).Select(v => $"E{i}_V{v}{Deprecated()}");
            Described($"enum E{i} {{ {string.Join(" ", values)} }}");
            enums.Add($"E{i}");
        }
    }

    /// <summary>Each may hold the ones before it; the last contains itself.</summary>
    private void Inputs()
    {
        for (var i = 0; i < random.Next(2, 6); i++)
        {
            var isOneOf = Chance(30);
            var fields = "pqrs"[..(Chance(50) ? 2 : 4)].Select(name => isOneOf ? new InputValue(name, InputType(nullable: true), null) : NewInputValue(name)).ToList();
            Described($"input N{i}{(isOneOf ? " @oneOf" : "")} {{ {string.Join(" ", fields)} }}");
            inputs.Add(new Input($"N{i}", fields, isOneOf));
        }

        if (Chance(60))
        {
            var fields = new List<InputValue> { new('p', "Int", Chance(50) ? "7" : null), new('q', "Self", Chance(30) ? "null" : null), new('r', "[Self!]", null) };
            Described($"input Self {{ {string.Join(" ", fields)} }}");
            inputs.Add(new Input("Self", fields, false));
        }
    }

    private void Directives()
    {
        for (var i = 0; i < random.Next(1, 4); i++)
        {
            var locations = ExecutableLocations.Split('|').Where(_ => Chance(60)).DefaultIfEmpty("FIELD");
            Described($"directive @d{i}{Arguments()}{(Chance(40) ? " repeatable" : "")} on {string.Join(" | ", locations)}");
        }
    }

    private void NameTypes()
    {
        objects.AddRange(Enumerable.Range(0, random.Next(2, 6)).Select(i => $"O{i}"));
        for (var i = 0; i < random.Next(0, 4); i++)
        {
            interfaces.Add(new Interface($"I{i}", [.. interfaces.Where(_ => Chance(30))]));
        }

        composites.AddRange(objects);
        composites.AddRange(interfaces.Select(i => i.Name));
        composites.AddRange(Enumerable.Range(0, random.Next(0, 3)).Select(i => $"U{i}"));
    }

    private void Interfaces()
    {
        foreach (var type in interfaces)
        {
            var own = Enumerable.Range(0, random.Next(1, 3)).Select(i => new Field($"{type.Name.ToLowerInvariant()}_{i}", ArgumentList(), OutputType())).ToList();
            if (Chance(30))
            {
                own.Add(new Field("id", [], "ID!"));
            }

            type.Fields.AddRange(type.AllInterfaces.SelectMany(i => i.Fields).DistinctBy(f => f.Name));
            type.Fields.AddRange(own.Where(f => type.Fields.TrueForAll(known => known.Name != f.Name)));
            Described($"interface {type.Name}{Implements(type.AllInterfaces)} {{ {string.Join(" ", type.Fields)} }}");
        }
    }

    private void Object(string name, bool isRoot)
    {
        var implemented = isRoot ? [] : interfaces.Where((_, i) => Chance(45) || name == objects[i % objects.Count]).SelectMany(i => i.AllInterfaces.Append(i)).Distinct().ToList();
        var fields = implemented.SelectMany(i => i.Fields).DistinctBy(f => f.Name).Select(Implemented).ToList();
        if (!isRoot && Chance(50) && fields.TrueForAll(f => f.Name != "id"))
        {
            fields.Add(new Field("id", [], ((string[])["ID!", "ID", "String!"])[random.Next(3)]));
        }

        fields.AddRange(Enumerable.Range(0, isRoot ? random.Next(4, 8) : random.Next(2, 5)).Select(i => new Field($"f{i}", ArgumentList(), OutputType())));
        Described($"type {name}{Implements(implemented)} {{ {string.Join(" ", fields.Select(f => f.Name[0] == 'f' ? $"{f}{Deprecated()}" : f.ToString()))} }}");
    }

    private void Unions()
    {
        foreach (var name in composites.Where(c => c[0] == 'U'))
        {
            Described($"union {name} = {string.Join(" | ", objects.Where(_ => Chance(50)).DefaultIfEmpty(objects[0]))}");
        }
    }

    /// <summary>The field of an interface as what implements it has it: no wider, and with no further required argument.</summary>
    private Field Implemented(Field field) => field.Name == "id" ? field : field with
    {
        Type = field.Type.EndsWith('!') || Chance(80) ? field.Type : field.Type + "!",
        Arguments = field.Arguments.Count < 3 && Chance(15)
            ? [.. field.Arguments, new InputValue("abc"[field.Arguments.Count], InputType(nullable: true), null)]
            : field.Arguments,
    };

    private static string Implements(IReadOnlyList<Interface> types) => types.Count == 0 ? "" : $" implements {string.Join(" & ", types.Select(t => t.Name))}";

    private string OutputType()
    {
        var leaf = Chance(25) && enums.Count > 0 ? Pick(enums) : Pick(["Int", "Float", "String", "Boolean", "ID", "Even", "Tag"]);
        return Wrapped(Chance(55) ? Pick(composites) : leaf);
    }

    private string InputType(bool nullable)
    {
        var name = Chance(35) && inputs.Count > 0 ? Pick(inputs).Name
            : Chance(20) ? Pick(enums)
            : Pick(["Int", "Float", "String", "Boolean", "ID", "Even", "Tag", "Int", "Boolean"]);
        var type = Wrapped(name);
        return nullable ? type.TrimEnd('!') : type;
    }

    private string Wrapped(string name)
    {
        var type = Chance(30) ? name + "!" : name;
        for (var lists = Chance(30) ? Chance(25) ? 2 : 1 : 0; lists > 0; lists--)
        {
            type = $"[{type}]{(Chance(30) ? "!" : "")}";
        }

        return type;
    }

    private string Arguments() => ArgumentList() is { Count: > 0 } arguments ? $"({string.Join(" ", arguments)})" : "";

    private List<InputValue> ArgumentList() => Chance(55) ? [] : [.. "abc"[..random.Next(1, 4)].Select(NewInputValue)];

    private InputValue NewInputValue(char name)
    {
        var type = InputType(nullable: false);
        var value = new InputValue(name, type, Chance(35) ? Constant(type) : null);
        return value.IsRequired ? value : value with { Directives = Deprecated() };
    }

    /// <summary>A literal that is right for a type.</summary>
    private string Constant(string type)
    {
        if (type.EndsWith('!'))
        {
            return Constant(type[..^1], mayBeNull: false);
        }

        return Constant(type, mayBeNull: true);
    }

    private string Constant(string type, bool mayBeNull)
    {
        if (mayBeNull && Chance(15))
        {
            return "null";
        }

        if (type[0] == '[')
        {
            var items = Enumerable.Range(0, random.Next(3)).Select(_ => Constant(type[1..^1]));
            return Chance(20) && type[1] != '[' ? Constant(type[1..^1].TrimEnd('!'), mayBeNull: false) : $"[{string.Join(", ", items)}]";
        }

        return type switch
        {
            "Int" => $"{random.Next(-5, 100)}",
            "Even" => $"{2 * random.Next(50)}",
            "Float" => Pick(["1.5", "-0.0", "1e3", "7"]),
            "String" => Pick(["\"text\"", "\"\"", "\"Größe \\u00e9 \\n\"", "\"\"\"block\n  text\"\"\""]),
            "Tag" => "\"#tag\"",
            "ID" => Pick(["\"id\"", "12"]),
            "Boolean" => Pick(["true", "false"]),
            _ when enums.Contains(type) => $"{type}_V0",
            _ => InputObject(inputs.Find(i => i.Name == type)!),
        };
    }

    private string InputObject(Input type)
    {
        var given = type.IsOneOf ? [Pick(type.Fields)]
            : type.Fields.Where(f => f.Type is not ("Self" or "[Self!]") && (f.IsRequired || Chance(50))).ToList();
        return $"{{{string.Join(", ", given.Select(f => $"{f.Name}: {(type.IsOneOf ? Constant(f.Type.TrimEnd('!'), mayBeNull: false) : Constant(f.Type))}"))}}}";
    }

    private void Described(string definition) =>
        text.AppendLine(Chance(30) ? Pick(["\"What it is.\"", "\"\"\"\n  Two\n    lines: \\\"\"\" é\n\"\"\""]) : "").AppendLine(definition);

    private string Deprecated() => Chance(10) ? Pick([" @deprecated", " @deprecated(reason: \"Old.\")"]) : "";

    private bool Chance(int percent) => random.Next(100) < percent;

    private T Pick<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];

    private sealed record Interface(string Name, List<Interface> Implemented)
    {
        public List<Field> Fields { get; } = [];

        public List<Interface> AllInterfaces { get; } = [.. Implemented.SelectMany(i => i.AllInterfaces.Append(i)).Distinct()];
    }

    private sealed record Input(string Name, List<InputValue> Fields, bool IsOneOf);

    private sealed record Field(string Name, List<InputValue> Arguments, string Type)
    {
        public override string ToString() => $"{Name}{(Arguments.Count == 0 ? "" : $"({string.Join(" ", Arguments)})")}: {Type}";
    }

    private sealed record InputValue(char Name, string Type, string? Default, string Directives = "")
    {
        public bool IsRequired => Type.EndsWith('!') && Default is null;

        public override string ToString() => $"{Name}: {Type}{(Default is null ? "" : $" = {Default}")}{Directives}";
    }
}
