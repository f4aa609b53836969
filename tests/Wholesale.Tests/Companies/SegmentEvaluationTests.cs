using FsCheck;
using FsCheck.Fluent;
using Wholesale.Companies;

namespace Wholesale.Tests.Companies;

public sealed class SegmentEvaluationTests
{
    private static readonly CompanyFacts Acme = new(
        1, "acme", "4771", "DE", "north", 50, BusinessType.WebShop, "gold", "eu");

    private static readonly CompanyFacts Unknown = new(2, "unknown", null, null, null, null, null, null, null);

    [Theory]
    [InlineData(SegmentAttribute.Industry, "4771", true)]
    [InlineData(SegmentAttribute.Industry, "477", false)]
    [InlineData(SegmentAttribute.Country, "DE", true)]
    [InlineData(SegmentAttribute.Region, "North", false)]
    [InlineData(SegmentAttribute.BusinessType, "WEB_SHOP", true)]
    [InlineData(SegmentAttribute.BusinessType, "WebShop", false)]
    [InlineData(SegmentAttribute.Tier, "gold", true)]
    [InlineData(SegmentAttribute.Market, "eu", true)]
    [InlineData(SegmentAttribute.Company, "acme", true)]
    public void A_value_is_one_of_those_named_exactly(SegmentAttribute attribute, string value, bool expected)
    {
        var rule = new SegmentRule([new(attribute, ["other", value])]);

        Assert.Equal(expected, new SegmentEvaluation(rule).Takes(Acme));
        Assert.False(new SegmentEvaluation(rule).Takes(Unknown));
    }

    [Theory]
    [InlineData(50, null, true)]
    [InlineData(51, null, false)]
    [InlineData(null, 50, true)]
    [InlineData(null, 49, false)]
    [InlineData(50, 50, true)]
    public void Both_ends_of_a_number_belong_to_it(int? minimum, int? maximum, bool expected)
    {
        var rule = new SegmentRule([new(SegmentAttribute.Employees, Minimum: minimum, Maximum: maximum)]);

        Assert.Equal(expected, new SegmentEvaluation(rule).Takes(Acme));
        Assert.False(new SegmentEvaluation(rule).Takes(Unknown));
    }

    [Theory]
    [InlineData(SegmentMatch.All, "DE", "gold", true)]
    [InlineData(SegmentMatch.All, "DE", "tin", false)]
    [InlineData(SegmentMatch.Any, "DE", "tin", true)]
    [InlineData(SegmentMatch.Any, "FR", "tin", false)]
    public void All_conditions_are_to_be_met_or_any(SegmentMatch match, string country, string tier, bool expected) =>
        Assert.Equal(expected, new SegmentEvaluation(new([new(SegmentAttribute.Country, [country]), new(SegmentAttribute.Tier, [tier])], match)).Takes(Acme));

    [Theory]
    [InlineData(SegmentMatch.All)]
    [InlineData(SegmentMatch.Any)]
    public void A_rule_without_conditions_takes_in_nobody(SegmentMatch match) =>
        Assert.False(new SegmentEvaluation(new([], match)).Takes(Acme));

    [Fact]
    public void Any_rule_says_of_any_company_what_its_words_say() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2_000).WithQuietOnSuccess(true),
        Prop.ForAll(Rules.ToArbitrary(), Facts.ToArbitrary(), (rule, facts) => new SegmentEvaluation(rule).Takes(facts) == InWords(rule, facts)));

    private static Gen<SegmentRule> Rules =>
        from conditions in Gen.ArrayOf(Conditions)
        from match in Gen.Elements(SegmentMatch.All, SegmentMatch.Any)
        select new SegmentRule([.. conditions.Take(4)], match);

    private static Gen<SegmentCondition> Conditions =>
        from attribute in Gen.Elements(Enum.GetValues<SegmentAttribute>())
        from values in Gen.ArrayOf(Gen.Elements("a", "b", "c", "WEB_SHOP", "END_USER"))
        from minimum in Gen.Elements<int?>(null, 0, 1, 3)
        from maximum in Gen.Elements<int?>(null, 0, 2, 3)
        select attribute == SegmentAttribute.Employees ? new SegmentCondition(attribute, null, minimum, maximum) : new SegmentCondition(attribute, values);

    private static Gen<CompanyFacts> Facts =>
        from text in Gen.ArrayOf(Gen.Elements("a", "b", "c", null), 5)
        from externalId in Gen.Elements("a", "b", "c")
        from employees in Gen.Elements<int?>(null, 0, 1, 2, 3, 4)
        from type in Gen.Elements<BusinessType?>(null, BusinessType.WebShop, BusinessType.EndUser)
        select new CompanyFacts(1, externalId, text[0], text[1], text[2], employees, type, text[3], text[4]);

    private static bool InWords(SegmentRule rule, CompanyFacts company)
    {
        var (met, unmet) = (0, 0);
        foreach (var condition in rule.Conditions)
        {
            object? value = condition.Attribute switch
            {
                SegmentAttribute.Industry => company.Industry,
                SegmentAttribute.Country => company.Country,
                SegmentAttribute.Region => company.Region,
                SegmentAttribute.Employees => company.Employees,
                SegmentAttribute.BusinessType when company.BusinessType == BusinessType.WebShop => "WEB_SHOP",
                SegmentAttribute.BusinessType when company.BusinessType == BusinessType.EndUser => "END_USER",
                SegmentAttribute.BusinessType => null,
                SegmentAttribute.Tier => company.Tier,
                SegmentAttribute.Market => company.Market,
                _ => company.ExternalId,
            };
            var isMet = value switch
            {
                null => false,
                int number => !(number < condition.Minimum) && !(number > condition.Maximum),
                _ => condition.In!.Any(wanted => wanted == (string)value),
            };
            (met, unmet) = isMet ? (met + 1, unmet) : (met, unmet + 1);
        }

        return met > 0 && (rule.Match == SegmentMatch.Any || unmet == 0);
    }
}
