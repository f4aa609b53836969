using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wholesale.Credit;
using Wholesale.Platform.Database;

namespace Wholesale.Carts;

/// <summary>The value of a reference field.</summary>
/// <param name="Code">The field's code.</param>
/// <param name="Value">1–200 characters.</param>
public sealed record Reference(string Code, string Value);

// What a cart says of itself, and an order made of it after it.
public sealed partial class Cart
{
    /// <summary>The longest codes of the buyer's: purchase order number, cost centre, job code.</summary>
    public const int MaximumCodeLength = 64;

    /// <summary>The longest words to the seller.</summary>
    public const int MaximumNoteLength = 1_000;

    /// <summary>The buyer's own number of the order; null: none yet.</summary>
    public string? PurchaseOrderNumber { get; set; }

    /// <summary>By the buyer's own code; null: none.</summary>
    public string? CostCenter { get; set; }

    /// <summary>By the buyer's own code; null: none.</summary>
    public string? JobCode { get; set; }

    /// <summary>What the company asks for with each order, as far as it was given.</summary>
    public IReadOnlyList<Reference> References { get; set; } = [];

    /// <summary>When the goods are wanted; null: as soon as they can be had.</summary>
    public DateOnly? RequestedDeliveryDate { get; set; }

    /// <summary>Words to the seller; null: none.</summary>
    public string? Note { get; set; }

    /// <summary>Where the goods go; null: the user's default.</summary>
    public long? ShipToAddressId { get; set; }

    /// <summary>Where the invoice goes; null: the user's default.</summary>
    public long? BillToAddressId { get; set; }

    /// <summary>How it is to be paid; null: not chosen yet.</summary>
    public PaymentMethod? PaymentMethod { get; set; }

    /// <summary>The terms of what is bought on account; null: the company's default.</summary>
    public long? PaymentTermId { get; set; }

    /// <summary>The way in which the goods are to be sent; null: none was chosen.</summary>
    public long? FreightTemplateId { get; set; }

    /// <summary>Whether they are to be insured; null: as the seller has it.</summary>
    public bool? IsInsured { get; set; }

    /// <summary>All that its user can say of it, to be compared and taken back.</summary>
    internal CartState State
    {
        get => new(
            Name, IsShared, PurchaseOrderNumber, CostCenter, JobCode, References, RequestedDeliveryDate, Note, ShipToAddressId, BillToAddressId, PaymentMethod, PaymentTermId, FreightTemplateId, IsInsured);
        set => (Name, IsShared, PurchaseOrderNumber, CostCenter, JobCode, References, RequestedDeliveryDate, Note, ShipToAddressId, BillToAddressId, PaymentMethod, PaymentTermId, FreightTemplateId, IsInsured) = value;
    }

    private static void MapDetails(EntityTypeBuilder<Cart> cart)
    {
        cart.Ignore(c => c.State);
        cart.Property(c => c.PurchaseOrderNumber).HasMaxLength(MaximumCodeLength);
        cart.Property(c => c.CostCenter).HasMaxLength(MaximumCodeLength);
        cart.Property(c => c.JobCode).HasMaxLength(MaximumCodeLength);
        cart.Property(c => c.Note).HasMaxLength(MaximumNoteLength);
        cart.Property(c => c.References).IsJson();
    }
}

/// <summary>All that a user can say of a cart.</summary>
internal readonly record struct CartState(
    string Name,
    bool IsShared,
    string? PurchaseOrderNumber,
    string? CostCenter,
    string? JobCode,
    IReadOnlyList<Reference> References,
    DateOnly? RequestedDeliveryDate,
    string? Note,
    long? ShipToAddressId,
    long? BillToAddressId,
    PaymentMethod? PaymentMethod,
    long? PaymentTermId,
    long? FreightTemplateId,
    bool? IsInsured);
