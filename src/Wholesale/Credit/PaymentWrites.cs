using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Credit;

/// <summary>
/// Takes down what companies pay. Runs inside the caller's unit of work, in the line of all the seller's writes; what a company owes is taken before it is read, and changed by statements that look
/// themselves at what is open, so that nothing is paid twice.
/// </summary>
public sealed class PaymentWrites(WholesaleDb db, Writes writes, PaidItems paid, OverdueHolds holds, Clock clock, Ids ids)
{
    /// <summary>The most allocations that one call takes, and open items that it pays by itself.</summary>
    public const int MaximumAllocations = 250;

    /// <summary>Takes down a payment, and what it pays.</summary>
    public async ValueTask<RecordPaymentPayload> Record(RecordPaymentInput input, Principal by, CancellationToken cancellation)
    {
        var (content, errors) = (input.Content(), Check(input));
        if (!errors.Any && await db.Payments.SingleOrDefaultAsync(p => p.ExternalId == input.ExternalId, cancellation) is { } before)
        {
            return before.Content == content ? new(before, []) : new(null, [CreditErrors.OtherPayment(input.ExternalId)]);
        }

        var companyId = await paid.CompanyOf(input, errors, cancellation);
        if (companyId is null)
        {
            return new(null, errors.ToList());
        }

        await OpenItems.TakeCompany(db, companyId.Value, cancellation);
        var plan = new PaymentPlan(new(input.Amount.TenThousandths, input.Currency), input.ReceivedOn);
        await paid.Plan(plan, companyId.Value, input.Currency, input.OrderNumber, input.Allocations, errors, cancellation);
        if (errors.Any)
        {
            return new(null, errors.ToList());
        }

        var payment = new Payment
        {
            Id = ids.Next(),
            ExternalId = input.ExternalId,
            CompanyId = companyId.Value,
            Received = input.Amount.TenThousandths,
            Currency = input.Currency,
            ReceivedOn = input.ReceivedOn,
            Reference = input.Reference,
            Content = content,
            Left = plan.Left,
            RecordedAt = clock.UtcNow,
            RecordedByKeyId = by.KeyId,
            Version = 1,
        };
        await BulkRows.Insert(db, [payment], cancellation);
        writes.Record(CreditEvents.PaymentRecorded, payment.Id, payment.Version, PaymentTold.Of(payment));
        await Pay(payment, plan, cancellation);
        return new(payment, []);
    }

    /// <summary>Says what the rest of a payment pays.</summary>
    public async ValueTask<AllocatePaymentPayload> Allocate(AllocatePaymentInput input, CancellationToken cancellation)
    {
        var (payment, error) = await Take(input.PaymentId, input.ExpectedVersion, cancellation);
        if (payment is null || error is not null)
        {
            return new(payment, [error!]);
        }

        if (payment.Status == PaymentStatus.Reversed)
        {
            return new(payment, [CreditErrors.IsReversed(payment.ExternalId, "paymentId")]);
        }

        var errors = new RowErrors();
        PaidItems.Check(input.Allocations, payment.Currency, errors);
        var plan = new PaymentPlan(payment.Unallocated, payment.ReceivedOn);
        await paid.Plan(plan, payment.CompanyId, payment.Currency, null, input.Allocations, errors, cancellation);
        if (!errors.Any && plan.Taken.Count > 0)
        {
            payment.Left = plan.Left;
            await Save(payment, CreditEvents.PaymentChanged, cancellation);
            await Pay(payment, plan, cancellation);
        }

        return new(payment, errors.ToList());
    }

    /// <summary>Takes back what a payment has paid of an open item.</summary>
    public async ValueTask<DeallocatePaymentPayload> Deallocate(DeallocatePaymentInput input, CancellationToken cancellation)
    {
        var (payment, error) = await Take(input.PaymentId, input.ExpectedVersion, cancellation);
        if (payment is null || error is not null)
        {
            return new(payment, [error!]);
        }

        var key = input.OpenItemId.KeyOf(nameof(OpenItem));
        if (!await db.OpenItems.AnyAsync(i => i.Id == key && i.CompanyId == payment.CompanyId, cancellation))
        {
            return new(payment, [CompanyErrors.NoSuchId("open item", "openItemId")]);
        }

        var allocations = await db.PaymentAllocations.Where(a => a.PaymentId == payment.Id && a.OpenItemId == key).ToListAsync(cancellation);
        if (allocations.Count > 0)
        {
            payment.Left += allocations.Sum(a => a.Paid);
            await Save(payment, CreditEvents.PaymentChanged, cancellation);
            await TakeBack(payment.CompanyId, allocations, cancellation);
        }

        return new(payment, []);
    }

