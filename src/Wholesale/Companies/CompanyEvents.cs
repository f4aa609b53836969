namespace Wholesale.Companies;

/// <summary>What happens in this room, for the event log.</summary>
public static class CompanyEvents
{
    /// <summary>A company is new or changed, in itself, its units or its users.</summary>
    public const string CompanyChanged = "COMPANY_CHANGED";

    /// <summary>A market is new or changed.</summary>
    public const string MarketChanged = "MARKET_CHANGED";

    /// <summary>A customer tier is new or changed.</summary>
    public const string CustomerTierChanged = "CUSTOMER_TIER_CHANGED";

    /// <summary>A customer segment is new, or its name or rule is changed.</summary>
    public const string CustomerSegmentChanged = "CUSTOMER_SEGMENT_CHANGED";
}
