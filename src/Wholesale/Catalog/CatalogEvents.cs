namespace Wholesale.Catalog;

/// <summary>What happens in this room, for the event log.</summary>
public static class CatalogEvents
{
    /// <summary>A product is new or changed, in itself, its parts or its variants.</summary>
    public const string ProductChanged = "PRODUCT_CHANGED";

    /// <summary>A category is new or changed.</summary>
    public const string CategoryChanged = "CATEGORY_CHANGED";

    /// <summary>A catalog view is new or changed: its name, rules or assignments.</summary>
    public const string CatalogViewChanged = "CATALOG_VIEW_CHANGED";

    /// <summary>The catalog speaks another language. It has no subject; its data names the <c>locale</c>.</summary>
    public const string LocaleAdded = "CATALOG_LOCALE_ADDED";
}
