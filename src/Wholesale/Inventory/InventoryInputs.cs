using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Inventory;

// The input objects of schema/inventory.graphql and their payloads. A field that may be left out is Optional where null would clear a value.

/// <summary>Rows of suppliers.</summary>
public sealed record UpsertSuppliersInput(IReadOnlyList<SupplierInput> Suppliers, BulkMode Mode = BulkMode.Partial);

/// <summary>A supplier.</summary>
public sealed record SupplierInput(string ExternalId, string? Name = null, bool? IsActive = null);

/// <summary>What became of the rows.</summary>
public sealed record UpsertSuppliersPayload(IReadOnlyList<Supplier> Suppliers, BulkCounts Counts, IReadOnlyList<UserError> UserErrors);

/// <summary>Rows of warehouses.</summary>
public sealed record UpsertWarehousesInput(IReadOnlyList<WarehouseInput> Warehouses, BulkMode Mode = BulkMode.Partial);

/// <summary>A warehouse.</summary>
public sealed record WarehouseInput(
    string ExternalId,
    string? Name = null,
    Optional<string?> Country = default,
    Optional<string?> Region = default,
    int? Priority = null,
    IReadOnlyList<WarehouseDestinationInput>? ShipsTo = null,
    bool? IsActive = null,
    Optional<string?> Supplier = default);

/// <summary>A country that a warehouse ships to.</summary>
public sealed record WarehouseDestinationInput(string Country, int Priority = Warehouse.DefaultPriority);

/// <summary>What became of the rows.</summary>
public sealed record UpsertWarehousesPayload(IReadOnlyList<Warehouse> Warehouses, BulkCounts Counts, IReadOnlyList<UserError> UserErrors);

/// <summary>Rows of counted stock.</summary>
public sealed record SetInventoryInput(IReadOnlyList<InventoryInput> Levels, BulkMode Mode = BulkMode.Partial);

/// <summary>What was counted of a variant in a warehouse.</summary>
public sealed record InventoryInput(string Sku, string Warehouse, Quantity OnHand, Quantity? SafetyStock = null, long? SourceRevision = null)
{
    // Not public, or it would be a field of an import's line.
    internal string Key => $"{Warehouse}/{Sku}";
}

/// <summary>What became of the rows.</summary>
public sealed record SetInventoryPayload(IReadOnlyList<StockLevel> Levels, BulkCounts Counts, IReadOnlyList<UserError> UserErrors);

/// <summary>Rows of what came or went.</summary>
public sealed record AdjustInventoryInput(IReadOnlyList<InventoryAdjustmentInput> Adjustments, BulkMode Mode = BulkMode.Partial);

/// <summary>What came to a warehouse, or went from it, of a variant.</summary>
public sealed record InventoryAdjustmentInput(
    string Sku, string Warehouse, Quantity? Add = null, Quantity? Remove = null, AdjustmentReason? Reason = null, long? SourceRevision = null);

/// <summary>Why stock changed.</summary>
public enum AdjustmentReason
{
    /// <summary>It was bought or made.</summary>
    Receipt,

    /// <summary>A customer sent it back.</summary>
    Return,

    /// <summary>It was sold or used past this system.</summary>
    Sale,

    /// <summary>It was moved between warehouses.</summary>
    Transfer,

    /// <summary>It was damaged or spoilt.</summary>
    Damage,

    /// <summary>It was lost or stolen.</summary>
    Loss,

    /// <summary>A count was wrong.</summary>
    Correction,
}

/// <summary>What became of the rows.</summary>
public sealed record AdjustInventoryPayload(IReadOnlyList<StockLevel> Levels, BulkCounts Counts, IReadOnlyList<UserError> UserErrors);

/// <summary>Rows of supplies.</summary>
public sealed record UpsertIncomingSuppliesInput(IReadOnlyList<IncomingSupplyInput> Supplies, BulkMode Mode = BulkMode.Partial);

/// <summary>What is expected.</summary>
public sealed record IncomingSupplyInput(
    string ExternalId, string? Sku = null, string? Warehouse = null, DateOnly? ExpectedOn = null, Quantity? Quantity = null, long? SourceRevision = null);

/// <summary>What became of the rows.</summary>
public sealed record UpsertIncomingSuppliesPayload(IReadOnlyList<IncomingSupply> Supplies, BulkCounts Counts, IReadOnlyList<UserError> UserErrors);

/// <summary>A supply that has arrived.</summary>
public sealed record ReceiveIncomingSupplyInput(string ExternalId, Quantity? Quantity = null);

/// <summary>What is left of the supply, and what lies in the warehouse now.</summary>
public sealed record ReceiveIncomingSupplyPayload(IncomingSupply? IncomingSupply, StockLevel? StockLevel, IReadOnlyList<UserError> UserErrors);

/// <summary>Rows of policies.</summary>
public sealed record UpsertStockPoliciesInput(IReadOnlyList<StockPolicyInput> Policies, BulkMode Mode = BulkMode.Partial);

/// <summary>A variant's policy.</summary>
public sealed record StockPolicyInput(
    string Sku,
    bool? IsTracked = null,
    BackorderPolicy? BackorderPolicy = null,
    Optional<Quantity?> BackorderLimit = default,
    Optional<int?> LeadTimeDays = default,
    long? SourceRevision = null);

/// <summary>What became of the rows.</summary>
public sealed record UpsertStockPoliciesPayload(IReadOnlyList<StockPolicy> Policies, BulkCounts Counts, IReadOnlyList<UserError> UserErrors);
