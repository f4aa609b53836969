using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Tests.Types;

/// <summary>Section 3.3.1 "Root Operation Types".</summary>
public sealed class RootOperationTypesTests
{
    [Fact]
    public void Without_a_schema_definition_the_default_names_are_the_roots()
    {
        var schema = Build("type Subscription { a: Int } type Mutation { a: Int } type Query { a: Int }");

        Assert.Equal("Query", schema.QueryType.Name);
        Assert.Equal("Mutation", schema.MutationType?.Name);
        Assert.Equal("Subscription", schema.SubscriptionType?.Name);
        Assert.Same(schema.MutationType, schema.RootType(OperationType.Mutation));
    }

    [Fact]
    public void A_schema_definition_names_the_roots_and_default_names_mean_nothing()
    {
        var schema = Build(
            """
            "All there is to ask."
            schema { query: Root }
            type Root { mutation: Mutation }
            type Mutation { a: Int }
            """);

        Assert.Equal("Root", schema.QueryType.Name);
        Assert.Null(schema.MutationType);
        Assert.Equal("All there is to ask.", schema.Description);
    }

    [Fact]
    public void An_extension_adds_a_root_to_a_schema_definition()
    {
        var schema = Build("extend schema { mutation: Change } schema { query: Root } type Root { a: Int } type Change { a: Int }");

        Assert.Equal("Change", schema.MutationType?.Name);
    }

    [Fact]
    public void An_extension_adds_a_root_and_a_directive_to_the_default_roots()
    {
        var schema = Build("directive @room on SCHEMA extend schema @room { mutation: Change } type Query { a: Int } type Change { a: Int }");

        Assert.Equal("Query", schema.QueryType.Name);
        Assert.Equal("Change", schema.MutationType?.Name);
        Assert.Equal("room", Assert.Single(schema.AppliedDirectives).Name);
    }

    [Fact]
    public void A_schema_without_a_query_root_is_reported_without_a_place()
    {
        ExpectProblems(
            "type Mutation { a: Int }",
            "schema: There is no query root: a schema needs an object type Query, or a schema definition that names another.");
    }

    [Fact]
    public void A_schema_definition_without_a_query_root_is_reported_although_there_is_a_type_Query()
    {
        ExpectProblems(
            "schema { mutation: Mutation } type Query { a: Int } type Mutation { a: Int }",
            "schema: There is no query root: a schema needs an object type Query, or a schema definition that names another.");
    }

    [Fact]
    public void A_root_that_is_unknown_is_reported_at_its_name()
    {
        ExpectProblems(
            "schema { query: Query, mutation: Changes } type Query { a: Int }",
            "a.graphql:1:34 schema: Unknown type \"Changes\".");
    }

    [Fact]
    public void A_root_that_is_no_object_type_is_reported_at_its_name()
    {
        ExpectProblems(
            "schema { query: Query, mutation: Changes } type Query { a: Int } input Changes { a: Int }",
            "a.graphql:1:34 schema: Only an object type can be the mutation root, and Changes is none.");
    }

    [Fact]
    public void A_default_root_that_is_no_object_type_is_reported_at_its_definition()
    {
        ExpectProblems(
            "type Query { a: Int } interface Subscription { a: Int }",
            "a.graphql:1:33 Subscription: A root type has to be an object type.");
    }

    [Fact]
    public void One_type_cannot_be_two_roots()
    {
        ExpectProblems(
            "schema { query: Query mutation: Query } type Query { a: Int }",
            "a.graphql:1:23 schema: The root types have to differ, but Query is the root of more than one operation.");
    }

    [Fact]
    public void An_operation_cannot_have_two_roots()
    {
        ExpectProblems(
            """
            schema { query: Query mutation: Change mutation: Other }
            extend schema { query: Other }
            type Query { a: Int }
            type Change { a: Int }
            type Other { a: Int }
            """,
            "a.graphql:1:40 schema: There can be only one mutation root.",
            "a.graphql:2:17 schema: There can be only one query root.");
    }

    [Fact]
    public void There_can_be_only_one_schema_definition()
    {
        ExpectProblems(
            "schema { query: Query }\nschema { query: Query } type Query { a: Int }",
            "a.graphql:2:1 schema: It is already defined at a.graphql:1:1.");
    }

    private static Schema Build(string sdl) => SchemaBuilder.Build([new Source(sdl, "a.graphql")]);

    private static void ExpectProblems(string sdl, params string[] problems) =>
        SchemaRule.ExpectProblems([new Source(sdl, "a.graphql")], problems);
}
