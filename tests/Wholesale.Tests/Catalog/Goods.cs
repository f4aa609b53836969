using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Tests.Catalog;

/// <summary>Short ways to write rows and to carry them out.</summary>
internal static class Goods
{
    public static ProductTextInput[] In(string locale, string name, string? description = null) => [new(locale, name, description)];

    public static ProductInput Product(string sku, string? name = null, params VariantInput[] variants) => new(
        sku, In("en", name ?? sku), Variants: variants.Length > 0 ? variants : [new VariantInput(sku)]);

    public static AttributeInput[] Facts(string code, string value) => [new(code, value)];

    public static CategoryInput Category(string externalId, string? parent = null) =>
        new(externalId, parent is null ? default : new Optional<string?>(parent), [new CategoryTextInput("en", externalId)]);

    public static Task<BulkResult<Product>> Upsert(this RoomDatabase database, params ProductInput[] rows) =>
        database.Upsert(BulkMode.Partial, rows);

    public static Task<BulkResult<Product>> Upsert(this RoomDatabase database, BulkMode mode, params ProductInput[] rows) =>
        database.Write((db, writes) => new ProductWrites(db, writes, database.Ids, database.Clock).Upsert(rows, mode, default));

    public static Task<BulkResult<Category>> Upsert(this RoomDatabase database, params CategoryInput[] rows) =>
        database.Upsert(BulkMode.Partial, rows);

    public static Task<BulkResult<Category>> Upsert(this RoomDatabase database, BulkMode mode, params CategoryInput[] rows) =>
        database.Write((db, writes) => new CategoryWrites(db, writes, database.Ids).Upsert(rows, mode, default));

    public static Task<BulkResult<Company>> Upsert(this RoomDatabase database, params CompanyInput[] rows) =>
        database.Upsert(BulkMode.Partial, rows);

    public static Task<BulkResult<Company>> Upsert(this RoomDatabase database, BulkMode mode, params CompanyInput[] rows) =>
        database.Write((db, writes) => new CompanyWrites(db, writes, database.Ids, database.Clock).UpsertCompanies(rows, mode, default));

    public static Task<BulkResult<Market>> Upsert(this RoomDatabase database, params MarketInput[] rows) =>
        database.Write((db, writes) => new CompanyWrites(db, writes, database.Ids, database.Clock).UpsertMarkets(rows, BulkMode.Partial, default));

    public static Task<BulkResult<CustomerTier>> Upsert(this RoomDatabase database, params CustomerTierInput[] rows) =>
        database.Write((db, writes) => new CompanyWrites(db, writes, database.Ids, database.Clock).UpsertCustomerTiers(rows, BulkMode.Partial, default));

    public static Task<BulkResult<CustomerSegment>> Upsert(this RoomDatabase database, params CustomerSegmentInput[] rows) =>
        database.Write((db, writes) => new SegmentWrites(db, writes, database.Ids, database.Clock).Upsert(rows, BulkMode.Partial, default));

    public static Task<T> Views<T>(this RoomDatabase database, Func<CatalogViewWrites, ValueTask<T>> work) =>
        database.Write((db, writes) => work(new CatalogViewWrites(db, writes, database.Ids)));

    /// <summary>A verified company with one user, <c>u-</c> and its external id.</summary>
    public static CompanyInput Company(string externalId) => new(
        externalId, externalId, Verification: VerificationStatus.Verified,
        Users: [new CompanyUserInput($"u-{externalId}", "Ada", $"{externalId}@example.com")]);

    /// <summary>A view with rules, given to a company.</summary>
    public static async Task<CatalogView> View(this RoomDatabase database, string externalId, long companyId, params CatalogViewRuleInput[] rules)
    {
        var created = await database.Views(views => views.Create(new CreateCatalogViewInput(externalId, externalId, rules), default));
        Assert.Empty(created.UserErrors);
        var assigned = await database.Views(views => views.Assign(
            new AssignCatalogViewInput(new NodeId("CatalogView", created.CatalogView!.Id), new AssigneeInput(CompanyId: new NodeId("Company", companyId))), default));
        Assert.Empty(assigned.UserErrors);
        return assigned.CatalogView!;
    }

    /// <summary>The SKUs of all products on a caller's list, by name.</summary>
    public static async Task<string[]> List(this RoomDatabase database, Sight sight, ProductFilter? filter = null)
    {
        var page = await database.Read(db => CatalogFields.Products(250, null, filter, ProductSort.Name, SelectedFields.All, db, sight, default));
        return [.. page.Edges.Select(edge => edge.Node.Sku)];
    }

    /// <summary>The SKUs of the variants that a caller sees of a product.</summary>
    public static async Task<string[]> VariantsOf(this RoomDatabase database, Sight sight, string sku)
    {
        var product = await database.Read(db => CatalogFields.Product(null, sku, db, sight, default));
        Assert.NotNull(product);
        var variants = await database.Read(db => CatalogFields.ProductVariants(Batch<LocalizedProduct>.Of([product]), 250, db, sight, default));
        return [.. variants[0].Edges.Select(edge => edge.Node.Sku)];
    }

    /// <summary>An error as <c>CODE path/to/place</c>.</summary>
    public static string Short(this UserError error) => $"{error.Code} {string.Join('/', error.Path ?? [])}";
}
