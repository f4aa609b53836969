using Microsoft.EntityFrameworkCore;
using Wholesale.Shipping;

namespace Wholesale;

public abstract partial class WholesaleDb
{
    /// <summary>In what ways goods can be sent, former ones included.</summary>
    public DbSet<FreightTemplate> FreightTemplates => Set<FreightTemplate>();

    /// <summary>By which terms goods are shipped to whom.</summary>
    public DbSet<ShippingTerms> ShippingTerms => Set<ShippingTerms>();

    private static void MapShipping(ModelBuilder model)
    {
        FreightTemplate.Map(model);
        Wholesale.Shipping.ShippingTerms.Map(model);
    }
}
