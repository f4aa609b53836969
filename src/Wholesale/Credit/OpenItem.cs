using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Credit;

/// <summary>
/// What a company owes for one document here. Its amounts are in 1/10,000 of the unit of <see cref="Currency"/> and are only ever added to, by statements with conditions, so that no two writers pay the
/// same twice: <see cref="Rest"/> = <see cref="Charged"/> − <see cref="Paid"/> − <see cref="Discount"/>, always.
/// </summary>
public sealed class OpenItem
{
    /// <summary>The longest number of a document or an order.</summary>
    public const int MaximumNumberLength = RowErrors.MaximumKeyLength;

    /// <summary>The last day of payment of what is not known yet: it is never reached.</summary>
    public static readonly DateOnly NotYet = DateOnly.MaxValue;

    /// <summary>From <see cref="Ids"/>.</summary>
    public required long Id { get; init; }

    /// <summary>Who owes it.</summary>
    public required long CompanyId { get; init; }

    /// <summary>The order that it is for.</summary>
    public required long OwnerId { get; init; }

    /// <summary>That order's number, 1–64 characters.</summary>
    public required string OrderNumber { get; init; }

    /// <summary>The document, as a shipment; each has one open item at most.</summary>
    public required long DocumentId { get; init; }

    /// <summary>That document's number, 1–64 characters.</summary>
    public required string Number { get; init; }

    /// <summary>What it is owed for.</summary>
    public required OpenItemKind Kind { get; init; }

    /// <summary>What all its amounts are in.</summary>
    public required Currency Currency { get; init; }

    /// <summary>The document's day.</summary>
    public required DateOnly DocumentDate { get; init; }

    /// <summary>The days of its payment term; null: it was due at once.</summary>
    public PaymentDays? Days { get; init; }

    /// <summary>The last day of payment; <see cref="NotYet"/> until the goods arrive from whose arrival the days count.</summary>
    public DateOnly DueBy { get; set; }

    /// <summary>The last day on which the discount for paying early is to be had; null: there is none, or not yet.</summary>
    public DateOnly? DiscountUntil { get; set; }

    /// <summary>What it comes to now, 0 or more.</summary>
    public long Charged { get; init; }

    /// <summary>What was taken off since it was opened.</summary>
    public long Reduced { get; init; }

    /// <summary>What payments have paid: the sum of its <see cref="PaymentAllocation"/>s.</summary>
    public long Paid { get; init; }

    /// <summary>What was taken off for paying early.</summary>
    public long Discount { get; init; }

    /// <summary>What is still to be paid; negative: more was paid than is owed.</summary>
    public long Rest { get; init; }

    /// <summary>Counts up with every change.</summary>
    public long Version { get; set; }

    /// <summary>The last day of payment; null: not known yet.</summary>
    public DateOnly? DueOn => DueBy == NotYet ? null : DueBy;

    /// <summary>From which day the days of its payment term count; null: it was due at once.</summary>
    public DueBasis? DueBasis => Days?.DueBasis;

    /// <summary>What has become of it.</summary>
    public OpenItemStatus Status =>
        Charged == 0 && Reduced > 0 ? OpenItemStatus.Cancelled
        : Rest <= 0 ? OpenItemStatus.Paid
        : Paid > 0 ? OpenItemStatus.PartlyPaid
        : OpenItemStatus.Open;

    /// <summary>What it comes to now.</summary>
    public Money Amount => new(Charged, Currency);

    /// <summary>What was taken off since it was opened.</summary>
    public Money AmountReduced => new(Reduced, Currency);

    /// <summary>What was paid.</summary>
    public Money AmountPaid => new(Paid, Currency);

    /// <summary>What was taken off for paying early.</summary>
    public Money DiscountTaken => new(Discount, Currency);

    /// <summary>What is still to be paid, not below 0.</summary>
    public Money AmountOpen => new(Math.Max(0, Rest), Currency);

    /// <summary>What was paid and is not owed any more, not below 0.</summary>
    public Money AmountOverpaid => new(Math.Max(0, -Rest), Currency);

    /// <summary>Whether something of it was to be paid before a day.</summary>
    public bool IsOverdueOn(DateOnly today) => Rest > 0 && DueBy < today;

    /// <summary>
    /// What can be saved by paying all of it on a day: its percentage of what it comes to, rounded once to the minor unit, half away from zero. Null: nothing, or not any more, or so much was paid that the
    /// rest is not more than that.
    /// </summary>
    public EarlyPayment? EarlyPaymentOn(DateOnly day)
    {
        if (Days?.EarlyPaymentDiscount is not { } discount || DiscountUntil is not { } until || day > until || Discount > 0)
        {
            return null;
        }

        var off = Amount.Percent(discount.Percent, RoundingMode.HalfAwayFromZero);
        return off.TenThousandths > 0 && off.TenThousandths < Rest ? new(until, off, new(Rest - off.TenThousandths, Currency)) : null;
    }

