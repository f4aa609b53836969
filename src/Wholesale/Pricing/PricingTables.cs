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

    /// <summary>Simulations of price changes, those that run and those of the last week.</summary>
    public DbSet<PriceSimulation> PriceSimulations => Set<PriceSimulation>();

    /// <summary>Changes of prices that are worked out together.</summary>
    public DbSet<PriceChangeSet> PriceChangeSets => Set<PriceChangeSet>();

    /// <summary>Their lines.</summary>
    public DbSet<PriceChangeLine> PriceChangeLines => Set<PriceChangeLine>();

    /// <summary>The versions of lists that they made.</summary>
    public DbSet<PriceChangeSetVersion> PriceChangeSetVersions => Set<PriceChangeSetVersion>();

    /// <summary>When lists turn next.</summary>
    public DbSet<PriceListTurn> PriceListTurns => Set<PriceListTurn>();

    private static void MapPricing(ModelBuilder model)
    {
        PriceList.Map(model);
        PriceSimulation.Map(model);
        PriceListEntry.Map(model);
        PriceListAssignment.Map(model);
        PriceListAdjustment.Map(model);
        Pricing.PriceListQuantityTerms.Map(model);
        PriceChangeSet.Map(model);
        PriceChangeLine.Map(model);
        PriceChangeSetVersion.Map(model);
        PriceListTurn.Map(model);
    }
}
