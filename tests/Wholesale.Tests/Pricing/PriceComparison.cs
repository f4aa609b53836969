using Wholesale.Platform;
using Wholesale.Pricing;

namespace Wholesale.Tests.Pricing;

/// <summary>One price of the product, held against the oracle's in every respect; what differs is thrown.</summary>
/// <param name="Oracle">Of the world that the price is of.</param>
/// <param name="Variant">Of what.</param>
/// <param name="Asked">The currency that was asked for; null: none.</param>
/// <param name="At">When.</param>
/// <param name="Quantity">How much.</param>
/// <param name="InCart">Whether it is the price of a line.</param>
internal readonly record struct PriceComparison(PriceOracle Oracle, int Variant, string? Asked, DateTime At, Quantity Quantity, bool InCart)
{
    private string? Currency => Oracle.CurrencyAt(At, Asked);

    /// <summary>Compares a price, and everything that it says of itself.</summary>
    public void Check(EffectivePrice? price)
    {
        var expected = Oracle.PriceOf(Variant, Currency, At, Quantity, InCart);
        Same("price", expected is null, price is null);
        if (price is null || expected is not { } offer)
        {
            return;
        }

        var unitPrice = Oracle.Shown(offer.UnitPrice, Currency!);
        Same("unit price", unitPrice, AmountOf(price.UnitPrice));
        Same("total", Oracle.Rounded(unitPrice * Quantity.Thousandths / 1_000m, Currency!), AmountOf(price.Total));
        var forEveryone = Oracle.PriceOf(Variant, Currency, At, Quantity.One, forEveryone: true);
        Same("list price", forEveryone is { } all ? Oracle.Shown(all.UnitPrice, Currency!) : null, price.ListPrice is { } list ? AmountOf(list) : (decimal?)null);
        Same("level", PriceOracle.LevelOf(offer.Assignment.Place), price.Source);
        Same("valid until", Oracle.ValidUntil(Variant, Currency!, At, Quantity, InCart, unitPrice), price.ValidUntil);
        CheckBreaks(price.Breaks);
        CheckRule(price.QuantityRule);
        if (Quantity.Thousandths % price.QuantityRule.Increment.Thousandths == 0)
        {
            Same(
                "next break",
                Oracle.NextBreak(Variant, Currency!, At, Quantity, InCart, unitPrice),
                price.NextBreak is { } next ? (next.AddQuantity.Thousandths, AmountOf(next.UnitPrice), AmountOf(next.Saving)) : null);
        }

        CheckExplanation(price.Explanation, offer, withAll: false);
        Same("a list that won", 1, price.Explanation.Candidates.Count(c => c.Outcome == PriceOutcome.Won));
    }

    /// <summary>Compares what may be bought.</summary>
    public void CheckRule(QuantityRule rule) => Same(
        "quantity rule",
        Oracle.RuleOf(Variant, Currency, At),
        (rule.Minimum.Thousandths, rule.Maximum?.Thousandths, rule.Increment.Thousandths, rule.BreakGroup));

    /// <summary>Compares an explanation, of a price or of there being none.</summary>
    public void CheckExplanation(PriceExplanation explanation, bool withAll) =>
        CheckExplanation(explanation, Oracle.PriceOf(Variant, Currency, At, Quantity, InCart), withAll);

    private void CheckExplanation(PriceExplanation explanation, PriceOracle.Offer? best, bool withAll)
    {
        var place = 0;
        foreach (var assignment in Oracle.Assignments)
        {
            if (!withAll && !Oracle.IsGiven(assignment, At))
            {
                continue;
            }

            Same("candidates", true, place < explanation.Candidates.Count);
            var candidate = explanation.Candidates[place++];
            var (outcome, offer, breakQuantity) = Oracle.OutcomeOf(assignment, Variant, Currency, At, Quantity, InCart, best);
            Same($"outcome of {assignment}", outcome, candidate.Outcome);
            Same($"level of {assignment}", (PriceOracle.LevelOf(assignment.Place), assignment.Priority), (candidate.Source, candidate.Priority));
            Same($"offer of {assignment}", offer?.UnitPrice, candidate.UnitPrice is { } price ? AmountOf(price) : (decimal?)null);
            Same($"base price of {assignment}", offer?.BasePrice, candidate.BasePrice is { } made ? AmountOf(made) : (decimal?)null);
            Same($"minimum of {assignment}", offer?.Minimum, candidate.MinimumQuantity?.Thousandths);
            Same($"break quantity of {assignment}", breakQuantity, candidate.BreakQuantity.Thousandths);
        }

        Same("candidates", place, explanation.Candidates.Count);
        Same("currency", Currency, explanation.Currency?.Code);
    }

    /// <summary>Each quantity that can be bought has the price of the last break before it, and each break is another price.</summary>
    private void CheckBreaks(IReadOnlyList<PriceBreak> breaks)
    {
        for (var i = 1; i < breaks.Count; i++)
        {
            Same("breaks rise and differ", true, breaks[i - 1].MinimumQuantity < breaks[i].MinimumQuantity && breaks[i - 1].UnitPrice != breaks[i].UnitPrice);
        }

        var increment = Oracle.RuleOf(Variant, Currency, At).Increment;
        foreach (var quantity in PriceWorld.Quantities)
        {
            if (quantity.Thousandths % increment != 0)
            {
                continue;
            }

            decimal? atBreak = null;
            foreach (var step in breaks)
            {
                atBreak = step.MinimumQuantity <= quantity ? AmountOf(step.UnitPrice) : atBreak;
            }

            var offer = Oracle.PriceOf(Variant, Currency, At, quantity);
            Same($"break at {quantity}", offer is { } found ? Oracle.Shown(found.UnitPrice, Currency!) : null, atBreak);
        }
    }

    private static decimal AmountOf(Money money) => money.TenThousandths / 10_000m;

    private void Same<T>(string what, T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new Xunit.Sdk.XunitException(
                $"The {what} of {Quantity} of variant {Variant} at {At:HH} in {Asked ?? "no currency asked for"}{(InCart ? " in the cart" : "")} is {actual}, by the oracle {expected}.");
        }
    }
}
