using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Inventory;

/// <summary>The mutations of schema/inventory.graphql: the seller's alone.</summary>
internal static class InventoryMutations
{
    /// <summary>Names the resolvers.</summary>
    public static void Map(ResolverMap map)
    {
        map.Field("Mutation.upsertSuppliers", UpsertSuppliers);
        map.Field("Mutation.upsertWarehouses", UpsertWarehouses);
        map.Field("Mutation.setInventory", SetInventory);
        map.Field("Mutation.adjustInventory", AdjustInventory);
        map.Field("Mutation.upsertIncomingSupplies", UpsertIncomingSupplies);
        map.Field("Mutation.receiveIncomingSupply", (ReceiveIncomingSupplyInput input, SupplyReceipts receipts, CancellationToken cancellation) =>
            receipts.Receive(input, cancellation));
        map.Field("Mutation.upsertStockPolicies", UpsertStockPolicies);
    }

    private static async ValueTask<UpsertSuppliersPayload> UpsertSuppliers(UpsertSuppliersInput input, SupplierWrites writes, CancellationToken cancellation)
    {
        if (RowErrors.TooMany(input.Suppliers.Count, "suppliers") is { } refusal)
        {
            return new([], BulkCounts.Refused(input.Suppliers.Count), [refusal]);
        }

        var result = await writes.Upsert(input.Suppliers, input.Mode, cancellation);
        return new(result.Things, result.Counts, result.Errors("suppliers"));
    }

    private static async ValueTask<UpsertWarehousesPayload> UpsertWarehouses(UpsertWarehousesInput input, WarehouseWrites writes, CancellationToken cancellation)
    {
        if (RowErrors.TooMany(input.Warehouses.Count, "warehouses") is { } refusal)
        {
            return new([], BulkCounts.Refused(input.Warehouses.Count), [refusal]);
        }

        var result = await writes.Upsert(input.Warehouses, input.Mode, cancellation);
        return new(result.Things, result.Counts, result.Errors("warehouses"));
    }

    private static async ValueTask<SetInventoryPayload> SetInventory(SetInventoryInput input, StockLevelWrites writes, CancellationToken cancellation)
    {
        if (RowErrors.TooMany(input.Levels.Count, "levels") is { } refusal)
        {
            return new([], BulkCounts.Refused(input.Levels.Count), [refusal]);
        }

        var result = await writes.Set(input.Levels, input.Mode, cancellation);
        return new(result.Things, result.Counts, result.Errors("levels"));
    }

    private static async ValueTask<AdjustInventoryPayload> AdjustInventory(AdjustInventoryInput input, StockLevelWrites writes, CancellationToken cancellation)
    {
        if (RowErrors.TooMany(input.Adjustments.Count, "adjustments") is { } refusal)
        {
            return new([], BulkCounts.Refused(input.Adjustments.Count), [refusal]);
        }

        var result = await writes.Adjust(input.Adjustments, input.Mode, cancellation);
        return new(result.Things, result.Counts, result.Errors("adjustments"));
    }

    private static async ValueTask<UpsertIncomingSuppliesPayload> UpsertIncomingSupplies(
        UpsertIncomingSuppliesInput input, IncomingSupplyWrites writes, CancellationToken cancellation)
    {
        if (RowErrors.TooMany(input.Supplies.Count, "supplies") is { } refusal)
        {
            return new([], BulkCounts.Refused(input.Supplies.Count), [refusal]);
        }

        var result = await writes.Upsert(input.Supplies, input.Mode, cancellation);
        return new(result.Things, result.Counts, result.Errors("supplies"));
    }

    private static async ValueTask<UpsertStockPoliciesPayload> UpsertStockPolicies(
        UpsertStockPoliciesInput input, StockPolicyWrites writes, CancellationToken cancellation)
    {
        if (RowErrors.TooMany(input.Policies.Count, "policies") is { } refusal)
        {
            return new([], BulkCounts.Refused(input.Policies.Count), [refusal]);
        }

        var result = await writes.Upsert(input.Policies, input.Mode, cancellation);
        return new(result.Things, result.Counts, result.Errors("policies"));
    }
}
