using Wholesale.Companies;
using Wholesale.Platform;

namespace Wholesale.Tests.Pricing;

/// <summary>A buyer of a company with a parent unit, two segments, a tier and a market, all of them only in memory: prices ask no more of them than their ids.</summary>
internal static class TestCaller
{
    public static readonly Assignee Unit = new(AssigneeLevel.Unit, 11);
    public static readonly Assignee ParentUnit = new(AssigneeLevel.Unit, 12);
    public static readonly Assignee Company = new(AssigneeLevel.Company, 13);
    public static readonly Assignee Segment = new(AssigneeLevel.Segment, 17);
    public static readonly Assignee OtherSegment = new(AssigneeLevel.Segment, 18);
    public static readonly Assignee Tier = new(AssigneeLevel.Tier, 14);
    public static readonly Assignee Market = new(AssigneeLevel.Market, 15);

    public static Caller Staff { get; } = Caller.Without(new Principal(PrincipalKind.Staff, 1, null, "staff", PermissionSet.All));

    public static Caller Of(VerificationStatus verification = VerificationStatus.Verified) =>
        Of(verification, new Market { Id = Market.AssigneeId, ExternalId = "M", Name = "M", Currency = Currency.Of("EUR") });

    /// <summary>In another market of the same id, or in none.</summary>
    public static Caller Of(VerificationStatus verification, Market? market)
    {
        var company = new Company
        {
            Id = Company.AssigneeId,
            ExternalId = "C",
            Name = "C",
            NameKey = "C",
            Verification = verification,
            TierId = Tier.AssigneeId,
        };
        return Caller.Of(
            new Principal(PrincipalKind.CompanyUser, 1, 16, "key", PermissionSet.All),
            new CompanyUser { Id = 16, CompanyId = company.Id, ExternalId = "U", Name = "U", Email = "u@c", EmailKey = "U@C", UnitId = Unit.AssigneeId },
            company,
            [UnitOf(Unit), UnitOf(ParentUnit)],
            market,
            [Segment.AssigneeId, OtherSegment.AssigneeId]);
    }

    private static CompanyUnit UnitOf(Assignee unit) =>
        new() { Id = unit.AssigneeId, CompanyId = Company.AssigneeId, ExternalId = $"{unit.AssigneeId}", Name = "unit", Path = "/" };
}
