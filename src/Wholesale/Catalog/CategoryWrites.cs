using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Catalog;

/// <summary>Creates and changes categories, many at once: for mutations and imports alike. Runs inside the caller's unit of work.</summary>
public sealed class CategoryWrites(WholesaleDb db, Writes writes, Ids ids)
{
    /// <summary>Creates categories, or changes and moves those that are there.</summary>
    public async ValueTask<BulkResult<Category>> Upsert(IReadOnlyList<CategoryInput> inputs, BulkMode mode, CancellationToken cancellation)
    {
        var rows = BulkRow<CategoryInput, Category>.Of(inputs);
        BulkRow<CategoryInput, Category>.RefuseDuplicates(rows, input => input.ExternalId, "externalId");
        // The whole tree: a few thousand short rows, which tell of circles, depths and what moves along.
        var all = await db.Categories.ToDictionaryAsync(c => c.ExternalId, cancellation);
        var named = inputs.Select(input => all.GetValueOrDefault(input.ExternalId)?.Id).OfType<long>().ToList();
        var texts = await db.CategoryTexts.Where(t => named.Contains(t.CategoryId)).ToListAsync(cancellation);
        var upsert = new CategoryUpsert(all, texts.ToLookup(text => text.CategoryId), ids);
        upsert.Decide(rows);
        if (BulkRow<CategoryInput, Category>.MayProceed(rows, mode))
        {
            await Save(upsert, cancellation);
        }

        return BulkRow<CategoryInput, Category>.Result(rows, mode);
    }

    private async ValueTask Save(CategoryUpsert upsert, CancellationToken cancellation)
    {
        await BulkRows.Insert(db, upsert.Categories.Added, cancellation);
        await BulkRows.Update(db, upsert.Categories.Changed, cancellation: cancellation);
        await BulkRows.Insert(db, upsert.Texts.Added, cancellation);
        await BulkRows.Update(db, upsert.Texts.Changed, cancellation: cancellation);
        if (upsert.Moved.Count > 0)
        {
            var moved = upsert.Moved.Keys.Select(category => category.Id).ToList();
            var products = await (
                from product in db.Products
                join category in db.Categories on product.CategoryId equals category.Id
                where db.Categories.Any(root => moved.Contains(root.Id) && category.Path.StartsWith(root.Path))
                select product.Id).ToListAsync(cancellation);
            await CatalogViewMembership.Refresh(db, writes, products, [], cancellation);
        }

        foreach (var category in upsert.Touched)
        {
            writes.Record(
                CatalogEvents.CategoryChanged,
                category.Id,
                category.Version,
                upsert.Moved.TryGetValue(category, out var was) ? new FormerCategory(was) : null);
        }
    }
}
