using System.Text;
using Wholesale.GraphQL.Execution;
using Wholesale.GraphQL.Language;
using static Wholesale.GraphQL.Tests.Execution.ExecutionHarness;

namespace Wholesale.GraphQL.Tests.Execution;

/// <summary>Sections 3.13.1 "@skip" and 3.13.2 "@include", which a plan evaluates for all requests at once.</summary>
public sealed class SkipAndIncludeTests
{
    private readonly List<string> calls = [];
    private readonly GraphQLExecutor executor;

    public SkipAndIncludeTests() => executor = Executor("type Query { o: Obj a: Int b: Int c: Int } type Obj { o: Obj a: Int b: Int c: Int }", map =>
    {
        map.Field("Query.o", () => new Obj());
        foreach (var name in new[] { "a", "b", "c" })
        {
            map.Field($"Query.{name}", () =>
            {
                calls.Add(name);
                return 1;
            });
        }
    });

    [Fact]
    public async Task Literals_decide_at_once()
    {
        await executor.Expect("{ a @skip(if: true) b @include(if: true) c @include(if: false) }", """{"data":{"b":1}}""");
        await executor.Expect("{ a @skip(if: false) @include(if: false) b @skip(if: false) @include(if: true) }", """{"data":{"b":1}}""");

        Assert.Equal(["b", "b"], calls);
    }

    [Theory]
    [InlineData(true, true, """{"b":1}""")]
    [InlineData(true, false, """{}""")]
    [InlineData(false, true, """{"a":1,"b":1,"c":1}""")]
    [InlineData(false, false, """{"a":1}""")]
    public async Task Variables_decide_for_each_request(bool x, bool y, string data)
    {
        await executor.Expect(
            "query($x: Boolean!, $y: Boolean!) { a @skip(if: $x) b @include(if: $y) c @skip(if: $x) @include(if: $y) }",
            $$"""{"data":{{data}}}""",
            $$"""{"x":{{(x ? "true" : "false")}},"y":{{(y ? "true" : "false")}}}""");

        // What is left out of the response is not called either.
        Assert.Equal(data.Count(c => c == '1'), calls.Count);
    }

    [Fact]
    public async Task A_default_decides_where_the_variable_is_absent_and_null_is_not_true()
    {
        const string Query = "query($x: Boolean = true) { a @include(if: $x) b @skip(if: $x) }";

        await executor.Expect(Query, """{"data":{"a":1}}""");
        await executor.Expect(Query, """{"data":{"b":1}}""", """{"x":false}""");
        await executor.Expect(Query, """{"data":{"b":1}}""", """{"x":null}""");
    }

    [Fact]
    public async Task A_selection_that_ends_up_empty_is_an_empty_object()
    {
        await executor.Expect("{ o { a @skip(if: true) o { b @include(if: false) } } }", """{"data":{"o":{"o":{}}}}""");
        await executor.Expect("query($x: Boolean!) { o @skip(if: $x) { a } }", """{"data":{}}""", """{"x":true}""");
        await executor.Expect("query($x: Boolean!) { o { a @skip(if: $x) } }", """{"data":{"o":{}}}""", """{"x":true}""");
    }

    [Theory]
    [InlineData("{ a @include(if: $x) b a }")]
    [InlineData("{ a @include(if: $x) b a @include(if: $y) c }")]
    [InlineData("{ ... @include(if: $x) { a b } ... @include(if: $y) { b a } c }")]
    [InlineData("{ ...F @include(if: $x) c ...F @include(if: $y) b } fragment F on Query { b a }")]
    [InlineData("{ ...F @include(if: $x) c ...F @skip(if: $x) a } fragment F on Query { a ...G } fragment G on Query { b }")]
    [InlineData("{ ...F @include(if: $x) ...G ...F } fragment F on Query { a ...G @skip(if: $y) } fragment G on Query { c b @skip(if: $z) a }")]
    [InlineData("{ ...F ...G @include(if: $y) b } fragment F on Query { ...G @include(if: $x) a } fragment G on Query { c b }")]
    [InlineData("{ o @include(if: $x) { a } b o { b @include(if: $y) c } }")]
    [InlineData("{ o { a @include(if: $x) ...H @include(if: $y) } a ... { o { b ...H @skip(if: $z) a } } } fragment H on Obj { c o { a } }")]
    [InlineData("{ o @skip(if: $x) { o @include(if: $y) { a } } o @include(if: $z) { b o { b a } } c }")]
    [InlineData("{ ...A @include(if: $x) ...A @include(if: $y) ...A @include(if: $z) c } fragment A on Query { ...B @skip(if: $x) b ...B @skip(if: $y) } fragment B on Query { a c }")]
    public async Task The_response_is_what_CollectFields_would_collect_at_run_time(string selections)
    {
        var used = new[] { "x", "y", "z" }.Where(n => selections.Contains("$" + n, StringComparison.Ordinal)).ToList();
        var query = $"query({string.Join(", ", used.Select(n => $"${n}: Boolean!"))}) {selections}";
        var document = Parser.Parse(new Source(query));
        for (var mask = 0; mask < 8; mask++)
        {
            var values = used.ToDictionary(n => n, n => (mask & (1 << (n[0] - 'x'))) != 0);
            var variables = "{" + string.Join(",", values.Select(v => $"\"{v.Key}\":{(v.Value ? "true" : "false")}")) + "}";

            Assert.Equal($$"""{"data":{{Expected(document, values)}}}""", await executor.Ask(query, variables));
        }
    }

