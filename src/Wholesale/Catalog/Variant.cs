using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Catalog;

/// <summary>What is ordered, stocked and priced: a product in one size, colour, packing.</summary>
public sealed class Variant
{
    /// <summary>What a new variant's quantities count unless it says otherwise.</summary>
    public const string DefaultUnitOfMeasure = "pcs";

    /// <summary>The fields of the contract's <c>Variant</c> that a variant's head is enough for, which has <see cref="ProductHead"/>: its own, and those that are read by its keys.</summary>
    internal static readonly FrozenSet<string> HeadFields = ["id", "sku", "product", "attributes", "packaging", "quantityIncrement"];

    /// <summary>From <see cref="Ids"/>.</summary>
    public required long Id { get; init; }

    /// <summary>The product it is a variant of.</summary>
    public required long ProductId { get; init; }

    /// <summary>Its product's head, of a variant that was read by its own; else null.</summary>
    internal ProductHead? ProductHead { get; init; }

    /// <summary>The product's category, kept here so that a price by category needs no look at the product; null if it has none.</summary>
    public long? CategoryId { get; set; }

    /// <summary>The seller's key, unique among variants, 1–64 characters, compared exactly. No product but its own has it.</summary>
    public required string Sku { get; init; }

    /// <summary>Its place among its siblings, lowest first; equal places go by SKU.</summary>
    public int Position { get; set; }

    /// <summary>What a quantity of 1 is, as in <c>pcs</c> or <c>m</c>.</summary>
    public required string UnitOfMeasure { get; set; }

    /// <summary>Quantities are multiples of this; more than 0.</summary>
    public required Quantity QuantityIncrement { get; set; }

    /// <summary>The least that can be bought, a multiple of the increment; null: one increment.</summary>
    public Quantity? MinimumQuantity { get; set; }

    /// <summary>The most that an order line can hold, a multiple of the increment; null: no limit.</summary>
    public Quantity? MaximumQuantity { get; set; }

    /// <summary>Of a quantity of 1, in kilograms, gross; null: it is not known.</summary>
    public Quantity? ShippingWeight { get; set; }

    /// <summary>Of a quantity of 1, in litres; null: it is not known.</summary>
    public Quantity? ShippingVolume { get; set; }

    /// <summary>The global trade item number; null if it has none.</summary>
    public string? Gtin { get; set; }

    /// <summary>What a quantity of 1 costs the seller, net of tax, in <see cref="StandardCostCurrency"/>; null: it is not known.</summary>
    public Amount? StandardCostAmount { get; set; }

    /// <summary>Of <see cref="StandardCostAmount"/>; null with it.</summary>
    public Currency? StandardCostCurrency { get; set; }

    /// <summary>What a quantity of 1 costs the seller, net of tax; null: it is not known. No buyer is told of it.</summary>
    public Money? StandardCost => StandardCostAmount is { } amount && StandardCostCurrency is { } currency ? new Money(amount.TenThousandths, currency) : null;

    /// <summary>From when buyers see it; null: as long as its product.</summary>
    public DateTime? PublishedFrom { get; set; }

    /// <summary>Until when buyers see it, exclusive; null: as long as its product.</summary>
    public DateTime? PublishedTo { get; set; }

    /// <summary>Counts up with every change.</summary>
    public long Version { get; set; }

    /// <summary>When it is seen, and in what quantities it is sold.</summary>
    internal VariantListing Listing => new(Id, PublishedFrom, PublishedTo, QuantityIncrement, MinimumQuantity, MaximumQuantity);

    /// <summary>The variant as it was listed at another time; this one stays as it is.</summary>
    internal Variant With(VariantListing listing, long? categoryId)
    {
        var copy = (Variant)MemberwiseClone();
        (_, copy.PublishedFrom, copy.PublishedTo, copy.QuantityIncrement, copy.MinimumQuantity, copy.MaximumQuantity) = listing;
        copy.CategoryId = categoryId;
        return copy;
    }

    /// <summary>
    /// Whether these are 8, 12, 13 or 14 digits of which the last is right: GS1 General Specifications, section 7.9, weights 3 and 1 in turn,
    /// beginning with 3 at the digit before the last.
    /// </summary>
    internal static bool IsGtin(string text)
    {
        if (text.Length is not (8 or 12 or 13 or 14) || !text.All(char.IsAsciiDigit))
        {
            return false;
        }

        var sum = 0;
        for (var i = 0; i < text.Length; i++)
        {
            sum += (text[i] - '0') * ((text.Length - i) % 2 == 0 ? 3 : 1);
        }

        return sum % 10 == 0;
    }

    internal static void Map(ModelBuilder model) => model.Entity<Variant>(variant =>
    {
        variant.Property(v => v.Id).ValueGeneratedNever();
        variant.Ignore(v => v.Listing);
        variant.Ignore(v => v.ProductHead);
        variant.Ignore(v => v.StandardCost);
        variant.Property(v => v.Sku).HasMaxLength(64);
        variant.Property(v => v.UnitOfMeasure).HasMaxLength(20);
        variant.Property(v => v.ShippingWeight).InUnit("Grams.");
        variant.Property(v => v.ShippingVolume).InUnit("Millilitres.");
        variant.Property(v => v.Gtin).HasMaxLength(14).IsUnicode(false);
        variant.HasIndex(v => v.Sku).IsUnique();
        variant.HasIndex(v => new { v.ProductId, v.Position, v.Sku }).Serves("variants_of_a_product");
        variant.HasIndex(v => v.PublishedFrom).Serves("variants_to_be_published").HasFilter("\"PublishedFrom\" IS NOT NULL");
        variant.HasIndex(v => v.PublishedTo).Serves("variants_to_be_withdrawn").HasFilter("\"PublishedTo\" IS NOT NULL");
        variant.HasOne<Product>().WithMany().HasForeignKey(v => v.ProductId);
    });
}
