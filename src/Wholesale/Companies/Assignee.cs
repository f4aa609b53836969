using Wholesale.Platform;

namespace Wholesale.Companies;

/// <summary>Levels at which a catalog view or price list can be given, declared nearest first. The numbers are stored and say nothing of the order.</summary>
public enum AssigneeLevel
{
    /// <summary>A unit and all below it.</summary>
    Unit = 0,

    /// <summary>All units of a company.</summary>
    Company = 1,

    /// <summary>All companies of a segment.</summary>
    Segment = 5,

    /// <summary>All companies of a tier.</summary>
    Tier = 2,

    /// <summary>Everyone in a market.</summary>
    Market = 3,

    /// <summary>Everyone; without a credential, too.</summary>
    Everyone = 4,
}

/// <summary>Whoever can be given a catalog view or a price list.</summary>
/// <param name="Level">What kind of thing it is.</param>
/// <param name="AssigneeId">The unit's, company's, segment's, tier's or market's id, unique across all of them; 0 for everyone.</param>
public sealed record Assignee(AssigneeLevel Level, long AssigneeId)
{
    /// <summary>Everyone.</summary>
    public static Assignee All { get; } = new(AssigneeLevel.Everyone, 0);

    /// <summary>Whether this is everyone.</summary>
    public bool Everyone => Level == AssigneeLevel.Everyone;

    /// <summary>Whether two of one caller's assignees are equally near to it: its segments are, its units are not.</summary>
    public bool IsAsNearAs(Assignee other) => this == other || (Level == AssigneeLevel.Segment && other.Level == AssigneeLevel.Segment);
}

/// <summary>Exactly one is to be set.</summary>
public sealed record AssigneeInput(
    NodeId? UnitId = null, NodeId? CompanyId = null, NodeId? SegmentId = null, NodeId? TierId = null, NodeId? MarketId = null, bool? Everyone = null)
{
    /// <summary>Who is meant, and by which field; null unless exactly one is.</summary>
    internal (Assignee Assignee, string Field)? Named()
    {
        var named = new List<(Assignee, string)>();
        Add(UnitId, AssigneeLevel.Unit, nameof(CompanyUnit), "unitId");
        Add(CompanyId, AssigneeLevel.Company, nameof(Company), "companyId");
        Add(SegmentId, AssigneeLevel.Segment, nameof(CustomerSegment), "segmentId");
        Add(TierId, AssigneeLevel.Tier, nameof(CustomerTier), "tierId");
        Add(MarketId, AssigneeLevel.Market, nameof(Market), "marketId");
        if (Everyone == true)
        {
            named.Add((Assignee.All, "everyone"));
        }

        return named.Count == 1 ? named[0] : null;

        void Add(NodeId? id, AssigneeLevel level, string type, string field)
        {
            if (id is { } given)
            {
                named.Add((new Assignee(level, given.KeyOf(type)), field));
            }
        }
    }
}
