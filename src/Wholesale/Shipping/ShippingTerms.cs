using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Shipping;

/// <summary>On what terms goods can be insured on their way.</summary>
/// <param name="RatePercent">In per cent of what the goods cost, 0–100.</param>
/// <param name="Minimum">The least premium, in <paramref name="Currency"/>; null: none.</param>
/// <param name="Currency">The least premium's.</param>
/// <param name="IsDefault">Whether goods are insured unless the buyer says otherwise.</param>
public sealed record InsuranceTerms(Amount RatePercent, Amount? Minimum, Currency? Currency, bool IsDefault)
{
    /// <summary>The least premium; null: none.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public Money? MinimumPremium => Minimum is { } minimum && Currency is { } currency ? new Money(minimum.TenThousandths, currency) : null;

    /// <summary>What insuring goods costs: the rate or, where that is more and of the same currency, the least premium; rounded once. Null: it is not offered.</summary>
    /// <param name="subtotal">What the goods cost.</param>
    /// <param name="isChosen">What the buyer says; null: nothing.</param>
    /// <param name="rounding">The market's.</param>
    internal ShippingInsurance? Of(Money subtotal, bool? isChosen, RoundingMode rounding)
    {
        var least = MinimumPremium is { } minimum && minimum.Currency == subtotal.Currency ? minimum.Rounded(rounding).TenThousandths : 0;
        if (RatePercent.TenThousandths == 0 && least == 0)
        {
            return null;
        }

        var premium = subtotal.Percent(RatePercent, rounding);
        return new(isChosen ?? IsDefault, premium with { TenThousandths = Math.Max(premium.TenThousandths, least) }, RatePercent);
    }
}

/// <summary>Whether goods are insured on their way, and what that costs.</summary>
/// <param name="IsSelected">Whether they are.</param>
/// <param name="Premium">What it costs, or would cost, net of tax.</param>
/// <param name="RatePercent">In per cent of what the goods cost.</param>
public sealed record ShippingInsurance(bool IsSelected, Money Premium, Amount RatePercent);

/// <summary>By which terms goods are shipped to someone. Never changed, only replaced by one of the same id.</summary>
public sealed record ShippingTerms
{
    /// <summary>From <see cref="Ids"/>.</summary>
    public required long Id { get; init; }

    /// <summary>The seller's key, unique, 1–64 characters, compared exactly.</summary>
    public required string ExternalId { get; init; }

    /// <summary>What kind of thing <see cref="AssigneeId"/> is.</summary>
    public required AssigneeLevel Level { get; init; }

    /// <summary>Whose they are; 0: everyone's.</summary>
    public required long AssigneeId { get; init; }

    /// <summary>By which rule the seller delivers; null: they do not say. Stored as JSON.</summary>
    public DeliveryTerms? DeliveryTerms { get; init; }

    /// <summary>What freight and premiums are to the tax law; null: they do not say.</summary>
    public string? TaxClass { get; init; }

    /// <summary>On what terms goods can be insured; null: they do not say. Stored as JSON.</summary>
    public InsuranceTerms? Insurance { get; init; }

    /// <summary>Whether they count.</summary>
    public bool IsActive { get; init; } = true;

    /// <summary>Counts up with every change.</summary>
    public long Version { get; init; }

    /// <summary>Whose they are.</summary>
    public Assignee Assignee => new(Level, AssigneeId);

    internal static void Map(ModelBuilder model) => model.Entity<ShippingTerms>(terms =>
    {
        terms.Property(t => t.Id).ValueGeneratedNever();
        terms.Ignore(t => t.Assignee);
        terms.Property(t => t.ExternalId).HasMaxLength(RowErrors.MaximumKeyLength);
        terms.Property(t => t.DeliveryTerms).IsJson();
        terms.Property(t => t.TaxClass).HasMaxLength(RowErrors.MaximumKeyLength).IsCode();
        terms.Property(t => t.Insurance).IsJson();
        terms.HasIndex(t => t.ExternalId).IsUnique();
        terms.HasIndex(t => t.AssigneeId).Serves("shipping_terms_of_an_assignee");
    });
}

/// <summary>What holds for a buyer, from all terms that it has.</summary>
/// <param name="DeliveryTerms">By which rule the seller delivers; null: none was agreed upon, and the seller ships.</param>
/// <param name="TaxClass">What freight and premiums are to the tax law.</param>
/// <param name="Insurance">On what terms goods can be insured; null: on none.</param>
public sealed record BuyersShippingTerms(DeliveryTerms? DeliveryTerms, string TaxClass, InsuranceTerms? Insurance)
{
    /// <summary>Whether goods are insured, and what that costs; null: it is not offered. Where the seller must insure them by its rule, nobody says otherwise.</summary>
    /// <param name="subtotal">What the goods cost.</param>
    /// <param name="isChosen">What the buyer says; null: nothing.</param>
    /// <param name="rounding">The market's.</param>
    internal ShippingInsurance? Insure(Money subtotal, bool? isChosen, RoundingMode rounding) =>
        Insurance?.Of(subtotal, DeliveryTerms is { Incoterm: Incoterm.Cip or Incoterm.Cif } ? true : isChosen, rounding);

    /// <summary>Each point by the nearest terms that say something of it, and of equally near ones by the first by external id.</summary>
    /// <param name="assignees">All that the buyer is, nearest first.</param>
    /// <param name="terms">At least those of these that are active.</param>
    internal static BuyersShippingTerms Of(IReadOnlyList<Assignee> assignees, IReadOnlyList<ShippingTerms> terms)
    {
        var nearness = new Dictionary<long, int>();
        for (var (i, rank) = (0, 0); i < assignees.Count; i++)
        {
            rank = i > 0 && assignees[i].IsAsNearAs(assignees[i - 1]) ? rank : i;
            nearness[assignees[i].AssigneeId] = rank;
        }

        var nearest = terms.Where(t => t.IsActive && nearness.ContainsKey(t.AssigneeId))
            .OrderBy(t => nearness[t.AssigneeId]).ThenBy(t => t.ExternalId, Utf8Order.Instance).ToList();
        return new(
            nearest.Select(t => t.DeliveryTerms).FirstOrDefault(t => t is not null),
            nearest.Select(t => t.TaxClass).FirstOrDefault(t => t is not null) ?? Product.StandardTaxClass,
            nearest.Select(t => t.Insurance).FirstOrDefault(t => t is not null));
    }
}
