using Wholesale.GraphQL.Execution;
using static Wholesale.GraphQL.Tests.Execution.ExecutionHarness;

namespace Wholesale.GraphQL.Tests.Execution;

/// <summary>Section 7.1.2 "Errors", of execution: who may report one, what the client is shown, where it points.</summary>
public sealed class ErrorTests
{
    private const string Sdl = """
        type Query { items(count: Int! = 2): [Item!]! groups: [[Item]] thrown: Int refused: Int big: Float small: Float }
        type Item { id: Int! stock: Int strict: Int! late: Int getter: Int wide: Int colour: Colour child: Item children: [Item!] }
        enum Colour { RED }
        """;

    private readonly List<string> logged = [];
    private readonly GraphQLExecutor executor;

    public ErrorTests() => executor = Executor(
        Sdl,
        map =>
        {
            map.Field("Query.items", (int count) => (IReadOnlyList<Item>)[.. Enumerable.Range(1, count).Select(i => new Item(i))]);
            map.Field("Query.groups", () => (IReadOnlyList<IReadOnlyList<Item?>?>)[[], null, [null, new Item(1), new Item(2)]]);
            map.Field("Query.thrown", int? () => throw new InvalidOperationException("the password is 123"));
            map.Field("Query.refused", int? () => throw new GraphQLException("You may not.", "FORBIDDEN"));
            map.Field("Query.big", () => double.PositiveInfinity);
            map.Field("Query.small", () => 0.1);
            map.Field("Item.stock", (Batch<Item> items) =>
            {
                items.Fail(items.Count - 1, $"Stock of {items[^1].Id} is unknown.", "NO_STOCK");
                items.Fail(items.Count - 1, "Only the first counts.", "NEVER_SEEN");
                return items.Map(i => (int?)i.Id);
            });
            map.Field("Item.strict", (Batch<Item> items) =>
            {
                items.Fail(0, "No.", "NO");
                return items.Map(_ => 1);
            });
            map.Field("Item.late", async ValueTask<IReadOnlyList<int?>> (Batch<Item> items) =>
            {
                await Task.Yield();
                items.Fail(0, "Late.", "LATE");
                throw new GraphQLException("And the rest.", "REST");
            });
            map.Field("Item.child", (Batch<Item> items) => items.Map(i => i));
            map.Field("Item.children", (Batch<Item> items) => items.Map(i => (IReadOnlyList<Item>)[i, i]));
        },
        new ExecutorOptions
        {
            Execution = new ExecutionOptions
            {
                OnException = (exception, coordinate, _) =>
                {
                    logged.Add($"{coordinate}: {exception.Message}");
                    return $"trace-{logged.Count}";
                },
            },
        });

    [Fact]
    public async Task An_unexpected_exception_is_told_to_the_host_and_hidden_from_the_client()
    {
        await executor.Expect(
            "{ thrown }",
            """{"errors":[{"message":"Something went wrong on the server.","locations":[{"line":1,"column":3}],"path":["thrown"],"extensions":{"code":"INTERNAL","traceId":"trace-1"}}],"data":{"thrown":null}}""");

        Assert.Equal(["Query.thrown: the password is 123"], logged);
    }

    [Fact]
    public async Task A_GraphQLException_is_shown_in_its_own_words_and_not_told_to_the_host()
    {
        await executor.Expect(
            "{ refused }",
            """{"errors":[{"message":"You may not.","locations":[{"line":1,"column":3}],"path":["refused"],"extensions":{"code":"FORBIDDEN"}}],"data":{"refused":null}}""");

        Assert.Empty(logged);
    }

    [Fact]
    public async Task A_failed_position_becomes_null_and_the_others_stay() => await executor.Expect(
        "{ items { stock } }",
        """{"errors":[{"message":"Stock of 2 is unknown.","locations":[{"line":1,"column":11}],"path":["items",1,"stock"],"extensions":{"code":"NO_STOCK"}}],"data":{"items":[{"stock":1},{"stock":null}]}}""");

    [Fact]
    public async Task A_failed_position_of_a_non_null_field_nulls_what_holds_it() => await executor.Expect(
        "{ groups { strict } }",
        """{"errors":[{"message":"No.","locations":[{"line":1,"column":12}],"path":["groups",2,1,"strict"],"extensions":{"code":"NO"}}],"data":{"groups":[[],null,[null,null,{"strict":1}]]}}""");

