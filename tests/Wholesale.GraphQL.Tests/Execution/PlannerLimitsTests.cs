using System.Text;
using Wholesale.GraphQL.Execution;
using static Wholesale.GraphQL.Tests.Execution.ExecutionHarness;

namespace Wholesale.GraphQL.Tests.Execution;

/// <summary>What a short document can unfold to is bounded, and nothing that a document makes long or deep goes by recursion.</summary>
public sealed class PlannerLimitsTests
{
    private readonly GraphQLExecutor executor = Executor(
        "type Query { node: Node } interface Thing { id: Int! next: Thing } type Node implements Thing { id: Int! next: Node must: Node! } type Leaf implements Thing { id: Int! next: Leaf }",
        map =>
        {
            map.Type<Leaf>("Leaf");
            map.Field("Query.node", () => new Node(1));
        });

    [Fact]
    public async Task A_chain_of_ten_thousand_fragments_is_followed()
    {
        var query = new StringBuilder("{ node { ...F0 } } ");
        for (var i = 0; i < 9_999; i++)
        {
            query.Append($"fragment F{i} on Node {{ ...F{i + 1} }} ");
        }

        await executor.Expect(query.Append("fragment F9999 on Node { id }").ToString(), """{"data":{"node":{"id":1}}}""");
    }

    [Fact]
    public async Task Fragments_that_unfold_to_more_than_the_limit_are_refused_in_no_time()
    {
        var query = new StringBuilder("{ node { ...F0 } } ");
        for (var i = 0; i < 20; i++)
        {
            query.Append($"fragment F{i} on Node {{ a: next {{ ...F{i + 1} }} b: next {{ ...F{i + 1} }} c: next {{ ...F{i + 1} }} }} ");
        }

        query.Append("fragment F20 on Node { id }");
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var response = await executor.Ask(query.ToString());

        Assert.Matches("""^\{"errors":\[\{"message":"The document unfolds to more than 20000 fields and fragments.","locations":\[\{"line":1,"column":\d+\}\],"extensions":\{"code":"TOO_LARGE"\}\}\]\}$""", response);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), watch.Elapsed.ToString());
    }

    [Fact]
    public async Task Fragments_that_do_not_apply_count_too()
    {
        var nothing = string.Concat(Enumerable.Repeat("... on Leaf { id } ", 300));
        var fields = string.Concat(Enumerable.Range(0, 100).Select(i => $"f{i}: next {{ ...Nothing }} "));

        Assert.Contains(
            "unfolds to more than 20000 fields and fragments",
            await executor.Ask($"{{ node {{ {fields} }} }} fragment Nothing on Thing {{ {nothing} }}"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_response_nests_200_levels_and_no_deeper()
    {
        await executor.Expect(Deep(199), $"{{\"data\":{{\"node\":{string.Concat(Enumerable.Repeat("{\"next\":", 199))}{{\"id\":1}}{new string('}', 199)}}}}}");
        Assert.Matches("""^\{"errors":\[\{"message":"The document unfolds to more than 200 levels.","locations":\[\{"line":1,"column":\d+\}\],"extensions":\{"code":"TOO_LARGE"\}\}\]\}$""", await executor.Ask(Deep(200)));
        Assert.Contains("more than 200 levels", await executor.Ask(Deep(5_000)), StringComparison.Ordinal);

        // Fragments nest deeper than any selection set of the text.
        static string Deep(int levels)
        {
            var query = new StringBuilder("{ node { ...F0 } } ");
            for (var i = 0; i < levels; i++)
            {
                query.Append($"fragment F{i} on Node {{ next {{ ...F{i + 1} }} }} ");
            }

            return query.Append($"fragment F{levels} on Node {{ id }}").ToString();
        }
    }

    [Fact]
    public async Task Operations_of_one_document_are_planned_one_by_one()
    {
        const string Queries = "query A { node { id } } query B { b: node { id } }";

        Assert.Equal("""{"data":{"node":{"id":1}}}""", await executor.Ask(Queries, operationName: "A"));
        Assert.Equal("""{"data":{"b":{"id":1}}}""", await executor.Ask(Queries, operationName: "B"));
        Assert.Equal("""{"errors":[{"message":"The document has no operation named \"X\".","extensions":{"code":"OPERATION_RESOLUTION_FAILURE"}}]}""", await executor.Ask(Queries, operationName: "X"));
        foreach (var none in new[] { null, "" })
        {
            Assert.Equal("""{"errors":[{"message":"The document has several operations: say which one with \"operationName\".","extensions":{"code":"OPERATION_RESOLUTION_FAILURE"}}]}""", await executor.Ask(Queries, operationName: none));
            Assert.Equal("""{"data":{"node":{"id":1}}}""", await executor.Ask("query A { node { id } }", operationName: none));
        }
    }

    private sealed record Node(int Id)
    {
        public Node Next => this;

        public Node Must => this;
    }

    private sealed record Leaf(int Id)
    {
        public Leaf? Next => null;
    }
}
