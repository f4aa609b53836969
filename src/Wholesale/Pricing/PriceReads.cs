using Microsoft.EntityFrameworkCore;

namespace Wholesale.Pricing;

/// <summary>A price row as it is read: of one variant, in one version of its list.</summary>
/// <param name="VariantId">Whose price.</param>
/// <param name="PriceListId">The list it stands in.</param>
/// <param name="MinimumQuantity">From this quantity on.</param>
/// <param name="UnitPrice">In 1/10,000 of the list's currency.</param>
/// <param name="ValidFrom">From when; null: since ever.</param>
/// <param name="ValidTo">Until when, exclusive; null: for ever.</param>
public readonly record struct PriceRow(
    long VariantId, long PriceListId, Platform.Quantity MinimumQuantity, long UnitPrice, DateTime? ValidFrom, DateTime? ValidTo);

/// <summary>A price row with the versions of its list that it was in.</summary>
/// <param name="Row">The row.</param>
/// <param name="FromVersion">The first version that it was in.</param>
/// <param name="ToVersion">The first version that it was no longer in; null: it is in the one that readers see.</param>
internal readonly record struct VersionedPriceRow(PriceRow Row, long FromVersion, long? ToVersion);

/// <summary>What tells the content of a list's version from all others, by whatever program it was written.</summary>
/// <param name="Revision">As of <see cref="PriceList.Version"/>: a program that draws no ids counts it up when it changes what the list says of quantities.</param>
/// <param name="Id">As of <see cref="PriceList.ContentId"/>.</param>
public readonly record struct PriceListContent(long Revision, long Id);

/// <summary>What is to be known of a list before it is read.</summary>
/// <param name="Id">The list.</param>
/// <param name="PriceVersion">The version of its prices that readers are to see.</param>
/// <param name="Content">What tells its content from others of the version.</param>
/// <param name="HasQuantityTerms">Whether it may say something of quantities.</param>
/// <param name="Rows">How many rows it has, former ones included, as far as they were counted.</param>
internal sealed record PriceListState(long Id, long PriceVersion, PriceListContent Content, bool HasQuantityTerms, int Rows);

/// <summary>
/// The statements that read prices. Each sees the versions that readers are to see as the same statement finds them, so that no answer mixes two, and
/// leaves out rows that ended before an instant.
/// </summary>
internal static class PriceReads
{
    /// <summary>The rows of some variants in some lists.</summary>
    public static readonly Func<WholesaleDb, IEnumerable<long>, IEnumerable<long>, DateTime, IAsyncEnumerable<PriceRow>> OfVariants = EF.CompileAsyncQuery(
        (WholesaleDb db, IEnumerable<long> listIds, IEnumerable<long> variantIds, DateTime since) =>
            from list in db.PriceLists
            join entry in db.PriceListEntries on list.Id equals entry.PriceListId
            where listIds.Contains(entry.PriceListId)
                && variantIds.Contains(entry.VariantId)
                && entry.FromVersion <= list.PriceVersion
                && (entry.ToVersion == null || entry.ToVersion > list.PriceVersion)
                && entry.UnitPrice != null
                && (entry.ValidTo == null || entry.ValidTo > since)
            select new PriceRow(entry.VariantId, entry.PriceListId, entry.MinimumQuantity, entry.UnitPrice!.Value, entry.ValidFrom, entry.ValidTo));

    /// <summary>All rows of some lists, those of one list together and by variant.</summary>
    public static readonly Func<WholesaleDb, IEnumerable<long>, DateTime, IAsyncEnumerable<PriceRow>> OfLists = EF.CompileAsyncQuery(
        (WholesaleDb db, IEnumerable<long> listIds, DateTime since) =>
            from list in db.PriceLists
            join entry in db.PriceListEntries on list.Id equals entry.PriceListId
            where listIds.Contains(entry.PriceListId)
                && entry.FromVersion <= list.PriceVersion
                && (entry.ToVersion == null || entry.ToVersion > list.PriceVersion)
                && entry.UnitPrice != null
                && (entry.ValidTo == null || entry.ValidTo > since)
            orderby entry.PriceListId, entry.VariantId
            select new PriceRow(entry.VariantId, entry.PriceListId, entry.MinimumQuantity, entry.UnitPrice!.Value, entry.ValidFrom, entry.ValidTo));

    /// <summary>The rows of some variants in some lists in whatever version that readers saw, former ones included.</summary>
    public static readonly Func<WholesaleDb, IEnumerable<long>, IEnumerable<long>, DateTime, IAsyncEnumerable<VersionedPriceRow>> OfAllVersions = EF.CompileAsyncQuery(
        (WholesaleDb db, IEnumerable<long> listIds, IEnumerable<long> variantIds, DateTime since) =>
            from list in db.PriceLists
            join entry in db.PriceListEntries on list.Id equals entry.PriceListId
            where listIds.Contains(entry.PriceListId)
                && variantIds.Contains(entry.VariantId)
                && entry.FromVersion <= list.PriceVersion
                && entry.UnitPrice != null
                && (entry.ValidTo == null || entry.ValidTo > since)
            select new VersionedPriceRow(
                new PriceRow(entry.VariantId, entry.PriceListId, entry.MinimumQuantity, entry.UnitPrice!.Value, entry.ValidFrom, entry.ValidTo),
                entry.FromVersion,
                entry.ToVersion <= list.PriceVersion ? entry.ToVersion : null));

