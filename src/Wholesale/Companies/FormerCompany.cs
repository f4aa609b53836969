using Wholesale.Platform;

namespace Wholesale.Companies;

/// <summary>What of a company decides on its prices and its catalog.</summary>
/// <param name="Verification">Only verified companies see prices.</param>
/// <param name="TierId">Null if it has none.</param>
/// <param name="MarketId">Null if it has none.</param>
/// <param name="Currency">Its own; null: its market's.</param>
internal sealed record CompanyTerms(VerificationStatus Verification, long? TierId, long? MarketId, Currency? Currency);

/// <summary>Where a unit stood, and in which market.</summary>
internal sealed record UnitPlace(long Id, long? ParentId, long? MarketId);

/// <summary>Which unit a user bought for.</summary>
internal sealed record UserPlace(long Id, long UnitId);

/// <summary>What an event tells of a company as it was before: what is another now. Without names, as all events.</summary>
/// <param name="Was">Null: its terms are what they were.</param>
/// <param name="Units">Those that stood elsewhere, or in another market.</param>
/// <param name="Users">Those that bought for another unit.</param>
internal sealed record FormerCompany(CompanyTerms? Was, IReadOnlyList<UnitPlace> Units, IReadOnlyList<UserPlace> Users)
{
    /// <summary>Null if that tells nothing.</summary>
    public static FormerCompany? Of(CompanyTerms? was, IReadOnlyList<UnitPlace> units, IReadOnlyList<UserPlace> users) =>
        was is null && units.Count == 0 && users.Count == 0 ? null : new(was, units, users);
}

/// <summary>What of a market decides on prices.</summary>
internal sealed record MarketTerms(Currency Currency, PricePolicy PricePolicy, RoundingMode RoundingMode, RoundingLevel RoundingLevel);

/// <summary>What an event tells of a market as it was before.</summary>
internal sealed record FormerTerms(MarketTerms Was);

/// <summary>What an event tells of a segment: at most <see cref="MaximumSize"/> companies; more are told by more events.</summary>
/// <param name="Joined">Companies that belong to it and did not before.</param>
/// <param name="Left">Companies that do not belong to it any more.</param>
internal sealed record SegmentMembersChange(IReadOnlyList<long> Joined, IReadOnlyList<long> Left)
{
    /// <summary>So many companies, so that no event grows beyond some 20,000 characters.</summary>
    public const int MaximumSize = 1_000;

    /// <summary>Whether it tells of a company.</summary>
    public bool IsOf(long companyId) => Joined.Contains(companyId) || Left.Contains(companyId);
}
