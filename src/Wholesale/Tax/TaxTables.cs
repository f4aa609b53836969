using Microsoft.EntityFrameworkCore;
using Wholesale.Tax;

namespace Wholesale;

public abstract partial class WholesaleDb
{
    /// <summary>Tax rates, former and coming ones included.</summary>
    public DbSet<TaxRate> TaxRates => Set<TaxRate>();

    /// <summary>That companies have what stands in the two tables below.</summary>
    public DbSet<CompanyTaxProfile> CompanyTaxProfiles => Set<CompanyTaxProfile>();

    /// <summary>Companies' numbers at tax authorities.</summary>
    public DbSet<CompanyTaxId> CompanyTaxIds => Set<CompanyTaxId>();

    /// <summary>What companies owe no tax of.</summary>
    public DbSet<TaxExemption> TaxExemptions => Set<TaxExemption>();

    private static void MapTax(ModelBuilder model)
    {
        TaxRate.Map(model);
        CompanyTaxProfile.Map(model);
        CompanyTaxId.Map(model);
        TaxExemption.Map(model);
    }
}
