namespace Wholesale.GraphQL.Tests.Types;

/// <summary>Types that need at least one member, and what may be a member of a union.</summary>
public sealed class TypeMembersTests
{
    [Theory]
    [InlineData("type A", "a.graphql:1:6 A: An object type needs at least one field.")]
    [InlineData("interface A", "a.graphql:1:11 A: An interface needs at least one field.")]
    [InlineData("union A", "a.graphql:1:7 A: A union needs at least one member.")]
    [InlineData("enum A", "a.graphql:1:6 A: An enum needs at least one value.")]
    [InlineData("input A", "a.graphql:1:7 A: An input object needs at least one field.")]
    public void A_type_without_members_is_reported(string sdl, string problem)
    {
        SchemaRule.ExpectProblems(sdl, problem);
    }

    [Theory]
    [InlineData("type A extend type A { a: Int }")]
    [InlineData("extend interface A { a: Int } interface A")]
    [InlineData("union A extend union A = Query")]
    [InlineData("enum A extend enum A { X }")]
    [InlineData("extend input A { a: Int } input A")]
    public void Members_may_all_come_from_an_extension(string sdl)
    {
        Assert.NotNull(SchemaRule.ExpectValid(sdl).Type("A"));
    }

    [Theory]
    [InlineData("scalar B")]
    [InlineData("interface B { b: Int }")]
    [InlineData("union B = Query")]
    [InlineData("enum B { X }")]
    [InlineData("input B { b: Int }")]
    public void Only_an_object_type_can_be_a_member_of_a_union(string b)
    {
        SchemaRule.ExpectProblems(
            "union A = Query | B " + b,
            "a.graphql:1:19 A: Only an object type can be a member of a union, and B is none.");
    }
}
