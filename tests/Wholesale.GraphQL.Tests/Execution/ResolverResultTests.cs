using System.Collections;
using Wholesale.GraphQL.Execution;

namespace Wholesale.GraphQL.Tests.Execution;

/// <summary>What resolvers may return: any list, which stays theirs, with one result a parent.</summary>
public sealed class ResolverResultTests
{
    private const string Sdl = """
        type Query { parents: [Parent!]! words: [String] items: [Item] }
        type Parent { id: Int! text: String item: Item items: [Item] }
        interface Item { name: String }
        type Book implements Item { name: String }
        """;

    private readonly List<string> logged = [];

    [Fact]
    public async Task Arrays_lists_and_other_read_only_lists_are_taken()
    {
        foreach (var result in (IReadOnlyList<string?>[])[new[] { "a", null }, new List<string?> { "a", null }, new OtherList<string?>("a", null)])
        {
            await Executor(textOf: _ => result).Expect("{ parents { text } }", """{"data":{"parents":[{"text":"a"},{"text":null}]}}""");
            await Executor(words: result).Expect("{ words }", """{"data":{"words":["a",null]}}""");
        }
    }

    [Fact]
    public async Task An_array_of_a_derived_type_is_taken()
    {
        var books = new Book[] { new("a"), new("b") };

        await Executor(itemOf: _ => books).Expect("{ parents { item { name __typename } } }", """{"data":{"parents":[{"item":{"name":"a","__typename":"Book"}},{"item":{"name":"b","__typename":"Book"}}]}}""");
        await Executor(items: books).Expect("{ items { name } }", """{"data":{"items":[{"name":"a"},{"name":"b"}]}}""");
        await Executor(itemsOf: _ => new Book[][] { books, [] }).Expect("{ parents { items { name } } }", """{"data":{"parents":[{"items":[{"name":"a"},{"name":"b"}]},{"items":[]}]}}""");
        await Executor(itemsOf: _ => new List<IItem>[] { [new Book("c")], [] }).Expect("{ parents { items { name } } }", """{"data":{"parents":[{"items":[{"name":"c"}]},{"items":[]}]}}""");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_result_of_another_length_fails_the_field_and_names_it_to_the_host(int length)
    {
        await Executor(textOf: _ => new string?[length]).Expect(
            "{ parents { id text } }",
            """{"errors":[{"message":"Something went wrong on the server.","locations":[{"line":1,"column":16}],"path":["parents",0,"text"],"extensions":{"code":"INTERNAL","traceId":"t1"}},"""
            + """{"message":"Something went wrong on the server.","locations":[{"line":1,"column":16}],"path":["parents",1,"text"],"extensions":{"code":"INTERNAL","traceId":"t1"}}]"""
            + ""","data":{"parents":[{"id":1,"text":null},{"id":2,"text":null}]}}""");

        Assert.Equal([$"Parent.text: The resolver of Parent.text returned {length} results for 2 parents."], logged);
    }

    [Fact]
    public async Task No_result_at_all_fails_the_field()
    {
        await Executor(textOf: _ => null!).Ask("{ parents { text } }");

        Assert.Equal(["Parent.text: The resolver of Parent.text returned no list of results for 2 parents."], logged);
    }

    [Fact]
    public async Task A_resolver_s_array_is_neither_changed_nor_pooled()
    {
        var items = new IReadOnlyList<IItem>?[] { [new Book("a")], [new Book("b")] };
        var before = items.ToArray();
        var executor = Executor(itemsOf: parents =>
        {
            parents.Fail(1, "No.", "NO");
            return items;
        });

        for (var i = 0; i < 3; i++)
        {
            Assert.EndsWith(""","data":{"parents":[{"items":[{"name":"a"}]},{"items":null}]}}""", await executor.Ask("{ parents { items { name } } }"), StringComparison.Ordinal);
            Assert.Equal(before, items);
        }
    }

    [Fact]
    public async Task Tasks_value_tasks_and_plain_results_are_awaited_alike()
    {
        var executor = ExecutionHarness.Executor("type Query { a: [Int] b: [Int] c: [Int] d: P } type P { a: Int b: Int c: Int }", map =>
        {
            map.Field("Query.a", () => new int?[] { 1 });
            map.Field("Query.b", async Task<List<int?>> () => { await Task.Yield(); return [2]; });
            map.Field("Query.c", async ValueTask<IReadOnlyList<int?>> () => { await Task.Yield(); return [3]; });
            map.Field("Query.d", () => new Parent(1));
            map.Field("P.a", (Batch<Parent> p) => new int?[] { 1 });
            map.Field("P.b", async Task<List<int?>> (Batch<Parent> p) => { await Task.Yield(); return [2]; });
            map.Field("P.c", async ValueTask<int?[]> (Batch<Parent> p) => { await Task.Yield(); return [3]; });
        });

        await executor.Expect("{ a b c d { a b c } }", """{"data":{"a":[1],"b":[2],"c":[3],"d":{"a":1,"b":2,"c":3}}}""");
    }

    private GraphQLExecutor Executor(
        Func<Batch<Parent>, IReadOnlyList<string?>>? textOf = null,
        Func<Batch<Parent>, IReadOnlyList<IItem?>>? itemOf = null,
        Func<Batch<Parent>, IReadOnlyList<IReadOnlyList<IItem?>?>>? itemsOf = null,
        IReadOnlyList<string?>? words = null,
        IReadOnlyList<IItem?>? items = null) => ExecutionHarness.Executor(
            Sdl,
            map =>
            {
                map.Type<Book>("Book");
                map.Field("Query.parents", () => (IReadOnlyList<Parent>)[new Parent(1), new Parent(2)]);
                map.Field("Query.words", () => words);
                map.Field("Query.items", () => items);
                map.Field("Parent.text", textOf ?? (_ => []));
                map.Field("Parent.item", itemOf ?? (_ => []));
                map.Field("Parent.items", itemsOf ?? (_ => []));
            },
            new ExecutorOptions
            {
                Execution = new ExecutionOptions
                {
                    OnException = (exception, coordinate, _) =>
                    {
                        logged.Add($"{coordinate}: {exception.Message}");
                        return $"t{logged.Count}";
                    },
                },
            });

    private interface IItem
    {
        string Name { get; }
    }

    private sealed record Parent(int Id);

    private sealed record Book(string Name) : IItem;

    private sealed class OtherList<T>(params T[] items) : IReadOnlyList<T>
    {
        public int Count => items.Length;

        public T this[int index] => items[index];

        public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)items).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
