using Wholesale.GraphQL.Language;
using static Wholesale.GraphQL.Tests.Language.LanguageHarness;

namespace Wholesale.GraphQL.Tests.Language;

/// <summary>Sections 2.2 "Document" to 2.8 "Fragments" and 2.12 "Directives".</summary>
public sealed class OperationParserTests
{
    [Fact]
    public void A_document_holds_its_definitions_in_order()
    {
        var document = Parse("query A { a } fragment F on T { b } type T { b: Int } extend schema @d { query: T }");

        Assert.Collection(
            document.Definitions,
            d => Assert.IsType<OperationDefinitionNode>(d),
            d => Assert.IsType<FragmentDefinitionNode>(d),
            d => Assert.IsType<ObjectTypeDefinitionNode>(d),
            d => Assert.IsType<SchemaDefinitionNode>(d));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("# only a comment")]
    public void A_document_holds_at_least_one_definition(string text) => ExpectSyntaxError(text, "Unexpected <EOF>.", 1, text.Length + 1);

    [Theory]
    [InlineData("}", "Unexpected \"}\".", 1)]
    [InlineData("notAnOperation Foo { a }", "Unexpected Name \"notAnOperation\".", 1)]
    [InlineData("Query { a }", "Unexpected Name \"Query\".", 1)]
    [InlineData("$a", "Unexpected \"$\".", 1)]
    [InlineData("42", "Unexpected Int \"42\".", 1)]
    [InlineData("...", "Unexpected \"...\".", 1)]
    [InlineData("{ a } 1.5", "Unexpected Float \"1.5\".", 7)]
    [InlineData("{ a } }", "Unexpected \"}\".", 7)]
    [InlineData("\"a\" \"b\" query { a }", "Unexpected String \"b\".", 5)]
    [InlineData("\"a\" \"\"\"b\"\"\" query { a }", "Unexpected BlockString \"b\".", 5)]
    [InlineData("\"a\"", "Unexpected <EOF>.", 4)]
    public void What_begins_no_definition_is_refused(string text, string message, int column) => ExpectSyntaxError(text, message, 1, column);

    [Theory]
    [InlineData(99, "🙂🙂")]
    [InlineData(100, "xx")]
    public void A_long_token_is_cut_between_characters(int length, string rest)
    {
        var kept = new string('x', length);

        ExpectSyntaxError($"{{ \"{kept}{rest}\" }}", $"Expected Name, found String \"{kept}…\".", 1, 3);
    }

    [Theory]
    [InlineData("query", OperationType.Query)]
    [InlineData("mutation", OperationType.Mutation)]
    [InlineData("subscription", OperationType.Subscription)]
    public void An_operation_has_a_type_and_may_have_every_other_part(string keyword, OperationType type)
    {
        var bare = ParseOne<OperationDefinitionNode>($"{keyword} {{ a }}");
        var full = ParseOne<OperationDefinitionNode>($"\"About it\" {keyword} Full($a: Int, $b: Int) @d @e {{ a b }}");

        Assert.Equal(type, bare.Operation);
        Assert.Null(bare.Name);
        Assert.Null(bare.Description);
        Assert.Empty(bare.VariableDefinitions);
        Assert.Empty(bare.Directives);
        Assert.Equal(type, full.Operation);
        Assert.Equal("Full", full.Name?.Value);
        Assert.Equal("About it", full.Description);
        Assert.Equal(["a", "b"], full.VariableDefinitions.Select(v => v.Variable.Name.Value));
        Assert.Equal(["d", "e"], full.Directives.Select(d => d.Name.Value));
        Assert.Equal(2, full.SelectionSet.Selections.Length);
    }

    [Fact]
    public void The_shorthand_is_an_anonymous_query()
    {
        var query = ParseOne<OperationDefinitionNode>("{ a }");

        Assert.Equal(OperationType.Query, query.Operation);
        Assert.Null(query.Name);
    }

