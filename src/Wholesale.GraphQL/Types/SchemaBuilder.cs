using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL.Types;

/// <summary>Makes a schema from type system documents: parses, merges, constructs, validates.</summary>
public static class SchemaBuilder
{
    // A schema is the operator's own text, so its length is not limited; nesting is, because it bounds recursion.
    private static readonly ParserOptions Options = new() { MaxTokens = int.MaxValue };

    /// <summary>Parses and merges the sources, checks section 3's rules, and returns the schema.</summary>
    /// <param name="sources">Type system documents; definitions may refer to and extend those of other sources, in any order.</param>
    /// <param name="withoutDirective">
    /// Leaves out every type, extension, field, argument, input field and enum value that carries this directive, the directive's own
    /// definition included: two contracts from one set of files. What is kept must not refer to a type that is left out. Null keeps
    /// everything; then a directive on an extension is one of the type's, so it has to be repeatable to stand on several of them.
    /// </param>
    /// <exception cref="SchemaException">Lists every problem with file, line and column.</exception>
    public static Schema Build(IEnumerable<Source> sources, string? withoutDirective = null)
    {
        Source[] all = [.. sources];
        var problems = new SchemaProblems(all);
        var documents = Parse(all, problems);

        // Half of the texts would cause nothing but follow-up problems.
        problems.ThrowIfAny();

        var merged = new MergedDocuments([Parser.Parse(IntrospectionSdl.Source), .. documents], withoutDirective, problems);
        var construction = new SchemaConstruction(merged, problems);
        new SchemaValidator(construction, problems).Validate();
        problems.ThrowIfAny();
        return construction.ToSchema();
    }

    private static List<DocumentNode> Parse(Source[] sources, SchemaProblems problems)
    {
        var documents = new List<DocumentNode>(sources.Length);
        foreach (var source in sources)
        {
            try
            {
                documents.Add(Parser.Parse(source, Options));
            }
            catch (GraphQLSyntaxException exception)
            {
                problems.Add(exception);
            }
        }

        return documents;
    }
}
