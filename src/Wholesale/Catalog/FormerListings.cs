using Microsoft.EntityFrameworkCore;
using Wholesale.Platform.Events;

namespace Wholesale.Catalog;

/// <summary>
/// Which variants callers saw at moments of the log: what is listed and in the views now, less what has happened since. It knows which products are listed
/// otherwise, and what came into the views and left them; the rest it reads of the variants that it is asked for.
/// </summary>
internal sealed class FormerListings
{
    private readonly IReadOnlyList<long> viewIds;
    private readonly long behind;
    private readonly List<long> relisted;

    /// <summary>Of each product in a view, newest first: whether it was in before.</summary>
    private readonly ILookup<(long ViewId, long ProductId), (Event Event, bool Was)> members;

    /// <summary>Of each variant in a view, newest first: whether it was hidden before.</summary>
    private readonly ILookup<(long ViewId, long VariantId), (Event Event, bool Was)> hidden;

    private FormerListings(IReadOnlyList<long> viewIds, long behind, List<long> relisted, List<Event> ofViews)
    {
        (this.viewIds, this.behind, this.relisted) = (viewIds, behind, relisted);
        var contents = ofViews.Where(e => e.Type == CatalogEvents.CatalogViewContentChanged).Select(e => (Event: e, Told: e.Tell<CatalogViewContentChange>())).ToList();
        members = Flips(contents, told => told.Added, told => told.Removed);
        hidden = Flips(contents, told => told.Hidden, told => told.Shown);
    }

    /// <summary>Products that are listed otherwise since, so many of them at most, or have come into a view or left it.</summary>
    public IEnumerable<long> ProductIds => relisted.Union(members.Select(m => m.Key.ProductId));

    /// <summary>Variants that views hide since, or no longer hide.</summary>
    public IEnumerable<long> VariantIds => hidden.Select(h => h.Key.VariantId);

    /// <summary>The variants behind one that began or ended to be published in some time, by themselves or with their products.</summary>
    public static ValueTask<List<long>> TurnedBehind(
        WholesaleDb db, DateTime after, DateTime upTo, long variantId, int take, CancellationToken cancellation)
    {
        var published = db.Products.Where(p => p.PublishedFrom > after && p.PublishedFrom <= upTo).Select(p => p.Id)
            .Union(db.Products.Where(p => p.PublishedTo > after && p.PublishedTo <= upTo).Select(p => p.Id));
        return new(db.Variants.Where(v => v.PublishedFrom > after && v.PublishedFrom <= upTo).Select(v => v.Id)
            .Union(db.Variants.Where(v => v.PublishedTo > after && v.PublishedTo <= upTo).Select(v => v.Id))
            .Union(db.Variants.Where(v => published.Contains(v.ProductId)).Select(v => v.Id))
            .Where(id => id > variantId).OrderBy(id => id).Take(take).ToListAsync(cancellation));
    }

    /// <summary>Whether anything began or ended to be published in some time. One statement.</summary>
    public static Task<bool> HaveTurned(WholesaleDb db, DateTime after, DateTime upTo, CancellationToken cancellation) =>
        db.Products.Where(p => p.PublishedFrom > after && p.PublishedFrom <= upTo).OrderBy(p => p.PublishedFrom).Select(p => p.Id).Take(1)
            .Concat(db.Products.Where(p => p.PublishedTo > after && p.PublishedTo <= upTo).OrderBy(p => p.PublishedTo).Select(p => p.Id).Take(1))
            .Concat(db.Variants.Where(v => v.PublishedFrom > after && v.PublishedFrom <= upTo).OrderBy(v => v.PublishedFrom).Select(v => v.Id).Take(1))
            .Concat(db.Variants.Where(v => v.PublishedTo > after && v.PublishedTo <= upTo).OrderBy(v => v.PublishedTo).Select(v => v.Id).Take(1))
            .AnyAsync(cancellation);

    /// <summary>Reads what has happened to products, and to the views of some sights, behind a number. Two statements.</summary>
    /// <param name="db">The database.</param>
    /// <param name="sights">What callers saw.</param>
    /// <param name="behind">The number.</param>
    /// <param name="most">Of so many relisted products the ids are read.</param>
    /// <param name="cancellation">Stops between statements.</param>
    public static async ValueTask<FormerListings> Read(
        WholesaleDb db, IEnumerable<Sight> sights, long behind, int most, CancellationToken cancellation)
    {
        var ids = sights.SelectMany(sight => sight.Views).Distinct().ToList();
        var otherwise = await db.Events
            .Where(e => e.Type == CatalogEvents.ProductListingChanged && e.Number > behind)
            .OrderBy(e => e.Number).Select(e => e.SubjectId).Take(most).ToListAsync(cancellation);
        return new(ids, behind, otherwise, await FormerStates.Of(db, ids, behind, cancellation));
    }

