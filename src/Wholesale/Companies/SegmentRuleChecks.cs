using Wholesale.Platform;

namespace Wholesale.Companies;

/// <summary>Checks rules of segments: pure.</summary>
/// <param name="Tiers">External ids of those that are there and named.</param>
/// <param name="Markets">External ids of those that are there and named.</param>
/// <param name="Companies">External ids of those that are there and named.</param>
internal sealed record SegmentRuleChecks(IReadOnlySet<string> Tiers, IReadOnlySet<string> Markets, IReadOnlySet<string> Companies)
{
    private const string NumberNeeded = "EMPLOYEES needs `minimum`, `maximum` or both, and no `in`.";
    private const string ValueNeeded = "Every attribute but EMPLOYEES needs `in` with one value or more.";

    /// <summary>Reports what is wrong with a rule.</summary>
    public void Check(SegmentRule rule, RowErrors errors)
    {
        var values = rule.Conditions.Sum(condition => condition.In?.Count ?? 0);
        if (values > SegmentRule.MaximumValues)
        {
            errors.Invalid($"At most {SegmentRule.MaximumValues} values are allowed in all, not {values}.", "rule", "conditions");
        }
        else if (errors.Length(rule.Conditions, SegmentRule.MaximumConditions, "rule", "conditions"))
        {
            for (var i = 0; i < rule.Conditions.Count; i++)
            {
                Check(rule.Conditions[i], errors, ["rule", "conditions", RowErrors.Position(i)]);
            }
        }
    }

    private void Check(SegmentCondition condition, RowErrors errors, string[] path)
    {
        var isNumber = condition.Attribute == SegmentAttribute.Employees;
        if (isNumber ? condition.In is not null || (condition.Minimum ?? condition.Maximum) is null : condition.In is null or [])
        {
            errors.Invalid(isNumber ? NumberNeeded : ValueNeeded, path);
        }

        if (!isNumber && (condition.Minimum ?? condition.Maximum) is not null)
        {
            errors.Invalid("Only EMPLOYEES takes `minimum` and `maximum`.", path);
        }

        if (isNumber && condition.Minimum < 0)
        {
            errors.Invalid($"It must be 0 or more, not {condition.Minimum}.", [.. path, "minimum"]);
        }

        if (isNumber && condition.Maximum < (condition.Minimum ?? 0))
        {
            errors.Invalid($"It must not be less than the minimum, {condition.Minimum ?? 0}, but is {condition.Maximum}.", [.. path, "maximum"]);
        }

        for (var i = 0; i < (isNumber ? 0 : condition.In?.Count ?? 0); i++)
        {
            Check(condition.Attribute, condition.In![i], errors, [.. path, "in", RowErrors.Position(i)]);
        }
    }

    private void Check(SegmentAttribute attribute, string value, RowErrors errors, string[] path)
    {
        switch (attribute)
        {
            case SegmentAttribute.Country when !Company.IsCountry(value):
                errors.Add(CompanyErrors.NotACountry(value, path));
                break;
            case SegmentAttribute.BusinessType when EnumNames<BusinessType>.Parse(value) is null:
                errors.Invalid($"\"{value}\" is none of {string.Join(", ", EnumNames<BusinessType>.All)}.", path);
                break;
            case SegmentAttribute.Tier when !Tiers.Contains(value):
                errors.Add(CompanyErrors.NoSuch("tier", value, path));
                break;
            case SegmentAttribute.Market when !Markets.Contains(value):
                errors.Add(CompanyErrors.NoSuch("market", value, path));
                break;
            case SegmentAttribute.Company when !Companies.Contains(value):
                errors.Add(CompanyErrors.NoSuch("company", value, path));
                break;
            case SegmentAttribute.Industry or SegmentAttribute.Region:
                errors.Key(value, path);
                break;
        }
    }
}
