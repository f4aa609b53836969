using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Tax;

// The input objects of schema/tax.graphql and their payloads. A field that may be left out is Optional where null would clear a value.

/// <summary>Rows of tax rates.</summary>
public sealed record UpsertTaxRatesInput(IReadOnlyList<TaxRateInput> Rates, BulkMode Mode = BulkMode.Partial);

/// <summary>A tax rate.</summary>
public sealed record TaxRateInput(
    string ExternalId,
    string? Name = null,
    string? Country = null,
    Optional<string?> Region = default,
    string? TaxClass = null,
    Amount? Rate = null,
    bool? IsReverseCharged = null,
    Optional<DateOnly?> ValidFrom = default,
    Optional<DateOnly?> ValidTo = default);

/// <summary>What became of the rows.</summary>
public sealed record UpsertTaxRatesPayload(IReadOnlyList<TaxRate> Rates, BulkCounts Counts, IReadOnlyList<UserError> UserErrors);

/// <summary>Rows of tax profiles.</summary>
public sealed record UpsertCompanyTaxProfilesInput(IReadOnlyList<CompanyTaxProfileInput> Profiles, BulkMode Mode = BulkMode.Partial);

/// <summary>By which tax ids and exemptions a company is taxed.</summary>
public sealed record CompanyTaxProfileInput(
    string Company,
    IReadOnlyList<CompanyTaxIdInput>? TaxIds = null,
    IReadOnlyList<TaxExemptionInput>? TaxExemptions = null,
    long? SourceRevision = null);

/// <summary>A company's number at the tax authority of a country.</summary>
public sealed record CompanyTaxIdInput(string Country, string Number, bool IsVerified = false);

/// <summary>A certificate by which a company owes no tax.</summary>
public sealed record TaxExemptionInput(
    string Country, string CertificateNumber, string? Region = null, DateOnly? ValidFrom = null, DateOnly? ValidTo = null);

/// <summary>What became of the rows.</summary>
public sealed record UpsertCompanyTaxProfilesPayload(IReadOnlyList<Company> Companies, BulkCounts Counts, IReadOnlyList<UserError> UserErrors);
