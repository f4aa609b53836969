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

    private static void MapCredit(ModelBuilder model)
    {
        PaymentTerm.Map(model);
        CompanyPaymentTerm.Map(model);
        CreditProfile.Map(model);
    }
}