    /// <summary>What settles it by money of a day: its rest, less the discount where that is to be had. Before the goods have arrived from whose arrival the days count, every day is early.</summary>
    internal long NeededOn(DateOnly day)
    {
        if (DueBy != NotYet || Discount > 0 || Days?.EarlyPaymentDiscount is not { } discount)
        {
            return EarlyPaymentOn(day)?.Amount.TenThousandths ?? Math.Max(0, Rest);
        }

        var off = Amount.Percent(discount.Percent, RoundingMode.HalfAwayFromZero).TenThousandths;
        return off > 0 && off < Rest ? Rest - off : Math.Max(0, Rest);
    }

    /// <summary>It, after so much was added to its amounts and so much more was taken off.</summary>
    internal OpenItem With(long reduced = 0, long paid = 0, long discount = 0) => new()
    {
        Id = Id,
        CompanyId = CompanyId,
        OwnerId = OwnerId,
        OrderNumber = OrderNumber,
        DocumentId = DocumentId,
        Number = Number,
        Kind = Kind,
        Currency = Currency,
        DocumentDate = DocumentDate,
        Days = Days,
        DueBy = DueBy,
        DiscountUntil = DiscountUntil,
        Charged = Charged - reduced,
        Reduced = Reduced + reduced,
        Paid = Paid + paid,
        Discount = Discount + discount,
        Rest = Rest - reduced - paid - discount,
        Version = Version + 1,
    };

    internal static void Map(ModelBuilder model) => model.Entity<OpenItem>(item =>
    {
        item.Property(i => i.Id).ValueGeneratedNever();
        item.Property(i => i.OrderNumber).HasMaxLength(MaximumNumberLength);
        item.Property(i => i.Number).HasMaxLength(MaximumNumberLength);
        item.Property(i => i.Days).IsJson();
        item.Property(i => i.Charged).InUnit(Stored.TenThousandths);
        item.Property(i => i.Reduced).InUnit(Stored.TenThousandths);
        item.Property(i => i.Paid).InUnit(Stored.TenThousandths);
        item.Property(i => i.Discount).InUnit(Stored.TenThousandths);
        item.Property(i => i.Rest).InUnit(Stored.TenThousandths);
        item.Ignore(i => i.DueOn);
        item.Ignore(i => i.DueBasis);
        item.Ignore(i => i.Status);
        item.Ignore(i => i.Amount);
        item.Ignore(i => i.AmountReduced);
        item.Ignore(i => i.AmountPaid);
        item.Ignore(i => i.DiscountTaken);
        item.Ignore(i => i.AmountOpen);
        item.Ignore(i => i.AmountOverpaid);
        item.HasIndex(i => i.DocumentId).IsUnique();
        item.HasIndex(i => i.OwnerId).Serves("open_items_of_an_order");
        item.HasIndex(i => i.OrderNumber).Serves("open_items_by_the_number_of_their_order");
        item.HasIndex(i => new { i.CompanyId, i.DueBy, i.Id }).Serves("items_of_a_company_by_day");
        item.HasIndex(i => new { i.CompanyId, i.Kind, i.DueBy, i.Id }).Serves("items_of_a_company_that_are_open").HasFilter("\"Rest\" > 0");
        item.HasIndex(i => new { i.DueBy, i.Id }).Serves("items_that_are_open_by_day").HasFilter("\"Rest\" > 0");
        item.HasOne<Company>().WithMany().HasForeignKey(i => i.CompanyId).OnDelete(DeleteBehavior.Restrict);
    });
}

/// <summary>What something is owed for. The numbers are stored.</summary>
public enum OpenItemKind
{
    /// <summary>Goods that were sent on account.</summary>
    OnAccount = 0,

    /// <summary>An order that is to be paid by transfer: due at once, and no credit.</summary>
    Prepayment = 1,
}

/// <summary>What has become of an open item; the states are drawn in the schema.</summary>
public enum OpenItemStatus
{
    /// <summary>Nothing was paid.</summary>
    Open,

    /// <summary>Some of it was paid.</summary>
    PartlyPaid,

    /// <summary>All of it was paid, or all less the discount for paying early.</summary>
    Paid,

    /// <summary>All of it was taken off.</summary>
    Cancelled,
}

/// <summary>What can be saved by paying early.</summary>
/// <param name="Until">The last day on which the money is to arrive.</param>
/// <param name="Discount">What is taken off.</param>
/// <param name="Amount">What settles the open item until then.</param>
public sealed record EarlyPayment(DateOnly Until, Money Discount, Money Amount);
