using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Pricing;

/// <summary>A line to be priced.</summary>
public sealed record PriceCartLineInput(string Sku, Quantity Quantity);

/// <summary>What a cart would cost.</summary>
/// <param name="Currency">Of all its prices; null if the caller has no list at all.</param>
/// <param name="Lines">In the order given.</param>
/// <param name="Total">The sum of the lines' totals; null unless every line has a price.</param>
public sealed record PricedCart(Currency? Currency, IReadOnlyList<PricedLine> Lines, Money? Total);

/// <summary>What a line would cost.</summary>
/// <param name="Sku">As it was given.</param>
/// <param name="Quantity">As it was given.</param>
/// <param name="Variant">Null if the caller sees none of this SKU.</param>
/// <param name="Price">Null if there is none.</param>
/// <param name="UserErrors">Why the line could not be ordered so.</param>
public sealed record PricedLine(string Sku, Quantity Quantity, Variant? Variant, EffectivePrice? Price, IReadOnlyList<UserError> UserErrors);

/// <summary>Prices carts that nobody keeps: one statement for the variants, and those that <see cref="Prices"/> needs.</summary>
public sealed class CartPrices(WholesaleDb db, Prices prices, Clock clock)
{
    /// <summary>Lines that are priced at once.</summary>
    public const int MaximumLines = 1_000;

    /// <summary>Prices lines together, so that those of one break group reach its breaks together.</summary>
    /// <exception cref="GraphQLException">TOO_MANY_ROWS; AMOUNT_OVERFLOW: a line's total, or the sum, has more digits than an amount.</exception>
    public async ValueTask<PricedCart> Price(
        IReadOnlyList<PriceCartLineInput> lines, DateTime? asOf, Currency? currency, Caller caller, Sight sight, CancellationToken cancellation)
    {
        if (lines.Count > MaximumLines)
        {
            throw new GraphQLException($"At most {MaximumLines} lines are priced at once, not {lines.Count}.", ErrorCodes.TooManyRows);
        }

        var skus = lines.Select(line => line.Sku).ToHashSet(StringComparer.Ordinal);
        var variants = (await CatalogQueries.VariantsBySkus(db, sight, skus, cancellation)).ToDictionary(v => v.Sku, StringComparer.Ordinal);
        if (!caller.PricesVisible)
        {
            return new(null, [.. lines.Select(line => Unpriced(line, variants.GetValueOrDefault(line.Sku)))], null);
        }

        var resolution = await prices.Resolve(caller, asOf ?? clock.UtcNow, currency, [.. variants.Values.Select(v => v.Id)], cancellation);
        var groups = resolution.GroupsOf(lines.Where(line => variants.ContainsKey(line.Sku)).Select(line => (variants[line.Sku], line.Quantity)));
        try
        {
            var priced = lines.Select(line => Price(line, variants.GetValueOrDefault(line.Sku), resolution, groups)).ToList();
            return new(resolution.Currency, priced, Sum(priced));
        }
        catch (MoneyOverflowException exception)
        {
            throw new GraphQLException(exception.Message, PricingErrors.AmountOverflow);
        }
    }

    private static PricedLine Unpriced(PriceCartLineInput line, Variant? variant) =>
        new(line.Sku, line.Quantity, variant, null, variant is null ? [PricingErrors.NoSuchSku(line.Sku)] : []);

    private static PricedLine Price(PriceCartLineInput line, Variant? variant, PriceResolution resolution, BreakGroups groups)
    {
        if (variant is null)
        {
            return Unpriced(line, null);
        }

        var errors = new List<UserError>();
        var price = LinePrices.Of(resolution, variant, line.Quantity, groups, errors);
        return new(line.Sku, line.Quantity, variant, price, errors);
    }

    private static Money? Sum(List<PricedLine> lines) => lines.Count == 0 || lines.Exists(line => line.Price is null) ? null
        : LinePrices.Sum(lines.Select(line => line.Price!.Total), lines[0].Price!.Total.Currency);
}
