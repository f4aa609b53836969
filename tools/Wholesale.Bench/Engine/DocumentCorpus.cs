using System.Globalization;
using System.Text;
using Wholesale.GraphQL.Types;

namespace Wholesale.Bench.Engine;

/// <summary>
/// Documents that no server has seen: valid ones of a schema, printed as clients print them, with aliases, arguments, variables, fragments and conditions. Every name
/// that a client chooses is new. Sizes from 100 bytes to 10 KB, evenly on a logarithmic scale; within the limits that the engine has by default.
/// </summary>
internal sealed class DocumentCorpus(Schema schema, Random random)
{
    private const int MaxAliases = 80;
    private const int MaxDepth = 9;
    private const int MaxSameField = 2;
    private readonly Dictionary<string, int> path = [];
    private readonly List<string> variables = [];
    private readonly List<string> fragments = [];
    private int names;
    private int aliases;
    private int targetLength;
    private int length;

    public List<string> Next(int count) => [.. Enumerable.Range(0, count).Select(i => Document((int)(100 * Math.Pow(100, (i + 0.5) / count))))];

    private string Document(int bytes)
    {
        variables.Clear();
        fragments.Clear();
        aliases = length = 0;
        targetLength = bytes - 40;
        var body = Selections(schema.QueryType, depth: 1, mayRepeat: true);
        var declarations = variables.Count == 0 ? "" : $"({string.Join(", ", variables)})";
        return string.Concat([$"query {Name("Get")}{declarations} {body}\n", .. fragments]);
    }

    /// <param name="mayRepeat">The root's fields are asked for under new aliases until the document is long enough.</param>
    private string Selections(CompositeType type, int depth, bool mayRepeat = false)
    {
        var text = new StringBuilder();
        if (type is not FieldsType fieldsType || (type is InterfaceType && random.Next(2) == 0))
        {
            Line(text, depth, "__typename");
            foreach (var member in schema.PossibleTypes(type).OrderBy(t => t.Name, StringComparer.Ordinal))
            {
                Line(text, depth, $"... on {member.Name} {Spread(member, depth + 1)}");
            }

            return Block(text, depth);
        }

        do
        {
            var fields = fieldsType.Fields.OrderBy(_ => random.Next()).ToList();
            foreach (var field in fields.Take(1 + random.Next(fields.Count)).Where(f => Fits(f, depth)))
            {
                Line(text, depth, Field(field, depth));
                if (mayRepeat && length >= targetLength)
                {
                    break;
                }
            }
        }
        while (mayRepeat && length < targetLength && aliases < MaxAliases);
        if (text.Length == 0)
        {
            Line(text, depth, "__typename");
        }

        return Block(text, depth);
    }

    private bool Fits(FieldDefinition field, int depth) =>
        field.Type.Named is not CompositeType
        || (depth < MaxDepth && length < targetLength && aliases < MaxAliases && path.GetValueOrDefault(field.Coordinate) < MaxSameField);

    private string Field(FieldDefinition field, int depth)
    {
        // A field with arguments gets a name of its own, so that no two ask for different things under one.
        var alias = !field.Arguments.IsEmpty || (aliases < MaxAliases && random.Next(8) == 0) ? Alias() : "";
        var arguments = field.Arguments.Where(a => a.IsRequired || random.Next(2) == 0).Select(a => $"{a.Name}: {Value(a.Type, depth: 0)}").ToList();
        var text = $"{alias}{field.Name}{(arguments.Count == 0 ? "" : $"({string.Join(", ", arguments)})")}{Condition()}";
        if (field.Type.Named is not CompositeType composite)
        {
            return text;
        }

        length += text.Length;
        path[field.Coordinate] = path.GetValueOrDefault(field.Coordinate) + 1;
        text = $"{text} {(composite is ObjectType objectType && random.Next(6) == 0 ? Spread(objectType, depth + 1) : Selections(composite, depth + 1))}";
        path[field.Coordinate]--;
        return text;
    }

    /// <summary>Selections by way of a fragment, or plainly.</summary>
    private string Spread(ObjectType type, int depth)
    {
        if (random.Next(2) == 0)
        {
            return Selections(type, depth);
        }

        var name = Name("Parts");
        fragments.Add($"\nfragment {name} on {type.Name} {Selections(type, depth: 1)}\n");
        var text = new StringBuilder();
        Line(text, depth, "__typename");
        Line(text, depth, $"...{name}");
        return Block(text, depth);
    }

    private string Condition() => random.Next(25) == 0 ? $" @{(random.Next(2) == 0 ? "include" : "skip")}(if: {Variable("Boolean!")})" : "";

    private string Value(GraphQLType type, int depth)
    {
        if (random.Next(3) == 0)
        {
            return Variable($"{type}");
        }

        return type.Nullable switch
        {
            ListType list => $"[{string.Join(", ", Enumerable.Range(0, 1 + random.Next(4)).Select(_ => Value(list.ItemType, depth + 1)))}]",
            EnumType enumType => enumType.Values[random.Next(enumType.Values.Length)].Name,
            InputObjectType inputObject => Object(inputObject, depth),
            { Named.Name: "Int" } => random.Next(1, 100).ToString(CultureInfo.InvariantCulture),
            { Named.Name: "Boolean" } => random.Next(2) == 0 ? "true" : "false",
            { Named.Name: "Decimal" } => $"\"{random.Next(100)}.{random.Next(10, 100)}\"",
            _ => $"\"{Name("text ")}\"",
        };
    }

    private string Object(InputObjectType type, int depth)
    {
        var fields = type.Fields.Where(f => f.IsRequired || (random.Next(2) == 0 && (depth < 2 || f.Type.Named is not InputObjectType))).ToList();
        return $"{{{string.Join(", ", fields.Select(f => $"{f.Name}: {Value(f.Type, depth + 1)}"))}}}";
    }

    private string Variable(string type)
    {
        var name = Name("$value");
        variables.Add($"{name}: {type}");
        length += name.Length + type.Length + 4;
        return name;
    }

    private string Alias()
    {
        aliases++;
        return $"{Name("field")}: ";
    }

    private string Name(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{names++:x}{random.Next(0x1000):x}");

    private void Line(StringBuilder text, int depth, string line)
    {
        text.Append(' ', depth * 2).Append(line).Append('\n');
        length += (depth * 2) + 1 + (line.Contains('\n', StringComparison.Ordinal) ? 0 : line.Length);
    }

    private static string Block(StringBuilder text, int depth) => $"{{\n{text}{new string(' ', (depth - 1) * 2)}}}";
}
