using Wholesale.Platform;

namespace Wholesale.Catalog;

/// <summary>Checks in which quantities a variant may be sold and packed.</summary>
internal static class QuantityRules
{
    /// <summary>Checks what can be seen without looking at what is there.</summary>
    /// <param name="variant">The row.</param>
    /// <param name="errors">Takes what is wrong.</param>
    /// <param name="path">Where the row stands.</param>
    public static void Check(VariantInput variant, RowErrors errors, params string[] path)
    {
        if (variant.QuantityIncrement is { Thousandths: <= 0 })
        {
            errors.Add(CatalogErrors.NoIncrement([.. path, "quantityIncrement"]));
        }

        if (variant.MinimumQuantity.Or(null) is { Thousandths: <= 0 })
        {
            errors.Add(CatalogErrors.NothingAtAll([.. path, "minimumQuantity"]));
        }

        if (variant.MaximumQuantity.Or(null) is { Thousandths: <= 0 })
        {
            errors.Add(CatalogErrors.NothingAtAll([.. path, "maximumQuantity"]));
        }

        var levels = variant.Packaging.Or(null);
        if (errors.Length(levels, PackagingLevel.Maximum, [.. path, "packaging"]))
        {
            Check(levels ?? [], errors, [.. path, "packaging"]);
        }
    }

    /// <summary>
    /// Checks that the limits fit the increment and each other, each as the row says or, where it says nothing, as it was. What is wrong is reported at a field that the
    /// row gives.
    /// </summary>
    /// <param name="input">The row.</param>
    /// <param name="variant">The variant as it was; null: it is new.</param>
    /// <param name="errors">Takes what is wrong.</param>
    /// <param name="path">Where the row stands.</param>
    public static void CheckTogether(VariantInput input, Variant? variant, RowErrors errors, params string[] path)
    {
        var increment = input.QuantityIncrement ?? variant?.QuantityIncrement ?? Quantity.One;
        var minimum = input.MinimumQuantity.Or(variant?.MinimumQuantity);
        var maximum = input.MaximumQuantity.Or(variant?.MaximumQuantity);
        if (minimum is { } least && !least.IsMultipleOf(increment))
        {
            errors.Add(CatalogErrors.NotAMultiple(least, increment, [.. path, input.MinimumQuantity.HasValue ? "minimumQuantity" : "quantityIncrement"]));
        }

        if (maximum is { } most && !most.IsMultipleOf(increment))
        {
            errors.Add(CatalogErrors.NotAMultiple(most, increment, [.. path, input.MaximumQuantity.HasValue ? "maximumQuantity" : "quantityIncrement"]));
        }

        if (minimum > maximum)
        {
            errors.Add(CatalogErrors.MinimumAboveMaximum(
                minimum.Value, maximum!.Value, [.. path, input.MaximumQuantity.HasValue ? "maximumQuantity" : "minimumQuantity"]));
        }
    }

    private static void Check(IReadOnlyList<PackagingLevelInput> levels, RowErrors errors, string[] path)
    {
        var codes = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < levels.Count; i++)
        {
            var level = levels[i];
            string[] Path(string field) => [.. path, RowErrors.Position(i), field];
            errors.LookedUp(level.Code, 20, Path("code"));
            if (!codes.Add(level.Code))
            {
                errors.Add(CatalogErrors.SamePackageTwice(level.Code, Path("code")));
            }

            if (level.Name is { } name)
            {
                errors.Name(name, Path("name"));
            }

            if (level.Contains.Thousandths <= 0)
            {
                errors.Add(CatalogErrors.NothingAtAll(Path("contains")));
            }

            if (level.Gtin is { } gtin && !Variant.IsGtin(gtin))
            {
                errors.Add(CatalogErrors.NotAGtin(gtin, Path("gtin")));
            }
        }
    }
}
