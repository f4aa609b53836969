using System.Globalization;
using System.Text.Json;
using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Execution;

/// <summary>
/// Input coercion, sections 3.5 to 3.12: of literals and of variables' JSON. Every problem names its place. Nesting is bounded before it gets here: of literals by
/// the parser, of JSON by the reader's depth limit.
/// </summary>
internal sealed class InputReader(ExecutableSchema schema, List<GraphQLError> errors, Variables? variables = null)
{
    private const int MaxErrors = 5;

    /// <summary>Coerces a literal.</summary>
    /// <param name="place">How an error calls the value, as in <c>argument "first"</c>.</param>
    public object? Literal(GraphQLType type, ValueNode node, string place)
    {
        if (node is VariableNode variable)
        {
            // Validation has compared the types; only null where the variable's type is nullable and this position has a default can remain.
            variables!.TryGet(variable.Name.Value, out var value);
            return value is null && type is NonNullType ? Refuse(node, $"{Capital(place)} must not be null.") : value;
        }

        if (node is NullValueNode)
        {
            return type is NonNullType ? Refuse(node, $"{Capital(place)} must not be null.") : null;
        }

        switch (type.Nullable)
        {
            case ListType list when node is ListValueNode values:
                var items = new object?[values.Values.Length];
                for (var i = 0; i < items.Length && errors.Count < MaxErrors; i++)
                {
                    items[i] = Literal(list.ItemType, values.Values[i], $"{place}[{i}]");
                }

                return items;
            case ListType list:
                return new[] { Literal(list.ItemType, node, place) };
            case EnumType enumType:
                return node is EnumValueNode name && enumType.Value(name.Value) is not null
                    ? name.Value
                    : Refuse(node, $"{Capital(place)} must be a value of {enumType}, not {Printer.Print(node)}.");
            case InputObjectType inputObject when node is ObjectValueNode fields:
                return Object(inputObject, name => fields.Fields.FirstOrDefault(f => f.Name.Value == name), fields.Fields.Select(f => f.Name.Value), node, place, IsAbsent, Field);
            case InputObjectType inputObject:
                return Refuse(node, $"{Capital(place)} must be an object of {inputObject}, not {Printer.Print(node)}.");
            default:
                return Scalar((ScalarType)type.Nullable, ScalarInputOf(node), node, place);
        }

        bool IsAbsent(ObjectFieldNode? field) => field is null || (field.Value is VariableNode use && !variables!.TryGet(use.Name.Value, out _));
        object? Field(GraphQLType fieldType, ObjectFieldNode? field, string fieldPlace) => Literal(fieldType, field!.Value, fieldPlace);
    }

    /// <summary>Coerces a JSON value given for a variable.</summary>
    /// <param name="node">The variable's definition, where errors are located.</param>
    public object? Json(GraphQLType type, JsonElement json, SyntaxNode node, string place)
    {
        if (json.ValueKind == JsonValueKind.Null)
        {
            return type is NonNullType ? Refuse(node, $"{Capital(place)} of type {type} must not be null.") : null;
        }

        switch (type.Nullable)
        {
            case ListType list when json.ValueKind == JsonValueKind.Array:
                var items = new object?[json.GetArrayLength()];
                var i = 0;
                foreach (var item in json.EnumerateArray())
                {
                    if (errors.Count >= MaxErrors)
                    {
                        break;
                    }

                    items[i] = Json(list.ItemType, item, node, $"{place}[{i}]");
                    i++;
                }

                return items;
            case ListType list:
                return new[] { Json(list.ItemType, json, node, place) };
            case EnumType enumType:
                return json.ValueKind == JsonValueKind.String && enumType.Value(json.GetString()!) is { } value
                    ? value.Name
                    : Refuse(node, $"{Capital(place)} must be a value of {enumType}, not {Show(json)}.");
            case InputObjectType inputObject when json.ValueKind == JsonValueKind.Object:
                return Object(
                    inputObject,
                    name => json.TryGetProperty(name, out var field) ? field : (JsonElement?)null,
                    json.EnumerateObject().Select(p => p.Name),
                    node,
                    place,
                    field => field is null,
                    (fieldType, field, fieldPlace) => Json(fieldType, field!.Value, node, fieldPlace));
            case InputObjectType inputObject:
                return Refuse(node, $"{Capital(place)} must be an object of {inputObject}, not {Show(json)}.");
            default:
                return Scalar((ScalarType)type.Nullable, ScalarInputOf(json), node, place);
        }
    }

