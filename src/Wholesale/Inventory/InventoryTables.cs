using Microsoft.EntityFrameworkCore;
using Wholesale.Inventory;
using Wholesale.Platform;

namespace Wholesale;

public abstract partial class WholesaleDb
{
    /// <summary>Who the seller buys from.</summary>
    public DbSet<Supplier> Suppliers => Set<Supplier>();

    /// <summary>Where goods are shipped from.</summary>
    public DbSet<Warehouse> Warehouses => Set<Warehouse>();

    /// <summary>What lies there.</summary>
    public DbSet<StockLevel> StockLevels => Set<StockLevel>();

    /// <summary>What is expected, and what was: see <see cref="ExpectedSupplies"/>.</summary>
    public DbSet<IncomingSupply> IncomingSupplies => Set<IncomingSupply>();

    /// <summary>What is expected: without supplies that are kept for their revisions alone.</summary>
    public IQueryable<IncomingSupply> ExpectedSupplies
    {
        get
        {
            var nothing = default(Quantity);
            return IncomingSupplies.Where(s => s.Quantity != nothing);
        }
    }

    /// <summary>Whether more may be sold than is there.</summary>
    public DbSet<StockPolicy> StockPolicies => Set<StockPolicy>();

    /// <summary>What orders have of all this.</summary>
    public DbSet<StockReservation> StockReservations => Set<StockReservation>();

    private static void MapInventory(ModelBuilder model)
    {
        Supplier.Map(model);
        Warehouse.Map(model);
        StockLevel.Map(model);
        IncomingSupply.Map(model);
        StockPolicy.Map(model);
        StockReservation.Map(model);
    }
}
