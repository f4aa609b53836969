using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Companies;

// The input objects of schema/companies.graphql and their payloads. A field that may be left out is Optional where null would clear a value.

/// <summary>Rows of companies.</summary>
public sealed record UpsertCompaniesInput(IReadOnlyList<CompanyInput> Companies, BulkMode Mode = BulkMode.Partial);

/// <summary>A company as the seller's system knows it.</summary>
public sealed record CompanyInput(
    string ExternalId,
    string? Name = null,
    Optional<BusinessType?> BusinessType = default,
    VerificationStatus? Verification = null,
    Optional<string?> Tier = default,
    Optional<string?> Market = default,
    Optional<Currency?> Currency = default,
    Optional<string?> Locale = default,
    Optional<string?> Industry = default,
    Optional<string?> Country = default,
    Optional<string?> Region = default,
    Optional<int?> Employees = default,
    IReadOnlyList<CompanyUnitInput>? Units = null,
    IReadOnlyList<CompanyUserInput>? Users = null,
    IReadOnlyList<AddressInput>? Addresses = null,
    long? SourceRevision = null);

/// <summary>A unit of a company.</summary>
public sealed record CompanyUnitInput(
    string ExternalId, string? Name = null, Optional<string?> Parent = default, Optional<string?> Market = default);

/// <summary>A user of a company.</summary>
public sealed record CompanyUserInput(
    string ExternalId, string? Name = null, string? Email = null, CompanyRole? Role = null, string? Unit = null, IReadOnlyList<UserLoginInput>? Logins = null);

/// <summary>An account at an identity provider.</summary>
public sealed record UserLoginInput(string Issuer, string Subject);

/// <summary>An address of a company.</summary>
public sealed record AddressInput(
    string ExternalId,
    Optional<string?> Unit = default,
    string? Name = null,
    Optional<string?> Attention = default,
    IReadOnlyList<string>? Lines = null,
    string? City = null,
    Optional<string?> Region = default,
    Optional<string?> PostalCode = default,
    string? Country = null,
    Optional<string?> Phone = default,
    bool? IsShipTo = null,
    bool? IsBillTo = null,
    bool? IsDefaultShipTo = null,
    bool? IsDefaultBillTo = null,
    bool? IsArchived = null);

/// <summary>Rows of addresses of the caller's own company.</summary>
public sealed record UpsertAddressesInput(IReadOnlyList<AddressInput> Addresses, BulkMode Mode = BulkMode.Partial);

/// <summary>What became of the rows.</summary>
public sealed record UpsertAddressesPayload(IReadOnlyList<Address> Addresses, BulkCounts Counts, IReadOnlyList<UserError> UserErrors);

/// <summary>What became of the rows.</summary>
public sealed record UpsertCompaniesPayload(IReadOnlyList<Company> Companies, BulkCounts Counts, IReadOnlyList<UserError> UserErrors);

/// <summary>Rows of markets.</summary>
public sealed record UpsertMarketsInput(IReadOnlyList<MarketInput> Markets, BulkMode Mode = BulkMode.Partial);

/// <summary>A market.</summary>
public sealed record MarketInput(
    string ExternalId, string Name, Currency Currency, PricePolicy? PricePolicy = null, PriceRoundingInput? Rounding = null);

/// <summary>How amounts become whole minor units of the currency.</summary>
public sealed record PriceRoundingInput(RoundingMode? Mode = null, RoundingLevel? Level = null);

/// <summary>What became of the rows.</summary>
public sealed record UpsertMarketsPayload(IReadOnlyList<Market> Markets, BulkCounts Counts, IReadOnlyList<UserError> UserErrors);

/// <summary>Rows of tiers.</summary>
public sealed record UpsertCustomerTiersInput(IReadOnlyList<CustomerTierInput> Tiers, BulkMode Mode = BulkMode.Partial);

/// <summary>A customer tier.</summary>
public sealed record CustomerTierInput(string ExternalId, string Name, int Rank);

/// <summary>What became of the rows.</summary>
public sealed record UpsertCustomerTiersPayload(IReadOnlyList<CustomerTier> Tiers, BulkCounts Counts, IReadOnlyList<UserError> UserErrors);

/// <summary>Rows of segments.</summary>
public sealed record UpsertCustomerSegmentsInput(IReadOnlyList<CustomerSegmentInput> Segments, BulkMode Mode = BulkMode.Partial);

/// <summary>A customer segment.</summary>
public sealed record CustomerSegmentInput(string ExternalId, string Name, SegmentRule Rule);

/// <summary>What became of the rows.</summary>
public sealed record UpsertCustomerSegmentsPayload(IReadOnlyList<CustomerSegment> Segments, BulkCounts Counts, IReadOnlyList<UserError> UserErrors);

/// <summary>What the seller found about a company.</summary>
public sealed record SetCompanyVerificationInput(NodeId CompanyId, VerificationStatus Status, long? ExpectedVersion = null);

/// <summary>The company as it is now.</summary>
public sealed record SetCompanyVerificationPayload(Company? Company, IReadOnlyList<UserError> UserErrors);
