using Wholesale.GraphQL.Language;
using static Wholesale.GraphQL.Tests.Language.LanguageHarness;

namespace Wholesale.GraphQL.Tests.Language;

/// <summary>Section 3 "Type System": definitions. Extensions have a file of their own.</summary>
public sealed class TypeSystemParserTests
{
    [Fact]
    public void A_schema_names_its_root_types()
    {
        var schema = ParseOne<SchemaDefinitionNode>("\"About it\" schema @d { query: Q mutation: M, subscription: S }");

        Assert.Equal("About it", schema.Description);
        Assert.False(schema.IsExtension);
        Assert.Single(schema.Directives);
        Assert.Equal(
            [(OperationType.Query, "Q"), (OperationType.Mutation, "M"), (OperationType.Subscription, "S")],
            schema.OperationTypes.Select(o => (o.Operation, o.Type.Name.Value)));
    }

    [Theory]
    [InlineData("schema", "Expected \"{\", found <EOF>.", 7)]
    [InlineData("schema @d", "Expected \"{\", found <EOF>.", 10)]
    [InlineData("schema {}", "Expected Name, found \"}\".", 9)]
    [InlineData("schema { root: Q }", "Unexpected Name \"root\".", 10)]
    [InlineData("schema { query Q }", "Expected \":\", found Name \"Q\".", 16)]
    [InlineData("schema { query: [Q] }", "Expected Name, found \"[\".", 17)]
    [InlineData("schema { query: Q! }", "Expected Name, found \"!\".", 18)]
    [InlineData("schema @d(a: $v) { query: Q }", "Unexpected variable \"$v\" in constant value.", 14)]
    [InlineData("schema { \"no description\" query: Q }", "Expected Name, found String \"no description\".", 10)]
    public void A_broken_schema_is_refused_where_it_breaks(string text, string message, int column) => ExpectSyntaxError(text, message, 1, column);

    [Fact]
    public void A_scalar_is_a_name()
    {
        var scalar = ParseOne<ScalarTypeDefinitionNode>("\"About it\" scalar Date @specifiedBy(url: \"https://example.com\")");

        Assert.Equal("About it", scalar.Description);
        Assert.Equal("Date", scalar.Name.Value);
        Assert.Single(scalar.Directives);
    }

    [Fact]
    public void An_object_may_have_every_part()
    {
        var type = ParseOne<ObjectTypeDefinitionNode>("""
            "About it"
            type Product implements Node & Priced @d {
              "its number"
              sku: ID!
              price("how many" quantity: Int! = 1 @d, at: [Date!] = []): Money @e @f
            }
            """);

        Assert.Equal("About it", type.Description);
        Assert.Equal("Product", type.Name.Value);
        Assert.Equal(["Node", "Priced"], type.Interfaces.Select(i => i.Name.Value));
        Assert.Single(type.Directives);
        var sku = type.Fields[0];
        Assert.Equal("its number", sku.Description);
        Assert.Equal("sku", sku.Name.Value);
        Assert.Equal("ID!", sku.Type.ToString());
        Assert.Empty(sku.Arguments);
        var price = type.Fields[1];
        Assert.Null(price.Description);
        Assert.Equal("Money", price.Type.ToString());
        Assert.Equal(["e", "f"], price.Directives.Select(d => d.Name.Value));
        var quantity = price.Arguments[0];
        Assert.Equal("how many", quantity.Description);
        Assert.Equal("Int!", quantity.Type.ToString());
        Assert.Equal("1", Assert.IsType<IntValueNode>(quantity.DefaultValue).Value);
        Assert.Single(quantity.Directives);
        Assert.IsType<ListValueNode>(price.Arguments[1].DefaultValue);
    }

    [Fact]
    public void An_interface_may_have_every_part()
    {
        var type = ParseOne<InterfaceTypeDefinitionNode>("\"About it\" interface Priced implements Node @d { price: Money }");

        Assert.Equal("About it", type.Description);
        Assert.Equal("Priced", type.Name.Value);
        Assert.Equal("Node", Assert.Single(type.Interfaces).Name.Value);
        Assert.Single(type.Directives);
        Assert.Equal("price", Assert.Single(type.Fields).Name.Value);
    }

    [Theory]
    [InlineData("type A")]
    [InlineData("interface A")]
    [InlineData("union A")]
    [InlineData("enum A")]
    [InlineData("input A")]
    public void A_type_may_be_a_name_alone_for_extensions_to_fill(string text) =>
        Assert.Equal("A", Assert.IsType<TypeDefinitionNode>(Assert.Single(Parse(text).Definitions), exactMatch: false).Name.Value);

