using System.Text;
using Wholesale.GraphQL.Language;
using static Wholesale.GraphQL.Tests.Language.LanguageHarness;

namespace Wholesale.GraphQL.Tests.Language;

/// <summary>Where each node says it begins: errors of all later stages point there.</summary>
public sealed class NodeStartTests
{
    [Fact]
    public void Every_node_of_an_operation_begins_at_its_first_token()
    {
        const string Text = """
            # ü moves bytes apart from characters
            "doc" query Q("doc2" $v: [I!]! = {o: 1}) @d(x: [2]) {
              alias: field(arg: $w) @e { leaf }
              ...Spread
              ... on T { inner }
            }
            """;
        var document = Parse(Text);
        var operation = (OperationDefinitionNode)document.Definitions[0];
        var variable = operation.VariableDefinitions[0];
        var field = (FieldNode)operation.SelectionSet.Selections[0];
        var inline = (InlineFragmentNode)operation.SelectionSet.Selections[2];

        ExpectStart(document, "");
        ExpectStart(operation, "\"doc\"");
        ExpectStart(variable, "\"doc2\"");
        ExpectStart(variable.Variable, "$v");
        ExpectStart(variable.Type, "[I!]!");
        ExpectStart(((NonNullTypeNode)variable.Type).Type, "[I!]!");
        ExpectStart(((ListTypeNode)((NonNullTypeNode)variable.Type).Type).Type, "I!");
        ExpectStart(variable.DefaultValue!, "{o");
        ExpectStart(((ObjectValueNode)variable.DefaultValue!).Fields[0], "o: 1");
        ExpectStart(operation.Directives[0], "@d");
        ExpectStart(operation.Directives[0].Arguments[0], "x: [2]");
        ExpectStart(operation.Directives[0].Arguments[0].Value, "[2]");
        ExpectStart(operation.SelectionSet, "{\n");
        ExpectStart(field, "alias");
        ExpectStart(field.Arguments[0], "arg");
        ExpectStart(field.Arguments[0].Value, "$w");
        ExpectStart(field.Directives[0], "@e");
        ExpectStart(field.SelectionSet!, "{ leaf");
        ExpectStart(operation.SelectionSet.Selections[1], "...Spread");
        ExpectStart(inline, "... on");
        ExpectStart(inline.TypeCondition!, "T {");
        ExpectNameStart(operation.Name!.Value, "Q(");
        ExpectNameStart(field.Name, "field(");
        ExpectNameStart(variable.Variable.Name, "v:");
        ExpectNameStart(((FragmentSpreadNode)operation.SelectionSet.Selections[1]).Name, "Spread");

        void ExpectStart(SyntaxNode node, string text) => Assert.StartsWith(text, From(Text, node.Start), StringComparison.Ordinal);
        void ExpectNameStart(Name name, string text) => Assert.StartsWith(text, From(Text, name.Start), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ a }", "{")]
    [InlineData("query { a }", "query")]
    [InlineData("fragment F on T { a }", "fragment")]
    [InlineData("\"doc\" fragment F on T { a }", "\"doc\"")]
    [InlineData("schema { query: Q }", "schema")]
    [InlineData("\"doc\" scalar S", "\"doc\"")]
    [InlineData("\"\"\"doc\"\"\" type T", "\"\"\"doc\"\"\"")]
    [InlineData("extend type T @d", "extend")]
    [InlineData("directive @d on FIELD", "directive")]
    public void A_definition_begins_at_its_description_or_else_at_its_keyword(string definition, string first)
    {
        var text = "scalar S \n # ü\n  " + definition;

        var node = Parse(text).Definitions[1];

        Assert.StartsWith(first, From(text, node.Start), StringComparison.Ordinal);
        Assert.Equal(new SourceLocation(3, 3), node.Location);
    }

    [Fact]
    public void Members_of_types_begin_at_their_descriptions()
    {
        const string Text = "type T { \"f\" a(\"i\" b: B, c: C): A d: D } enum E { \"v\" V W } input I { \"x\" y: Y } schema { query: Q }";
        var document = Parse(Text);
        var type = (ObjectTypeDefinitionNode)document.Definitions[0];
        var values = ((EnumTypeDefinitionNode)document.Definitions[1]).Values;

        Assert.StartsWith("\"f\"", From(Text, type.Fields[0].Start), StringComparison.Ordinal);
        Assert.StartsWith("\"i\"", From(Text, type.Fields[0].Arguments[0].Start), StringComparison.Ordinal);
        Assert.StartsWith("c: C", From(Text, type.Fields[0].Arguments[1].Start), StringComparison.Ordinal);
        Assert.StartsWith("d: D", From(Text, type.Fields[1].Start), StringComparison.Ordinal);
        Assert.StartsWith("\"v\"", From(Text, values[0].Start), StringComparison.Ordinal);
        Assert.StartsWith("W }", From(Text, values[1].Start), StringComparison.Ordinal);
        Assert.StartsWith("\"x\"", From(Text, ((InputObjectTypeDefinitionNode)document.Definitions[2]).Fields[0].Start), StringComparison.Ordinal);
        Assert.StartsWith(
            "query: Q", From(Text, ((SchemaDefinitionNode)document.Definitions[3]).OperationTypes[0].Start), StringComparison.Ordinal);
    }

    static string From(string text, int byteOffset) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text).AsSpan(byteOffset));
}
