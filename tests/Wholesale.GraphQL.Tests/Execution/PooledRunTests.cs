using System.Text.Json;
using Wholesale.GraphQL.Execution;
using static Wholesale.GraphQL.Tests.Execution.ExecutionHarness;

namespace Wholesale.GraphQL.Tests.Execution;

/// <summary>A plan's runs are used again: a request must see nothing of the one before, nor keep its data alive.</summary>
public sealed class PooledRunTests
{
    private const string Query = "query($count: Int!, $fail: Boolean!) { things(count: $count, fail: $fail) { __typename id size { width } parts { id } ... on Book { title } } }";

    private readonly GraphQLExecutor executor = Executor(
        """
        type Query { things(count: Int!, fail: Boolean!): [Thing] }
        interface Thing { id: Int! size: Size parts: [Thing] }
        type Book implements Thing { id: Int! title: String! size: Size parts: [Thing] }
        type Toy implements Thing { id: Int! size: Size parts: [Thing] }
        type Size { width: Int! }
        """,
        map =>
        {
            map.Type<Book>("Book");
            map.Type<Toy>("Toy");
            map.Field("Query.things", (int count, bool fail) =>
                (IReadOnlyList<IThing?>)[.. Enumerable.Range(1, count).Select(i => (i % 3) switch { 0 => null, 1 => (IThing)new Book(i, fail), _ => new Toy(i, fail) })]);
            map.Field("Book.title", (Batch<Book> books) =>
            {
                if (books[0].Fail)
                {
                    books.Fail(0, "Untitled.", "UNTITLED");
                }

                return books.Map(b => $"Title {b.Id}");
            });
            map.Field("Toy.parts", (Batch<Toy> toys) => toys[0].Fail ? throw new GraphQLException("No parts.", "NO_PARTS") : toys.Map(t => (IReadOnlyList<IThing?>?)(t.Id > 4 ? null : [new Toy(t.Id, false), null])));
        });

    [Fact]
    public async Task A_second_request_shows_nothing_of_the_first()
    {
        var succeeded = """{"data":{"things":[{"__typename":"Book","id":1,"size":null,"parts":null,"title":"Title 1"},{"__typename":"Toy","id":2,"size":{"width":2},"parts":[{"id":2},null]}]}}""";
        var failed =
            """{"errors":[{"message":"Untitled.","locations":[{"line":1,"column":133}],"path":["things",0,"title"],"extensions":{"code":"UNTITLED"}},"""
            + """{"message":"No parts.","locations":[{"line":1,"column":106}],"path":["things",1,"parts"],"extensions":{"code":"NO_PARTS"}}]"""
            + ""","data":{"things":[null,{"__typename":"Toy","id":2,"size":{"width":2},"parts":null}]}}""";

        foreach (var (count, fail, response) in new[] { (2, true, failed), (2, false, succeeded), (0, true, """{"data":{"things":[]}}"""), (2, false, succeeded), (2, true, failed) })
        {
            Assert.Equal(response, await executor.Ask(Query, $$"""{"count":{{count}},"fail":{{(fail ? "true" : "false")}}}"""));
        }
    }

    [Fact]
    public async Task A_smaller_request_and_a_larger_one_have_their_own_sizes()
    {
        foreach (var count in new[] { 1, 300, 2, 1_000, 3 })
        {
            using var response = JsonDocument.Parse(await executor.Ask(Query, $$"""{"count":{{count}},"fail":false}"""));
            var things = response.RootElement.GetProperty("data").GetProperty("things");

            Assert.Equal(count, things.GetArrayLength());
            Assert.Equal(count / 3, things.EnumerateArray().Count(t => t.ValueKind == JsonValueKind.Null));
            Assert.Equal((count + 2) / 3, things.EnumerateArray().Count(t => t.ValueKind == JsonValueKind.Object && t.TryGetProperty("title", out var title) && title.GetString() == $"Title {t.GetProperty("id")}"));
        }
    }

    [Fact]
    public async Task A_run_that_waits_in_the_pool_keeps_no_data_alive()
    {
        var things = new List<WeakReference>();
        var held = Executor("type Query { thing: Toy } type Toy { id: Int! size: Size } type Size { width: Int }", map => map.Field("Query.thing", () =>
        {
            var thing = new Toy(1, false);
            things.Add(new WeakReference(thing));
            return thing;
        }));

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("""{"data":{"thing":{"id":1,"size":{"width":1}}}}""", await held.Ask("{ thing { id size { width } } }"));
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.Equal(3, things.Count);
        Assert.DoesNotContain(things, t => t.IsAlive);
        GC.KeepAlive(held);
    }

    private interface IThing
    {
        int Id { get; }
    }

    private sealed record Book(int Id, bool Fail) : IThing
    {
        public Size? Size => null;

        public IReadOnlyList<IThing?>? Parts => null;
    }

    private sealed record Toy(int Id, bool Fail) : IThing
    {
        public Size? Size => new Size(Id);
    }

    private readonly record struct Size(int Width);
}
