namespace Wholesale.GraphQL.Tests.Types;

/// <summary>Section 5.6 "Values" for default values.</summary>
public sealed class DefaultValuesTests
{
    private const string Types = "enum E { X Y } input I { a: Int! b: [E!] = [X] c: I } scalar S";

    [Theory]
    [InlineData("Int", "null")]
    [InlineData("Int", "-2147483648")]
    [InlineData("Int!", "2147483647")]
    [InlineData("Float", "1")]
    [InlineData("Float", "1.5e300")]
    [InlineData("String", "\"text\"")]
    [InlineData("String", "\"\"\"block\"\"\"")]
    [InlineData("Boolean", "false")]
    [InlineData("ID", "\"a\"")]
    [InlineData("ID", "123456789012345678901234567890")]
    [InlineData("E", "Y")]
    [InlineData("[Int]", "1")]
    [InlineData("[[Int]]", "[1, null, [2]]")]
    [InlineData("[Int!]!", "[]")]
    [InlineData("I", "{ a: 1 }")]
    [InlineData("[I!]", "[{ a: 1, b: Y, c: { b: [X, Y], a: 2, c: null } }]")]
    [InlineData("S", "{ any: [thing, 1.5, { like: \"this\" }] }")]
    public void A_value_that_coerces_to_the_type_is_accepted(string type, string value)
    {
        SchemaRule.ExpectValid($"type A {{ f(x: {type} = {value}): Int }} {Types}");
    }

    [Theory]
    [InlineData("Int", "2147483648")]
    [InlineData("Int", "-2147483649")]
    [InlineData("Int", "1.0")]
    [InlineData("Int", "\"1\"")]
    [InlineData("Int!", "null")]
    [InlineData("Int", "[1]")]
    [InlineData("Float", "1e309")]
    [InlineData("Float", "\"1\"")]
    [InlineData("String", "1")]
    [InlineData("String", "X")]
    [InlineData("Boolean", "1")]
    [InlineData("ID", "1.5")]
    [InlineData("ID", "true")]
    [InlineData("E", "\"X\"")]
    [InlineData("E", "{ x: 1 }")]
    [InlineData("I", "1")]
    public void A_value_of_another_kind_is_reported_where_it_stands(string type, string value)
    {
        SchemaRule.ExpectProblems(
            $"input A {{ x: {type} =\n  {value} }} {Types}",
            $"a.graphql:2:3 A.x: Expected value of type \"{type}\", found {value}.");
    }

    [Fact]
    public void An_unknown_enum_value_is_reported()
    {
        SchemaRule.ExpectProblems(
            "input A { x: [E] = [X, Z] } " + Types,
            "a.graphql:1:24 A.x: Value \"Z\" does not exist in \"E\" enum.");
    }

    [Fact]
    public void A_null_inside_a_list_of_non_nulls_is_reported_at_the_item()
    {
        SchemaRule.ExpectProblems(
            "input A { x: [Int!] = [1, null] }",
            "a.graphql:1:27 A.x: Expected value of type \"Int!\", found null.");
    }

    [Fact]
    public void All_problems_of_an_input_object_are_reported()
    {
        SchemaRule.ExpectProblems(
            "type A { f(x: I = { c: { a: \"1\" }, d: 1, b: X, b: Z }): Int } " + Types,
            "a.graphql:1:19 A.f(x:): Field \"I.a\" of required type \"Int!\" was not provided.",
            "a.graphql:1:29 A.f(x:): Expected value of type \"Int!\", found \"1\".",
            "a.graphql:1:36 A.f(x:): Field \"d\" is not defined by type \"I\".",
            "a.graphql:1:48 A.f(x:): There can be only one input field named \"b\".",
            "a.graphql:1:51 A.f(x:): Value \"Z\" does not exist in \"E\" enum.");
    }

    [Fact]
    public void Default_values_of_directive_arguments_are_checked()
    {
        SchemaRule.ExpectProblems(
            "directive @a(x: Int = X) on FIELD",
            "a.graphql:1:23 @a(x:): Expected value of type \"Int\", found X.");
    }
}
