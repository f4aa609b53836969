using Wholesale.GraphQL.Execution;
using static Wholesale.GraphQL.Tests.Execution.ExecutionHarness;

namespace Wholesale.GraphQL.Tests.Execution;

/// <summary>Section 6.4 "Executing Fields", once a layer.</summary>
public sealed class BreadthFirstTests
{
    private const string Sdl = """
        type Query { nodes(count: Int!): [Node!]! none: Node grid: [[Node]] size: Size maybeSizes: [Size] }
        type Node { id: Int! twins: [Node!]! next: Node label: String }
        type Size { width: Int! label: String }
        """;

    private readonly List<string> calls = [];
    private readonly GraphQLExecutor executor;

    public BreadthFirstTests() => executor = Executor(Sdl, map =>
    {
        map.Field("Query.nodes", (int count) => Called("nodes", Enumerable.Range(1, count).Select(i => new Node(i)).ToList()));
        map.Field("Query.none", Node? () => null);
        map.Field("Query.grid", () => (IReadOnlyList<IReadOnlyList<Node?>?>)[[new Node(1), null], [], null, [new Node(2)], []]);
        map.Field("Query.size", () => new Size(3));
        map.Field("Query.maybeSizes", () => (IReadOnlyList<Size?>)[new Size(1), null, new Size(2)]);
        map.Field("Node.twins", (Batch<Node> nodes) => Called($"twins ×{nodes.Count}", nodes.Map(n => (IReadOnlyList<Node>)[new Node(n.Id * 10), new Node((n.Id * 10) + 1)])));
        map.Field("Node.next", (Batch<Node> nodes) => Called($"next ×{nodes.Count}", nodes.Map(n => n.Id % 2 == 0 ? null : new Node(n.Id + 1))));
        map.Field("Node.label", async ValueTask<IReadOnlyList<string?>> (Batch<Node> nodes) =>
        {
            var labels = nodes.Map(n => "#" + n.Id);
            await Task.Yield();
            return Called($"label ×{nodes.Count}", labels);
        });
        map.Field("Size.label", (Batch<Size> sizes) => Called($"size label ×{sizes.Count}", sizes.Map(s => $"{s.Width} cm")));
    });

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1_000)]
    public async Task A_resolver_is_called_once_a_layer_whatever_the_number_of_objects(int count)
    {
        var response = await executor.Ask($"{{ nodes(count: {count}) {{ label twins {{ label twins {{ label }} }} }} }}");

        Assert.Equal(
            ["nodes", $"label ×{count}", $"twins ×{count}", $"label ×{2 * count}", $"twins ×{2 * count}", $"label ×{4 * count}"],
            calls);
        Assert.Equal(7 * count, response.Split("\"label\"").Length - 1);
        Assert.StartsWith(
            """{"data":{"nodes":[{"label":"#1","twins":[{"label":"#10","twins":[{"label":"#100"},{"label":"#101"}]},{"label":"#11","twins":[""",
            response,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_whole_layer_is_resolved_before_the_next_one_begins()
    {
        await executor.Ask("{ a: nodes(count: 1) { x: label next { label } } b: nodes(count: 2) { y: label } }");

        Assert.Equal(["nodes", "nodes", "label ×1", "next ×1", "label ×2", "label ×1"], calls);
    }

    [Fact]
    public async Task Fields_without_parents_are_not_called()
    {
        await executor.Expect("{ nodes(count: 0) { label twins { label } } none { label next { label } } }", """{"data":{"nodes":[],"none":null}}""");

        Assert.Equal(["nodes"], calls);
    }

    [Fact]
    public async Task Nulls_are_no_parents()
    {
        await executor.Expect(
            "{ nodes(count: 3) { next { label } } }",
            """{"data":{"nodes":[{"next":{"label":"#2"}},{"next":null},{"next":{"label":"#4"}}]}}""");

        Assert.Equal(["nodes", "next ×3", "label ×2"], calls);
    }

    [Fact]
    public async Task Lists_of_lists_make_one_layer()
    {
        await executor.Expect(
            "{ grid { id label } }",
            """{"data":{"grid":[[{"id":1,"label":"#1"},null],[],null,[{"id":2,"label":"#2"}],[]]}}""");

        Assert.Equal(["label ×2"], calls);
    }

    [Fact]
    public async Task Structs_and_nullable_structs_are_parents()
    {
        await executor.Expect(
            "{ size { width label } maybeSizes { label width } }",
            """{"data":{"size":{"width":3,"label":"3 cm"},"maybeSizes":[{"label":"1 cm","width":1},null,{"label":"2 cm","width":2}]}}""");

        Assert.Equal(["size label ×1", "size label ×2"], calls);
    }

    [Fact]
    public async Task The_same_field_under_two_names_is_two_fields()
    {
        await executor.Expect(
            "{ a: nodes(count: 1) { one: label two: label } b: nodes(count: 1) { id } }",
            """{"data":{"a":[{"one":"#1","two":"#1"}],"b":[{"id":1}]}}""");

        Assert.Equal(["nodes", "nodes", "label ×1", "label ×1"], calls);
    }

    private T Called<T>(string call, T result)
    {
        calls.Add(call);
        return result;
    }

    private sealed record Node(int Id);

    private readonly record struct Size(int Width);
}
