using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Tests.Platform.Database;

/// <summary>A row with a column of each kind that rooms store.</summary>
public sealed class Gadget
{
    public required long Id { get; init; }

    public required string Sku { get; init; }

    public string? Name { get; set; }

    public Amount? Price { get; set; }

    public Currency Currency { get; set; } = Currency.Of("EUR");

    public Quantity Minimum { get; set; }

    public DateTime? From { get; set; }

    public DateOnly? On { get; set; }

    public bool IsActive { get; set; }

    public DayOfWeek Day { get; set; }

    public PermissionSet Permissions { get; set; }

    public byte[]? Hash { get; set; }

    public double Weight { get; set; }

    public List<string> Tags { get; set; } = [];
}

/// <summary>A row whose key has two columns.</summary>
public sealed record Membership(long GadgetId, string Club);

public sealed class TestDb(DbContextOptions<TestDb> options) : WholesaleDb(options)
{
    internal override bool IsOnSqlServer => SqlServerForTests.IsUsed;

    public DbSet<Gadget> Gadgets => Set<Gadget>();

    public DbSet<Membership> Memberships => Set<Membership>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<Gadget>().Property(g => g.Id).ValueGeneratedNever();
        modelBuilder.Entity<Gadget>().HasIndex(g => g.Sku).IsUnique();
        modelBuilder.Entity<Membership>().HasKey(m => new { m.GadgetId, m.Club });
        modelBuilder.Entity<Membership>().HasOne<Gadget>().WithMany().HasForeignKey(m => m.GadgetId);
        if (SqlServerForTests.IsUsed)
        {
            modelBuilder.Entity<Gadget>().Property(g => g.Sku).HasMaxLength(64);
            modelBuilder.Entity<Membership>().Property(m => m.Club).HasMaxLength(64);
            SqlServerModel.Apply(modelBuilder);
        }
    }
}

/// <summary>A database with the schema of <see cref="TestDb"/>.</summary>
public sealed class TestDatabase : IDisposable
{
    private readonly TempDirectory directory = new();
    private readonly DbContextOptions<TestDb> options;

    public TestDatabase()
    {
        var builder = new DbContextOptionsBuilder<TestDb>();
        if (SqlServerForTests.IsUsed)
        {
            builder.UseWholesaleSqlServer(SqlServerForTests.SettingsOf(SqlServerForTests.Create()));
        }
        else
        {
            builder.UseWholesaleSqlite(directory.Sqlite());
        }

        options = builder.AddInterceptors(Statements).Options;
        using var db = Open();
        db.GetService<IRelationalDatabaseCreator>().CreateTables();
    }

    public StatementCounter Statements { get; } = new();

    public TestDb Open() => new(options);

    public void Dispose()
    {
        Statements.Dispose();
        directory.Dispose();
    }
}
