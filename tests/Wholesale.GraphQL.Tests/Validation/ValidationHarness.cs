using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;
using Wholesale.GraphQL.Validation;

namespace Wholesale.GraphQL.Tests.Validation;

/// <summary>Validates by all rules at once against <c>fixture.graphql</c>, so a test of one rule also shows that no other objects.</summary>
static class ValidationHarness
{
    public static readonly Schema Fixture = SchemaBuilder.Build([ReadFixture()]);

    // Enough for every document here; the limits have tests of their own.
    static readonly ValidationOptions Options = new() { MaxErrors = 100, Suggestions = false };

    /// <summary>The document breaks no rule.</summary>
    public static void ExpectValid(string query) => ExpectErrors(query);

    /// <summary>The document has these errors, in this order, and no others.</summary>
    public static void ExpectErrors(string query, params GraphQLError[] expected) => ExpectErrors(query, Options, expected);

    /// <summary>The same under other options.</summary>
    public static void ExpectErrors(string query, ValidationOptions options, params GraphQLError[] expected)
    {
        var errors = Validate(query, options);

        Assert.Equal(expected.Select(Print), errors.Select(Print));
        Assert.All(errors, error => Assert.Equal("GRAPHQL_VALIDATION_FAILED", error.Code));
        Assert.All(errors, error => Assert.Null(error.Path));
    }

    /// <summary>An error and its places, each a line and a column.</summary>
    public static GraphQLError Error(string message, params (int Line, int Column)[] places) =>
        new(message) { Locations = [.. places.Select(place => new SourceLocation(place.Line, place.Column))] };

    /// <summary>
    /// Adds an operation that spreads the text's first fragment, on the last line, where it moves no other place. Then neither the fragment
    /// is unused nor the document without operation.
    /// </summary>
    public static string Used(string fragments, string variables = "") =>
        $"{fragments} query Harness{(variables.Length > 0 ? $"({variables})" : "")} {{ anything {{ ...{FirstFragment(fragments)} }} }}";

    public static IReadOnlyList<GraphQLError> Validate(string query, ValidationOptions options) =>
        DocumentValidator.Validate(Fixture, Parse(query), options);

    public static DocumentNode Parse(string query) =>
        Parser.Parse(new Source(query), new ParserOptions { MaxTokens = int.MaxValue });

    static Source ReadFixture() =>
        new(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Validation", "fixture.graphql")), "fixture.graphql");

    static string Print(GraphQLError error) =>
        $"{error.Message} {string.Join(" ", error.Locations.Select(place => $"{place.Line}:{place.Column}"))}";

    static string FirstFragment(string document) =>
        Parse(document).Definitions.OfType<FragmentDefinitionNode>().First().Name.Value;
}
