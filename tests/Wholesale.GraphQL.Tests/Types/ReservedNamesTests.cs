namespace Wholesale.GraphQL.Tests.Types;

/// <summary>Section 4 "Introspection": reserved names.</summary>
public sealed class ReservedNamesTests
{
    [Theory]
    [InlineData("scalar __A", "a.graphql:1:8 __A")]
    [InlineData("type A { __a: Int }", "a.graphql:1:10 A.__a")]
    [InlineData("interface A { __a: Int }", "a.graphql:1:15 A.__a")]
    [InlineData("type A { a(__b: Int): Int }", "a.graphql:1:12 A.a(__b:)")]
    [InlineData("input A { __a: Int }", "a.graphql:1:11 A.__a")]
    [InlineData("enum A { __A }", "a.graphql:1:10 A.__A")]
    [InlineData("directive @__a on FIELD", "a.graphql:1:12 @__a")]
    [InlineData("directive @a(__b: Int) on FIELD", "a.graphql:1:14 @a(__b:)")]
    public void Two_leading_underscores_are_reported(string sdl, string place)
    {
        SchemaRule.ExpectProblems(sdl, $"{place}: A name must not begin with two underscores: those are the introspection system's.");
    }

    [Fact]
    public void One_leading_underscore_is_allowed()
    {
        var schema = SchemaRule.ExpectValid("type _A { _b(_c: Int): Int }");

        Assert.NotNull(schema.Type("_A"));
    }
}