    /// <summary>Says that a payment's money is gone again.</summary>
    public async ValueTask<ReversePaymentPayload> Reverse(ReversePaymentInput input, CancellationToken cancellation)
    {
        var (payment, error) = await Take(input.PaymentId, input.ExpectedVersion, cancellation);
        var errors = new RowErrors();
        errors.Text(input.Reason, Payment.MaximumTextLength, ["reason"]);
        if (payment is null || error is not null || errors.Any)
        {
            return new(payment, [.. error is null ? [] : new[] { error }, .. errors.ToList()]);
        }

        if (payment.Status == PaymentStatus.Received)
        {
            var allocations = await db.PaymentAllocations.Where(a => a.PaymentId == payment.Id).ToListAsync(cancellation);
            (payment.Left, payment.ReversedAt, payment.ReversalReason) = (0, clock.UtcNow, input.Reason);
            await Save(payment, CreditEvents.PaymentReversed, cancellation);
            await TakeBack(payment.CompanyId, allocations, cancellation);
        }

        return new(payment, []);
    }

    private RowErrors Check(RecordPaymentInput input)
    {
        var errors = new RowErrors();
        errors.Key(input.ExternalId, "externalId");
        PaidItems.CheckAmount(input.Amount, input.Currency, errors, "amount");
        if (input.ReceivedOn > DateOnly.FromDateTime(clock.UtcNow).AddDays(1))
        {
            errors.Add(CreditErrors.NotReceivedYet(input.ReceivedOn, "receivedOn"));
        }

        if (input.Reference is { } reference)
        {
            errors.Text(reference, Payment.MaximumTextLength, ["reference"]);
        }

        PaidItems.Check(input.Allocations, input.Currency, errors);
        return errors;
    }

    /// <summary>The payment as it is, its company's items taken; with an error if it is not to be changed, and null if there is none.</summary>
    private async ValueTask<(Payment? Payment, UserError? Error)> Take(NodeId paymentId, long? expectedVersion, CancellationToken cancellation)
    {
        var key = paymentId.KeyOf(nameof(Payment));
        var payment = await db.Payments.SingleOrDefaultAsync(p => p.Id == key, cancellation);
        if (payment is null)
        {
            return (null, CompanyErrors.NoSuchId("payment", "paymentId"));
        }

        await OpenItems.TakeCompany(db, payment.CompanyId, cancellation);
        return (payment, expectedVersion is { } expected && expected != payment.Version ? CompanyErrors.Changed(payment.Version) : null);
    }

    private async ValueTask Save(Payment payment, string type, CancellationToken cancellation)
    {
        payment.Version++;
        await BulkRows.Update(db, [payment], p => new { p.Left, p.ReversedAt, p.ReversalReason, p.Version }, cancellation: cancellation);
        writes.Record(type, payment.Id, payment.Version, PaymentTold.Of(payment));
    }

    private async ValueTask Pay(Payment payment, PaymentPlan plan, CancellationToken cancellation)
    {
        if (plan.Taken.Count == 0)
        {
            return;
        }

        await BulkRows.Insert(
            db,
            [.. plan.Taken.Select(part => new PaymentAllocation
            {
                Id = ids.Next(),
                PaymentId = payment.Id,
                OpenItemId = part.Item.Id,
                Currency = payment.Currency,
                Paid = part.Paid,
                TakenOff = part.Discount,
                AllocatedAt = clock.UtcNow,
            })],
            cancellation);
        await paid.Change(
            payment.CompanyId, [.. plan.Taken.Select(part => (part.Item, part.Item.With(paid: part.Paid, discount: part.Discount)))], "{Rest} >= 0", cancellation);
        await holds.ReleaseIfPaid(payment.CompanyId, cancellation);
    }

    private async ValueTask TakeBack(long companyId, List<PaymentAllocation> allocations, CancellationToken cancellation)
    {
        if (allocations.Count == 0)
        {
            return;
        }

        var itemIds = allocations.Select(a => a.OpenItemId).Distinct().ToList();
        var byItem = allocations.ToLookup(a => a.OpenItemId);
        var items = await db.OpenItems.Where(i => itemIds.Contains(i.Id)).OrderBy(i => i.DueBy).ThenBy(i => i.Id).ToListAsync(cancellation);
        await BulkRows.Delete(db, allocations, cancellation);

        // A discount was given for all that settled the item in time: without a part of that there is none, whichever payment brought it.
        var others = await db.PaymentAllocations.Where(a => itemIds.Contains(a.OpenItemId) && a.TakenOff > 0).ToListAsync(cancellation);
        others.ForEach(a => a.TakenOff = 0);
        await BulkRows.Update(db, others, a => new { a.TakenOff }, cancellation: cancellation);
        await paid.Change(
            companyId,
            [.. items.Select(item => (item, item.With(paid: -byItem[item.Id].Sum(a => a.Paid), discount: -item.Discount)))],
            "{Paid} >= 0 AND {Discount} >= 0",
            cancellation);
    }
}
