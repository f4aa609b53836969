using Microsoft.EntityFrameworkCore;
using Wholesale.Orders;

namespace Wholesale;

public abstract partial class WholesaleDb
{
    /// <summary>What companies have ordered.</summary>
    public DbSet<Order> Orders => Set<Order>();

    /// <summary>Their lines.</summary>
    public DbSet<OrderLine> OrderLines => Set<OrderLine>();

    /// <summary>How they are numbered.</summary>
    public DbSet<OrderNumberSeries> OrderNumberSeries => Set<OrderNumberSeries>();

    private static void MapOrders(ModelBuilder model)
    {
        Order.Map(model);
        OrderLine.Map(model);
        Wholesale.Orders.OrderNumberSeries.Map(model);
    }
}
