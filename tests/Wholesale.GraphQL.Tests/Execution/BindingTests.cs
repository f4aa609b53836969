using System.Diagnostics.CodeAnalysis;
using Wholesale.GraphQL.Execution;
using static Wholesale.GraphQL.Tests.Execution.ExecutionHarness;

namespace Wholesale.GraphQL.Tests.Execution;

/// <summary>Schema and resolvers are checked against each other both ways; every mismatch is named by its coordinate.</summary>
public sealed class BindingTests
{
    [Fact]
    public void A_field_needs_a_resolver_or_a_property() => ExpectProblems(
        "type Query { a: Int item: Item } type Item { id: Int nope: Int count(of: Int): Int }",
        map => map.Field("Query.item", () => new Item(1)),
        "Item.count has arguments, so it needs a resolver; Item.Count cannot take them.",
        "Item.nope has neither a resolver nor a property Nope on Item.",
        "Query.a has no resolver.");

    [Fact]
    public void A_resolver_needs_a_field() => ExpectProblems(
        "type Query { a: Int }",
        map =>
        {
            map.Field("Query.a", () => 1);
            map.Field("Query.b", () => 1);
            map.Field("Item.id", (Batch<Item> items) => items.Map(i => i.Id));
            map.Type<Item>("Item");
            map.Scalar<string, TextScalar>("Text");
        },
        "Item.id has a resolver, but the schema has no such field, or nothing leads to its type.",
        "Query.b has a resolver, but the schema has no such field, or nothing leads to its type.",
        "ResolverMap.Type names Item, which is no object type.",
        "Scalar Text is registered, but the schema has no such scalar.");

    [Fact]
    public void A_batch_resolver_takes_a_batch_of_the_parent_s_type_and_returns_a_list() => ExpectProblems(
        "type Query { item: Item } type Item { a: Int b: Int c: Int d: Int }",
        map =>
        {
            map.Field("Query.item", () => new Item(1));
            map.Field("Item.a", (Batch<string> items) => new[] { 1 });
            map.Field("Item.b", () => new[] { 1 });
            map.Field("Item.c", (Batch<Item> items) => 1);
            map.Field("Item.d", (Batch<Item> items) => new[] { "1" });
        },
        "Item.a: the resolver's first parameter must be Batch<Item>, not Batch<String>.",
        "Item.b: the resolver's first parameter must be Batch<Item>, not nothing.",
        "Item.c: the resolver must return a list with one result a parent, not Int32.",
        "Item.d is Int, but its code gives String.");

    [Fact]
    public void Every_argument_has_a_parameter_that_it_fits_and_every_parameter_a_source() => ExpectProblems(
        "type Query { a(x: Int, y: Int!, z: [Int!]): Int }",
        map => map.Field("Query.a", (int x, string y, int other, string another, List<string> z) => 1),
        "Query.a: argument x is Int, which does not fit the parameter's Int32.",
        "Query.a: argument y is Int!, which does not fit the parameter's String.",
        "Query.a: argument z is [Int!], which does not fit the parameter's List<String>.",
        "Query.a: the resolver's parameter another is no argument of the field.",
        "Query.a: the resolver's parameter other is no argument of the field.");

    [Fact]
    public void An_argument_without_a_parameter_is_named() => ExpectProblems(
        "type Query { a(x: Int, y: Int): Int }",
        map => map.Field("Query.a", (int? y) => y),
        "Query.a: the resolver has no parameter for the argument x.");

    [Fact]
    public void A_record_has_a_member_for_every_input_field_and_no_other() => ExpectProblems(
        "type Query { a(in: In): Int b(in: In): Int } input In { x: Int y: Int! z: [In!] more: Int }",
        map =>
        {
            map.Field("Query.a", (In? @in) => 1);
            map.Field("Query.b", (Other? @in) => 1);
        },
        "In.more has no member in In.",
        "In.y is Int!, which does not fit In's String.",
        "In: In has a member Extra that the input object does not have.",
        "Query.b: argument in is In, which does not fit the parameter's Other.");

    [Fact]
    public void A_record_needs_a_public_constructor() => ExpectProblems(
        "type Query { a(in: In): Int } input In { x: Int }",
        map => map.Field("Query.a", (Hidden? @in) => 1),
        "In: Hidden has no public constructor.",
        "Query.a: argument in is In, which does not fit the parameter's Hidden.");

    [Fact]
    public void An_enum_has_the_same_members_on_both_sides() => ExpectProblems(
        "type Query { a: Colour b: Twice c(in: Colour): Int } enum Colour { RED BLUE } enum Twice { ONE UNO }",
        map =>
        {
            map.Field("Query.a", () => Colour.Red);
            map.Field("Query.b", () => Twice.One);
            map.Field("Query.c", (Colour? @in) => 1);
        },
        "Query.a: enum Colour and Colour differ: BLUE, GREEN.",
        "Query.b: ONE and UNO of enum Twice are one value of Twice.",
        "Query.c: argument in is Colour, which does not fit the parameter's Nullable<Colour>.");

    [Fact]
    public void Types_that_do_not_fit_are_named_by_the_field() => ExpectProblems(
        "scalar Odd type Query { a: [Int] b: Int c: Colour d: Named e: Odd f: [[Int]] } enum Colour { RED } interface Named { id: Int }",
        map =>
        {
            map.Field("Query.a", () => 1);
            map.Field("Query.b", () => new[] { 1 });
            map.Field("Query.c", () => 1);
            map.Field("Query.d", () => 1);
            map.Field("Query.e", () => 1);
            map.Field("Query.f", () => new[] { 1 });
        },
        "Query.a is [Int], but its code gives Int32, which is not an IReadOnlyList.",
        "Query.b is Int, but its code gives Int32[].",
        "Query.c is Colour, but its code gives Int32.",
        "Query.d is Named, but its code gives Int32.",
        "Query.e is Odd, but its code gives Int32.",
        "Query.f is [Int], but its code gives Int32, which is not an IReadOnlyList.",
        "Scalar Odd has no CLR type: call ResolverMap.Scalar.");

