using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Tests.Types;

/// <summary>Section 5.7 "Directives" for directives that stand in a schema.</summary>
public sealed class AppliedDirectivesTests
{
    private const string Everywhere =
        "SCHEMA | SCALAR | OBJECT | FIELD_DEFINITION | ARGUMENT_DEFINITION | INTERFACE | UNION | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION";

    [Theory]
    [InlineData("extend schema @x", "SCHEMA", "a.graphql:1:15 schema")]
    [InlineData("scalar A @x", "SCALAR", "a.graphql:1:10 A")]
    [InlineData("type A @x { a: Int }", "OBJECT", "a.graphql:1:8 A")]
    [InlineData("type A { a: Int @x }", "FIELD_DEFINITION", "a.graphql:1:17 A.a")]
    [InlineData("type A { a(b: Int @x): Int }", "ARGUMENT_DEFINITION", "a.graphql:1:19 A.a(b:)")]
    [InlineData("directive @d(b: Int @x) on FIELD", "ARGUMENT_DEFINITION", "a.graphql:1:21 @d(b:)")]
    [InlineData("interface A @x { a: Int }", "INTERFACE", "a.graphql:1:13 A")]
    [InlineData("interface A { a: Int @x }", "FIELD_DEFINITION", "a.graphql:1:22 A.a")]
    [InlineData("union A @x = Query", "UNION", "a.graphql:1:9 A")]
    [InlineData("enum A @x { B }", "ENUM", "a.graphql:1:8 A")]
    [InlineData("enum A { B @x }", "ENUM_VALUE", "a.graphql:1:12 A.B")]
    [InlineData("input A @x { a: Int }", "INPUT_OBJECT", "a.graphql:1:9 A")]
    [InlineData("input A { a: Int @x }", "INPUT_FIELD_DEFINITION", "a.graphql:1:18 A.a")]
    public void Every_place_wants_a_known_directive_in_its_location_once(string sdl, string location, string place)
    {
        var elsewhere = string.Join(" | ", Everywhere.Split(" | ").Where(l => l != location));

        SchemaRule.ExpectProblems(sdl, $"{place}: Unknown directive \"@x\".");
        SchemaRule.ExpectProblems($"{sdl} directive @x on {elsewhere}", $"{place}: Directive \"@x\" may not be used on {location}.");
        SchemaRule.ExpectValid($"{sdl} directive @x on {location}");
        SchemaRule.ExpectValid($"{sdl.Replace("@x", "@x @x")} directive @x repeatable on {location}");
    }

    [Fact]
    public void A_directive_that_is_not_repeatable_can_stand_only_once_over_all_extensions()
    {
        SchemaRule.ExpectProblems(
            "directive @x on OBJECT type A @x @x { a: Int }\nextend type A @x",
            "a.graphql:1:34 A: Directive \"@x\" can stand only once here.",
            "a.graphql:2:15 A: Directive \"@x\" can stand only once here.");
    }

    [Fact]
    public void Arguments_have_to_be_known_unique_and_valid_and_required_ones_given()
    {
        SchemaRule.ExpectProblems(
            """
            directive @x(a: Int!, b: String = "b", c: Int! = 1) on SCALAR
            scalar A @x
            scalar B @x(a: "1", b: "2", d: 1)
            scalar C @x(a: 1, a: 2)
            scalar D @x(a: null, c: null)
            scalar E @x(a: 1)
            """,
            "a.graphql:2:10 A: Directive \"@x\" needs the argument \"a\" of type Int!.",
            "a.graphql:3:16 B: Expected value of type \"Int!\", found \"1\".",
            "a.graphql:3:29 B: Unknown argument \"d\" on directive \"@x\".",
            "a.graphql:4:19 C: There can be only one argument named \"a\".",
            "a.graphql:5:16 D: Expected value of type \"Int!\", found null.",
            "a.graphql:5:25 D: Expected value of type \"Int!\", found null.");
    }

    [Fact]
    public void A_deprecation_reason_cannot_be_null()
    {
        SchemaRule.ExpectProblems(
            "type A { a: Int @deprecated(reason: null) }",
            "a.graphql:1:37 A.a: Expected value of type \"String!\", found null.");
    }

    [Fact]
    public void Directives_of_a_definition_and_its_extensions_are_read_in_the_order_of_the_sources()
    {
        var schema = SchemaRule.ExpectValid(
            """
            extend type A @x(n: "two")
            directive @x(n: String = "default") repeatable on OBJECT | FIELD_DEFINITION
            type A @x(n: "one") { a: Int @x }
            """);
        var type = (ObjectType)schema.Type("A")!;

        Assert.Equal(["one", "two"], type.Directives.Select(d => d.ArgumentText("n")));
        Assert.Equal("default", type.Field("a")!.Directive("x")!.ArgumentText("n"));
        Assert.Same(schema.Directive("x"), type.Directives[0].Definition);
    }
}
