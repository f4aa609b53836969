using System.Text.Json;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.Platform.Events;

namespace Wholesale.Pricing;

/// <summary>What a caller's prices hang on at a moment of the log: by it streams tell which events concern them. Immutable.</summary>
/// <param name="Moment">When.</param>
/// <param name="Caller">As it was then.</param>
/// <param name="ViewIds">The catalog views that it saw through.</param>
/// <param name="PriceListIds">The lists that it was given, and those they are made of, at whatever time.</param>
internal sealed record PriceInterest(LogMoment Moment, Caller Caller, IReadOnlySet<long> ViewIds, IReadOnlySet<long> PriceListIds)
{
    private static readonly Predicate<PriceInterest> Everyone = _ => true;

    /// <summary>
    /// The types of events by which prices can become others, each with whom one of them may concern: all that <see cref="PriceChangeFeed"/> reads of the
    /// log, by what it seeks them, and what tells it of time.
    /// </summary>
    private static readonly Dictionary<string, Func<Event, Predicate<PriceInterest>>> Concerned = new()
    {
        [PricingEvents.PricesChanged] = WhoHasList,
        [PricingEvents.PricesTurned] = WhoHasList,
        [PricingEvents.QuantityRulesChanged] = WhoHasList,
        [PricingEvents.PriceListChanged] = WhoHasList,
        [PricingEvents.PriceListAdjusted] = WhoHasList,
        [PricingEvents.PriceListAssigned] = _ => Everyone, // it does not tell to whom
        [PricingEvents.PriceListUnassigned] = ended => WhoHas(ended.Tell<AssignmentEnded>().PriceListId),
        [CompanyEvents.CompanyChanged] = changed => interest => interest.Caller.Company?.Id == changed.SubjectId,
        [CompanyEvents.CustomerSegmentMembersChanged] = WhoJoinedOrLeft,
        [CompanyEvents.MarketChanged] = changed => interest => interest.Caller.MarketId == changed.SubjectId,
        [CatalogEvents.CategoryChanged] = _ => Everyone,
        [CatalogEvents.CatalogViewChanged] = WhoWasGiven,
        [CatalogEvents.CatalogViewContentChanged] = changed => interest => interest.ViewIds.Contains(changed.SubjectId),
        [CatalogEvents.ProductListingChanged] = _ => Everyone,
    };

    /// <summary>The types of events that streams wait for.</summary>
    public static IReadOnlyCollection<string> Types => Concerned.Keys;

    /// <summary>Whom an event may concern; null: nobody. What tells nothing of before has changed no price.</summary>
    public static Predicate<PriceInterest>? ConcernedBy(Event happened)
    {
        if (happened.Data is null || !Concerned.TryGetValue(happened.Type, out var concerned))
        {
            return null;
        }

        // Who sees no prices has none that could change, until its company is another.
        var isConcerned = Judge(concerned, happened);
        return happened.Type == CompanyEvents.CompanyChanged ? isConcerned : interest => interest.Caller.PricesVisible && isConcerned(interest);
    }

    private static Predicate<PriceInterest> Judge(Func<Event, Predicate<PriceInterest>> concerned, Event happened)
    {
        try
        {
            return concerned(happened);
        }
        catch (JsonException)
        {
            return Everyone; // a newer program tells it otherwise
        }
    }

    private static Predicate<PriceInterest> WhoHasList(Event happened) => WhoHas(happened.SubjectId);

    private static Predicate<PriceInterest> WhoHas(long priceListId) => interest => interest.PriceListIds.Contains(priceListId);

    private static Predicate<PriceInterest> WhoJoinedOrLeft(Event happened)
    {
        var change = happened.Tell<SegmentMembersChange>();
        var companies = change.Joined.Concat(change.Left).ToHashSet();
        return interest => interest.Caller.Company is { } company && companies.Contains(company.Id);
    }

    private static Predicate<PriceInterest> WhoWasGiven(Event happened)
    {
        var assignee = happened.Tell<CatalogViewGiven>().AssigneeId;
        return interest => interest.Caller.Assignees.Any(a => a.AssigneeId == assignee);
    }
}
