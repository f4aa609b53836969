namespace Wholesale.Catalog;

/// <summary>What happens in this room, for the event log.</summary>
public static class CatalogEvents
{
    /// <summary>A product is new or changed, in itself, its parts or its variants.</summary>
    public const string ProductChanged = "PRODUCT_CHANGED";

    /// <summary>
    /// Another is now who sees a product and when, its category, or in what quantities it is sold; <see cref="ProductChanged"/> tells of the same change.
    /// The data are a <see cref="FormerProduct"/>. New products and variants are not told.
    /// </summary>
    public const string ProductListingChanged = "PRODUCT_LISTING_CHANGED";

    /// <summary>A category is new or changed. The data, if any, are a <see cref="FormerCategory"/>.</summary>
    public const string CategoryChanged = "CATEGORY_CHANGED";

    /// <summary>A catalog view is new or changed: its name, rules or assignments. The data, if any, are a <see cref="CatalogViewGiven"/>.</summary>
    public const string CatalogViewChanged = "CATALOG_VIEW_CHANGED";

    /// <summary>
    /// Other products or variants are in a view that was there before: because of its rules, or because they changed. The data are a
    /// <see cref="CatalogViewContentChange"/>. New products are not told.
    /// </summary>
    public const string CatalogViewContentChanged = "CATALOG_VIEW_CONTENT_CHANGED";

    /// <summary>The catalog speaks another language. It has no subject; its data names the <c>locale</c>.</summary>
    public const string LocaleAdded = "CATALOG_LOCALE_ADDED";
}
