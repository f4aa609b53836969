using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL.Tests.Types;

/// <summary>Names that have to be unique: types, directives, and the members of each.</summary>
public sealed class UniqueNamesTests
{
    [Fact]
    public void A_type_defined_in_two_sources_is_reported_at_the_second_and_names_the_first()
    {
        SchemaRule.ExpectProblems(
            [
                new Source("type Query { a: Money }\n\"An amount.\"\nscalar Money", "base.graphql"),
                new Source("enum Money { EUR }", "pricing.graphql"),
            ],
            "pricing.graphql:1:6 Money: It is already defined at base.graphql:3:8.");
    }

    [Theory]
    [InlineData("scalar Int", "a.graphql:1:8 Int")]
    [InlineData("type String { a: Int }", "a.graphql:1:6 String")]
    [InlineData("enum __TypeKind { A }", "a.graphql:1:6 __TypeKind")]
    [InlineData("directive @skip(if: Boolean!) on FIELD", "a.graphql:1:12 @skip")]
    public void What_the_specification_defines_cannot_be_defined_again(string sdl, string place)
    {
        SchemaRule.ExpectProblems(sdl, $"{place}: The specification defines it; leave it out.");
    }

    [Fact]
    public void A_directive_defined_twice_is_reported()
    {
        SchemaRule.ExpectProblems(
            "directive @a on FIELD\ndirective @a on OBJECT",
            "a.graphql:2:12 @a: It is already defined at a.graphql:1:12.");
    }

    [Fact]
    public void A_field_defined_twice_is_reported_at_the_name_after_its_description()
    {
        SchemaRule.ExpectProblems(
            """
            type A {
              a: Int
              "Again."
              a: String
            }
            interface B { a: Int a: Int }
            """,
            "a.graphql:4:3 A.a: It is already defined at a.graphql:2:3.",
            "a.graphql:6:22 B.a: It is already defined at a.graphql:6:15.");
    }

    [Fact]
    public void A_field_that_an_extension_repeats_is_reported_there()
    {
        SchemaRule.ExpectProblems(
            [
                new Source("extend type Query { price: Int }", "pricing.graphql"),
                new Source("type Query { price: Int }", "base.graphql"),
            ],
            "pricing.graphql:1:21 Query.price: It is already defined at base.graphql:1:14.");
    }

    [Fact]
    public void Arguments_of_one_field_and_of_one_directive_have_unique_names()
    {
        SchemaRule.ExpectProblems(
            "type A { f(x: Int, x: Int): Int g(x: Int): Int }\ndirective @d(x: Int, x: Int) on FIELD",
            "a.graphql:1:20 A.f(x:): It is already defined at a.graphql:1:12.",
            "a.graphql:2:22 @d(x:): It is already defined at a.graphql:2:14.");
    }

    [Fact]
    public void Enum_values_are_unique_over_all_extensions()
    {
        SchemaRule.ExpectProblems(
            "enum A { X Y X }\nextend enum A { Y }",
            "a.graphql:1:14 A.X: It is already defined at a.graphql:1:10.",
            "a.graphql:2:17 A.Y: It is already defined at a.graphql:1:12.");
    }

    [Fact]
    public void Input_fields_are_unique_over_all_extensions()
    {
        SchemaRule.ExpectProblems(
            "input A { x: Int x: Int }\nextend input A { x: Int }",
            "a.graphql:1:18 A.x: It is already defined at a.graphql:1:11.",
            "a.graphql:2:18 A.x: It is already defined at a.graphql:1:11.");
    }

    [Fact]
    public void Members_of_a_union_are_unique_over_all_extensions()
    {
        SchemaRule.ExpectProblems(
            "union A = Query | Query\nextend union A = Query",
            "a.graphql:1:19 A: Query is already listed at a.graphql:1:11.",
            "a.graphql:2:18 A: Query is already listed at a.graphql:1:11.");
    }

    [Fact]
    public void Implemented_interfaces_are_unique_over_all_extensions()
    {
        SchemaRule.ExpectProblems(
            "interface N { a: Int } type A implements N & N { a: Int }\nextend type A implements N",
            "a.graphql:1:46 A: N is already listed at a.graphql:1:42.",
            "a.graphql:2:26 A: N is already listed at a.graphql:1:42.");
    }
}
