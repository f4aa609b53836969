using Wholesale.GraphQL.Execution;
using static Wholesale.GraphQL.Tests.Execution.ExecutionHarness;

namespace Wholesale.GraphQL.Tests.Execution;

/// <summary>What the limits of a client refuse: in a document that nobody sent before, and in one that another client had validated and planned.</summary>
public sealed class RequestLimitsTests
{
    private static readonly RequestLimits Limits = new()
    {
        MaxTokens = 100,
        MaxNesting = 9,
        MaxDepth = 5,
        MaxFieldCycle = 2,
        MaxAliases = 3,
        MaxFields = 12,
        MaxDirectives = 4,
        MaxDirectivesPerLocation = 2,
        MaxFragmentVisits = 8,
        MaxMergeComparisons = 50,
    };

    private readonly GraphQLExecutor executor = Executor(
        "directive @mark(n: Int) repeatable on FIELD | QUERY | VARIABLE_DEFINITION type Query { node: Node } type Node { id(a: [[[[[Int]]]]]): Int next: Node other: Node }",
        map =>
        {
            map.Field("Query.node", () => new Node(1));
            map.Field("Node.id", (Batch<Node> nodes, IReadOnlyList<IReadOnlyList<IReadOnlyList<IReadOnlyList<IReadOnlyList<int?>?>?>?>?>? a) => nodes.Map(n => n.Id));
        });

    public static TheoryData<string, string> AtTheLimit => new()
    {
        { "{ node { next { other { next { id } } } } }", "depth" },
        { "{ node { next { other { next { __typename } } } } }", "cycle" },
        { "{ a: node { id } b: node { id } c: node { id } }", "aliases" },
        { "{ node { " + string.Concat(Enumerable.Repeat("id ", 11)) + "} }", "fields" },
        { "{ node @mark @mark { id @mark @mark } }", "directives" },
        { "query($a: Int @mark @mark) { node { id(a: [[[[[$a]]]]]) } }", "directives on variables and nesting" },
        { "{ node { ...A ...B ...C } } fragment A on Node { id } fragment B on Node { id } fragment C on Node { id }", "fragments" },
        { "{ __schema { types { fields { type { ofType { ofType { ofType { ofType { name } } } } } } } } }", "introspection" },
    };

    public static TheoryData<string, string> BeyondTheLimit => new()
    {
        { "{ node { next { other { next { other { id } } } } } }", "The operation nests more than 5 fields." },
        { "{ node { ...A } } fragment A on Node { next { ...B } } fragment B on Node { other { next { other { id } } } }", "The operation nests more than 5 fields." },
        { "{ node { next { next { next { id } } } } }", "Node.next stands within itself more than 2 times." },
        { "{ a: node { id } b: node { id } c: node { id } d: node { id } }", "The document has more than 3 aliases." },
        { "{ node { " + string.Concat(Enumerable.Repeat("id ", 12)) + "} }", "The document has more than 12 fields." },
        { "query @mark { node @mark @mark { id @mark @mark } }", "The document has more than 4 directives." },
        { "{ node { id @mark @mark @mark } }", "The document has more than 2 directives at one place." },
        { "query($a: Int @mark @mark @mark) { node { id(a: [[[[[$a]]]]]) } }", "The document has more than 2 directives at one place." },
        { "{ node { id(a: [[[[[[[[1]]]]]]]]) } }", "Syntax Error: Document nests deeper than 9 levels. Parsing aborted." },
        { "{ node { " + string.Concat(Enumerable.Repeat("id(a: 1) ", 20)) + "} }", "Syntax Error: Document contains more than 100 tokens. Parsing aborted." },
    };

    [Theory]
    [MemberData(nameof(AtTheLimit))]
    public async Task A_document_at_its_limit_is_answered(string query, string what)
    {
        var response = await Ask(query, Limits);

        Assert.True(response.StartsWith("{\"data\":{\"", StringComparison.Ordinal), $"{what}: {response}");
    }

    [Theory]
    [MemberData(nameof(BeyondTheLimit))]
    public async Task A_document_beyond_its_limit_is_refused_with_the_limit_in_the_message(string query, string message)
    {
        Assert.StartsWith($$"""{"errors":[{"message":"{{message}}",""", await Ask(query, Limits), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ node { next { other { next { other { id } } } } } }", "The operation nests more than 5 fields.")]
    [InlineData("{ node { next { next { next { id } } } } }", "Node.next stands within itself more than 2 times.")]
    [InlineData("{ a: node { id } b: node { id } c: node { id } d: node { id } }", "The document has more than 3 aliases.")]
    [InlineData("query @mark { node @mark @mark { id @mark @mark } }", "The document has more than 4 directives.")]
    [InlineData("{ node { next { other { next { id(a: [[[[[1]]]]]) } } } } }", "The document nests deeper than 9 levels.")]
    [InlineData("{ node { ...A ...B ...C } } fragment A on Node { ...D } fragment B on Node { ...E } fragment C on Node { id } fragment D on Node { id } fragment E on Node { id }", "The document has more than 8 fragments to visit.")]
    public async Task A_document_that_another_client_may_send_is_refused_all_the_same(string query, string message)
    {
        var allowed = await Ask(query, RequestLimits.Unlimited);
        var refused = await Ask(query, Limits);

        Assert.StartsWith("{\"data\":{\"", allowed, StringComparison.Ordinal);
        Assert.StartsWith($$"""{"errors":[{"message":"{{message}}",""", refused, StringComparison.Ordinal);
        Assert.Equal(allowed, await Ask(query, RequestLimits.Unlimited));
    }

    [Fact]
    public async Task A_depth_limit_names_the_place()
    {
        Assert.Equal(
            """{"errors":[{"message":"The operation nests more than 5 fields.","locations":[{"line":1,"column":40}],"extensions":{"code":"TOO_LARGE"}}]}""",
            await Ask("{ node { next { other { next { other { id } } } } } }", Limits));
    }

    private Task<string> Ask(string query, RequestLimits limits)
    {
        var client = new Client { Caller = limits, Limits = limits };
        return executor.Ask(query, context: new RequestContext(Context().Services, client, TimeProvider.System, default));
    }

    private sealed record Node(int Id)
    {
        public Node Next => this;

        public Node Other => this;
    }
}
