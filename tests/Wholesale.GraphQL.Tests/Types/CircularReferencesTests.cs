namespace Wholesale.GraphQL.Tests.Types;

/// <summary>Section 3.10 "Input Objects": cycles that no value or no default value can end.</summary>
public sealed class CircularReferencesTests
{
    [Theory]
    [InlineData("input A { a: A }")]
    [InlineData("input A { a: [A!]! }")]
    [InlineData("input A { b: B! } input B { a: A }")]
    [InlineData("input A { b: B! c: C! } input B { c: C! } input C { x: Int! }")]
    public void A_cycle_with_a_nullable_field_or_a_list_is_accepted(string sdl)
    {
        Assert.NotNull(SchemaRule.ExpectValid(sdl).Type("A"));
    }

    [Fact]
    public void A_non_null_field_of_its_own_type_is_reported()
    {
        SchemaRule.ExpectProblems(
            "input A { a: A! x: Int b: A! }",
            "a.graphql:1:7 A: It has no finite value, because non-null fields form a cycle: A.a, A.b.");
    }

    [Fact]
    public void A_cycle_of_several_types_is_reported_once_with_its_fields()
    {
        SchemaRule.ExpectProblems(
            "input Start { a: A! }\ninput A { b: B! }\ninput B { x: Int, c: C! }\ninput C { a: A! }",
            "a.graphql:2:7 A: It has no finite value, because non-null fields form a cycle: A.b, B.c, C.a.");
    }

    [Fact]
    public void Two_cycles_through_one_type_are_both_reported()
    {
        SchemaRule.ExpectProblems(
            "input A { b: B! c: C! }\ninput B { a: A! }\ninput C { a: A! }",
            "a.graphql:1:7 A: It has no finite value, because non-null fields form a cycle: A.b, B.a.",
            "a.graphql:1:7 A: It has no finite value, because non-null fields form a cycle: A.c, C.a.");
    }

    [Theory]
    [InlineData("input A { a: A = null }")]
    [InlineData("input A { a: A = { a: null } }")]
    [InlineData("input A { a: [A] = [] }")]
    [InlineData("input A { b: B = {} } input B { a: A }")]
    [InlineData("input A { b: B = { a: { b: null } } } input B { a: A = {} }")]
    [InlineData("input A { b: B = {} c: B = {} } input B { x: Int = 1 }")]
    public void Default_values_that_end_are_accepted(string sdl)
    {
        Assert.NotNull(SchemaRule.ExpectValid(sdl).Type("A"));
    }

    [Fact]
    public void A_default_value_that_needs_itself_is_reported()
    {
        SchemaRule.ExpectProblems(
            "input A { a: A = {} }",
            "a.graphql:1:11 A.a: Its default value is not finite, because default values form a cycle: A.a.");
    }

    [Fact]
    public void A_default_value_that_needs_itself_inside_lists_and_objects_is_reported()
    {
        SchemaRule.ExpectProblems(
            "input A { b: [B] = [{ x: 1, a: { x: 2 } }] x: Int }\ninput B { a: A, x: Int }",
            "a.graphql:1:11 A.b: Its default value is not finite, because default values form a cycle: A.b.");
    }

    [Fact]
    public void A_cycle_of_several_default_values_is_reported_once()
    {
        SchemaRule.ExpectProblems(
            "input A { b: B = {} }\ninput B { c: C = {} }\ninput C { a: A = {} }",
            "a.graphql:1:11 A.b: Its default value is not finite, because default values form a cycle: A.b, B.c, C.a.");
    }
}
