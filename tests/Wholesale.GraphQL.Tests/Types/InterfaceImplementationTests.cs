namespace Wholesale.GraphQL.Tests.Types;

/// <summary>IsValidImplementation() of section 3.6 "Objects".</summary>
public sealed class InterfaceImplementationTests
{
    [Theory]
    [InlineData("type A implements I { f: String }", "interface I { f: String }")]
    [InlineData("type A implements I { f: String! }", "interface I { f: String }")]
    [InlineData("type A implements I { f: [String!]! }", "interface I { f: [String] }")]
    [InlineData("type A implements I { f: A }", "interface I { f: I }")]
    [InlineData("type A implements I { f: [A!] }", "interface I { f: [U] } union U = A | Query")]
    [InlineData("type A implements I & J { f: J! }", "interface I { f: I } interface J implements I { f: J }")]
    [InlineData("type A implements I { f(x: Int!, y: Int, z: Int! = 1): Int g: Int }", "interface I { f(x: Int!): Int }")]
    [InlineData("type A implements I { f: Int @deprecated }", "interface I { f: Int @deprecated }")]
    [InlineData("type A implements I { f: Int }", "interface I { f: Int @deprecated }")]
    [InlineData("type A extend type A implements I extend type A { f: Int g: Int }", "interface I { f: Int } extend interface I { g: Int }")]
    public void A_valid_implementation_is_accepted(string type, string interfaces)
    {
        var schema = SchemaRule.ExpectValid($"{type} {interfaces}");

        Assert.True(schema.IsPossibleType((GraphQL.Types.InterfaceType)schema.Type("I")!, (GraphQL.Types.ObjectType)schema.Type("A")!));
    }

    [Fact]
    public void A_missing_field_is_reported_where_the_interface_is_named()
    {
        SchemaRule.ExpectProblems(
            "interface I { f: Int }\ntype A { g: Int }\nextend type A implements I",
            "a.graphql:3:26 A: It implements I, so it needs a field f of type Int.");
    }

    [Theory]
    [InlineData("String", "Int")]
    [InlineData("String!", "String")]
    [InlineData("[String]", "String")]
    [InlineData("String", "[String]")]
    [InlineData("[String!]", "[String]")]
    [InlineData("A", "Query")]
    [InlineData("A", "I")]
    [InlineData("U", "Query")]
    public void A_field_of_another_type_is_reported_at_the_field(string expected, string actual)
    {
        SchemaRule.ExpectProblems(
            $"type A implements I {{ f: {actual} }} interface I {{ f: {expected} }} union U = A",
            $"a.graphql:1:23 A.f: I.f is of type {expected}, and {actual} is neither that nor a subtype of it.");
    }

    [Fact]
    public void A_missing_argument_is_reported_at_the_field()
    {
        SchemaRule.ExpectProblems(
            "type A implements I { f: Int } interface I { f(x: [Int!]): Int }",
            "a.graphql:1:23 A.f: It needs an argument x of type [Int!], as I.f has.");
    }

    [Fact]
    public void An_argument_of_another_type_is_reported_even_if_it_accepts_more()
    {
        SchemaRule.ExpectProblems(
            "type A implements I { f(x: Int): Int } interface I { f(x: Int!): Int }",
            "a.graphql:1:25 A.f(x:): I.f(x:) is of type Int!, so this cannot be of type Int.");
    }

    [Fact]
    public void An_additional_required_argument_is_reported()
    {
        SchemaRule.ExpectProblems(
            "type A implements I { f(x: Int, y: Int!): Int } interface I { f(x: Int): Int }",
            "a.graphql:1:33 A.f(y:): I.f has no such argument, so it cannot be required.");
    }

    [Fact]
    public void A_deprecated_field_of_an_interface_that_does_not_deprecate_it_is_reported()
    {
        SchemaRule.ExpectProblems(
            "type A implements I { f: Int @deprecated } interface I { f: Int }",
            "a.graphql:1:23 A.f: I.f is not deprecated, so this cannot be.");
    }

    [Fact]
    public void An_interface_that_an_interface_implements_has_to_be_declared_too()
    {
        SchemaRule.ExpectProblems(
            "type A implements J { f: Int } interface J implements I { f: Int } interface I { f: Int }",
            "a.graphql:1:19 A: It implements J, so it has to implement I too.");
    }

    [Fact]
    public void An_interface_cannot_implement_itself()
    {
        SchemaRule.ExpectProblems(
            "interface I implements I { f: Int }",
            "a.graphql:1:24 I: An interface cannot implement itself.");
    }

    [Fact]
    public void Interfaces_cannot_implement_one_another()
    {
        SchemaRule.ExpectProblems(
            "interface I implements J { f: Int }\ninterface J implements I { f: Int }",
            "a.graphql:1:24 I: It cannot implement J, because J implements it.",
            "a.graphql:2:24 J: It cannot implement I, because I implements it.");
    }

    [Fact]
    public void Only_interfaces_can_be_implemented()
    {
        SchemaRule.ExpectProblems(
            "type A implements Query { ok: Boolean }",
            "a.graphql:1:19 A: Only an interface can be implemented, and Query is none.");
    }

    [Fact]
    public void Every_problem_of_every_interface_is_reported()
    {
        SchemaRule.ExpectProblems(
            """
            interface I { f: Int g(x: Int): Int }
            interface J { h: Int }
            type A implements I & J { g: String }
            """,
            "a.graphql:3:19 A: It implements I, so it needs a field f of type Int.",
            "a.graphql:3:23 A: It implements J, so it needs a field h of type Int.",
            "a.graphql:3:27 A.g: I.g is of type Int, and String is neither that nor a subtype of it.",
            "a.graphql:3:27 A.g: It needs an argument x of type Int, as I.g has.");
    }
}
