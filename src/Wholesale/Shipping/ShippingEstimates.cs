using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Pricing;

namespace Wholesale.Shipping;

/// <summary>Tells what sending goods would cost, without a cart: a statement for variants by SKU, one for those by id, and those of prices and rules where they are not in memory.</summary>
public sealed class ShippingEstimates(WholesaleDb db, Prices prices, KnownShippingRules rules, Clock clock)
{
    /// <summary>Lines that are looked at together.</summary>
    public const int MaximumLines = 1_000;

    /// <summary>Tells of one question.</summary>
    public async ValueTask<ShippingEstimate> Of(EstimateShippingInput input, Caller caller, Sight sight, CancellationToken cancellation)
    {
        if (RowErrors.TooMany(input.Lines.Count, "lines", MaximumLines) is { } refusal)
        {
            return new([], null, null, null, [refusal]);
        }

        var errors = new RowErrors();
        Check(input, errors);
        var variants = await Variants(input.Lines, sight, errors, cancellation);
        if (errors.Any || !caller.PricesVisible)
        {
            return new([], null, null, null, errors.ToList());
        }

        var resolution = await prices.Resolve(caller, clock.UtcNow, input.Currency, [.. variants.Select(v => v.Id).Distinct()], cancellation);
        if (resolution.Currency is null)
        {
            return new([], null, null, null, [.. input.Lines.Zip(variants).Select((line, i) => PricingErrors.HasNoPrice(line.Second.Sku, line.First.Quantity).Under("lines", RowErrors.Position(i)))]);
        }

        if (resolution.Currency is not { } currency || Subtotal(input.Lines, variants, resolution, currency, errors) is not { } subtotal || errors.Any)
        {
            return new([], null, null, null, errors.ToList());
        }

        return Answer(input, variants, subtotal, await rules.Of(db, caller, currency, cancellation), PriceTerms.Of(caller.Market).Rounding.Mode);
    }

    private ShippingEstimate Answer(EstimateShippingInput input, IReadOnlyList<Variant> variants, Money subtotal, ShippingRules known, RoundingMode rounding)
    {
        var (templates, terms) = known;
        if (terms.DeliveryTerms is { IsCarriedByBuyer: true })
        {
            return new([], terms.DeliveryTerms, null, subtotal, []);
        }

        var goods = input.Lines.Zip(variants, (line, variant) => new ShippedGoods(line.Quantity, variant.ShippingWeight, variant.ShippingVolume)).ToList();
        var to = new ShippingDestination(input.Destination.Country, input.Destination.Region, input.Destination.PostalCode);
        var options = ShippingOption.Of(templates, new(to, goods, subtotal, rounding, DateOnly.FromDateTime(clock.UtcNow)));
        return new(options, terms.DeliveryTerms, terms.Insure(subtotal, null, rounding), subtotal, []);
    }

    private static void Check(EstimateShippingInput input, RowErrors errors)
    {
        if (input.Lines.Count == 0)
        {
            errors.Invalid("At least one line is needed.", "lines");
        }

        if (!Company.IsCountry(input.Destination.Country))
        {
            errors.Add(CompanyErrors.NotACountry(input.Destination.Country, "destination", "country"));
        }

        if (input.Destination.Region is { } region)
        {
            errors.Key(region, "destination", "region");
        }

        if (input.Destination.PostalCode is { } code)
        {
            errors.Text(code, Address.MaximumPostalCodeLength, ["destination", "postalCode"]);
        }
    }

    /// <summary>The variant of each line; fewer where one is not found.</summary>
    private async ValueTask<IReadOnlyList<Variant>> Variants(IReadOnlyList<ShippingLineInput> lines, Sight sight, RowErrors errors, CancellationToken cancellation)
    {
        var ids = lines.Select(line => line.VariantId?.KeyOf(nameof(Variant))).OfType<long>().ToHashSet();
        var skus = lines.Select(line => line.Sku).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var byId = (await CatalogQueries.VariantsByIds(db, sight, ids, cancellation)).ToDictionary(v => v.Id);
        var bySku = (await CatalogQueries.VariantsBySkus(db, sight, skus, cancellation)).ToDictionary(v => v.Sku, StringComparer.Ordinal);
        var found = new List<Variant>();
        foreach (var (i, line) in lines.Index())
        {
            if (line.VariantId is null == line.Sku is null)
            {
                errors.Add(ShippingErrors.NotOneKey("lines", RowErrors.Position(i)));
            }
            else if ((line.Sku is { } sku ? bySku.GetValueOrDefault(sku) : byId.GetValueOrDefault(line.VariantId!.Value.KeyOf(nameof(Variant)))) is { } variant)
            {
                found.Add(variant);
            }
            else
            {
                errors.Add(ShippingErrors.NoSuchVariant(line, "lines", RowErrors.Position(i)));
            }
        }

        return found;
    }

    /// <summary>What the lines cost together; null where one has no price, or it is beyond what money can hold.</summary>
    private static Money? Subtotal(IReadOnlyList<ShippingLineInput> lines, IReadOnlyList<Variant> variants, PriceResolution resolution, Currency currency, RowErrors errors)
    {
        var groups = resolution.GroupsOf(lines.Zip(variants, (line, variant) => (variant, line.Quantity)));
        var sum = Int128.Zero;
        foreach (var (i, (line, variant)) in lines.Zip(variants).Index())
        {
            var issues = new List<UserError>();
            try
            {
                sum += LinePrices.Of(resolution, variant, line.Quantity, groups, issues)?.Total.TenThousandths ?? 0;
            }
            catch (MoneyOverflowException exception)
            {
                issues.Add(new(PricingErrors.AmountOverflow, exception.Message, ["quantity"]));
            }

            issues.ForEach(issue => errors.Add(issue.Under("lines", RowErrors.Position(i))));
        }

        if (sum > Amount.Maximum)
        {
            errors.Add(PricingErrors.AmountOverflow, "The sum of the lines has more than 14 digits before the point.", "lines");
        }

        return errors.Any ? null : new Money((long)sum, currency);
    }
}
