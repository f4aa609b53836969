using Wholesale.GraphQL.Execution;
using static Wholesale.GraphQL.Tests.Execution.ExecutionHarness;

namespace Wholesale.GraphQL.Tests.Execution;

/// <summary>Section 6.3.2 "Field Collection": merged fields, fragments and the order of the response.</summary>
public sealed class FieldCollectionTests
{
    private readonly GraphQLExecutor executor = Executor(
        """
        type Query { item: Item anything: [Any!] thing(id: Int!): Thing things: [Thing] }
        type Mutation { item: Item }
        interface Thing { id: Int name: String same: Thing }
        interface Priced implements Thing { id: Int name: String same: Thing price: Int }
        type Item implements Thing & Priced { id: Int name: String same: Thing price: Int child: Item }
        type Other implements Thing { id: Int name: String same: Thing }
        union Any = Item | Other
        """,
        map =>
        {
            map.Type<Other>("Other");
            map.Field("Query.item", () => new Item(1));
            map.Field("Mutation.item", () => new Item(1));
            map.Field("Query.anything", () => (IReadOnlyList<object>)[new Other(1), new SpecialItem(2)]);
            map.Field("Query.thing", object (int id) => id == 1 ? new Item(1) : id == 2 ? new Other(2) : new Unbound());
            map.Field("Query.things", () => (IReadOnlyList<object?>)[new Item(1), null, new Unbound(), new Other(2)]);
        },
        new ExecutorOptions { Execution = new ExecutionOptions { OnException = (exception, coordinate, _) => $"{coordinate}: {exception.Message}" } });

    [Fact]
    public async Task Fields_of_one_response_name_are_merged_at_the_first_s_place() => await executor.Expect(
        "{ item { name child { id } id } ...F item { child { price } } } fragment F on Query { item { price child { name id } } }",
        """{"data":{"item":{"name":"1","child":{"id":2,"name":"2","price":2},"id":1,"price":1}}}""");

    [Fact]
    public async Task Nested_fragments_answer_in_the_order_of_the_text() => await executor.Expect(
        "{ item { ...A id ... { name ...B } ... on Item { z: id } } } fragment A on Item { price ...B } fragment B on Thing { name y: id }",
        """{"data":{"item":{"price":1,"name":"1","y":1,"id":1,"z":1}}}""");

    [Fact]
    public async Task A_fragment_spread_twice_is_collected_once() => await executor.Expect(
        "{ item { ...A id ...A } } fragment A on Item { name child { ...B ...B } } fragment B on Item { id }",
        """{"data":{"item":{"name":"1","child":{"id":2},"id":1}}}""");

    [Fact]
    public async Task Typename_stands_everywhere_a_selection_does()
    {
        await executor.Expect(
            "{ __typename a: __typename item { t: __typename child { __typename id __typename } } }",
            """{"data":{"__typename":"Query","a":"Query","item":{"t":"Item","child":{"__typename":"Item","id":2}}}}""");
        await executor.Expect("mutation { __typename item { __typename } again: __typename }", """{"data":{"__typename":"Mutation","item":{"__typename":"Item"},"again":"Mutation"}}""");
        await executor.Expect("mutation { __typename }", """{"data":{"__typename":"Mutation"}}""");
    }

    [Fact]
    public async Task A_union_s_members_answer_their_own_selections() => await executor.Expect(
        "{ anything { __typename ... on Other { name id } ... on Thing { id } ... on Item { price } ... on Priced { p: price } } }",
        """{"data":{"anything":[{"__typename":"Other","name":"1","id":1},{"__typename":"Item","id":2,"price":2,"p":2}]}}""");

    [Fact]
    public async Task An_interface_s_objects_answer_what_applies_to_them()
    {
        await executor.Expect("{ thing(id: 1) { name ...P } } fragment P on Priced { price __typename }", """{"data":{"thing":{"name":"1","price":1,"__typename":"Item"}}}""");
        await executor.Expect("{ thing(id: 2) { name ...P } } fragment P on Priced { price __typename }", """{"data":{"thing":{"name":"2"}}}""");
        await executor.Expect("{ thing(id: 2) { ... on Item { name } } }", """{"data":{"thing":{}}}""");
    }

    [Fact]
    public async Task Abstract_types_within_abstract_types_branch_at_every_level() => await executor.Expect(
        "{ a: thing(id: 1) { same { __typename same { id ... on Item { same { ... on Other { id } ... on Item { price } } } } } } b: thing(id: 2) { same { same { __typename } } } }",
        """{"data":{"a":{"same":{"__typename":"Other","same":{"id":1,"same":{"id":1}}}},"b":{"same":{"same":{"__typename":"Other"}}}}}""");

    [Fact]
    public async Task A_value_of_a_derived_class_is_what_its_nearest_bound_class_is() =>
        await executor.Expect("{ anything { __typename } }", """{"data":{"anything":[{"__typename":"Other"},{"__typename":"Item"}]}}""");

    [Fact]
    public async Task A_value_of_a_class_that_is_no_possible_type_fails_its_own_position()
    {
        const string Error = "Something went wrong on the server.";
        var unbound = typeof(Unbound).ToString();
        await executor.Expect(
            "{ things { id } }",
            $$$"""{"errors":[{"message":"{{{Error}}}","locations":[{"line":1,"column":3}],"path":["things",2],"extensions":{"code":"INTERNAL","traceId":"Query.things: Query.things returned a {{{unbound}}}, which is bound to no possible type of Thing."}}]"""
            + ""","data":{"things":[{"id":1},null,null,{"id":2}]}}""");
        Assert.EndsWith(""","data":{"thing":null}}""", await executor.Ask("{ thing(id: 3) { id same { id } } }"), StringComparison.Ordinal);
    }

    private record Item(int Id)
    {
        public string Name => Id.ToString();

        public int Price => Id;

        public Item? Child => new(Id + 1);

        public object Same => new Other(Id);
    }

    private sealed record SpecialItem(int Id) : Item(Id);

    private sealed record Other(int Id)
    {
        public string Name => Id.ToString();

        public object Same => Id == 2 ? this : new Item(Id);
    }

    private sealed record Unbound;
}
