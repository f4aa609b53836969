using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Events;

namespace Wholesale.Repricing;

/// <summary>Creates, edits, approves and opens again sets of price changes; no price is touched. Runs inside the caller's unit of work.</summary>
public sealed class PriceChangeSetWrites(WholesaleDb db, Writes writes, Ids ids, Clock clock)
{
    /// <summary>Creates an empty draft.</summary>
    public async ValueTask<CreatePriceChangeSetPayload> Create(CreatePriceChangeSetInput input, CancellationToken cancellation)
    {
        var errors = new RowErrors();
        errors.Key(input.ExternalId, "externalId");
        errors.Name(input.Name, "name");
        errors.Interval(input.EffectiveAt, input.Until, "until");
        if (await db.PriceChangeSets.AnyAsync(s => s.ExternalId == input.ExternalId, cancellation))
        {
            errors.Add(PriceChangeSetErrors.SetExists(input.ExternalId));
        }

        if (errors.Any)
        {
            return new(null, errors.ToList());
        }

        var set = new PriceChangeSet
        {
            Id = ids.Next(),
            ExternalId = input.ExternalId,
            Name = input.Name,
            EffectiveAt = input.EffectiveAt,
            Until = input.Until,
            CreatedAt = clock.UtcNow,
            Version = 1,
        };
        db.Add(set);
        await Save(set, RepricingEvents.PriceChangeSetChanged, cancellation);
        return new(set, []);
    }

    /// <summary>Changes a draft's name and times.</summary>
    public async ValueTask<UpdatePriceChangeSetPayload> Update(UpdatePriceChangeSetInput input, CancellationToken cancellation)
    {
        if (await PriceChangeSet.Find(db, input.PriceChangeSetId, cancellation) is not { } set)
        {
            return new(null, [PriceChangeSetErrors.NoSuchSet()]);
        }

        if (set.WhyNotEdit(input.ExpectedVersion) is { } refusal)
        {
            return new(set, [refusal]);
        }

        var errors = new RowErrors();
        if (input.Name is { } name)
        {
            errors.Name(name, "name");
        }

        errors.Interval(input.EffectiveAt.Or(set.EffectiveAt), input.Until.Or(set.Until), "until");
        if (!errors.Any && set.Change(input.Name ?? set.Name, input.EffectiveAt.Or(set.EffectiveAt), input.Until.Or(set.Until)))
        {
            await Save(set, RepricingEvents.PriceChangeSetChanged, cancellation);
        }

        return new(set, errors.ToList());
    }

    /// <summary>Approves a draft.</summary>
    public async ValueTask<ApprovePriceChangeSetPayload> Approve(ApprovePriceChangeSetInput input, CancellationToken cancellation)
    {
        if (await PriceChangeSet.Find(db, input.PriceChangeSetId, cancellation) is not { } set)
        {
            return new(null, [PriceChangeSetErrors.NoSuchSet()]);
        }

        var refusal = set.WhyNotBecome(PriceChangeSetStatus.Approved, input.ExpectedVersion, clock.UtcNow)
            ?? (set.LineCount == 0 ? PriceChangeSetErrors.HasNoLines() : null);
        if (refusal is not null)
        {
            return new(set, [refusal]);
        }

        set.Become(PriceChangeSetStatus.Approved);
        await Save(set, RepricingEvents.PriceChangeSetApproved, cancellation, new { set.LineCount, set.EffectiveAt, set.Until });
        return new(set, []);
    }

    /// <summary>Makes a draft of an approved set again.</summary>
    public async ValueTask<ReopenPriceChangeSetPayload> Reopen(ReopenPriceChangeSetInput input, CancellationToken cancellation)
    {
        if (await PriceChangeSet.Find(db, input.PriceChangeSetId, cancellation) is not { } set)
        {
            return new(null, [PriceChangeSetErrors.NoSuchSet()]);
        }

        if (set.WhyNotBecome(PriceChangeSetStatus.Draft, input.ExpectedVersion, clock.UtcNow) is { } refusal)
        {
            return new(set, [refusal]);
        }

        set.Become(PriceChangeSetStatus.Draft);
        await Save(set, RepricingEvents.PriceChangeSetChanged, cancellation);
        return new(set, []);
    }

    private async ValueTask Save(PriceChangeSet set, string type, CancellationToken cancellation, object? data = null)
    {
        await db.SaveChangesAsync(cancellation);
        writes.Record(type, set.Id, set.Version, data);
    }
}
