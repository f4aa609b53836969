using System.Diagnostics;
using System.Text;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Tests.Types;

/// <summary>Schemas larger than any that people write: nothing recurses along them, and nothing is quadratic in them.</summary>
public sealed class LargeSchemaTests
{
    private const int Count = 10_000;

    [Fact]
    public void Ten_thousand_types_build_and_print_in_seconds()
    {
        var sdl = Join(i => $"type T{i} implements N {{ id: ID! next(input: I{i} = {{ a: 1 }}): [T{(i + 1) % Count}!] @deprecated }} input I{i} {{ a: Int! b: E }}")
            + "interface N { id: ID! } enum E { X }";
        var watch = Stopwatch.StartNew();

        var schema = SchemaRule.ExpectValid(sdl);
        var text = SchemaPrinter.Print(schema);

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"It took {watch.Elapsed}.");
        Assert.Equal(Count, schema.PossibleTypes((InterfaceType)schema.Type("N")!).Count);
        Assert.EndsWith("type Query {\n  ok: Boolean\n}\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chain_of_required_input_objects_is_accepted()
    {
        SchemaRule.ExpectValid(Join(i => $"input I{i} {{ next: I{i + 1}! }} ") + $"input I{Count} {{ end: Int }}");
    }

    [Fact]
    public void A_cycle_of_required_input_objects_is_reported()
    {
        var exception = Assert.Throws<SchemaException>(
            () => SchemaRule.ExpectValid(Join(i => $"input I{i} {{ next: I{(i + 1) % Count}! }} ")));

        Assert.StartsWith("a.graphql:1:7 I0: It has no finite value", Assert.Single(exception.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_chain_of_default_values_is_accepted_and_a_cycle_reported()
    {
        SchemaRule.ExpectValid(Join(i => $"input I{i} {{ next: I{i + 1} = {{}} }} ") + $"input I{Count} {{ end: Int }}");
        var exception = Assert.Throws<SchemaException>(
            () => SchemaRule.ExpectValid(Join(i => $"input I{i} {{ next: I{(i + 1) % Count} = {{}} }} ")));

        Assert.StartsWith("a.graphql:1:12 I0.next: Its default value is not finite", Assert.Single(exception.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_directive_may_reach_a_long_chain_of_input_objects()
    {
        var exception = Assert.Throws<SchemaException>(() => SchemaRule.ExpectValid(
            "directive @a(x: I0) on INPUT_OBJECT " + Join(i => $"input I{i} {{ next: I{i + 1} }} ") + $"input I{Count} @a {{ end: Int }}"));

        Assert.StartsWith("a.graphql:1:12 @a: A directive's definition cannot refer to the directive", exception.Problems[0], StringComparison.Ordinal);
    }

    private static string Join(Func<int, string> definition)
    {
        var text = new StringBuilder();
        for (var i = 0; i < Count; i++)
        {
            text.Append(definition(i)).Append('\n');
        }

        return text.ToString();
    }
}
