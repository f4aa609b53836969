namespace Wholesale.Pricing;

/// <summary>What the room tells in the event log.</summary>
public static class PricingEvents
{
    /// <summary>A list was created, renamed, ended or resumed. Subject and version are the list's. The data, if any, are a <see cref="FormerPriceList"/>.</summary>
    public const string PriceListChanged = "PRICE_LIST_CHANGED";

    /// <summary>Prices of a list are other ones. The subject is the list, the version that of its prices. The data are <see cref="FormerPrices"/>.</summary>
    public const string PricesChanged = "PRICES_CHANGED";

    /// <summary>A list is made of another list, or no longer, or by other rules. Subject and version are the list's. The data are <see cref="FormerAdjustments"/>.</summary>
    public const string PriceListAdjusted = "PRICE_LIST_ADJUSTED";

    /// <summary>A list says something else of the quantities that may be bought. Subject and version are the list's. The data are <see cref="FormerQuantityRules"/>.</summary>
    public const string QuantityRulesChanged = "QUANTITY_RULES_CHANGED";

    /// <summary>A list was given to someone. The subject is the assignment. The data are an <see cref="AssignmentMade"/>.</summary>
    public const string PriceListAssigned = "PRICE_LIST_ASSIGNED";

    /// <summary>An assignment was ended. The subject is the assignment. The data are an <see cref="AssignmentEnded"/>.</summary>
    public const string PriceListUnassigned = "PRICE_LIST_UNASSIGNED";

    /// <summary>A price or an assignment of a list began or ended to hold by time alone. The subject is the list, the version that of its prices.</summary>
    public const string PricesTurned = "PRICES_TURNED";
}
