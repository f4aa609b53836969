using System.Text;
using Wholesale.GraphQL.Language;
using Wholesale.Tests;

namespace Wholesale.GraphQL.Tests.Fuzz;

/// <summary>Whatever the bytes: the parser answers with a tree or with a syntax error, and what the printer makes of a tree means the same.</summary>
public sealed class LanguageFuzzTests
{
    // Small enough that documents of some hundred bytes reach them.
    private static readonly ParserOptions Tight = new() { MaxTokens = 60, MaxNesting = 6 };

    [Fact]
    public void Any_text_is_a_tree_or_a_syntax_error()
    {
        var run = new FuzzRun("language");
        var kinds = run.Count("kinds of nodes", SyntaxTree.Kinds);
        var refusals = run.Count("syntax errors", GraphQLMessages.Syntax.Names);
        var (documents, schemas) = (new DocumentGrammar(FuzzSchema.Schema, run.Random), new SchemaGrammar(run.Random));
        var corpus = new Corpus(
            run.Random,
            () => Encoding.UTF8.GetBytes(run.Random.Next(2) == 0 ? documents.Document() : schemas.Document()),
            new Damage(run.Random, GraphQLPieces.Document));
        var number = 0;

        run.Run(1_000_000, corpus.Next, body =>
        {
            // Looking closely costs several times as much as parsing.
            var closely = ++number % 16 == 0;
            try
            {
                var document = Parser.Parse(new Source(body), number % 8 == 1 ? Tight : ParserOptions.Default);
                if (closely)
                {
                    SyntaxTree.Visit(document, kinds.Add);
                    ExpectSameMeaning(document);
                }
            }
            catch (GraphQLSyntaxException refusal)
            {
                refusals.Add(GraphQLMessages.Syntax.NameOf(refusal.Message));
                if (closely)
                {
                    ExpectPlaceWithin(body, refusal);
                }
            }
        });
    }

    private static void ExpectSameMeaning(DocumentNode document)
    {
        var printed = Printer.Print(document);
        var again = Parser.Parse(new Source(printed));
        Assert.Equal(SyntaxTree.Meaning(document), SyntaxTree.Meaning(again));
        Assert.Equal(printed, Printer.Print(again));
    }

    private static void ExpectPlaceWithin(byte[] body, GraphQLSyntaxException refusal)
    {
        var location = Assert.Single(refusal.Error.Locations);
        Assert.InRange(location.Line, 1, 1 + body.Count(b => b is (byte)'\n' or (byte)'\r'));
        Assert.InRange(location.Column, 1, body.Length + 1);
    }
}
