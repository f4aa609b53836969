using Microsoft.EntityFrameworkCore;
using Wholesale.Platform.Database;

namespace Wholesale.Platform.Events;

/// <summary>
/// One committed change. Numbers have no gaps and follow the order of commits: whoever has read up to a number misses nothing. Holds ids and business
/// values, never names, addresses or e-mail, so that a person can be erased while the log stays. Never changed; kept for ever, or as long
/// as <see cref="EventRetention"/> says.
/// </summary>
public sealed class Event
{
    /// <summary>From 1, without gaps, in commit order.</summary>
    public required long Number { get; init; }

    /// <summary>What happened: a room's constant, as in <c>API_KEY_REVOKED</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The id of what it happened to.</summary>
    public required long SubjectId { get; init; }

    /// <summary>The subject's version after it; 0 for what has none.</summary>
    public required long Version { get; init; }

    /// <summary>What kind of actor did it.</summary>
    public required ActorKind ActorKind { get; init; }

    /// <summary>The staff's API key, or the company's user; 0 for the system and without a credential.</summary>
    public required long ActorId { get; init; }

    /// <summary>The company's user for whom the actor did it; null: for itself.</summary>
    public long? OnBehalfOf { get; init; }

    /// <summary>When its transaction was about to commit.</summary>
    public required DateTime At { get; init; }

    /// <summary>The W3C trace id of the request; null outside one.</summary>
    public string? TraceId { get; init; }

    /// <summary>What else there is to tell: a JSON object by the event type's own rules; null if nothing.</summary>
    public string? Data { get; init; }

    /// <summary>Whether two readings are of one event; false where its number was given again after a backup was restored.</summary>
    /// <remarks>Databases keep instants less exactly than memory does.</remarks>
    internal bool IsSameAs(Event other) =>
        (Number, Type, SubjectId, Version, ActorId, TraceId) == (other.Number, other.Type, other.SubjectId, other.Version, other.ActorId, other.TraceId)
        && (At - other.At).Duration() < TimeSpan.FromMilliseconds(1);

    internal static void Map(ModelBuilder model) => model.Entity<Event>(row =>
    {
        row.HasKey(e => e.Number);
        row.Property(e => e.Number).ValueGeneratedNever();
        row.Property(e => e.Type).HasMaxLength(64).IsUnicode(false);
        row.Property(e => e.Data).IsUnicode(false);
        row.Property(e => e.TraceId).HasMaxLength(32).IsUnicode(false);
        row.HasIndex(e => new { e.SubjectId, e.Number }).Serves("what_happened_to_a_subject");
        row.HasIndex(e => new { e.Type, e.Number }).Serves("what_happened_of_a_type", e => new { e.SubjectId, e.At });
    });
}

/// <summary>The kinds of actor. The numbers are stored.</summary>
public enum ActorKind
{
    /// <summary>The installation itself: jobs and the command line.</summary>
    System = 0,

    /// <summary>A user of a buying company.</summary>
    CompanyUser = 1,

    /// <summary>The seller's staff, by an API key.</summary>
    Staff = 2,

    /// <summary>Someone without a credential.</summary>
    Anonymous = 3,
}

/// <summary>Who a change is done by.</summary>
/// <param name="Kind">What kind of actor.</param>
/// <param name="Id">The API key of staff, or the company's user; 0 for the system and without a credential.</param>
/// <param name="OnBehalfOf">The company's user for whom it is done; null: for the actor itself.</param>
public readonly record struct Actor(ActorKind Kind, long Id, long? OnBehalfOf = null)
{
    /// <summary>Jobs and the command line.</summary>
    public static Actor System => default;

    /// <summary>Whoever sent a request.</summary>
    public static Actor Of(Principal principal) => principal switch
    {
        { Kind: PrincipalKind.Staff } => new Actor(ActorKind.Staff, principal.KeyId),
        { ActingKeyId: { } key } => new Actor(ActorKind.Staff, key, principal.CompanyUserId),
        { Kind: PrincipalKind.CompanyUser, CompanyUserId: { } user } => new Actor(ActorKind.CompanyUser, user),
        _ => new Actor(ActorKind.Anonymous, 0),
    };
}
