using System.Text;
using System.Text.Json;
using Wholesale.GraphQL.Execution;

namespace Wholesale.GraphQL.Tests.Execution.Cost;

/// <summary>A small schema with every kind of cost, and short ways to price operations on it. Meant for <c>using static</c>.</summary>
internal static class CostHarness
{
    public const string Directives = """
        directive @cost(weight: String!) on OBJECT | SCALAR | ENUM | FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION
        directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION

        """;

    public const string Sdl = Directives + """
        interface Thing { id: ID! }
        union Anything = Box | Ball
        scalar Heavy @cost(weight: "2")
        type Query {
          box: Box
          none: Box @cost(weight: "1.5")
          boxes(first: Int = 3, last: Int): [Box] @listSize(assumedSize: 7, slicingArguments: ["first", "last"], requireOneSlicingArgument: false)
          strict(first: Int, last: Int): [Box!] @listSize(slicingArguments: ["first", "last"])
          page(first: Int! = 2): Page! @listSize(slicingArguments: ["first"], sizedFields: ["edges"])
          find(filter: Filter): [Box!] @listSize(assumedSize: 5, slicingArguments: ["filter.max"], requireOneSlicingArgument: false)
          byIds(ids: [ID!]! @cost(weight: "0.5")): [Thing]! @listSize(slicingArguments: ["ids"])
          any: Anything
          things: [Thing] @listSize(assumedSize: 4)
          grid: [[Box]] @listSize(assumedSize: 3)
          approximate(approx: Boolean @cost(weight: "-3")): Box @cost(weight: "2")
          words: [String!]
          heavy: [Heavy!] @listSize(assumedSize: 6)
          broken: [Box!] @listSize(assumedSize: 1)
          fails: Box @cost(weight: "4")
        }
        type Mutation { write(input: WriteInput!): Written! @listSize(slicingArguments: ["input.rows"], sizedFields: ["boxes"]) }
        type Written { boxes: [Box!]! notes: [Note!]! }
        type Note @cost(weight: "0") { text: String! }
        type Page { edges: [Edge!]! count: Int @cost(weight: "10") }
        type Edge @cost(weight: "0") { node: Box! }
        type Box implements Thing {
          id: ID!
          detail: String @cost(weight: "0.25")
          inner: Box
          balls: [Ball!]! @listSize(assumedSize: 10)
          many(first: Int!): [Box!] @listSize(slicingArguments: ["first"])
        }
        type Ball implements Thing @cost(weight: "5") { id: ID! }
        input Filter { max: Int tags: [Tag!] = [{}] deep: Filter words: [String!] @cost(weight: "0.1") }
        input Tag { name: String }
        input WriteInput { rows: [Row!]! note: String }
        input Row { name: String tags: [Tag!] @cost(weight: "0") }
        """;

    public static GraphQLExecutor Executor(ExecutionOptions? options = null) =>
        ExecutionHarness.Executor(Sdl, Fill, new ExecutorOptions { Execution = options ?? new() });

    /// <summary>What an operation costs at most, or why it is refused.</summary>
    public static string CostOf(this GraphQLExecutor executor, string query, string variables = "{}", RequestLimits? limits = null)
    {
        var bound = executor.Bind(query, variables, limits);
        return bound.Errors.Count > 0 ? $"{bound.Errors[0].Code}: {bound.Errors[0].Message}" : $"{bound.Cost}";
    }

    /// <summary>Prepares and binds a query that is valid.</summary>
    public static BoundOperation Bind(this GraphQLExecutor executor, string query, string variables = "{}", RequestLimits? limits = null)
    {
        var prepared = executor.Prepare(Encoding.UTF8.GetBytes(query), null, new Client { Limits = limits ?? RequestLimits.Unlimited });
        Assert.Empty(prepared.Errors.Select(e => e.Message));
        using var json = JsonDocument.Parse(variables);
        return executor.Bind(prepared, json.RootElement);
    }

    /// <summary>What an operation costs at most and what it did cost.</summary>
    public static async Task<(long Charged, long Actual)> Run(this GraphQLExecutor executor, string query, string variables = "{}")
    {
        var bound = executor.Bind(query, variables);
        using var context = ExecutionHarness.Context();
        using var writer = new Utf8Writer();
        await executor.Execute(bound, context, writer);
        return (bound.Cost!.Value, context.ActualCost);
    }

    private static void Fill(ResolverMap map)
    {
        map.Scalar<string, HeavyScalar>("Heavy");
        map.Field("Query.box", () => new Box());
        map.Field("Query.none", () => (Box?)null);
        map.Field("Query.boxes", (int? first, int? last) => (IReadOnlyList<Box?>)[new Box(), null]);
        map.Field("Query.strict", (int? first, int? last) => Boxes(1));
        map.Field("Query.page", (int first) => new Page(first, [.. Boxes(first - 1).Select(b => new Edge(b))]));
        map.Field("Query.find", (Filter? filter) => Boxes(filter?.Max ?? 0));
        map.Field("Query.byIds", (IReadOnlyList<string> ids) => (IReadOnlyList<object?>)[.. ids.Select(id => id == "ball" ? new Ball() : (object?)null)]);
        map.Field("Query.any", () => (object?)new Box());
        map.Field("Query.things", () => (IReadOnlyList<object?>)[new Box(), new Ball()]);
        map.Field("Query.grid", () => (IReadOnlyList<IReadOnlyList<Box?>?>)[Boxes(2), null, Boxes(1)]);
        map.Field("Query.approximate", (bool? approx) => new Box());
        map.Field("Query.words", () => (IReadOnlyList<string>)["a", "b"]);
        map.Field("Query.heavy", () => (IReadOnlyList<string>)["a", "b"]);
        map.Field("Query.broken", () => Boxes(3));
        map.Field("Query.fails", Box? () => throw new InvalidOperationException("no"));
        map.Field("Mutation.write", (WriteInput input) => new Written(Boxes(input.Rows.Count), [new Note("a"), new Note("b")]));
        map.Field("Box.many", (Batch<Box> boxes, int first) => boxes.Map(_ => Boxes(Math.Min(first, 3))));
    }

    private static IReadOnlyList<Box> Boxes(int count) => [.. Enumerable.Range(0, count).Select(_ => new Box())];

    internal sealed record Box
    {
        public string Id => "1";

        public string? Detail => "detail";

        public Box? Inner => this;

        public IReadOnlyList<Ball> Balls => [new Ball(), new Ball()];
    }

    internal sealed record Ball
    {
        public string Id => "2";
    }

    internal sealed record Edge(Box Node);

    internal sealed record Page(int? Count, IReadOnlyList<Edge> Edges);

    internal sealed record Note(string Text);

    internal sealed record Written(IReadOnlyList<Box> Boxes, IReadOnlyList<Note> Notes);

    internal sealed record Filter(int? Max, IReadOnlyList<Tag>? Tags, Filter? Deep, IReadOnlyList<string>? Words);

    internal sealed record Tag(string? Name);

    internal sealed record WriteInput(IReadOnlyList<Row> Rows, string? Note);

    internal sealed record Row(string? Name, IReadOnlyList<Tag>? Tags);

    internal readonly struct HeavyScalar : IScalar<string>
    {
        public static string? Parse(in ScalarInput input, out string value)
        {
            value = input.Text;
            return null;
        }

        public static void Write(string value, Utf8Writer writer) => writer.String(value);
    }

    /// <summary>A clock that stands still until it is told to move.</summary>
    internal sealed class TestTime : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref ticks);

        public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);
    }
}
