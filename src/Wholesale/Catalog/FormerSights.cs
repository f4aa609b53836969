using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Platform.Events;

namespace Wholesale.Catalog;

/// <summary>What callers saw at moments of the log: the views that they are given, less what has happened since. Two statements.</summary>
internal sealed class FormerSights
{
    private readonly HashSet<(long AssigneeId, long ViewId)> given;

    /// <summary>Newest first.</summary>
    private readonly List<(Event Event, CatalogViewGiven Told)> events;

    private FormerSights(HashSet<(long AssigneeId, long ViewId)> given, List<(Event Event, CatalogViewGiven Told)> events) =>
        (this.given, this.events) = (given, events);

    /// <summary>When a view was last given to one of the callers' assignees, or taken away, up to an event; null: not since the number that was asked for.</summary>
    public DateTime? LastChangedAt(long number) => events.Where(e => e.Event.Number <= number).Select(e => (DateTime?)e.Event.At).Max();

    /// <summary>Reads the views of some callers, and what has happened to them behind a number.</summary>
    public static async ValueTask<FormerSights> Read(WholesaleDb db, IEnumerable<Caller> callers, long behind, CancellationToken cancellation)
    {
        var ids = callers.SelectMany(caller => caller.Assignees).Select(assignee => assignee.AssigneeId).ToHashSet();
        var assigned = await db.CatalogViewAssignments
            .Where(a => ids.Contains(a.AssigneeId)).Select(a => new { a.AssigneeId, a.ViewId }).ToListAsync(cancellation);
        var happened = await FormerStates.OfType(db, CatalogEvents.CatalogViewChanged, behind, cancellation);
        return new(
            assigned.Select(a => (a.AssigneeId, a.ViewId)).ToHashSet(),
            [.. happened.Select(e => (e, e.Tell<CatalogViewGiven>())).Where(e => ids.Contains(e.Item2.AssigneeId))]);
    }

    /// <summary>What a caller saw at a moment.</summary>
    /// <param name="caller">As it was then.</param>
    /// <param name="moment">When.</param>
    public Sight At(Caller caller, LogMoment moment)
    {
        var then = given.ToHashSet();
        foreach (var (happened, told) in events.TakeWhile(e => e.Event.Number > moment.Number))
        {
            _ = told.IsGiven ? then.Remove((told.AssigneeId, happened.SubjectId)) : then.Add((told.AssigneeId, happened.SubjectId));
        }

        var (everything, isRestricted) = Sights.KindOf(caller);
        var viewIds = isRestricted ? Sights.NearestOf(caller, then.ToLookup(a => a.AssigneeId, a => a.ViewId)) : null;
        return new(everything, moment.At, caller.Company?.Id ?? 0, viewIds, Fallback.DefaultLocale);
    }
}
