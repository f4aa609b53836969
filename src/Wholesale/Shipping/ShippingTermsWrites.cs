using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Shipping;

/// <summary>Says by which terms goods are shipped to whom. Runs inside the caller's unit of work.</summary>
public sealed class ShippingTermsWrites(WholesaleDb db, Writes writes, Ids ids)
{
    private static readonly Amount Hundred = new(1_000_000);

    /// <summary>Creates terms, or changes those that are there.</summary>
    public async ValueTask<BulkResult<ShippingTerms>> Upsert(IReadOnlyList<ShippingTermsInput> inputs, BulkMode mode, CancellationToken cancellation)
    {
        var rows = BulkRow<ShippingTermsInput, ShippingTerms>.Of(inputs);
        BulkRow<ShippingTermsInput, ShippingTerms>.RefuseDuplicates(rows, input => input.ExternalId, "externalId");
        var externalIds = inputs.Select(input => input.ExternalId).ToHashSet();
        var known = await db.ShippingTerms.Where(t => externalIds.Contains(t.ExternalId)).ToDictionaryAsync(t => t.ExternalId, StringComparer.Ordinal, cancellation);
        var assignees = new Dictionary<AssigneeInput, (Assignee? Assignee, UserError? Error)>();
        foreach (var given in inputs.Select(input => input.Assignee).OfType<AssigneeInput>().Distinct())
        {
            assignees.Add(given, await Assignees.Find(db, given, cancellation, "assignee"));
        }

        var changes = new Changes<ShippingTerms>();
        foreach (var row in rows.Where(row => row.IsGood))
        {
            Decide(row, known.GetValueOrDefault(row.Input.ExternalId), assignees, changes);
        }

        if (BulkRow<ShippingTermsInput, ShippingTerms>.MayProceed(rows, mode))
        {
            await BulkRows.Insert(db, changes.Added, cancellation);
            await BulkRows.Update(db, changes.Changed, cancellation: cancellation);
            foreach (var terms in changes.Added.Concat(changes.Changed))
            {
                writes.Record(ShippingEvents.ShippingTermsChanged, terms.Id, terms.Version);
            }
        }

        return BulkRow<ShippingTermsInput, ShippingTerms>.Result(rows, mode);
    }

    private void Decide(
        BulkRow<ShippingTermsInput, ShippingTerms> row, ShippingTerms? old, Dictionary<AssigneeInput, (Assignee? Assignee, UserError? Error)> assignees, Changes<ShippingTerms> changes)
    {
        var (input, errors) = (row.Input, row.Errors);
        var assignee = old?.Assignee;
        if (input.Assignee is { } given)
        {
            (assignee, var error) = assignees[given];
            if (error is not null)
            {
                errors.Add(error);
            }
        }
        else if (old is null)
        {
            errors.Add(ShippingErrors.NewNeeds("row of shipping terms", "assignee"));
        }

        Check(input, errors);
        if (errors.Any)
        {
            return;
        }

        var terms = new ShippingTerms
        {
            Id = old?.Id ?? ids.Next(),
            ExternalId = input.ExternalId,
            Level = assignee!.Level,
            AssigneeId = assignee.AssigneeId,
            DeliveryTerms = !input.DeliveryTerms.HasValue ? old?.DeliveryTerms : input.DeliveryTerms.Value is { } delivery ? new(delivery.Incoterm, delivery.Place) : null,
            TaxClass = input.TaxClass.Or(old?.TaxClass),
            Insurance = !input.Insurance.HasValue ? old?.Insurance : input.Insurance.Value is { } insurance ? Of(insurance) : null,
            IsActive = input.IsActive ?? old?.IsActive ?? true,
            Version = old?.Version ?? 0,
        };
        var isChanged = terms != old;
        terms = isChanged ? terms with { Version = terms.Version + 1 } : terms;
        row.Thing = terms;
        changes.Note(terms, isNew: old is null, isChanged);
    }

    private static InsuranceTerms Of(InsuranceTermsInput input) => new(
        new(input.RatePercent.TenThousandths), input.MinimumPremium is { } minimum ? new Amount(minimum.TenThousandths) : null, input.MinimumPremium is null ? null : input.Currency, input.IsDefault);

    private static void Check(ShippingTermsInput input, RowErrors errors)
    {
        errors.Key(input.ExternalId, "externalId");
        if (input.DeliveryTerms.Or(null) is { } delivery)
        {
            errors.Text(delivery.Place, DeliveryTerms.MaximumPlaceLength, ["deliveryTerms", "place"]);
        }

        if (input.TaxClass.Or(null) is { } taxClass)
        {
            errors.Key(taxClass, "taxClass");
        }

        if (input.Insurance.Or(null) is not { } insurance)
        {
            return;
        }

        if (insurance.RatePercent.TenThousandths < 0 || insurance.RatePercent > Hundred)
        {
            errors.Invalid($"A rate is from 0 to 100 per cent, not {insurance.RatePercent}.", "insurance", "ratePercent");
        }

        if (insurance.MinimumPremium is { TenThousandths: < 0 } negative)
        {
            errors.Invalid($"The least premium must be 0 or more, not {negative}.", "insurance", "minimumPremium");
        }

        if (insurance.MinimumPremium is not null && insurance.Currency is null)
        {
            errors.Invalid("A least premium needs its currency.", "insurance", "currency");
        }

        if (insurance is { MinimumPremium: { TenThousandths: >= 0 } least, Currency: { } currency } && new Money(least.TenThousandths, currency).TryTimes(Quantity.One, RoundingMode.Up) != new Money(least.TenThousandths, currency))
        {
            errors.Invalid($"The least premium must be in whole minor units of {currency}, not {least}.", "insurance", "minimumPremium");
        }
    }
}
