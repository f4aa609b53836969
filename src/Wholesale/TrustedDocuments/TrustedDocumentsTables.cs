using Microsoft.EntityFrameworkCore;
using Wholesale.TrustedDocuments;

namespace Wholesale;

public abstract partial class WholesaleDb
{
    /// <summary>The documents that storefronts may send by their ids.</summary>
    public DbSet<TrustedDocument> TrustedDocuments => Set<TrustedDocument>();

    private static void MapTrustedDocuments(ModelBuilder model) => TrustedDocument.Map(model);
}
