using System.Text.Json;
using Wholesale.GraphQL.Execution;

namespace Wholesale.GraphQL.Tests.Execution;

/// <summary>Section 4 "Introspection".</summary>
public sealed class IntrospectionTests
{
    /// <summary>What client tools ask first: everything, with types nested nine deep.</summary>
    private const string Everything = """
        query IntrospectionQuery {
          __schema {
            description
            queryType { name kind }
            mutationType { name kind }
            subscriptionType { name kind }
            types { ...FullType }
            directives { name description isRepeatable locations args(includeDeprecated: true) { ...InputValue } }
          }
        }
        fragment FullType on __Type {
          kind name description specifiedByURL isOneOf
          fields(includeDeprecated: true) { name description args(includeDeprecated: true) { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason }
          inputFields(includeDeprecated: true) { ...InputValue }
          interfaces { ...TypeRef }
          enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
          possibleTypes { ...TypeRef }
        }
        fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue isDeprecated deprecationReason }
        fragment TypeRef on __Type {
          kind name
          ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } } }
        }
        """;

    private readonly GraphQLExecutor executor = Shop.Executor();

    [Fact]
    public async Task The_full_introspection_query_is_answered_completely()
    {
        using var response = JsonDocument.Parse(await executor.Ask(Everything));
        Assert.False(response.RootElement.TryGetProperty("errors", out _));
        var schema = response.RootElement.GetProperty("data").GetProperty("__schema");

        Assert.Equal("""{"name":"Query","kind":"OBJECT"}""", schema.GetProperty("queryType").GetRawText());
        Assert.Equal("""{"name":"Mutation","kind":"OBJECT"}""", schema.GetProperty("mutationType").GetRawText());
        Assert.Equal("null", schema.GetProperty("subscriptionType").GetRawText());
        Assert.Equal(executor.Schema.Schema.Types.Select(t => t.Name), schema.GetProperty("types").EnumerateArray().Select(t => t.GetProperty("name").GetString()));
        Assert.Equal(executor.Schema.Schema.Directives.Select(d => d.Name), schema.GetProperty("directives").EnumerateArray().Select(d => d.GetProperty("name").GetString()));
        foreach (var type in schema.GetProperty("types").EnumerateArray())
        {
            var kind = type.GetProperty("kind").GetString();

            // Section 4.2.2: which fields are null depends on the kind.
            Assert.Equal(kind is "OBJECT" or "INTERFACE", type.GetProperty("fields").ValueKind == JsonValueKind.Array);
            Assert.Equal(kind is "OBJECT" or "INTERFACE", type.GetProperty("interfaces").ValueKind == JsonValueKind.Array);
            Assert.Equal(kind is "INTERFACE" or "UNION", type.GetProperty("possibleTypes").ValueKind == JsonValueKind.Array);
            Assert.Equal(kind is "ENUM", type.GetProperty("enumValues").ValueKind == JsonValueKind.Array);
            Assert.Equal(kind is "INPUT_OBJECT", type.GetProperty("inputFields").ValueKind == JsonValueKind.Array);
            Assert.Equal(kind is "INPUT_OBJECT", type.GetProperty("isOneOf").ValueKind != JsonValueKind.Null);
        }
    }

    [Theory]
    [InlineData("""{ __type(name: "Nothing") { name } }""", """{"__type":null}""")]
    [InlineData("""{ __type(name: "Thing") { kind possibleTypes { name } interfaces { name } } }""", """{"__type":{"kind":"INTERFACE","possibleTypes":[{"name":"Product"},{"name":"Part"}],"interfaces":[]}}""")]
    [InlineData("""{ __type(name: "Anything") { kind possibleTypes { name } fields { name } } }""", """{"__type":{"kind":"UNION","possibleTypes":[{"name":"Product"},{"name":"Part"}],"fields":null}}""")]
    [InlineData("""{ __type(name: "Sku") { kind specifiedByURL description } }""", """{"__type":{"kind":"SCALAR","specifiedByURL":"https://example.com/sku","description":"Three characters."}}""")]
    [InlineData("""{ __type(name: "Choice") { isOneOf inputFields { name defaultValue } } }""", """{"__type":{"isOneOf":true,"inputFields":[{"name":"id","defaultValue":null},{"name":"sku","defaultValue":null}]}}""")]
    [InlineData("""{ __type(name: "Filter") { isOneOf inputFields { name type { kind name ofType { name } } defaultValue } } }""", """{"__type":{"isOneOf":false,"inputFields":[{"name":"text","type":{"kind":"SCALAR","name":"String","ofType":null},"defaultValue":"\"any\""},{"name":"min","type":{"kind":"NON_NULL","name":null,"ofType":{"name":"Int"}},"defaultValue":"3"},{"name":"colours","type":{"kind":"LIST","name":null,"ofType":{"name":"Colour"}},"defaultValue":"[GREEN, null]"}]}}""")]
    [InlineData("""{ __type(name: "Part") { fields { name isDeprecated } } }""", """{"__type":{"fields":[{"name":"id","isDeprecated":false},{"name":"name","isDeprecated":false}]}}""")]
    [InlineData("""{ __type(name: "Part") { fields(includeDeprecated: true) { name isDeprecated deprecationReason } } }""", """{"__type":{"fields":[{"name":"id","isDeprecated":false,"deprecationReason":null},{"name":"name","isDeprecated":false,"deprecationReason":null},{"name":"weight","isDeprecated":true,"deprecationReason":"Ask the scales."}]}}""")]
    [InlineData("""{ __type(name: "Colour") { enumValues { name } all: enumValues(includeDeprecated: true) { name deprecationReason } } }""", """{"__type":{"enumValues":[{"name":"DARK_RED"},{"name":"GREEN"}],"all":[{"name":"DARK_RED","deprecationReason":null},{"name":"GREEN","deprecationReason":null},{"name":"PUCE","deprecationReason":"No longer supported"}]}}""")]
    [InlineData("""{ __type(name: "Filter") { inputFields(includeDeprecated: true) { name isDeprecated } } }""", """{"__type":{"inputFields":[{"name":"text","isDeprecated":false},{"name":"min","isDeprecated":false},{"name":"max","isDeprecated":true},{"name":"colours","isDeprecated":false}]}}""")]
    [InlineData("""{ __type(name: "Mutation") { fields { name args { name } all: args(includeDeprecated: true) { name deprecationReason } } } }""", """{"__type":{"fields":[{"name":"add","args":[{"name":"by"}],"all":[{"name":"by","deprecationReason":null},{"name":"twice","deprecationReason":"Add twice."}]}]}}""")]
    [InlineData("{ __schema { __typename queryType { __typename kind } } }", """{"__schema":{"__typename":"__Schema","queryType":{"__typename":"__Type","kind":"OBJECT"}}}""")]
    public async Task One_type_is_described(string query, string data) => await executor.Expect(query, $$"""{"data":{{data}}}""");

    [Fact]
    public async Task The_query_root_alone_has_the_schema() => Assert.StartsWith(
        """{"errors":[{"message":"Cannot query field \"__schema\" on type \"Mutation\".""",
        await executor.Ask("mutation { __schema { description } }"),
        StringComparison.Ordinal);
}
