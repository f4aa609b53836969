using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL.Tests.Types;

/// <summary>Every type that something refers to has to be defined.</summary>
public sealed class KnownTypesTests
{
    [Theory]
    [InlineData("type A { f: [Nope!]! }", "a.graphql:1:14 A.f")]
    [InlineData("interface A { f: Nope }", "a.graphql:1:18 A.f")]
    [InlineData("type A { f(x: Nope = 1): Int }", "a.graphql:1:15 A.f(x:)")]
    [InlineData("input A { f: Nope! }", "a.graphql:1:14 A.f")]
    [InlineData("type A implements Nope { f: Int }", "a.graphql:1:19 A")]
    [InlineData("union A = Query | Nope", "a.graphql:1:19 A")]
    [InlineData("directive @a(x: Nope) on FIELD", "a.graphql:1:17 @a(x:)")]
    public void An_unknown_type_is_the_only_problem_and_reported_where_it_is_named(string sdl, string place)
    {
        SchemaRule.ExpectProblems(sdl, $"{place}: Unknown type \"Nope\".");
    }

    [Fact]
    public void All_unknown_types_of_all_sources_are_reported_in_the_order_of_the_texts()
    {
        SchemaRule.ExpectProblems(
            [
                new Source("extend type Query { a: A } type Query { b: B }", "one.graphql"),
                new Source("extend type Query { c: C }", "two.graphql"),
            ],
            "one.graphql:1:24 Query.a: Unknown type \"A\".",
            "one.graphql:1:44 Query.b: Unknown type \"B\".",
            "two.graphql:1:24 Query.c: Unknown type \"C\".");
    }

    [Fact]
    public void Types_may_be_defined_after_and_in_other_sources_than_their_use()
    {
        var schema = SchemaRule.ExpectValid("type A { b: B query: Query } type B { a: A }");

        Assert.Same(schema.Type("B"), ((GraphQL.Types.ObjectType)schema.Type("A")!).Field("b")!.Type);
    }
}
