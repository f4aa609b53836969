using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Identity;
using Wholesale.Pricing;

namespace Wholesale.Bench;

/// <summary>
/// A shop of any size, written straight into a new database file: the same rows for the same seed. Everyone has the list <c>base</c>; each company has
/// a list of its own with other prices of some variants, and one of the shared lists.
/// </summary>
/// <param name="Skus">Products, each with one variant of the same SKU, which <see cref="Sku"/> names.</param>
/// <param name="Breaks">Quantity breaks of each variant in the list <c>base</c>; 0: the list is empty.</param>
/// <param name="Companies">Companies, verified, each with a unit and a buyer, whose key <see cref="BuyerKey"/> tells.</param>
/// <param name="OverridesPerCompany">Prices of each company's own list; 0: it has none.</param>
/// <param name="SharedLists">Lists that companies share: the company of index i has that of index i modulo their number.</param>
/// <param name="RowsPerSharedList">Prices of each of them.</param>
/// <param name="Seed">Another one makes other prices.</param>
internal sealed record GeneratedShop(
    int Skus, int Breaks = 3, int Companies = 0, int OverridesPerCompany = 0, int SharedLists = 0, int RowsPerSharedList = 100, int Seed = 1)
{
    private const int ChunkRows = 5_000;
    private const long FirstVariant = 1_000;

    private static readonly DateTime Made = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly Random random = new(Seed);
    private readonly Currency euro = Currency.Of("EUR");
    private long lastId;

    /// <summary>A key of staff that may do everything.</summary>
    public static string StaffKey { get; } = Secret(0);

    /// <summary>A variant's SKU.</summary>
    public static string Sku(int index) => string.Create(CultureInfo.InvariantCulture, $"SKU-{index:0000000}");

    /// <summary>The key of a company's buyer.</summary>
    public static string BuyerKey(int company) => Secret(company + 1);

    /// <summary>Makes the file. Nothing may have it open.</summary>
    public async Task Write(string connectionString)
    {
        var options = new DbContextOptionsBuilder<SqliteWholesaleDb>();
        options.UseWholesaleSqlite(connectionString).UseModel(DatabaseHosting.ModelOf(DatabaseProvider.Sqlite));
        await using var db = new SqliteWholesaleDb(options.Options);
        await db.Database.MigrateAsync();
        await db.Database.OpenConnectionAsync();
        await db.Database.ExecuteSqlRawAsync("PRAGMA synchronous = OFF; PRAGMA cache_size = -200000;");

        await BulkRows.Insert(db, [Key(0, null)]);
        await WriteCatalog(db);
        await WriteCompanies(db);
        await WritePrices(db);
        await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE); ANALYZE; PRAGMA synchronous = FULL;");
    }

    /// <summary>A variant's id.</summary>
    public static long VariantId(int index) => FirstVariant + index;

    private long FirstCompany => FirstVariant + (2L * Skus);

    private static string Secret(int number) => string.Create(CultureInfo.InvariantCulture, $"whk_{number:00000000000000000000000000000000}");

    private static ApiKey Key(int number, long? companyUserId) => new()
    {
        Id = number + 1,
        Hash = SecretDigest.Of(Secret(number)).ToArray(),
        Prefix = "whk_0000",
        Name = "bench",
        Kind = companyUserId is null ? PrincipalKind.Staff : PrincipalKind.CompanyUser,
        CompanyUserId = companyUserId,
        Permissions = PermissionSet.All,
        CreatedAt = Made,
    };

    private async Task WriteCatalog(WholesaleDb db)
    {
        if (!await db.CatalogLocales.AnyAsync(l => l.Locale == "en"))
        {
            await BulkRows.Insert(db, [new CatalogLocale { Locale = "en" }]);
        }

        foreach (var chunk in Enumerable.Range(0, Skus).Chunk(ChunkRows))
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await BulkRows.Insert(db, [.. chunk.Select(i => new Product
            {
                Id = FirstVariant + Skus + i,
                Sku = Sku(i),
                Brand = $"Brand {i % 50}",
                Status = ProductStatus.Active,
                CreatedAt = Made,
                PublishedAt = Made.AddSeconds(i),
                UpdatedAt = Made,
                Version = 1,
            })]);
            await BulkRows.Insert(db, [.. chunk.Select(i => new Variant
            {
                Id = FirstVariant + i,
                ProductId = FirstVariant + Skus + i,
                Sku = Sku(i),
                UnitOfMeasure = Variant.DefaultUnitOfMeasure,
                QuantityIncrement = Quantity.One,
                Version = 1,
            })]);
            await BulkRows.Insert(db, [.. chunk.Select(i => new ProductText
            {
                ProductId = FirstVariant + Skus + i,
                Locale = "en",
                Name = $"Product {i}",
                NameKey = NameKey.Of($"Product {i}"),
                SourceLocale = "en",
            })]);
            await transaction.CommitAsync();
        }
    }

    private async Task WriteCompanies(WholesaleDb db)
    {
        foreach (var chunk in Enumerable.Range(0, Companies).Chunk(ChunkRows))
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await BulkRows.Insert(db, [.. chunk.Select(i => new Company
            {
                Id = CompanyId(i),
                ExternalId = $"company-{i}",
                Name = $"Company {i}",
                NameKey = NameKey.Of($"Company {i}"),
                Verification = VerificationStatus.Verified,
                Currency = euro,
                Version = 1,
                UpdatedAt = Made,
            })]);
            await BulkRows.Insert(db, [.. chunk.Select(i => new CompanyUnit
            {
                Id = CompanyId(i) + 1,
                CompanyId = CompanyId(i),
                ExternalId = "hq",
                Name = $"Company {i}",
                Path = TreePath.Of(null, CompanyId(i) + 1),
                Version = 1,
            })]);
            await BulkRows.Insert(db, [.. chunk.Select(i => new CompanyUser
            {
                Id = CompanyId(i) + 2,
                CompanyId = CompanyId(i),
                ExternalId = "buyer",
                Name = "Buyer",
                Email = $"buyer@company-{i}.example",
                EmailKey = CompanyUser.KeyOf($"buyer@company-{i}.example"),
                Role = CompanyRole.Buyer,
                UnitId = CompanyId(i) + 1,
                Version = 1,
            })]);
            await BulkRows.Insert(db, [.. chunk.Select(i => Key(i + 1, CompanyId(i) + 2))]);
            await transaction.CommitAsync();
        }
    }

    /// <summary>A company's id; its unit's is one more, its buyer's two.</summary>
    public long CompanyId(int index) => FirstCompany + (3L * index);

    private async Task WritePrices(WholesaleDb db)
    {
        lastId = FirstCompany + (3L * Companies);
        await WriteList(db, "base", AssigneeLevel.Everyone, [0], Enumerable.Range(0, Skus), Breaks);
        for (var i = 0; i < SharedLists; i++)
        {
            var companies = Enumerable.Range(0, Companies).Where(c => c % SharedLists == i).Select(CompanyId);
            await WriteList(db, $"shared-{i}", AssigneeLevel.Company, [.. companies], SomeVariants(RowsPerSharedList), breaks: 1);
        }

        for (var i = 0; i < Companies && OverridesPerCompany > 0; i++)
        {
            await WriteList(db, $"contract-{i}", AssigneeLevel.Company, [CompanyId(i)], SomeVariants(OverridesPerCompany), breaks: 1, priority: 1);
        }
    }

    /// <summary>So many different variants, in the order of their ids: spread evenly from a place that chance gives.</summary>
    private IEnumerable<int> SomeVariants(int count)
    {
        var (taken, start) = (Math.Min(count, Skus), random.Next(Skus));
        return Enumerable.Range(0, taken).Select(n => (int)((start + ((long)n * Skus / taken)) % Skus)).Order();
    }

    private async Task WriteList(
        WholesaleDb db, string externalId, AssigneeLevel level, IReadOnlyList<long> assignees, IEnumerable<int> variants, int breaks, int priority = 0)
    {
        var isEmpty = breaks == 0;
        var list = new PriceList
        {
            Id = ++lastId,
            ExternalId = externalId,
            Name = externalId,
            Currency = euro,
            IsActive = true,
            Version = 1,
            ContentId = isEmpty ? 0 : ++lastId,
            PriceVersion = isEmpty ? 0 : 1,
            LastPriceVersion = isEmpty ? 0 : 1,
        };
        await using var transaction = await db.Database.BeginTransactionAsync();
        await BulkRows.Insert(db, [list]);
        await BulkRows.Insert(db, [.. assignees.Select(assignee => new PriceListAssignment
        {
            Id = ++lastId,
            PriceListId = list.Id,
            Level = level,
            AssigneeId = assignee,
            Priority = priority,
            CreatedAt = Made,
        })]);
        using var insert = Insert((SqliteConnection)db.Database.GetDbConnection());
        foreach (var variant in variants)
        {
            var price = 10_000L * random.Next(100, 10_000) / 100;
            for (var step = 0; step < breaks; step++)
            {
                insert.Parameters["$id"].Value = ++lastId;
                insert.Parameters["$list"].Value = list.Id;
                insert.Parameters["$variant"].Value = FirstVariant + variant;
                insert.Parameters["$minimum"].Value = Quantity.One.Thousandths * (long)Math.Pow(10, step);
                insert.Parameters["$price"].Value = price - (price * step / 20);
                await insert.ExecuteNonQueryAsync();
            }
        }

        await transaction.CommitAsync();
    }

    /// <summary>One prepared statement for millions of rows: nobody counts statements here, and it takes half the time.</summary>
    private static SqliteCommand Insert(SqliteConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText = """
            INSERT INTO "PriceListEntries" ("Id", "PriceListId", "VariantId", "MinimumQuantity", "UnitPrice", "FromVersion")
            VALUES ($id, $list, $variant, $minimum, $price, 1)
            """;
        foreach (var name in new[] { "$id", "$list", "$variant", "$minimum", "$price" })
        {
            command.Parameters.Add(name, SqliteType.Integer);
        }

        command.Prepare();
        return command;
    }
}
