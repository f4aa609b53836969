namespace Wholesale.GraphQL.Tests.Types;

/// <summary>Section 3.13 "Directives".</summary>
public sealed class DirectiveDefinitionsTests
{
    [Fact]
    public void A_definition_keeps_its_locations_arguments_and_repeatability()
    {
        var schema = SchemaRule.ExpectValid("\"Weighs.\" directive @cost(weight: Int! = 1) repeatable on FIELD_DEFINITION | OBJECT");
        var directive = schema.Directive("cost")!;

        Assert.Equal("Weighs.", directive.Description);
        Assert.True(directive.IsRepeatable);
        Assert.Equal(["FIELD_DEFINITION", "OBJECT"], directive.Locations);
        Assert.Equal("@cost(weight:)", Assert.Single(directive.Arguments).Coordinate);
    }

    [Fact]
    public void A_location_listed_twice_is_reported()
    {
        SchemaRule.ExpectProblems(
            "directive @a on FIELD | OBJECT | FIELD",
            "a.graphql:1:34 @a: The location FIELD is listed more than once.");
    }

    [Theory]
    [InlineData("directive @a on", "a.graphql:1:16 Syntax Error: Expected Name, found <EOF>.")]
    [InlineData("directive @a on NOWHERE", "a.graphql:1:17 Syntax Error: Unexpected Name \"NOWHERE\".")]
    public void A_definition_needs_a_location_that_exists(string sdl, string problem)
    {
        SchemaRule.ExpectProblems(sdl, problem);
    }

    [Theory]
    [InlineData("directive @a(x: Int @a) on ARGUMENT_DEFINITION")]
    [InlineData("directive @a(x: Int @b) on ARGUMENT_DEFINITION directive @b(x: S) on ARGUMENT_DEFINITION scalar S @c directive @c(x: Int @a) on SCALAR")]
    [InlineData("directive @a(x: [E!]) on ENUM_VALUE enum E { X @a }")]
    [InlineData("directive @a(x: E) on ENUM enum E @a { X }")]
    [InlineData("directive @a(x: I) on INPUT_FIELD_DEFINITION input I { j: J! } input J { x: Int @a }")]
    [InlineData("directive @a(x: I) on INPUT_OBJECT input I { x: Int } extend input I @a")]
    public void A_definition_that_refers_to_itself_is_reported(string sdl)
    {
        var exception = Assert.Throws<SchemaException>(() => SchemaRule.ExpectValid(sdl));

        Assert.Equal(
            "a.graphql:1:12 @a: A directive's definition cannot refer to the directive, neither directly nor through types or directives.",
            exception.Problems[0]);
    }

    [Fact]
    public void A_definition_may_refer_to_a_directive_that_refers_to_itself()
    {
        SchemaRule.ExpectProblems(
            "directive @a(x: Int @b) on FIELD\ndirective @b(x: Int @b) on ARGUMENT_DEFINITION",
            "a.graphql:2:12 @b: A directive's definition cannot refer to the directive, neither directly nor through types or directives.");
    }

    [Fact]
    public void A_definition_may_refer_to_types_that_refer_to_themselves_and_to_other_directives()
    {
        SchemaRule.ExpectValid("directive @a(x: I @b) on FIELD input I { i: I x: Int @b } directive @b on ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION");
    }
}
