using Wholesale.GraphQL.Language;
using static Wholesale.GraphQL.Tests.Language.LanguageHarness;

namespace Wholesale.GraphQL.Tests.Language;

/// <summary>Section 3 "Type System": extensions.</summary>
public sealed class TypeExtensionParserTests
{
    [Theory]
    [InlineData("extend schema @d")]
    [InlineData("extend schema { query: Q }")]
    [InlineData("extend schema @d { query: Q mutation: M }")]
    [InlineData("extend scalar T @d")]
    [InlineData("extend type T implements A")]
    [InlineData("extend type T @d")]
    [InlineData("extend type T { a: A }")]
    [InlineData("extend type T implements A & B @d { a: A }")]
    [InlineData("extend interface T implements A")]
    [InlineData("extend interface T @d")]
    [InlineData("extend interface T { a: A }")]
    [InlineData("extend union T @d")]
    [InlineData("extend union T = A")]
    [InlineData("extend union T @d = | A | B")]
    [InlineData("extend enum T @d")]
    [InlineData("extend enum T { A }")]
    [InlineData("extend input T @d")]
    [InlineData("extend input T { a: A }")]
    public void An_extension_has_at_least_one_of_its_parts(string text)
    {
        var definition = Assert.IsType<TypeSystemDefinitionNode>(Assert.Single(Parse(text).Definitions), exactMatch: false);

        Assert.True(definition.IsExtension);
        Assert.Null(definition.Description);
        Assert.Equal(0, definition.Start);
    }

    [Theory]
    [InlineData("extend schema")]
    [InlineData("extend scalar T")]
    [InlineData("extend type T")]
    [InlineData("extend interface T")]
    [InlineData("extend union T")]
    [InlineData("extend enum T")]
    [InlineData("extend input T")]
    public void An_extension_that_adds_nothing_is_refused_where_its_parts_should_be(string text)
    {
        ExpectSyntaxError(text, "Unexpected <EOF>.", 1, text.Length + 1);
        ExpectSyntaxError(text + "\ntype Other", "Unexpected Name \"type\".", 2, 1);
    }

    [Theory]
    [InlineData("extend", "Unexpected <EOF>.", 7)]
    [InlineData("extend { a }", "Unexpected \"{\".", 8)]
    [InlineData("extend T { a: A }", "Unexpected Name \"T\".", 8)]
    [InlineData("extend query Q { a }", "Unexpected Name \"query\".", 8)]
    [InlineData("extend fragment F on T { a }", "Unexpected Name \"fragment\".", 8)]
    [InlineData("extend directive @d on FIELD", "Unexpected Name \"directive\".", 8)]
    [InlineData("extend extend type T @d", "Unexpected Name \"extend\".", 8)]
    [InlineData("extend \"no description\" type T @d", "Unexpected String \"no description\".", 8)]
    [InlineData("extend schema {}", "Expected Name, found \"}\".", 16)]
    [InlineData("extend type T {}", "Expected Name, found \"}\".", 16)]
    [InlineData("extend union T =", "Expected Name, found <EOF>.", 17)]
    [InlineData("extend enum T {}", "Expected Name, found \"}\".", 16)]
    [InlineData("extend input T {}", "Expected Name, found \"}\".", 17)]
    [InlineData("extend scalar T @d(a: $v)", "Unexpected variable \"$v\" in constant value.", 23)]
    public void A_broken_extension_is_refused_where_it_breaks(string text, string message, int column) => ExpectSyntaxError(text, message, 1, column);

    [Theory]
    [InlineData("schema @d")]
    [InlineData("scalar T @d")]
    [InlineData("type T @d")]
    [InlineData("interface T @d")]
    [InlineData("union T @d")]
    [InlineData("enum T @d")]
    [InlineData("input T @d")]
    public void An_extension_has_no_description(string text) =>
        ExpectSyntaxError(
            "\n \"About it\" extend " + text, "Unexpected description, only GraphQL definitions support descriptions.", 2, 2);

    [Fact]
    public void A_member_of_an_extension_may_have_a_description() =>
        Assert.Equal("About it", Assert.Single(ParseOne<ObjectTypeDefinitionNode>("extend type T { \"About it\" a: A }").Fields).Description);
}
