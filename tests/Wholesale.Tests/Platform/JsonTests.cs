using System.Text.Json;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Tests.Platform;

public sealed class JsonTests
{
    private enum Grade
    {
        VeryGood,
    }

    private sealed record Row(
        string Sku, Quantity? MinimumQuantity, Amount? UnitPrice, Currency? Currency, DateTime? ValidFrom, long? SourceRevision, Optional<string?> Brand,
        Optional<DateTime?> Until, Grade? Grade);

    [Fact]
    public void A_row_is_read_by_the_rules_of_GraphQL_variables()
    {
        var row = Read("""
            {"sku":"A","minimumQuantity":0.5,"unitPrice":"8.4995","currency":"EUR","validFrom":"2026-03-01T14:00:00+02:00","sourceRevision":"7",
             "brand":null,"grade":"VERY_GOOD"}
            """);

        Assert.Equal(new Quantity(500), row.MinimumQuantity);
        Assert.Equal(new Amount(84_995), row.UnitPrice);
        Assert.Equal(Currency.Of("EUR"), row.Currency);
        Assert.Equal(new DateTime(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc), row.ValidFrom);
        Assert.Equal(7, row.SourceRevision);
        Assert.Equal(Grade.VeryGood, row.Grade);
    }

    [Fact]
    public void Absent_is_told_from_null()
    {
        var row = Read("""{"sku":"A","brand":null}""");

        Assert.True(row.Brand.HasValue);
        Assert.Null(row.Brand.Value);
        Assert.False(row.Until.HasValue);
        Assert.Null(row.UnitPrice);
    }

    [Theory]
    [InlineData("""{"sku":"A","minimumQuantity":0.0005}""", "must be a number from 0 to 999999999.999 with at most 3 decimals, not 0.0005")]
    [InlineData("""{"sku":"A","unitPrice":[1]}""", "must be a decimal number with at most 4 decimals and 14 digits before the point, as in \"12.5\", not a list")]
    [InlineData("""{"sku":"A","validFrom":"2026-03-01"}""", "must be an instant with its offset, as in \"2026-03-01T12:00:00Z\", not \"2026-03-01\"")]
    public void A_value_that_does_not_fit_is_reported_in_the_scalars_words(string json, string message) =>
        Assert.StartsWith(message, Assert.Throws<JsonException>(() => Read(json)).Message);

    [Theory]
    [InlineData("""{"sku":"A","color":"red"}""")]
    [InlineData("""{"sku":null}""")]
    [InlineData("""{"sku":"A","grade":0}""")]
    [InlineData("""{"sku":"A","grade":"VeryGood"}""")]
    public void Unknown_fields_nulls_and_enum_spellings_are_refused(string json) => Assert.Throws<JsonException>(() => Read(json));

    [Fact]
    public void A_value_is_written_as_it_is_read()
    {
        var json = JsonSerializer.Serialize(new { Price = new Amount(85_000, 2), Quantity = new Quantity(1_500) }, Json.Options);

        Assert.Equal("""{"price":"8.50","quantity":1.5}""", json);
    }

    private static Row Read(string json) => JsonSerializer.Deserialize<Row>(json, Json.Options)!;
}
