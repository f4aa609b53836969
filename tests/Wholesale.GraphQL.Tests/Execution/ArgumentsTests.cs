using Wholesale.GraphQL.Execution;
using static Wholesale.GraphQL.Tests.Execution.ExecutionHarness;

namespace Wholesale.GraphQL.Tests.Execution;

/// <summary>Section 6.4.1 "Coercing Field Arguments", and what resolvers are given.</summary>
public sealed class ArgumentsTests
{
    private const string Sdl = """
        directive @note(text: Note) on FIELD
        directive @pinned(note: Pin) on FIELD
        input Note { text: String = "none" }
        input Pin @oneOf { note: Note colour: Colour }
        enum Colour { RED }
        input Filter { min: Int = 1 max: Int colours: [Colour!] nested: Filter must: Int! = 5 }
        input Choice @oneOf { id: ID name: String }
        input Deep { filter: Filter! = {} also: Inner = { } }
        input Inner { x: Int = 3 deep: Deep }
        type Query {
          plain(n: Int = 7, text: String, must: Int! = 9): String
          filter(filter: Filter): String
          filters(filters: [Filter!] = [{max: 2}, {}]): String
          choice(choice: Choice): String
          deep(deep: Deep = {}): String
          item: Item
        }
        type Item { many(n: Int, text: String = "t"): String }
        """;

    private readonly GraphQLExecutor executor = Executor(Sdl, map =>
    {
        map.Field("Query.plain", (Optional<int?> n, Optional<string?> text, long must) => $"{Show(n)} {Show(text)} {must}");
        map.Field("Query.filter", (Filter? filter) => filter?.ToString() ?? "null");
        map.Field("Query.filters", (IReadOnlyList<Filter>? filters) => filters is null ? "null" : string.Join(" ", filters));
        map.Field("Query.choice", (Choice? choice) => choice?.ToString() ?? "null");
        map.Field("Query.deep", (Deep? deep) => deep?.ToString() ?? "null");
        map.Field("Query.item", () => new Item());
        map.Field("Item.many", (Batch<Item> items, CancellationToken cancellation, string? text, int? n, RequestContext context) =>
            items.Map(_ => $"{text} {n} {context.Cancellation == cancellation}"));
    });

    [Theory]
    [InlineData("plain", "{}", "7 absent 9")]
    [InlineData("plain(n: null, text: null, must: 1)", "{}", "null null 1")]
    [InlineData("plain(n: 1, text: \"x\")", "{}", "1 x 9")]
    [InlineData("plain(n: $n, text: $text)", "{}", "7 absent 9")]
    [InlineData("plain(n: $n, text: $text)", """{"n":null,"text":null}""", "null null 9")]
    [InlineData("plain(n: $n, text: $text)", """{"n":3,"text":"y"}""", "3 y 9")]
    [InlineData("plain(must: $n)", "{}", "7 absent 9")]
    [InlineData("plain(must: $n)", """{"n":4}""", "7 absent 4")]
    public async Task Absent_null_and_given_are_three_things(string field, string variables, string seen)
    {
        var used = new[] { ("n", "Int"), ("text", "String") }.Where(v => field.Contains("$" + v.Item1, StringComparison.Ordinal)).Select(v => $"${v.Item1}: {v.Item2}").ToList();

        await executor.Expect(
            $"query{(used.Count == 0 ? "" : $"({string.Join(", ", used)})")} {{ a: {field} }}", $$$"""{"data":{"a":"{{{seen}}}"}}""", variables);
    }

    [Theory]
    [InlineData("filter", "null")]
    [InlineData("filter(filter: null)", "null")]
    [InlineData("filter(filter: {})", "[1..absent absent 5]")]
    [InlineData("filter(filter: {min: null, max: null, colours: null})", "[null..null null 5]")]
    [InlineData("filter(filter: {max: 3, colours: RED, nested: {min: 2}})", "[1..3 Red 5 [2..absent absent 5]]")]
    [InlineData("filters", "[1..2 absent 5] [1..absent absent 5]")]
    [InlineData("filters(filters: {max: 1})", "[1..1 absent 5]")]
    [InlineData("filters(filters: [])", "")]
    [InlineData("choice(choice: {id: 3})", "id 3")]
    [InlineData("choice(choice: {name: \"n\"})", "name n")]
    [InlineData("deep", "[1..absent absent 5] (3 )")]
    [InlineData("deep(deep: {also: {deep: {also: null}}})", "[1..absent absent 5] (3 [1..absent absent 5] )")]
    [InlineData("item { a: many(n: 1) b: many(text: \"u\") }", null)]
    public async Task Literals_are_coerced_with_their_defaults(string field, string? seen) => await executor.Expect(
        $"{{ r: {field} }}", seen is null ? """{"data":{"r":{"a":"t 1 True","b":"u  True"}}}""" : $$$"""{"data":{"r":"{{{seen}}}"}}""");

