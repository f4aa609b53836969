using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Pricing;

/// <summary>
/// Answers prices of many variants at once: from the lists in memory without a statement, else from the database by one, breaks and coming changes included.
/// All prices of a request are of one version of each list. One a request; not thread-safe.
/// </summary>
public sealed class Prices(WholesaleDb db, PriceBooks books, CompiledPriceLists compiled, Clock clock)
{
    private readonly Dictionary<PriceBook, IReadOnlyList<CompiledPriceList>> seen = new(ReferenceEqualityComparer.Instance);

    /// <summary>A price for each variant, in their order; null where the caller's lists have none. Bad quantities are reported at their variants.</summary>
    /// <param name="variants">All of one field.</param>
    /// <param name="quantity">How much of each is bought; null: the least that may be.</param>
    /// <param name="asOf">At which instant; null: now.</param>
    /// <param name="currency">In which currency; null: the caller's own.</param>
    /// <param name="caller">Whose prices.</param>
    /// <param name="cancellation">Stops the statement.</param>
    public async ValueTask<IReadOnlyList<EffectivePrice?>> Of(
        Batch<Variant> variants, Quantity? quantity, DateTime? asOf, Currency? currency, Caller caller, CancellationToken cancellation)
    {
        var prices = new EffectivePrice?[variants.Count];
        if (!caller.PricesVisible)
        {
            return prices;
        }

        var book = await books.Of(db, caller, cancellation);
        var resolution = await Resolve(book, asOf ?? clock.UtcNow, currency, () => variants.Map(v => v.Id), cancellation);
        var quantities = new Quantity[prices.Length];
        for (var i = 0; i < quantities.Length; i++)
        {
            if (quantity is { } asked && resolution.WhyNot(variants[i], asked) is { } refusal)
            {
                variants.Fail(i, refusal, PricingErrors.InvalidQuantity);
                continue;
            }

            quantities[i] = quantity ?? resolution.RuleOf(variants[i]).Minimum;
        }

        resolution.ResolveAll(variants.Span, quantities, prices, (i, exception) => variants.Fail(i, exception.Message, PricingErrors.AmountOverflow));
        return prices;
    }

    /// <summary>The rule of each variant's quantities; what lists say of them is told only to callers that see prices.</summary>
    public async ValueTask<IReadOnlyList<QuantityRule>> RulesOf(Batch<Variant> variants, Caller caller, CancellationToken cancellation)
    {
        if (!caller.PricesVisible)
        {
            return variants.Map(variant => QuantityRule.Of(variant, null));
        }

        var book = await books.Of(db, caller, cancellation);
        var resolution = await Resolve(book, clock.UtcNow, null, () => variants.Map(v => v.Id), cancellation);
        return variants.Map(resolution.RuleOf);
    }

    /// <summary>The currencies a caller can ask prices in, its own first.</summary>
    public async ValueTask<IReadOnlyList<Currency>> CurrenciesOf(Caller caller, CancellationToken cancellation) =>
        caller.PricesVisible ? (await books.Of(db, caller, cancellation)).CurrenciesAt(clock.UtcNow) : [];

    /// <summary>The prices of a caller at an instant, ready to be asked for some variants.</summary>
    internal async ValueTask<PriceResolution> Resolve(
        Caller caller, DateTime at, Currency? currency, IReadOnlyCollection<long> variantIds, CancellationToken cancellation) =>
        await Resolve(await books.Of(db, caller, cancellation), at, currency, () => variantIds, cancellation);

    /// <summary>The same by what the database has, and not by what is remembered of it.</summary>
    internal async ValueTask<PriceResolution> FromDatabase(Caller caller, DateTime at, Currency? currency, long[] variantIds, CancellationToken cancellation)
    {
        var book = await PriceBooks.FromDatabase(db, caller, cancellation);
        return new PriceResolution(book, await FromDatabase(book, variantIds, at, cancellation), at, currency);
    }

    /// <summary>The prices of a book at an instant, ready to be asked for some variants.</summary>
    internal async ValueTask<PriceResolution> Resolve(
        PriceBook book, DateTime at, Currency? currency, Func<IEnumerable<long>> variantIds, CancellationToken cancellation)
    {
        var lists = await InMemory(book, at, cancellation) ?? await FromDatabase(book, [.. variantIds()], at, cancellation);
        return new PriceResolution(book, lists, at, currency);
    }

    /// <summary>The lists of a book from memory; null where they are not there, or do not reach back to the instant.</summary>
    /// <remarks>Inside a transaction that may change prices nothing is taken from memory: the database knows what is about to be committed.</remarks>
    internal async ValueTask<IReadOnlyList<CompiledPriceList>?> InMemory(PriceBook book, DateTime at, CancellationToken cancellation)
    {
        if (!db.MayReadCaches)
        {
            return null;
        }

        if (seen.TryGetValue(book, out var before) && before.All(list => list.CompleteFrom <= at))
        {
            return before;
        }

        var lists = book.PriceListIds.Count == 0 ? []
            : db.Database.CurrentTransaction is null ? await compiled.Of(book, at, cancellation)
            : compiled.Here(book, at); // other writers wait for this one
        if (lists is not null)
        {
            seen.TryAdd(book, lists);
        }

        return lists;
    }

    /// <summary>The prices of these variants alone, from an instant on; one statement, and one more where a list may say something of quantities.</summary>
    internal async ValueTask<IReadOnlyList<CompiledPriceList>> FromDatabase(PriceBook book, long[] variantIds, DateTime at, CancellationToken cancellation)
    {
        var rows = new List<PriceRow>();
        if (book.PriceListIds.Count > 0)
        {
            await foreach (var row in PriceReads.OfVariants(db, book.PriceListIds, variantIds, at).WithCancellation(cancellation))
            {
                rows.Add(row);
            }
        }

        var withTerms = book.Lists.Where(list => list.HasQuantityTerms).Select(list => list.PriceListId).Distinct().ToArray();
        var terms = (withTerms.Length == 0
            ? []
            : await db.PriceListQuantityTerms
                .Where(t => withTerms.Contains(t.PriceListId) && variantIds.Contains(t.VariantId))
                .ToListAsync(cancellation)).ToLookup(t => t.PriceListId);
        rows.Sort((one, other) => one.VariantId.CompareTo(other.VariantId));
        var rowsOf = rows.ToLookup(row => row.PriceListId);
        return [.. book.PriceListIds.Select(id =>
        {
            var builder = new PriceColumns.Builder();
            foreach (var row in rowsOf[id])
            {
                builder.Add(row);
            }

            return CompiledPriceList.Of(id, version: 0, at, builder.Build(), PriceReads.ByVariant(terms[id]));
        })];
    }
}
