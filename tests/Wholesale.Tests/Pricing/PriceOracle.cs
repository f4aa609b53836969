using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Pricing;

namespace Wholesale.Tests.Pricing;

/// <summary>
/// The price rules once more, from their description instead of the product's code, and as naively as they can be put: go through all rows, keep the best,
/// and try every hour and quantity of the world. Obviously right, and sharing nothing with the product but money, quantities and the names of outcomes;
/// it computes with decimal.
/// </summary>
internal sealed partial class PriceOracle
{
    private readonly PriceWorld world;
    private readonly List<PriceWorld.Assignment> inOrder;

    public PriceOracle(PriceWorld world)
    {
        this.world = world;
        inOrder = [];
        foreach (var assignment in world.Assignments)
        {
            var place = 0;
            while (place < inOrder.Count && GoesBefore(inOrder[place], assignment))
            {
                place++;
            }

            inOrder.Insert(place, assignment);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => world.ToString();

    /// <summary>The assignments, first the one that decides first.</summary>
    public IReadOnlyList<PriceWorld.Assignment> Assignments => inOrder;

    /// <summary>Unit, unit above, company, segments, tier, market, everyone; all segments are equally near.</summary>
    public static int Nearness(int place) => place == 4 ? 3 : place;

    public static AssigneeLevel LevelOf(int place) => place switch
    {
        0 or 1 => AssigneeLevel.Unit,
        2 => AssigneeLevel.Company,
        3 or 4 => AssigneeLevel.Segment,
        5 => AssigneeLevel.Tier,
        6 => AssigneeLevel.Market,
        _ => AssigneeLevel.Everyone,
    };

    /// <summary>What prices are in: what was asked for, else the caller's own, else that of its first list.</summary>
    public string? CurrencyAt(DateTime at, string? asked)
    {
        if (asked is not null || world.Currency is not null)
        {
            return asked ?? world.Currency;
        }

        foreach (var assignment in inOrder)
        {
            if (IsGiven(assignment, at))
            {
                return ListOf(assignment).Currency;
            }
        }

        return null;
    }

    /// <summary>What a buyer pays for a unit.</summary>
    /// <param name="variant">Of what.</param>
    /// <param name="currency">In which currency.</param>
    /// <param name="at">When.</param>
    /// <param name="quantity">How much.</param>
    /// <param name="inCart">Whether the lines of the cart add up.</param>
    /// <param name="more">How much more of the line's variant is in the cart than the cart says.</param>
    public Offer? PriceOf(int variant, string? currency, DateTime at, Quantity quantity, bool inCart = false, long more = 0, bool forEveryone = false)
    {
        Offer? best = null;
        foreach (var assignment in inOrder)
        {
            if (currency is null || !IsGiven(assignment, at) || ListOf(assignment).Currency != currency || (forEveryone && assignment.Place != PriceWorld.Everyone))
            {
                continue;
            }

            var offer = OfferOf(assignment, variant, at, BreakQuantity(assignment.List, variant, quantity, inCart) + more);
            if (offer is not null && world.Policy == PricePolicy.MostSpecific)
            {
                return offer;
            }

            if (offer is not null && (best is null || offer.Value.UnitPrice < best.Value.UnitPrice))
            {
                best = offer;
            }
        }

        return best;
    }

    /// <summary>What the list of one assignment has, at its own break quantity, in thousandths.</summary>
    public Offer? OfferOf(PriceWorld.Assignment assignment, int variant, DateTime at, long quantity)
    {
        var (list, levels) = (assignment.List, 1);
        var steps = new List<PriceWorld.Rule>();
        while (true)
        {
            Offer? found = null;
            foreach (var row in world.Rows)
            {
                if (row.List == list && row.Variant == variant && row.Minimum.Thousandths <= quantity && Holds(row.ValidFrom, row.ValidTo, at)
                    && (found is null || row.Minimum.Thousandths > found.Value.Minimum)
                    && Adjusted(row.UnitPrice, steps) is { } unitPrice)
                {
                    found = new(assignment, row.Minimum.Thousandths, unitPrice, steps.Count == 0 ? null : row.UnitPrice / 10_000m);
                }
            }

            if (found is not null)
            {
                return found;
            }

            var set = world.RuleSets.FirstOrDefault(s => s.List == list && Holds(s.From, s.To, at));
            if (set?.Rules.FirstOrDefault(r => IsFor(r, variant)) is not { } rule)
            {
                return null;
            }

            steps.Insert(0, rule);
            list = set.Parent;
            Assert.True(++levels <= 4, "The world has more than four levels.");
        }
    }

    /// <summary>As a buyer sees it: rounded where the market rounds unit prices.</summary>
    public decimal Shown(decimal unitPrice, string currency) =>
        world.Level == RoundingLevel.UnitPrice ? Rounded(unitPrice, currency) : unitPrice;

    public decimal Rounded(decimal amount, string currency)
    {
        var digits = currency == "JPY" ? 0 : 2;
        return Math.Round(amount, digits, world.Mode switch
        {
            RoundingMode.HalfAwayFromZero => MidpointRounding.AwayFromZero,
            RoundingMode.HalfEven => MidpointRounding.ToEven,
            RoundingMode.Up => MidpointRounding.ToPositiveInfinity,
            _ => MidpointRounding.ToZero,
        });
    }

    /// <summary>In what quantities may be bought, in thousandths.</summary>
    public (long Minimum, long? Maximum, long Increment, string? Group) RuleOf(int variant, string? currency, DateTime at)
    {
        var own = world.Variants.First(v => v.Id == variant);
        var (wanted, maximum, increment, group) = (own.Minimum?.Thousandths, own.Maximum?.Thousandths, own.Increment.Thousandths, (string?)null);
        foreach (var assignment in inOrder)
        {
            if (currency is not null && IsGiven(assignment, at) && ListOf(assignment).Currency == currency && TermsOf(assignment.List, variant) is { } terms)
            {
                wanted = terms.Minimum?.Thousandths ?? wanted;
                maximum = terms.Maximum?.Thousandths ?? maximum;
                increment = terms.Increment?.Thousandths ?? increment;
                group = terms.Group;
                break;
            }
        }

        var minimum = increment;
        while (minimum < wanted)
        {
            minimum += increment;
        }

        return (minimum, maximum, increment, group);
    }

    /// <summary>Adds one increment after the other until a unit costs less, or no more can be bought.</summary>
    public (long Add, decimal UnitPrice, decimal Saving)? NextBreak(int variant, string currency, DateTime at, Quantity quantity, bool inCart, decimal unitPrice)
    {
        var rule = RuleOf(variant, currency, at);
        for (var add = rule.Increment; add <= 6_000 && !(quantity.Thousandths + add > rule.Maximum); add += rule.Increment)
        {
            var lower = Shown(PriceOf(variant, currency, at, quantity, inCart, add)!.Value.UnitPrice, currency);
            if (lower < unitPrice)
            {
                return (add, lower, Rounded((unitPrice - lower) * (quantity.Thousandths + add) / 1_000m, currency));
            }
        }

        return null;
    }

    /// <summary>The first hour at which the price is another or none.</summary>
    public DateTime? ValidUntil(int variant, string currency, DateTime at, Quantity quantity, bool inCart, decimal unitPrice)
    {
        foreach (var hour in PriceWorld.Hours)
        {
            if (hour > at && (PriceOf(variant, currency, hour, quantity, inCart) is not { } offer || Shown(offer.UnitPrice, currency) != unitPrice))
            {
                return hour;
            }
        }

        return null;
    }

    /// <summary>What became of one list, and what it has: now, or at the least quantity at which it has anything.</summary>
    public (PriceOutcome Outcome, Offer? Offer, long BreakQuantity) OutcomeOf(
        PriceWorld.Assignment assignment, int variant, string? currency, DateTime at, Quantity quantity, bool inCart, Offer? best)
    {
        var breakQuantity = BreakQuantity(assignment.List, variant, quantity, inCart);
        if (WhyNotNow(assignment, currency, at) is { } outcome)
        {
            return (outcome, null, breakQuantity);
        }

        if (OfferOf(assignment, variant, at, breakQuantity) is { } offer)
        {
            return (Compared(assignment, offer, best!.Value), offer, breakQuantity);
        }

        foreach (var enough in PriceWorld.Quantities)
        {
            if (OfferOf(assignment, variant, at, enough.Thousandths) is { } later)
            {
                return (PriceOutcome.MinimumNotReached, later, breakQuantity);
            }
        }

        return (PriceOutcome.NoPrice, null, breakQuantity);
    }

    /// <summary>Whether a caller has it at an instant, and the seller has not put it aside.</summary>
    public bool IsGiven(PriceWorld.Assignment assignment, DateTime at) =>
        ListOf(assignment).IsActive && Holds(assignment.ValidFrom ?? assignment.MadeAt, assignment.ValidTo, at);

    private PriceOutcome? WhyNotNow(PriceWorld.Assignment assignment, string? currency, DateTime at) =>
        !ListOf(assignment).IsActive ? PriceOutcome.Inactive
        : assignment.ValidTo <= at || assignment.ValidTo <= (assignment.ValidFrom ?? assignment.MadeAt) ? PriceOutcome.AssignmentEnded
        : (assignment.ValidFrom ?? assignment.MadeAt) > at ? PriceOutcome.NotYetAssigned
        : ListOf(assignment).Currency != currency ? PriceOutcome.OtherCurrency
        : null;

    private PriceOutcome Compared(PriceWorld.Assignment assignment, Offer offer, Offer best)
    {
        var winner = best.Assignment;
        return assignment == winner ? PriceOutcome.Won
            : world.Policy == PricePolicy.Lowest && offer.UnitPrice > best.UnitPrice ? PriceOutcome.HigherPrice
            : Nearness(assignment.Place) > Nearness(winner.Place) ? PriceOutcome.LessSpecific
            : assignment.Priority < winner.Priority ? PriceOutcome.LowerPriority
            : assignment.MadeAt < winner.MadeAt || assignment.Id < winner.Id ? PriceOutcome.OlderAssignment
            : throw new InvalidOperationException($"{assignment} goes before {winner} and has a price.");
    }

    /// <summary>The whole of its group, if a list puts the variant into one and there is a cart.</summary>
    private long BreakQuantity(long list, int variant, Quantity quantity, bool inCart)
    {
        if (!inCart || TermsOf(list, variant)?.Group is not { } group)
        {
            return quantity.Thousandths;
        }

        var sum = 0L;
        foreach (var line in world.Cart)
        {
            sum += TermsOf(list, line.Variant)?.Group == group ? line.Quantity.Thousandths : 0;
        }

        return sum;
    }

    private PriceWorld.Terms? TermsOf(long list, int variant)
    {
        foreach (var terms in world.QuantityTerms)
        {
            if (terms.List == list && terms.Variant == variant)
            {
                return terms;
            }
        }

        return null;
    }

    private PriceWorld.PriceList ListOf(PriceWorld.Assignment assignment) => world.Lists[(int)assignment.List - 1];

    /// <summary>For its category and all below it.</summary>
    private bool IsFor(PriceWorld.Rule rule, int variant)
    {
        if (rule.Category is null)
        {
            return true;
        }

        for (var category = world.Variants.First(v => v.Id == variant).Category; category is { } id; category = PriceWorld.ParentOf(id))
        {
            if (id == rule.Category)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>First the per cent, then the amount, list after list; rounded once to four decimals. Null: below 0 is no price.</summary>
    private static decimal? Adjusted(long tenThousandths, List<PriceWorld.Rule> steps)
    {
        var price = tenThousandths / 10_000m;
        foreach (var step in steps)
        {
            price = (price * (1 + (step.BasisPoints / 10_000m))) + (step.Amount / 10_000m);
        }

        return price < 0 ? null : Math.Round(price, 4, MidpointRounding.AwayFromZero);
    }

    private static bool GoesBefore(PriceWorld.Assignment one, PriceWorld.Assignment other)
    {
        if (Nearness(one.Place) != Nearness(other.Place))
        {
            return Nearness(one.Place) < Nearness(other.Place);
        }

        if (one.Priority != other.Priority)
        {
            return one.Priority > other.Priority;
        }

        return one.MadeAt != other.MadeAt ? one.MadeAt > other.MadeAt : one.Id > other.Id;
    }

    private static bool Holds(DateTime? from, DateTime? to, DateTime at) => (from is null || from <= at) && (to is null || at < to);

    /// <summary>What the list of an assignment has.</summary>
    /// <param name="Assignment">The assignment.</param>
    /// <param name="Minimum">Of the row, in thousandths.</param>
    /// <param name="UnitPrice">Exact.</param>
    /// <param name="BasePrice">What it was made of; null: it is the list's own.</param>
    public readonly record struct Offer(PriceWorld.Assignment Assignment, long Minimum, decimal UnitPrice, decimal? BasePrice);
}
