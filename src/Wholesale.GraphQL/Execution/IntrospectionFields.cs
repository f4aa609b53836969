using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Execution;

/// <summary>Section 4 "Introspection": answered like any other field, from the schema as data.</summary>
internal static class IntrospectionFields
{
    /// <summary>The resolvers of <c>__schema</c>, <c>__type</c> and the introspection types; everything else is a property.</summary>
    public static ResolverMap For(Schema schema)
    {
        var map = new ResolverMap();
        map.Field($"{schema.QueryType.Name}.__schema", () => schema);
        map.Field($"{schema.QueryType.Name}.__type", (string name) => (GraphQLType?)schema.Type(name));
        map.Field("__Schema.types", (Batch<Schema> schemas) => schemas.Map(s => (IReadOnlyList<GraphQLType>)s.Types));
        map.Field("__Schema.queryType", (Batch<Schema> schemas) => schemas.Map(s => (GraphQLType)s.QueryType));
        map.Field("__Schema.mutationType", (Batch<Schema> schemas) => schemas.Map(s => (GraphQLType?)s.MutationType));
        map.Field("__Schema.subscriptionType", (Batch<Schema> schemas) => schemas.Map(s => (GraphQLType?)s.SubscriptionType));
        map.Field("__Type.kind", (Batch<GraphQLType> types) => types.Map(KindOf));
        map.Field("__Type.name", (Batch<GraphQLType> types) => types.Map(t => (t as NamedType)?.Name));
        map.Field("__Type.description", (Batch<GraphQLType> types) => types.Map(t => (t as NamedType)?.Description));
        map.Field("__Type.specifiedByURL", (Batch<GraphQLType> types) => types.Map(t => (t as ScalarType)?.SpecifiedByUrl));
        map.Field("__Type.fields", (Batch<GraphQLType> types, bool includeDeprecated) => types.Map(t => FieldsOf(t, includeDeprecated)));
        map.Field("__Type.interfaces", (Batch<GraphQLType> types) => types.Map(t => (IReadOnlyList<GraphQLType>?)(t as FieldsType)?.Interfaces.ToArray<GraphQLType>()));
        map.Field("__Type.possibleTypes", (Batch<GraphQLType> types) => types.Map(t => PossibleTypesOf(t, schema)));
        map.Field("__Type.enumValues", (Batch<GraphQLType> types, bool includeDeprecated) => types.Map(t => EnumValuesOf(t, includeDeprecated)));
        map.Field("__Type.inputFields", (Batch<GraphQLType> types, bool includeDeprecated) => types.Map(t => (t as InputObjectType) is { } input ? Without(input.Fields, includeDeprecated) : null));
        map.Field("__Type.isOneOf", (Batch<GraphQLType> types) => types.Map(t => (t as InputObjectType)?.IsOneOf));
        map.Field("__Type.ofType", (Batch<GraphQLType> types) => types.Map(t => t switch
        {
            NonNullType nonNull => nonNull.Nullable,
            ListType list => list.ItemType,
            _ => null,
        }));
        map.Field("__Field.args", (Batch<FieldDefinition> fields, bool includeDeprecated) => fields.Map(f => Without(f.Arguments, includeDeprecated)));
        map.Field("__Field.isDeprecated", (Batch<FieldDefinition> fields) => fields.Map(f => f.DeprecationReason is not null));
        map.Field("__InputValue.defaultValue", (Batch<InputValueDefinition> values) => values.Map(v => v.DefaultValue is null ? null : Printer.Print(v.DefaultValue)));
        map.Field("__InputValue.isDeprecated", (Batch<InputValueDefinition> values) => values.Map(v => v.DeprecationReason is not null));
        map.Field("__EnumValue.isDeprecated", (Batch<EnumValueDefinition> values) => values.Map(v => v.DeprecationReason is not null));
        map.Field("__Directive.args", (Batch<DirectiveDefinition> directives, bool includeDeprecated) => directives.Map(d => Without(d.Arguments, includeDeprecated)));
        map.Field("__Directive.locations", (Batch<DirectiveDefinition> directives) => directives.Map(d => (IReadOnlyList<string>)d.Locations));
        return map;
    }

    private static TypeKind KindOf(GraphQLType type) => type switch
    {
        ScalarType => TypeKind.Scalar,
        ObjectType => TypeKind.Object,
        InterfaceType => TypeKind.Interface,
        UnionType => TypeKind.Union,
        EnumType => TypeKind.Enum,
        InputObjectType => TypeKind.InputObject,
        ListType => TypeKind.List,
        _ => TypeKind.NonNull,
    };

    private static IReadOnlyList<FieldDefinition>? FieldsOf(GraphQLType type, bool includeDeprecated) =>
        type is FieldsType fields ? [.. fields.Fields.Where(f => includeDeprecated || f.DeprecationReason is null)] : null;

    private static IReadOnlyList<EnumValueDefinition>? EnumValuesOf(GraphQLType type, bool includeDeprecated) =>
        type is EnumType values ? [.. values.Values.Where(v => includeDeprecated || v.DeprecationReason is null)] : null;

    private static IReadOnlyList<GraphQLType>? PossibleTypesOf(GraphQLType type, Schema schema) => type switch
    {
        InterfaceType => [.. schema.Types.OfType<ObjectType>().Where(o => schema.IsPossibleType((CompositeType)type, o))],
        UnionType union => [.. union.Types],
        _ => null,
    };

    private static IReadOnlyList<InputValueDefinition> Without(IReadOnlyList<InputValueDefinition> values, bool includeDeprecated) =>
        [.. values.Where(v => includeDeprecated || v.DeprecationReason is null)];

    private enum TypeKind
    {
        Scalar,
        Object,
        Interface,
        Union,
        Enum,
        InputObject,
        List,
        NonNull,
    }
}
