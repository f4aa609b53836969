using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Tests.Types;

/// <summary>Section 3.10.1 "OneOf Input Objects".</summary>
public sealed class OneOfInputObjectsTests
{
    [Fact]
    public void The_directive_makes_a_oneOf_input_object()
    {
        var schema = SchemaRule.ExpectValid("input A @oneOf { id: ID sku: String } input B { id: ID }");

        Assert.True(((InputObjectType)schema.Type("A")!).IsOneOf);
        Assert.False(((InputObjectType)schema.Type("B")!).IsOneOf);
    }

    [Fact]
    public void A_non_null_field_is_reported_also_in_an_extension()
    {
        SchemaRule.ExpectProblems(
            "input A @oneOf { id: ID! }\nextend input A { sku: String! }",
            "a.graphql:1:18 A.id: A field of a @oneOf input object has to be nullable.",
            "a.graphql:2:18 A.sku: A field of a @oneOf input object has to be nullable.");
    }

    [Fact]
    public void A_default_value_is_reported_even_if_it_is_null()
    {
        SchemaRule.ExpectProblems(
            "input A @oneOf { id: ID = 1 sku: String = null }",
            "a.graphql:1:18 A.id: A field of a @oneOf input object cannot have a default value.",
            "a.graphql:1:29 A.sku: A field of a @oneOf input object cannot have a default value.");
    }

    [Fact]
    public void The_directive_on_an_extension_is_reported()
    {
        SchemaRule.ExpectProblems(
            "input A { id: ID }\nextend input A @oneOf",
            "a.graphql:2:16 A: @oneOf belongs on the definition, not on an extension.");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{ id: null }")]
    [InlineData("{ id: 1, sku: null }")]
    public void A_default_value_has_to_give_exactly_one_field(string value)
    {
        SchemaRule.ExpectProblems(
            $"input A @oneOf {{ id: ID sku: String }}\ninput B {{ a: A = {value} }}",
            "a.graphql:2:18 B.a: Exactly one field of \"A\" has to be given, and it must not be null.");
    }
}
