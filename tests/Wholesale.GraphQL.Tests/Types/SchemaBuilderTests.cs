using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Tests.Types;

/// <summary>What a schema is made of, and how several sources become one.</summary>
public sealed class SchemaBuilderTests
{
    [Fact]
    public void Extensions_of_several_sources_are_merged_in_the_order_of_the_sources()
    {
        var schema = SchemaBuilder.Build(
        [
            new Source("extend type Variant { price: Int } extend enum Code { NO_PRICE } extend union Thing = Price type Price { a: Int }", "pricing.graphql"),
            new Source(
                """
                type Query { thing: Thing }
                type Variant { sku: String }
                enum Code { NOT_FOUND }
                union Thing = Variant
                interface Node { id: ID }
                input Filter { sku: String }
                """,
                "catalog.graphql"),
            new Source(
                """
                extend type Variant implements Node { id: ID stock: Int }
                extend enum Code { NO_STOCK }
                extend interface Node @deprecatedNode
                directive @deprecatedNode on INTERFACE
                extend input Filter { inStock: Boolean }
                """,
                "inventory.graphql"),
        ]);
        var variant = (ObjectType)schema.Type("Variant")!;

        Assert.Equal(["sku", "price", "id", "stock"], variant.Fields.Select(f => f.Name));
        Assert.Equal(["Node"], variant.Interfaces.Select(i => i.Name));
        Assert.Equal(["pricing.graphql", "inventory.graphql"], variant.Extensions.Select(e => e.Source.Name));
        Assert.Equal("catalog.graphql", variant.Definition!.Source.Name);
        Assert.Equal(["NOT_FOUND", "NO_PRICE", "NO_STOCK"], ((EnumType)schema.Type("Code")!).Values.Select(v => v.Name));
        Assert.Equal(["Variant", "Price"], ((UnionType)schema.Type("Thing")!).Types.Select(t => t.Name));
        Assert.Equal(["sku", "inStock"], ((InputObjectType)schema.Type("Filter")!).Fields.Select(f => f.Name));
        Assert.Equal("deprecatedNode", Assert.Single(schema.Type("Node")!.Directives).Name);
    }

    [Fact]
    public void Types_are_in_the_order_of_their_definitions_then_the_specifications()
    {
        var schema = SchemaBuilder.Build(
        [
            new Source("extend type Query { a: A } type A { id: ID }", "one.graphql"),
            new Source("enum B { X } type Query { b: B f: Float }", "two.graphql"),
        ]);

        Assert.Equal(
            [
                "A", "B", "Query", "Float", "String", "Boolean", "ID", "__Schema", "__Type", "__TypeKind", "__Field", "__InputValue", "__EnumValue",
                "__Directive", "__DirectiveLocation",
            ],
            schema.Types.Select(t => t.Name));
    }

    [Fact]
    public void A_builtin_scalar_is_there_only_if_something_refers_to_it()
    {
        Assert.Null(SchemaRule.ExpectValid("scalar Other").Type("Int"));
        Assert.NotNull(SchemaRule.ExpectValid("directive @a(x: [Int!]) on FIELD").Type("Int"));
        Assert.NotNull(SchemaRule.ExpectValid("input A { x: Int }").Type("Int"));
    }

    [Fact]
    public void Directives_are_in_the_order_of_their_definitions_then_the_specifications()
    {
        var schema = SchemaRule.ExpectValid("directive @b on FIELD directive @a on FIELD");

        Assert.Equal(["b", "a", "skip", "include", "deprecated", "specifiedBy", "oneOf"], schema.Directives.Select(d => d.Name));
    }

    [Fact]
    public void Members_carry_their_type_description_default_value_coordinate_and_definition()
    {
        var schema = SchemaRule.ExpectValid(
            """
            "What is sold."
            type Variant {
              "Per piece."
              price("Pieces." quantity: Int! = 1): [Money!]
            }
            scalar Money @specifiedBy(url: "https://example.com/money")
            """);
        var variant = (ObjectType)schema.Type("Variant")!;
        var price = variant.Field("price")!;
        var quantity = Assert.Single(price.Arguments);
        var money = (ScalarType)schema.Type("Money")!;

        Assert.Equal("What is sold.", variant.Description);
        Assert.Equal("Per piece.", price.Description);
        Assert.Equal("Variant.price", price.Coordinate);
        Assert.Same(variant, price.DeclaringType);
        Assert.Same(money.NonNull.List, price.Type);
        Assert.Equal(new SourceLocation(3, 3), price.Definition!.Location);
        Assert.Equal("Pieces.", quantity.Description);
        Assert.Equal("Variant.price(quantity:)", quantity.Coordinate);
        Assert.Equal("1", ((IntValueNode)quantity.DefaultValue!).Value);
        Assert.False(quantity.IsRequired);
        Assert.Equal("https://example.com/money", money.SpecifiedByUrl);
    }

    [Fact]
    public void A_url_of_specifiedBy_may_stand_on_an_extension()
    {
        var schema = SchemaRule.ExpectValid("extend scalar Money @specifiedBy(url: \"https://example.com\") scalar Money");

        Assert.Equal("https://example.com", ((ScalarType)schema.Type("Money")!).SpecifiedByUrl);
    }

    [Fact]
    public void Syntax_errors_of_all_sources_are_reported_and_nothing_else()
    {
        SchemaRule.ExpectProblems(
            [
                new Source("type Query {\n  a: }", "one.graphql"),
                new Source("type A { a: Unknown }", "two.graphql"),
                new Source("tpye B { a: Int }", "three.graphql"),
            ],
            "one.graphql:2:6 Syntax Error: Expected Name, found \"}\".",
            "three.graphql:1:1 Syntax Error: Unexpected Name \"tpye\".");
    }

    [Fact]
    public void Operations_and_fragments_are_reported()
    {
        SchemaRule.ExpectProblems(
            "{ ok }\nfragment F on Query { ok }",
            "a.graphql:1:1 schema: Operations and fragments cannot stand in a schema document.",
            "a.graphql:2:1 schema: Operations and fragments cannot stand in a schema document.");
    }

    [Fact]
    public void Problems_of_all_rules_are_reported_in_the_order_of_the_texts()
    {
        SchemaRule.ExpectProblems(
            """
            type A implements Node { f(x: Int = "1"): B }
            interface Node { id: ID! }
            input I { i: I! }
            union U
            """,
            "a.graphql:1:19 A: It implements Node, so it needs a field id of type ID!.",
            "a.graphql:1:37 A.f(x:): Expected value of type \"Int\", found \"1\".",
            "a.graphql:1:43 A.f: Unknown type \"B\".",
            "a.graphql:3:7 I: It has no finite value, because non-null fields form a cycle: I.i.",
            "a.graphql:4:7 U: A union needs at least one member.");
    }
}
