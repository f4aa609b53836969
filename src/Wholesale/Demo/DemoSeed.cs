using Microsoft.EntityFrameworkCore;
using Wholesale.Budgets;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.Credit;
using Wholesale.Inventory;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;
using Wholesale.Pricing;
using Wholesale.Tax;

namespace Wholesale.Demo;

/// <summary>
/// Fills an empty database with the demo, through the same bulk writes that mutations and imports call. All of it is one transaction, so a start that is
/// killed in between leaves an empty database, which the next start fills.
/// </summary>
public static class DemoSeed
{
    /// <summary>The event that the demo data were written; without a subject. Its row tells later starts that this is a demo database.</summary>
    public const string Seeded = "DEMO_SEEDED";

    /// <summary>
    /// Adds the demo data if <see cref="DatabaseSettings.Demo"/> asks for them and the database holds nothing yet; then finds or makes the demo's keys.
    /// To be called after migrations and before the first request.
    /// </summary>
    /// <returns>The keys; null outside Development, and where there are no demo data.</returns>
    public static async ValueTask<DemoKeys?> Run(IServiceProvider services, CancellationToken cancellation = default)
    {
        var isWanted = services.GetRequiredService<DatabaseSettings>().Demo;
        var isDevelopment = services.GetRequiredService<IHostEnvironment>().IsDevelopment();
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WholesaleDb>();
        if ((!isWanted && !isDevelopment) || (await db.Database.GetPendingMigrationsAsync(cancellation)).Any())
        {
            return null;
        }

        if (isWanted && !await db.Events.AnyAsync(cancellation))
        {
            await scope.ServiceProvider.GetRequiredService<Writes>().Run(Actor.System, () => Write(scope.ServiceProvider, cancellation), cancellation);
        }

        // Whatever was changed left an event, so a database with events and none of ours is somebody's own.
        var isDemo = await db.Events.AnyAsync(e => e.SubjectId == 0 && e.Type == Seeded, cancellation);
        return isDemo && isDevelopment
            ? await DemoKeys.FindOrCreate(scope.ServiceProvider, cancellation)
            : null;
    }

    private static async ValueTask<int> Write(IServiceProvider services, CancellationToken cancellation)
    {
        var products = DemoCatalog.Products();
        var assignees = await WriteCompanies(
            services.GetRequiredService<CompanyWrites>(), services.GetRequiredService<SegmentWrites>(), cancellation);
        await WriteTaxes(services, cancellation);
        await WriteCatalog(services, products, cancellation);
        await WriteViews(services.GetRequiredService<CatalogViewWrites>(), assignees, cancellation);
        foreach (var list in DemoPrices.Lists(products))
        {
            await WritePrices(services.GetRequiredService<PriceListWrites>(), list, assignees, cancellation);
        }

        await WriteCredit(services, cancellation);
        await WriteStock(services, products, cancellation);
        services.GetRequiredService<Writes>().Record(Seeded, subjectId: 0, version: 0);
        return products.Count;
    }

    private static async ValueTask<DemoAssignees> WriteCompanies(
        CompanyWrites writes, SegmentWrites segmentWrites, CancellationToken cancellation)
    {
        var markets = await writes.UpsertMarkets(DemoCompanies.Markets, BulkMode.AllOrNothing, cancellation);
        Demand(markets.Errors("markets"));
        var tiers = await writes.UpsertCustomerTiers(DemoCompanies.Tiers, BulkMode.AllOrNothing, cancellation);
        Demand(tiers.Errors("tiers"));
        var companies = await writes.UpsertCompanies(DemoCompanies.All, BulkMode.AllOrNothing, cancellation);
        Demand(companies.Errors("companies"));
        var segments = await segmentWrites.Upsert(DemoCompanies.Segments, BulkMode.AllOrNothing, cancellation);
        Demand(segments.Errors("segments"));
        return new DemoAssignees(
            segments.Things.ToDictionary(segment => segment.ExternalId, segment => new NodeId(nameof(CustomerSegment), segment.Id)),
            tiers.Things.ToDictionary(tier => tier.ExternalId, tier => new NodeId(nameof(CustomerTier), tier.Id)),
            companies.Things.ToDictionary(company => company.ExternalId, company => new NodeId(nameof(Company), company.Id)));
    }

    private static async ValueTask WriteTaxes(IServiceProvider services, CancellationToken cancellation)
    {
        var rates = await services.GetRequiredService<TaxRateWrites>().Upsert(DemoTaxes.Rates, BulkMode.AllOrNothing, cancellation);
        Demand(rates.Errors("rates"));
        var profiles = await services.GetRequiredService<TaxProfileWrites>().Upsert(DemoTaxes.Profiles, BulkMode.AllOrNothing, cancellation);
        Demand(profiles.Errors("profiles"));
    }

