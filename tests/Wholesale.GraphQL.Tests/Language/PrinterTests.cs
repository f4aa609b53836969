using Wholesale.GraphQL.Language;
using static Wholesale.GraphQL.Tests.Language.LanguageHarness;

namespace Wholesale.GraphQL.Tests.Language;

public sealed class PrinterTests
{
    [Theory]
    [InlineData("kitchen-sink.graphql")]
    [InlineData("kitchen-sink-schema.graphql")]
    public void Nothing_is_lost_or_added_in_print(string fixture)
    {
        var source = ReadFixture(fixture);

        var printed = Printer.Print(Parse(source));

        // Neither fixture has what printing leaves out: separators before a first item, or a query that could be written shorter.
        Assert.Equal(Tokens(source), Tokens(printed));
        Assert.Equal(printed, Printer.Print(Parse(printed)));
    }

    [Theory]
    [InlineData("query { a }", "{\n  a\n}")]
    [InlineData("mutation{a}", "mutation {\n  a\n}")]
    [InlineData("query @d {a}", "query @d {\n  a\n}")]
    [InlineData("query($a:Int=1@d,$b:[S!]){a}", "query($a: Int = 1 @d, $b: [S!]) {\n  a\n}")]
    [InlineData("\"x\" query {a}", "\"\"\"x\"\"\"\nquery {\n  a\n}")]
    [InlineData("query(\"x\" $a:Int $b:Int){a}", "query(\n  \"\"\"x\"\"\"\n  $a: Int\n  $b: Int\n) {\n  a\n}")]
    [InlineData("{a:b(c:1,d:$e)@f{g}}", "{\n  a: b(c: 1, d: $e) @f {\n    g\n  }\n}")]
    [InlineData("{...F@d...on T@d{a}...{b}}", "{\n  ...F @d\n  ... on T @d {\n    a\n  }\n  ... {\n    b\n  }\n}")]
    [InlineData("fragment F on T@d{a}", "fragment F on T @d {\n  a\n}")]
    [InlineData("{a} {b}", "{\n  a\n}\n\n{\n  b\n}")]
    public void An_executable_document_has_one_layout(string text, string printed) => ExpectPrint(text, printed);

    [Theory]
    [InlineData("schema@d{query:Q mutation:M}", "schema @d {\n  query: Q\n  mutation: M\n}")]
    [InlineData("extend schema@d", "extend schema @d")]
    [InlineData("scalar S@d", "scalar S @d")]
    [InlineData("type T implements&A&B@d{a:A}", "type T implements A & B @d {\n  a: A\n}")]
    [InlineData("type T{a(b:B=1@d c:C):A@d}", "type T {\n  a(b: B = 1 @d, c: C): A @d\n}")]
    [InlineData("type T{a(\"x\"b:B c:C):A}", "type T {\n  a(\n    \"\"\"x\"\"\"\n    b: B\n    c: C\n  ): A\n}")]
    [InlineData("interface T implements A", "interface T implements A")]
    [InlineData("union U@d=|A|B", "union U @d = A | B")]
    [InlineData("enum E{\"x\"A B@d}", "enum E {\n  \"\"\"x\"\"\"\n  A\n  B @d\n}")]
    [InlineData("input I{a:A={b:[]}}", "input I {\n  a: A = { b: [] }\n}")]
    [InlineData("directive@d(a:A)repeatable on|FIELD|QUERY", "directive @d(a: A) repeatable on FIELD | QUERY")]
    [InlineData("extend type T{a:A}", "extend type T {\n  a: A\n}")]
    public void A_type_system_document_has_one_layout(string text, string printed) => ExpectPrint(text, printed);

    [Theory]
    [InlineData("$v", "$v")]
    [InlineData("-0", "-0")]
    [InlineData("1.50E+3", "1.50E+3")]
    [InlineData("[1,true,null,RED]", "[1, true, null, RED]")]
    [InlineData("[]", "[]")]
    [InlineData("{}", "{}")]
    [InlineData("{a:{b:1},c:[{}]}", "{ a: { b: 1 }, c: [{}] }")]
    [InlineData(@"""\u0022\\\/\b\f\n\r\t""", @"""\""\\/\b\f\n\r\t""")]
    [InlineData(@"""\u0000\u001f\u007f\u0085""", @"""\u0000\u001F\u007F\u0085""")]
    [InlineData(@"""é \u{1F642} \uD83D\uDE42""", @"""é 🙂 🙂""")]
    public void A_value_has_one_form(string text, string printed) => Assert.Equal(printed, Printer.Print(ParseValue(text)));

