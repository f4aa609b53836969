using System.Runtime.CompilerServices;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform.Identity;

namespace Wholesale.Platform.Events;

/// <summary>The fields of schema/events.graphql.</summary>
public static class EventFields
{
    // As in Nodes: what the rooms register belongs to the map they register it in.
    private static readonly ConditionalWeakTable<ResolverMap, Dictionary<string, string>> SubjectTypes = [];

    /// <summary>Names the resolvers.</summary>
    public static void Map(ResolverMap map)
    {
        var subjects = SubjectTypes.GetOrCreateValue(map);
        map.EventsOf(nameof(ApiKey), IdentityEvents.ApiKeyCreated, IdentityEvents.ApiKeyRotated, IdentityEvents.ApiKeyRevoked);
        map.EventsOf(nameof(AccessToken), IdentityEvents.AccessTokenCreated);
        map.Field("Query.events", (long? after, IReadOnlyList<string>? types, int first, WholesaleDb db, CancellationToken cancellation) =>
            EventPage.Read(db, after, types, first, cancellation));
        map.Field("Subscription.events", Events);
        map.Field("Event.subjectId", (Batch<Event> events) => events.Map(e => e.SubjectId == 0 ? null : (NodeId?)new NodeId(subjects[e.Type], e.SubjectId)));
        map.Field("Event.actorId", (Batch<Event> events) => events.Map(ActorId));
        map.Field("Event.onBehalfOf", (Batch<Event> events) => events.Map(e => e.OnBehalfOf is { } user ? User(user) : null));
    }

    /// <summary>Says of which type the subjects of events are.</summary>
    /// <param name="map">The room's map.</param>
    /// <param name="type">The object type's name, as in its ids.</param>
    /// <param name="eventTypes">The room's constants.</param>
    public static void EventsOf(this ResolverMap map, string type, params ReadOnlySpan<string> eventTypes)
    {
        foreach (var eventType in eventTypes)
        {
            SubjectTypes.GetOrCreateValue(map).Add(eventType, type);
        }
    }

    internal static IReadOnlyDictionary<string, string> SubjectTypesOf(ResolverMap map) => SubjectTypes.GetOrCreateValue(map);

    /// <summary>Where "from now on" begins is decided before the client hears that it is subscribed.</summary>
    internal static async ValueTask<IAsyncEnumerable<Event>> Events(
        long? after, IReadOnlyList<string>? types, EventLog log, CancellationToken cancellation) =>
        log.Follow(await log.Start(after, cancellation), types, cancellation);

    private static NodeId? ActorId(Event happened) => happened.ActorKind switch
    {
        ActorKind.Staff => new NodeId(nameof(ApiKey), happened.ActorId),
        ActorKind.CompanyUser => User(happened.ActorId),
        _ => null,
    };

    // Companies' type, which Platform does not see: the name is part of ids and never changes.
    private static NodeId? User(long id) => new NodeId("CompanyUser", id);
}
