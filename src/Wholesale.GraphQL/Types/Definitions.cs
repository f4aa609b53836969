using System.Collections.Immutable;
using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL.Types;

// The members of types: fields, arguments, enum values, directives.

/// <summary>Section 3.6 "Objects": a field of an object or interface type.</summary>
public sealed class FieldDefinition
{
    internal FieldDefinition(FieldsType declaringType, string name, GraphQLType type)
    {
        DeclaringType = declaringType;
        Name = name;
        Type = type;
    }

    /// <summary>The type that has this field.</summary>
    public FieldsType DeclaringType { get; }

    /// <summary>The name in the schema.</summary>
    public string Name { get; }

    /// <summary>The type of its value.</summary>
    public GraphQLType Type { get; }

    /// <summary>Null where there is none.</summary>
    public string? Description { get; internal set; }

    /// <summary>Section 3.6.1 "Field Arguments", in the order of the text.</summary>
    public ImmutableArray<InputValueDefinition> Arguments { get; internal set; } = [];

    /// <summary>The reason of <c>@deprecated</c>; null where the field is not.</summary>
    public string? DeprecationReason { get; internal set; }

    /// <summary>Directives in the SDL, for the host to read.</summary>
    public ImmutableArray<AppliedDirective> Directives { get; internal set; } = [];

    /// <summary>Where it is defined; null for the specification's own.</summary>
    public FieldDefinitionNode? Definition { get; internal set; }

    /// <summary>The schema coordinate, as in <c>Variant.price</c>.</summary>
    public string Coordinate => $"{DeclaringType.Name}.{Name}";

    /// <summary>An argument by its name, or null.</summary>
    public InputValueDefinition? Argument(string argumentName)
    {
        foreach (var argument in Arguments)
        {
            if (argument.Name == argumentName)
            {
                return argument;
            }
        }

        return null;
    }

    /// <summary>A directive on this field, or null.</summary>
    public AppliedDirective? Directive(string directiveName) => Directives.FirstOrDefault(d => d.Name == directiveName);

    /// <inheritdoc/>
    public override string ToString() => Coordinate;
}

/// <summary>An argument of a field or directive, or a field of an input object.</summary>
public sealed class InputValueDefinition
{
    internal InputValueDefinition(string coordinate, string name, GraphQLType type)
    {
        Coordinate = coordinate;
        Name = name;
        Type = type;
    }

    /// <summary>The name in the schema.</summary>
    public string Name { get; }

    /// <summary>An input type.</summary>
    public GraphQLType Type { get; }

    /// <summary>Null where there is none.</summary>
    public string? Description { get; internal set; }

    /// <summary>A constant; null where there is none (a literal <c>null</c> is a <see cref="NullValueNode"/>).</summary>
    public ValueNode? DefaultValue { get; internal set; }

    /// <summary>Section 5.4.3 "Required Arguments": non-null and without a default.</summary>
    public bool IsRequired => Type is NonNullType && DefaultValue is null;

    /// <summary>The reason of <c>@deprecated</c>; null where it is not.</summary>
    public string? DeprecationReason { get; internal set; }

    /// <summary>Directives in the SDL, for the host to read.</summary>
    public ImmutableArray<AppliedDirective> Directives { get; internal set; } = [];

    /// <summary>Where it is defined; null for the specification's own.</summary>
    public InputValueDefinitionNode? Definition { get; internal set; }

    /// <summary>The schema coordinate: <c>Type.field(argument:)</c>, <c>Input.field</c> or <c>@directive(argument:)</c>.</summary>
    public string Coordinate { get; }

    /// <inheritdoc/>
    public override string ToString() => Coordinate;
}

/// <summary>Section 3.9 "Enums": one value.</summary>
public sealed class EnumValueDefinition(string name)
{
    /// <summary>The name in the schema and on the wire.</summary>
    public string Name => name;

    /// <summary>Null where there is none.</summary>
    public string? Description { get; internal set; }

    /// <summary>The reason of <c>@deprecated</c>; null where it is not.</summary>
    public string? DeprecationReason { get; internal set; }

    /// <summary>Directives in the SDL, for the host to read.</summary>
    public ImmutableArray<AppliedDirective> Directives { get; internal set; } = [];

    /// <summary>Where it is defined; null for the specification's own.</summary>
    public EnumValueDefinitionNode? Definition { get; internal set; }

    /// <inheritdoc/>
    public override string ToString() => name;
}

/// <summary>Section 3.13 "Directives": the definition.</summary>
public sealed class DirectiveDefinition(string name)
{
    /// <summary>Without the @.</summary>
    public string Name => name;

    /// <summary>Null where there is none.</summary>
    public string? Description { get; internal set; }

    /// <summary>The arguments a use may give.</summary>
    public ImmutableArray<InputValueDefinition> Arguments { get; internal set; } = [];

    /// <summary>Whether it may stand more than once at one place.</summary>
    public bool IsRepeatable { get; internal set; }

    /// <summary>Words of the grammar: FIELD, OBJECT, …</summary>
    public ImmutableArray<string> Locations { get; internal set; } = [];

    /// <summary>Where it is defined; null for the specification's own.</summary>
    public DirectiveDefinitionNode? Definition { get; internal set; }

    /// <summary>An argument by its name, or null.</summary>
    public InputValueDefinition? Argument(string argumentName)
    {
        foreach (var argument in Arguments)
        {
            if (argument.Name == argumentName)
            {
                return argument;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"@{name}";
}

/// <summary>A directive as it stands on a definition in the SDL.</summary>
public sealed class AppliedDirective
{
    internal AppliedDirective(DirectiveNode node, DirectiveDefinition? definition)
    {
        Node = node;
        Definition = definition;
    }

    /// <summary>Without the @.</summary>
    public string Name => Node.Name.Value;

    /// <summary>As it was written.</summary>
    public DirectiveNode Node { get; }

    /// <summary>Its definition; null only in a schema that is not valid.</summary>
    public DirectiveDefinition? Definition { get; }

    /// <summary>An argument's literal, its default where it was not given, null where it has neither.</summary>
    public ValueNode? Argument(string argumentName) =>
        Node.Arguments.FirstOrDefault(a => a.Name.Value == argumentName)?.Value ?? Definition?.Argument(argumentName)?.DefaultValue;

    /// <summary>The same, as the text of a string or enum literal; null for every other literal and for none.</summary>
    public string? ArgumentText(string argumentName) => Argument(argumentName) switch
    {
        StringValueNode s => s.Value,
        EnumValueNode e => e.Value,
        _ => null,
    };
}
