using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Pricing;

/// <summary>Answers prices of many variants by one statement, list prices, breaks and coming changes included.</summary>
public sealed class Prices(WholesaleDb db, PriceBooks books, Clock clock)
{
    /// <summary>
    /// The rows of some variants in some lists, in the versions that readers are to see: those that hold at an instant, and later ones.
    /// The version is read in the same statement, so that no answer mixes two.
    /// </summary>
    private static readonly Func<WholesaleDb, long[], long[], DateTime, IAsyncEnumerable<PriceRow>> Rows = EF.CompileAsyncQuery(
        (WholesaleDb db, long[] listIds, long[] variantIds, DateTime at) =>
            from list in db.PriceLists
            join entry in db.PriceListEntries on list.Id equals entry.PriceListId
            where listIds.Contains(entry.PriceListId)
                && variantIds.Contains(entry.VariantId)
                && entry.FromVersion <= list.PriceVersion
                && (entry.ToVersion == null || entry.ToVersion > list.PriceVersion)
                && entry.UnitPrice != null
                && (entry.ValidTo == null || entry.ValidTo > at)
            select new PriceRow(entry.VariantId, entry.PriceListId, entry.MinimumQuantity, entry.UnitPrice!.Value, entry.ValidFrom, entry.ValidTo));

    /// <summary>A price for each variant, in their order; null where the caller's lists have none. Bad quantities are reported at their variants.</summary>
    /// <param name="variants">All of one field.</param>
    /// <param name="quantity">How much of each is bought.</param>
    /// <param name="asOf">At which instant; null: now.</param>
    /// <param name="caller">Whose prices.</param>
    /// <param name="cancellation">Stops the statement.</param>
    public async ValueTask<IReadOnlyList<EffectivePrice?>> Of(
        Batch<Variant> variants, Quantity quantity, DateTime? asOf, Caller caller, CancellationToken cancellation)
    {
        var prices = new EffectivePrice?[variants.Count];
        if (!caller.PricesVisible)
        {
            return prices;
        }

        var at = asOf ?? clock.UtcNow;
        var book = await books.Of(db, caller, cancellation);
        var resolution = new PriceResolution(book, at);
        var rows = await Read(book, variants, at, cancellation);
        for (var i = 0; i < prices.Length; i++)
        {
            if (IsRefused(variants, i, quantity))
            {
                continue;
            }

            try
            {
                prices[i] = resolution.Resolve(RowsOf(variants[i].Id, CollectionsMarshal.AsSpan(rows)), quantity);
            }
            catch (MoneyOverflowException exception)
            {
                variants.Fail(i, exception.Message, PricingErrors.AmountOverflow);
            }
        }

        return prices;
    }

    private static bool IsRefused(Batch<Variant> variants, int index, Quantity quantity)
    {
        var variant = variants[index];
        if (quantity.Thousandths == 0)
        {
            variants.Fail(index, PricingErrors.QuantityIsZero(), PricingErrors.InvalidQuantity);
            return true;
        }

        if (!quantity.IsMultipleOf(variant.QuantityIncrement))
        {
            variants.Fail(index, PricingErrors.NotAMultiple(quantity, variant.Sku, variant.QuantityIncrement), PricingErrors.InvalidQuantity);
            return true;
        }

        return false;
    }

    /// <summary>All rows, those of one variant side by side.</summary>
    private async ValueTask<List<PriceRow>> Read(PriceBook book, Batch<Variant> variants, DateTime at, CancellationToken cancellation)
    {
        var rows = new List<PriceRow>();
        if (book.PriceListIds.Length > 0)
        {
            await foreach (var row in Rows(db, book.PriceListIds, variants.Map(v => v.Id), at).WithCancellation(cancellation))
            {
                rows.Add(row);
            }
        }

        rows.Sort((one, other) => one.VariantId.CompareTo(other.VariantId));
        return rows;
    }

    private static ReadOnlySpan<PriceRow> RowsOf(long variantId, ReadOnlySpan<PriceRow> rows)
    {
        var start = FirstAtLeast(variantId, rows);
        return rows[start..FirstAtLeast(variantId + 1, rows)];
    }

    private static int FirstAtLeast(long variantId, ReadOnlySpan<PriceRow> rows)
    {
        var (low, high) = (0, rows.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = rows[middle].VariantId < variantId ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
