namespace Wholesale.GraphQL.Tests.Types;

/// <summary>Section 3.4.2 "Input and Output Types".</summary>
public sealed class InputAndOutputTypesTests
{
    [Theory]
    [InlineData("type A { f: [I!] }", "a.graphql:1:10 A.f", "[I!]")]
    [InlineData("interface A { f: I }", "a.graphql:1:15 A.f", "I")]
    public void An_input_object_as_the_type_of_a_field_is_reported(string sdl, string place, string type)
    {
        SchemaRule.ExpectProblems(
            sdl + " input I { x: Int }",
            $"{place}: A field has to be of an output type, and {type} is an input type.");
    }

    [Theory]
    [InlineData("type A { f(x: [Query]): Int }", "a.graphql:1:12 A.f(x:)", "[Query]")]
    [InlineData("input A { x: U }", "a.graphql:1:11 A.x", "U")]
    [InlineData("input A { x: N! = 1 }", "a.graphql:1:11 A.x", "N!")]
    [InlineData("directive @a(x: Query) on FIELD", "a.graphql:1:14 @a(x:)", "Query")]
    public void An_output_type_as_the_type_of_an_input_is_reported(string sdl, string place, string type)
    {
        SchemaRule.ExpectProblems(
            sdl + " union U = Query interface N { f: Int }",
            $"{place}: An argument or input field has to be of an input type, and {type} is an output type.");
    }

    [Fact]
    public void Scalars_and_enums_may_stand_in_both_positions()
    {
        SchemaRule.ExpectValid("scalar S enum E { X } type A { s(e: [E!], s: S): E e(i: I): [S] } input I { s: S! e: [E] }");
    }
}
