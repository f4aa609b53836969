using Microsoft.EntityFrameworkCore;

namespace Wholesale;

public abstract partial class WholesaleDb
{
    private static void MapPlatform(ModelBuilder model)
    {
    }
}
