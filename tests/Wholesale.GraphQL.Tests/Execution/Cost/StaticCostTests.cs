using System.Text.Json;
using Wholesale.GraphQL.Execution;

namespace Wholesale.GraphQL.Tests.Execution.Cost;

/// <summary>What an operation costs at most, before it runs.</summary>
public sealed class StaticCostTests
{
    private static readonly GraphQLExecutor Executor = CostHarness.Executor();

    public static TheoryData<string, string, string> Costs => new()
    {
        { "{ __typename }", "{}", "1" },
        { "{ box { id __typename } }", "{}", "2" },
        { "{ box { detail inner { detail } } }", "{}", "4" },
        { "{ a: box { detail } b: box { detail } c: box { detail } d: box { detail } }", "{}", "6" },
        { "{ box { id } ...F } fragment F on Query { box { inner { id } } }", "{}", "3" },
        { "{ none { id } }", "{}", "4" },

        // Slicing arguments: a default counts, null does not, the greatest wins, a negative is none.
        { "{ boxes { id } }", "{}", "4" },
        { "{ boxes(first: null) { id } }", "{}", "8" },
        { "{ boxes(first: 2, last: 5) { id } }", "{}", "6" },
        { "{ boxes(first: -5) { id } }", "{}", "1" },
        { "query($n: Int) { boxes(first: $n) { id } }", """{"n":10}""", "11" },
        { "query($n: Int) { boxes(first: $n) { id } }", "{}", "4" },
        { "query($n: Int) { boxes(first: $n) { id } }", """{"n":null}""", "8" },
        { "query($n: Int = 6) { boxes(first: $n) { id } }", "{}", "7" },
        { "{ strict(first: 2) { id } }", "{}", "3" },
        { "{ strict { id } }", "{}", "GRAPHQL_VALIDATION_FAILED: Query.strict must be given exactly one of \"first\", \"last\"." },
        { "{ strict(first: 2, last: 2) { id } }", "{}", "GRAPHQL_VALIDATION_FAILED: Query.strict must be given exactly one of \"first\", \"last\"." },
        { "query($n: Int) { strict(first: 2, last: $n) { id } }", "{}", "3" },

        // Sized fields, under whatever name; what stands beside them is not sized.
        { "{ page(first: 4) { edges { node { id } } } }", "{}", "6" },
        { "{ page { e: edges { node { id } } edges { node { balls { id } } } count } }", "{}", "116" },

        // Input: a weight for each value given, within input objects, too; defaults are given.
        { "{ find { id } }", "{}", "6" },
        { "{ find(filter: null) { id } }", "{}", "6" },
        { "{ find(filter: { max: 9 }) { id } }", "{}", "12" },
        { "{ find(filter: { max: 0, tags: [{}, {}, {}], words: [\"a\", \"b\"] }) { id } }", "{}", "6" },
        { "{ find(filter: { max: 0, tags: {} }) { id } }", "{}", "3" },
        { "{ find(filter: { max: 0, tags: null, deep: { tags: [], deep: { tags: [] } } }) { id } }", "{}", "4" },
        { "query($f: Filter) { find(filter: $f) { id } }", """{"f":{"max":20,"tags":[{},{}]}}""", "24" },
        { "query($m: Int, $t: [Tag!]) { find(filter: { max: $m, tags: $t }) { id } }", """{"m":20,"t":[{},{}]}""", "24" },
        { "query($m: Int, $t: [Tag!]) { find(filter: { max: $m, tags: $t }) { id } }", "{}", "8" },
        { "{ byIds(ids: [\"1\", \"2\"]) { id } }", "{}", "12" },
        { "query($ids: [ID!]!) { byIds(ids: $ids) { id } a: byIds(ids: $ids) { id } }", """{"ids":[1,2,3,4]}""", "45" },
        { "mutation { write(input: { rows: [{}, {}, {}] }) { boxes { id } notes { text } } }", "{}", "9" },
        { "mutation($rows: [Row!]!) { write(input: { rows: $rows }) { boxes { id } } }", """{"rows":[{},{"tags":[{},{}]},{}]}""", "9" },
        { "{ approximate { id } }", "{}", "4" },
        { "{ approximate(approx: false) { id } }", "{}", "2" },

        // Abstract types: the greatest member, with what is selected of it.
        { "{ any { ... on Box { id } } }", "{}", "6" },
        { "{ things { id ... on Box { inner { id } } } }", "{}", "21" },
        { "{ things { id ... on Box { balls { id } } } }", "{}", "205" },

        // Lists of lists, of leaves, of what costs nothing.
        { "{ grid { id } }", "{}", "10" },
        { "{ words }", "{}", "1" },
        { "{ heavy }", "{}", "13" },

        // Only what the request selects.
        { "query($a: Boolean!) { boxes @include(if: $a) { id } box { balls @skip(if: $a) { id } } }", """{"a":true}""", "5" },
        { "query($a: Boolean!) { boxes @include(if: $a) { id } box { balls @skip(if: $a) { id } } }", """{"a":false}""", "52" },
        { "query($a: Boolean!) { strict @include(if: $a) { id } }", """{"a":false}""", "1" },

        // Beyond all numbers.
        { "{ box { many(first: 2147483647) { many(first: 2147483647) { many(first: 2147483647) { many(first: 2147483647) { many(first: 2147483647) { id } } } } } } }", "{}", "999999999999999" },
    };

