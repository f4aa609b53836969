using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Tests.Types;

/// <summary>Section 3.13.3 "@deprecated".</summary>
public sealed class DeprecationTests
{
    [Fact]
    public void Reasons_are_read_from_the_directive_or_its_default()
    {
        var schema = SchemaRule.ExpectValid(
            """
            type A { old(x: Int @deprecated(reason: "Use y."), y: Int): Int @deprecated new: Int }
            enum E { OLD @deprecated(reason: "Use NEW.") NEW }
            input I { old: Int! = 1 @deprecated new: Int }
            directive @d(old: Int @deprecated) on FIELD
            """);
        var field = ((ObjectType)schema.Type("A")!).Field("old")!;

        Assert.Equal("No longer supported", field.DeprecationReason);
        Assert.Equal("Use y.", field.Argument("x")!.DeprecationReason);
        Assert.Null(field.Argument("y")!.DeprecationReason);
        Assert.Equal("Use NEW.", ((EnumType)schema.Type("E")!).Value("OLD")!.DeprecationReason);
        Assert.Equal("No longer supported", ((InputObjectType)schema.Type("I")!).Field("old")!.DeprecationReason);
        Assert.Equal("No longer supported", schema.Directive("d")!.Argument("old")!.DeprecationReason);
    }

    [Theory]
    [InlineData("type A { f(x: Int! @deprecated): Int }", "a.graphql:1:12 A.f(x:)")]
    [InlineData("interface A { f(x: Int! @deprecated): Int }", "a.graphql:1:17 A.f(x:)")]
    [InlineData("input A { x: Int! @deprecated y: Int! = 1 @deprecated }", "a.graphql:1:11 A.x")]
    [InlineData("directive @a(x: Int! @deprecated) on FIELD", "a.graphql:1:14 @a(x:)")]
    public void A_required_input_cannot_be_deprecated(string sdl, string place)
    {
        SchemaRule.ExpectProblems(sdl, $"{place}: It is required, so it cannot be deprecated.");
    }
}
