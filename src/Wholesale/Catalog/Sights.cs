using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Caching;
using Wholesale.Platform.Events;

namespace Wholesale.Catalog;

/// <summary>
/// Finds what callers see, and in which language: a statement for the views and one for the languages, or none where they were asked for within the last
/// two seconds. One a process.
/// </summary>
public sealed class Sights(Clock clock, CommittedEvents committed)
{
    private readonly RecentValues<string, IReadOnlyList<long>?> views = new("catalog_views", clock, committed, e => e.Type == CatalogEvents.CatalogViewChanged);
    private readonly RecentValues<int, IReadOnlySet<string>> locales = new("locales", clock, committed, e => e.Type == CatalogEvents.LocaleAdded, capacity: 1);

    /// <summary>What a caller sees now.</summary>
    /// <exception cref="GraphQLException">UNAUTHENTICATED: there is no credential, and the seller has given no view to everyone.</exception>
    public async ValueTask<Sight> Of(WholesaleDb db, Caller caller, CancellationToken cancellation)
    {
        var (everything, isRestricted) = KindOf(caller);
        var viewIds = isRestricted ? await Views(db, caller, cancellation) : null;
        return caller.Kind == PrincipalKind.Anonymous && viewIds is null
            ? throw new GraphQLException("The catalog is not public: send a credential.", "UNAUTHENTICATED")
            : new Sight(everything, clock.UtcNow, caller.Company?.Id ?? 0, viewIds, await Locale(db, caller, cancellation));
    }

    /// <summary>Whether the seller has given a view to everyone, so that there is something to see without a credential.</summary>
    public async ValueTask<bool> IsPublic(WholesaleDb db, CancellationToken cancellation) =>
        await Views(db, Caller.Without(Principal.Anonymous), cancellation) is not null;

    /// <summary>The known language that serves a caller best.</summary>
    public async ValueTask<string> Locale(WholesaleDb db, Caller caller, CancellationToken cancellation)
    {
        var known = await locales.Get(db, 0, async () => await db.CatalogLocales.Select(l => l.Locale).ToHashSetAsync(cancellation), cancellation);
        return Fallback.Choose(caller.Locales, known);
    }

    /// <summary>The views of the nearest level that has any; null where none has.</summary>
    private ValueTask<IReadOnlyList<long>?> Views(WholesaleDb db, Caller caller, CancellationToken cancellation)
    {
        var ids = caller.Assignees.Select(assignee => assignee.AssigneeId).ToList();
        return views.Get(db, string.Join(' ', ids), async () =>
        {
            var assigned = await db.CatalogViewAssignments
                .Where(a => ids.Contains(a.AssigneeId))
                .Select(a => new { a.AssigneeId, a.ViewId })
                .ToListAsync(cancellation);
            return NearestOf(caller, assigned.ToLookup(a => a.AssigneeId, a => a.ViewId));
        },
        cancellation);
    }

    /// <summary>Of the views that assignees have, those of a caller's nearest level that has any; null where none has.</summary>
    internal static IReadOnlyList<long>? NearestOf(Caller caller, ILookup<long, long> viewsOf) =>
        caller.Assignees.FirstOrDefault(assignee => viewsOf.Contains(assignee.AssigneeId)) is { } nearest
            ? [.. caller.Assignees.Where(nearest.IsAsNearAs).SelectMany(assignee => viewsOf[assignee.AssigneeId]).Distinct()]
            : null;

    /// <summary>Whether views restrict what a caller sees, and whether it sees everything.</summary>
    internal static (bool Everything, bool IsRestricted) KindOf(Caller caller)
    {
        var everything = caller.Permissions.Contains(Permission.CatalogWrite);
        return (everything, !everything && caller.Kind != PrincipalKind.Staff);
    }
}

/// <summary>What the caller of one request sees: found once, so that publication is judged by one instant throughout.</summary>
public sealed class RequestSight(Sights sights, RequestCaller caller, WholesaleDb db)
{
    private Sight? sight;

    /// <summary>The sight.</summary>
    public async ValueTask<Sight> Get(RequestContext context) => sight ??= await sights.Of(db, await caller.Get(context), context.Cancellation);
}
