using System.Text.Json;
using Wholesale.Platform;

namespace Wholesale.Companies;

/// <summary>Which companies belong to a segment. A rule without conditions takes in nobody.</summary>
/// <param name="Conditions">At most <see cref="MaximumConditions"/>, with at most <see cref="MaximumValues"/> values in all.</param>
/// <param name="Match">Whether a company must meet all conditions or any.</param>
public sealed record SegmentRule(IReadOnlyList<SegmentCondition> Conditions, SegmentMatch Match = SegmentMatch.All)
{
    /// <summary>The most conditions.</summary>
    public const int MaximumConditions = 20;

    /// <summary>The most values of all conditions together.</summary>
    public const int MaximumValues = 1000;

    /// <summary>The form in which a rule is stored; equal rules have equal ones.</summary>
    internal string ToJson() => JsonSerializer.Serialize(this, Json.Options);

    /// <summary>A rule as it was stored.</summary>
    internal static SegmentRule OfJson(string json) => JsonSerializer.Deserialize<SegmentRule>(json, Json.Options)!;
}

/// <summary>What a company must be. A company of which the attribute is not known does not meet the condition.</summary>
/// <param name="Attribute">What is looked at.</param>
/// <param name="In">The attribute is one of these, compared exactly: external ids, names of <see cref="BusinessType"/> as in the SDL, codes. Null for employees.</param>
/// <param name="Minimum">At least so many employees; null: from none on.</param>
/// <param name="Maximum">At most so many employees; null: without limit.</param>
public sealed record SegmentCondition(SegmentAttribute Attribute, IReadOnlyList<string>? In = null, int? Minimum = null, int? Maximum = null);

/// <summary>Whether a company must meet all conditions of a rule or any. Stored by name.</summary>
public enum SegmentMatch
{
    /// <summary>All of them.</summary>
    All,

    /// <summary>At least one of them.</summary>
    Any,
}

/// <summary>What a condition of a segment looks at. Stored by name.</summary>
public enum SegmentAttribute
{
    /// <summary>The company's industry.</summary>
    Industry,

    /// <summary>The company's country.</summary>
    Country,

    /// <summary>The company's region.</summary>
    Region,

    /// <summary>The company's number of employees.</summary>
    Employees,

    /// <summary>The company's business type.</summary>
    BusinessType,

    /// <summary>The company's tier.</summary>
    Tier,

    /// <summary>The company's own market; markets of its units do not matter.</summary>
    Market,

    /// <summary>The company itself.</summary>
    Company,
}
