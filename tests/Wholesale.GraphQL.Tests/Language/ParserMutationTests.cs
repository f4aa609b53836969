using System.Globalization;
using System.Text;
using Wholesale.GraphQL.Language;
using static Wholesale.GraphQL.Tests.Language.LanguageHarness;

namespace Wholesale.GraphQL.Tests.Language;

/// <summary>Damaged documents: whatever the bytes, the parser answers with a tree or with a syntax error, and never otherwise.</summary>
public sealed class ParserMutationTests
{
    const int DocumentsPerFixture = 10_000;

    static readonly byte[][] Fragments =
    [
        .. new[]
        {
            "{", "}", "(", ")", "[", "]", "...", "..", "$", "@", "!", "=", "|", "&", ":", "#", "[[[[[[[[", "{a{a{a{a",
            "\"", "\"\"\"", "\\", "\\\"\"\"", "\\u", "\\u{", "\\uD83D", "\n", "\r", "\uFEFF", "\0", "é", "🙂", "0", "-", ".", "e",
            " on ", " extend ", " fragment ", " type ", " null ", " true ",
        }.Select(Encoding.UTF8.GetBytes),
        [0xC3], [0x9F], [0xED, 0xA0, 0x80], [0xFF], [0xEF, 0xBB],
    ];

    [Theory]
    [InlineData("kitchen-sink.graphql")]
    [InlineData("kitchen-sink-schema.graphql")]
    public void A_damaged_document_gives_a_tree_or_a_syntax_error(string fixture)
    {
        var original = Encoding.UTF8.GetBytes(ReadFixture(fixture));
        var trees = 0;
        for (var seed = 0; seed < DocumentsPerFixture; seed++)
        {
            var body = Damage(original, new Random(seed));
            try
            {
                trees += HasTree(body) ? 1 : 0;
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException(
                    string.Create(CultureInfo.InvariantCulture, $"{fixture}, seed {seed}: {Encoding.UTF8.GetString(body)}"), failure);
            }
        }

        // Both answers must occur often, or the damage is too great or too small to test anything.
        Assert.InRange(trees, DocumentsPerFixture / 20, DocumentsPerFixture * 19 / 20);
    }

    /// <summary>Parses; a tree must survive printing, and an error must name a place within the text.</summary>
    static bool HasTree(byte[] body)
    {
        string printed;
        try
        {
            printed = Printer.Print(Parser.Parse(new Source(body)));
        }
        catch (GraphQLSyntaxException refusal)
        {
            var location = Assert.Single(refusal.Error.Locations);
            Assert.InRange(location.Line, 1, 1 + body.Count(b => b is (byte)'\n' or (byte)'\r'));
            Assert.InRange(location.Column, 1, body.Length + 1);
            return false;
        }

        Assert.Equal(printed, Printer.Print(Parse(printed)));
        return true;
    }

    /// <summary>One to four changes: a stretch removed, doubled or moved, or a fragment put in its place.</summary>
    static byte[] Damage(byte[] original, Random random)
    {
        var body = original.ToList();
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            var start = random.Next(body.Count);
            var stretch = body.GetRange(start, Math.Min(random.Next(1, 12), body.Count - start));
            switch (random.Next(4))
            {
                case 0:
                    body.RemoveRange(start, stretch.Count);
                    break;
                case 1:
                    body.InsertRange(start, stretch);
                    break;
                case 2:
                    body.InsertRange(random.Next(body.Count), stretch);
                    break;
                default:
                    body.RemoveAt(start);
                    body.InsertRange(start, Fragments[random.Next(Fragments.Length)]);
                    break;
            }
        }

        return [.. body];
    }
}
