namespace Wholesale.GraphQL.Tests.Execution.Cost;

/// <summary>What <c>@cost</c> and <c>@listSize</c> may say: checked when a schema is bound, each problem with its coordinate.</summary>
public sealed class CostDirectivesTests
{
    [Theory]
    [InlineData("a: String @cost(weight: \"much\")", "Query.a: the weight of @cost must be a number of up to three decimals, not \"much\".")]
    [InlineData("a: String @cost(weight: \"0.0001\")", "Query.a: the weight of @cost must be a number of up to three decimals, not \"0.0001\".")]
    [InlineData("a: String @cost(weight: \"1000001\")", "Query.a: the weight of @cost must be a number of up to three decimals, not \"1000001\".")]
    [InlineData("a: String @cost(weight: \"NaN\")", "Query.a: the weight of @cost must be a number of up to three decimals, not \"NaN\".")]
    [InlineData("a(b: Int @cost(weight: \"\")): String", "Query.a(b:): the weight of @cost must be a number of up to three decimals, not \"\".")]
    [InlineData("bad: Bad", "Bad: a type's weight must not be negative; an argument's may.")]
    [InlineData("a: [Item]", "Query.a is a list without a size: give it @listSize.")]
    [InlineData("a: [Item] @listSize(slicingArguments: [\"first\"])", "Query.a: the slicing argument \"first\" does not exist.")]
    [InlineData("a(f: In): [Item] @listSize(slicingArguments: [\"f.max\", \"f.min\"])", "Query.a: the slicing argument \"f.min\" does not exist.")]
    [InlineData("a(f: [In]): [Item] @listSize(slicingArguments: [\"f.max\"])", "Query.a: the slicing argument \"f.max\" does not exist.")]
    [InlineData("a(f: String): [Item] @listSize(slicingArguments: [\"f\"])", "Query.a: the slicing argument \"f\" must be an Int or a list, not String.")]
    [InlineData("a: [Item] @listSize(assumedSize: -1)", "Query.a: assumedSize must not be negative.")]
    [InlineData("a: [Item] @listSize", "Query.a: @listSize needs an assumedSize for when no slicing argument is given.")]
    [InlineData("a(first: Int = 2): [Item] @listSize(slicingArguments: [\"first\"], requireOneSlicingArgument: false)", "Query.a: @listSize needs an assumedSize for when no slicing argument is given.")]
    [InlineData("a: Item @listSize(assumedSize: 2)", "Query.a: @listSize stands on a list, or names in sizedFields the lists of its value; not both.")]
    [InlineData("a: [Page] @listSize(assumedSize: 2, sizedFields: [\"items\"])", "Query.a: @listSize stands on a list, or names in sizedFields the lists of its value; not both.")]
    [InlineData("page: Page @listSize(assumedSize: 2, sizedFields: [\"rows\"])", "Query.page: the sized field \"rows\" is no list of Page.")]
    [InlineData("page: Page @listSize(assumedSize: 2, sizedFields: [\"count\"])", "Query.page: the sized field \"count\" is no list of Page.")]
    [InlineData("page: Page", "Page.items is a list without a size: give it @listSize, or name it in the sizedFields of Query.page.")]
    [InlineData("page: Page @listSize(assumedSize: 2, sizedFields: [\"items\"]) other: Page", "Page.items is a list without a size: give it @listSize, or name it in the sizedFields of Query.other.")]
    [InlineData("some: Some", "Page.items is a list without a size: give it @listSize.")]
    [InlineData("named: Named", "Named.name: @cost cannot stand on an interface's field, only on those of the object types.")]
    public void What_does_not_fit_is_named(string fields, string problem) => Assert.Contains(problem, Problems(CostHarness.Directives, fields));

    [Theory]
    [InlineData("a: String @cost(weight: \"-1.5\")")]
    [InlineData("a: String @cost(weight: \"1e3\")")]
    [InlineData("a: [String]")]
    [InlineData("a: [Free!]!")]
    [InlineData("a(first: Int! = 2): [Item] @listSize(slicingArguments: [\"first\"], requireOneSlicingArgument: false)")]
    [InlineData("a(first: Int): [Item] @listSize(slicingArguments: [\"first\"])")]
    [InlineData("a(f: In): [Item] @listSize(slicingArguments: [\"f.max\"])")]
    [InlineData("a(f: In): [Item] @listSize(slicingArguments: [\"f.rows\"])")]
    public void What_fits_is_taken(string fields) =>
        Assert.DoesNotContain(Problems(CostHarness.Directives, fields), p => p.Contains("Query", StringComparison.Ordinal) && !IsMissingCode(p));

    [Theory]
    [InlineData("directive @cost(weight: String!) on OBJECT", "@listSize is not defined, though its companion is: costs need @cost and @listSize.")]
    [InlineData(
        "directive @cost(weight: Int!) on OBJECT directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION",
        "@cost must have the arguments weight: String! and no locations but OBJECT, SCALAR, ENUM, FIELD_DEFINITION, ARGUMENT_DEFINITION, INPUT_FIELD_DEFINITION.")]
    [InlineData(
        "directive @cost(weight: String!) on INTERFACE directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION",
        "@cost must have the arguments weight: String! and no locations but OBJECT, SCALAR, ENUM, FIELD_DEFINITION, ARGUMENT_DEFINITION, INPUT_FIELD_DEFINITION.")]
    public void The_directives_have_one_form(string directives, string problem) =>
        Assert.Contains(problem, Assert.Throws<SchemaException>(() => ExecutionHarness.Bind($"{directives} type Query {{ a: Int }}", _ => { })).Problems);

    /// <summary>No field has code here, which is a problem of its own.</summary>
    private static bool IsMissingCode(string problem) => problem.EndsWith("has no resolver.", StringComparison.Ordinal);

    private static IReadOnlyList<string> Problems(string directives, string fields) => Assert.Throws<SchemaException>(() => ExecutionHarness.Bind(
        $$"""
        {{directives}}
        type Query { {{fields}} }
        type Item { id: ID }
        type Page { items: [Item] count: Int }
        type Other { items: [Item] @listSize(assumedSize: 1) }
        type Bad @cost(weight: "-1") { id: ID }
        type Free @cost(weight: "0") { id: ID inner: [Free] }
        interface Named { name: String @cost(weight: "1") }
        union Some = Page | Other
        input In { max: Int rows: [Int] }
        """,
        _ => { })).Problems;
}
