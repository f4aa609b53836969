using Wholesale.Platform;

namespace Wholesale.Companies;

/// <summary>What rules look at of a company; null: not known.</summary>
/// <param name="Id">The company.</param>
/// <param name="ExternalId">Its external id.</param>
/// <param name="Industry">The seller's code.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Region">The seller's code.</param>
/// <param name="Employees">How many.</param>
/// <param name="BusinessType">What it does with the goods.</param>
/// <param name="Tier">Its tier's external id.</param>
/// <param name="Market">Its own market's external id.</param>
internal sealed record CompanyFacts(
    long Id, string ExternalId, string? Industry, string? Country, string? Region, int? Employees, BusinessType? BusinessType, string? Tier, string? Market);

/// <summary>A rule, ready to be asked about many companies. Pure; thread-safe.</summary>
internal sealed class SegmentEvaluation(SegmentRule rule)
{
    private readonly Predicate<CompanyFacts>[] conditions = [.. rule.Conditions.Select(Meets)];

    /// <summary>Whether a company belongs to the segment.</summary>
    public bool Takes(CompanyFacts company) => conditions.Length > 0 && (rule.Match == SegmentMatch.All
        ? Array.TrueForAll(conditions, meets => meets(company))
        : Array.Exists(conditions, meets => meets(company)));

    private static Predicate<CompanyFacts> Meets(SegmentCondition condition)
    {
        if (condition.Attribute == SegmentAttribute.Employees)
        {
            var (minimum, maximum) = (condition.Minimum ?? 0, condition.Maximum ?? int.MaxValue);
            return company => company.Employees >= minimum && company.Employees <= maximum;
        }

        var values = (condition.In ?? []).ToHashSet(StringComparer.Ordinal);
        return company => ValueOf(company, condition.Attribute) is { } value && values.Contains(value);
    }

    private static string? ValueOf(CompanyFacts company, SegmentAttribute attribute) => attribute switch
    {
        SegmentAttribute.Industry => company.Industry,
        SegmentAttribute.Country => company.Country,
        SegmentAttribute.Region => company.Region,
        SegmentAttribute.BusinessType => company.BusinessType is { } type ? EnumNames<BusinessType>.Of(type) : null,
        SegmentAttribute.Tier => company.Tier,
        SegmentAttribute.Market => company.Market,
        SegmentAttribute.Company => company.ExternalId,
        _ => throw new ArgumentOutOfRangeException(nameof(attribute), attribute, "It has no text to compare."),
    };
}
