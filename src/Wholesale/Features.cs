using Wholesale.Budgets;
using Wholesale.Carts;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.Credit;
using Wholesale.GraphQL.Execution;
using Wholesale.Imports;
using Wholesale.Inventory;
using Wholesale.Orders;
using Wholesale.Platform.Caching;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;
using Wholesale.Platform.Idempotency;
using Wholesale.Platform.Identity;
using Wholesale.Platform.Telemetry;
using Wholesale.Platform;
using Wholesale.Pricing;
using Wholesale.Reports;
using Wholesale.Repricing;
using Wholesale.Shipping;
using Wholesale.Tax;
using Wholesale.TrustedDocuments;

namespace Wholesale;

/// <summary>The table of contents: what the product is made of, one line a room.</summary>
public static class Features
{
    /// <summary>The services of all rooms.</summary>
    public static void AddFeatures(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        AddPlatform(services, configuration, environment);
        AddContracts(services, configuration);
        TrustedDocumentFields.Add(services);
        CompanyFields.Add(services);
        CatalogFields.Add(services);
        PricingFields.Add(services, configuration);
        InventoryFields.Add(services);
        RepricingFields.Add(services);
        TaxFields.Add(services);
        CreditFields.Add(services, configuration);
        BudgetFields.Add(services);
        ShippingFields.Add(services);
        CartFields.Add(services, configuration);
        OrderFields.Add(services, configuration);
        ReportFields.Add(services);
    }

    /// <summary>The resolvers of all rooms.</summary>
    public static ResolverMap Map()
    {
        var map = new ResolverMap();
        Scalars.Map(map);
        Nodes.Map(map);
        EventFields.Map(map);
        TrustedDocumentFields.Map(map);
        CompanyFields.Map(map);
        AddressFields.Map(map);
        SegmentFields.Map(map);
        ApiKeyFields.Map(map);
        CatalogFields.Map(map);
        CatalogViewFields.Map(map);
        PricingFields.Map(map);
        InventoryFields.Map(map);
        RepricingFields.Map(map);
        TaxFields.Map(map);
        CreditFields.Map(map);
        OpenItemFields.Map(map);
        PaymentFields.Map(map);
        BudgetFields.Map(map);
        ShippingFields.Map(map);
        CartFields.Map(map);
        OrderFields.Map(map);
        ReportFields.Map(map);
        return map;
    }

    /// <summary>The endpoints of all doors.</summary>
    public static void MapFeatures(this IEndpointRouteBuilder routes)
    {
        routes.MapImports();
        routes.MapCartFiles();
        routes.MapOrderExports();
    }

    private static void AddContracts(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(Limits.Read(configuration));
        services.AddSingleton(_ => Contracts.Load());
        services.AddSingleton(provider => provider.GetRequiredService<Contracts>().Check(provider.GetRequiredService<Limits>().SignedIn));
    }

    private static void AddPlatform(IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<Clock>();
        services.AddSingleton(provider => new Ids(provider.GetRequiredService<Clock>(), configuration.GetValue("Node:Number", 0)));
        services.AddDatabase(DatabaseSettings.Read(configuration, environment));
        services.AddEvents(configuration);
        services.AddRedis(configuration);
        services.AddScoped<MutationOutcome>();
        services.AddIdentity(configuration, environment);
        services.AddCorsOrigins(configuration, environment);
        services.AddSingleton<RunningRequests>();
        services.AddScoped<IdempotentRequests>();
        services.AddHourlyPurge<StoredAnswer>(StoredAnswer.Purge);
        services.AddHealth(configuration);
        services.AddTelemetry(configuration);
    }
}
