using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale;

/// <summary>
/// Everything that is stored. Each room adds its tables in its own folder, as a further part of this class, and one line in
/// <see cref="OnModelCreating"/>. Queries do not track what they read unless they say <c>AsTracking()</c>.
/// </summary>
public abstract partial class WholesaleDb(DbContextOptions options) : DbContext(options)
{
    /// <summary>
    /// Whether what caches have of committed data is as good as a read of this context: where it is in no transaction, or in one of a lane of its own, which changes nothing that
    /// caches hold.
    /// </summary>
    internal bool MayReadCaches => Database.CurrentTransaction is null || IsInOwnLane;

    /// <summary>Whether it is on SQL Server; else it is on SQLite. EF Core finds that out anew each time it is asked.</summary>
    internal abstract bool IsOnSqlServer { get; }

    /// <summary>Set by <see cref="Platform.Events.Writes"/> as long as it writes in <see cref="Platform.Events.WriteLane.Own"/>.</summary>
    internal bool IsInOwnLane { get; set; }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        Numbers.Map(modelBuilder);
        MapPlatform(modelBuilder);
        MapTrustedDocuments(modelBuilder);
        MapCompanies(modelBuilder);
        MapCatalog(modelBuilder);
        MapPricing(modelBuilder);
        MapInventory(modelBuilder);
        MapRepricing(modelBuilder);
        MapTax(modelBuilder);
        MapCredit(modelBuilder);
        MapBudgets(modelBuilder);
        MapShipping(modelBuilder);
        MapCarts(modelBuilder);
        MapOrders(modelBuilder);
    }

    /// <summary>How the platform's types are stored, wherever an entity has a property of one.</summary>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<Amount>().HaveConversion<AmountConverter>();
        configurationBuilder.Properties<Quantity>().HaveConversion<QuantityConverter>();
        configurationBuilder.Properties<Currency>().HaveConversion<CurrencyConverter>().HaveMaxLength(3).AreUnicode(false).AreFixedLength();
        configurationBuilder.Properties<PermissionSet>().HaveConversion<PermissionSetConverter>();
    }
}

/// <summary>On SQLite. Codes compare ordinally there by themselves: its default collation is BINARY.</summary>
public sealed class SqliteWholesaleDb(DbContextOptions<SqliteWholesaleDb> options) : WholesaleDb(options)
{
    internal override bool IsOnSqlServer => false;

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        SqliteModel.Apply(modelBuilder);
    }
}

/// <summary>On SQL Server, with types of its own: see <see cref="SqlServerModel"/>.</summary>
public sealed class SqlServerWholesaleDb(DbContextOptions<SqlServerWholesaleDb> options) : WholesaleDb(options)
{
    internal override bool IsOnSqlServer => true;

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        SqlServerModel.Apply(modelBuilder);
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        SqlServerModel.SayUnits(configurationBuilder);
    }
}
