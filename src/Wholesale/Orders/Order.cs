using Microsoft.EntityFrameworkCore;
using Wholesale.Carts;
using Wholesale.Companies;
using Wholesale.Credit;
using Wholesale.Inventory;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Tax;

namespace Wholesale.Orders;

/// <summary>
/// What a company has ordered: a copy of its cart at the instant of ordering, which later changes of prices, addresses and products leave as it is. Its lines are
/// <see cref="OrderLine"/>s. What becomes of it, see Order.Life.cs, and what is paid of it, Order.Payment.cs.
/// </summary>
public sealed partial class Order
{
    /// <summary>From <see cref="Ids"/>.</summary>
    public required long Id { get; init; }

    /// <summary>By the seller's series, unique: see <see cref="OrderNumberSeries"/>.</summary>
    public required string Number { get; set; }

    /// <summary>What has become of it.</summary>
    public OrderStatus Status { get; private set; }

    /// <summary>Who bought.</summary>
    public required long CompanyId { get; init; }

    /// <summary>Who ordered.</summary>
    public required long UserId { get; init; }

    /// <summary>For which unit.</summary>
    public required long UnitId { get; init; }

    /// <summary>The cart that it is a copy of; no other order is. Null: it was imported.</summary>
    public long? CartId { get; init; }

    /// <summary>Where it comes from.</summary>
    public OrderSource Source { get; init; }

    /// <summary>The revision of the source that it was last imported from; null: none was given, or it was not imported.</summary>
    public long? SourceRevision { get; init; }

    /// <summary>The one supplier that sends all of it straight to the customer; null: none does.</summary>
    public long? SupplierId { get; set; }

    /// <summary>When it was ordered.</summary>
    public required DateTime PlacedAt { get; init; }

    /// <summary>What all its amounts are in.</summary>
    public required Currency Currency { get; init; }

    /// <summary>The buyer's own number of the order; null: none.</summary>
    public string? PurchaseOrderNumber { get; init; }

    /// <summary>By the buyer's own code; null: none.</summary>
    public string? CostCenter { get; init; }

    /// <summary>By the buyer's own code; null: none.</summary>
    public string? JobCode { get; init; }

    /// <summary>What the company asked for with the order.</summary>
    public IReadOnlyList<Reference> References { get; init; } = [];

    /// <summary>When the goods are wanted; null: as soon as they can be had.</summary>
    public DateOnly? RequestedDeliveryDate { get; init; }

    /// <summary>Words to the seller; null: none.</summary>
    public string? Note { get; init; }

    /// <summary>Where the goods go.</summary>
    public required PostalAddress ShipTo { get; init; }

    /// <summary>Where the invoice goes.</summary>
    public required PostalAddress BillTo { get; init; }

    /// <summary>How it is to be paid.</summary>
    public required PaymentMethod PaymentMethod { get; init; }

    /// <summary>The terms of what was bought on account; null: it was not.</summary>
    public AgreedPaymentTerm? PaymentTerm { get; init; }

    /// <summary>What has become of the payment.</summary>
    public OrderPaymentStatus PaymentStatus { get; set; }

    /// <summary>How many lines it has.</summary>
    public required int LineCount { get; init; }

    /// <summary>The sum of the lines' totals, net of tax, in <see cref="Currency"/>.</summary>
    public required Amount NetAmount { get; init; }

    /// <summary>The tax, by rates.</summary>
    public required IReadOnlyList<OrderTax> Taxes { get; init; }

    /// <summary>Net amount, shipping and tax.</summary>
    public required Amount TotalAmount { get; init; }

    /// <summary>What of the total was cancelled.</summary>
    public Amount CancelledAmount { get; private set; }

    /// <summary>What was paid of its open items.</summary>
    public Amount PaidAmount { get; private set; }

    /// <summary>What was taken off of them for paying early.</summary>
    public Amount DiscountAmount { get; private set; }

    /// <summary>When the seller accepted it; null: not yet, or never.</summary>
    public DateTime? ConfirmedAt { get; private set; }

    /// <summary>What it came to when it was confirmed: without what had been cancelled before. Null: it was not confirmed, or not here.</summary>
    public Amount? ConfirmedAmount { get; private set; }

    /// <summary>The last of the days that its lines were promised for; null: none was promised any.</summary>
    public DateOnly? PromisedOn { get; private set; }

    /// <summary>When the latest of its shipments arrived; null: none has.</summary>
    public DateTime? DeliveredAt { get; private set; }

    /// <summary>When it was completed; null: not yet, or never.</summary>
    public DateTime? CompletedAt { get; private set; }

    /// <summary>When it was cancelled as a whole; null: it was not.</summary>
    public DateTime? CancelledAt { get; private set; }

    /// <summary>What the latest who cancelled something had to say; null: nothing.</summary>
    public string? CancellationNote { get; private set; }

    /// <summary>Counts up with every change.</summary>
    public long Version { get; set; }

    /// <summary>What of <see cref="Total"/> was cancelled.</summary>
    public Money CancelledTotal => In(CancelledAmount);

    /// <summary>The sum of the lines' totals, net of tax.</summary>
    public Money Subtotal => new(NetAmount.TenThousandths, Currency);

    /// <summary>The tax on it and on shipping.</summary>
    public TaxSummary Tax => new(
        [.. Taxes.Select(tax => new TaxLine(tax.Name, tax.RatePercent, tax.Treatment, In(tax.Net), In(tax.Tax)))],
        new(TotalAmount.TenThousandths - NetAmount.TenThousandths - ShippingAmount.TenThousandths, Currency));