    [Theory]
    [InlineData("query", "Expected \"{\", found <EOF>.", 6)]
    [InlineData("query A", "Expected \"{\", found <EOF>.", 8)]
    [InlineData("query A B { a }", "Expected \"{\", found Name \"B\".", 9)]
    [InlineData("query A() { a }", "Expected \"$\", found \")\".", 9)]
    [InlineData("query A($a: Int { a }", "Expected \"$\", found \"{\".", 17)]
    [InlineData("query A @ { a }", "Expected Name, found \"{\".", 11)]
    [InlineData("query A {}", "Expected Name, found \"}\".", 10)]
    [InlineData("query A { a", "Expected Name, found <EOF>.", 12)]
    [InlineData("{ a { b }", "Expected Name, found <EOF>.", 10)]
    [InlineData("{ a ]", "Expected Name, found \"]\".", 5)]
    public void A_broken_operation_is_refused_where_it_breaks(string text, string message, int column) => ExpectSyntaxError(text, message, 1, column);

    [Fact]
    public void The_shorthand_has_no_description() =>
        ExpectSyntaxError("\n\"About it\" { a }", "Unexpected description, descriptions are not supported on shorthand queries.", 2, 1);

    [Fact]
    public void A_field_is_a_name()
    {
        var field = ParseSelection<FieldNode>("price");

        Assert.Null(field.Alias);
        Assert.Equal("price", field.Name.Value);
        Assert.Equal("price", field.ResponseName);
        Assert.Empty(field.Arguments);
        Assert.Empty(field.Directives);
        Assert.Null(field.SelectionSet);
    }

    [Fact]
    public void A_field_may_have_every_part()
    {
        var field = ParseSelection<FieldNode>("best: price(quantity: 1 at: $now) @include(if: true) @d { amount }");

        Assert.Equal("best", field.Alias);
        Assert.Equal("price", field.Name.Value);
        Assert.Equal("best", field.ResponseName);
        Assert.Equal(["quantity", "at"], field.Arguments.Select(a => a.Name.Value));
        Assert.IsType<VariableNode>(field.Arguments[1].Value);
        Assert.Equal(["include", "d"], field.Directives.Select(d => d.Name.Value));
        Assert.True(Assert.IsType<BooleanValueNode>(field.Directives[0].Arguments[0].Value).Value);
        Assert.Empty(field.Directives[1].Arguments);
        Assert.Single(field.SelectionSet!.Selections);
    }

    [Theory]
    [InlineData("on")]
    [InlineData("fragment")]
    [InlineData("query")]
    [InlineData("mutation")]
    [InlineData("subscription")]
    [InlineData("true")]
    [InlineData("false")]
    [InlineData("null")]
    [InlineData("type")]
    [InlineData("extend")]
    public void Words_of_the_grammar_are_names_wherever_a_name_may_stand(string word)
    {
        var document = Parse($$"""
            query {{word}}(${{word}}: {{word}}) @{{word}} {
              {{word}}: {{word}}({{word}}: ${{word}}) @{{word}}({{word}}: 1)
              ... on {{word}} { {{word}} }
            }
            type {{word}} implements {{word}} { {{word}}({{word}}: {{word}}): {{word}} }
            directive @{{word}} on FIELD
            """);

        Assert.Equal(3, document.Definitions.Length);
    }

