using Wholesale.GraphQL.Execution;
using static Wholesale.GraphQL.Tests.Execution.ExecutionHarness;

namespace Wholesale.GraphQL.Tests.Execution;

/// <summary>Section 6.4.4 "Handling Execution Errors": where a null goes that its type excludes.</summary>
public sealed class NullPropagationTests
{
    private const string Null = "null";

    /// <summary>The field's type, its value ("1,-" are the items of a list, "-" is null), the response's data, and the paths of the errors.</summary>
    [Theory]
    [InlineData("[Int]", "1,-", """{"box":{"list":[1,null],"ok":1}}""")]
    [InlineData("[Int]", "-", """{"box":{"list":null,"ok":1}}""")]
    [InlineData("[Int!]", "1,2", """{"box":{"list":[1,2],"ok":1}}""")]
    [InlineData("[Int!]", "1,-", """{"box":{"list":null,"ok":1}}""", """["box","list",1]""")]
    [InlineData("[Int!]", "-", """{"box":{"list":null,"ok":1}}""")]
    [InlineData("[Int]!", "1,-", """{"box":{"list":[1,null],"ok":1}}""")]
    [InlineData("[Int]!", "-", """{"box":null}""", """["box","list"]""")]
    [InlineData("[Int!]!", "1,2", """{"box":{"list":[1,2],"ok":1}}""")]
    [InlineData("[Int!]!", "1,-", """{"box":null}""", """["box","list",1]""")]
    [InlineData("[Int!]!", "-,1,-", """{"box":null}""", """["box","list",0]""", """["box","list",2]""")]
    [InlineData("[Int!]!", "-", """{"box":null}""", """["box","list"]""")]
    public async Task Lists_of_leaves(string type, string value, string data, params string[] paths)
    {
        var executor = Executor($"type Query {{ box: Box }} type Box {{ list: {type} ok: Int }}", map =>
        {
            map.Field("Query.box", () => new Box());
            map.Field("Box.list", (Batch<Box> boxes) => boxes.Map(_ => ListOf(value)));
        });

        await executor.Expect("{ box { list ok } }", Response(data, "Box.list", 9, paths));
    }

    [Theory]
    [InlineData("[[Int]]", "[[1,null],null]")]
    [InlineData("[[Int!]]", "[null,null]", """["lists",0,1]""")]
    [InlineData("[[Int]!]", Null, """["lists",1]""")]
    [InlineData("[[Int]!]!", null, """["lists",1]""")]
    [InlineData("[[Int!]!]", Null, """["lists",1]""", """["lists",0,1]""")]
    [InlineData("[[Int!]]!", "[null,null]", """["lists",0,1]""")]
    public async Task Lists_of_lists(string type, string? value, params string[] paths)
    {
        var executor = Executor(
            $"type Query {{ lists: {type} }}",
            map => map.Field("Query.lists", () => (IReadOnlyList<IReadOnlyList<int?>?>)[[1, null], null]));

        await executor.Expect("{ lists }", Response(value is null ? Null : $$"""{"lists":{{value}}}""", "Query.lists", 3, paths));
    }

    [Theory]
    [InlineData("Item", "Int", """{"item":{"must":null}}""")]
    [InlineData("Item", "Int!", """{"item":null}""", """["item","must"]""")]
    [InlineData("Item!", "Int!", Null, """["item","must"]""")]
    public async Task Objects_in_the_root(string type, string must, string data, params string[] paths)
    {
        var executor = Executor($"type Query {{ item: {type} }} type Item {{ must: {must} }}", map =>
        {
            map.Field("Query.item", () => new Item(1));
            map.Field("Item.must", (Batch<Item> items) => items.Map(_ => (int?)null));
        });

        await executor.Expect("{ item { must } }", Response(data, "Item.must", 10, paths));
    }

