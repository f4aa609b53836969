namespace Wholesale.Tests.Pricing;

/// <summary>The world's cart, line by line; a line of the variant 0 is of none that there is.</summary>
internal sealed partial class PriceOracle
{
    /// <summary>The currencies that prices can be asked in, the caller's own first.</summary>
    public IReadOnlyList<string> CurrenciesAt(DateTime at)
    {
        var currencies = new List<string>();
        if (CurrencyAt(at, null) is { } own)
        {
            currencies.Add(own);
        }

        foreach (var assignment in inOrder)
        {
            if (IsGiven(assignment, at) && !currencies.Contains(ListOf(assignment).Currency))
            {
                currencies.Add(ListOf(assignment).Currency);
            }
        }

        return currencies;
    }

    /// <summary>Why a line could not be ordered so.</summary>
    public IReadOnlyList<string> CodesOf(PriceWorld.Line line, string? asked, DateTime at)
    {
        if (line.Variant == 0)
        {
            return ["NOT_FOUND"];
        }

        var codes = new List<string>();
        var currency = CurrencyAt(at, asked);
        var (minimum, maximum, increment, _) = RuleOf(line.Variant, currency, at);
        var quantity = line.Quantity.Thousandths;
        if (quantity == 0 || quantity % increment != 0)
        {
            codes.Add("INVALID_QUANTITY");
        }
        else if (quantity < minimum)
        {
            codes.Add("BELOW_MINIMUM_QUANTITY");
        }
        else if (quantity > maximum)
        {
            codes.Add("ABOVE_MAXIMUM_QUANTITY");
        }

        if (quantity > 0 && PriceOf(line.Variant, currency, at, line.Quantity, inCart: true) is null)
        {
            codes.Add("NO_PRICE");
        }

        return codes;
    }

    /// <summary>What the cart costs; null unless every line has a price.</summary>
    public decimal? TotalOfCart(string? asked, DateTime at)
    {
        var sum = 0m;
        var currency = CurrencyAt(at, asked);
        foreach (var line in world.Cart)
        {
            if (line.Variant == 0 || line.Quantity == default || PriceOf(line.Variant, currency, at, line.Quantity, inCart: true) is not { } offer)
            {
                return null;
            }

            sum += Rounded(Shown(offer.UnitPrice, currency!) * line.Quantity.Thousandths / 1_000m, currency!);
        }

        return world.Cart.Count == 0 ? null : sum;
    }
}
