using System.Buffers;
using System.Text;
using Wholesale.GraphQL.Execution;
using Wholesale.Imports;
using Wholesale.Platform;

namespace Wholesale.Tests.Imports;

public sealed class RowParserTests
{
    [Fact]
    public void A_row_is_read_with_all_kinds_of_values()
    {
        var row = Parse("""{"sku":"A","color":"DARK_RED","price":"12.5","currency":"EUR","size":0.5,"from":"2026-03-01T01:00:00+01:00","note":null,"parts":[{"name":"x","rank":3}]}""");

        Assert.Equal("A", row.Sku);
        Assert.Equal(Color.DarkRed, row.Color);
        Assert.Equal(125_000, row.Price?.TenThousandths);
        Assert.Equal("EUR", row.Currency?.Code);
        Assert.Equal(500, row.Size.Or(Quantity.One).Thousandths);
        Assert.Equal(new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc), row.From);
        Assert.True(row.Note.HasValue);
        Assert.Null(row.Note.Value);
        Assert.Equal([new Part("x", 3)], row.Parts!);
    }

    [Fact]
    public void What_is_left_out_is_told_from_null()
    {
        var row = Parse("""{"sku":"A"}""");

        Assert.False(row.Note.HasValue);
        Assert.False(row.Size.HasValue);
        Assert.Null(row.Parts);
    }

    [Theory]
    [InlineData("""{"sku":"A","colour":"RED"}""", "colour: There is no field \"colour\".")]
    [InlineData("""{"color":"RED"}""", "sku: The field \"sku\" is missing.")]
    [InlineData("""{"sku":null}""", "sku: \"sku\" must not be null.")]
    [InlineData("""{"sku":"A","sku":"B"}""", "sku: \"sku\" stands twice.")]
    [InlineData("""{"sku":7}""", "sku: \"sku\" must be a string, not 7.")]
    [InlineData("""{"sku":"A","color":"GREEN"}""", "color: \"color\" must be one of RED, DARK_RED, not \"GREEN\".")]
    [InlineData("""{"sku":"A","color":1}""", "color: \"color\" must be one of RED, DARK_RED, not 1.")]
    [InlineData("""{"sku":"A","price":"1.00001"}""", "price: \"price\" must be a decimal number with at most 4 decimals and 14 digits before the point, as in \"12.5\", not \"1.00001\".")]
    [InlineData("""{"sku":"A","price":[1]}""", "price: \"price\" must be a decimal number with at most 4 decimals and 14 digits before the point, as in \"12.5\", not a list.")]
    [InlineData("""{"sku":"A","currency":"EURO"}""", "currency: \"currency\" must be a currency code of ISO 4217, as in \"EUR\", not \"EURO\".")]
    [InlineData("""{"sku":"A","size":null}""", "size: \"size\" must not be null.")]
    [InlineData("""{"sku":"A","size":-1}""", "size: \"size\" must be a number from 0 to 999999999.999 with at most 3 decimals, not -1.")]
    [InlineData("""{"sku":"A","parts":{}}""", "parts: \"parts\" must be a list, not an object.")]
    [InlineData("""{"sku":"A","parts":[null]}""", "parts/0: \"parts.0\" must not be null.")]
    [InlineData("""{"sku":"A","parts":["x"]}""", "parts/0: \"parts.0\" must be an object, not \"x\".")]
    [InlineData("""{"sku":"A","parts":[{"name":"x","rank":1},{"name":"y","rank":"2"}]}""", "parts/1/rank: \"parts.1.rank\" must be a whole number of at most 32 bits, not \"2\".")]
    [InlineData("""{"sku":"A","more":[{"name":"x"}]}""", "more/0/rank: The field \"rank\" is missing.")]
    [InlineData("""{"sku":"A" """, ": The line is not JSON, from its byte 12 on.")]
    [InlineData("""{"sku":"A"}}""", ": The line is not JSON, from its byte 12 on.")]
    [InlineData("""{"sku":"\uD83D"}""", "sku: \"sku\" must be Unicode, not \"\\uD83D\".")]
    [InlineData("""{"sku":"A","from":"\uD83D"}""", "from: \"from\" must be Unicode, not \"\\uD83D\".")]
    [InlineData("""{"sku":"A","\uDC15":1}""", "\uFFFD: There is no field \"\uFFFD\".")]
    [InlineData("null", ": The line must be an object, not null.")]
    [InlineData("[]", ": The line must be an object, not a list.")]
    [InlineData("\u00ff", ": The line is not JSON, from its byte 1 on.")]
    public void A_problem_is_named_with_its_path(string line, string expected)
    {
        Assert.Null(RowParser.Parse<Row>(Bytes(line), out var errors));

        var error = Assert.Single(errors);
        Assert.Equal("INVALID_VALUE", error.Code);
        Assert.Equal(expected, $"{string.Join('/', error.Path ?? [])}: {error.Message}");
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_named_and_no_crash()
    {
        var line = Encoding.UTF8.GetBytes("""{"sku":"A","parts":"?","c?":1}""").Select(b => b == '?' ? (byte)0xED : b).ToArray();

        RowParser.Parse<Row>(new ReadOnlySequence<byte>(line), out var errors);

        Assert.Equal(["\"parts\" must be a list, not \"\uFFFD\".", "There is no field \"\uFFFD\"."], errors.Select(e => e.Message));
    }

    [Theory]
    [InlineData("""{"sku":"\uD83D"}""", null)]
    [InlineData("""{"\uD83D":1,"sku":"A"}""", "A")]
    [InlineData("""{"price":1,"sku":"A"}""", "A")]
    [InlineData("""{"sku":1}""", null)]
    [InlineData("[]", null)]
    [InlineData("{", null)]
    public void The_key_of_a_line_that_is_no_row_is_read_where_it_can_be(string line, string? key) =>
        Assert.Equal(key, RowParser.Peek(Bytes(line), "sku"));

    [Fact]
    public void All_problems_of_a_row_are_named()
    {
        RowParser.Parse<Row>(Bytes("""{"colour":"RED","price":"x","parts":[{"name":1,"rank":true}]}"""), out var errors);

        Assert.Equal(["colour", "price", "parts/0/name", "parts/0/rank", "sku"], errors.Select(e => string.Join('/', e.Path!)));
    }

    [Fact]
    public void The_problems_of_a_very_wrong_row_are_not_all_named()
    {
        var line = $$"""{"sku":"A",{{string.Join(',', Enumerable.Range(0, 50_000).Select(i => $"\"f{i}\":0"))}}}""";

        RowParser.Parse<Row>(Bytes(line), out var errors);

        Assert.Equal(20, errors.Count);
    }

    [Fact]
    public void Nesting_beyond_the_limit_is_an_error_and_no_crash()
    {
        var line = """{"sku":"A","parts":""" + new string('[', 100_000);

        RowParser.Parse<Row>(Bytes(line), out var errors);

        Assert.Equal("The line is not JSON, from its byte 83 on.", Assert.Single(errors).Message);
    }

    private static Row Parse(string line)
    {
        var row = RowParser.Parse<Row>(Bytes(line), out var errors);
        Assert.Empty(errors);
        return row!;
    }

    private static ReadOnlySequence<byte> Bytes(string line) => new(Encoding.UTF8.GetBytes(line));

    private enum Color
    {
        Red,
        DarkRed,
    }

    private sealed record Row(
        string Sku,
        Color? Color = null,
        Amount? Price = null,
        Currency? Currency = null,
        Optional<Quantity> Size = default,
        DateTime? From = null,
        Optional<string?> Note = default,
        IReadOnlyList<Part>? Parts = null,
        Optional<IReadOnlyList<Part>?> More = default);

    private sealed record Part(string Name, int Rank);
}