    [Theory]
    [InlineData("", "\"\"\"\"\"\"")]
    [InlineData("one", "\"\"\"one\"\"\"")]
    [InlineData("  white space  ", "\"\"\"  white space  \"\"\"")]
    [InlineData("\"quote", "\"\"\"\"quote\"\"\"")]
    [InlineData("quote\"", "\"\"\"quote\"\n\"\"\"")]
    [InlineData("  quote\"", "\"\"\"  quote\"\n\"\"\"")]
    [InlineData("backslash\\", "\"\"\"backslash\\\n\"\"\"")]
    [InlineData("three \"\"\" four \"\"\"\" end", "\"\"\"three \\\"\"\" four \\\"\"\"\" end\"\"\"")]
    [InlineData("\\\"\"\"", "\"\"\"\\\\\"\"\"\n\"\"\"")]
    [InlineData("one\ntwo", "\"\"\"\none\ntwo\n\"\"\"")]
    [InlineData("one\n  \n two\"", "\"\"\"\none\n  \n two\"\n\"\"\"")]
    [InlineData("  one\ntwo\n\nthree", "\"\"\"\n  one\ntwo\n\nthree\n\"\"\"")]
    public void A_block_string_stays_one(string value, string printed) => ExpectBlockPrint(value, printed);

    [Theory]
    [InlineData(" ", "\" \"")]
    [InlineData("\n", "\"\\n\"")]
    [InlineData("\none", "\"\\none\"")]
    [InlineData("one\n ", "\"one\\n \"")]
    [InlineData(" one\n  two", "\" one\\n  two\"")]
    [InlineData("one\rtwo", "\"one\\rtwo\"")]
    [InlineData("one\r\ntwo", "\"one\\r\\ntwo\"")]
    public void What_no_block_string_can_say_becomes_a_plain_string(string value, string printed) => ExpectBlockPrint(value, printed);

    [Fact]
    public void Block_strings_are_indented_like_what_they_stand_in()
    {
        ExpectPrint(
            "type T { \"\"\"\n  one\n\n    two\n \"\"\" a: A }",
            "type T {\n  \"\"\"\n  one\n\n    two\n  \"\"\"\n  a: A\n}");
        ExpectPrint(
            "{ a { b(c: \"\"\"one\ntwo\"\"\") } }",
            "{\n  a {\n    b(c: \"\"\"\n    one\n    two\n    \"\"\")\n  }\n}");
    }

    [Fact]
    public void Any_part_of_a_document_can_be_printed()
    {
        var operation = ParseOne<OperationDefinitionNode>("query($a: [Int!] = 1) { b(c: {d: 1}) @e }");
        var variable = Assert.Single(operation.VariableDefinitions);
        var field = Assert.IsType<FieldNode>(Assert.Single(operation.SelectionSet.Selections));
        var argument = Assert.Single(field.Arguments);

        Assert.Equal("$a: [Int!] = 1", Printer.Print(variable));
        Assert.Equal("$a", Printer.Print(variable.Variable));
        Assert.Equal("[Int!]", Printer.Print(variable.Type));
        Assert.Equal("{\n  b(c: { d: 1 }) @e\n}", Printer.Print(operation.SelectionSet));
        Assert.Equal("b(c: { d: 1 }) @e", Printer.Print(field));
        Assert.Equal("@e", Printer.Print(Assert.Single(field.Directives)));
        Assert.Equal("c: { d: 1 }", Printer.Print(argument));
        Assert.Equal("d: 1", Printer.Print(Assert.Single(Assert.IsType<ObjectValueNode>(argument.Value).Fields)));
        Assert.Equal("query: Q", Printer.Print(Assert.Single(ParseOne<SchemaDefinitionNode>("schema { query: Q }").OperationTypes)));
    }

    static void ExpectPrint(string text, string printed)
    {
        Assert.Equal(printed, Printer.Print(Parse(text)));
        Assert.Equal(printed, Printer.Print(Parse(printed)));
    }

    static void ExpectBlockPrint(string value, string printed)
    {
        Assert.Equal(printed, Printer.Print(new StringValueNode(new Source(""), 0, value, isBlock: true)));
        Assert.Equal(value, ParseValue<StringValueNode>(printed).Value);
    }
}
