using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Credit;

/// <summary>When an invoice is to be paid.</summary>
public sealed class PaymentTerm
{
    /// <summary>The most days.</summary>
    public const int MaximumNetDays = 365;

    /// <summary>The most terms that one company may choose from.</summary>
    public const int MaximumOfCompany = 50;

    /// <summary>From <see cref="Ids"/>.</summary>
    public required long Id { get; init; }

    /// <summary>The seller's key, unique, 1–64 characters, compared exactly.</summary>
    public required string ExternalId { get; init; }

    /// <summary>1–200 characters.</summary>
    public required string Name { get; set; }

    /// <summary>Days to the last day of payment, 0–365.</summary>
    public int NetDays { get; set; }

    /// <summary>From which day the days count.</summary>
    public DueBasis DueBasis { get; set; }

    /// <summary>What is taken off for paying early, in 1/10,000 of a per cent; null: nothing.</summary>
    public long? DiscountPercent { get; set; }

    /// <summary>Days to the last day on which it is taken off, 0 to <see cref="NetDays"/>; null: nothing is taken off.</summary>
    public int? DiscountDays { get; set; }

    /// <summary>Whether companies that have it may choose it.</summary>
    public bool IsActive { get; set; } = true;

    /// <summary>Counts up with every change.</summary>
    public long Version { get; set; }

    /// <summary>What is taken off for paying early; null: nothing.</summary>
    public EarlyPaymentDiscount? EarlyPaymentDiscount
    {
        get => DiscountPercent is { } percent && DiscountDays is { } days ? new EarlyPaymentDiscount(new Amount(percent), days) : null;
        private set => (DiscountPercent, DiscountDays) = (value?.Percent.TenThousandths, value?.WithinDays);
    }

    /// <summary>When what is bought on it is to be paid.</summary>
    public PaymentDays Days => new(DueBasis, NetDays, EarlyPaymentDiscount);

    /// <summary>Takes a row's values; what is wrong with them is noted, and nothing of the row counts then.</summary>
    /// <returns>Whether it is new or not as it was.</returns>
    internal bool Change(PaymentTermInput input, RowErrors errors)
    {
        var before = (Name, NetDays, DueBasis, EarlyPaymentDiscount, IsActive);
        Check(input, errors);
        Name = input.Name ?? Name;
        NetDays = input.NetDays ?? NetDays;
        DueBasis = input.DueBasis ?? DueBasis;
        EarlyPaymentDiscount = input.EarlyPaymentDiscount.Or(EarlyPaymentDiscount);
        IsActive = input.IsActive ?? IsActive;
        if (EarlyPaymentDiscount is { } discount && (discount.WithinDays < 0 || discount.WithinDays > NetDays))
        {
            errors.Add(CreditErrors.NoDaysOfDiscount(discount.WithinDays, NetDays, "earlyPaymentDiscount", "withinDays"));
        }

        var isChanged = Version == 0 || before != (Name, NetDays, DueBasis, EarlyPaymentDiscount, IsActive);
        Version += isChanged ? 1 : 0;
        return isChanged;
    }

    private void Check(PaymentTermInput input, RowErrors errors)
    {
        if (input.Name is { } name)
        {
            errors.Name(name, "name");
        }
        else if (Version == 0)
        {
            errors.Add(CreditErrors.Needed("payment term", "a name", "name"));
        }

        if (input.NetDays is < 0 or > MaximumNetDays)
        {
            errors.Add(CreditErrors.NoNetDays(input.NetDays.Value, "netDays"));
        }
        else if (input.NetDays is null && Version == 0)
        {
            errors.Add(CreditErrors.Needed("payment term", "its days", "netDays"));
        }

        if (input.EarlyPaymentDiscount.Or(null) is { } discount && discount.Percent.TenThousandths is <= 0 or >= 100 * 10_000)
        {
            errors.Add(CreditErrors.NoPercent(discount.Percent, "earlyPaymentDiscount", "percent"));
        }
    }

    internal static void Map(ModelBuilder model) => model.Entity<PaymentTerm>(term =>
    {
        term.Property(t => t.Id).ValueGeneratedNever();
        term.Property(t => t.ExternalId).HasMaxLength(64);
        term.Property(t => t.Name).HasMaxLength(200);
        term.Property(t => t.DiscountPercent).InUnit("1/10,000 of a per cent.");
        term.Ignore(t => t.EarlyPaymentDiscount);
        term.Ignore(t => t.Days);
        term.HasIndex(t => t.ExternalId).IsUnique();
    });
}

/// <summary>What is taken off for paying early.</summary>
/// <param name="Percent">Of the invoice's total, above 0 and below 100.</param>
/// <param name="WithinDays">Days to the last day on which it is taken off.</param>
public sealed record EarlyPaymentDiscount(Amount Percent, int WithinDays);

/// <summary>From which day the days of a payment term count. The numbers are stored.</summary>
public enum DueBasis
{
    /// <summary>The invoice's day.</summary>
    Invoice = 0,

    /// <summary>The day on which the goods were sent.</summary>
    Shipment = 1,

    /// <summary>The day on which the goods arrived.</summary>
    Delivery = 2,

    /// <summary>The last day of the month of the invoice's day.</summary>
    EndOfMonth = 3,
}

/// <summary>A payment term that a company may choose.</summary>
public sealed class CompanyPaymentTerm
{
    /// <summary>The company.</summary>
    public required long CompanyId { get; init; }

    /// <summary>The term.</summary>
    public required long PaymentTermId { get; init; }

    /// <summary>Whether it holds where none is chosen: one of a company's at most.</summary>
    public bool IsDefault { get; set; }

    internal static void Map(ModelBuilder model) => model.Entity<CompanyPaymentTerm>(term =>
    {
        term.HasKey(t => new { t.CompanyId, t.PaymentTermId });
        term.HasIndex(t => t.PaymentTermId).Serves("companies_of_a_payment_term");
        term.HasOne<Company>().WithMany().HasForeignKey(t => t.CompanyId).OnDelete(DeleteBehavior.Restrict);
        term.HasOne<PaymentTerm>().WithMany().HasForeignKey(t => t.PaymentTermId).OnDelete(DeleteBehavior.Restrict);
    });
}