    [Theory]
    [InlineData("implements A", "A")]
    [InlineData("implements & A", "A")]
    [InlineData("implements A & B & C", "A B C")]
    [InlineData("implements\n  & A\n  & B", "A B")]
    public void Interfaces_are_parted_by_ampersands(string text, string names)
    {
        Assert.Equal(names, string.Join(' ', ParseOne<ObjectTypeDefinitionNode>($"type T {text}").Interfaces));
        Assert.Equal(names, string.Join(' ', ParseOne<InterfaceTypeDefinitionNode>($"interface T {text}").Interfaces));
    }

    [Theory]
    [InlineData("type", "Expected Name, found <EOF>.", 5)]
    [InlineData("type { a: A }", "Expected Name, found \"{\".", 6)]
    [InlineData("type T {}", "Expected Name, found \"}\".", 9)]
    [InlineData("type T { a }", "Expected \":\", found \"}\".", 12)]
    [InlineData("type T { a: }", "Expected Name, found \"}\".", 13)]
    [InlineData("type T { a(): A }", "Expected Name, found \")\".", 12)]
    [InlineData("type T { a(b): A }", "Expected \":\", found \")\".", 13)]
    [InlineData("type T { a(b: B = $c): A }", "Unexpected variable \"$c\" in constant value.", 19)]
    [InlineData("type T { a(b: B =): A }", "Unexpected \")\".", 18)]
    [InlineData("type T { a: A = 1 }", "Expected Name, found \"=\".", 15)]
    [InlineData("type T { a: A @d(x: $c) }", "Unexpected variable \"$c\" in constant value.", 21)]
    [InlineData("type T { a: A", "Expected Name, found <EOF>.", 14)]
    [InlineData("type T @d implements A", "Unexpected Name \"implements\".", 11)]
    [InlineData("type T implements", "Expected Name, found <EOF>.", 18)]
    [InlineData("type T implements &", "Expected Name, found <EOF>.", 20)]
    [InlineData("type T implements && A", "Expected Name, found \"&\".", 20)]
    [InlineData("type T implements A &", "Expected Name, found <EOF>.", 22)]
    [InlineData("type T implements A, B", "Unexpected Name \"B\".", 22)]
    [InlineData("type T implements [A]", "Expected Name, found \"[\".", 19)]
    [InlineData("interface T {}", "Expected Name, found \"}\".", 14)]
    [InlineData("interface T implements", "Expected Name, found <EOF>.", 23)]
    public void A_broken_object_or_interface_is_refused_where_it_breaks(string text, string message, int column) =>
        ExpectSyntaxError(text, message, 1, column);

    [Theory]
    [InlineData("union U = A", "A")]
    [InlineData("union U = A | B", "A B")]
    [InlineData("union U =\n  | A\n  | B\n  | C", "A B C")]
    [InlineData("\"About it\" union U @d = A", "A")]
    public void A_union_lists_its_members(string text, string names) =>
        Assert.Equal(names, string.Join(' ', ParseOne<UnionTypeDefinitionNode>(text).Types));

    [Theory]
    [InlineData("union U =", "Expected Name, found <EOF>.", 10)]
    [InlineData("union U = |", "Expected Name, found <EOF>.", 12)]
    [InlineData("union U = || A", "Expected Name, found \"|\".", 12)]
    [InlineData("union U = A |", "Expected Name, found <EOF>.", 14)]
    [InlineData("union U = A || B", "Expected Name, found \"|\".", 14)]
    [InlineData("union U = A!", "Unexpected \"!\".", 12)]
    [InlineData("union U A", "Unexpected Name \"A\".", 9)]
    public void A_broken_union_is_refused_where_it_breaks(string text, string message, int column) => ExpectSyntaxError(text, message, 1, column);

    [Fact]
    public void An_enum_lists_its_values()
    {
        var type = ParseOne<EnumTypeDefinitionNode>("\"About it\" enum Status @d { \"new\" DRAFT ACTIVE @deprecated(reason: \"x\"), query }");

        Assert.Equal("About it", type.Description);
        Assert.Equal(["DRAFT", "ACTIVE", "query"], type.Values.Select(v => v.Name.Value));
        Assert.Equal("new", type.Values[0].Description);
        Assert.Single(type.Values[1].Directives);
    }

    [Theory]
    [InlineData("enum E {}", "Expected Name, found \"}\".", 9)]
    [InlineData("enum E { 1 }", "Expected Name, found Int \"1\".", 10)]
    [InlineData("enum E { A: B }", "Expected Name, found \":\".", 11)]
    [InlineData("enum E { A true }", "Name \"true\" is reserved and cannot be used for an enum value.", 12)]
    [InlineData("enum E { \"x\" false }", "Name \"false\" is reserved and cannot be used for an enum value.", 14)]
    [InlineData("enum E { null }", "Name \"null\" is reserved and cannot be used for an enum value.", 10)]
    [InlineData("enum E { A", "Expected Name, found <EOF>.", 11)]
    public void A_broken_enum_is_refused_where_it_breaks(string text, string message, int column) => ExpectSyntaxError(text, message, 1, column);

