using System.Text.Json;
using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Execution;

/// <summary>
/// Input coercion, sections 3.5 to 3.12: of literals and of variables' JSON. Every problem names its place. Nesting is bounded before it gets here: of literals by
/// the parser, of JSON by the reader's depth limit.
/// </summary>
/// <param name="errors">Gets what does not fit. What was coerced is not to be used if there are any.</param>
/// <param name="variables">Null: the literals are constants of the schema or document.</param>
internal sealed class InputReader(ExecutableSchema schema, List<GraphQLError> errors, Variables? variables = null)
{
    private const int MaxErrors = 5;

    private readonly string code = variables is null ? ErrorCodes.ValidationFailed : ErrorCodes.BadVariables;

    /// <summary>Coerces a literal.</summary>
    public object? Literal(GraphQLType type, ValueNode node, InputPlace place)
    {
        if (node is VariableNode variable)
        {
            // Validation has compared the types; only null where the variable's type is nullable and this position has a default can remain.
            variables!.TryGet(variable.Name.Value, out var value);
            return value is null ? Null(type, node, place) : value;
        }

        if (node is NullValueNode)
        {
            return Null(type, node, place);
        }

        switch (type.Nullable)
        {
            case ListType list when node is ListValueNode values:
                var items = new object?[values.Values.Length];
                for (var i = 0; i < items.Length && errors.Count < MaxErrors; i++)
                {
                    items[i] = Literal(list.ItemType, values.Values[i], place.Item(i));
                }

                return items;
            case ListType list:
                return new[] { Literal(list.ItemType, node, place) };
            case EnumType enumType:
                return node is EnumValueNode name && enumType.Value(name.Value) is not null
                    ? name.Value
                    : Refuse(node, $"{place} must be a value of {enumType}, not {Printer.Print(node)}.");
            case InputObjectType inputObject:
                return node is ObjectValueNode fields
                    ? Object(inputObject, fields, place)
                    : Refuse(node, $"{place} must be an object of {inputObject}, not {Printer.Print(node)}.");
            default:
                return Scalar((ScalarType)type.Nullable, ScalarInputOf(node), node, place);
        }
    }

    /// <summary>Coerces a JSON value given for a variable.</summary>
    /// <param name="node">The variable's definition, where errors are located.</param>
    public object? Json(GraphQLType type, JsonElement json, SyntaxNode node, InputPlace place)
    {
        if (json.ValueKind == JsonValueKind.Null)
        {
            return Null(type, node, place);
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

                    items[i] = Json(list.ItemType, item, node, place.Item(i));
                    i++;
                }

