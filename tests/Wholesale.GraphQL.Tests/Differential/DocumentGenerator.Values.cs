using System.Text;
using System.Text.Json;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Tests.Differential;

// Arguments, variables and their values.
internal sealed partial class DocumentGenerator
{
    private static readonly string[] WrongJson =
        ["null", "true", "1.5", "3", "2147483648", "1e400", "\"text\"", "\"\"", "[]", "[null]", "[[1]]", "{}", "{\"p\":1}", "{\"x\":null}", "\"E0_V0\""];

    private List<ArgumentModel> Arguments(IReadOnlyList<InputValueDefinition> definitions, bool mayHoldVariables = true)
    {
        var given = definitions.Where(d => d.IsRequired || Chance(60)).ToArray();
        if (Chance(30))
        {
            random.Shuffle(given);
        }

        return [.. given.Select(d => new ArgumentModel(d.Name, d.Type, Value(d.Type, d.DefaultValue is not null, mayHoldVariables)))];
    }

    /// <summary>A value that is right for a type.</summary>
    /// <param name="hasDefault">Whether the position has one, so that it takes a nullable variable.</param>
    public ValueModel Value(GraphQLType type, bool hasDefault = false, bool mayHoldVariables = true, int depth = 0)
    {
        if (mayHoldVariables && UsesVariables && Chance(30))
        {
            return VariableUse(type, hasDefault);
        }

        if (type is not NonNullType && Chance(10))
        {
            return new LiteralModel("null");
        }

        switch (type.Nullable)
        {
            case ListType list when Chance(75) || list.ItemType.Nullable is ListType:
                return new ListModel([.. Enumerable.Range(0, random.Next(3)).Select(_ => Value(list.ItemType, false, mayHoldVariables, depth + 1))]);
            case ListType list:
                return Value(list.ItemType.NonNull, false, mayHoldVariables: false, depth + 1);
            case InputObjectType { IsOneOf: true } oneOf:
                var only = Pick(oneOf.Fields);
                return new ObjectModel(oneOf, [new ArgumentModel(only.Name, only.Type, Value(only.Type.NonNull, false, mayHoldVariables, depth + 1))]);
            case InputObjectType input:
                return new ObjectModel(input, [.. input.Fields
                    .Where(f => f.IsRequired || (depth < 3 && Chance(50)))
                    .Select(f => new ArgumentModel(f.Name, f.Type, Value(f.Type, f.DefaultValue is not null, mayHoldVariables, depth + 1)))]);
            case var leaf:
                return new LiteralModel(Literal(leaf.Named));
        }
    }

    private string Literal(NamedType type) => type switch
    {
        EnumType values => Pick(values.Values).Name,
        { Name: "Int" } => Pick(["0", "-0", "2147483647", "-2147483648", $"{random.Next(100)}"]),
        { Name: "Even" } => $"{2 * random.Next(100)}",
        { Name: "Float" } => Pick(["1.5", "-0.0", "1e3", "1E-2", "7", "123456789012345678901234567890", "0.1e+1"]),
        { Name: "ID" } => Pick(["\"id\"", "12", "-3", "\"\""]),
        { Name: "Boolean" } => Pick(["true", "false"]),
        { Name: "Tag" } => Pick(["\"#tag\"", "\"\"\"#block\"\"\"", "\"\\u0023\""]),
        _ => Pick(["\"text\"", "\"\"", "\"Größe \\u00e9\\u{1F600} \\n\\\"\"", "\"\"\"\n  block\n    text \\\"\"\" é\n\"\"\"", "\"\\uD83D\\uDE00\"", "\"😀\""]),
    };

    /// <summary>A variable that a position takes: one that exists or a new one.</summary>
    private VariableUseModel VariableUse(GraphQLType position, bool hasDefault)
    {
        var needsDefault = position is NonNullType && !hasDefault && Chance(25);
        var type = needsDefault || (position is NonNullType && hasDefault && Chance(60)) ? position.Nullable
            : position is not NonNullType && Chance(25) ? position.NonNull
            : position;
        var known = document.Variables.Values
            .Where(v => v.Type == type && (!needsDefault || v.Default is { Value: not LiteralModel { Text: "null" } }))
            .ToList();
        if (known.Count > 0 && Chance(50))
        {
            return new VariableUseModel(Pick(known).Name);
        }

        var variable = new VariableModel(Chance(3) && document.Variables.Count == 0 ? "query" : $"v{document.Variables.Count}", type);
        if (needsDefault || Chance(25))
        {
            variable.Default = new ArgumentModel("", type, Value(needsDefault ? type.NonNull : type, mayHoldVariables: false));
        }

        Direct(variable.Directives, "VARIABLE_DEFINITION");
        document.Variables.Add(variable.Name, variable);
        return new VariableUseModel(variable.Name);
    }