    [Theory]
    [InlineData("{ a: }", "Expected Name, found \"}\".", 6)]
    [InlineData("{ a: b: c }", "Expected Name, found \":\".", 7)]
    [InlineData("{ : a }", "Expected Name, found \":\".", 3)]
    [InlineData("{ a() }", "Expected Name, found \")\".", 5)]
    [InlineData("{ a(b) }", "Expected \":\", found \")\".", 6)]
    [InlineData("{ a(b:) }", "Unexpected \")\".", 7)]
    [InlineData("{ a(b: 1 }", "Expected Name, found \"}\".", 10)]
    [InlineData("{ a(1: 1) }", "Expected Name, found Int \"1\".", 5)]
    [InlineData("{ a(\"b\": 1) }", "Expected Name, found String \"b\".", 5)]
    [InlineData("{ a {} }", "Expected Name, found \"}\".", 6)]
    [InlineData("{ a @ }", "Expected Name, found \"}\".", 7)]
    [InlineData("{ a @d() }", "Expected Name, found \")\".", 8)]
    [InlineData("{ \"no description\" a }", "Expected Name, found String \"no description\".", 3)]
    public void A_broken_field_is_refused_where_it_breaks(string text, string message, int column) => ExpectSyntaxError(text, message, 1, column);

    [Fact]
    public void Three_dots_and_a_name_are_a_fragment_spread()
    {
        var spread = ParseSelection<FragmentSpreadNode>("...Parts @d(a: $v)");

        Assert.Equal("Parts", spread.Name.Value);
        Assert.Equal("d", Assert.Single(spread.Directives).Name.Value);
    }

    [Fact]
    public void Three_dots_and_a_type_condition_are_an_inline_fragment()
    {
        var fragment = ParseSelection<InlineFragmentNode>("... on Product @d { sku }");

        Assert.Equal("Product", fragment.TypeCondition?.Name.Value);
        Assert.Single(fragment.Directives);
        Assert.Single(fragment.SelectionSet.Selections);
    }

    [Theory]
    [InlineData("... { sku }", 0)]
    [InlineData("... @d @e { sku }", 2)]
    public void An_inline_fragment_needs_no_type_condition(string text, int directives)
    {
        var fragment = ParseSelection<InlineFragmentNode>(text);

        Assert.Null(fragment.TypeCondition);
        Assert.Equal(directives, fragment.Directives.Length);
    }

    [Fact]
    public void A_fragment_has_a_name_and_a_type_condition()
    {
        var fragment = ParseOne<FragmentDefinitionNode>("\"About it\" fragment Parts on Product @d { sku name }");

        Assert.Equal("About it", fragment.Description);
        Assert.Equal("Parts", fragment.Name.Value);
        Assert.Equal("Product", fragment.TypeCondition.Name.Value);
        Assert.Single(fragment.Directives);
        Assert.Empty(fragment.VariableDefinitions);
        Assert.Equal(2, fragment.SelectionSet.Selections.Length);
    }

    [Theory]
    [InlineData("{ ... }", "Expected \"{\", found \"}\".", 7)]
    [InlineData("{ ... on }", "Expected Name, found \"}\".", 10)]
    [InlineData("{ ... on T }", "Expected \"{\", found \"}\".", 12)]
    [InlineData("{ ...on }", "Expected Name, found \"}\".", 9)]
    [InlineData("{ ... on T {} }", "Expected Name, found \"}\".", 13)]
    [InlineData("{ ...F { a } }", "Expected Name, found \"{\".", 8)]
    [InlineData("{ ...F(a: 1) }", "Expected Name, found \"(\".", 7)]
    [InlineData("fragment on on T { a }", "Unexpected Name \"on\".", 10)]
    [InlineData("fragment { a }", "Expected Name, found \"{\".", 10)]
    [InlineData("fragment F { a }", "Expected \"on\", found \"{\".", 12)]
    [InlineData("fragment F T { a }", "Expected \"on\", found Name \"T\".", 12)]
    [InlineData("fragment F on { a }", "Expected Name, found \"{\".", 15)]
    [InlineData("fragment F on [T] { a }", "Expected Name, found \"[\".", 15)]
    [InlineData("fragment F on T", "Expected \"{\", found <EOF>.", 16)]
    [InlineData("fragment F($a: Int) on T { a }", "Expected \"on\", found \"(\".", 11)]
    public void A_broken_fragment_is_refused_where_it_breaks(string text, string message, int column) => ExpectSyntaxError(text, message, 1, column);
}
