using Wholesale.Companies;
using Wholesale.Platform;

namespace Wholesale.Catalog;

// The input objects of the catalog views' mutations and their payloads.

/// <summary>A new view.</summary>
public sealed record CreateCatalogViewInput(string ExternalId, string Name, IReadOnlyList<CatalogViewRuleInput>? Rules = null);

/// <summary>A rule; exactly one of category, attribute and SKU is to be set.</summary>
public sealed record CatalogViewRuleInput(RuleAction Action, string? Category = null, AttributeInput? Attribute = null, string? Sku = null);

/// <summary>What a view becomes.</summary>
public sealed record UpdateCatalogViewInput(
    NodeId CatalogViewId, string? Name = null, IReadOnlyList<CatalogViewRuleInput>? Rules = null, long? ExpectedVersion = null);

/// <summary>Who gets or loses a view.</summary>
public sealed record AssignCatalogViewInput(NodeId CatalogViewId, AssigneeInput Assignee);

/// <summary>The view as it is now: the payload of all four mutations.</summary>
/// <param name="CatalogView">Null if it was not found or not created.</param>
/// <param name="UserErrors">Why nothing was changed; empty otherwise.</param>
public sealed record CatalogViewPayload(CatalogView? CatalogView, IReadOnlyList<UserError> UserErrors);
