using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;

namespace Wholesale.Companies;

/// <summary>Finds whom an <see cref="AssigneeInput"/> means.</summary>
public static class Assignees
{
    /// <summary>The assignee, or why there is none; one statement.</summary>
    /// <param name="db">The database.</param>
    /// <param name="input">Who is meant.</param>
    /// <param name="cancellation">Stops the statement.</param>
    /// <param name="path">Where the input stands.</param>
    public static async ValueTask<(Assignee? Assignee, UserError? Error)> Find(
        WholesaleDb db, AssigneeInput input, CancellationToken cancellation, params string[] path)
    {
        if (input.Named() is not var (assignee, field))
        {
            return (null, CompanyErrors.NotOneAssignee(path));
        }

        var id = assignee.AssigneeId;
        var exists = assignee.Level switch
        {
            AssigneeLevel.Unit => await db.CompanyUnits.AnyAsync(u => u.Id == id, cancellation),
            AssigneeLevel.Company => await db.Companies.AnyAsync(c => c.Id == id, cancellation),
            AssigneeLevel.Segment => await db.CustomerSegments.AnyAsync(s => s.Id == id, cancellation),
            AssigneeLevel.Tier => await db.CustomerTiers.AnyAsync(t => t.Id == id, cancellation),
            AssigneeLevel.Market => await db.Markets.AnyAsync(m => m.Id == id, cancellation),
            _ => true,
        };
        return exists ? (assignee, null) : (null, CompanyErrors.NoSuchId(assignee.Level.ToString().ToLowerInvariant(), [.. path, field]));
    }

    /// <summary>
    /// The companies of which a unit has what is given to some assignees, by id; one statement that seeks each kind of assignee by an index.
    /// </summary>
    public static async ValueTask<IReadOnlyList<long>> CompaniesOf(WholesaleDb db, IReadOnlyCollection<Assignee> assignees, CancellationToken cancellation)
    {
        if (assignees.Any(a => a.Everyone))
        {
            return await db.Companies.OrderBy(c => c.Id).Select(c => c.Id).ToListAsync(cancellation);
        }

        var parts = new List<IQueryable<long>>();
        Add(AssigneeLevel.Unit, ids => [db.CompanyUnits.Where(u => ids.Contains(u.Id)).Select(u => u.CompanyId)]);
        Add(AssigneeLevel.Company, ids => [db.Companies.Where(c => ids.Contains(c.Id)).Select(c => c.Id)]);
        Add(AssigneeLevel.Segment, ids => [db.CustomerSegmentMembers.Where(m => ids.Contains(m.SegmentId) && m.ValidTo == null).Select(m => m.CompanyId)]);
        Add(AssigneeLevel.Tier, ids => [db.Companies.Where(c => ids.Contains(c.TierId!.Value)).Select(c => c.Id)]);
        Add(AssigneeLevel.Market, ids =>
        [
            db.Companies.Where(c => ids.Contains(c.MarketId!.Value)).Select(c => c.Id),
            db.CompanyUnits.Where(u => ids.Contains(u.MarketId!.Value)).Select(u => u.CompanyId),
        ]);
        return parts.Count == 0 ? [] : await parts.Aggregate((all, part) => all.Union(part)).OrderBy(id => id).ToListAsync(cancellation);

        void Add(AssigneeLevel level, Func<List<long>, IEnumerable<IQueryable<long>>> partsOf)
        {
            if (assignees.Where(a => a.Level == level).Select(a => a.AssigneeId).ToList() is { Count: > 0 } ids)
            {
                parts.AddRange(partsOf(ids));
            }
        }
    }
}
