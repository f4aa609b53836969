using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Tests.Types;

/// <summary>Builds schemas for the tests of one rule. A second source brings the query root that every schema needs.</summary>
internal static class SchemaRule
{
    private static readonly Source QueryRoot = new("type Query { ok: Boolean }", "query.graphql");

    /// <summary>Builds a schema that has to be valid.</summary>
    public static Schema ExpectValid(string sdl) => SchemaBuilder.Build([new Source(sdl, "a.graphql"), QueryRoot]);

    /// <summary>Builds a schema that has to have exactly these problems.</summary>
    public static void ExpectProblems(string sdl, params string[] problems) => ExpectProblems([new Source(sdl, "a.graphql"), QueryRoot], problems);

    /// <inheritdoc cref="ExpectProblems(string, string[])"/>
    public static void ExpectProblems(IEnumerable<Source> sources, params string[] problems)
    {
        var exception = Assert.Throws<SchemaException>(() => SchemaBuilder.Build(sources));

        Assert.Equal(problems, exception.Problems);
    }
}
