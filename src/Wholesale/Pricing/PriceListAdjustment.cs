using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Pricing;

/// <summary>
/// One rule by which a price list makes prices of another list's, during some time. Never changed: new rules end the ones before them, which stay on record.
/// </summary>
public sealed class PriceListAdjustment
{
    /// <summary>From <see cref="Ids"/>.</summary>
    public required long Id { get; init; }

    /// <summary>The list whose prices are made.</summary>
    public required long PriceListId { get; init; }

    /// <summary>The list they are made of; the same for all rules of a list that hold at once.</summary>
    public required long ParentId { get; init; }

    /// <summary>Its place among the rules that hold at once, from 0: the first that is for a variant decides.</summary>
    public required int Position { get; init; }

    /// <summary>This category and all below it; null: every variant.</summary>
    public long? CategoryId { get; init; }

    /// <summary>Hundredths of a per cent, −10,000 to 90,000.</summary>
    public required int BasisPoints { get; init; }

    /// <summary>In 1/10,000 of the currency, added after that.</summary>
    public required long Amount { get; init; }

    /// <summary>From when it holds.</summary>
    public required DateTime ValidFrom { get; init; }

    /// <summary>Until when, exclusive; null: it holds now.</summary>
    public DateTime? ValidTo { get; set; }

    /// <summary>What it does to a price.</summary>
    public PriceAdjustment Adjustment => new(BasisPoints, Amount);

    /// <summary>The rule as it was before it was ended; this one stays as it is.</summary>
    internal PriceListAdjustment Unended()
    {
        var copy = (PriceListAdjustment)MemberwiseClone();
        copy.ValidTo = null;
        return copy;
    }

    internal static void Map(ModelBuilder model) => model.Entity<PriceListAdjustment>(adjustment =>
    {
        adjustment.Property(a => a.Id).ValueGeneratedNever();
        adjustment.Ignore(a => a.Adjustment);
        adjustment.Property(a => a.BasisPoints).InUnit("1/100 per cent.");
        adjustment.Property(a => a.Amount).InUnit(Stored.TenThousandths);
        adjustment.HasIndex(a => a.PriceListId).Serves("adjustments_of_a_list");
        adjustment.HasOne<PriceList>().WithMany().HasForeignKey(a => a.PriceListId).OnDelete(DeleteBehavior.Restrict);
        adjustment.HasOne<PriceList>().WithMany().HasForeignKey(a => a.ParentId).OnDelete(DeleteBehavior.Restrict);
        adjustment.HasOne<Category>().WithMany().HasForeignKey(a => a.CategoryId).OnDelete(DeleteBehavior.Restrict);
    });
}

/// <summary>What a price list says of the quantities of a variant.</summary>
public sealed class PriceListQuantityTerms
{
    /// <summary>The list.</summary>
    public required long PriceListId { get; init; }

    /// <summary>The variant.</summary>
    public required long VariantId { get; init; }

    /// <summary>The least that can be bought; null: as the variant has it.</summary>
    public Quantity? Minimum { get; set; }

    /// <summary>The most on one line; null: as the variant has it.</summary>
    public Quantity? Maximum { get; set; }

    /// <summary>What quantities are multiples of; null: as the variant has it.</summary>
    public Quantity? Increment { get; set; }

    /// <summary>1–64 characters; variants of one group add their quantities up when a break is looked for. Null: the variant is in none.</summary>
    public string? BreakGroup { get; set; }

    /// <summary>As compiled lists have them.</summary>
    public QuantityTerms Terms => new(Minimum, Maximum, Increment, BreakGroup);

    internal static void Map(ModelBuilder model) => model.Entity<PriceListQuantityTerms>(terms =>
    {
        terms.HasKey(t => new { t.PriceListId, t.VariantId });
        terms.Ignore(t => t.Terms);
        terms.Property(t => t.BreakGroup).HasMaxLength(64).IsCode();
        terms.HasOne<PriceList>().WithMany().HasForeignKey(t => t.PriceListId).OnDelete(DeleteBehavior.Restrict);
    });
}
