using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Wholesale.GraphQL.Execution;

namespace Wholesale.GraphQL.Tests.Execution;

/// <summary>JSON strings as UTF-8. Plain characters are copied several at a time, so every length and every place of the first other character counts.</summary>
public class Utf8WriterTests
{
    private static readonly JsonSerializerOptions Reference = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [InlineData("é")]
    [InlineData("€")]
    [InlineData("😀")]
    [InlineData("\"")]
    [InlineData("\\")]
    [InlineData("\n")]
    [InlineData("\u001F")]
    [InlineData("~")]
    [InlineData("é\"\\é")]
    public void A_string_reads_back_the_same_wherever_an_unusual_character_stands(string unusual)
    {
        for (var length = 0; length <= 40; length++)
        {
            var plain = new string([.. Enumerable.Range(0, length).Select(i => (char)('a' + (i % 26)))]);
            for (var place = 0; place <= length; place++)
            {
                var text = plain.Insert(place, unusual);

                var json = Write(text);

                Assert.Equal(text, JsonSerializer.Deserialize<string>(json));
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("just a sentence of plain text, ~40 chars")]
    [InlineData("Müller & Söhne <\"Ω\">")]
    [InlineData("tab\t, line\r\n, bell\u0007, slash /, backslash \\")]
    [InlineData("emoji 😀 behind eight plain characters")]
    public void A_string_is_escaped_as_JSON_demands_and_no_further(string text)
    {
        var expected = JsonSerializer.Serialize(text, Reference).Replace("\\uD83D\\uDE00", "😀", StringComparison.Ordinal);

        Assert.Equal(expected, Write(text), ignoreCase: true);
    }

    [Theory]
    [InlineData("12345678\uD83D")]
    [InlineData("12345678\uDE0012345678")]
    public void Half_a_surrogate_pair_becomes_the_replacement_character(string text)
    {
        var json = Write(text);

        Assert.Equal(text.Replace('\uD83D', '\uFFFD').Replace('\uDE00', '\uFFFD'), JsonSerializer.Deserialize<string>(json));
    }

    private static string Write(string text)
    {
        using var writer = new Utf8Writer(16);
        writer.String(text);
        return Encoding.UTF8.GetString(writer.Written.Span);
    }
}
