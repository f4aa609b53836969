using Microsoft.EntityFrameworkCore;
using Wholesale.Inventory;

namespace Wholesale;

public abstract partial class WholesaleDb
{
    /// <summary>Where goods are shipped from.</summary>
    public DbSet<Warehouse> Warehouses => Set<Warehouse>();

    /// <summary>What lies there.</summary>
    public DbSet<StockLevel> StockLevels => Set<StockLevel>();

    /// <summary>What is expected.</summary>
    public DbSet<IncomingSupply> IncomingSupplies => Set<IncomingSupply>();

    /// <summary>Whether more may be sold than is there.</summary>
    public DbSet<StockPolicy> StockPolicies => Set<StockPolicy>();

    /// <summary>What orders have of all this.</summary>
    public DbSet<StockReservation> StockReservations => Set<StockReservation>();

    private static void MapInventory(ModelBuilder model)
    {
        Warehouse.Map(model);
        StockLevel.Map(model);
        IncomingSupply.Map(model);
        StockPolicy.Map(model);
        StockReservation.Map(model);
    }
}
