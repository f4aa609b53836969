using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.Imports;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;
using Wholesale.Platform.Identity;
using Wholesale.Pricing;

namespace Wholesale.Tests;

/// <summary>A seller's installation on a database file of one test's own, with a clock that the test moves; its doors are open on a loopback port.</summary>
public sealed class ShopHost : IAsyncLifetime
{
    private readonly TempDirectory directory;
    private readonly bool isFirst;
    private readonly WebApplication app;
    private readonly HttpClient client = new();

    public ShopHost() : this(null)
    {
    }

    private ShopHost(ShopHost? first, params IEnumerable<KeyValuePair<string, string?>> settings)
    {
        isFirst = first is null;
        directory = first?.directory ?? new();
        Time = first?.Time ?? new();
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection([.. directory.Database, .. settings]);
        builder.Services.AddFeatures(builder.Configuration, builder.Environment);
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Time));
        app = builder.Build();
        app.UseCredentials();
        app.MapImports();
    }

    public FakeTime Time { get; }

    public DateTime Now => Time.GetUtcNow().UtcDateTime;

    /// <summary>Where the doors are.</summary>
    public Uri Address => client.BaseAddress!;

    public CompiledPriceLists PriceLists => app.Services.GetRequiredService<CompiledPriceLists>();

    public T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();

    public StatementCounter Statements => app.Services.GetRequiredService<StatementCounter>();

    /// <summary>One with further settings.</summary>
    public static ShopHost With(string setting, string value) => With((setting, value));

    /// <summary>One with further settings.</summary>
    public static ShopHost With(params IEnumerable<(string Name, string Value)> settings) => new(null, Pairs(settings));

    /// <summary>Another node: a host of its own on the same file, by the same clock. To be ended before this one.</summary>
    public async Task<ShopHost> Another(int number, params IEnumerable<(string Name, string Value)> settings)
    {
        var other = new ShopHost(this, [new("Node:Number", $"{number}"), .. Pairs(settings)]);
        await other.app.StartAsync();
        other.client.BaseAddress = new Uri(other.app.Urls.Single());
        return other;
    }

    private static IEnumerable<KeyValuePair<string, string?>> Pairs(IEnumerable<(string Name, string Value)> settings) =>
        settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value));

    public async ValueTask InitializeAsync()
    {
        await In(async services => SqlServerForTests.IsUsed || await services.GetRequiredService<WholesaleDb>().Database.EnsureCreatedAsync());
        await app.StartAsync();
        client.BaseAddress = new Uri(app.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
        if (isFirst)
        {
            directory.Dispose();
        }
    }

    /// <summary>Works in a scope of its own, as a request would.</summary>
    public async Task<T> In<T>(Func<IServiceProvider, ValueTask<T>> work)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }

    /// <summary>Reads with a context of its own.</summary>
    public Task<T> Read<T>(Func<WholesaleDb, Task<T>> read) => In(async services => await read(services.GetRequiredService<WholesaleDb>()));

    /// <summary>Writes by one of the rooms' services, in a transaction.</summary>
    public Task<T> Write<TWrites, T>(Func<TWrites, ValueTask<T>> work) where TWrites : notnull =>
        In(services => services.GetRequiredService<Writes>().Run(Actor.System, () => work(services.GetRequiredService<TWrites>())));

    /// <summary>Adds variants, each of a product of its own, past all rules.</summary>
    public async Task<IReadOnlyList<Variant>> AddVariants(Quantity increment, params IReadOnlyList<string> skus)
    {
        var ids = app.Services.GetRequiredService<Ids>();
        var products = skus.Select(sku => new Product { Id = ids.Next(), Sku = sku, CreatedAt = Now, UpdatedAt = Now, PublishedAt = Now }).ToList();
        var variants = products.ConvertAll(p => new Variant
        {
            Id = ids.Next(),
            ProductId = p.Id,
            Sku = p.Sku,
            UnitOfMeasure = Variant.DefaultUnitOfMeasure,
            QuantityIncrement = increment,
        });
        await In(services => services.GetRequiredService<Writes>().RunUnrecorded(async () =>
        {
            var db = services.GetRequiredService<WholesaleDb>();
            await BulkRows.Insert(db, products);
            await BulkRows.Insert(db, variants);
            return true;
        }));
        return variants;
    }

    /// <summary>Adds an empty price list.</summary>
    public async Task<PriceList> AddPriceList(string externalId, string currency = "EUR")
    {
        var payload = await Write((PriceListWrites lists) => lists.Create(new(externalId, externalId, Currency.Of(currency)), default));
        Assert.Empty(payload.UserErrors);
        return payload.PriceList!;
    }

    /// <summary>Gives a price list to someone who need not exist.</summary>
    public Task<PriceListAssignment> AddAssignment(
        PriceList list, Assignee assignee, int priority = 0, DateTime? validFrom = null, DateTime? validTo = null) =>
        In(services => services.GetRequiredService<Writes>().Run(Actor.System, async () =>
        {
            var (db, ids) = (services.GetRequiredService<WholesaleDb>(), services.GetRequiredService<Ids>());
            var assignment = list.AssignTo(assignee, priority, validFrom, validTo, ids.Next(), Now);
            await BulkRows.Insert(db, [assignment]);
            services.GetRequiredService<Writes>().Record(PricingEvents.PriceListAssigned, assignment.Id, 0, new AssignmentMade(list.Id));
            return assignment;
        }));

    /// <summary>Sends a file to the imports' door, and reads the answer's lines.</summary>
    public async Task<HttpResponseMessage> Import(string kind, HttpContent body, string? contentType = "application/x-ndjson", string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/imports/{kind}") { Content = body };
        body.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        request.Headers.Add(CredentialHeaders.ApiKeyHeader, key ?? await StaffKey());
        return await client.SendAsync(request);
    }

    /// <summary>Sends rows to the imports' door, and reads the answer.</summary>
    public async Task<string> Import(string kind, params IReadOnlyList<string> rows)
    {
        using var content = new StringContent(string.Join('\n', rows), Encoding.UTF8);
        using var response = await Import(kind, content);
        Assert.Equal(200, (int)response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    private string? staffKey;

    private async Task<string> StaffKey() => staffKey ??= await KeyOf(PermissionSet.All);

    /// <summary>A new staff key.</summary>
    public async Task<string> KeyOf(PermissionSet permissions)
    {
        var creator = new Principal(PrincipalKind.Staff, 1, null, "test", PermissionSet.All);
        var payload = await Write((ApiKeys keys) => keys.Create(new NewApiKey($"importer {permissions.Bits}", null, permissions.ToList(), null), creator));
        Assert.Empty(payload.UserErrors);
        return payload.Secret!;
    }
}