    [Fact]
    public async Task Variables_may_stand_inside_lists_and_objects()
    {
        const string Query = "query($v: Int, $c: [Colour!], $f: Filter, $n: String) { filter(filter: {max: $v, colours: $c, nested: $f}) choice(choice: {id: 1}) filters(filters: [{min: $v}, {max: 1}]) plain(text: $n) }";

        await executor.Expect(
            Query,
            """{"data":{"filter":"[1..absent absent 5]","choice":"id 1","filters":"[1..absent absent 5] [1..1 absent 5]","plain":"7 absent 9"}}""");
        await executor.Expect(
            Query,
            """{"data":{"filter":"[1..4 Red 5 [9..absent absent 5]]","choice":"id 1","filters":"[4..absent absent 5] [1..1 absent 5]","plain":"7 x 9"}}""",
            """{"v":4,"c":"RED","f":{"min":9},"n":"x"}""");
    }

    [Fact]
    public async Task Null_for_a_variable_in_a_position_with_a_default_fails_the_field_alone_and_names_the_variable_s_place() => await executor.Expect(
        "query($n: Int) { a: plain(must: $n) b: plain }",
        """{"errors":[{"message":"Argument \"must\" of type Int! must not be null.","locations":[{"line":1,"column":33}],"path":["a"],"extensions":{"code":"BAD_USER_INPUT"}}],"data":{"a":null,"b":"7 absent 9"}}""",
        """{"n":null}""");

    [Fact]
    public async Task An_inner_null_is_named_by_its_place() => await executor.Expect(
        "query($n: Int) { filters(filters: [{}, {nested: {must: $n}}]) }",
        """{"errors":[{"message":"Argument \"filters[1].nested.must\" of type Int! must not be null.","locations":[{"line":1,"column":56}],"path":["filters"],"extensions":{"code":"BAD_USER_INPUT"}}],"data":{"filters":null}}""",
        """{"n":null}""");

    [Fact]
    public async Task A_directive_s_own_input_object_needs_no_record() =>
        await executor.Expect("query($note: Note) { plain @note(text: $note) }", """{"data":{"plain":"7 absent 9"}}""", """{"note":{}}""");

    [Fact]
    public async Task Nor_does_one_inside_another_of_which_exactly_one_field_must_be_given() =>
        await executor.Expect("query($pin: Pin!) { plain @pinned(note: $pin) }", """{"data":{"plain":"7 absent 9"}}""", """{"pin":{"note":{}}}""");

    [Fact]
    public void A_parameter_of_another_type_than_the_scalar_s_is_a_problem_of_the_binding()
    {
        var exception = Assert.Throws<SchemaException>(() => Bind("type Query { a(n: Int!): Int }", map => map.Field("Query.a", (string n) => 1)));

        Assert.Equal(["Query.a: argument n is Int!, which does not fit the parameter's String."], exception.Problems);
    }

    private static string Show<T>(Optional<T> value) => value.HasValue ? value.Value?.ToString() ?? "null" : "absent";

    private enum Colour
    {
        Red,
    }

    private sealed record Filter(int? Min, Optional<int?> Max, Optional<IReadOnlyList<Colour>?> Colours, Filter? Nested, int Must)
    {
        public override string ToString() =>
            $"[{Min?.ToString() ?? "null"}..{Show(Max)} {(Colours is { HasValue: true, Value: { } colours } ? string.Join("+", colours) : Show(Colours))} {Must}{(Nested is null ? "" : " " + Nested)}]";
    }

    private sealed record Choice(string? Id, string? Name)
    {
        public override string ToString() => Id is null ? $"name {Name}" : $"id {Id}";
    }

    private sealed record Deep(Filter Filter, Inner? Also)
    {
        public override string ToString() => $"{Filter} {Also}";
    }

    private sealed record Inner(int? X, Deep? Deep)
    {
        public override string ToString() => $"({X} {Deep})";
    }

    private sealed record Item;
}
