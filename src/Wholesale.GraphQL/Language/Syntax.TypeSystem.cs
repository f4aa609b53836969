using System.Collections.Immutable;

namespace Wholesale.GraphQL.Language;

/// <summary>A definition or extension of section 3 "Type System".</summary>
/// <param name="isExtension">Whether it begins with <c>extend</c>; extensions have no description.</param>
public abstract class TypeSystemDefinitionNode(
    Source source, int start, string? description, bool isExtension, ImmutableArray<DirectiveNode> directives)
    : DefinitionNode(source, start, description)
{
    /// <summary>Whether this adds to a definition that stands elsewhere.</summary>
    public bool IsExtension => isExtension;

    /// <summary>Constant directives; always empty on a directive definition.</summary>
    public ImmutableArray<DirectiveNode> Directives => directives;
}

/// <summary>Section 3.3 "Schema" and 3.3.2 "Schema Extension".</summary>
public sealed class SchemaDefinitionNode(
    Source source, int start, string? description, bool isExtension, ImmutableArray<DirectiveNode> directives,
    ImmutableArray<OperationTypeDefinitionNode> operationTypes)
    : TypeSystemDefinitionNode(source, start, description, isExtension, directives)
{
    /// <summary>The root operation types.</summary>
    public ImmutableArray<OperationTypeDefinitionNode> OperationTypes => operationTypes;
}

/// <summary><c>query: Query</c> within a schema definition.</summary>
public sealed class OperationTypeDefinitionNode(Source source, int start, OperationType operation, NamedTypeNode type) : SyntaxNode(source, start)
{
    /// <summary>The kind of operation.</summary>
    public OperationType Operation => operation;

    /// <summary>The object type that is its root.</summary>
    public NamedTypeNode Type => type;
}

/// <summary>Section 3.4 "Types": a definition or extension of a named type.</summary>
public abstract class TypeDefinitionNode(
    Source source, int start, string? description, bool isExtension, Name name, ImmutableArray<DirectiveNode> directives)
    : TypeSystemDefinitionNode(source, start, description, isExtension, directives)
{
    /// <summary>The type's name.</summary>
    public Name Name => name;
}

/// <summary>Section 3.5 "Scalars".</summary>
public sealed class ScalarTypeDefinitionNode(
    Source source, int start, string? description, bool isExtension, Name name, ImmutableArray<DirectiveNode> directives)
    : TypeDefinitionNode(source, start, description, isExtension, name, directives);

/// <summary>What sections 3.6 "Objects" and 3.7 "Interfaces" have in common.</summary>
public abstract class FieldsTypeDefinitionNode(
    Source source, int start, string? description, bool isExtension, Name name, ImmutableArray<NamedTypeNode> interfaces,
    ImmutableArray<DirectiveNode> directives, ImmutableArray<FieldDefinitionNode> fields)
    : TypeDefinitionNode(source, start, description, isExtension, name, directives)
{
    /// <summary>The interfaces it declares to implement.</summary>
    public ImmutableArray<NamedTypeNode> Interfaces => interfaces;

    /// <summary>Its fields, in the order of the text.</summary>
    public ImmutableArray<FieldDefinitionNode> Fields => fields;
}

/// <summary>Section 3.6 "Objects".</summary>
public sealed class ObjectTypeDefinitionNode(
    Source source, int start, string? description, bool isExtension, Name name, ImmutableArray<NamedTypeNode> interfaces,
    ImmutableArray<DirectiveNode> directives, ImmutableArray<FieldDefinitionNode> fields)
    : FieldsTypeDefinitionNode(source, start, description, isExtension, name, interfaces, directives, fields);

/// <summary>Section 3.7 "Interfaces".</summary>
public sealed class InterfaceTypeDefinitionNode(
    Source source, int start, string? description, bool isExtension, Name name, ImmutableArray<NamedTypeNode> interfaces,
    ImmutableArray<DirectiveNode> directives, ImmutableArray<FieldDefinitionNode> fields)
    : FieldsTypeDefinitionNode(source, start, description, isExtension, name, interfaces, directives, fields);

