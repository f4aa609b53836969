using System.Globalization;
using Wholesale.Platform;
using Wholesale.Pricing;

namespace Wholesale.Tax;

/// <summary>The room's messages. It has no codes of its own.</summary>
internal static class TaxErrors
{
    public static UserError NewRateNeeds(string field) =>
        new(ErrorCodes.InvalidValue, $"A new tax rate needs `{field}`.", [field]);

    public static UserError NotAPercentage(Amount rate) =>
        new(ErrorCodes.InvalidValue, $"A rate is from 0 to 100 per cent, not {rate}.", ["rate"]);

    public static UserError Overlaps(TaxRate rate, TaxRate other) => new(
        PricingErrors.OverlappingValidity,
        $"The rate \"{other.ExternalId}\" of \"{rate.TaxClass}\" in {rate.Country}{(rate.Region is null ? "" : $", {rate.Region},")} would hold on the same days: end it in an earlier row.",
        ["validFrom"]);

    public static UserError NoDay(DateOnly from, DateOnly to, params string[] path) =>
        new(ErrorCodes.InvalidValue, $"The end, {Text(to)}, must lie after the beginning, {Text(from)}.", path);

    public static UserError NotATaxId(params string[] path) =>
        new(ErrorCodes.InvalidValue, $"A tax id has 1–{CompanyTaxId.MaximumNumberLength} visible ASCII characters; blanks do not count.", path);

    public static UserError SameCountryTwice(string country, params string[] path) =>
        new(ErrorCodes.DuplicateRow, $"A company has one tax id a country; {country} stands twice in this row.", path);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
