using System.Globalization;
using System.Text;

namespace Wholesale.GraphQL.Tests.Execution.Cost;

/// <summary>A random operation on a <see cref="RandomWorld"/>, with random variables.</summary>
internal sealed class RandomOperation
{
    private const int MaxDepth = 5;

    private readonly Random random;
    private readonly RandomWorld world;
    private readonly List<string> definitions = [];
    private readonly List<string> values = [];
    private int aliases;

    /// <param name="withAbstract">Whether fields of the interface are selected.</param>
    public RandomOperation(RandomWorld world, int seed, bool withAbstract)
    {
        this.world = world;
        random = new Random(seed);
        WithAbstract = withAbstract;
        var selection = Selection("Query", 0);
        Text = definitions.Count == 0 ? selection : $"query({string.Join(", ", definitions)}) {selection}";
        Variables = $"{{{string.Join(", ", values)}}}";
    }

    public string Text { get; }

    public string Variables { get; }

    private bool WithAbstract { get; }

    private string Selection(string type, int depth)
    {
        var text = new StringBuilder("{ id");
        for (var i = random.Next(1, 4); i > 0 && depth < MaxDepth; i--)
        {
            var field = world.Fields[type][random.Next(world.Fields[type].Count)];
            if (WithAbstract || field.Kind is not (RandomWorld.FieldKind.Anything or RandomWorld.FieldKind.Things))
            {
                text.Append(CultureInfo.InvariantCulture, $" a{aliases++}: {field.Name}{Arguments(field.Kind)}{Directive()} {Of(field, depth + 1)}");
            }
        }

        return text.Append(" }").ToString();
    }

    private string Of(RandomWorld.Field field, int depth) => field.Kind switch
    {
        RandomWorld.FieldKind.Page => $"{{ edges {{ node {Selection(field.Type, depth)} }} }}",
        RandomWorld.FieldKind.Anything or RandomWorld.FieldKind.Things =>
            $"{{ id ... on A {Selection("A", depth)} ... on {field.Type} {Selection(field.Type, depth)} }}",
        _ => Selection(field.Type, depth),
    };

    private string Directive()
    {
        var (directive, variable) = random.Next(8) switch
        {
            0 => (" @include(if: $on)", "$on: Boolean! = true"),
            1 => (" @include(if: $off)", "$off: Boolean! = false"),
            2 => (" @skip(if: $on)", "$on: Boolean! = true"),
            _ => ("", ""),
        };
        if (variable.Length > 0 && !definitions.Contains(variable))
        {
            definitions.Add(variable);
        }

        return directive;
    }

    private string Arguments(RandomWorld.FieldKind kind) => kind switch
    {
        RandomWorld.FieldKind.Sliced => random.Next(3) switch
        {
            0 => "",
            1 => $"(first: {Value("Int", Number())})",
            _ => $"(first: {Value("Int", Number())}, last: {Value("Int", Number())})",
        },
        RandomWorld.FieldKind.Filtered => random.Next(4) switch
        {
            0 => "",
            1 => $"(filter: {{ max: {Value("Int", Number())}, rows: [{{}}] }})",
            2 => $"(filter: {{ rows: {Value("[Row!]", Rows(), Rows(isJson: true))} }})",
            _ => $"(filter: {Value("Filter", $"{{ max: {random.Next(4)}, rows: {Rows()} }}", $"{{ \"max\": {random.Next(4)}, \"rows\": {Rows(isJson: true)} }}")})",
        },
        RandomWorld.FieldKind.ByIds => $"(ids: {Value("[Int!]!", Ids())})",
        RandomWorld.FieldKind.Page => random.Next(2) == 0 ? "" : $"(first: {Value("Int!", random.Next(4).ToString(CultureInfo.InvariantCulture))})",
        _ => "",
    };

    /// <summary>A literal, or a variable with that value.</summary>
    private string Value(string type, string literal, string? json = null)
    {
        if (random.Next(2) == 0)
        {
            return literal;
        }

        var name = $"v{values.Count}";
        definitions.Add($"${name}: {type}");
        values.Add($"\"{name}\": {json ?? literal}");
        return "$" + name;
    }

    private string Number() => random.Next(5) == 0 ? "null" : random.Next(-1, 4).ToString(CultureInfo.InvariantCulture);

    private string Ids() => $"[{string.Join(", ", Enumerable.Range(0, random.Next(5)))}]";

    private string Rows(bool isJson = false)
    {
        var tags = isJson ? "\"tags\"" : "tags";
        return $"[{string.Join(", ", Enumerable.Range(0, random.Next(4)).Select(i => i == 0 ? "{}" : $"{{ {tags}: [{{}}, {{ {tags}: [{{}}] }}] }}"))}]";
    }
}
