using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Caching;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;
using Wholesale.Pricing;
using Wholesale.Repricing;

namespace Wholesale.Bench.Prices;

/// <summary>The product's rooms over a file, without HTTP.</summary>
internal sealed class PriceNode : IAsyncDisposable
{
    private readonly string connectionString;
    private readonly string? redis;
    private readonly Dictionary<int, Caller> callers = [];
    private WebApplication app;
    private Variant[] variants = [];

    private PriceNode(string connectionString, string? redis)
    {
        this.connectionString = connectionString;
        this.redis = redis;
        app = Build();
    }

    public CompiledPriceLists Lists => app.Services.GetRequiredService<CompiledPriceLists>();

    public SharedPriceLists Shared => app.Services.GetRequiredService<SharedPriceLists>();

    /// <summary>How many statements it has sent.</summary>
    public long Statements => app.Services.GetRequiredService<StatementCounter>().Total;

    /// <param name="connectionString">The file.</param>
    /// <param name="redis">Where Redis is; null: there is none, and nothing runs in the background.</param>
    public static async Task<PriceNode> Start(string connectionString, string? redis = null)
    {
        var node = new PriceNode(connectionString, redis);
        await node.Run();
        node.variants = await node.In(async services => await services.GetRequiredService<WholesaleDb>().Variants.OrderBy(v => v.Id).ToArrayAsync());
        return node;
    }

    public Variant VariantAt(int index) => variants[index % variants.Length];

    /// <summary>Nothing is in memory any more.</summary>
    public async Task Reset()
    {
        await app.DisposeAsync();
        app = Build();
        await Run();
        callers.Clear();
        await In(async services => await services.GetRequiredService<WholesaleDb>().Events.AnyAsync());
    }

    public void ForgetCallers() => callers.Clear();

    public Task WhenLoaded() => Lists.WhenLoaded();

    /// <summary>Prices so many SKUs for a company's buyer.</summary>
    /// <returns>How long it took, in milliseconds, without finding the buyer.</returns>
    public async Task<double> Price(int company, int skus)
    {
        var caller = await CallerOf(company);
        return await In(async services =>
        {
            var asked = Batch<Variant>.Of([.. Enumerable.Range(0, skus).Select(i => VariantAt(i * (variants.Length / skus)))]);
            var start = Stopwatch.GetTimestamp();
            var prices = await services.GetRequiredService<Wholesale.Pricing.Prices>().Of(asked, Quantity.One, null, null, caller, default);
            var breaks = prices.Sum(price => price!.Breaks.Count);
            return breaks == 0 ? throw new InvalidOperationException("Nothing was priced.") : Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        });
    }

    public async Task<PriceResolution> Resolution(int company)
    {
        var caller = await CallerOf(company);
        return await In(async services =>
        {
            var book = await services.GetRequiredService<PriceBooks>().Of(services.GetRequiredService<WholesaleDb>(), caller, default);
            var now = DateTime.UtcNow;
            var lists = await Lists.Of(book, now, default) ?? throw new InvalidOperationException($"The lists of company {company} are not in memory.");
            return new PriceResolution(book, lists, now);
        });
    }

    /// <summary>Prices SKUs from the database, as it is done inside a transaction.</summary>
    public async Task<double> DatabaseMicroseconds(int company, Variant[] asked, int times)
    {
        var caller = await CallerOf(company);
        return await In(async services =>
        {
            var db = services.GetRequiredService<WholesaleDb>();
            await db.Database.OpenConnectionAsync();
            using var transaction = ((SqliteConnection)db.Database.GetDbConnection()).BeginTransaction(deferred: true);
            await db.Database.UseTransactionAsync(transaction);
            var books = services.GetRequiredService<PriceBooks>();
            var book = await books.Of(db, caller, default);
            var prices = services.GetRequiredService<Wholesale.Pricing.Prices>();
            var start = Environment.CpuUsage.TotalTime;
            for (var i = 0; i < times; i++)
            {
                var resolution = await prices.Resolve(book, DateTime.UtcNow, null, () => asked.Select(v => v.Id), default);
                foreach (var variant in asked)
                {
                    _ = resolution.Resolve(variant, Quantity.One)!.Breaks.Count;
                }
            }

            return (Environment.CpuUsage.TotalTime - start).TotalMicroseconds / times;
        });
    }

