using Wholesale.GraphQL.Language;
using static Wholesale.GraphQL.Tests.Language.LanguageHarness;

namespace Wholesale.GraphQL.Tests.Language;

/// <summary>Sections 2.9 "Input Values", 2.10 "Variables" and 2.11 "Type References".</summary>
public sealed class ValueParserTests
{
    [Fact]
    public void Every_kind_of_value_has_its_node()
    {
        Assert.Equal("v", ParseValue<VariableNode>("$v").Name.Value);
        Assert.Equal("1", ParseValue<IntValueNode>("1").Value);
        Assert.Equal("1.5", ParseValue<FloatValueNode>("1.5").Value);
        Assert.Equal("s", ParseValue<StringValueNode>("\"s\"").Value);
        Assert.True(ParseValue<BooleanValueNode>("true").Value);
        Assert.False(ParseValue<BooleanValueNode>("false").Value);
        ParseValue<NullValueNode>("null");
        Assert.Equal("RED", ParseValue<EnumValueNode>("RED").Value);
        Assert.Equal("nullable", ParseValue<EnumValueNode>("nullable").Value);
        Assert.Equal("True", ParseValue<EnumValueNode>("True").Value);
    }

    [Theory]
    [InlineData("[]", 0)]
    [InlineData("[1]", 1)]
    [InlineData("[1 2, [3 4] $v]", 4)]
    public void A_list_holds_values_of_any_kind(string text, int count) => Assert.Equal(count, ParseValue<ListValueNode>(text).Values.Length);

    [Theory]
    [InlineData("{}", "")]
    [InlineData("{a: 1}", "a")]
    [InlineData("{a: 1 b: {c: [2]}, null: null, a: $v}", "a b null a")]
    public void An_object_holds_fields_in_order(string text, string names) =>
        Assert.Equal(names, string.Join(' ', ParseValue<ObjectValueNode>(text).Fields.Select(f => f.Name.Value)));

    [Fact]
    public void Lists_within_lists_keep_their_items_apart()
    {
        var outer = ParseValue<ListValueNode>("[1 [2 [3] 4] {a: [5 6]} 7]");

        var middle = Assert.IsType<ListValueNode>(outer.Values[1]);
        Assert.Equal(4, outer.Values.Length);
        Assert.Equal(3, middle.Values.Length);
        Assert.Equal("3", Assert.IsType<IntValueNode>(Assert.Single(Assert.IsType<ListValueNode>(middle.Values[1]).Values)).Value);
        Assert.Equal("7", Assert.IsType<IntValueNode>(outer.Values[3]).Value);
    }

    [Theory]
    [InlineData("[", "Unexpected <EOF>.", 8)]
    [InlineData("[1 2)", "Unexpected \")\".", 11)]
    [InlineData("]", "Unexpected \"]\".", 7)]
    [InlineData("{", "Expected Name, found <EOF>.", 8)]
    [InlineData("{a}", "Expected \":\", found \"}\".", 9)]
    [InlineData("{a:}", "Unexpected \"}\".", 10)]
    [InlineData("{a: 1]", "Expected Name, found \"]\".", 12)]
    [InlineData("{\"a\": 1}", "Expected Name, found String \"a\".", 8)]
    [InlineData("$", "Expected Name, found <EOF>.", 8)]
    [InlineData("$1", "Expected Name, found Int \"1\".", 8)]
    [InlineData("$)", "Expected Name, found \")\".", 8)]
    [InlineData("@a", "Unexpected \"@\".", 7)]
    [InlineData("...", "Unexpected \"...\".", 7)]
    public void A_broken_value_is_refused_where_it_breaks(string text, string message, int column) =>
        ExpectSyntaxError("{f(a: " + text, message, 1, column);

