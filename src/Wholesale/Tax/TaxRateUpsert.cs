using Wholesale.Companies;
using Wholesale.Platform;

namespace Wholesale.Tax;

/// <summary>Decides what rows of tax rates do: pure, row by row. A row that comes to nothing leaves nothing behind but its errors.</summary>
internal sealed class TaxRateUpsert
{
    /// <summary>The class of goods of which nothing else was said.</summary>
    private const string StandardClass = Catalog.Product.StandardTaxClass;

    private static readonly Amount Hundred = new(1_000_000);

    private readonly Ids ids;
    private readonly Dictionary<string, TaxRate> byExternalId;
    private readonly Dictionary<(string Country, string? Region, string TaxClass), Dictionary<long, TaxRate>> byPlace;

    /// <param name="existing">The rates that rows name, and all that those could meet.</param>
    /// <param name="ids">For new ones.</param>
    public TaxRateUpsert(IReadOnlyList<TaxRate> existing, Ids ids)
    {
        this.ids = ids;
        byExternalId = existing.ToDictionary(rate => rate.ExternalId, StringComparer.Ordinal);
        byPlace = existing.GroupBy(rate => rate.Place).ToDictionary(place => place.Key, place => place.ToDictionary(rate => rate.Id));
    }

    public Changes<TaxRate> Changes { get; } = new();

    /// <summary>Carries a row out, unless it has errors. Each key is given once.</summary>
    /// <returns>The rate as it is now; null if the row has errors.</returns>
    public TaxRate? Decide(TaxRateInput input, RowErrors errors)
    {
        var old = byExternalId.GetValueOrDefault(input.ExternalId);
        Check(input, isNew: old is null, errors);
        var rate = Changed(old ?? New(input), input);
        Days.Check(rate.ValidFrom, rate.ValidTo, errors, "validTo");
        if (!errors.Any && Meeting(rate) is { } other)
        {
            errors.Add(TaxErrors.Overlaps(rate, other));
        }

        return errors.Any ? null : Keep(rate, old);
    }

    private TaxRate Keep(TaxRate rate, TaxRate? old)
    {
        if (rate == old)
        {
            return old;
        }

        rate = rate with { Version = rate.Version + 1 };
        Changes.Note(rate, isNew: old is null, isChanged: true);
        if (old is not null)
        {
            byPlace[old.Place].Remove(old.Id);
        }

        if (!byPlace.TryGetValue(rate.Place, out var place))
        {
            byPlace.Add(rate.Place, place = []);
        }

        place.Add(rate.Id, rate);
        return rate;
    }

    private TaxRate? Meeting(TaxRate rate) =>
        byPlace.GetValueOrDefault(rate.Place)?.Values.Where(other => other.Id != rate.Id && other.MeetsInTime(rate)).MinBy(other => other.Id);

    private TaxRate New(TaxRateInput input) =>
        new() { Id = ids.Next(), ExternalId = input.ExternalId, Name = "", Country = "", TaxClass = StandardClass };

    private static TaxRate Changed(TaxRate old, TaxRateInput input) => old with
    {
        Name = input.Name ?? old.Name,
        Country = input.Country ?? old.Country,
        Region = input.Region.Or(old.Region),
        TaxClass = input.TaxClass ?? old.TaxClass,
        Rate = input.Rate ?? old.Rate,
        IsReverseCharged = input.IsReverseCharged ?? old.IsReverseCharged,
        ValidFrom = input.ValidFrom.Or(old.ValidFrom),
        ValidTo = input.ValidTo.Or(old.ValidTo),
    };

    private static void Check(TaxRateInput input, bool isNew, RowErrors errors)
    {
        errors.Key(input.ExternalId, "externalId");
        (object? Value, string Field)[] needed = [(input.Name, "name"), (input.Country, "country"), (input.Rate, "rate")];
        foreach (var (_, field) in needed.Where(part => isNew && part.Value is null))
        {
            errors.Add(TaxErrors.NewRateNeeds(field));
        }

        if (input.Name is { } name)
        {
            errors.Name(name, "name");
        }

        TaxPlaces.Check(input.Country, input.Region.Or(null), errors);
        if (input.TaxClass is { } taxClass)
        {
            errors.Key(taxClass, "taxClass");
        }

        if (input.Rate is { } rate && (rate.TenThousandths < 0 || rate > Hundred))
        {
            errors.Add(TaxErrors.NotAPercentage(rate));
        }
    }
}

/// <summary>Checks where something holds.</summary>
internal static class TaxPlaces
{
    /// <summary>Checks the codes of a country and a part of it; null is not looked at.</summary>
    public static void Check(string? country, string? region, RowErrors errors, params string[] path)
    {
        if (country is not null && !Company.IsCountry(country))
        {
            errors.Add(CompanyErrors.NotACountry(country, [.. path, "country"]));
        }

        if (region is not null)
        {
            errors.Key(region, [.. path, "region"]);
        }
    }
}
