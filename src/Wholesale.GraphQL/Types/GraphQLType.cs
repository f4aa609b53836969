using System.Collections.Immutable;
using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL.Types;

// Section 3.4 "Types". One closed family, so one file. A schema is immutable once SchemaBuilder has returned it;
// the internal setters are the builder's, because types refer to one another in circles.

/// <summary>
/// A named type, or a list or non-null type that wraps one. Named types, and what the schema itself wraps, compare by reference within a schema.
/// </summary>
public abstract class GraphQLType
{
    private ListType? list;
    private NonNullType? nonNull;

    /// <summary>Section 3.11 "List": <c>[this]</c>, always the same instance.</summary>
    public ListType List => list ?? Interlocked.CompareExchange(ref list, new ListType(this), null) ?? list;

    /// <summary>Section 3.12 "Non-Null": <c>this!</c>, always the same instance; a non-null type is its own.</summary>
    public virtual NonNullType NonNull => nonNull ?? Interlocked.CompareExchange(ref nonNull, new NonNullType(this), null) ?? nonNull;

    /// <summary>The schema's own <see cref="List"/> where it has one, else one that nobody keeps.</summary>
    internal ListType KnownList => list ?? new ListType(this);

    /// <summary>The schema's own <see cref="NonNull"/> where it has one, else one that nobody keeps.</summary>
    internal NonNullType KnownNonNull => nonNull ?? new NonNullType(this);

    /// <summary>This type without a non-null around it.</summary>
    public virtual GraphQLType Nullable => this;

    /// <summary>The named type inside all lists and non-nulls.</summary>
    public abstract NamedType Named { get; }

    /// <summary>Section 3.4.2 "Input and Output Types": may stand as an argument, input field or variable.</summary>
    public bool IsInput => Named is ScalarType or EnumType or InputObjectType;

    /// <summary>Section 3.4.2: may stand as a field's type.</summary>
    public bool IsOutput => Named is not InputObjectType;
}

/// <summary>Section 3.11 "List".</summary>
public sealed class ListType : GraphQLType
{
    internal ListType(GraphQLType itemType) => ItemType = itemType;

    /// <summary>The type of each item.</summary>
    public GraphQLType ItemType { get; }

    /// <inheritdoc/>
    public override NamedType Named => ItemType.Named;

    /// <inheritdoc/>
    public override string ToString() => $"[{ItemType}]";
}

/// <summary>Section 3.12 "Non-Null".</summary>
public sealed class NonNullType : GraphQLType
{
    internal NonNullType(GraphQLType nullableType) => Nullable = nullableType;

    /// <summary>The type whose null is excluded.</summary>
    public override GraphQLType Nullable { get; }

    /// <inheritdoc/>
    public override NonNullType NonNull => this;

    /// <inheritdoc/>
    public override NamedType Named => Nullable.Named;

    /// <inheritdoc/>
    public override string ToString() => $"{Nullable}!";
}

/// <summary>A type with a name: one of the six kinds below.</summary>
public abstract class NamedType(string name) : GraphQLType
{
    /// <summary>Unique in its schema.</summary>
    public string Name => name;

    /// <summary>Null where there is none.</summary>
    public string? Description { get; internal set; }

    /// <summary>Directives of the definition and of its extensions.</summary>
    public ImmutableArray<AppliedDirective> Directives { get; internal set; } = [];

    /// <summary>Where it is defined; null for types that the specification brings. The text may hold members that this schema leaves out.</summary>
    public TypeDefinitionNode? Definition { get; internal set; }

    /// <summary>Section 3.4.3 "Type Extensions": those that are merged into this type, in the order of the sources.</summary>
    public ImmutableArray<TypeDefinitionNode> Extensions { get; internal set; } = [];

    /// <inheritdoc/>
    public override NamedType Named => this;

    /// <inheritdoc/>
    public override string ToString() => name;
}

/// <summary>Section 3.5 "Scalars".</summary>
public sealed class ScalarType(string name) : NamedType(name)
{
    /// <summary>The URL of <c>@specifiedBy</c>; null where there is none.</summary>
    public string? SpecifiedByUrl { get; internal set; }
}

/// <summary>An object, interface or union: a type that a selection set can be on.</summary>
public abstract class CompositeType(string name) : NamedType(name);

/// <summary>An object or an interface.</summary>
public abstract class FieldsType(string name) : CompositeType(name)
{
    /// <summary>Fields in the order of the definition, then of the extensions.</summary>
    public IReadOnlyList<FieldDefinition> Fields { get; internal set; } = [];

    /// <summary>All interfaces, transitive ones included (section 3.6 demands that they are declared).</summary>
    public ImmutableArray<InterfaceType> Interfaces { get; internal set; } = [];

    internal Dictionary<string, FieldDefinition> FieldsByName { get; set; } = [];

    /// <summary>A field by its name, or null. Meta-fields are not in here: see <see cref="Schema.Field"/>.</summary>
    public FieldDefinition? Field(string fieldName) => FieldsByName.GetValueOrDefault(fieldName);
}

/// <summary>Section 3.6 "Objects".</summary>
public sealed class ObjectType(string name) : FieldsType(name);

/// <summary>Section 3.7 "Interfaces".</summary>
public sealed class InterfaceType(string name) : FieldsType(name);

/// <summary>Section 3.8 "Unions".</summary>
public sealed class UnionType(string name) : CompositeType(name)
{
    /// <summary>The member types, in the order of the text.</summary>
    public ImmutableArray<ObjectType> Types { get; internal set; } = [];
}

/// <summary>Section 3.9 "Enums".</summary>
public sealed class EnumType(string name) : NamedType(name)
{
    /// <summary>The values, in the order of the text.</summary>
    public ImmutableArray<EnumValueDefinition> Values { get; internal set; } = [];

    internal Dictionary<string, EnumValueDefinition> ValuesByName { get; set; } = [];

    /// <summary>A value by its name, or null.</summary>
    public EnumValueDefinition? Value(string valueName) => ValuesByName.GetValueOrDefault(valueName);
}

/// <summary>Section 3.10 "Input Objects".</summary>
public sealed class InputObjectType(string name) : NamedType(name)
{
    /// <summary>The input fields, in the order of the text.</summary>
    public ImmutableArray<InputValueDefinition> Fields { get; internal set; } = [];

    /// <summary>Section 3.10.1 "OneOf Input Objects": exactly one field must be given, and must not be null.</summary>
    public bool IsOneOf { get; internal set; }

    internal Dictionary<string, InputValueDefinition> FieldsByName { get; set; } = [];

    /// <summary>An input field by its name, or null.</summary>
    public InputValueDefinition? Field(string fieldName) => FieldsByName.GetValueOrDefault(fieldName);
}