    [Theory]
    [MemberData(nameof(Costs))]
    public void An_operation_costs_what_its_schema_and_variables_say(string query, string variables, string cost) =>
        Assert.Equal(cost, Executor.CostOf(query, variables));

    [Fact]
    public void An_operation_beyond_the_limit_is_refused_with_the_field_that_costs_most()
    {
        var limits = new RequestLimits { MaxCost = 50 };

        var errors = Executor.Bind("query($n: Int!) {\n  box { id }\n  page(first: $n) { edges { node { detail balls { id } } } }\n}", """{"n":3}""", limits).Errors;

        var error = Assert.Single(errors);
        Assert.Equal("The operation may cost 157; the limit is 50. Most of it is Box.balls.", error.Message);
        Assert.Equal("COST_LIMIT_EXCEEDED", error.Code);
        Assert.Equal((3, 43), (error.Locations[0].Line, error.Locations[0].Column));
        Assert.Empty(Executor.Bind("{ page(first: 48) { edges { node { id } } } }", limits: limits).Errors);
        Assert.NotEmpty(Executor.Bind("{ page(first: 49) { edges { node { id } } } }", limits: limits).Errors);
    }

    [Fact]
    public void No_operation_may_cost_more_than_a_full_bucket()
    {
        Assert.NotEmpty(Executor.Bind("{ boxes(first: 11) { id } }", limits: new RequestLimits { MaxCost = null, CostBucket = 11 }).Errors);
        Assert.Empty(Executor.Bind("{ boxes(first: 10) { id } }", limits: new RequestLimits { MaxCost = null, CostBucket = 11 }).Errors);
    }

    [Fact]
    public void A_document_that_the_host_vouches_for_is_priced_by_the_clients_variables_all_the_same()
    {
        var prepared = Executor.Prepare(PersistedDocument.Of("query($n: Int!) { page(first: $n) { edges { node { id } } } }"u8.ToArray()), null);
        IReadOnlyList<GraphQLError> Errors(string variables)
        {
            using var json = JsonDocument.Parse(variables);
            return Executor.Bind(prepared, json.RootElement, new RequestLimits { MaxCost = 50 }).Errors;
        }

        Assert.Empty(Errors("""{"n":48}"""));
        Assert.Equal("COST_LIMIT_EXCEEDED", Assert.Single(Errors("""{"n":49}""")).Code);
    }

    [Fact]
    public void A_schema_without_the_directives_costs_nothing() =>
        Assert.Equal("", Shop.Executor().CostOf("{ products { id } }", limits: new RequestLimits { MaxCost = 0 }));
}