    [Fact]
    public async Task A_position_that_failed_before_an_exception_keeps_its_own_error() => await executor.Expect(
        "{ items { late } }",
        """{"errors":[{"message":"Late.","locations":[{"line":1,"column":11}],"path":["items",0,"late"],"extensions":{"code":"LATE"}},"""
        + """{"message":"And the rest.","locations":[{"line":1,"column":11}],"path":["items",1,"late"],"extensions":{"code":"REST"}}],"data":{"items":[{"late":null},{"late":null}]}}""");

    [Fact]
    public async Task A_getter_that_throws_fails_its_own_position_and_is_told_once()
    {
        await executor.Expect(
            "{ items(count: 4) { getter } }",
            """{"errors":[{"message":"Something went wrong on the server.","locations":[{"line":1,"column":21}],"path":["items",1,"getter"],"extensions":{"code":"INTERNAL","traceId":"trace-1"}},"""
            + """{"message":"Something went wrong on the server.","locations":[{"line":1,"column":21}],"path":["items",3,"getter"],"extensions":{"code":"INTERNAL","traceId":"trace-1"}}]"""
            + ""","data":{"items":[{"getter":1},{"getter":null},{"getter":3},{"getter":null}]}}""");

        Assert.Equal(["Item.getter: 2 is even"], logged);
    }

    [Fact]
    public async Task A_value_that_its_type_cannot_hold_is_an_error_at_its_position() => await executor.Expect(
        "{ big small items(count: 1) { wide colour } }",
        """{"errors":[{"message":"Float cannot represent value: Infinity","locations":[{"line":1,"column":3}],"path":["big"],"extensions":{"code":"INTERNAL"}},"""
        + """{"message":"Int cannot represent value: 3000000000","locations":[{"line":1,"column":31}],"path":["items",0,"wide"],"extensions":{"code":"INTERNAL"}},"""
        + """{"message":"Colour cannot represent value: 7","locations":[{"line":1,"column":36}],"path":["items",0,"colour"],"extensions":{"code":"INTERNAL"}}]"""
        + ""","data":{"big":null,"small":0.1,"items":[{"wide":null,"colour":null}]}}""");

    [Fact]
    public async Task The_path_names_aliases_and_list_positions_and_the_locations_every_node_that_asked() => await executor.Expect(
        """
        {
          mine: items(count: 1) {
            twins: children { many: stock }
            ...More
          }
        }
        fragment More on Item { twins: children { child { id } many: stock } }
        """,
        """{"errors":[{"message":"Stock of 1 is unknown.","locations":[{"line":3,"column":23},{"line":7,"column":56}],"path":["mine",0,"twins",1,"many"],"extensions":{"code":"NO_STOCK"}}]"""
        + ""","data":{"mine":[{"twins":[{"many":1,"child":{"id":1}},{"many":null,"child":{"id":1}}]}]}}""");

    [Fact]
    public async Task A_field_asked_for_at_a_thousand_places_names_ten_of_them()
    {
        var response = await executor.Ask($"{{ {string.Concat(Enumerable.Repeat("refused ", 1_000))} }}");

        Assert.Equal(10, response.Split("\"line\"").Length - 1);
        Assert.StartsWith("""{"errors":[{"message":"You may not.","locations":[{"line":1,"column":3},{"line":1,"column":11},""", response, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hundred_errors_are_listed_and_every_position_is_null()
    {
        var response = await executor.Ask("{ items(count: 250) { id late } }");

        Assert.Equal(100, response.Split("\"message\"").Length - 1);
        Assert.Equal(250, response.Split("\"late\":null").Length - 1);
        Assert.Contains("""{"id":250,"late":null}]}}""", response, StringComparison.Ordinal);
    }

    private sealed record Item(int Id)
    {
        public int Getter => Id % 2 == 1 ? Id : throw new InvalidOperationException($"{Id} is even");

        public long Wide => 3_000_000_000;

        public Colour Colour => (Colour)7;
    }

    private enum Colour
    {
        Red,
    }
}
