using System.Collections.Frozen;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Orders;

/// <summary>A line of an order: a copy of a cart's, with its price and what the product was called, what of it was confirmed for when, and how much was sent, has arrived, was cancelled. Nothing else of it changes.</summary>
public sealed class OrderLine
{
    /// <summary>Reads what <see cref="HeadFields"/> show, and nothing else.</summary>
    internal static readonly Expression<Func<OrderLine, OrderLine>> Head = l => new()
    {
        Id = l.Id,
        OrderId = l.OrderId,
        VariantId = l.VariantId,
        Sku = l.Sku,
        Name = l.Name,
        Quantity = l.Quantity,
        UnitPrice = l.UnitPrice,
        Total = l.Total,
        TaxRatePercent = l.TaxRatePercent,
        CompanyId = 0,
        UnitOfMeasure = null!,
        Promises = null!,
    };

    /// <summary>The fields of the contract's <c>OrderLine</c> that <see cref="Head"/> is enough for: its own, and the variant.</summary>
    internal static readonly FrozenSet<string> HeadFields = ["id", "sku", "name", "variant", "quantity", "unitPrice", "total", "taxRatePercent"];

    /// <summary>From <see cref="Ids"/>, in the order of the cart's lines. Stock is reserved for it under this id.</summary>
    public required long Id { get; init; }

    /// <summary>The order.</summary>
    public required long OrderId { get; init; }

    /// <summary>Whose order it is.</summary>
    public required long CompanyId { get; init; }

    /// <summary>The variant.</summary>
    public required long VariantId { get; init; }

    /// <summary>The variant's SKU.</summary>
    public required string Sku { get; init; }

    /// <summary>What its product was called, in the buyer's language.</summary>
    public required string Name { get; init; }

    /// <summary>How much of it.</summary>
    public required Quantity Quantity { get; init; }

    /// <summary>What a quantity of 1 was.</summary>
    public required string UnitOfMeasure { get; init; }

    /// <summary>Per unit of measure, net of tax, in the order's currency.</summary>
    public required Amount UnitPrice { get; init; }

    /// <summary>Net of tax, in the order's currency.</summary>
    public required Amount Total { get; init; }

    /// <summary>The rate of its tax in per cent.</summary>
    public required Amount TaxRatePercent { get; init; }

    /// <summary>Words to the seller; null: none.</summary>
    public string? Note { get; init; }

    /// <summary>What stock promised when it was ordered; empty where the seller keeps no stock of it.</summary>
    public required IReadOnlyList<PromisedQuantity> Promises { get; init; }

    /// <summary>How much of it was sent.</summary>
    public Quantity Shipped { get; set; }

    /// <summary>How much of that has arrived.</summary>
    public Quantity Delivered { get; set; }

    /// <summary>How much of what arrived the customer did not accept.</summary>
    public Quantity Rejected { get; set; }

    /// <summary>How much of it was cancelled.</summary>
    public Quantity Cancelled { get; set; }

    /// <summary>How much of it the seller confirmed, which stays as it was whatever is cancelled later; null: it has not, or not here.</summary>
    public Quantity? Confirmed { get; set; }

    /// <summary>When it will arrive, as the seller said; null: it did not.</summary>
    public DateOnly? PromisedOn { get; set; }

    /// <summary>When the latest part of it arrived; null: none has.</summary>
    public DateTime? DeliveredAt { get; set; }

    /// <summary>How much is still to be sent.</summary>
    public Quantity Open => new(Quantity.Thousandths - Shipped.Thousandths - Cancelled.Thousandths);

    /// <summary>Whether stock was kept of it when it was ordered: then it has as much reserved as is open.</summary>
    public bool IsTracked => Promises.Count > 0;

    internal static void Map(ModelBuilder model) => model.Entity<OrderLine>(line =>
    {
        line.Ignore(l => l.Open);
        line.Ignore(l => l.IsTracked);
        line.Property(l => l.Id).ValueGeneratedNever();
        line.Property(l => l.Sku).HasMaxLength(64).IsCode();
        line.Property(l => l.Name).HasMaxLength(RowErrors.MaximumNameLength);
        line.Property(l => l.UnitOfMeasure).HasMaxLength(20);
        line.Property(l => l.Note).HasMaxLength(Carts.CartLine.MaximumNoteLength);
        line.Property(l => l.Promises).IsJson();
        line.HasIndex(l => new { l.OrderId, l.Id }).Serves("lines_of_an_order", l => new { l.VariantId, l.Quantity, l.Cancelled, l.Total }).OnSqliteToo();
        line.HasIndex(l => new { l.VariantId, l.CompanyId, l.OrderId }).Serves("orders_of_a_variant");
        line.HasIndex(l => new { l.VariantId, l.Id }).Serves("lines_of_a_variant", l => new { l.OrderId, l.Quantity, l.Cancelled });
        line.HasOne<Order>().WithMany().HasForeignKey(l => l.OrderId).OnDelete(DeleteBehavior.Cascade);
        line.HasOne<Variant>().WithMany().HasForeignKey(l => l.VariantId).OnDelete(DeleteBehavior.Restrict);
    });
}

/// <summary>How much of a line was promised from where.</summary>
/// <param name="Date">For when; null: that was not known.</param>
/// <param name="Quantity">How much.</param>
/// <param name="WarehouseId">From where.</param>
public sealed record PromisedQuantity(DateOnly? Date, Quantity Quantity, long WarehouseId);

/// <summary>A line with the order whose currency its amounts are in, as the contract's <c>OrderLine</c> shows it.</summary>
/// <param name="Order">The order.</param>
/// <param name="Line">The line.</param>
public sealed record PlacedLine(Order Order, OrderLine Line)
{
    /// <summary>The line's id.</summary>
    public long Id => Line.Id;

    /// <summary>The variant's SKU.</summary>
    public string Sku => Line.Sku;

    /// <summary>What its product was called.</summary>
    public string Name => Line.Name;

    /// <summary>How much of it.</summary>
    public Quantity Quantity => Line.Quantity;

    /// <summary>What a quantity of 1 was.</summary>
    public string UnitOfMeasure => Line.UnitOfMeasure;

    /// <summary>Per unit of measure, net of tax.</summary>
    public Money UnitPrice => new(Line.UnitPrice.TenThousandths, Order.Currency);

    /// <summary>Net of tax.</summary>
    public Money Total => new(Line.Total.TenThousandths, Order.Currency);

    /// <summary>The rate of its tax in per cent.</summary>
    public Amount TaxRatePercent => Line.TaxRatePercent;

    /// <summary>Words to the seller; null: none.</summary>
    public string? Note => Line.Note;

    /// <summary>How much of it was sent.</summary>
    public Quantity ShippedQuantity => Line.Shipped;

    /// <summary>How much of that has arrived.</summary>
    public Quantity DeliveredQuantity => Line.Delivered;

    /// <summary>How much of what arrived the customer did not accept.</summary>
    public Quantity RejectedQuantity => Line.Rejected;

    /// <summary>How much of it was cancelled.</summary>
    public Quantity CancelledQuantity => Line.Cancelled;

    /// <summary>How much is still to be sent.</summary>
    public Quantity OpenQuantity => Line.Open;

    /// <summary>How much of it the seller confirmed; null: it has not, or not here.</summary>
    public Quantity? ConfirmedQuantity => Line.Confirmed;
}
