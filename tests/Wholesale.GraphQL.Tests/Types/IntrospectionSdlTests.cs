using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Tests.Types;

/// <summary>Section 4.2 "Schema Introspection", and the directives of section 3.13.</summary>
public sealed class IntrospectionSdlTests
{
    private static readonly Schema Schema = SchemaRule.ExpectValid("type A { i: Int f: Float id: ID }");

    [Theory]
    [InlineData("__Schema", "description: String|types: [__Type!]!|queryType: __Type!|mutationType: __Type|subscriptionType: __Type|directives: [__Directive!]!")]
    [InlineData(
        "__Type",
        "kind: __TypeKind!|name: String|description: String|specifiedByURL: String|fields(includeDeprecated: Boolean!): [__Field!]|interfaces: [__Type!]|"
        + "possibleTypes: [__Type!]|enumValues(includeDeprecated: Boolean!): [__EnumValue!]|inputFields(includeDeprecated: Boolean!): [__InputValue!]|"
        + "ofType: __Type|isOneOf: Boolean")]
    [InlineData(
        "__Field",
        "name: String!|description: String|args(includeDeprecated: Boolean!): [__InputValue!]!|type: __Type!|isDeprecated: Boolean!|deprecationReason: String")]
    [InlineData(
        "__InputValue",
        "name: String!|description: String|type: __Type!|defaultValue: String|isDeprecated: Boolean!|deprecationReason: String")]
    [InlineData("__EnumValue", "name: String!|description: String|isDeprecated: Boolean!|deprecationReason: String")]
    [InlineData(
        "__Directive",
        "name: String!|description: String|isRepeatable: Boolean!|locations: [__DirectiveLocation!]!|args(includeDeprecated: Boolean!): [__InputValue!]!")]
    public void The_introspection_types_have_the_specifications_fields(string type, string fields)
    {
        var actual = ((ObjectType)Schema.Type(type)!).Fields.Select(f =>
            f.Arguments.IsEmpty ? $"{f.Name}: {f.Type}" : $"{f.Name}({string.Join(", ", f.Arguments.Select(a => $"{a.Name}: {a.Type}"))}): {f.Type}");

        Assert.Equal(fields.Split('|'), actual);
    }

    [Theory]
    [InlineData("__TypeKind", "SCALAR OBJECT INTERFACE UNION ENUM INPUT_OBJECT LIST NON_NULL")]
    [InlineData(
        "__DirectiveLocation",
        "QUERY MUTATION SUBSCRIPTION FIELD FRAGMENT_DEFINITION FRAGMENT_SPREAD INLINE_FRAGMENT VARIABLE_DEFINITION SCHEMA SCALAR OBJECT "
        + "FIELD_DEFINITION ARGUMENT_DEFINITION INTERFACE UNION ENUM ENUM_VALUE INPUT_OBJECT INPUT_FIELD_DEFINITION")]
    public void The_introspection_enums_have_the_specifications_values(string type, string values)
    {
        Assert.Equal(values.Split(' '), ((EnumType)Schema.Type(type)!).Values.Select(v => v.Name));
    }

    [Theory]
    [InlineData("skip", "if: Boolean!", "FIELD FRAGMENT_SPREAD INLINE_FRAGMENT")]
    [InlineData("include", "if: Boolean!", "FIELD FRAGMENT_SPREAD INLINE_FRAGMENT")]
    [InlineData("deprecated", "reason: String!", "FIELD_DEFINITION ARGUMENT_DEFINITION INPUT_FIELD_DEFINITION ENUM_VALUE")]
    [InlineData("specifiedBy", "url: String!", "SCALAR")]
    [InlineData("oneOf", "", "INPUT_OBJECT")]
    public void The_builtin_directives_have_the_specifications_arguments_and_locations(string name, string arguments, string locations)
    {
        var directive = Schema.Directive(name)!;

        Assert.Equal(arguments, string.Join(", ", directive.Arguments.Select(a => $"{a.Name}: {a.Type}")));
        Assert.Equal(locations.Split(' '), directive.Locations);
        Assert.False(directive.IsRepeatable);
    }

    [Fact]
    public void Everything_has_a_description_and_no_definition_that_an_author_could_look_at()
    {
        var own = Schema.Types.Where(t => t.Name.StartsWith("__", StringComparison.Ordinal) || t is ScalarType).ToList();

        Assert.Equal(13, own.Count);
        Assert.All(own, type => Assert.NotNull(type.Description));
        Assert.All(own, type => Assert.Null(type.Definition));
        Assert.All(own.OfType<ObjectType>().SelectMany(t => t.Fields), field => Assert.NotNull(field.Description));
        Assert.All(own.OfType<ObjectType>().SelectMany(t => t.Fields).SelectMany(f => f.Arguments), argument => Assert.NotNull(argument.Description));
        Assert.All(own.OfType<EnumType>().SelectMany(t => t.Values), value => Assert.NotNull(value.Description));
    }

    [Fact]
    public void IncludeDeprecated_is_false_by_default()
    {
        var argument = ((ObjectType)Schema.Type("__Type")!).Field("fields")!.Argument("includeDeprecated")!;

        Assert.False(Assert.IsType<BooleanValueNode>(argument.DefaultValue).Value);
        Assert.False(argument.IsRequired);
    }
}
