using Wholesale.Companies;
using Wholesale.Platform;

namespace Wholesale.Shipping;

/// <summary>Decides what rows of freight templates do: pure, row by row.</summary>
/// <param name="existing">The templates that rows name, by external id.</param>
/// <param name="count">How many templates there are in all.</param>
/// <param name="markets">Ids of the markets that rows name, by external id.</param>
/// <param name="ids">For new ones.</param>
internal sealed class FreightTemplateUpsert(IReadOnlyDictionary<string, FreightTemplate> existing, int count, IReadOnlyDictionary<string, long> markets, Ids ids)
{
    public Changes<FreightTemplate> Changes { get; } = new();

    /// <summary>Carries a row out, unless it has errors. Each key is given once.</summary>
    /// <returns>The template as it is now; null if the row has errors.</returns>
    public FreightTemplate? Decide(FreightTemplateInput input, RowErrors errors)
    {
        var old = existing.GetValueOrDefault(input.ExternalId);
        Check(input, isNew: old is null, errors);
        FreightZones.Check(input.Zones, errors);
        if (old is null && count + Changes.Added.Count >= FreightTemplate.Maximum)
        {
            errors.Add(ShippingErrors.TooManyTemplates());
        }

        if (errors.Any)
        {
            return null;
        }

        var template = Changed(input, old);
        if (old is not null && template.SaysTheSameAs(old))
        {
            return old;
        }

        template = template with { Version = template.Version + 1 };
        Changes.Note(template, isNew: old is null, isChanged: true);
        return template;
    }

    private FreightTemplate Changed(FreightTemplateInput input, FreightTemplate? old) => new()
    {
        Id = old?.Id ?? ids.Next(),
        ExternalId = input.ExternalId,
        Name = input.Name ?? old!.Name,
        Kind = input.Kind ?? old!.Kind,
        Currency = input.Currency ?? old!.Currency,
        Basis = input.Basis ?? old!.Basis,
        MarketId = !input.Market.HasValue ? old?.MarketId : input.Market.Value is { } market ? markets[market] : null,
        Zones = input.Zones is { } zones ? [.. zones.Select(FreightZones.Of)] : old!.Zones,
        MaximumWeight = input.MaximumWeight.Or(old?.MaximumWeight),
        IsActive = input.IsActive ?? old?.IsActive ?? true,
        Version = old?.Version ?? 0,
    };

    private void Check(FreightTemplateInput input, bool isNew, RowErrors errors)
    {
        errors.Key(input.ExternalId, "externalId");
        (object? Value, string Field)[] needed = [(input.Name, "name"), (input.Kind, "kind"), (input.Currency, "currency"), (input.Basis, "basis"), (input.Zones, "zones")];
        foreach (var (_, field) in needed.Where(part => isNew && part.Value is null))
        {
            errors.Add(ShippingErrors.NewNeeds("freight template", field));
        }

        if (input.Name is { } name)
        {
            errors.Name(name, "name");
        }

        if (input.Market.Or(null) is { } market && !markets.ContainsKey(market))
        {
            errors.Add(ShippingErrors.NoSuchMarket(market));
        }

        if (input.MaximumWeight.Or(null) is { Thousandths: 0 })
        {
            errors.Invalid("The greatest weight must be more than 0.", "maximumWeight");
        }
    }
}

/// <summary>Checks and takes the zones of freight templates.</summary>
internal static class FreightZones
{
    public static FreightZone Of(FreightZoneInput zone) => new(
        zone.Name,
        [.. zone.Places.Select(Of)],
        [.. zone.Steps.Select(step => new FreightStep(step.UpTo, new(step.Price.TenThousandths), new(step.PerUnit.TenThousandths)))],
        zone.FreeFrom is { } free ? new Amount(free.TenThousandths) : null,
        zone.TransitDays is { } days ? new TransitDays(days.Minimum, days.Maximum) : null);

