using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Credit;

/// <summary>What a company may owe and what it owes: one of a company at most, which is its key. Amounts are in 1/10,000 of the currency's unit.</summary>
public sealed class CreditProfile
{
    /// <summary>The longest reason of a hold.</summary>
    public const int MaximumReasonLength = 200;

    /// <summary>The most days of <see cref="OverdueHoldAfterDays"/>.</summary>
    public const int MaximumHoldDays = 3_650;

    /// <summary>Whose it is.</summary>
    public required long CompanyId { get; init; }

    /// <summary>What may be bought on account is in this currency alone.</summary>
    public required Currency Currency { get; set; }

    /// <summary>How much the company may owe, 0 or more; null: no limit.</summary>
    public long? Limit { get; set; }

    /// <summary>What the seller's system counts as owed; negative: the seller owes it.</summary>
    public long OpenItems { get; set; }

    /// <summary>The sum of all <see cref="CreditReservation"/>s: changed by <see cref="CreditReservations"/> alone, never by who writes the rest.</summary>
    public long Reserved { get; init; }

    /// <summary>
    /// The sum of <see cref="OpenItem.Rest"/> of all on account in its currency; negative: more was paid than is owed. Changed by <see cref="Credit.OpenItems"/> alone, never by who writes the rest.
    /// </summary>
    public long Receivable { get; init; }

    /// <summary>Whether the seller's system counts in <see cref="OpenItems"/> what <see cref="Receivable"/> is, so that it does not count here.</summary>
    public bool IsReceivableElsewhere { get; set; }

    /// <summary>A hold is placed when something on account has been overdue for more than so many days, 0–3,650; null: never.</summary>
    public int? OverdueHoldAfterDays { get; set; }

    /// <summary>Since when nothing may be bought on account; null: there is no hold.</summary>
    public DateTime? HeldAt { get; set; }

    /// <summary>Why, 1–200 characters; null: there is no hold.</summary>
    public string? HoldReason { get; set; }

    /// <summary>Whether the clock placed the hold, for what is overdue.</summary>
    public bool IsHeldForOverdue { get; set; }

    /// <summary>The seller's code, 1–64 characters; null: not rated.</summary>
    public string? Rating { get; set; }

    /// <summary>The highest revision taken from the seller's system; null if none was given yet.</summary>
    public long? SourceRevision { get; set; }

    /// <summary>Counts up with every change but those of <see cref="Reserved"/> and <see cref="Receivable"/>.</summary>
    public long Version { get; set; }

    /// <summary>What the company owes and will owe.</summary>
    public Money Exposure => new(Owed, Currency);

    /// <summary>Whether <see cref="Exposure"/> counts <see cref="Receivable"/>.</summary>
    public bool CountsReceivable => !IsReceivableElsewhere;

    /// <summary>What can still be bought, not below 0; null: no limit.</summary>
    public Money? Available => Limit is null ? null : new Money(Room, Currency);

    /// <summary>What is left of the limit; without one, of what an amount of money can hold. Below 0 where more is owed.</summary>
    private long Left => (Limit ?? Amount.Maximum) - Owed;

    private long Owed => OpenItems + Reserved + (CountsReceivable ? Receivable : 0);

    private long Room => Math.Max(0, Left);

    /// <summary>Why nothing may be bought on account; null: there is no hold.</summary>
    public CreditHold? Hold => HeldAt is { } since ? new CreditHold(HoldReason ?? "", since, IsHeldForOverdue) : null;

    /// <summary>Why so much cannot be bought on account; null: it can. Who owes more than the limit buys nothing, not even for 0.</summary>
    internal UserError? WhyNot(Money amount) =>
        amount.Currency != Currency ? CreditErrors.OtherCurrency(Currency, amount.Currency)
        : Hold is { } hold ? CreditErrors.OnHold(hold.Reason)
        : amount.TenThousandths > Left ? CreditErrors.LimitExceeded(new Money(Room, Currency), amount)
        : null;

    /// <summary>What the seller's system says of it.</summary>
    internal (Currency, long?, long, bool, int?, string?, long?) Written => (Currency, Limit, OpenItems, IsReceivableElsewhere, OverdueHoldAfterDays, Rating, SourceRevision);

    /// <summary>Ends the hold.</summary>
    internal void Release() => (HeldAt, HoldReason, IsHeldForOverdue) = (null, null, false);

    /// <summary>What others are told when it changes.</summary>
    internal CreditChange Told => new(Currency, Limit is { } limit ? new Money(limit, Currency).Amount : null, new Money(OpenItems, Currency).Amount, HeldAt is not null);

    internal static void Map(ModelBuilder model)
    {
        model.Entity<CreditProfile>(profile =>
        {
            profile.HasKey(p => p.CompanyId);
            profile.Property(p => p.CompanyId).ValueGeneratedNever();
            profile.Property(p => p.Limit).InUnit(Stored.TenThousandths);
            profile.Property(p => p.OpenItems).InUnit(Stored.TenThousandths);
            profile.Property(p => p.Reserved).InUnit(Stored.TenThousandths);
            profile.Property(p => p.Receivable).InUnit(Stored.TenThousandths);
            profile.Property(p => p.HoldReason).HasMaxLength(MaximumReasonLength);
            profile.Property(p => p.Rating).HasMaxLength(RowErrors.MaximumKeyLength);
            profile.Ignore(p => p.Exposure);
            profile.Ignore(p => p.CountsReceivable);
            profile.Ignore(p => p.Available);
            profile.Ignore(p => p.Hold);
            profile.Ignore(p => p.Written);
            profile.Ignore(p => p.Told);
            profile.HasOne<Company>().WithOne().HasForeignKey<CreditProfile>(p => p.CompanyId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<CreditReservation>(reservation =>
        {
            reservation.HasKey(r => r.OwnerId);
            reservation.Property(r => r.OwnerId).ValueGeneratedNever();
            reservation.Property(r => r.Amount).InUnit(Stored.TenThousandths);
            reservation.HasIndex(r => r.CompanyId).Serves("reservations_of_a_company");
            reservation.HasOne<CreditProfile>().WithMany().HasForeignKey(r => r.CompanyId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}

/// <summary>Why a company cannot buy on account now.</summary>
/// <param name="Reason">In the seller's words.</param>
/// <param name="PlacedAt">Since when.</param>
/// <param name="IsAutomatic">Whether the clock placed it, for what is overdue.</param>
public sealed record CreditHold(string Reason, DateTime PlacedAt, bool IsAutomatic);

/// <summary>What an order has taken of a company's credit.</summary>
public sealed class CreditReservation
{
    /// <summary>The order: each reserves once at most.</summary>
    public required long OwnerId { get; init; }

    /// <summary>Whose credit.</summary>
    public required long CompanyId { get; init; }

    /// <summary>How much, in 1/10,000 of the unit of the profile's currency, which stays as long as something is reserved.</summary>
    public required long Amount { get; init; }
}

/// <summary>How an order can be paid. The numbers are stored.</summary>
public enum PaymentMethod
{
    /// <summary>By the payment term, out of the company's credit.</summary>
    OnAccount = 0,

    /// <summary>By transfer to the seller's bank.</summary>
    BankTransfer = 1,
}
