using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Inventory;

/// <summary>Says how variants' stock is sold, many rows at once: for mutations and imports alike. Runs inside the caller's unit of work, in the shared line.</summary>
/// <remarks>Throws an <see cref="OvertakenException"/> where one of the policies is not there any more.</remarks>
public sealed class StockPolicyWrites(WholesaleDb db, Writes writes)
{
    /// <summary>Creates policies, or changes those that are there.</summary>
    public async ValueTask<BulkResult<StockPolicy>> Upsert(IReadOnlyList<StockPolicyInput> inputs, BulkMode mode, CancellationToken cancellation)
    {
        var rows = BulkRow<StockPolicyInput, StockPolicy>.Of(inputs);
        BulkRow<StockPolicyInput, StockPolicy>.RefuseDuplicates(rows, input => input.Sku, "sku");
        var skus = inputs.Select(input => input.Sku).ToHashSet();
        var variants = await db.Variants.Where(v => skus.Contains(v.Sku)).ToDictionaryAsync(v => v.Sku, v => v.Id, cancellation);
        var ids = variants.Values.ToList();
        var existing = await db.StockPolicies.Where(p => ids.Contains(p.VariantId)).ToDictionaryAsync(p => p.VariantId, cancellation);
        var changes = new Changes<StockPolicy>();
        foreach (var row in rows)
        {
            if (!variants.TryGetValue(row.Input.Sku, out var variantId))
            {
                row.Errors.Add(InventoryErrors.NoSuchSku(row.Input.Sku));
                continue;
            }

            var isNew = !existing.TryGetValue(variantId, out var policy);
            row.Thing = policy ??= new StockPolicy { VariantId = variantId };
            row.IsSkipped = !row.Errors.Any && row.Input.SourceRevision < policy.SourceRevision;
            if (!row.IsSkipped)
            {
                Check(row.Input, policy, row.Errors);
            }

            if (row.IsGood)
            {
                changes.Note(policy, isNew, Change(policy, row.Input));
            }
        }

        if (BulkRow<StockPolicyInput, StockPolicy>.MayProceed(rows, mode))
        {
            await Store(changes, cancellation);
        }

        return BulkRow<StockPolicyInput, StockPolicy>.Result(rows, mode);
    }

    private static void Check(StockPolicyInput input, StockPolicy policy, RowErrors errors)
    {
        if (input.LeadTimeDays.Or(null) is { } days and (< 0 or > StockPolicy.MaximumLeadTimeDays))
        {
            errors.Add(InventoryErrors.LeadTimeOutOfRange(days));
        }

        if (input.BackorderLimit.Or(null) is not null && (input.BackorderPolicy ?? policy.BackorderPolicy) != BackorderPolicy.Always)
        {
            errors.Add(InventoryErrors.LimitWithoutAlways());
        }
    }

    private static bool Change(StockPolicy policy, StockPolicyInput input)
    {
        var before = (policy.IsTracked, policy.BackorderPolicy, policy.BackorderLimit, policy.LeadTimeDays, policy.SourceRevision);
        policy.IsTracked = input.IsTracked ?? policy.IsTracked;
        policy.BackorderPolicy = input.BackorderPolicy ?? policy.BackorderPolicy;
        policy.BackorderLimit = policy.BackorderPolicy == BackorderPolicy.Always ? input.BackorderLimit.Or(policy.BackorderLimit) : null;
        policy.LeadTimeDays = input.LeadTimeDays.Or(policy.LeadTimeDays);
        policy.SourceRevision = input.SourceRevision ?? policy.SourceRevision;
        return before != (policy.IsTracked, policy.BackorderPolicy, policy.BackorderLimit, policy.LeadTimeDays, policy.SourceRevision);
    }

    /// <summary>Not by the version that was read, which each order counts up; what is backordered is left to orders.</summary>
    private async ValueTask Store(Changes<StockPolicy> changes, CancellationToken cancellation)
    {
        var kept = await BulkRows.Update(
            db,
            changes.Changed,
            p => new { p.IsTracked, p.BackorderPolicy, p.BackorderLimit, p.LeadTimeDays, p.SourceRevision },
            cancellation: cancellation);
        if (kept < changes.Changed.Count)
        {
            throw new OvertakenException("Stock policies that were read are not there any more.");
        }

        await BulkRows.Add(
            db, changes.Changed.ConvertAll(policy => new StockPolicy { VariantId = policy.VariantId, Version = 1 }), p => new { p.Version }, cancellation: cancellation);
        changes.Added.ForEach(policy => policy.Version++);
        await BulkRows.Insert(db, changes.Added, cancellation);
        await ReadVersions(changes.Changed, cancellation);
        foreach (var policy in changes.Added.Concat(changes.Changed))
        {
            writes.Record(policy);
        }
    }

    /// <summary>The versions as they are now: orders may have counted them up between.</summary>
    private async ValueTask ReadVersions(List<StockPolicy> changed, CancellationToken cancellation)
    {
        var ids = changed.ConvertAll(policy => policy.VariantId);
        var versions = ids.Count == 0 ? [] : await db.StockPolicies.Where(p => ids.Contains(p.VariantId)).ToDictionaryAsync(p => p.VariantId, p => p.Version, cancellation);
        changed.ForEach(policy => policy.Version = versions[policy.VariantId]);
    }
}
