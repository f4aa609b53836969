using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Wholesale.Platform.Events;

/// <summary>A moment of the log: what is committed up to a number, judged at an instant.</summary>
/// <param name="Number">The number of the last event that counts.</param>
/// <param name="At">What holds for a time is judged by this.</param>
public readonly record struct LogMoment(long Number, DateTime At);

/// <summary>
/// Reads the log backwards. What something was at a moment is what it is now, less what events behind that moment tell of the time before them: the last
/// event first. Only rooms know what their events' data mean.
/// </summary>
internal static class FormerStates
{
    /// <summary>Events behind a number that have data and tell of some subjects, newest first.</summary>
    /// <remarks>Without the type: it would lead the database to another index, by which events of all other subjects are read.</remarks>
    public static async ValueTask<List<Event>> Of(
        WholesaleDb db, IReadOnlyCollection<long> subjectIds, long behind, CancellationToken cancellation) => subjectIds.Count == 0
        ? []
        : await db.Events
            .Where(e => subjectIds.Contains(e.SubjectId) && e.Number > behind && e.Data != null)
            .OrderByDescending(e => e.Number)
            .ToListAsync(cancellation);

    /// <summary>Events of a type behind a number that have data, newest first.</summary>
    public static Task<List<Event>> OfType(WholesaleDb db, string type, long behind, CancellationToken cancellation) =>
        db.Events.Where(e => e.Type == type && e.Number > behind && e.Data != null).OrderByDescending(e => e.Number).ToListAsync(cancellation);

    /// <summary>The data of an event.</summary>
    public static T Tell<T>(this Event happened) => JsonSerializer.Deserialize<T>(happened.Data!, Json.Options)!;
}