    [Fact]
    public void An_input_object_lists_its_fields()
    {
        var type = ParseOne<InputObjectTypeDefinitionNode>("\"About it\" input Page @oneOf { \"how many\" first: Int = 20 @d after: String }");

        Assert.Equal("About it", type.Description);
        Assert.Single(type.Directives);
        Assert.Equal(["first", "after"], type.Fields.Select(f => f.Name.Value));
        Assert.Equal("how many", type.Fields[0].Description);
        Assert.IsType<IntValueNode>(type.Fields[0].DefaultValue);
        Assert.Single(type.Fields[0].Directives);
    }

    [Theory]
    [InlineData("input I {}", "Expected Name, found \"}\".", 10)]
    [InlineData("input I { a(b: B): A }", "Expected \":\", found \"(\".", 12)]
    [InlineData("input I { a: A = $b }", "Unexpected variable \"$b\" in constant value.", 18)]
    [InlineData("input I implements A { a: A }", "Unexpected Name \"implements\".", 9)]
    public void A_broken_input_object_is_refused_where_it_breaks(string text, string message, int column) =>
        ExpectSyntaxError(text, message, 1, column);

    [Fact]
    public void A_directive_lists_its_arguments_and_locations()
    {
        var directive = ParseOne<DirectiveDefinitionNode>("\"About it\" directive @d(\"x\" a: Int = 1 @e, b: B) repeatable on FIELD | OBJECT");

        Assert.Equal("About it", directive.Description);
        Assert.Equal("d", directive.Name.Value);
        Assert.Equal(["a", "b"], directive.Arguments.Select(a => a.Name.Value));
        Assert.True(directive.IsRepeatable);
        Assert.Equal(["FIELD", "OBJECT"], directive.Locations.Select(l => l.Value));
        Assert.Empty(directive.Directives);
        Assert.False(directive.IsExtension);
    }

    [Fact]
    public void Every_directive_location_of_the_specification_is_known()
    {
        string[] locations =
        [
            "QUERY", "MUTATION", "SUBSCRIPTION", "FIELD", "FRAGMENT_DEFINITION", "FRAGMENT_SPREAD", "INLINE_FRAGMENT", "VARIABLE_DEFINITION",
            "SCHEMA", "SCALAR", "OBJECT", "FIELD_DEFINITION", "ARGUMENT_DEFINITION", "INTERFACE", "UNION", "ENUM", "ENUM_VALUE", "INPUT_OBJECT",
            "INPUT_FIELD_DEFINITION",
        ];

        var directive = ParseOne<DirectiveDefinitionNode>($"directive @d on | {string.Join(" | ", locations)}");

        Assert.False(directive.IsRepeatable);
        Assert.Equal(locations, directive.Locations.Select(l => l.Value));
    }

    [Theory]
    [InlineData("directive d on FIELD", "Expected \"@\", found Name \"d\".", 11)]
    [InlineData("directive @ on FIELD", "Expected \"on\", found Name \"FIELD\".", 16)]
    [InlineData("directive @d FIELD", "Expected \"on\", found Name \"FIELD\".", 14)]
    [InlineData("directive @d on", "Expected Name, found <EOF>.", 16)]
    [InlineData("directive @d on |", "Expected Name, found <EOF>.", 18)]
    [InlineData("directive @d on FIELD |", "Expected Name, found <EOF>.", 24)]
    [InlineData("directive @d on FIELD, QUERY", "Unexpected Name \"QUERY\".", 24)]
    [InlineData("directive @d on FIELD | INCORRECT", "Unexpected Name \"INCORRECT\".", 25)]
    [InlineData("directive @d on field", "Unexpected Name \"field\".", 17)]
    [InlineData("directive @d() on FIELD", "Expected Name, found \")\".", 14)]
    [InlineData("directive @d repeatable repeatable on FIELD", "Expected \"on\", found Name \"repeatable\".", 25)]
    [InlineData("directive @d repeated on FIELD", "Expected \"on\", found Name \"repeated\".", 14)]
    [InlineData("directive @d(a: A = $v) on FIELD", "Unexpected variable \"$v\" in constant value.", 21)]
    public void A_broken_directive_is_refused_where_it_breaks(string text, string message, int column) => ExpectSyntaxError(text, message, 1, column);

    [Fact]
    public void A_description_may_be_a_block_string()
    {
        var type = ParseOne<ObjectTypeDefinitionNode>("\"\"\"\n  About it:\n    everything.\n\"\"\"\ntype T");

        Assert.Equal("About it:\n  everything.", type.Description);
    }

    [Fact]
    public void An_empty_description_is_not_a_missing_one() => Assert.Equal("", ParseOne<ObjectTypeDefinitionNode>("\"\" type T").Description);
}