                return items;
            case ListType list:
                return new[] { Json(list.ItemType, json, node, place) };
            case EnumType enumType:
                return json.ValueKind == JsonValueKind.String && JsonText.Of(json) is { } name && enumType.Value(name) is not null
                    ? name
                    : Refuse(node, $"{place} must be a value of {enumType}, not {JsonText.Show(json)}.");
            case InputObjectType inputObject:
                return json.ValueKind == JsonValueKind.Object
                    ? Object(inputObject, json, node, place)
                    : Refuse(node, $"{place} must be an object of {inputObject}, not {JsonText.Show(json)}.");
            default:
                return ScalarInputOf(json) is { } input
                    ? Scalar((ScalarType)type.Nullable, input, node, place)
                    : Refuse(node, $"{place} must be Unicode, not {JsonText.Show(json)}.");
        }
    }

    /// <summary>Notes an error, as long as there are few.</summary>
    /// <returns>Null, which stands for the value that is none.</returns>
    public object? Refuse(SyntaxNode node, string message)
    {
        if (errors.Count < MaxErrors)
        {
            errors.Add(GraphQLError.At(message, node) with { Code = code });
        }

        return null;
    }

    private object? Object(InputObjectType type, ObjectValueNode node, InputPlace place)
    {
        var values = Absents(type);
        var errorsBefore = errors.Count;
        foreach (var field in node.Fields)
        {
            if (IndexOf(type, field.Name.Value) is not (>= 0 and var index))
            {
                return Unknown(type, field.Name.Value, node, place);
            }

            // A field whose variable is absent is absent itself.
            if (field.Value is not VariableNode use || variables!.TryGet(use.Name.Value, out _))
            {
                values[index] = Literal(type.Fields[index].Type, field.Value, place.Field(field.Name.Value));
            }
        }

        return Complete(type, values, errorsBefore, node, place);
    }

    private object? Object(InputObjectType type, JsonElement json, SyntaxNode node, InputPlace place)
    {
        var values = Absents(type);
        var errorsBefore = errors.Count;
        foreach (var property in json.EnumerateObject())
        {
            var name = JsonText.NameOf(property);
            if (IndexOf(type, name) is not (>= 0 and var index))
            {
                return Unknown(type, name ?? "\uFFFD", node, place);
            }

            values[index] = Json(type.Fields[index].Type, property.Value, node, place.Field(type.Fields[index].Name));
        }

        return Complete(type, values, errorsBefore, node, place);
    }

    /// <summary>Section 3.10 "Input Objects" and 3.10.1 "OneOf Input Objects", input coercion: what was left out.</summary>
    private object? Complete(InputObjectType type, object?[] values, int errorsBefore, SyntaxNode node, InputPlace place)
    {
        if (type.IsOneOf && (values.Count(v => v != Absent.Value) != 1 || values.Contains(null)) && errors.Count == errorsBefore)
        {
            return Refuse(node, $"{place} must have exactly one of the fields of {type}, and that not null.");
        }

        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] != Absent.Value)
            {
                continue;
            }

            var definition = type.Fields[i];
            if (definition.DefaultValue is not null)
            {
                values[i] = schema.DefaultOf(definition);
            }
            else if (definition.Type is NonNullType)
            {
                Refuse(node, $"{place} needs its field \"{definition.Name}\" of type {definition.Type}.");
            }
        }

        return errors.Count > errorsBefore || errors.Count >= MaxErrors ? null : new InputObjectValue(type, values, schema.RecordOf(type)?.Create(values));
    }

    private object? Unknown(InputObjectType type, string name, SyntaxNode node, InputPlace place) =>
        Refuse(node, $"{place} has a field \"{(name.Length <= 50 ? name : string.Concat(name.AsSpan(0, 50), "…"))}\" that {type} does not have.");

    private object? Null(GraphQLType type, SyntaxNode node, InputPlace place) =>
        type is NonNullType ? Refuse(node, $"{place} of type {type} must not be null.") : null;

    private object? Scalar(ScalarType type, ScalarInput input, SyntaxNode node, InputPlace place)
    {
        var problem = schema.ScalarOf(type).Parse(input, out var value);
        return problem is null ? value : Refuse(node, $"{place} of type {type} {problem}.");
    }

    private static object?[] Absents(InputObjectType type)
    {
        var values = new object?[type.Fields.Length];
        Array.Fill(values, Absent.Value);
        return values;
    }

    private static int IndexOf(InputObjectType type, string? name)
    {
        for (var i = 0; i < type.Fields.Length; i++)
        {
            if (type.Fields[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>A literal with null for the variables in it: what can be known of it before a request.</summary>
    public static ValueNode WithoutVariables(ValueNode node) => node switch
    {
        VariableNode => new NullValueNode(node.Source, node.Start),
        ListValueNode list => new ListValueNode(node.Source, node.Start, [.. list.Values.Select(WithoutVariables)]),
        ObjectValueNode value => new ObjectValueNode(
            node.Source, node.Start, [.. value.Fields.Select(f => new ObjectFieldNode(f.Source, f.Name, WithoutVariables(f.Value)))]),
        _ => node,
    };

    /// <summary>A literal as a scalar sees it.</summary>
    public static ScalarInput ScalarInputOf(ValueNode node) => node switch
    {
        IntValueNode value => new(ScalarInputKind.Int, value.Value),
        FloatValueNode value => new(ScalarInputKind.Float, value.Value),
        StringValueNode value => new(ScalarInputKind.String, value.Value),
        BooleanValueNode value => new(ScalarInputKind.Boolean, value.Value ? "true" : "false"),
        _ => new(ScalarInputKind.Other, Printer.Print(node)),
    };

    /// <summary>Null for a string that is not Unicode.</summary>
    private static ScalarInput? ScalarInputOf(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Number when json.GetRawText() is var text =>
            new ScalarInput(text.AsSpan().ContainsAny('.', 'e', 'E') ? ScalarInputKind.Float : ScalarInputKind.Int, text),
        JsonValueKind.String => JsonText.Of(json) is { } text ? new ScalarInput(ScalarInputKind.String, text) : null,
        JsonValueKind.True => new ScalarInput(ScalarInputKind.Boolean, "true"),
        JsonValueKind.False => new ScalarInput(ScalarInputKind.Boolean, "false"),
        _ => new ScalarInput(ScalarInputKind.Other, JsonText.Show(json)),
    };
}
