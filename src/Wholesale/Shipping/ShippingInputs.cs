using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Shipping;

// The input objects of schema/shipping.graphql and their payloads. A field that may be left out is Optional where null would clear a value.

/// <summary>What is to be sent, and where.</summary>
public sealed record EstimateShippingInput(IReadOnlyList<ShippingLineInput> Lines, ShippingDestinationInput Destination, Currency? Currency = null);

/// <summary>A line of what is to be sent.</summary>
public sealed record ShippingLineInput(Quantity Quantity, NodeId? VariantId = null, string? Sku = null);

/// <summary>Where goods are sent.</summary>
public sealed record ShippingDestinationInput(string Country, string? Region = null, string? PostalCode = null);

/// <summary>In what ways goods could be sent to a place.</summary>
public sealed record ShippingEstimate(
    IReadOnlyList<ShippingOption> Options, DeliveryTerms? DeliveryTerms, ShippingInsurance? Insurance, Money? Subtotal, IReadOnlyList<UserError> UserErrors);

/// <summary>Rows of freight templates.</summary>
public sealed record UpsertFreightTemplatesInput(IReadOnlyList<FreightTemplateInput> Templates, BulkMode Mode = BulkMode.Partial);

/// <summary>A freight template.</summary>
public sealed record FreightTemplateInput(
    string ExternalId,
    string? Name = null,
    ShippingMethodKind? Kind = null,
    Currency? Currency = null,
    FreightBasis? Basis = null,
    Optional<string?> Market = default,
    IReadOnlyList<FreightZoneInput>? Zones = null,
    Optional<Quantity?> MaximumWeight = default,
    bool? IsActive = null);

/// <summary>Places that goods go to at the same prices.</summary>
public sealed record FreightZoneInput(
    string Name, IReadOnlyList<FreightPlaceInput> Places, IReadOnlyList<FreightStepInput> Steps, Amount? FreeFrom = null, TransitDaysInput? TransitDays = null);

/// <summary>A country or a part of it.</summary>
public sealed record FreightPlaceInput(string Country, string? Region = null, string? PostalCodePrefix = null);

/// <summary>A price for up to so much.</summary>
public sealed record FreightStepInput(Amount Price, Amount PerUnit = default, Quantity? UpTo = null);

/// <summary>How long goods are on their way.</summary>
public sealed record TransitDaysInput(int Minimum, int Maximum);

/// <summary>What became of the rows.</summary>
public sealed record UpsertFreightTemplatesPayload(IReadOnlyList<FreightTemplate> Templates, BulkCounts Counts, IReadOnlyList<UserError> UserErrors);

/// <summary>Rows of shipping terms.</summary>
public sealed record UpsertShippingTermsInput(IReadOnlyList<ShippingTermsInput> Terms, BulkMode Mode = BulkMode.Partial);

/// <summary>By which terms goods are shipped to someone.</summary>
public sealed record ShippingTermsInput(
    string ExternalId,
    AssigneeInput? Assignee = null,
    Optional<DeliveryTermsInput?> DeliveryTerms = default,
    Optional<string?> TaxClass = default,
    Optional<InsuranceTermsInput?> Insurance = default,
    bool? IsActive = null);

/// <summary>By which rule the seller delivers, and where.</summary>
public sealed record DeliveryTermsInput(Incoterm Incoterm, string Place);

/// <summary>On what terms goods can be insured.</summary>
public sealed record InsuranceTermsInput(Amount RatePercent, Amount? MinimumPremium = null, Currency? Currency = null, bool IsDefault = false);

/// <summary>What became of the rows.</summary>
public sealed record UpsertShippingTermsPayload(IReadOnlyList<ShippingTerms> Terms, BulkCounts Counts, IReadOnlyList<UserError> UserErrors);