    /// <summary>Checks zones; null is not looked at.</summary>
    public static void Check(IReadOnlyList<FreightZoneInput>? zones, RowErrors errors)
    {
        if (zones is null || !errors.Length(zones, FreightTemplate.MaximumZones, "zones"))
        {
            return;
        }

        if (zones.Count == 0)
        {
            errors.Invalid("A freight template has at least one zone.", "zones");
        }

        var inAll = zones.Sum(zone => zone.Places.Count);
        if (inAll > FreightTemplate.MaximumPlaces)
        {
            errors.Add(ShippingErrors.TooManyPlaces(inAll));
            return;
        }

        var places = new HashSet<FreightPlace>();
        var hasElsewhere = false;
        foreach (var (i, zone) in zones.Index())
        {
            string[] At(params string[] rest) => ["zones", RowErrors.Position(i), .. rest];
            errors.Name(zone.Name, At("name"));
            if (zone.Places.Count == 0 && hasElsewhere)
            {
                errors.Add(ShippingErrors.ElsewhereTwice(At("places")));
            }

            hasElsewhere |= zone.Places.Count == 0;
            CheckPlaces(zone.Places, places, errors, At("places"));
            CheckSteps(zone.Steps, errors, At("steps"));
            if (zone.FreeFrom is { TenThousandths: < 0 } free)
            {
                errors.Invalid($"The amount must be 0 or more, not {free}.", At("freeFrom"));
            }

            if (zone.TransitDays is { } days && (days.Minimum < 0 || days.Maximum < days.Minimum || days.Maximum > TransitDays.Longest))
            {
                errors.Invalid($"Days are from 0 to {TransitDays.Longest} and the least first, not {days.Minimum} and {days.Maximum}.", At("transitDays"));
            }
        }
    }

    private static FreightPlace Of(FreightPlaceInput place) => new(place.Country, place.Region, place.PostalCodePrefix is { } prefix ? FreightPlace.Plain(prefix) : null);

    private static void CheckPlaces(IReadOnlyList<FreightPlaceInput> inputs, HashSet<FreightPlace> places, RowErrors errors, string[] path)
    {
        if (!errors.Length(inputs, FreightZone.MaximumPlaces, path))
        {
            return;
        }

        foreach (var (i, input) in inputs.Index())
        {
            string[] At(params string[] rest) => [.. path, RowErrors.Position(i), .. rest];
            if (!Company.IsCountry(input.Country))
            {
                errors.Add(CompanyErrors.NotACountry(input.Country, At("country")));
            }

            if (input.Region is { } region)
            {
                errors.Key(region, At("region"));
            }

            var place = Of(input);
            if (place.PostalCodePrefix is { } prefix && (prefix.Length is 0 or > Address.MaximumPostalCodeLength || !prefix.All(char.IsAsciiLetterOrDigit)))
            {
                errors.Invalid($"Postal codes begin with 1–{Address.MaximumPostalCodeLength} letters of A–Z, digits and hyphens, unlike \"{input.PostalCodePrefix}\".", At("postalCodePrefix"));
            }

            if (!places.Add(place))
            {
                errors.Add(ShippingErrors.PlaceTwice(place, At()));
            }
        }
    }

    private static void CheckSteps(IReadOnlyList<FreightStepInput> steps, RowErrors errors, string[] path)
    {
        if (!errors.Length(steps, FreightZone.MaximumSteps, path))
        {
            return;
        }

        if (steps.Count == 0)
        {
            errors.Invalid("A zone has at least one step.", path);
        }

        foreach (var (i, step) in steps.Index())
        {
            string[] At(string field) => [.. path, RowErrors.Position(i), field];
            var before = i == 0 ? default : steps[i - 1].UpTo ?? default;
            if (step.UpTo is null && i < steps.Count - 1)
            {
                errors.Invalid("Only the last step is without limit.", At("upTo"));
            }
            else if (step.UpTo is { } end && end <= before)
            {
                errors.Invalid($"A step must end above the one before, {before}, not at {end}.", At("upTo"));
            }

            foreach (var (amount, field) in new[] { (step.Price, "price"), (step.PerUnit, "perUnit") }.Where(part => part.Item1.TenThousandths < 0))
            {
                errors.Invalid($"The amount must be 0 or more, not {amount}.", At(field));
            }
        }
    }
}
