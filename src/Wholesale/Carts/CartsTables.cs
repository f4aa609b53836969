using Microsoft.EntityFrameworkCore;
using Wholesale.Carts;

namespace Wholesale;

public abstract partial class WholesaleDb
{
    /// <summary>What users collect before they order.</summary>
    public DbSet<Cart> Carts => Set<Cart>();

    /// <summary>What is in them.</summary>
    public DbSet<CartLine> CartLines => Set<CartLine>();

    /// <summary>What companies ask their users for with each order.</summary>
    public DbSet<ReferenceField> ReferenceFields => Set<ReferenceField>();

    /// <summary>How much orders must come to.</summary>
    public DbSet<OrderMinimum> OrderMinimums => Set<OrderMinimum>();

    private static void MapCarts(ModelBuilder model)
    {
        Cart.Map(model);
        CartLine.Map(model);
        ReferenceField.Map(model);
        OrderMinimum.Map(model);
    }
}
