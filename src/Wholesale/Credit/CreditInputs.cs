using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Credit;

// The input objects of schema/credit.graphql and their payloads. A field that may be left out is Optional where null would clear a value.

/// <summary>Rows of payment terms.</summary>
public sealed record UpsertPaymentTermsInput(IReadOnlyList<PaymentTermInput> PaymentTerms, BulkMode Mode = BulkMode.Partial);

/// <summary>A payment term.</summary>
public sealed record PaymentTermInput(
    string ExternalId,
    string? Name = null,
    int? NetDays = null,
    DueBasis? DueBasis = null,
    Optional<EarlyPaymentDiscount?> EarlyPaymentDiscount = default,
    bool? IsActive = null);

/// <summary>What became of the rows.</summary>
public sealed record UpsertPaymentTermsPayload(IReadOnlyList<PaymentTerm> PaymentTerms, BulkCounts Counts, IReadOnlyList<UserError> UserErrors);

/// <summary>Rows of credit profiles.</summary>
public sealed record UpsertCreditProfilesInput(IReadOnlyList<CreditProfileInput> CreditProfiles, BulkMode Mode = BulkMode.Partial);

/// <summary>A company's credit as the seller's system knows it.</summary>
public sealed record CreditProfileInput(
    string Company,
    Currency? Currency = null,
    Optional<Amount?> Limit = default,
    Amount? OpenItems = null,
    Optional<string?> Rating = default,
    IReadOnlyList<string>? PaymentTerms = null,
    long? SourceRevision = null,
    bool? CountsReceivable = null,
    Optional<int?> OverdueHoldAfterDays = default);

/// <summary>What became of the rows.</summary>
public sealed record UpsertCreditProfilesPayload(IReadOnlyList<CreditProfile> CreditProfiles, BulkCounts Counts, IReadOnlyList<UserError> UserErrors);

/// <summary>How much a company may owe.</summary>
public sealed record SetCreditLimitInput(NodeId CompanyId, Optional<Amount?> Limit = default, long? ExpectedVersion = null);

/// <summary>The profile as it is now.</summary>
public sealed record SetCreditLimitPayload(CreditProfile? CreditProfile, IReadOnlyList<UserError> UserErrors);

/// <summary>Why a company may not buy on account.</summary>
public sealed record PlaceCreditHoldInput(NodeId CompanyId, string Reason, long? ExpectedVersion = null);

/// <summary>The profile as it is now.</summary>
public sealed record PlaceCreditHoldPayload(CreditProfile? CreditProfile, IReadOnlyList<UserError> UserErrors);

/// <summary>Which company may buy on account again.</summary>
public sealed record ReleaseCreditHoldInput(NodeId CompanyId, long? ExpectedVersion = null);

/// <summary>The profile as it is now.</summary>
public sealed record ReleaseCreditHoldPayload(CreditProfile? CreditProfile, IReadOnlyList<UserError> UserErrors);
