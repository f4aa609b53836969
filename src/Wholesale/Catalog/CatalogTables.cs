using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;

namespace Wholesale;

public abstract partial class WholesaleDb
{
    /// <summary>What the seller sells.</summary>
    public DbSet<Product> Products => Set<Product>();

    /// <summary>What is ordered.</summary>
    public DbSet<Variant> Variants => Set<Variant>();

    /// <summary>What variants are packed in.</summary>
    public DbSet<PackagingLevel> PackagingLevels => Set<PackagingLevel>();

    /// <summary>Products' words in every known language.</summary>
    public DbSet<ProductText> ProductTexts => Set<ProductText>();

    /// <summary>The known languages.</summary>
    public DbSet<CatalogLocale> CatalogLocales => Set<CatalogLocale>();

    /// <summary>Facts about products and variants.</summary>
    public DbSet<ProductAttribute> ProductAttributes => Set<ProductAttribute>();

    /// <summary>Photos and films.</summary>
    public DbSet<ProductMedia> ProductMedia => Set<ProductMedia>();

    /// <summary>Files to read.</summary>
    public DbSet<ProductDocument> ProductDocuments => Set<ProductDocument>();

    /// <summary>Who sees exclusive products.</summary>
    public DbSet<ProductCompany> ProductCompanies => Set<ProductCompany>();

    /// <summary>The category tree.</summary>
    public DbSet<Category> Categories => Set<Category>();

    /// <summary>Categories' names in the languages given.</summary>
    public DbSet<CategoryText> CategoryTexts => Set<CategoryText>();

    /// <summary>Permitted assortments.</summary>
    public DbSet<CatalogView> CatalogViews => Set<CatalogView>();

    /// <summary>What they take in and leave out.</summary>
    public DbSet<CatalogViewRule> CatalogViewRules => Set<CatalogViewRule>();

    /// <summary>Who has them.</summary>
    public DbSet<CatalogViewAssignment> CatalogViewAssignments => Set<CatalogViewAssignment>();

    /// <summary>What is in them.</summary>
    public DbSet<CatalogViewProduct> CatalogViewProducts => Set<CatalogViewProduct>();

    /// <summary>Variants that are not, although their products are.</summary>
    public DbSet<CatalogViewHiddenVariant> CatalogViewHiddenVariants => Set<CatalogViewHiddenVariant>();

    private static void MapCatalog(ModelBuilder model)
    {
        Product.Map(model);
        Variant.Map(model);
        PackagingLevel.Map(model);
        ProductText.Map(model);
        CatalogLocale.Map(model);
        ProductAttribute.Map(model);
        Catalog.ProductMedia.Map(model);
        ProductDocument.Map(model);
        ProductCompany.Map(model);
        Category.Map(model);
        CategoryText.Map(model);
        CatalogView.Map(model);
        CatalogViewRule.Map(model);
        CatalogViewAssignment.Map(model);
        CatalogViewProduct.Map(model);
        CatalogViewHiddenVariant.Map(model);
    }
}
