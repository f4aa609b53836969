using Wholesale.Catalog;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Pricing;

namespace Wholesale.Repricing;

// The input objects of sets of price changes in schema/pricing.graphql and their payloads.

/// <summary>A new draft.</summary>
public sealed record CreatePriceChangeSetInput(string ExternalId, string Name, DateTime? EffectiveAt = null, DateTime? Until = null);

/// <summary>The new draft.</summary>
public sealed record CreatePriceChangeSetPayload(PriceChangeSet? PriceChangeSet, IReadOnlyList<UserError> UserErrors);

/// <summary>Changes of a draft; what is left out stays as it is.</summary>
public sealed record UpdatePriceChangeSetInput(
    NodeId PriceChangeSetId,
    string? Name = null,
    Optional<DateTime?> EffectiveAt = default,
    Optional<DateTime?> Until = default,
    long? ExpectedVersion = null);

/// <summary>The draft as it is now.</summary>
public sealed record UpdatePriceChangeSetPayload(PriceChangeSet? PriceChangeSet, IReadOnlyList<UserError> UserErrors);

/// <summary>Lines of a draft.</summary>
public sealed record UpsertPriceChangesInput(
    NodeId PriceChangeSetId, IReadOnlyList<PriceChangeLineInput> Lines, BulkMode Mode = BulkMode.Partial, long? ExpectedVersion = null);

/// <summary>A price of a set.</summary>
public sealed record PriceChangeLineInput(
    NodeId PriceListId,
    string Sku,
    Optional<Quantity> MinimumQuantity = default,
    Amount? UnitPrice = null,
    Currency? Currency = null,
    bool Remove = false);

/// <summary>What became of the rows.</summary>
public sealed record UpsertPriceChangesPayload(PriceChangeSet? PriceChangeSet, BulkCounts Counts, IReadOnlyList<UserError> UserErrors);

/// <summary>The draft to approve.</summary>
public sealed record ApprovePriceChangeSetInput(NodeId PriceChangeSetId, long? ExpectedVersion = null);

/// <summary>The set as it is now.</summary>
public sealed record ApprovePriceChangeSetPayload(PriceChangeSet? PriceChangeSet, IReadOnlyList<UserError> UserErrors);

/// <summary>The set to make a draft of again.</summary>
public sealed record ReopenPriceChangeSetInput(NodeId PriceChangeSetId, long? ExpectedVersion = null);

/// <summary>The set as it is now.</summary>
public sealed record ReopenPriceChangeSetPayload(PriceChangeSet? PriceChangeSet, IReadOnlyList<UserError> UserErrors);

/// <summary>The set to schedule.</summary>
public sealed record SchedulePriceChangeSetInput(NodeId PriceChangeSetId, DateTime? EffectiveAt = null, bool AtOnce = false, long? ExpectedVersion = null);

/// <summary>The set as it is now.</summary>
public sealed record SchedulePriceChangeSetPayload(PriceChangeSet? PriceChangeSet, IReadOnlyList<UserError> UserErrors);

/// <summary>The set to give up.</summary>
public sealed record CancelPriceChangeSetInput(NodeId PriceChangeSetId, long? ExpectedVersion = null);

/// <summary>The set as it is now.</summary>
public sealed record CancelPriceChangeSetPayload(
    PriceChangeSet? PriceChangeSet, IReadOnlyList<ListedPriceChange> KeptLines, IReadOnlyList<UserError> UserErrors);

/// <summary>A line of a set, as the contract's <c>PriceChangeLine</c> shows it.</summary>
/// <param name="PriceList">In which list.</param>
/// <param name="Variant">The variant.</param>
/// <param name="MinimumQuantity">From this quantity on.</param>
/// <param name="UnitPrice">What it is to cost; null: no price of the list's own.</param>
/// <param name="IsKept">Whether the price was left as it is when the set was cancelled.</param>
public sealed record ListedPriceChange(PriceList PriceList, Variant Variant, Quantity MinimumQuantity, Money? UnitPrice, bool IsKept);
