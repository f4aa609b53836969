using Microsoft.EntityFrameworkCore;
using Wholesale.Pricing;

namespace Wholesale;

public abstract partial class WholesaleDb
{
    /// <summary>Price lists.</summary>
    public DbSet<PriceList> PriceLists => Set<PriceList>();

    /// <summary>Their prices, former ones included.</summary>
    public DbSet<PriceListEntry> PriceListEntries => Set<PriceListEntry>();

    /// <summary>Who has them, ended assignments included.</summary>
    public DbSet<PriceListAssignment> PriceListAssignments => Set<PriceListAssignment>();

    /// <summary>The rules by which lists are made of others, former ones included.</summary>
    public DbSet<PriceListAdjustment> PriceListAdjustments => Set<PriceListAdjustment>();

    /// <summary>What lists say of quantities.</summary>
    public DbSet<PriceListQuantityTerms> PriceListQuantityTerms => Set<PriceListQuantityTerms>();

    /// <summary>When lists turn next.</summary>
    public DbSet<PriceListTurn> PriceListTurns => Set<PriceListTurn>();

    private static void MapPricing(ModelBuilder model)
    {
        PriceList.Map(model);
        PriceListEntry.Map(model);
        PriceListAssignment.Map(model);
        PriceListAdjustment.Map(model);
        Pricing.PriceListQuantityTerms.Map(model);
        PriceListTurn.Map(model);
    }
}
