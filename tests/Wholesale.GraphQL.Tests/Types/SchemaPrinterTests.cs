using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Tests.Types;

/// <summary>Schemas as canonical SDL.</summary>
public sealed class SchemaPrinterTests
{
    private const string Canonical =
        """"
        directive @requires(
          permission: String!
          """Since when."""
          since: Int = 1
        ) repeatable on FIELD_DEFINITION | OBJECT

        """
        Where everything starts.

          An indented line.
        """
        type Query {
          """One "variant"."""
          variant(id: ID!, filter: [Filter!] = [{ sku: "a\nb", tags: [X, Y], deep: { sku: null } }]): Sellable @requires(permission: "READ") @requires(permission: "BUY", since: 2)
          old: Int @deprecated
          older: Float @deprecated(reason: "Use `variant`.")
        }

        interface Node {
          id: ID!
        }

        interface Sellable implements Node {
          id: ID!
        }

        type Variant implements Node & Sellable @requires(permission: "READ") {
          id: ID!
        }

        union Thing = Variant | Query

        enum Tag {
          """The first."""
          X
          Y @deprecated
        }

        input Filter {
          sku: String = "none"
          tags: [Tag!]! = []
          deep: Filter
        }

        input Key @oneOf {
          id: ID
          sku: String
        }

        scalar Money @specifiedBy(url: "https://example.com/money")

        """";

    [Fact]
    public void A_canonical_text_prints_as_it_is()
    {
        Assert.Equal(Canonical, SchemaPrinter.Print(Build(Canonical)));
    }

    [Fact]
    public void Extensions_are_merged_and_the_specifications_definitions_left_out()
    {
        var schema = Build("extend type Query @a { b: B } type Query { a: ID } extend enum B { Y } directive @a on OBJECT enum B { X }");

        Assert.Equal(
            """
            directive @a on OBJECT

            type Query @a {
              a: ID
              b: B
            }

            enum B {
              X
              Y
            }

            """,
            SchemaPrinter.Print(schema));
    }

    [Fact]
    public void Descriptions_become_block_strings_and_arguments_with_descriptions_stand_on_lines_of_their_own()
    {
        Assert.Equal(
            """"
            """One "root"."""
            type Query {
              a(
                """Which."""
                x: ID
                y: ID
              ): ID
            }

            """",
            SchemaPrinter.Print(Build("\"One \\\"root\\\".\" type Query { a(\"Which.\" x: ID, y: ID): ID }")));
    }

    [Fact]
    public void Without_directives_only_those_that_introspection_shows_are_printed()
    {
        var text = SchemaPrinter.Print(
            Build("directive @a on OBJECT | SCHEMA extend schema @a type Query @a { old: Int @deprecated k(k: K): M } input K @oneOf { a: Int } scalar M @specifiedBy(url: \"u\")"),
            includeDirectives: false);

        Assert.Equal(
            """
            directive @a on OBJECT | SCHEMA

            type Query {
              old: Int @deprecated
              k(k: K): M
            }

            input K @oneOf {
              a: Int
            }

            scalar M @specifiedBy(url: "u")

            """,
            text);
    }

    [Theory]
    [InlineData("schema { query: Query } type Query { a: Mutation } type Mutation { a: ID }", "schema {\n  query: Query\n}\n")]
    [InlineData("schema { mutation: M query: Query } type Query { a: ID } type M { a: ID }", "schema {\n  query: Query\n  mutation: M\n}\n")]
    [InlineData("\"All.\" schema { query: Query } type Query { a: ID }", "\"\"\"All.\"\"\"\nschema {\n  query: Query\n}\n")]
    [InlineData("directive @a on SCHEMA extend schema @a type Query { a: ID }", "schema @a {\n  query: Query\n}\n")]
    public void A_schema_definition_is_printed_where_the_default_names_do_not_say_it_all(string sdl, string expected)
    {
        var text = SchemaPrinter.Print(Build(sdl));

        Assert.StartsWith(expected, text, StringComparison.Ordinal);
        Assert.Equal(text, SchemaPrinter.Print(Build(text)));
    }

    [Fact]
    public void A_schema_definition_that_says_nothing_new_is_not_printed()
    {
        Assert.Equal("type Query {\n  a: ID\n}\n", SchemaPrinter.Print(Build("schema { query: Query } type Query { a: ID }")));
    }

    private static Schema Build(string sdl) => SchemaBuilder.Build([new Source(sdl)]);
}
