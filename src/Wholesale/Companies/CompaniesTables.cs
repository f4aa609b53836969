using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Platform.Identity;

namespace Wholesale;

public abstract partial class WholesaleDb
{
    /// <summary>Buying firms.</summary>
    public DbSet<Company> Companies => Set<Company>();

    /// <summary>Their branches and departments.</summary>
    public DbSet<CompanyUnit> CompanyUnits => Set<CompanyUnit>();

    /// <summary>Who buys for them.</summary>
    public DbSet<CompanyUser> CompanyUsers => Set<CompanyUser>();

    /// <summary>By which accounts at identity providers they come.</summary>
    public DbSet<UserLogin> UserLogins => Set<UserLogin>();

    /// <summary>Where they have goods and invoices sent to.</summary>
    public DbSet<Address> Addresses => Set<Address>();

    /// <summary>Regions with assortments and prices of their own.</summary>
    public DbSet<Market> Markets => Set<Market>();

    /// <summary>Customers' grades.</summary>
    public DbSet<CustomerTier> CustomerTiers => Set<CustomerTier>();

    /// <summary>Companies by rules.</summary>
    public DbSet<CustomerSegment> CustomerSegments => Set<CustomerSegment>();

    /// <summary>Who belongs to the segments, and did before.</summary>
    public DbSet<CustomerSegmentMember> CustomerSegmentMembers => Set<CustomerSegmentMember>();

    private static void MapCompanies(ModelBuilder model)
    {
        Company.Map(model);
        CompanyUnit.Map(model);
        CompanyUser.Map(model);
        Address.Map(model);
        UserLogin.Map(model);
        model.Entity<AccessToken>().HasOne<CompanyUser>().WithMany().HasForeignKey(token => token.CompanyUserId).OnDelete(DeleteBehavior.Cascade);
        Market.Map(model);
        CustomerTier.Map(model);
        CustomerSegment.Map(model);
        CustomerSegmentMember.Map(model);
    }
}