    /// <summary>The rows of some variants that a list had in an earlier or a later version, or in both.</summary>
    public static readonly Func<WholesaleDb, long, IEnumerable<long>, long, long, DateTime, IAsyncEnumerable<VersionedPriceRow>> OfTwoVersions = EF.CompileAsyncQuery(
        (WholesaleDb db, long listId, IEnumerable<long> variantIds, long earlier, long later, DateTime since) =>
            db.PriceListEntries
                .Where(e => e.PriceListId == listId
                    && variantIds.Contains(e.VariantId)
                    && e.FromVersion <= later
                    && (e.ToVersion == null || e.ToVersion > earlier)
                    && e.UnitPrice != null
                    && (e.ValidTo == null || e.ValidTo > since))
                .Select(e => new VersionedPriceRow(
                    new PriceRow(e.VariantId, e.PriceListId, e.MinimumQuantity, e.UnitPrice!.Value, e.ValidFrom, e.ValidTo), e.FromVersion, e.ToVersion)));

    /// <summary>How many rows of a list begin or end between two versions, counted up to a number.</summary>
    public static async ValueTask<int> CountTouched(WholesaleDb db, long listId, long behind, long upTo, int most, CancellationToken cancellation)
    {
        var begun = await db.PriceListEntries
            .Where(e => e.PriceListId == listId && e.FromVersion > behind && e.FromVersion <= upTo)
            .OrderBy(e => e.FromVersion).Take(most).CountAsync(cancellation);
        return begun == most ? most : begun + await db.PriceListEntries
            .Where(e => e.PriceListId == listId && e.ToVersion > behind && e.ToVersion <= upTo)
            .OrderBy(e => e.ToVersion).Take(most - begun).CountAsync(cancellation);
    }

    /// <summary>
    /// The variants of a list, behind one, of which a row begins or ends between two versions: only these are other ones in the later than in the earlier.
    /// </summary>
    /// <remarks>0 is added, or the database would read all variants of the list behind that one, and not the few rows that were touched.</remarks>
    public static readonly Func<WholesaleDb, long, long, long, long, int, IAsyncEnumerable<long>> Touched = EF.CompileAsyncQuery(
        (WholesaleDb db, long listId, long behind, long upTo, long variantId, int take) =>
            db.PriceListEntries.Where(e => e.PriceListId == listId && e.FromVersion > behind && e.FromVersion <= upTo).Select(e => e.VariantId)
                .Union(db.PriceListEntries.Where(e => e.PriceListId == listId && e.ToVersion > behind && e.ToVersion <= upTo).Select(e => e.VariantId))
                .Where(id => id + 0 > variantId).OrderBy(id => id).Take(take));

    /// <summary>The variants behind one of which a row of some lists begins or ends to hold in some time, in whatever version.</summary>
    /// <remarks>0 is added as above.</remarks>
    public static readonly Func<WholesaleDb, IEnumerable<long>, DateTime, DateTime, long, int, IAsyncEnumerable<long>> Turned = EF.CompileAsyncQuery(
        (WholesaleDb db, IEnumerable<long> listIds, DateTime after, DateTime upTo, long variantId, int take) =>
            db.PriceListEntries.Where(e => listIds.Contains(e.PriceListId) && e.ValidFrom > after && e.ValidFrom <= upTo).Select(e => e.VariantId)
                .Union(db.PriceListEntries.Where(e => listIds.Contains(e.PriceListId) && e.ValidTo > after && e.ValidTo <= upTo).Select(e => e.VariantId))
                .Where(id => id + 0 > variantId).OrderBy(id => id).Take(take));

    /// <summary>The variants behind one that a list has prices of, in whatever version.</summary>
    public static readonly Func<WholesaleDb, long, long, int, IAsyncEnumerable<long>> Priced = EF.CompileAsyncQuery(
        (WholesaleDb db, long listId, long variantId, int take) =>
            db.PriceListEntries.Where(e => e.PriceListId == listId && e.VariantId > variantId).Select(e => e.VariantId).Distinct().OrderBy(id => id).Take(take));

    /// <summary>What is to be known of some lists; each list's rows are counted up to a number.</summary>
    public static readonly Func<WholesaleDb, IEnumerable<long>, int, IAsyncEnumerable<PriceListState>> States = EF.CompileAsyncQuery(
        (WholesaleDb db, IEnumerable<long> listIds, int counted) =>
            db.PriceLists.Where(l => listIds.Contains(l.Id)).Select(l => new PriceListState(
                l.Id, l.PriceVersion, new PriceListContent(l.Version, l.ContentId), l.HasQuantityTerms, db.PriceListEntries.Where(e => e.PriceListId == l.Id).Take(counted).Count())));

    /// <summary>What some lists say of quantities.</summary>
    public static Task<List<PriceListQuantityTerms>> TermsOf(WholesaleDb db, IReadOnlyCollection<long> listIds, CancellationToken cancellation) =>
        db.PriceListQuantityTerms.Where(t => listIds.Contains(t.PriceListId)).ToListAsync(cancellation);

    /// <summary>By variant, as compiled lists have them.</summary>
    public static IReadOnlyDictionary<long, QuantityTerms> ByVariant(IEnumerable<PriceListQuantityTerms> terms) =>
        terms.ToDictionary(t => t.VariantId, t => t.Terms);
}
