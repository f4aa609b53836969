using System.Text;
using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Validation;
using Wholesale.Tests;

namespace Wholesale.GraphQL.Tests.Fuzz;

/// <summary>Whatever the document: validation answers with a list of errors, each of them one rule's, and every rule has something to say.</summary>
public sealed class ValidationFuzzTests
{
    private static readonly string[] Rules =
        [.. typeof(DocumentValidator).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Rule)) && !t.IsAbstract).Select(t => t.Name)];

    [Fact]
    public void Any_document_is_valid_or_breaks_a_rule()
    {
        var run = new FuzzRun("validation");
        var verdicts = run.Count("verdicts", ["invalid", "no document", "valid"]);
        var rules = run.Count("errors by rule", [.. Rules, "limit of errors", "limit of comparisons", "limit of fragment visits"]);
        var documents = new DocumentGrammar(FuzzSchema.Schema, run.Random);
        var corpus = new Corpus(run.Random, () => Encoding.UTF8.GetBytes(documents.Document()), new Damage(run.Random, GraphQLPieces.Document, maxChanges: 1));
        var options = new ValidationOptions();
        var tight = new ValidationOptions { MaxMergeComparisons = 3, MaxFragmentVisits = 3, MaxErrors = 50 };
        var number = 0;

        run.Run(300_000, corpus.Next, body =>
        {
            DocumentNode document;
            try
            {
                document = Parser.Parse(new Source(body));
            }
            catch (GraphQLSyntaxException)
            {
                verdicts.Add("no document");
                return;
            }

            number++;
            var schema = number % 16 == 1 ? FuzzSchema.QueriesAndMutations : FuzzSchema.Schema;
            var errors = DocumentValidator.Validate(schema, document, number % 16 == 2 ? tight : options);
            verdicts.Add(errors.Count == 0 ? "valid" : "invalid");
            foreach (var error in errors)
            {
                rules.Add(GraphQLMessages.Validation.NameOf(error.Message));
            }
        });
    }
}
