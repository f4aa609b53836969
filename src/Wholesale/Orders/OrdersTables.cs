using Microsoft.EntityFrameworkCore;
using Wholesale.Orders;

namespace Wholesale;

public abstract partial class WholesaleDb
{
    /// <summary>What companies have ordered.</summary>
    public DbSet<Order> Orders => Set<Order>();

    /// <summary>Their lines.</summary>
    public DbSet<OrderLine> OrderLines => Set<OrderLine>();

    /// <summary>What their lines were ever called.</summary>
    public DbSet<OrderedProduct> OrderedProducts => Set<OrderedProduct>();

    /// <summary>What each warehouse is to send of them.</summary>
    public DbSet<Fulfillment> Fulfillments => Set<Fulfillment>();

    /// <summary>Of which lines.</summary>
    public DbSet<FulfillmentLine> FulfillmentLines => Set<FulfillmentLine>();

    /// <summary>What was sent.</summary>
    public DbSet<Shipment> Shipments => Set<Shipment>();

    /// <summary>Of which lines.</summary>
    public DbSet<ShipmentLine> ShipmentLines => Set<ShipmentLine>();

    /// <summary>How they are numbered.</summary>
    public DbSet<OrderNumberSeries> OrderNumberSeries => Set<OrderNumberSeries>();

    private static void MapOrders(ModelBuilder model)
    {
        Order.Map(model);
        OrderLine.Map(model);
        OrderedProduct.Map(model);
        Fulfillment.Map(model);
        FulfillmentLine.Map(model);
        Shipment.Map(model);
        Wholesale.Orders.OrderNumberSeries.Map(model);
    }
}
