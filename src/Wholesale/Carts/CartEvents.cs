namespace Wholesale.Carts;

/// <summary>What happens in this room, for the event log.</summary>
public static class CartEvents
{
    /// <summary>A cart was opened or changed. Subject and version are the cart's.</summary>
    public const string CartChanged = "CART_CHANGED";

    /// <summary>A cart was deleted, by its user or because nobody had changed it for long. Subject and last version are the cart's.</summary>
    public const string CartDeleted = "CART_DELETED";

    /// <summary>What a company asks its users for with each order is new or changed. The subject is the company.</summary>
    public const string ReferenceFieldsChanged = "REFERENCE_FIELDS_CHANGED";

    /// <summary>An order minimum is new or changed. Subject and version are its own.</summary>
    public const string OrderMinimumChanged = "ORDER_MINIMUM_CHANGED";
}
