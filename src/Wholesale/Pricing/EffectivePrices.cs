using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Pricing;

/// <summary>A variant with the caller's price for the least quantity that can be bought.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="Price">Its price; null where it is beyond what money can hold.</param>
/// <param name="Overflow">Why there is none.</param>
public sealed record PricedVariant(Variant Variant, EffectivePrice? Price, string? Overflow)
{
    /// <summary>The price of each, or its error.</summary>
    internal static IReadOnlyList<EffectivePrice?> Prices(Batch<PricedVariant> priced)
    {
        for (var i = 0; i < priced.Count; i++)
        {
            if (priced[i].Overflow is { } message)
            {
                priced.Fail(i, message, PricingErrors.AmountOverflow);
            }
        }

        return priced.Map(p => p.Price);
    }
}

/// <summary>All prices of a caller, page by page, by SKU.</summary>
public sealed class EffectivePrices(WholesaleDb db, Prices prices, Clock clock)
{
    private const string BySku = "effectivePrices/SKU";

    /// <summary>How often a page may read on where variants without a price left it short.</summary>
    private const int MaximumReads = 4;

    /// <summary>How many variants are read where the first read left the page short.</summary>
    private const int ReadOn = 1_000;

    /// <summary>A page: one statement where the variants that are seen have prices, and at most four for the variants of any page.</summary>
    public async ValueTask<Connection<PricedVariant>> Read(Page page, Currency? currency, Caller caller, Sight sight, CancellationToken cancellation)
    {
        var behind = page.After is null ? "" : Cursor.Parse(page.After, BySku).Text(0);
        var found = new List<PricedVariant>(page.Take);
        if (!caller.PricesVisible)
        {
            return page.Connect(found, CursorOf);
        }

        var at = clock.UtcNow;
        for (var read = 0; read < MaximumReads; read++)
        {
            var take = read == 0 ? page.Take : ReadOn;
            var variants = await Behind(behind, take, sight, cancellation);
            var resolution = await prices.Resolve(caller, at, currency, variants.ConvertAll(v => v.Id), cancellation);
            found.AddRange(variants.Select(v => Priced(v, resolution)).OfType<PricedVariant>().Take(page.Take - found.Count));
            if (found.Count == page.Take || variants.Count < take || !resolution.HasLists)
            {
                return page.Connect(found, CursorOf);
            }

            behind = variants[^1].Sku;
        }

        var stopped = page.Connect(found, CursorOf);
        return stopped with { PageInfo = stopped.PageInfo with { HasNextPage = true, EndCursor = Cursor.Of(BySku, behind) } };
    }

    private static string CursorOf(PricedVariant priced) => Cursor.Of(BySku, priced.Variant.Sku);

    private Task<List<Variant>> Behind(string sku, int take, Sight sight, CancellationToken cancellation) =>
#pragma warning disable CA1309 // what EF Core translates; the column's collation is ordinal
        db.SeenVariants(sight).Where(v => string.Compare(v.Sku, sku) > 0).OrderBy(v => v.Sku).Take(take).ToListAsync(cancellation);
#pragma warning restore CA1309

    private static PricedVariant? Priced(Variant variant, PriceResolution resolution)
    {
        try
        {
            return resolution.Resolve(variant, resolution.RuleOf(variant).Minimum) is { } price ? new(variant, price, null) : null;
        }
        catch (MoneyOverflowException exception)
        {
            return new(variant, null, exception.Message);
        }
    }
}
