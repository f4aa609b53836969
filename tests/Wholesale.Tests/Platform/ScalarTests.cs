using System.Text;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Tests.Platform;

public sealed class ScalarTests
{
    [Theory]
    [InlineData(ScalarInputKind.String, "12.5")]
    [InlineData(ScalarInputKind.Float, "12.5")]
    [InlineData(ScalarInputKind.Float, "125e-1")]
    public void A_decimal_is_a_string_or_a_number(ScalarInputKind kind, string text)
    {
        Assert.Null(DecimalScalar.Parse(new ScalarInput(kind, text), out var value));
        Assert.Equal(125_000, value.TenThousandths);
    }

    [Fact]
    public void A_decimal_that_does_not_fit_is_named()
    {
        var problem = DecimalScalar.Parse(new ScalarInput(ScalarInputKind.String, "0.00001"), out _);

        Assert.Equal("must be a decimal number with at most 4 decimals and 14 digits before the point, as in \"12.5\", not \"0.00001\"", problem);
    }

    [Theory]
    [InlineData(ScalarInputKind.String, "5", "must be a number from 0 to 999999999.999 with at most 3 decimals, not \"5\"")]
    [InlineData(ScalarInputKind.Float, "0.0005", "must be a number from 0 to 999999999.999 with at most 3 decimals, not 0.0005")]
    [InlineData(ScalarInputKind.Boolean, "true", "must be a number from 0 to 999999999.999 with at most 3 decimals, not true")]
    [InlineData(ScalarInputKind.Int, "5", null)]
    public void A_quantity_is_a_number(ScalarInputKind kind, string text, string? problem) =>
        Assert.Equal(problem, QuantityScalar.Parse(new ScalarInput(kind, text), out _));

    [Theory]
    [InlineData(ScalarInputKind.Int, "999999999999999999", 999_999_999_999_999_999)]
    [InlineData(ScalarInputKind.String, "-999999999999999999", -999_999_999_999_999_999)]
    public void A_long_is_a_whole_number_or_a_string_of_digits(ScalarInputKind kind, string text, long value)
    {
        Assert.Null(LongScalar.Parse(new ScalarInput(kind, text), out var parsed));
        Assert.Equal(value, parsed);
    }

    [Theory]
    [InlineData(ScalarInputKind.Int, "1000000000000000000")]
    [InlineData(ScalarInputKind.Float, "1.0")]
    [InlineData(ScalarInputKind.String, "+1")]
    [InlineData(ScalarInputKind.String, " 1")]
    [InlineData(ScalarInputKind.Boolean, "true")]
    public void Anything_else_is_not_a_long(ScalarInputKind kind, string text) =>
        Assert.StartsWith("must be a whole number of at most 18 digits, not ", LongScalar.Parse(new ScalarInput(kind, text), out _));

    [Fact]
    public void A_date_is_a_day_of_the_calendar_and_comes_back_as_it_was_given()
    {
        Assert.Null(DateScalar.Parse(new ScalarInput(ScalarInputKind.String, "2028-02-29"), out var day));
        Assert.Equal(new DateOnly(2028, 2, 29), day);
        using var written = new Utf8Writer(32);
        DateScalar.Write(day, written);
        Assert.Equal("\"2028-02-29\"", Encoding.UTF8.GetString(written.Written.Span));
    }

    [Theory]
    [InlineData(ScalarInputKind.String, "2026-02-29")]
    [InlineData(ScalarInputKind.String, "2026-3-1")]
    [InlineData(ScalarInputKind.String, "2026-03-01T00:00:00Z")]
    [InlineData(ScalarInputKind.String, " 2026-03-01")]
    [InlineData(ScalarInputKind.Int, "20260301")]
    public void Anything_else_is_not_a_date(ScalarInputKind kind, string text) =>
        Assert.StartsWith("must be a day of the calendar, as in \"2026-03-01\", not ", DateScalar.Parse(new ScalarInput(kind, text), out _));

    [Fact]
    public void A_whole_number_is_an_id_that_finds_nothing()
    {
        Assert.Null(IdScalar.Parse(new ScalarInput(ScalarInputKind.Int, "42"), out var id));
        Assert.Equal(NodeId.None, id);
        Assert.Equal("must be an id, a string, not 4.2", IdScalar.Parse(new ScalarInput(ScalarInputKind.Float, "4.2"), out _));
    }

    [Fact]
    public void Each_value_is_written_as_its_JSON()
    {
        Assert.Equal("\"8.50\"", Written<Amount, DecimalScalar>(new Money(85_000, Currency.Of("EUR")).Amount));
        Assert.Equal("0.5", Written<Quantity, QuantityScalar>(new Quantity(500)));
        Assert.Equal("12", Written<long, LongScalar>(12));
        Assert.Equal("\"EUR\"", Written<Currency, CurrencyCodeScalar>(Currency.Of("EUR")));
        Assert.Equal("\"2026-03-01T12:00:00Z\"", Written<DateTime, DateTimeScalar>(new DateTime(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc)));
        Assert.Equal("\"zh-Hant\"", Written<string, LocaleScalar>("zh-Hant"));
        Assert.Equal("\"https://example.com/\"", Written<string, UrlScalar>("https://example.com/"));
        Assert.Equal($"\"{new NodeId("Variant", 7)}\"", Written<NodeId, IdScalar>(new NodeId("Variant", 7)));
    }

    private static string Written<T, TScalar>(T value) where TScalar : IScalar<T>
    {
        using var writer = new Utf8Writer();
        TScalar.Write(value, writer);
        return Encoding.UTF8.GetString(writer.Written.Span);
    }
}
