using System.Collections.Frozen;
using System.Collections.Immutable;
using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL.Types;

/// <summary>Section 3.3 "Schema": valid and immutable. <see cref="SchemaBuilder"/> makes it.</summary>
public sealed class Schema
{
    private readonly FrozenDictionary<string, NamedType> types;
    private readonly FrozenDictionary<string, DirectiveDefinition> directives;
    private readonly FrozenDictionary<CompositeType, FrozenSet<ObjectType>> possibleTypes;

    internal Schema(
        string? description, ObjectType queryType, ObjectType? mutationType, ObjectType? subscriptionType,
        IReadOnlyList<NamedType> types, IReadOnlyList<DirectiveDefinition> directives, ImmutableArray<AppliedDirective> appliedDirectives)
    {
        Description = description;
        QueryType = queryType;
        MutationType = mutationType;
        SubscriptionType = subscriptionType;
        Types = types;
        Directives = directives;
        AppliedDirectives = appliedDirectives;
        this.types = types.ToFrozenDictionary(t => t.Name, StringComparer.Ordinal);
        this.directives = directives.ToFrozenDictionary(d => d.Name, StringComparer.Ordinal);

        var possible = new Dictionary<CompositeType, List<ObjectType>>();
        foreach (var objectType in types.OfType<ObjectType>())
        {
            possible[objectType] = [objectType];
            foreach (var interfaceType in objectType.Interfaces)
            {
                (possible.TryGetValue(interfaceType, out var list) ? list : possible[interfaceType] = []).Add(objectType);
            }
        }

        foreach (var union in types.OfType<UnionType>())
        {
            possible[union] = [.. union.Types];
        }

        possibleTypes = possible.ToFrozenDictionary(p => p.Key, p => p.Value.ToFrozenSet());

        TypenameField = new FieldDefinition(queryType, "__typename", Type<ScalarType>("String").NonNull)
        {
            Description = "The name of the object's type.",
        };
        SchemaField = new FieldDefinition(queryType, "__schema", Type<ObjectType>("__Schema").NonNull)
        {
            Description = "The schema that this server serves.",
        };
        TypeField = new FieldDefinition(queryType, "__type", Type<ObjectType>("__Type"))
        {
            Description = "A type by its name; null where there is none.",
            Arguments = [new InputValueDefinition("Query.__type(name:)", "name", Type<ScalarType>("String").NonNull)],
        };
    }

    /// <summary>Null where there is none.</summary>
    public string? Description { get; }

    /// <summary>Section 3.3.1 "Root Operation Types".</summary>
    public ObjectType QueryType { get; }

    /// <summary>Null: the schema has no mutations.</summary>
    public ObjectType? MutationType { get; }

    /// <summary>Null: the schema has no subscriptions.</summary>
    public ObjectType? SubscriptionType { get; }

    /// <summary>Every type: the specification's scalars and introspection types too, in a stable order.</summary>
    public IReadOnlyList<NamedType> Types { get; }

    /// <summary>Every directive, the specification's own included.</summary>
    public IReadOnlyList<DirectiveDefinition> Directives { get; }

    /// <summary>Directives on the schema definition itself.</summary>
    public ImmutableArray<AppliedDirective> AppliedDirectives { get; }

    /// <summary>Section 4.1 "Type Name Introspection": <c>__typename</c>.</summary>
    public FieldDefinition TypenameField { get; }

    /// <summary>Section 4.2 "Schema Introspection": <c>__schema</c>.</summary>
    public FieldDefinition SchemaField { get; }

    /// <summary>Section 4.2 "Schema Introspection": <c>__type(name:)</c>.</summary>
    public FieldDefinition TypeField { get; }

    /// <summary>A type by its name, or null.</summary>
    public NamedType? Type(string name) => types.GetValueOrDefault(name);

    /// <summary>A directive's definition by its name without @, or null.</summary>
    public DirectiveDefinition? Directive(string name) => directives.GetValueOrDefault(name);

    /// <summary>The root type of an operation, or null.</summary>
    public ObjectType? RootType(OperationType operation) => operation switch
    {
        OperationType.Query => QueryType,
        OperationType.Mutation => MutationType,
        _ => SubscriptionType,
    };

    /// <summary>A field that can be selected on a type, meta-fields included; null where there is none.</summary>
    public FieldDefinition? Field(CompositeType parentType, string fieldName) => fieldName switch
    {
        "__typename" => TypenameField,
        "__schema" when parentType == QueryType => SchemaField,
        "__type" when parentType == QueryType => TypeField,
        _ => (parentType as FieldsType)?.Field(fieldName),
    };

    /// <summary>Section 5.5.2.3 GetPossibleTypes(): of an object type, itself.</summary>
    public IReadOnlySet<ObjectType> PossibleTypes(CompositeType type) =>
        possibleTypes.TryGetValue(type, out var set) ? set : FrozenSet<ObjectType>.Empty;

    /// <summary>Whether a value of an object type may stand where another composite type is expected.</summary>
    public bool IsPossibleType(CompositeType type, ObjectType objectType) => type == objectType || PossibleTypes(type).Contains(objectType);

    /// <summary>
    /// The type that a type reference names, or null if its name is unknown. The schema does not keep what is wrapped here: documents can wrap a type in any
    /// number of ways.
    /// </summary>
    public GraphQLType? TypeOf(TypeNode reference) => reference switch
    {
        NamedTypeNode named => Type(named.Name.Value),
        ListTypeNode list => TypeOf(list.Type)?.KnownList,
        NonNullTypeNode nonNull => TypeOf(nonNull.Type)?.KnownNonNull,
        _ => null,
    };

    private T Type<T>(string name) where T : NamedType => (T)types[name];
}
