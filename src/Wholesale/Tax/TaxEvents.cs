namespace Wholesale.Tax;

/// <summary>What the room tells in the event log.</summary>
public static class TaxEvents
{
    /// <summary>A tax rate is new or changed. Subject and version are the rate's.</summary>
    public const string TaxRateChanged = "TAX_RATE_CHANGED";

    /// <summary>A company is taxed by other tax ids or exemptions. The subject is the company, the version that of its <see cref="CompanyTaxProfile"/>.</summary>
    public const string CompanyTaxProfileChanged = "COMPANY_TAX_PROFILE_CHANGED";
}
