using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;
using Wholesale.Pricing;

namespace Wholesale.Repricing;

/// <summary>Writes lines of a draft of price changes: a handful of statements a call, however many rows. Runs inside the caller's unit of work.</summary>
public sealed class PriceChangeLineWrites(WholesaleDb db, Writes writes, PriceWrites prices)
{
    /// <summary>Adds, replaces and removes lines.</summary>
    public async ValueTask<UpsertPriceChangesPayload> Upsert(UpsertPriceChangesInput input, CancellationToken cancellation)
    {
        if (RowErrors.TooMany(input.Lines.Count, "lines", PriceWrites.MaximumRows) is { } tooMany)
        {
            return Refused(null, tooMany);
        }

        if (await PriceChangeSet.Find(db, input.PriceChangeSetId, cancellation) is not { } set)
        {
            return Refused(null, PriceChangeSetErrors.NoSuchSet());
        }

        if (set.WhyNotEdit(input.ExpectedVersion) is { } refusal)
        {
            return Refused(set, refusal);
        }

        var rows = BulkRow<PriceChangeLineInput, PriceChangeLine>.Of(input.Lines);
        await ReadLines(rows, set, cancellation);
        var result = BulkRow<PriceChangeLineInput, PriceChangeLine>.Result(rows, input.Mode);
        if (BulkRow<PriceChangeLineInput, PriceChangeLine>.MayProceed(rows, input.Mode))
        {
            var edit = await Decide(set, [.. rows.Where(r => r.IsGood)], cancellation);
            if (await WhyNot(set, edit, cancellation) is { } limit)
            {
                return Refused(set, limit);
            }

            await Save(set, edit, cancellation);
        }

        return new(set, result.Counts, result.Errors("lines"));

        UpsertPriceChangesPayload Refused(PriceChangeSet? found, UserError error) => new(found, BulkCounts.Refused(input.Lines.Count), [error]);
    }

    /// <summary>Checks each row by itself and finds its list and variant.</summary>
    private async ValueTask ReadLines(List<BulkRow<PriceChangeLineInput, PriceChangeLine>> rows, PriceChangeSet set, CancellationToken cancellation)
    {
        var listIds = rows.Select(r => r.Input.PriceListId.KeyOf(nameof(PriceList))).ToHashSet();
        var lists = await db.PriceLists.Where(l => listIds.Contains(l.Id)).Select(l => new { l.Id, l.Currency }).ToDictionaryAsync(l => l.Id, l => l.Currency, cancellation);
        var variantIds = await prices.VariantIds(rows.Select(r => r.Input.Sku), cancellation);
        var keys = new HashSet<(long, long, Quantity)>();
        foreach (var row in rows)
        {
            var (input, errors) = (row.Input, row.Errors);
            var listId = input.PriceListId.KeyOf(nameof(PriceList));
            if (!lists.TryGetValue(listId, out var listCurrency))
            {
                errors.Add(PricingErrors.NoSuchId("price list", "priceListId"));
            }
            else if (input.Currency is { } currency && currency != listCurrency)
            {
                errors.Add(PricingErrors.NotTheLists(currency, listCurrency));
            }

            if (!variantIds.TryGetValue(input.Sku, out var variantId))
            {
                errors.Add(PricingErrors.NoSuchSku(input.Sku));
            }

            var minimum = input.MinimumQuantity.Or(Quantity.One);
            PriceWrites.Check(minimum, input.UnitPrice, errors);
            if (input is { Remove: true, UnitPrice: not null })
            {
                errors.Add(PriceChangeSetErrors.RemovedWithPrice());
            }

            if (!errors.Any && !keys.Add((listId, variantId, minimum)))
            {
                errors.Add(PriceChangeSetErrors.DuplicateLine(input.Sku));
            }

            row.Thing = new PriceChangeLine
            {
                PriceChangeSetId = set.Id,
                PriceListId = listId,
                VariantId = variantId,
                MinimumQuantity = minimum,
                UnitPrice = input.UnitPrice?.TenThousandths,
            };
        }
    }

    private async ValueTask<Edit> Decide(PriceChangeSet set, List<BulkRow<PriceChangeLineInput, PriceChangeLine>> rows, CancellationToken cancellation)
    {
        var (listIds, variantIds) = (rows.Select(r => r.Thing!.PriceListId).ToHashSet(), rows.Select(r => r.Thing!.VariantId).ToHashSet());
        var present = await db.PriceChangeLines
            .Where(l => l.PriceChangeSetId == set.Id && listIds.Contains(l.PriceListId) && variantIds.Contains(l.VariantId))
            .ToDictionaryAsync(l => (l.PriceListId, l.VariantId, l.MinimumQuantity), cancellation);
        var edit = new Edit();
        foreach (var row in rows)
        {
            var line = row.Thing!;
            var former = present.GetValueOrDefault((line.PriceListId, line.VariantId, line.MinimumQuantity));
            if (row.Input.Remove)
            {
                edit.Removed.AddRange(former is null ? [] : [former]);
            }
            else if (former is null)
            {
                edit.Added.Add(line);
            }
            else if (former.UnitPrice != line.UnitPrice)
            {
                edit.Changed.Add(line);
            }
        }

        return edit;
    }

    private async ValueTask<UserError?> WhyNot(PriceChangeSet set, Edit edit, CancellationToken cancellation)
    {
        if (set.LineCount + edit.Growth > PriceChangeSet.MaximumLines)
        {
            return PriceChangeSetErrors.TooManyLines(set.LineCount + edit.Growth);
        }

        var added = edit.Added.Select(l => l.PriceListId).ToHashSet();
        var lists = added.Count + await PriceChangeSetReads.ListsOf(db, set.Id).CountAsync(id => !added.Contains(id), cancellation);
        return added.Count > 0 && lists > PriceChangeSet.MaximumLists ? PriceChangeSetErrors.TooManyLists(lists) : null;
    }

    private async ValueTask Save(PriceChangeSet set, Edit edit, CancellationToken cancellation)
    {
        if (edit.IsNone)
        {
            return;
        }

        await BulkRows.Delete(db, edit.Removed, cancellation);
        await BulkRows.Update(db, edit.Changed, l => new { l.UnitPrice }, cancellation: cancellation);
        await BulkRows.Insert(db, edit.Added, cancellation);
        set.LineCount += edit.Growth;
        set.Version++;
        await db.SaveChangesAsync(cancellation);
        writes.Record(RepricingEvents.PriceChangeSetChanged, set.Id, set.Version);
    }

    /// <summary>What a call does to the lines.</summary>
    private sealed class Edit
    {
        public List<PriceChangeLine> Added { get; } = [];

        public List<PriceChangeLine> Changed { get; } = [];

        public List<PriceChangeLine> Removed { get; } = [];

        public int Growth => Added.Count - Removed.Count;

        public bool IsNone => Added.Count + Changed.Count + Removed.Count == 0;
    }
}
