using Microsoft.EntityFrameworkCore;
using Wholesale.Credit;

namespace Wholesale;

public abstract partial class WholesaleDb
{
    /// <summary>When invoices are to be paid.</summary>
    public DbSet<PaymentTerm> PaymentTerms => Set<PaymentTerm>();

    /// <summary>Which terms companies may choose.</summary>
    public DbSet<CompanyPaymentTerm> CompanyPaymentTerms => Set<CompanyPaymentTerm>();

    /// <summary>What companies may owe and what they owe.</summary>
    public DbSet<CreditProfile> CreditProfiles => Set<CreditProfile>();

    /// <summary>What orders have taken of it.</summary>
    public DbSet<CreditReservation> CreditReservations => Set<CreditReservation>();

    /// <summary>What companies owe for documents here.</summary>
    public DbSet<OpenItem> OpenItems => Set<OpenItem>();

    /// <summary>What companies have paid.</summary>
    public DbSet<Payment> Payments => Set<Payment>();

    /// <summary>What payments have paid.</summary>
    public DbSet<PaymentAllocation> PaymentAllocations => Set<PaymentAllocation>();

    private static void MapCredit(ModelBuilder model)
    {
        PaymentTerm.Map(model);
        CompanyPaymentTerm.Map(model);
        CreditProfile.Map(model);
        OpenItem.Map(model);
        Payment.Map(model);
    }
}
