using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Credit;

/// <summary>Creates and changes payment terms, many at once: for mutations and imports alike. Runs inside the caller's unit of work.</summary>
public sealed class PaymentTermWrites(WholesaleDb db, Writes writes, Ids ids)
{
    /// <summary>Creates terms, or changes those that are there.</summary>
    public async ValueTask<BulkResult<PaymentTerm>> Upsert(IReadOnlyList<PaymentTermInput> inputs, BulkMode mode, CancellationToken cancellation)
    {
        var rows = BulkRow<PaymentTermInput, PaymentTerm>.Of(inputs);
        BulkRow<PaymentTermInput, PaymentTerm>.RefuseDuplicates(rows, input => input.ExternalId, "externalId");
        var externalIds = inputs.Select(input => input.ExternalId).ToHashSet();
        var existing = await db.PaymentTerms.Where(t => externalIds.Contains(t.ExternalId)).ToDictionaryAsync(t => t.ExternalId, cancellation);
        var changes = new Changes<PaymentTerm>();
        foreach (var row in rows.Where(row => row.IsGood))
        {
            row.Errors.Key(row.Input.ExternalId, "externalId");
            var isNew = !existing.TryGetValue(row.Input.ExternalId, out var term);
            term ??= new PaymentTerm { Id = ids.Next(), ExternalId = row.Input.ExternalId, Name = "" };
            var isChanged = term.Change(row.Input, row.Errors);
            if (row.IsGood)
            {
                row.Thing = term;
                changes.Note(term, isNew, isChanged);
            }
        }

        if (BulkRow<PaymentTermInput, PaymentTerm>.MayProceed(rows, mode))
        {
            await BulkRows.Insert(db, changes.Added, cancellation);
            await BulkRows.Update(db, changes.Changed, cancellation: cancellation);
            foreach (var term in changes.Added.Concat(changes.Changed))
            {
                writes.Record(CreditEvents.PaymentTermChanged, term.Id, term.Version);
            }
        }

        return BulkRow<PaymentTermInput, PaymentTerm>.Result(rows, mode);
    }
}