    [Theory]
    [InlineData("[Item]", """[{"must":1},null,{"must":3}]""")]
    [InlineData("[Item!]", Null)]
    [InlineData("[Item]!", """[{"must":1},null,{"must":3}]""")]
    [InlineData("[Item!]!", null)]
    public async Task Objects_in_lists(string type, string? value)
    {
        var executor = Executor($"type Query {{ items: {type} }} type Item {{ must: Int! }}", map =>
        {
            map.Field("Query.items", () => (IReadOnlyList<Item>)[new Item(1), new Item(2), new Item(3)]);
            map.Field("Item.must", (Batch<Item> items) => items.Map(i => i.Id == 2 ? (int?)null : i.Id));
        });

        await executor.Expect(
            "{ items { must } }",
            Response(value is null ? Null : $$"""{"items":{{value}}}""", "Item.must", 11, """["items",1,"must"]"""));
    }

    [Theory]
    [InlineData("Item")]
    [InlineData("Named")]
    [InlineData("Any")]
    [InlineData("Size")]
    public async Task A_null_object_where_the_type_excludes_it_is_an_error_of_every_kind_of_object(string type)
    {
        var executor = Executor(
            $$"""
            type Query { items: [{{type}}!] }
            interface Named { id: Int }
            union Any = Item
            type Item implements Named { id: Int }
            type Size { width: Int }
            """,
            map =>
            {
                map.Type<Item>("Item");
                map.Type<Size>("Size");
                _ = type == "Size"
                    ? Add(map, () => (IReadOnlyList<Size?>)[new Size(1), null])
                    : type == "Item" ? Add(map, () => (IReadOnlyList<Item?>)[new Item(1), null]) : Add(map, () => (IReadOnlyList<object?>)[new Item(1), null]);
            });

        await executor.Expect("{ items { __typename } }", Response("""{"items":null}""", "Query.items", 3, """["items",1]"""));
        static bool Add(ResolverMap map, Delegate resolver)
        {
            map.Field("Query.items", resolver);
            return true;
        }
    }

    [Fact]
    public async Task Several_failures_below_one_null_are_all_told()
    {
        var executor = Executor("type Query { item: Item } type Item { a: Int! b: Int! deep: Item! }", map =>
        {
            map.Field("Query.item", () => new Item(1));
            map.Field("Item.a", (Batch<Item> items) => items.Map(_ => (int?)null));
            map.Field("Item.b", (Batch<Item> items) => items.Map(_ => (int?)null));
            map.Field("Item.deep", (Batch<Item> items) => items.Map(i => new Item(i.Id + 1)));
        });

        await executor.Expect(
            "{ item { a b } }",
            """{"errors":[{"message":"Cannot return null for non-nullable field Item.a.","locations":[{"line":1,"column":10}],"path":["item","a"],"extensions":{"code":"INTERNAL"}},"""
            + """{"message":"Cannot return null for non-nullable field Item.b.","locations":[{"line":1,"column":12}],"path":["item","b"],"extensions":{"code":"INTERNAL"}}],"data":{"item":null}}""");
        await executor.Expect(
            "{ item { deep { deep { a } } } }",
            Response("""{"item":null}""", "Item.a", 24, """["item","deep","deep","a"]"""));
    }

    [Fact]
    public async Task Nothing_more_is_resolved_once_the_whole_response_is_null()
    {
        var calls = 0;
        var executor = Executor("type Query { must: Int! item: Item } type Item { id: Int }", map =>
        {
            map.Field("Query.must", int? () => null);
            map.Field("Query.item", () => new Item(++calls));
        });

        await executor.Expect("{ must item { id } }", Response(Null, "Query.must", 3, """["must"]"""));

        Assert.Equal(0, calls);
    }

    private static List<int?>? ListOf(string value) => value == "-" ? null : [.. value.Split(',').Select(v => v == "-" ? (int?)null : int.Parse(v))];

    private static string Response(string data, string coordinate, int column, params string[] paths)
    {
        var errors = paths.Select(p => $$$"""{"message":"Cannot return null for non-nullable field {{{coordinate}}}.","locations":[{"line":1,"column":{{{column}}}}],"path":{{{p}}},"extensions":{"code":"INTERNAL"}}""");
        return paths.Length == 0 ? $$"""{"data":{{data}}}""" : $$"""{"errors":[{{string.Join(",", errors)}}],"data":{{data}}}""";
    }

    private sealed record Box
    {
        public int Ok => 1;
    }

    private sealed record Item(int Id);

    private readonly record struct Size(int Width);
}