    private static async ValueTask WriteCatalog(IServiceProvider services, IReadOnlyList<DemoProduct> products, CancellationToken cancellation)
    {
        var categories = await services.GetRequiredService<CategoryWrites>().Upsert(DemoCategories.All, BulkMode.AllOrNothing, cancellation);
        Demand(categories.Errors("categories"));
        var written = await services.GetRequiredService<ProductWrites>()
            .Upsert([.. products.Select(product => product.Input)], BulkMode.AllOrNothing, cancellation);
        Demand(written.Errors("products"));
    }

    private static async ValueTask WriteViews(CatalogViewWrites writes, DemoAssignees assignees, CancellationToken cancellation)
    {
        foreach (var view in DemoCompanies.Views)
        {
            var created = await writes.Create(view.Input, cancellation);
            Demand(created.UserErrors);
            var id = new NodeId(nameof(CatalogView), created.CatalogView!.Id);
            var assigned = await writes.Assign(new AssignCatalogViewInput(id, assignees.Company(view.Company)), cancellation);
            Demand(assigned.UserErrors);
        }
    }

    private static async ValueTask WritePrices(
        PriceListWrites writes, DemoPriceList list, DemoAssignees assignees, CancellationToken cancellation)
    {
        var created = await writes.Create(list.Input, cancellation);
        Demand(created.UserErrors);
        var id = new NodeId(nameof(PriceList), created.PriceList!.Id);
        foreach (var rows in list.Prices.Chunk(PriceWrites.MaximumRows))
        {
            var written = await writes.UpsertPrices(new UpsertPricesInput(id, rows, BulkMode.AllOrNothing), cancellation);
            Demand(written.UserErrors);
        }

        var assigned = await writes.Assign(new AssignPriceListInput(id, assignees.Of(list)), cancellation);
        Demand(assigned.UserErrors);
    }

    private static async ValueTask WriteCredit(IServiceProvider services, CancellationToken cancellation)
    {
        var terms = await services.GetRequiredService<PaymentTermWrites>().Upsert(DemoCredit.Terms, BulkMode.AllOrNothing, cancellation);
        Demand(terms.Errors("paymentTerms"));
        var profiles = await services.GetRequiredService<CreditWrites>().Upsert(DemoCredit.Profiles, BulkMode.AllOrNothing, cancellation);
        Demand(profiles.Errors("creditProfiles"));
        var budgets = await services.GetRequiredService<BudgetWrites>().Upsert(DemoCredit.Budgets, null, BulkMode.AllOrNothing, cancellation);
        Demand(budgets.Errors("budgets"));
    }

    private static async ValueTask WriteStock(IServiceProvider services, IReadOnlyList<DemoProduct> products, CancellationToken cancellation)
    {
        var warehouses = await services.GetRequiredService<WarehouseWrites>().Upsert(DemoStock.Warehouses, BulkMode.AllOrNothing, cancellation);
        Demand(warehouses.Errors("warehouses"));
        foreach (var rows in DemoStock.Levels(products).Chunk(RowErrors.MaximumRows))
        {
            var counted = await services.GetRequiredService<StockLevelWrites>().Set(rows, BulkMode.AllOrNothing, cancellation);
            Demand(counted.Errors("levels"));
        }

        var today = DateOnly.FromDateTime(services.GetRequiredService<Clock>().UtcNow);
        var expected = await services.GetRequiredService<IncomingSupplyWrites>().Upsert(DemoStock.Supplies(products, today), BulkMode.AllOrNothing, cancellation);
        Demand(expected.Errors("supplies"));
        var policies = await services.GetRequiredService<StockPolicyWrites>().Upsert(DemoStock.Policies(products), BulkMode.AllOrNothing, cancellation);
        Demand(policies.Errors("policies"));
    }

    /// <summary>The demo's own rows are good, or this program is wrong.</summary>
    private static void Demand(IReadOnlyList<UserError> errors)
    {
        if (errors is [var first, ..])
        {
            throw new InvalidOperationException($"The demo data were refused, {errors.Count} times; first at {string.Join('.', first.Path ?? [])}: {first.Message}");
        }
    }

    /// <summary>Whoever views and lists are given to, by external id.</summary>
    private sealed record DemoAssignees(
        IReadOnlyDictionary<string, NodeId> Segments, IReadOnlyDictionary<string, NodeId> Tiers, IReadOnlyDictionary<string, NodeId> Companies)
    {
        public AssigneeInput Company(string externalId) => new(CompanyId: Companies[externalId]);

        public AssigneeInput Of(DemoPriceList list) => list switch
        {
            { Level: AssigneeLevel.Everyone } => new AssigneeInput(Everyone: true),
            { Level: AssigneeLevel.Segment, Assignee: { } segment } => new AssigneeInput(SegmentId: Segments[segment]),
            { Level: AssigneeLevel.Tier, Assignee: { } tier } => new AssigneeInput(TierId: Tiers[tier]),
            { Level: AssigneeLevel.Company, Assignee: { } company } => Company(company),
            _ => throw new InvalidOperationException($"The demo gives no list to a {list.Level}."),
        };
    }
}