    /// <summary>What it comes to.</summary>
    public Money Total => In(TotalAmount);

    private Money In(Amount amount) => new(amount.TenThousandths, Currency);

    internal static void Map(ModelBuilder model) => model.Entity<Order>(order =>
    {
        order.Property(o => o.Id).ValueGeneratedNever();
        order.Ignore(o => o.Subtotal);
        order.Ignore(o => o.Tax);
        order.Ignore(o => o.Total);
        order.Ignore(o => o.CancelledTotal);
        order.Ignore(o => o.AmountPaid);
        order.Ignore(o => o.AmountDue);
        order.Ignore(o => o.AmountOverpaid);
        order.Property(o => o.Number).HasMaxLength(OrderNumberSeries.MaximumNumberLength);
        order.Property(o => o.PurchaseOrderNumber).HasMaxLength(Cart.MaximumCodeLength).IsCode();
        order.Property(o => o.CostCenter).HasMaxLength(Cart.MaximumCodeLength).IsCode();
        order.Property(o => o.JobCode).HasMaxLength(Cart.MaximumCodeLength).IsCode();
        order.Property(o => o.Note).HasMaxLength(Cart.MaximumNoteLength);
        order.Property(o => o.CancellationNote).HasMaxLength(Cart.MaximumNoteLength);
        order.Property(o => o.References).IsJson();
        order.Property(o => o.ShipTo).IsJson();
        order.Property(o => o.BillTo).IsJson();
        order.Property(o => o.PaymentTerm).IsJson();
        order.Property(o => o.Taxes).IsJson();
        MapShipping(order);
        order.HasIndex(o => o.Number).IsUnique();
        order.HasIndex(o => o.CartId).IsUnique();
        order.HasIndex(o => new { o.CompanyId, o.PlacedAt, o.Id }).IsDescending(false, true, true).Serves("orders_of_a_company", o => new
        {
            o.Number,
            o.Status,
            o.PaymentStatus,
            o.UserId,
            o.UnitId,
            o.Source,
            o.Currency,
            o.NetAmount,
            o.ShippingAmount,
            o.TotalAmount,
            o.CancelledAmount,
            o.PurchaseOrderNumber,
            o.CostCenter,
            o.JobCode,
            o.SupplierId,
            o.PromisedOn,
        }).OnSqliteToo();
        order.HasIndex(o => new { o.CompanyId, o.PurchaseOrderNumber }).Serves("orders_by_purchase_order", o => new { o.Number }).OnSqliteToo();
        order.HasIndex(o => new { o.PlacedAt, o.Id }).IsDescending(true, true).Serves("orders_by_time");
        order.HasIndex(o => new { o.Status, o.PlacedAt, o.Id }).Serves("orders_to_work_on");
        order.HasIndex(o => new { o.Status, o.DeliveredAt }).Serves("orders_to_complete").HasFilter("\"DeliveredAt\" IS NOT NULL AND \"CompletedAt\" IS NULL AND \"Source\" <> 2");
        order.HasOne<Company>().WithMany().HasForeignKey(o => o.CompanyId).OnDelete(DeleteBehavior.Restrict);
        order.HasOne<CompanyUser>().WithMany().HasForeignKey(o => o.UserId).OnDelete(DeleteBehavior.Restrict);
        order.HasOne<CompanyUnit>().WithMany().HasForeignKey(o => o.UnitId).OnDelete(DeleteBehavior.Restrict);
        order.HasOne<Supplier>().WithMany().HasForeignKey(o => o.SupplierId).OnDelete(DeleteBehavior.Restrict);
        order.HasOne<Cart>().WithMany().HasForeignKey(o => o.CartId).OnDelete(DeleteBehavior.Restrict);
    });
}

/// <summary>What has become of an order's payment. The numbers are stored.</summary>
public enum OrderPaymentStatus
{
    /// <summary>Bought on account, and nothing was paid yet.</summary>
    OnAccount = 0,

    /// <summary>The money is to be transferred, and was not received yet.</summary>
    PendingReceipt = 1,

    /// <summary>Some of it was paid.</summary>
    PartlyPaid = 2,

    /// <summary>All was paid that was not cancelled, but for what was taken off for paying early.</summary>
    Paid = 3,
}

/// <summary>A place, as it was when an order was made.</summary>
public sealed record PostalAddress(
    string Name, string? Attention, IReadOnlyList<string> Lines, string City, string? Region, string? PostalCode, string Country, string? Phone)
{
    /// <summary>A copy.</summary>
    public static PostalAddress Of(Address address) => new(
        address.Name, address.Attention, [.. address.Lines], address.City, address.Region, address.PostalCode, address.Country, address.Phone);
}

/// <summary>Payment terms as they were when an order was made.</summary>
public sealed record AgreedPaymentTerm(string ExternalId, string Name, int NetDays, DueBasis DueBasis, EarlyPaymentDiscount? EarlyPaymentDiscount)
{
    /// <summary>A copy.</summary>
    public static AgreedPaymentTerm Of(PaymentTerm term) => new(term.ExternalId, term.Name, term.NetDays, term.DueBasis, term.EarlyPaymentDiscount);
}

/// <summary>The tax of one rate, in the order's currency.</summary>
public sealed record OrderTax(string Name, Amount RatePercent, TaxTreatment Treatment, Amount Net, Amount Tax)
{
    /// <summary>A copy.</summary>
    public static OrderTax Of(TaxLine line) => new(line.Name, line.RatePercent, line.Treatment, line.Net.Amount, line.Tax.Amount);
}
