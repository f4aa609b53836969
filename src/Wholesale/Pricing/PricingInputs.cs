using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Pricing;

// The input objects of schema/pricing.graphql and their payloads.

/// <summary>A new price list.</summary>
public sealed record CreatePriceListInput(string ExternalId, string Name, Currency Currency);

/// <summary>The new list.</summary>
public sealed record CreatePriceListPayload(PriceList? PriceList, IReadOnlyList<UserError> UserErrors);

/// <summary>Changes of a price list; null leaves a field as it is.</summary>
public sealed record UpdatePriceListInput(NodeId PriceListId, string? Name = null, bool? IsActive = null, long? ExpectedVersion = null);

/// <summary>The list as it is now.</summary>
public sealed record UpdatePriceListPayload(PriceList? PriceList, IReadOnlyList<UserError> UserErrors);

/// <summary>Who is to have a list, and when.</summary>
public sealed record AssignPriceListInput(
    NodeId PriceListId, AssigneeInput Assignee, int Priority = 0, DateTime? ValidFrom = null, DateTime? ValidTo = null);

/// <summary>The new assignment.</summary>
public sealed record AssignPriceListPayload(PriceListAssignment? Assignment, IReadOnlyList<UserError> UserErrors);

/// <summary>The assignment to end.</summary>
public sealed record UnassignPriceListInput(NodeId AssignmentId);

/// <summary>The ended assignment.</summary>
public sealed record UnassignPriceListPayload(PriceListAssignment? Assignment, IReadOnlyList<UserError> UserErrors);

/// <summary>Prices of one list.</summary>
public sealed record UpsertPricesInput(NodeId PriceListId, IReadOnlyList<PriceInput> Prices, BulkMode Mode = BulkMode.Partial);

/// <summary>A price.</summary>
public sealed record PriceInput(
    string Sku,
    Optional<Quantity> MinimumQuantity = default,
    Amount? UnitPrice = null,
    Currency? Currency = null,
    DateTime? ValidFrom = null,
    DateTime? ValidTo = null,
    long? SourceRevision = null);

/// <summary>What became of the rows.</summary>
public sealed record UpsertPricesPayload(PriceList? PriceList, BulkCounts Counts, IReadOnlyList<UserError> UserErrors);

/// <summary>How a list is made of another.</summary>
public sealed record SetPriceListAdjustmentsInput(
    NodeId PriceListId, IReadOnlyList<PriceAdjustmentRuleInput> Rules, NodeId? ParentId = null, long? ExpectedVersion = null);

/// <summary>Which variants a rule is for, and what it does.</summary>
public sealed record PriceAdjustmentRuleInput(NodeId? CategoryId = null, Optional<Amount> Percent = default, Optional<Amount> Amount = default);

/// <summary>The list as it is now.</summary>
public sealed record SetPriceListAdjustmentsPayload(PriceList? PriceList, IReadOnlyList<UserError> UserErrors);

/// <summary>In what quantities may be bought of one list's variants.</summary>
public sealed record UpsertQuantityRulesInput(NodeId PriceListId, IReadOnlyList<QuantityRuleInput> Rules, BulkMode Mode = BulkMode.Partial);

/// <summary>In what quantities may be bought of a variant.</summary>
public sealed record QuantityRuleInput(
    string Sku, Quantity? Minimum = null, Quantity? Maximum = null, Quantity? Increment = null, string? BreakGroup = null);

/// <summary>What became of the rows.</summary>
public sealed record UpsertQuantityRulesPayload(PriceList? PriceList, BulkCounts Counts, IReadOnlyList<UserError> UserErrors);
