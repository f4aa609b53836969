using System.Collections.Immutable;
using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL.Types;

// Section 3.13 "Directives", and section 5.7 "Directives" for those that stand in a schema.
internal sealed partial class SchemaValidator
{
    private void CheckDirectiveDefinition(DirectiveDefinition directive)
    {
        if (IsReserved(directive.Name))
        {
            problems.Add(directive, ReservedName);
        }

        var locations = new HashSet<string>();
        foreach (var location in directive.Definition!.Locations)
        {
            if (!locations.Add(location.Value))
            {
                problems.Add(Place.Of(directive.Definition, location), directive.ToString(), $"The location {location} is listed more than once.");
            }
        }

        foreach (var argument in directive.Arguments)
        {
            CheckInputValue(argument);
        }

        if (DirectivesWithin(directive).Contains(directive))
        {
            problems.Add(directive, "A directive's definition cannot refer to the directive, neither directly nor through types or directives.");
        }
    }

    /// <summary>All directives that stand in a directive's definition, or in that of a type or directive it refers to.</summary>
    private static HashSet<DirectiveDefinition> DirectivesWithin(DirectiveDefinition directive)
    {
        var found = new HashSet<DirectiveDefinition>();
        var visited = new HashSet<NamedType>();
        var open = new Stack<object>([directive]);
        while (open.TryPop(out var next))
        {
            var (inputs, applied) = next switch
            {
                DirectiveDefinition definition => (definition.Arguments, []),
                InputObjectType inputObject => (inputObject.Fields, inputObject.Directives),
                EnumType enumType => ([], enumType.Directives.AddRange(enumType.Values.SelectMany(v => v.Directives))),
                _ => (ImmutableArray<InputValueDefinition>.Empty, ((NamedType)next).Directives),
            };
            foreach (var type in inputs.Select(i => i.Type.Named).Where(visited.Add))
            {
                open.Push(type);
            }

            foreach (var definition in inputs.SelectMany(i => i.Directives).Concat(applied).Select(d => d.Definition).OfType<DirectiveDefinition>())
            {
                if (found.Add(definition))
                {
                    open.Push(definition);
                }
            }
        }

        return found;
    }

    private void CheckAppliedDirectives()
    {
        CheckApplied(schema.AppliedDirectives, "SCHEMA", "schema");
        foreach (var directive in directives)
        {
            CheckInputs(directive.Arguments, "ARGUMENT_DEFINITION");
        }

        foreach (var type in types)
        {
            CheckApplied(type.Directives, LocationOf(type), type.Name);
            switch (type)
            {
                case FieldsType fieldsType:
                    foreach (var field in fieldsType.Fields)
                    {
                        CheckApplied(field.Directives, "FIELD_DEFINITION", field.Coordinate);
                        CheckInputs(field.Arguments, "ARGUMENT_DEFINITION");
                    }

                    break;
                case EnumType enumType:
                    foreach (var value in enumType.Values)
                    {
                        CheckApplied(value.Directives, "ENUM_VALUE", $"{type}.{value}");
                    }

                    break;
                case InputObjectType inputObject:
                    CheckInputs(inputObject.Fields, "INPUT_FIELD_DEFINITION");
                    break;
            }
        }

        void CheckInputs(ImmutableArray<InputValueDefinition> inputs, string location)
        {
            foreach (var input in inputs)
            {
                CheckApplied(input.Directives, location, input.Coordinate);
            }
        }
    }

    private static string LocationOf(NamedType type) => type switch
    {
        ScalarType => "SCALAR",
        ObjectType => "OBJECT",
        InterfaceType => "INTERFACE",
        UnionType => "UNION",
        EnumType => "ENUM",
        _ => "INPUT_OBJECT",
    };

    /// <summary>Sections 5.7.1 to 5.7.3, for all directives of one definition and its extensions.</summary>
    private void CheckApplied(ImmutableArray<AppliedDirective> applied, string location, string coordinate)
    {
        var seen = new HashSet<string>();
        foreach (var directive in applied)
        {
            var place = Place.Of(directive.Node);
            if (directive.Definition is not { } definition)
            {
                problems.Add(place, coordinate, $"Unknown directive \"@{directive.Name}\".");
                continue;
            }

            if (!definition.Locations.Contains(location))
            {
                problems.Add(place, coordinate, $"Directive \"{definition}\" may not be used on {location}.");
            }

            if (!definition.IsRepeatable && !seen.Add(directive.Name))
            {
                problems.Add(place, coordinate, $"Directive \"{definition}\" can stand only once here.");
            }

            CheckArguments(directive.Node, definition, coordinate);
        }
    }

    /// <summary>Section 5.4 "Arguments".</summary>
    private void CheckArguments(DirectiveNode directive, DirectiveDefinition definition, string coordinate)
    {
        var given = new HashSet<string>();
        foreach (var argument in directive.Arguments)
        {
            var name = argument.Name.Value;
            if (!given.Add(name))
            {
                problems.Add(Place.Of(argument), coordinate, $"There can be only one argument named \"{name}\".");
            }

            if (definition.Argument(name) is { } argumentDefinition)
            {
                CheckConstant(argument.Value, argumentDefinition.Type, coordinate);
            }
            else
            {
                problems.Add(Place.Of(argument), coordinate, $"Unknown argument \"{name}\" on directive \"{definition}\".");
            }
        }

        foreach (var missing in definition.Arguments.Where(a => a.IsRequired && !given.Contains(a.Name)))
        {
            var message = $"Directive \"{definition}\" needs the argument \"{missing.Name}\" of type {missing.Type}.";
            problems.Add(Place.Of(directive), coordinate, message);
        }
    }

    private void CheckConstant(ValueNode value, GraphQLType type, string coordinate) =>
        ConstantValue.Check(value, type, (node, message) => problems.Add(Place.Of(node), coordinate, message));
}