    /// <summary>Defines what an operation and its fragments use.</summary>
    private void DefineVariables(OperationModel operation)
    {
        var used = document.Reach(operation).Prepend<DefinitionModel>(operation).SelectMany(UsedIn).ToHashSet();
        operation.Variables.AddRange(document.Variables.Values.Where(v => used.Contains(v.Name)));
    }

    private static IEnumerable<string> UsedIn(DefinitionModel definition)
    {
        var selections = definition.Set.WithInner().SelectMany(s => s.Selections).ToList();
        return selections.OfType<FieldModel>().SelectMany(f => f.Arguments)
            .Concat(selections.SelectMany(s => s.Directives).Concat(definition.Directives).SelectMany(d => d.Arguments))
            .SelectMany(a => a.WithInner())
            .SelectMany(a => a.Value.WithItems())
            .OfType<VariableUseModel>()
            .Select(v => v.Name);
    }

    /// <summary>Values for the variables that some operation defines, as a JSON object.</summary>
    /// <param name="wrongPercent">Of how many values, at any depth, anything is put in place.</param>
    public string VariablesJson(DocumentModel made, int wrongPercent)
    {
        var given = new List<string>();
        foreach (var variable in made.Operations.SelectMany(o => o.Variables).DistinctBy(v => v.Name))
        {
            var mayBeLeftOut = variable.Type is not NonNullType || variable.Default is not null || Chance(wrongPercent);
            if (!mayBeLeftOut || Chance(70))
            {
                given.Add($"\"{variable.Name}\":{Json(variable.Type, wrongPercent, 0)}");
            }
        }

        if (Chance(5))
        {
            given.Add("\"unknown\":1");
        }

        return $"{{{string.Join(",", given)}}}";
    }

    private string Json(GraphQLType type, int wrongPercent, int depth)
    {
        if (Chance(wrongPercent))
        {
            return Pick(WrongJson);
        }

        if (type is not NonNullType && Chance(10))
        {
            return "null";
        }

        switch (type.Nullable)
        {
            case ListType list when Chance(75) || list.ItemType.Nullable is ListType:
                return $"[{string.Join(",", Enumerable.Range(0, random.Next(3)).Select(_ => Json(list.ItemType, wrongPercent, depth + 1)))}]";
            case ListType list:
                return Json(list.ItemType.NonNull, wrongPercent, depth + 1);
            case InputObjectType input:
                return JsonObject(input, wrongPercent, depth);
            default:
                return JsonLeaf(type.Named);
        }
    }

    private string JsonObject(InputObjectType type, int wrongPercent, int depth)
    {
        var only = Pick(type.Fields);
        var text = new StringBuilder("{");
        foreach (var field in type.Fields)
        {
            var isGiven = type.IsOneOf ? field == only : field.IsRequired || (depth < 3 && Chance(50));
            if (isGiven != Chance(wrongPercent / 2))
            {
                text.Append(text.Length > 1 ? "," : "").Append(JsonSerializer.Serialize(field.Name)).Append(':');
                text.Append(Json(type.IsOneOf ? field.Type.NonNull : field.Type, wrongPercent, depth + 1));
            }
        }

        return text.Append('}').ToString();
    }

    private string JsonLeaf(NamedType type) => type switch
    {
        EnumType values => $"\"{Pick(values.Values).Name}\"",
        { Name: "Int" } => Pick(["0", "1.0", "2147483647", "-2147483648", $"{random.Next(100)}"]),
        { Name: "Even" } => $"{2 * random.Next(100)}",
        { Name: "Float" } => Pick(["1.5", "-0.0", "1e3", "7", "1E-2"]),
        { Name: "ID" } => Pick(["\"id\"", "12"]),
        { Name: "Boolean" } => Pick(["true", "false"]),
        { Name: "Tag" } => "\"#tag\"",
        _ => Pick(["\"text\"", "\"\"", "\"Größe \\n \\u0000 😀\"", "\"\\uD83D\\uDE00\""]),
    };
}