/// <summary>Section 3.8 "Unions".</summary>
public sealed class UnionTypeDefinitionNode(
    Source source, int start, string? description, bool isExtension, Name name, ImmutableArray<DirectiveNode> directives,
    ImmutableArray<NamedTypeNode> types) : TypeDefinitionNode(source, start, description, isExtension, name, directives)
{
    /// <summary>The member types.</summary>
    public ImmutableArray<NamedTypeNode> Types => types;
}

/// <summary>Section 3.9 "Enums".</summary>
public sealed class EnumTypeDefinitionNode(
    Source source, int start, string? description, bool isExtension, Name name, ImmutableArray<DirectiveNode> directives,
    ImmutableArray<EnumValueDefinitionNode> values) : TypeDefinitionNode(source, start, description, isExtension, name, directives)
{
    /// <summary>The values, in the order of the text.</summary>
    public ImmutableArray<EnumValueDefinitionNode> Values => values;
}

/// <summary>Section 3.10 "Input Objects".</summary>
public sealed class InputObjectTypeDefinitionNode(
    Source source, int start, string? description, bool isExtension, Name name, ImmutableArray<DirectiveNode> directives,
    ImmutableArray<InputValueDefinitionNode> fields) : TypeDefinitionNode(source, start, description, isExtension, name, directives)
{
    /// <summary>The input fields, in the order of the text.</summary>
    public ImmutableArray<InputValueDefinitionNode> Fields => fields;
}

/// <summary>Section 3.6 "Objects": a field with its arguments and type.</summary>
public sealed class FieldDefinitionNode(
    Source source, int start, string? description, Name name, ImmutableArray<InputValueDefinitionNode> arguments, TypeNode type,
    ImmutableArray<DirectiveNode> directives) : DefinitionNode(source, start, description)
{
    /// <summary>The field's name.</summary>
    public Name Name => name;

    /// <summary>Section 3.6.1 "Field Arguments".</summary>
    public ImmutableArray<InputValueDefinitionNode> Arguments => arguments;

    /// <summary>The type of its value.</summary>
    public TypeNode Type => type;

    /// <summary>Constant directives.</summary>
    public ImmutableArray<DirectiveNode> Directives => directives;
}

/// <summary>An argument's or an input field's definition.</summary>
public sealed class InputValueDefinitionNode(
    Source source, int start, string? description, Name name, TypeNode type, ValueNode? defaultValue,
    ImmutableArray<DirectiveNode> directives) : DefinitionNode(source, start, description)
{
    /// <summary>The argument's or input field's name.</summary>
    public Name Name => name;

    /// <summary>The type of its value.</summary>
    public TypeNode Type => type;

    /// <summary>A constant; null where there is none (a literal <c>null</c> is a <see cref="NullValueNode"/>).</summary>
    public ValueNode? DefaultValue => defaultValue;

    /// <summary>Constant directives.</summary>
    public ImmutableArray<DirectiveNode> Directives => directives;
}

/// <summary>Section 3.9 "Enums": one value.</summary>
public sealed class EnumValueDefinitionNode(
    Source source, int start, string? description, Name name, ImmutableArray<DirectiveNode> directives)
    : DefinitionNode(source, start, description)
{
    /// <summary>Any name but true, false and null.</summary>
    public Name Name => name;

    /// <summary>Constant directives.</summary>
    public ImmutableArray<DirectiveNode> Directives => directives;
}

/// <summary>Section 3.13 "Directives".</summary>
public sealed class DirectiveDefinitionNode(
    Source source, int start, string? description, Name name, ImmutableArray<InputValueDefinitionNode> arguments,
    bool isRepeatable, ImmutableArray<Name> locations) : TypeSystemDefinitionNode(source, start, description, isExtension: false, [])
{
    /// <summary>Without the @.</summary>
    public Name Name => name;

    /// <summary>The arguments a use may give.</summary>
    public ImmutableArray<InputValueDefinitionNode> Arguments => arguments;

    /// <summary>Whether it may stand more than once at one place.</summary>
    public bool IsRepeatable => isRepeatable;

    /// <summary>The places where it may stand, as words of the grammar: FIELD, OBJECT, …</summary>
    public ImmutableArray<Name> Locations => locations;
}
