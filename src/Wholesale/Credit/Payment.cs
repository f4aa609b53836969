using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Credit;

/// <summary>Money that was received from a company. Its amounts are in 1/10,000 of the unit of <see cref="Currency"/>.</summary>
public sealed class Payment
{
    /// <summary>The longest reference or reason.</summary>
    public const int MaximumTextLength = 200;

    /// <summary>Digits of the hash of a payment's content.</summary>
    internal const int ContentLength = 32;

    /// <summary>From <see cref="Ids"/>.</summary>
    public required long Id { get; init; }

    /// <summary>The seller's key, unique, 1–64 characters, compared exactly.</summary>
    public required string ExternalId { get; init; }

    /// <summary>From whom.</summary>
    public required long CompanyId { get; init; }

    /// <summary>How much, more than 0.</summary>
    public required long Received { get; init; }

    /// <summary>What all its amounts are in.</summary>
    public required Currency Currency { get; init; }

    /// <summary>The day on which it arrived.</summary>
    public required DateOnly ReceivedOn { get; init; }

    /// <summary>What stands on the transfer, 1–200 characters; null: nothing.</summary>
    public string? Reference { get; init; }

    /// <summary>A hash of all that was said when it was recorded, by which the same payment is told from another one of its key.</summary>
    public required string Content { get; init; }

    /// <summary>What pays no open item: <see cref="Received"/> less its <see cref="PaymentAllocation"/>s; 0 once it was reversed.</summary>
    public long Left { get; set; }

    /// <summary>When it was recorded.</summary>
    public required DateTime RecordedAt { get; init; }

    /// <summary>The API key that recorded it.</summary>
    public required long RecordedByKeyId { get; init; }

    /// <summary>When it was reversed; null: it was not.</summary>
    public DateTime? ReversedAt { get; set; }

    /// <summary>Why it was reversed, 1–200 characters; null: it was not.</summary>
    public string? ReversalReason { get; set; }

    /// <summary>Counts up with every change.</summary>
    public long Version { get; set; }

    /// <summary>Whether the money is there.</summary>
    public PaymentStatus Status => ReversedAt is null ? PaymentStatus.Received : PaymentStatus.Reversed;

    /// <summary>How much.</summary>
    public Money Amount => new(Received, Currency);

    /// <summary>What pays no open item.</summary>
    public Money Unallocated => new(Left, Currency);

    internal static void Map(ModelBuilder model)
    {
        model.Entity<Payment>(payment =>
        {
            payment.Property(p => p.Id).ValueGeneratedNever();
            payment.Property(p => p.ExternalId).HasMaxLength(RowErrors.MaximumKeyLength);
            payment.Property(p => p.Received).InUnit(Stored.TenThousandths);
            payment.Property(p => p.Left).InUnit(Stored.TenThousandths);
            payment.Property(p => p.Reference).HasMaxLength(MaximumTextLength);
            payment.Property(p => p.Content).HasMaxLength(ContentLength).IsCode();
            payment.Property(p => p.ReversalReason).HasMaxLength(MaximumTextLength);
            payment.Ignore(p => p.Status);
            payment.Ignore(p => p.Amount);
            payment.Ignore(p => p.Unallocated);
            payment.HasIndex(p => p.ExternalId).IsUnique();
            payment.HasIndex(p => new { p.CompanyId, p.Id }).IsDescending(false, true).Serves("payments_of_a_company");
            payment.HasOne<Company>().WithMany().HasForeignKey(p => p.CompanyId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<PaymentAllocation>(allocation =>
        {
            allocation.Property(a => a.Id).ValueGeneratedNever();
            allocation.Property(a => a.Paid).InUnit(Stored.TenThousandths);
            allocation.Property(a => a.TakenOff).InUnit(Stored.TenThousandths);
            allocation.Ignore(a => a.Amount);
            allocation.Ignore(a => a.Discount);
            allocation.HasIndex(a => new { a.PaymentId, a.Id }).Serves("allocations_of_a_payment");
            allocation.HasIndex(a => new { a.OpenItemId, a.Id }).Serves("allocations_to_an_open_item");
            allocation.HasOne<Payment>().WithMany().HasForeignKey(a => a.PaymentId).OnDelete(DeleteBehavior.Restrict);
            allocation.HasOne<OpenItem>().WithMany().HasForeignKey(a => a.OpenItemId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}

/// <summary>What a payment has paid of an open item, at one time. Never changed; deleted when it is taken back.</summary>
public sealed class PaymentAllocation
{
    /// <summary>From <see cref="Ids"/>: in the order of allocating.</summary>
    public required long Id { get; init; }

    /// <summary>The payment.</summary>
    public required long PaymentId { get; init; }

    /// <summary>The open item.</summary>
    public required long OpenItemId { get; init; }

    /// <summary>What both are in.</summary>
    public required Currency Currency { get; init; }

    /// <summary>How much of the payment, more than 0, in 1/10,000 of the currency's unit.</summary>
    public required long Paid { get; init; }

    /// <summary>What was taken off besides, for paying early.</summary>
    public required long TakenOff { get; set; }

    /// <summary>When it was allocated.</summary>
    public required DateTime AllocatedAt { get; init; }

    /// <summary>How much of the payment.</summary>
    public Money Amount => new(Paid, Currency);

    /// <summary>What was taken off besides, for paying early.</summary>
    public Money Discount => new(TakenOff, Currency);
}

/// <summary>Whether a payment's money is there.</summary>
public enum PaymentStatus
{
    /// <summary>It was received.</summary>
    Received,

    /// <summary>It is gone again.</summary>
    Reversed,
}