    /// <summary>Reads some variants: two statements, one more where some are exclusive, and two where views restrict the callers.</summary>
    public async ValueTask<ListedVariants> Of(WholesaleDb db, IReadOnlyCollection<long> variantIds, long companyId, CancellationToken cancellation)
    {
        var listed = await (
            from variant in db.Variants
            join product in db.Products on variant.ProductId equals product.Id
            where variantIds.Contains(variant.Id)
            orderby variant.Id
            select new { Variant = variant, product.Status, product.PublishedFrom, product.PublishedTo, product.IsExclusive }).ToListAsync(cancellation);
        var productIds = listed.Select(v => v.Variant.ProductId).ToHashSet();
        var exclusive = listed.Where(v => v.IsExclusive).Select(v => v.Variant.ProductId).ToHashSet();
        var own = exclusive.Count == 0 ? [] : await db.ProductCompanies
            .Where(c => exclusive.Contains(c.ProductId) && c.CompanyId == companyId).Select(c => c.ProductId).ToHashSetAsync(cancellation);
        var shown = viewIds.Count == 0 ? [] : (await db.CatalogViewProducts
            .Where(m => viewIds.Contains(m.ViewId) && productIds.Contains(m.ProductId)).ToListAsync(cancellation)).Select(m => (m.ViewId, m.ProductId)).ToHashSet();
        var hiding = viewIds.Count == 0 ? [] : (await db.CatalogViewHiddenVariants
            .Where(h => viewIds.Contains(h.ViewId) && variantIds.Contains(h.VariantId)).ToListAsync(cancellation)).Select(h => (h.ViewId, h.VariantId)).ToHashSet();
        var listings = new Dictionary<long, ProductListing>();
        foreach (var (id, v) in listed.Select(v => (v.Variant.ProductId, v)))
        {
            listings.TryAdd(id, new(
                v.Status, v.PublishedFrom, v.PublishedTo, v.Variant.CategoryId, !v.IsExclusive ? null : own.Contains(id) ? [companyId] : []));
        }

        var former = (await FormerStates.Of(db, productIds, behind, cancellation))
            .Where(e => e.Type == CatalogEvents.ProductListingChanged)
            .ToLookup(e => e.SubjectId, e => (e, e.Tell<FormerProduct>()));
        return new(this, listed.ConvertAll(v => v.Variant), listings, former, shown, hiding);
    }

    /// <summary>What has happened to a variant in the views.</summary>
    internal IEnumerable<Event> EventsOf(Variant variant) =>
        viewIds.SelectMany(view => members[(view, variant.ProductId)].Concat(hidden[(view, variant.Id)])).Select(flip => flip.Event);

    internal bool WasMember(long viewId, long productId, long number, bool isNow) => Was(members[(viewId, productId)], number, isNow);

    internal bool WasHidden(long viewId, long variantId, long number, bool isNow) => Was(hidden[(viewId, variantId)], number, isNow);

    private static bool Was(IEnumerable<(Event Event, bool Was)> flips, long number, bool isNow)
    {
        foreach (var flip in flips.TakeWhile(f => f.Event.Number > number))
        {
            isNow = flip.Was;
        }

        return isNow;
    }

    private static ILookup<(long, long), (Event Event, bool Was)> Flips(
        List<(Event Event, CatalogViewContentChange Told)> events,
        Func<CatalogViewContentChange, IEnumerable<long>> came,
        Func<CatalogViewContentChange, IEnumerable<long>> went) => events
        .SelectMany(e => came(e.Told).Select(id => (e.Event, Id: id, Was: false)).Concat(went(e.Told).Select(id => (e.Event, Id: id, Was: true))))
        .ToLookup(flip => (flip.Event.SubjectId, flip.Id), flip => (flip.Event, flip.Was));
}

/// <summary>Some variants, to be asked whether they were seen at a moment.</summary>
internal sealed class ListedVariants(
    FormerListings former,
    IReadOnlyList<Variant> variants,
    IReadOnlyDictionary<long, ProductListing> products,
    ILookup<long, (Event Event, FormerProduct Told)> events,
    HashSet<(long ViewId, long ProductId)> shown,
    HashSet<(long ViewId, long VariantId)> hidden)
{
    /// <summary>The variants as they are, by id.</summary>
    public IReadOnlyList<Variant> Variants => variants;

    /// <summary>When a variant's being seen, its category or its quantities last became others, up to an event; null: not since the number that was asked for.</summary>
    public DateTime? LastChangedAt(Variant variant, long number) => events[variant.ProductId].Select(e => e.Event)
        .Concat(former.EventsOf(variant))
        .Where(e => e.Number <= number).Select(e => (DateTime?)e.At).Max();

    /// <summary>When the time in which a variant or its product is published last began or ended, in some time; null: in none of it.</summary>
    public DateTime? LastTurnIn(Variant variant, DateTime after, DateTime upTo)
    {
        var product = products[variant.ProductId];
        return new[] { product.PublishedFrom, product.PublishedTo, variant.PublishedFrom, variant.PublishedTo }.Where(at => at > after && at <= upTo).Max();
    }

    /// <summary>A variant as it was at a moment; null: it was not seen.</summary>
    /// <param name="variant">One of <see cref="Variants"/>.</param>
    /// <param name="moment">When.</param>
    /// <param name="sight">What was seen then.</param>
    public Variant? At(Variant variant, LogMoment moment, Sight sight)
    {
        var (product, listing) = (products[variant.ProductId], variant.Listing);
        foreach (var (_, told) in events[variant.ProductId].TakeWhile(e => e.Event.Number > moment.Number))
        {
            product = told.Was;
            listing = told.Variants.FirstOrDefault(v => v.Id == variant.Id) ?? listing;
        }

        var then = variant.With(listing, product.CategoryId);
        return Visibility.IsSeen(product, then.Listing, sight, view =>
            former.WasMember(view, variant.ProductId, moment.Number, shown.Contains((view, variant.ProductId)))
            && !former.WasHidden(view, variant.Id, moment.Number, hidden.Contains((view, variant.Id))))
            ? then
            : null;
    }
}
