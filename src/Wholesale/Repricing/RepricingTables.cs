using Microsoft.EntityFrameworkCore;
using Wholesale.Repricing;

namespace Wholesale;

public abstract partial class WholesaleDb
{
    /// <summary>Simulations of price changes, those that run and those of the last week.</summary>
    public DbSet<PriceSimulation> PriceSimulations => Set<PriceSimulation>();

    /// <summary>Changes of prices that are worked out together.</summary>
    public DbSet<PriceChangeSet> PriceChangeSets => Set<PriceChangeSet>();

    /// <summary>Their lines.</summary>
    public DbSet<PriceChangeLine> PriceChangeLines => Set<PriceChangeLine>();

    /// <summary>The versions of lists that they made.</summary>
    public DbSet<PriceChangeSetVersion> PriceChangeSetVersions => Set<PriceChangeSetVersion>();

    private static void MapRepricing(ModelBuilder model)
    {
        PriceChangeSet.Map(model);
        PriceChangeLine.Map(model);
        PriceChangeSetVersion.Map(model);
        PriceSimulation.Map(model);
    }
}
