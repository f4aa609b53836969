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
}