    [Fact]
    public void A_variable_definition_may_have_every_part()
    {
        var variable = Assert.Single(ParseOne<OperationDefinitionNode>(
            "query(\"\"\"About it\"\"\" $ids : [ID!]! = [\"a\"] @d(a: 1) @e) { a }").VariableDefinitions);

        Assert.Equal("About it", variable.Description);
        Assert.Equal("ids", variable.Variable.Name.Value);
        Assert.Equal("[ID!]!", variable.Type.ToString());
        Assert.Single(Assert.IsType<ListValueNode>(variable.DefaultValue).Values);
        Assert.Equal(["d", "e"], variable.Directives.Select(d => d.Name.Value));
    }

    [Fact]
    public void A_variable_definition_needs_a_name_and_a_type_only()
    {
        var variables = ParseOne<OperationDefinitionNode>("query($a: Int $b: Int = null) { a }").VariableDefinitions;

        Assert.Equal(2, variables.Length);
        Assert.Null(variables[0].Description);
        Assert.Null(variables[0].DefaultValue);
        Assert.Empty(variables[0].Directives);
        Assert.IsType<NullValueNode>(variables[1].DefaultValue);
    }

    [Theory]
    [InlineData("query(a: Int) { a }", "Expected \"$\", found Name \"a\".", 7)]
    [InlineData("query($: Int) { a }", "Expected Name, found \":\".", 8)]
    [InlineData("query($a Int) { a }", "Expected \":\", found Name \"Int\".", 10)]
    [InlineData("query($a:) { a }", "Expected Name, found \")\".", 10)]
    [InlineData("query($a: Int =) { a }", "Unexpected \")\".", 16)]
    [InlineData("query($a: Int @d = 1) { a }", "Expected \"$\", found \"=\".", 18)]
    [InlineData("query($a: Int = $$b) { a }", "Unexpected \"$\".", 17)]
    [InlineData("query($a: Int = $b) { a }", "Unexpected variable \"$b\" in constant value.", 17)]
    [InlineData("query($a: Int = [[{x: $b}]]) { a }", "Unexpected variable \"$b\" in constant value.", 23)]
    [InlineData("query($a: Int = $) { a }", "Unexpected \"$\".", 17)]
    [InlineData("query($a: Int @d(x: $b)) { a }", "Unexpected variable \"$b\" in constant value.", 21)]
    [InlineData("query(\"one\" \"two\" $a: Int) { a }", "Expected \"$\", found String \"two\".", 13)]
    public void A_broken_variable_definition_is_refused_where_it_breaks(string text, string message, int column) =>
        ExpectSyntaxError(text, message, 1, column);

    [Theory]
    [InlineData("A")]
    [InlineData("A!")]
    [InlineData("[A]")]
    [InlineData("[A!]")]
    [InlineData("[A]!")]
    [InlineData("[[[A!]!]]!")]
    public void A_type_reference_reads_back_as_it_was_written(string text) =>
        Assert.Equal(text, Assert.Single(ParseOne<OperationDefinitionNode>($"query($a: {text}) {{ a }}").VariableDefinitions).Type.ToString());

    [Fact]
    public void A_type_reference_nests_from_the_outside_in()
    {
        var type = Assert.Single(ParseOne<OperationDefinitionNode>("query($a: [A!]!) { a }").VariableDefinitions).Type;

        var list = Assert.IsType<ListTypeNode>(Assert.IsType<NonNullTypeNode>(type).Type);
        var item = Assert.IsType<NamedTypeNode>(Assert.IsType<NonNullTypeNode>(list.Type).Type);
        Assert.Equal("A", item.Name.Value);
    }

    [Theory]
    [InlineData("!", "Expected Name, found \"!\".", 11)]
    [InlineData("A!!", "Expected \"$\", found \"!\".", 13)]
    [InlineData("[]", "Expected Name, found \"]\".", 12)]
    [InlineData("[A", "Expected \"]\", found \")\".", 13)]
    [InlineData("[A B]", "Expected \"]\", found Name \"B\".", 14)]
    [InlineData("A]", "Expected \"$\", found \"]\".", 12)]
    [InlineData("{A}", "Expected Name, found \"{\".", 11)]
    public void A_broken_type_reference_is_refused_where_it_breaks(string text, string message, int column) =>
        ExpectSyntaxError($"query($a: {text}) {{ a }}", message, 1, column);
}
