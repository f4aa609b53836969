namespace Wholesale.Repricing;

/// <summary>What the room tells in the event log.</summary>
public static class RepricingEvents
{
    /// <summary>
    /// A set of price changes was created, edited or opened again, or lines of it were, or its prices begin to be written or taken out. Subject and version are the
    /// set's.
    /// </summary>
    public const string PriceChangeSetChanged = "PRICE_CHANGE_SET_CHANGED";

    /// <summary>A set of price changes was approved. Subject and version are the set's.</summary>
    public const string PriceChangeSetApproved = "PRICE_CHANGE_SET_APPROVED";

    /// <summary>The prices of a set are in their lists. Subject and version are the set's.</summary>
    public const string PriceChangeSetScheduled = "PRICE_CHANGE_SET_SCHEDULED";

    /// <summary>A set of price changes was given up. Subject and version are the set's.</summary>
    public const string PriceChangeSetCancelled = "PRICE_CHANGE_SET_CANCELLED";

    /// <summary>The time of a scheduled set has come. Subject and version are the set's.</summary>
    public const string PriceChangeSetApplied = "PRICE_CHANGE_SET_APPLIED";
}
