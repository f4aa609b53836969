namespace Wholesale.GraphQL.Tests.Types;

/// <summary>Section 3.4.3 "Type Extensions": what can be extended.</summary>
public sealed class TypeExtensionsTests
{
    [Theory]
    [InlineData("extend scalar A @deprecated", "a.graphql:1:15")]
    [InlineData("extend type A { a: Int }", "a.graphql:1:13")]
    [InlineData("extend interface A { a: Int }", "a.graphql:1:18")]
    [InlineData("extend union A = Query", "a.graphql:1:14")]
    [InlineData("extend enum A { X }", "a.graphql:1:13")]
    [InlineData("extend input A { a: Int }", "a.graphql:1:14")]
    public void An_extension_of_a_type_that_is_not_defined_is_reported(string sdl, string place)
    {
        SchemaRule.ExpectProblems(sdl, $"{place} A: Only a type that is defined can be extended.");
    }

    [Theory]
    [InlineData("scalar A", "extend type A { a: Int }", "a scalar", "an object type")]
    [InlineData("type A { a: Int }", "extend interface A { b: Int }", "an object type", "an interface")]
    [InlineData("interface A { a: Int }", "extend union A = Query", "an interface", "a union")]
    [InlineData("union A = Query", "extend enum A { X }", "a union", "an enum")]
    [InlineData("enum A { X }", "extend input A { a: Int }", "an enum", "an input object")]
    [InlineData("input A { a: Int }", "extend scalar A @deprecated", "an input object", "a scalar")]
    public void An_extension_of_another_kind_is_reported(string definition, string extension, string kind, string extensionKind)
    {
        SchemaRule.ExpectProblems(
            $"{extension}\n{definition}",
            $"a.graphql:1:{extension.IndexOf('A', StringComparison.Ordinal) + 1} A: It is {kind} and cannot be extended as {extensionKind}.");
    }

    [Theory]
    [InlineData("extend scalar Int @deprecated", "a.graphql:1:15 Int")]
    [InlineData("extend type __Type { a: Int }", "a.graphql:1:13 __Type")]
    public void A_type_of_the_specification_cannot_be_extended(string sdl, string place)
    {
        SchemaRule.ExpectProblems(sdl, $"{place}: A type of the specification cannot be extended.");
    }
}