    /// <summary>Writes one price into the list for everyone, and reads it as staff until it is there.</summary>
    /// <returns>Milliseconds from the commit on.</returns>
    public async Task<double> EditAndRead(int index, long unitPrice)
    {
        var variant = VariantAt(index);
        var list = await In(async services =>
        {
            var db = services.GetRequiredService<WholesaleDb>();
            return await db.PriceLists.SingleAsync(l => l.ExternalId == "base");
        });
        await In(async services => await services.GetRequiredService<Writes>().Run(Actor.System, () => services.GetRequiredService<PriceListWrites>().UpsertPrices(
            new(new NodeId(nameof(PriceList), list.Id), [new PriceInput(variant.Sku, UnitPrice: new Amount(unitPrice))]), default)));
        var start = Stopwatch.GetTimestamp();
        var staff = Caller.Without(new Principal(PrincipalKind.Staff, 1, null, "staff", PermissionSet.All));
        var price = await In(async services => (await services.GetRequiredService<Wholesale.Pricing.Prices>().Of(
            Batch<Variant>.Of([variant]), Quantity.One, null, null, staff, default))[0]);
        var elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return price!.UnitPrice.TenThousandths == unitPrice
            ? elapsed
            : throw new InvalidOperationException("The reader saw an old price after the commit.");
    }

    /// <summary>Simulates that so many prices of the list for everyone are 10 per cent dearer.</summary>
    public async Task<PriceSimulationResult> Simulate(int changes)
    {
        var asked = Enumerable.Range(0, changes).Select(i => VariantAt((int)((long)i * variants.Length / changes))).ToList();
        return await In(async services =>
        {
            var db = services.GetRequiredService<WholesaleDb>();
            var list = await db.PriceLists.SingleAsync(l => l.ExternalId == "base");
            var ids = asked.ConvertAll(variant => variant.Id);
            var rows = await db.PriceListEntries
                .Where(e => e.PriceListId == list.Id && ids.Contains(e.VariantId) && e.MinimumQuantity == Quantity.One).ToListAsync();
            var prices = rows.ConvertAll(row => new SimulatedPrice(list.Id, row.VariantId, row.MinimumQuantity, row.UnitPrice * 11 / 10));
            return await services.GetRequiredService<PriceSimulationRun>().Run(new(null, prices, DateTime.UtcNow, 50), _ => { }, default);
        });
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task Run()
    {
        if (redis is null)
        {
            return;
        }

        await app.StartAsync();
        while (!app.Services.GetRequiredService<Redis>().IsAvailable)
        {
            await Task.Delay(5);
        }
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(
            [new("ConnectionStrings:Wholesale", connectionString), new("ConnectionStrings:Redis", redis), new("Prices:MemoryMegabytes", "4096")]);
        builder.Services.AddFeatures(builder.Configuration, builder.Environment);
        return builder.Build();
    }

    /// <summary>Works in a scope of its own, as a request would.</summary>
    public async Task<T> In<T>(Func<IServiceProvider, ValueTask<T>> work)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }

    /// <summary>A buyer of a company.</summary>
    public async Task<Caller> CallerOf(int company)
    {
        if (!callers.TryGetValue(company, out var caller))
        {
            caller = await In(async services =>
            {
                var db = services.GetRequiredService<WholesaleDb>();
                var found = await db.Companies.SingleAsync(c => c.ExternalId == $"company-{company}");
                return (await Callers.OfUnit(db, found.Id, null, default))!;
            });
            callers.Add(company, caller);
        }

        return caller;
    }
}

/// <summary>A folder that is deleted at the end.</summary>
internal sealed class BenchFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("wholesale-bench-");

    public string ConnectionString => $"Data Source={Path.Combine(folder.FullName, "shop.db")}";

    public long Bytes => folder.EnumerateFiles().Sum(file => file.Length);

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }
}
