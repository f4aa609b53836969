using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Pricing;

/// <summary>A price list as the seller's system knows it; null leaves a field as it is.</summary>
/// <param name="ExternalId">Which list.</param>
/// <param name="Name">Needed for a new list.</param>
/// <param name="Currency">Needed for a new list; never changes.</param>
/// <param name="IsActive">A new list is active unless said otherwise.</param>
/// <param name="Assignments">Who is to have it, each assignee and beginning once; others keep it.</param>
public sealed record PriceListDraft(
    string ExternalId, string? Name, Currency? Currency, bool? IsActive, IReadOnlyList<AssignmentDraft> Assignments);

/// <summary>An assignment as the seller's system knows it.</summary>
public sealed record AssignmentDraft(Assignee Assignee, int Priority, DateTime? ValidFrom, DateTime? ValidTo);

/// <summary>Creates and changes many price lists with their assignments by a handful of statements. Runs inside the caller's unit of work.</summary>
public sealed class PriceListUpsert(WholesaleDb db, Writes writes, Ids ids, Clock clock)
{
    /// <summary>Creates lists, or changes those that are there.</summary>
    /// <param name="rows">With different external ids; rows with errors are passed over.</param>
    /// <param name="cancellation">Stops between statements.</param>
    public async ValueTask Upsert(IReadOnlyList<BulkRow<PriceListDraft, PriceList>> rows, CancellationToken cancellation)
    {
        var externalIds = rows.Select(r => r.Input.ExternalId).ToHashSet();
        var lists = await db.PriceLists.Where(l => externalIds.Contains(l.ExternalId)).ToDictionaryAsync(l => l.ExternalId, cancellation);
        var listIds = lists.Values.Select(l => l.Id).ToHashSet();
        var now = clock.UtcNow;
        var assignments = (await db.PriceListAssignments
            .Where(a => listIds.Contains(a.PriceListId) && (a.ValidTo == null || a.ValidTo > now))
            .ToListAsync(cancellation)).ToLookup(a => a.PriceListId);

        var changes = new Changes();
        foreach (var row in rows.Where(r => r.IsGood))
        {
            Decide(row, lists.GetValueOrDefault(row.Input.ExternalId), changes);
            if (row is { IsGood: true, Thing: { } list })
            {
                Assign(list, row.Input.Assignments, [.. assignments[list.Id]], now, changes);
            }
        }

        await BulkRows.Insert(db, changes.AddedLists, cancellation);
        await BulkRows.Update(db, changes.ChangedLists, l => new { l.Name, l.IsActive, l.Version }, cancellation: cancellation);
        await BulkRows.Update(db, changes.EndedAssignments, a => new { a.ValidTo }, cancellation: cancellation);
        await BulkRows.Insert(db, changes.AddedAssignments, cancellation);
        var turns = changes.AddedAssignments.GroupBy(a => a.PriceListId).SelectMany(g => PriceListTurn.Of(g.Key, g.SelectMany(a => new[] { a.ValidFrom, a.ValidTo }), now));
        await BulkRows.InsertMissing(db, [.. turns], cancellation);
        Record(changes);
    }

    private void Decide(BulkRow<PriceListDraft, PriceList> row, PriceList? list, Changes changes)
    {
        var (input, errors) = (row.Input, row.Errors);
        errors.Key(input.ExternalId, "externalId");
        if (input.Name is { } name)
        {
            errors.Name(name, "name");
        }

        if (list is null)
        {
            if (input.Name is null || input.Currency is null)
            {
                errors.Add(PricingErrors.NewListNeeds(input.Name is null ? "name" : "currency"));
            }
            else if (!errors.Any)
            {
                row.Thing = new PriceList
                {
                    Id = ids.Next(),
                    ExternalId = input.ExternalId,
                    Name = input.Name,
                    Currency = input.Currency.Value,
                    IsActive = input.IsActive ?? true,
                    Version = 1,
                };
                changes.AddedLists.Add(row.Thing);
            }

            return;
        }

        if (input.Currency is { } currency && currency != list.Currency)
        {
            errors.Add(PricingErrors.CurrencyStays(list.Currency));
        }

        if (errors.Any)
        {
            return;
        }

        row.Thing = list;
        if (list.Change(input.Name, input.IsActive, out var former))
        {
            changes.ChangedLists.Add(list);
            changes.FormerLists.Add(list.Id, former);
        }
    }

    /// <summary>
    /// The same assignment again changes nothing. Another one with its assignee and beginning takes its place; one that is over ends it.
    /// </summary>
    private void Assign(PriceList list, IReadOnlyList<AssignmentDraft> drafts, List<PriceListAssignment> current, DateTime now, Changes changes)
    {
        foreach (var draft in drafts)
        {
            var former = current.Find(a => a.Assignee == draft.Assignee && a.ValidFrom == draft.ValidFrom);
            if (former is not null && former.Priority == draft.Priority && former.ValidTo == draft.ValidTo)
            {
                continue;
            }

            if (former?.End(now) is { } ended)
            {
                changes.EndedAssignments.Add(former);
                changes.Ended.Add(former.Id, ended);
            }

            if (draft.ValidTo is null || draft.ValidTo > now)
            {
                changes.AddedAssignments.Add(list.AssignTo(draft.Assignee, draft.Priority, draft.ValidFrom, draft.ValidTo, ids.Next(), now));
            }
        }
    }

    private void Record(Changes changes)
    {
        foreach (var list in changes.AddedLists.Concat(changes.ChangedLists))
        {
            writes.Record(PricingEvents.PriceListChanged, list.Id, list.Version, changes.FormerLists.GetValueOrDefault(list.Id));
        }

        foreach (var assignment in changes.EndedAssignments)
        {
            writes.Record(PricingEvents.PriceListUnassigned, assignment.Id, version: 0, changes.Ended[assignment.Id]);
        }

        foreach (var assignment in changes.AddedAssignments)
        {
            writes.Record(PricingEvents.PriceListAssigned, assignment.Id, version: 0, new AssignmentMade(assignment.PriceListId));
        }
    }

    private sealed class Changes
    {
        public List<PriceList> AddedLists { get; } = [];

        public List<PriceList> ChangedLists { get; } = [];

        public Dictionary<long, FormerPriceList?> FormerLists { get; } = [];

        public List<PriceListAssignment> EndedAssignments { get; } = [];

        public Dictionary<long, AssignmentEnded> Ended { get; } = [];

        public List<PriceListAssignment> AddedAssignments { get; } = [];
    }
}
