using System.Text.Json;
using Wholesale.GraphQL.Execution;
using static Wholesale.GraphQL.Tests.Execution.ExecutionHarness;

namespace Wholesale.GraphQL.Tests.Execution;

/// <summary>What a resolver is told of the fields that are selected below it.</summary>
public sealed class SelectedFieldsTests
{
    private const string Sdl = """
        type Query { box: Box! page: Page! boxes: [Box!]! any: Any! one(box: Int): Int }
        type Mutation { fill: Box! }
        type Subscription { filled: Box! }
        type Box { a: Int b: Int c: Int inner: Box! }
        type Page { edges: [Edge!]! count: Int }
        type Edge { node: Box! cursor: Int }
        interface Shape { a: Int b: Int }
        type Round implements Shape { a: Int b: Int }
        type Square implements Shape { a: Int b: Int }
        union Any = Round | Square
        """;

    private static readonly HashSet<string> AOrB = ["a", "b"];

    private readonly List<bool> told = [];
    private readonly GraphQLExecutor executor;

    public SelectedFieldsTests() => executor = Executor(Sdl, map =>
    {
        map.Type<Square>("Square");
        map.Type<Round>("Round");
        map.Field("Query.box", (SelectedFields selected) => Told(selected.AreWithin(AOrB), new Box()));
        map.Field("Query.boxes", (SelectedFields selected) => Told<IReadOnlyList<Box>>(selected.AreWithin(AOrB), [new Box(), new Box()]));
        map.Field("Query.page", (SelectedFields selected) => Told(selected.AreWithin(AOrB, "edges", "node"), new Page()));
        map.Field("Query.any", (SelectedFields selected) => Told<object>(selected.AreWithin(AOrB), new Round()));
        map.Field("Query.one", (SelectedFields selected, int? box) => Told(selected.AreWithin(AOrB), box));
        map.Field("Mutation.fill", (SelectedFields selected) => Told(selected.AreWithin(AOrB), new Box()));
        map.Field("Subscription.filled", (SelectedFields selected) => Told(selected.AreWithin(AOrB), new[] { new Box() }.ToAsyncEnumerable()));
        map.Field("Box.inner", (Batch<Box> boxes, SelectedFields selected) => Told(selected.AreWithin(AOrB), boxes.Map(_ => new Box())));
    });

    [Theory]
    [InlineData("{ box { a } }", true)]
    [InlineData("{ box { a b __typename } }", true)]
    [InlineData("{ box { __typename } }", true)]
    [InlineData("{ box { c } }", false)]
    [InlineData("{ box { a c } }", false)]
    [InlineData("{ box { a: c } }", false)] // by names of fields, not of responses
    [InlineData("{ box { c: a d: b } }", true)]
    [InlineData("{ box { a } box { c } }", false)] // merged
    [InlineData("{ box { ...F } } fragment F on Box { a ... { ...G } } fragment G on Box { b }", true)]
    [InlineData("{ box { ...F } } fragment F on Box { a ... { ...G } } fragment G on Box { c }", false)]
    [InlineData("{ box { a ... on Box { c } } }", false)]
    [InlineData("{ box { a c @skip(if: true) } }", true)]
    [InlineData("{ box { a c @include(if: true) } }", false)]
    [InlineData("{ boxes { a b } }", true)]
    [InlineData("{ boxes { a b c } }", false)]
    [InlineData("{ one(box: 1) }", true)] // a leaf: nothing is selected of it
    [InlineData("mutation { fill { a } }", true)]
    [InlineData("mutation { fill { c } }", false)]
    public async Task Fields_that_are_asked_for_are_told(string query, bool areWithin)
    {
        Assert.DoesNotContain("errors", await executor.Ask(query), StringComparison.Ordinal);

        Assert.Equal([areWithin], told);
    }

