using System.Text.Json;
using Wholesale.GraphQL.Execution;
using static Wholesale.GraphQL.Tests.Execution.ExecutionHarness;

namespace Wholesale.GraphQL.Tests.Execution;

/// <summary>Section 6.1.2 "Coercing Variable Values".</summary>
public sealed class VariablesTests
{
    private const string Sdl = """
        scalar Sku
        enum Colour { DARK_RED GREEN }
        input Order { lines: [Line!]! note: String = "none" urgent: Boolean! = false parent: Order }
        input Line { sku: Sku! quantity: Int = 1 colour: Colour price: Float }
        input Choice @oneOf { id: ID name: String line: Line }
        type Query {
          int(v: Int): String float(v: Float): String string(v: String): String boolean(v: Boolean): String id(v: ID): String
          sku(v: Sku): String colour(v: Colour): String ints(v: [Int]): String matrix(v: [[Int!]]): String order(v: Order): String choice(v: Choice): String
          must(v: Int!): String
        }
        """;

    private readonly GraphQLExecutor executor = Executor(Sdl, map =>
    {
        map.Scalar<Sku, SkuScalar>("Sku");
        map.Field("Query.int", (int? v) => Show(v));
        map.Field("Query.float", (double? v) => Show(v));
        map.Field("Query.string", (string? v) => Show(v));
        map.Field("Query.boolean", (bool? v) => Show(v));
        map.Field("Query.id", (string? v) => Show(v));
        map.Field("Query.sku", (Sku? v) => Show(v?.Code));
        map.Field("Query.colour", (Colour? v) => Show(v));
        map.Field("Query.ints", (IReadOnlyList<int?>? v) => Show(v is null ? null : string.Join(",", v.Select(i => Show(i)))));
        map.Field("Query.matrix", (int[][]? v) => Show(v is null ? null : string.Join(";", v.Select(r => r is null ? "null" : string.Join(",", r)))));
        map.Field("Query.order", (Order? v) => Show(v));
        map.Field("Query.choice", (Choice? v) => Show(v));
        map.Field("Query.must", (int v) => Show(v));
    });

    [Theory]
    [InlineData("Int", "int", "7", "7")]
    [InlineData("Int", "int", "-2147483648", "-2147483648")]
    [InlineData("Int", "int", "1.0", "1")]
    [InlineData("Int", "int", "2e3", "2000")]
    [InlineData("Int", "int", "null", "null")]
    [InlineData("Float", "float", "1", "1")]
    [InlineData("Float", "float", "1.5e2", "150")]
    [InlineData("String", "string", "\"a \\\" \\u00e9 \\ud83d\\ude00\"", "a \\\" é 😀")]
    [InlineData("String", "string", "\"\"", "")]
    [InlineData("Boolean", "boolean", "true", "True")]
    [InlineData("ID", "id", "\"x\"", "x")]
    [InlineData("ID", "id", "123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("Sku", "sku", "\"abc\"", "abc")]
    [InlineData("Colour", "colour", "\"DARK_RED\"", "DarkRed")]
    [InlineData("[Int]", "ints", "[1,null,3]", "1,null,3")]
    [InlineData("[Int]", "ints", "4", "4")]
    [InlineData("[Int]", "ints", "[]", "")]
    [InlineData("[Int!]", "ints", "[1,2]", "1,2")]
    [InlineData("[Int!]!", "ints", "[1,2]", "1,2")]
    [InlineData("[[Int!]]", "matrix", "[[1,2],[3],null]", "1,2;3;null")]
    [InlineData("[[Int!]]", "matrix", "[1,2]", "1;2")]
    [InlineData("[[Int!]]", "matrix", "1", "1")]
    [InlineData("Order", "order", """{"lines":{"sku":"abc"}}""", "abc×1 | none | False")]
    [InlineData("Order", "order", """{"lines":[],"note":null,"urgent":true,"parent":{"lines":[{"sku":"abc","quantity":2,"colour":"GREEN"}]}}""", " | null | True | (abc×2 Green | none | False)")]
    [InlineData("Choice", "choice", """{"id":1}""", "id=1")]
    [InlineData("Choice", "choice", """{"line":{"sku":"abc"}}""", "line=abc×1")]
    public async Task A_value_that_fits_is_coerced(string type, string field, string value, string seen) => await executor.Expect(
        $"query($v: {type}) {{ {field}(v: $v) }}", $$$"""{"data":{"{{{field}}}":"{{{seen}}}"}}""", $$"""{"v":{{value}}}""");

