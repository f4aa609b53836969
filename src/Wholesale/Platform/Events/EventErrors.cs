using Wholesale.GraphQL.Execution;

namespace Wholesale.Platform.Events;

/// <summary>What cannot be told of the log, in one place.</summary>
internal static class EventErrors
{
    /// <summary>What follows a number cannot be told: everything must be read anew.</summary>
    public const string SnapshotRequired = "SNAPSHOT_REQUIRED";

    private const string Remedy = "Ask the query `events` for `last` without `after`, read anew all that you keep a copy of, and go on from that number.";

    /// <summary>The next event was deleted, because it was old.</summary>
    public static GraphQLException NotKept(long number) => new($"Event {number} is not kept any more. {Remedy}", SnapshotRequired);

    /// <summary>The client has a number of another log, or of what a restored backup has lost.</summary>
    public static GraphQLException NeverGiven(long after, long newest) =>
        new($"No event has the number {after}; the newest is {newest}, as after a backup was restored. {Remedy}", SnapshotRequired);

    /// <summary>No event has such a number, ever.</summary>
    public static GraphQLException Negative(long after) => new($"`after` must be at least 0, not {after}.", ErrorCodes.InvalidValue);
}