    /// <summary>Section 3.10 "Input Objects": input coercion.</summary>
    private object? Object<TField>(
        InputObjectType type, Func<string, TField?> fieldOf, IEnumerable<string> names, SyntaxNode node, string place,
        Func<TField?, bool> isAbsent, Func<GraphQLType, TField?, string, object?> coerce)
    {
        foreach (var name in names)
        {
            if (type.Field(name) is null)
            {
                return Refuse(node, $"{Capital(place)} has a field \"{name}\" that {type} does not have.");
            }
        }

        var before = errors.Count;
        var values = new object?[type.Fields.Length];
        for (var i = 0; i < values.Length && errors.Count < MaxErrors; i++)
        {
            var definition = type.Fields[i];
            var field = fieldOf(definition.Name);
            if (!isAbsent(field))
            {
                values[i] = coerce(definition.Type, field, $"{place}.{definition.Name}");
            }
            else if (definition.DefaultValue is not null)
            {
                values[i] = schema.DefaultOf(definition);
            }
            else if (definition.Type is NonNullType)
            {
                Refuse(node, $"{Capital(place)} needs its field \"{definition.Name}\" of type {definition.Type}.");
            }
            else
            {
                values[i] = Absent.Value;
            }
        }

        if (type.IsOneOf && errors.Count == before && (values.Count(v => v != Absent.Value) != 1 || values.Contains(null)))
        {
            Refuse(node, $"{Capital(place)} must have exactly one of the fields of {type}, and that not null.");
        }

        return errors.Count > before ? null : schema.RecordOf(type).Create(values);
    }

    private object? Scalar(ScalarType type, ScalarInput input, SyntaxNode node, string place)
    {
        var problem = schema.ScalarOf(type).Parse(input, out var value);
        return problem is null ? value : Refuse(node, $"{Capital(place)} of type {type} {problem}.");
    }

    private object? Refuse(SyntaxNode node, string message)
    {
        if (errors.Count < MaxErrors)
        {
            errors.Add(GraphQLError.At(message, node) with { Code = ErrorCodes.BadVariables });
        }

        return null;
    }

    private static ScalarInput ScalarInputOf(ValueNode node) => node switch
    {
        IntValueNode value => new(ScalarInputKind.Int, value.Value),
        FloatValueNode value => new(ScalarInputKind.Float, value.Value),
        StringValueNode value => new(ScalarInputKind.String, value.Value),
        BooleanValueNode value => new(ScalarInputKind.Boolean, value.Value ? "true" : "false"),
        _ => new(ScalarInputKind.Other, Printer.Print(node)),
    };

    private static ScalarInput ScalarInputOf(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Number when json.GetRawText() is var text =>
            new(text.AsSpan().ContainsAny('.', 'e', 'E') ? ScalarInputKind.Float : ScalarInputKind.Int, text),
        JsonValueKind.String => new(ScalarInputKind.String, json.GetString()!),
        JsonValueKind.True => new(ScalarInputKind.Boolean, "true"),
        JsonValueKind.False => new(ScalarInputKind.Boolean, "false"),
        _ => new(ScalarInputKind.Other, Show(json)),
    };

    private static string Show(JsonElement json)
    {
        var text = json.GetRawText();
        return text.Length <= 50 ? text : string.Concat(text.AsSpan(0, 50), "…");
    }

    private static string Capital(string place) =>
        string.Concat(char.ToUpper(place[0], CultureInfo.InvariantCulture).ToString(), place.AsSpan(1));
}
