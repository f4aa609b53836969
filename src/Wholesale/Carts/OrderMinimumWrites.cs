using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Carts;

/// <summary>Says how much orders must come to. Runs inside the caller's unit of work.</summary>
public sealed class OrderMinimumWrites(WholesaleDb db, Writes writes, Ids ids)
{
    /// <summary>Creates order minimums, or changes those that are there.</summary>
    public async ValueTask<UpsertOrderMinimumsPayload> Upsert(UpsertOrderMinimumsInput input, CancellationToken cancellation)
    {
        if (RowErrors.TooMany(input.OrderMinimums.Count, "orderMinimums") is { } refusal)
        {
            return new([], BulkCounts.Refused(input.OrderMinimums.Count), [refusal]);
        }

        var rows = BulkRow<OrderMinimumInput, OrderMinimum>.Of(input.OrderMinimums);
        BulkRow<OrderMinimumInput, OrderMinimum>.RefuseDuplicates(rows, row => row.ExternalId, "externalId");
        var externalIds = input.OrderMinimums.Select(row => row.ExternalId).ToHashSet();
        var known = await db.OrderMinimums.Where(m => externalIds.Contains(m.ExternalId)).ToDictionaryAsync(m => m.ExternalId, StringComparer.Ordinal, cancellation);
        var named = input.OrderMinimums.Select(row => row.Category.Or(null)).OfType<string>().ToHashSet();
        var categories = named.Count == 0 ? [] : await db.Categories.Where(c => named.Contains(c.ExternalId)).ToDictionaryAsync(c => c.ExternalId, c => c.Id, cancellation);
        var assignees = new Dictionary<AssigneeInput, (Assignee? Assignee, UserError? Error)>();
        foreach (var given in input.OrderMinimums.Select(row => row.Assignee).OfType<AssigneeInput>().Distinct())
        {
            assignees.Add(given, await Assignees.Find(db, given, cancellation, "assignee"));
        }

        var changes = new Changes<OrderMinimum>();
        foreach (var row in rows.Where(row => row.IsGood))
        {
            row.Errors.Key(row.Input.ExternalId, "externalId");
            Decide(row, known.GetValueOrDefault(row.Input.ExternalId), categories, assignees, changes);
        }

        if (BulkRow<OrderMinimumInput, OrderMinimum>.MayProceed(rows, input.Mode))
        {
            await BulkRows.Insert(db, changes.Added, cancellation);
            await BulkRows.Update(db, changes.Changed, cancellation: cancellation);
            foreach (var minimum in changes.Added.Concat(changes.Changed))
            {
                writes.Record(CartEvents.OrderMinimumChanged, minimum.Id, minimum.Version);
            }
        }

        var result = BulkRow<OrderMinimumInput, OrderMinimum>.Result(rows, input.Mode);
        return new(result.Things, result.Counts, result.Errors("orderMinimums"));
    }

    private void Decide(
        BulkRow<OrderMinimumInput, OrderMinimum> row, OrderMinimum? minimum, Dictionary<string, long> categories,
        Dictionary<AssigneeInput, (Assignee? Assignee, UserError? Error)> assignees, Changes<OrderMinimum> changes)
    {
        var (input, errors) = (row.Input, row.Errors);
        var assignee = minimum?.Assignee;
        if (input.Assignee is { } given)
        {
            (assignee, var error) = assignees[given];
            if (error is not null)
            {
                errors.Add(error);
            }
        }
        else if (minimum is null)
        {
            errors.Invalid("A new order minimum needs an assignee.", "assignee");
        }

        var categoryId = minimum?.CategoryId;
        if (input.Category.HasValue)
        {
            categoryId = input.Category.Value is { } category && categories.TryGetValue(category, out var id) ? id : null;
            if (input.Category.Value is { } name && categoryId is null)
            {
                errors.Add(CompanyErrors.NoSuch("category", name, "category"));
            }
        }

        var amount = input.Amount.Or(minimum?.Amount);
        var currency = amount is null ? null : input.Currency ?? minimum?.Currency;
        var quantity = input.Quantity.Or(minimum?.Quantity);
        CheckAmounts(amount, currency, quantity, errors);
        if (errors.Any)
        {
            return;
        }

        var isNew = minimum is null;
        minimum ??= new() { Id = ids.Next(), ExternalId = input.ExternalId, Level = assignee!.Level, AssigneeId = assignee.AssigneeId, IsActive = true };
        var before = (minimum.Assignee, minimum.CategoryId, minimum.Amount, minimum.Currency, minimum.Quantity, minimum.IsActive);
        (minimum.Level, minimum.AssigneeId, minimum.CategoryId) = (assignee!.Level, assignee.AssigneeId, categoryId);
        (minimum.Amount, minimum.Currency, minimum.Quantity, minimum.IsActive) = (amount, currency, quantity, input.IsActive ?? minimum.IsActive);
        var isChanged = isNew || before != (minimum.Assignee, minimum.CategoryId, minimum.Amount, minimum.Currency, minimum.Quantity, minimum.IsActive);
        minimum.Version += isChanged ? 1 : 0;
        row.Thing = minimum;
        changes.Note(minimum, isNew, isChanged);
    }

    private static void CheckAmounts(Amount? amount, Currency? currency, Quantity? quantity, RowErrors errors)
    {
        if (amount is null && quantity is null)
        {
            errors.Invalid("An amount, a quantity or both are to be given.", "amount");
        }

        if (amount is { TenThousandths: <= 0 } negative)
        {
            errors.Invalid($"The amount must be more than 0, not {negative}.", "amount");
        }

        if (amount is not null && currency is null)
        {
            errors.Invalid("An amount needs its currency.", "currency");
        }

        if (quantity is { Thousandths: 0 })
        {
            errors.Invalid("The quantity must be more than 0.", "quantity");
        }
    }
}