    [Theory]
    [InlineData("{ page { count } }", true)] // nothing is asked for there
    [InlineData("{ page { edges { cursor } } }", true)]
    [InlineData("{ page { count edges { cursor node { a b } } } }", true)]
    [InlineData("{ page { edges { node { a } node { c } } } }", false)]
    [InlineData("{ page { edges { node { a } } e: edges { n: node { c } } } }", false)] // wherever the path leads
    [InlineData("{ page { edges { node { a } } e: edges { n: node { b } } } }", true)]
    public async Task A_path_leads_to_what_is_meant(string query, bool areWithin)
    {
        Assert.DoesNotContain("errors", await executor.Ask(query), StringComparison.Ordinal);

        Assert.Equal([areWithin], told);
    }

    [Fact]
    public async Task Each_field_is_told_of_what_is_below_itself()
    {
        await executor.Ask("{ box { a inner { b } } }");
        Assert.Equal([false, true], told);
        told.Clear();
        await executor.Ask("{ x: box { c } y: box { a } }");
        Assert.Equal([false, true], told);
    }

    [Fact]
    public async Task A_subscription_is_told_when_it_begins()
    {
        using var json = JsonDocument.Parse("{}");
        var context = Context();
        var bound = executor.Bind(executor.Prepare("subscription { filled { a inner { c } } }"u8.ToArray(), null, context.Client), json.RootElement);
        await using var stream = await executor.Subscribe(bound, context);
        Assert.Equal([false], told);

        Assert.True(await stream.MoveNext());
        using var writer = new Utf8Writer(16);
        await stream.Execute(Context(), writer);

        Assert.Equal([false, false], told);
    }

    [Fact]
    public async Task Variables_count_as_they_are_in_each_request()
    {
        const string Query = "query($c: Boolean!) { box { a c @include(if: $c) } page { edges @include(if: $c) { node { c } } } }";
        foreach (var isWanted in new[] { true, false, true, false })
        {
            told.Clear();
            await executor.Ask(Query, $$"""{"c":{{(isWanted ? "true" : "false")}}}""");
            Assert.Equal([!isWanted, !isWanted], told);
        }
    }

    [Theory]
    [InlineData("{ any { ... on Round { a } ... on Square { b } } }", true)]
    [InlineData("{ any { ... on Round { a } ... on Shape { b } } }", true)]
    [InlineData("{ any { __typename } }", true)]
    [InlineData("{ any { ... on Round { a } ... on Square { b s: d } } }", false)] // whatever it turns out to be
    public async Task Of_an_abstract_type_all_object_types_count(string query, bool areWithin)
    {
        var wide = Executor(Sdl.Replace("type Square implements Shape { a: Int b: Int }", "type Square implements Shape { a: Int b: Int d: Int }", StringComparison.Ordinal), map =>
        {
            map.Type<Square>("Square");
            map.Type<Round>("Round");
            map.Field("Query.box", () => new Box());
            map.Field("Query.boxes", () => (IReadOnlyList<Box>)[]);
            map.Field("Query.page", () => new Page());
            map.Field("Query.any", (SelectedFields selected) => Told<object>(selected.AreWithin(AOrB), new Round()));
            map.Field("Query.one", (int? box) => box);
            map.Field("Mutation.fill", () => new Box());
            map.Field("Subscription.filled", () => new[] { new Box() }.ToAsyncEnumerable());
            map.Field("Box.inner", (Batch<Box> boxes) => boxes.Map(box => box));
            map.Field("Square.d", (Batch<Square> squares) => squares.Map(_ => (int?)1));
        });

        Assert.DoesNotContain("errors", await wide.Ask(query), StringComparison.Ordinal);

        Assert.Equal([areWithin], told);
    }

    [Fact]
    public void Outside_a_request_everything_or_nothing_is_selected()
    {
        Assert.False(SelectedFields.All.AreWithin(AOrB));
        Assert.True(SelectedFields.None.AreWithin(AOrB));
    }

    private T Told<T>(bool areWithin, T value)
    {
        told.Add(areWithin);
        return value;
    }

    internal sealed record Box(int? A = 1, int? B = 2, int? C = 3);

    internal sealed record Page
    {
        public IReadOnlyList<Edge> Edges { get; } = [new Edge(new Box(), 1)];

        public int? Count => 1;
    }

    internal sealed record Edge(Box Node, int? Cursor);

    internal sealed record Round(int? A = 1, int? B = 2);

    internal sealed record Square(int? A = 1, int? B = 2);
}
