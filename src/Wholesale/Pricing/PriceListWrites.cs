using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Pricing;

/// <summary>Creates, changes, gives and takes price lists. Runs inside the caller's unit of work.</summary>
public sealed class PriceListWrites(WholesaleDb db, Writes writes, Ids ids, Clock clock, PriceWrites prices, UnfinishedPrices unfinished)
{
    /// <summary>Creates an empty list.</summary>
    public async ValueTask<CreatePriceListPayload> Create(CreatePriceListInput input, CancellationToken cancellation)
    {
        var errors = new RowErrors();
        errors.Key(input.ExternalId, "externalId");
        errors.Name(input.Name, "name");
        if (await db.PriceLists.AnyAsync(l => l.ExternalId == input.ExternalId, cancellation))
        {
            errors.Add(PricingErrors.ListExists(input.ExternalId));
        }

        if (errors.Any)
        {
            return new(null, errors.ToList());
        }

        var list = new PriceList
        {
            Id = ids.Next(),
            ExternalId = input.ExternalId,
            Name = input.Name,
            Currency = input.Currency,
            IsActive = true,
            Version = 1,
        };
        db.Add(list);
        await Save(list, null, cancellation);
        return new(list, []);
    }

    /// <summary>Renames or ends a list.</summary>
    public async ValueTask<UpdatePriceListPayload> Update(UpdatePriceListInput input, CancellationToken cancellation)
    {
        if (await PriceList.Find(db, input.PriceListId, cancellation) is not { } list)
        {
            return new(null, [PricingErrors.NoSuchId("price list", "priceListId")]);
        }

        var errors = new RowErrors();
        if (input.ExpectedVersion is { } expected && expected != list.Version)
        {
            errors.Add(PricingErrors.Changed(list.Version));
        }

        if (input.Name is { } name)
        {
            errors.Name(name, "name");
        }

        if (!errors.Any && list.Change(input.Name, input.IsActive, out var former))
        {
            await Save(list, former, cancellation);
        }

        return new(list, errors.ToList());
    }

    /// <summary>Gives a list to someone.</summary>
    public async ValueTask<AssignPriceListPayload> Assign(AssignPriceListInput input, CancellationToken cancellation)
    {
        if (await PriceList.Find(db, input.PriceListId, cancellation) is not { } list)
        {
            return new(null, [PricingErrors.NoSuchId("price list", "priceListId")]);
        }

        var errors = new RowErrors();
        var (assignee, notFound) = await Assignees.Find(db, input.Assignee, cancellation, "assignee");
        if (notFound is not null)
        {
            errors.Add(notFound);
        }

        var now = clock.UtcNow;
        errors.Interval(input.ValidFrom ?? now, input.ValidTo, "validTo");
        if (assignee is null || errors.Any)
        {
            return new(null, errors.ToList());
        }

        var assignment = list.AssignTo(assignee, input.Priority, input.ValidFrom, input.ValidTo, ids.Next(), now);
        db.Add(assignment);
        await db.SaveChangesAsync(cancellation);
        await BulkRows.InsertMissing(db, [.. PriceListTurn.Of(list.Id, [assignment.ValidFrom, assignment.ValidTo], now)], cancellation);
        writes.Record(PricingEvents.PriceListAssigned, assignment.Id, version: 0, new AssignmentMade(list.Id));
        return new(assignment, []);
    }

    /// <summary>Ends an assignment now.</summary>
    public async ValueTask<UnassignPriceListPayload> Unassign(UnassignPriceListInput input, CancellationToken cancellation)
    {
        var id = input.AssignmentId.KeyOf(nameof(PriceListAssignment));
        var assignment = await db.PriceListAssignments.AsTracking().SingleOrDefaultAsync(a => a.Id == id, cancellation);
        if (assignment is null)
        {
            return new(null, [PricingErrors.NoSuchId("assignment", "assignmentId")]);
        }

        if (assignment.End(clock.UtcNow) is { } ended)
        {
            await db.SaveChangesAsync(cancellation);
            writes.Record(PricingEvents.PriceListUnassigned, assignment.Id, version: 0, ended);
        }

        return new(assignment, []);
    }

    /// <summary>Writes prices into one list.</summary>
    public async ValueTask<UpsertPricesPayload> UpsertPrices(UpsertPricesInput input, CancellationToken cancellation)
    {
        if (RowErrors.TooMany(input.Prices.Count, "prices", PriceWrites.MaximumRows) is { } tooMany)
        {
            return Refused(null, tooMany);
        }

        if (await PriceList.Find(db, input.PriceListId, cancellation) is not { } list)
        {
            return Refused(null, PricingErrors.NoSuchId("price list", "priceListId"));
        }

        if (list.IsHeldFromOthersThan(null, clock.UtcNow))
        {
            return Refused(list, PricingErrors.Busy(list.ExternalId, "priceListId"));
        }

        if (await prices.HasMuchToUndo(list, cancellation))
        {
            unfinished.Add(list.Id);
            return Refused(list, PricingErrors.Busy(list.ExternalId, "priceListId"));
        }

        var result = await prices.Write(list, input.Prices, input.Mode, cancellation);
        return new(list, result.Counts, result.Errors("prices"));

        UpsertPricesPayload Refused(PriceList? found, UserError error) =>
            new(found, BulkCounts.Refused(input.Prices.Count), [error]);
    }

    private async ValueTask Save(PriceList list, FormerPriceList? former, CancellationToken cancellation)
    {
        await db.SaveChangesAsync(cancellation);
        writes.Record(PricingEvents.PriceListChanged, list.Id, list.Version, former);
    }
}