    [Theory]
    [InlineData("Int", "int", "1.5", """Variable \"$v\" of type Int must be a whole number, not 1.5.""")]
    [InlineData("Int", "int", "2147483648", """Variable \"$v\" of type Int must be between -2147483648 and 2147483647, not 2147483648.""")]
    [InlineData("Int", "int", "1e20", """Variable \"$v\" of type Int must be between -2147483648 and 2147483647, not 1e20.""")]
    [InlineData("Int", "int", "1e400", """Variable \"$v\" of type Int must be between -2147483648 and 2147483647, not 1e400.""")]
    [InlineData("Int", "int", "99999999999999999999999999999999999999999999999999999", """Variable \"$v\" of type Int must be between -2147483648 and 2147483647, not 99999999999999999999999999999999999999999999999999….""")]
    [InlineData("Int", "int", "\"1\"", """Variable \"$v\" of type Int must be a whole number, not \"1\".""")]
    [InlineData("Int", "int", "true", """Variable \"$v\" of type Int must be a whole number, not true.""")]
    [InlineData("Int", "int", "[1]", """Variable \"$v\" of type Int must be a whole number, not [1].""")]
    [InlineData("Float", "float", "1e400", """Variable \"$v\" of type Float must be a finite number, not 1e400.""")]
    [InlineData("Float", "float", "\"1\"", """Variable \"$v\" of type Float must be a finite number, not \"1\".""")]
    [InlineData("String", "string", "1", """Variable \"$v\" of type String must be a string, not 1.""")]
    [InlineData("String", "string", "\"\\ud800\"", """Variable \"$v\" must be Unicode, not \"\\ud800\".""")]
    [InlineData("Boolean", "boolean", "\"true\"", """Variable \"$v\" of type Boolean must be true or false, not \"true\".""")]
    [InlineData("Boolean", "boolean", "0", """Variable \"$v\" of type Boolean must be true or false, not 0.""")]
    [InlineData("ID", "id", "1.0", """Variable \"$v\" of type ID must be a string or a whole number, not 1.0.""")]
    [InlineData("Sku", "sku", "\"abcd\"", """Variable \"$v\" of type Sku must be three characters, not \"abcd\".""")]
    [InlineData("Colour", "colour", "\"RED\"", """Variable \"$v\" must be a value of Colour, not \"RED\".""")]
    [InlineData("Colour", "colour", "1", """Variable \"$v\" must be a value of Colour, not 1.""")]
    [InlineData("Colour", "colour", "\"\\ud800\"", """Variable \"$v\" must be a value of Colour, not \"\\ud800\".""")]
    [InlineData("[Int!]", "ints", "[1,null]", """Variable \"$v[1]\" of type Int! must not be null.""")]
    [InlineData("[[Int!]]", "matrix", "[[1],[2,\"x\"]]", """Variable \"$v[1][1]\" of type Int must be a whole number, not \"x\".""")]
    [InlineData("Order", "order", "3", """Variable \"$v\" must be an object of Order, not 3.""")]
    [InlineData("Order", "order", "{}", """Variable \"$v\" needs its field \"lines\" of type [Line!]!.""")]
    [InlineData("Order", "order", """{"lines":null}""", """Variable \"$v.lines\" of type [Line!]! must not be null.""")]
    [InlineData("Order", "order", """{"lines":[],"urgent":null}""", """Variable \"$v.urgent\" of type Boolean! must not be null.""")]
    [InlineData("Order", "order", """{"lines":[{"sku":"abc"},{"sku":"toolong"}]}""", """Variable \"$v.lines[1].sku\" of type Sku must be three characters, not \"toolong\".""")]
    [InlineData("Order", "order", """{"lines":[],"parent":{"lines":[{"sku":"abc","color":"GREEN"}]}}""", """Variable \"$v.parent.lines[0]\" has a field \"color\" that Line does not have.""")]
    [InlineData("Order", "order", """{"lines":[],"\ud800":1}""", "Variable \\\"$v\\\" has a field \\\"\uFFFD\\\" that Order does not have.")]
    [InlineData("Choice", "choice", "{}", """Variable \"$v\" must have exactly one of the fields of Choice, and that not null.""")]
    [InlineData("Choice", "choice", """{"id":1,"name":"x"}""", """Variable \"$v\" must have exactly one of the fields of Choice, and that not null.""")]
    [InlineData("Choice", "choice", """{"id":1,"name":null}""", """Variable \"$v\" must have exactly one of the fields of Choice, and that not null.""")]
    [InlineData("Choice", "choice", """{"id":null}""", """Variable \"$v\" must have exactly one of the fields of Choice, and that not null.""")]
    [InlineData("Choice", "choice", """{"line":{}}""", """Variable \"$v.line\" needs its field \"sku\" of type Sku!.""")]
    public async Task A_value_that_does_not_fit_is_refused_by_its_place(string type, string field, string value, string message) => await executor.Expect(
        $"query(\n  $v: {type}) {{ {field}(v: $v) }}",
        $$$"""{"errors":[{"message":"{{{message}}}","locations":[{"line":2,"column":3}],"extensions":{"code":"BAD_USER_INPUT"}}]}""",
        $$"""{"v":{{value}}}""");