    [Fact]
    public async Task Sixty_four_variables_are_accepted_and_one_more_is_refused()
    {
        await executor.Expect(Query(64), """{"data":{"f0":1,"f63":1}}""", Variables(64));
        await executor.Expect(
            Query(65),
            """{"errors":[{"message":"At most 64 variables can be used by @skip and @include.","locations":[{"line":1,"column":2639}],"extensions":{"code":"TOO_LARGE"}}]}""",
            Variables(65));

        static string Query(int count) =>
            $"query({string.Join(' ', Enumerable.Range(0, count).Select(i => $"$v{i}: Boolean!"))}) {{ {string.Join(' ', Enumerable.Range(0, count).Select(i => $"f{i}: a @include(if: $v{i})"))} }}";

        static string Variables(int count) =>
            "{" + string.Join(',', Enumerable.Range(0, count).Select(i => $"\"v{i}\":{(i is 0 or 63 ? "true" : "false")}")) + "}";
    }

    [Fact]
    public async Task More_than_64_ways_to_reach_one_field_are_refused()
    {
        var names = Enumerable.Range(0, 12).Select(i => "v" + i).ToList();
        var pairs = names.SelectMany((a, i) => names.Skip(i + 1).Select(b => (a, b))).ToList();

        await executor.Expect(Query(64), """{"data":{}}""", Variables());
        Assert.StartsWith(
            """{"errors":[{"message":"More than 64 combinations of @skip and @include lead to one selection.","locations":[{"line":1,"column":""",
            await executor.Ask(Query(65), Variables()),
            StringComparison.Ordinal);

        string Query(int count) =>
            $"query({string.Join(' ', names.Select(n => $"${n}: Boolean!"))}) {{ {string.Join(' ', pairs.Take(count).Select(p => $"... @include(if: ${p.a}) {{ a @include(if: ${p.b}) }}"))} {string.Join(' ', names.Select(n => $"{n}: b @include(if: ${n})"))} }}";

        string Variables() => "{" + string.Join(',', names.Select(n => $"\"{n}\":false")) + "}";
    }

    /// <summary>The algorithm of section 6.3.2 word for word, for one request, where every leaf is 1.</summary>
    private static string Expected(DocumentNode document, Dictionary<string, bool> variables)
    {
        var fragments = document.Definitions.OfType<FragmentDefinitionNode>().ToDictionary(f => f.Name.Value);
        return Object([document.Definitions.OfType<OperationDefinitionNode>().Single().SelectionSet]);

        string Object(IEnumerable<SelectionSetNode> sets)
        {
            var groups = new OrderedDictionary<string, List<FieldNode>>();
            var visited = new HashSet<string>();
            foreach (var set in sets)
            {
                Collect(set, groups, visited);
            }

            var text = new StringBuilder("{");
            foreach (var (name, fields) in groups)
            {
                text.Append(text.Length > 1 ? "," : "").Append($"\"{name}\":");
                text.Append(fields[0].SelectionSet is null ? "1" : Object(fields.Select(f => f.SelectionSet!)));
            }

            return text.Append('}').ToString();
        }

        void Collect(SelectionSetNode set, OrderedDictionary<string, List<FieldNode>> groups, HashSet<string> visited)
        {
            foreach (var selection in set.Selections)
            {
                if (IsTrue(selection, "skip") is true || IsTrue(selection, "include") is false)
                {
                    continue;
                }

                switch (selection)
                {
                    case FieldNode field when groups.TryGetValue(field.ResponseName, out var group):
                        group.Add(field);
                        break;
                    case FieldNode field:
                        groups.Add(field.ResponseName, [field]);
                        break;
                    case InlineFragmentNode inline:
                        Collect(inline.SelectionSet, groups, visited);
                        break;
                    case FragmentSpreadNode spread when visited.Add(spread.Name.Value):
                        Collect(fragments[spread.Name.Value].SelectionSet, groups, visited);
                        break;
                }
            }
        }

        bool? IsTrue(SelectionNode selection, string directive) =>
            selection.Directives.FirstOrDefault(d => d.Name.Value == directive)?.Arguments[0].Value is VariableNode variable ? variables[variable.Name.Value] : null;
    }

    private sealed record Obj
    {
        public Obj O => this;

        public int A => 1;

        public int B => 1;

        public int C => 1;
    }
}