    [Fact]
    public void A_possible_type_needs_a_CLR_type_and_one_of_its_own() => ExpectProblems(
        "type Query { any: Any named: Named } union Any = A | B interface Named { id: Int } type A { id: Int } type B { id: Int } type C implements Named { id: Int }",
        map =>
        {
            map.Field("Query.any", () => new object());
            map.Field("Query.named", () => new object());
            map.Type<Item>("A");
            map.Type<Item>("B");
        },
        "Any: A and B are both Item, so a value does not tell its type.",
        "C is a possible Named, but no field leads to it: name its CLR type with ResolverMap.Type.",
        "C: no field leads to it.");

    [Fact]
    public void A_type_is_bound_to_one_CLR_type() => ExpectProblems(
        "type Query { a: Item b: [Item] c: Item } type Item { id: Int }",
        map =>
        {
            map.Field("Query.a", () => new Item(1));
            map.Field("Query.b", () => new[] { new OtherItem(1) });
            map.Field("Query.c", () => new Item(1));
        },
        "Item is Item because of Query.a, but OtherItem because of Query.b.");

    [Fact]
    public void A_default_that_does_not_fit_is_named() => ExpectProblems(
        "scalar Text type Query { a(text: Text = \"long\"): Int b(in: In = {}): Int } input In { x: Int text: Text = 3 }",
        map =>
        {
            map.Scalar<string, TextScalar>("Text");
            map.Field("Query.a", (string? text) => 1);
            map.Field("Query.b", (InText? @in) => 1);
        },
        "The default of \"In.text\" of type Text must be one letter, not 3.",
        "The default of \"Query.a(text:)\" of type Text must be one letter, not \"long\".");

    [Fact]
    public async Task A_part_of_the_contract_may_leave_out_what_the_map_has()
    {
        static void Fill(ResolverMap map)
        {
            map.Field("Query.a", (int? x, int left, string? out_, In? @in, Colour? colour) => $"{x} {left} {out_ ?? "null"} {@in?.Extra.ToString() ?? "null"}");
            map.Field("Query.b", () => Colour.Red);
            map.Field("Query.c", () => Colour.Red);
            map.Field("Admin.id", (Batch<Item> items) => items.Map(i => i.Id));
            map.Type<Item>("Admin");
        }

        const string Part = "type Query { a(x: Int, in: In, colour: Colour): String b: Colour } input In { x: Int } enum Colour { RED }";

        await new GraphQLExecutor(Bind(Part, Fill, isPart: true)).Expect("{ a(x: 1, in: {x: 2}) b }", """{"data":{"a":"1 0 null 0","b":"RED"}}""");
        var exception = Assert.Throws<SchemaException>(() => Bind(Part, Fill));
        Assert.Contains("Query.c has a resolver, but the schema has no such field, or nothing leads to its type.", exception.Problems);
        Assert.Contains("Query.a: the resolver's parameter left is no argument of the field.", exception.Problems);
        Assert.Contains("In: In has a member Extra that the input object does not have.", exception.Problems);
    }

    [Fact]
    public void A_part_still_needs_code_for_everything_in_it()
    {
        var exception = Assert.Throws<SchemaException>(() => Bind("type Query { a: Int b(x: Int): Int }", map => map.Field("Query.b", () => 1), isPart: true));

        Assert.Equal(["Query.a has no resolver.", "Query.b: the resolver has no parameter for the argument x."], exception.Problems);
    }

    [Fact]
    public async Task A_delegate_that_holds_its_first_argument_already_is_a_resolver_like_any_other()
    {
        var executor = Executor("type Query { item: Item } type Item { id: Int twice: Int }", map =>
        {
            map.Field("Query.item", new Item(7).Same);
            map.Field("Item.twice", "factor".Twice);
        });

        await executor.Expect("{ item { id twice } }", """{"data":{"item":{"id":7,"twice":14}}}""");
    }

    private static void ExpectProblems(string sdl, Action<ResolverMap> resolvers, params string[] problems)
    {
        var exception = Assert.Throws<SchemaException>(() => Bind(sdl, resolvers));

        Assert.Equal(problems, exception.Problems);
    }

    internal sealed record Item(int Id)
    {
        public int Count => 1;
    }

    internal sealed record OtherItem(int Id);

    private sealed record In(int? X, string Y, IReadOnlyList<In>? Z, int Extra);

    private sealed record Other(int? X);

    private sealed record InText(int? X, string? Text);

    private sealed class Hidden
    {
        private Hidden()
        {
        }
    }

    private enum Colour
    {
        Red,
        Green,
    }

    [SuppressMessage("Design", "CA1069", Justification = "Two names of one value are what is tested.")]
    private enum Twice
    {
        One = 1,
        Uno = 1,
    }

    private readonly struct TextScalar : IScalar<string>
    {
        public static string? Parse(in ScalarInput input, out string value)
        {
            value = input.Text;
            return input.Kind == ScalarInputKind.String && value.Length == 1 ? null : $"must be one letter, not {input}";
        }

        public static void Write(string value, Utf8Writer writer) => writer.String(value);
    }
}

internal static class ClosedResolvers
{
    public static BindingTests.Item Same(this BindingTests.Item item) => item;

    public static IReadOnlyList<int> Twice(this string factor, Batch<BindingTests.Item> items) => items.Map(i => i.Id * (factor.Length - 4));
}
