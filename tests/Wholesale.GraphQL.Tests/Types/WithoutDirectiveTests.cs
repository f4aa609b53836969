using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Tests.Types;

/// <summary>Two contracts from one set of files.</summary>
public sealed class WithoutDirectiveTests
{
    private const string Admin =
        """
        directive @admin repeatable on SCHEMA | SCALAR | OBJECT | INTERFACE | UNION | ENUM | INPUT_OBJECT
          | FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE
        """;

    [Fact]
    public void Everything_that_carries_the_directive_is_left_out()
    {
        const string Sdl =
            """
            type Query { variants(first: Int, archived: Boolean @admin): [Variant] events: [Event] @admin }
            type Variant { sku: String cost: Cost @admin }
            extend type Variant implements Audited @admin { changedBy: String }
            interface Audited @admin { changedBy: String }
            scalar Cost @admin
            type Event @admin { id: ID }
            union Thing = Variant
            extend union Thing @admin = Event
            enum Status { ACTIVE ARCHIVED @admin }
            extend enum Status @admin { DRAFT }
            input Filter { sku: String cost: Int @admin }
            type Mutation @admin { archive: Boolean }
            extend schema @admin { subscription: Event }
            directive @audit(of: String, by: Int @admin) on FIELD_DEFINITION
            """;

        var text = SchemaPrinter.Print(Build(Sdl, "admin"));

        Assert.Equal(
            """
            directive @audit(of: String) on FIELD_DEFINITION

            type Query {
              variants(first: Int): [Variant]
            }

            type Variant {
              sku: String
            }

            union Thing = Variant

            enum Status {
              ACTIVE
            }

            input Filter {
              sku: String
            }

            """,
            text,
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void A_type_whose_every_field_is_left_out_goes_with_them()
    {
        const string Sdl = "type Query { a: Int } type Mutation extend type Mutation { archive: Int @admin } extend type Mutation { erase: Int @admin }";

        Assert.Null(Build(Sdl, "admin").MutationType);
        Assert.NotNull(Build(Sdl, null).MutationType);
    }

    [Fact]
    public void Without_a_name_everything_is_kept()
    {
        var schema = Build("type Query { a: Int b: Int @admin } type Secret @admin { a: Int }", null);

        Assert.NotNull(schema.Type("Secret"));
        Assert.NotNull(schema.QueryType.Field("b"));
        Assert.NotNull(schema.Directive("admin"));
    }

    [Theory]
    [InlineData("type Query { a: Secret }", "schema.graphql:1:17 Query.a")]
    [InlineData("type Query { a(b: [Secret!]): Int }", "schema.graphql:1:20 Query.a(b:)")]
    [InlineData("type Query implements Secret { a: Int }", "schema.graphql:1:23 Query")]
    [InlineData("type Query { a: Int } union U = Secret", "schema.graphql:1:33 U")]
    [InlineData("schema { query: Query mutation: Secret } type Query { a: Int }", "schema.graphql:1:33 schema")]
    public void A_reference_from_what_is_kept_to_a_type_that_is_left_out_names_both(string sdl, string place)
    {
        ExpectProblems(sdl + "\nscalar Secret @admin", $"{place}: It refers to Secret, which @admin leaves out.");
    }

    [Fact]
    public void What_extends_a_type_that_is_left_out_goes_with_it()
    {
        var schema = Build("extend type Secret { b: Int } type Query { a: Int } type Secret @admin { a: Int } extend type Secret @admin { c: Int }", "admin");

        Assert.Null(schema.Type("Secret"));
    }

    [Fact]
    public void What_refers_to_a_type_whose_every_field_is_left_out_is_reported()
    {
        ExpectProblems(
            "type Query { a: Int b: A } type A { a: Int @admin }",
            "schema.graphql:1:24 Query.b: It refers to A, which @admin leaves out.");
    }

    [Fact]
    public void A_field_that_an_interface_demands_cannot_be_left_out()
    {
        ExpectProblems(
            "type Query implements N { a: Int b: Int @admin } interface N { a: Int b: Int }",
            "schema.graphql:1:23 Query: It implements N, so it needs a field b of type Int.");
    }

    [Fact]
    public void A_definition_that_is_left_out_does_not_clash_with_one_that_is_kept()
    {
        var schema = Build("type Query { a: A } type A @admin { x: Int } type A { y: Int }", "admin");

        Assert.NotNull(((ObjectType)schema.Type("A")!).Field("y"));
    }

    [Fact]
    public void A_directive_that_no_source_defines_is_reported_lest_everything_be_kept()
    {
        var exception = Assert.Throws<SchemaException>(() => Build("type Query { a: Int }", "amdin"));

        Assert.Equal(["@amdin: No source defines this directive, by which definitions are to be left out."], exception.Problems);
    }

    private static Schema Build(string sdl, string? withoutDirective) =>
        SchemaBuilder.Build([new Source(sdl, "schema.graphql"), new Source(Admin, "admin.graphql")], withoutDirective);

    private static void ExpectProblems(string sdl, params string[] problems)
    {
        var exception = Assert.Throws<SchemaException>(() => Build(sdl, "admin"));

        Assert.Equal(problems, exception.Problems);
    }
}
