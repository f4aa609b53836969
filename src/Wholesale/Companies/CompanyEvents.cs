namespace Wholesale.Companies;

/// <summary>What happens in this room, for the event log.</summary>
public static class CompanyEvents
{
    /// <summary>A company is new or changed, in itself, its units, users or addresses. Its data, if any, are a <see cref="FormerCompany"/>.</summary>
    public const string CompanyChanged = "COMPANY_CHANGED";

    /// <summary>A market is new or changed. Its data, if any, are <see cref="FormerTerms"/>.</summary>
    public const string MarketChanged = "MARKET_CHANGED";

    /// <summary>A customer tier is new or changed.</summary>
    public const string CustomerTierChanged = "CUSTOMER_TIER_CHANGED";

    /// <summary>A customer segment is new, or its name or rule is changed.</summary>
    public const string CustomerSegmentChanged = "CUSTOMER_SEGMENT_CHANGED";

    /// <summary>Companies belong to a segment that did not before, or no longer. Its data are <see cref="SegmentMembersChange"/>.</summary>
    public const string CustomerSegmentMembersChanged = "CUSTOMER_SEGMENT_MEMBERS_CHANGED";
}