    [Theory]
    [InlineData("Int!", "must", "{}", """Variable \"$v\" of required type \"Int!\" was not provided.""")]
    [InlineData("Int!", "must", """{"v":null}""", """Variable \"$v\" of type Int! must not be null.""")]
    [InlineData("Int! = 3", "must", """{"v":null}""", """Variable \"$v\" of type Int! must not be null.""")]
    public async Task A_required_variable_has_to_have_a_value(string type, string field, string variables, string message) => await executor.Expect(
        $"query($v: {type}) {{ {field}(v: $v) }}",
        $$$"""{"errors":[{"message":"{{{message}}}","locations":[{"line":1,"column":7}],"extensions":{"code":"BAD_USER_INPUT"}}]}""",
        variables);

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"w":3,"\ud800":4}""")]
    public async Task A_default_stands_in_for_what_was_not_given(string variables)
    {
        await executor.Expect("query($v: Int = 3) { int(v: $v) }", """{"data":{"int":"3"}}""", variables);
        await executor.Expect("query($v: Int! = 3) { must(v: $v) }", """{"data":{"must":"3"}}""", variables);
        await executor.Expect("query($v: Order = {lines: {sku: \"abc\"}}) { order(v: $v) }", """{"data":{"order":"abc×1 | none | False"}}""", variables);
    }

    [Fact]
    public async Task Null_is_a_value_and_no_default_stands_in_for_it() =>
        await executor.Expect("query($v: Int = 3) { int(v: $v) }", """{"data":{"int":"null"}}""", """{"v":null}""");

    [Fact]
    public async Task A_name_given_twice_counts_the_last_time() =>
        await executor.Expect("query($v: Int) { int(v: $v) }", """{"data":{"int":"2"}}""", """{"v":1,"v":2}""");

    [Fact]
    public async Task An_escaped_name_is_the_name() =>
        await executor.Expect("query($v: Int) { int(v: $v) }", """{"data":{"int":"1"}}""", """{"\u0076":1}""");

    [Fact]
    public async Task A_default_that_is_no_value_of_a_custom_scalar_refuses_the_document() => await executor.Expect(
        "query($v: Sku = \"toolong\") { sku(v: $v) }",
        """{"errors":[{"message":"Value of type \"Sku\" must be three characters, not \"toolong\".","locations":[{"line":1,"column":17}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""");

    [Fact]
    public async Task Every_literal_of_a_custom_scalar_is_looked_at_in_operations_that_are_not_run_too()
    {
        var response = await executor.Ask("query A { sku(v: \"abc\") } query B { sku(v: \"toolong\") } query C { nothing sku(v: 3) @skip(if: true) }", operationName: "A");

        Assert.Equal(["1:44", "1:67", "1:82"], PlacesOf(response).Order());
    }

    [Fact]
    public async Task Five_errors_are_enough()
    {
        var response = await executor.Ask("query($v: [Int]) { ints(v: $v) }", $$"""{"v":[{{string.Join(",", Enumerable.Repeat("\"x\"", 1_000))}}]}""");

        Assert.Equal(5, response.Split("\"message\"").Length - 1);
        Assert.Contains("\\\"$v[4]\\\"", response, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_variables_and_many_names_are_matched_in_one_pass()
    {
        var definitions = string.Join(" ", Enumerable.Range(0, 900).Select(i => $"$v{i}: Int"));
        var uses = string.Join(" ", Enumerable.Range(0, 900).Select(i => $"f{i}: int(v: $v{i})"));
        var variables = "{" + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"\"x{i}\":0,")) + "\"v899\":5}";
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var response = await executor.Ask($"query({definitions}) {{ {uses} }}", variables);

        Assert.EndsWith("\"f898\":\"null\",\"f899\":\"5\"}}", response, StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), watch.Elapsed.ToString());
    }

    private static IEnumerable<string> PlacesOf(string response)
    {
        using var json = JsonDocument.Parse(response);
        return [.. json.RootElement.GetProperty("errors").EnumerateArray()
            .Select(e => e.GetProperty("locations")[0])
            .Select(l => $"{l.GetProperty("line")}:{l.GetProperty("column")}")];
    }

    private static string Show(object? value) => value switch
    {
        null => "null",
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private enum Colour
    {
        DarkRed,
        Green,
    }

    private sealed record Order(IReadOnlyList<Line> Lines, string? Note, bool Urgent, Order? Parent)
    {
        public override string ToString() => $"{string.Join(",", Lines)} | {Note ?? "null"} | {Urgent}{(Parent is null ? "" : $" | ({Parent})")}";
    }

    private sealed record Line(Sku Sku, int? Quantity, Colour? Colour, double? Price)
    {
        public override string ToString() => $"{Sku.Code}×{Show(Quantity)}{(Colour is null ? "" : $" {Colour}")}";
    }

    private sealed record Choice(Optional<string?> Id, Optional<string?> Name, Line? Line)
    {
        public override string ToString() => Id.HasValue ? $"id={Id.Value}" : Name.HasValue ? $"name={Name.Value}" : $"line={Line}";
    }

    private readonly record struct Sku(string Code);

    private readonly struct SkuScalar : IScalar<Sku>
    {
        public static string? Parse(in ScalarInput input, out Sku value)
        {
            value = new Sku(input.Text);
            return input.Kind == ScalarInputKind.String && input.Text.Length == 3 ? null : $"must be three characters, not {input}";
        }

        public static void Write(Sku value, Utf8Writer writer) => writer.String(value.Code);
    }
}
