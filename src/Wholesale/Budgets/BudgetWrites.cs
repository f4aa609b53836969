using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Budgets;

/// <summary>Creates and changes budgets, many at once: for mutations and imports alike. Runs inside the caller's unit of work.</summary>
public sealed class BudgetWrites(WholesaleDb db, Writes writes, Ids ids)
{
    /// <summary>Creates budgets, or changes those that are there.</summary>
    /// <exception cref="OvertakenException">An order has spent of a budget whose currency, period or first day becomes another.</exception>
    /// <param name="inputs">The rows.</param>
    /// <param name="ownCompanyId">The company of all rows; null: each names its own, as staff's do.</param>
    /// <param name="mode">What happens to the good rows when others are bad.</param>
    /// <param name="cancellation">Stops between and inside statements.</param>
    public async ValueTask<BulkResult<Budget>> Upsert(IReadOnlyList<BudgetInput> inputs, long? ownCompanyId, BulkMode mode, CancellationToken cancellation)
    {
        var rows = BulkRow<BudgetInput, Budget>.Of(inputs);
        var upsert = new BudgetUpsert(await Known(inputs, ownCompanyId, cancellation), ids);
        foreach (var row in rows)
        {
            upsert.Decide(row);
        }

        if (BulkRow<BudgetInput, Budget>.MayProceed(rows, mode))
        {
            await BulkRows.Insert(db, upsert.Budgets.Added, cancellation);
            await BulkRows.Update(db, upsert.Budgets.Changed, cancellation: cancellation);
            await CheckUnused(upsert.Reframed, cancellation);
            foreach (var budget in upsert.Budgets.Added.Concat(upsert.Budgets.Changed))
            {
                writes.Record(BudgetEvents.BudgetChanged, budget.Id, budget.Version);
            }
        }

        return BulkRow<BudgetInput, Budget>.Result(rows, mode);
    }

    /// <summary>
    /// Looks, once the budgets are written and so kept from orders, whether one has spent something since they were read. One that comes later finds another version.
    /// </summary>
    private async ValueTask CheckUnused(List<Budget> reframed, CancellationToken cancellation)
    {
        var keys = reframed.ConvertAll(budget => budget.Id);
        if (keys.Count > 0 && await db.BudgetUses.AnyAsync(u => keys.Contains(u.BudgetId) && u.Spent != 0, cancellation))
        {
            throw new OvertakenException("An order has spent of a budget whose currency, period or first day was to become another.");
        }
    }

    private async ValueTask<KnownBudgets> Known(IReadOnlyList<BudgetInput> inputs, long? ownCompanyId, CancellationToken cancellation)
    {
        var companyNames = inputs.Select(input => input.Company).OfType<string>().ToHashSet();
        var companies = ownCompanyId is null
            ? await db.Companies.Where(c => companyNames.Contains(c.ExternalId)).ToDictionaryAsync(c => c.ExternalId, c => c.Id, cancellation)
            : [];
        List<long> companyIds = ownCompanyId is { } own ? [own] : [.. companies.Values];
        var externalIds = inputs.Select(input => input.ExternalId).ToHashSet();
        var units = inputs.Select(input => input.Unit).OfType<string>().ToHashSet();
        var users = inputs.Select(input => input.User).OfType<string>().ToHashSet();
        var budgets = await db.Budgets.Where(b => companyIds.Contains(b.CompanyId) && externalIds.Contains(b.ExternalId)).ToListAsync(cancellation);
        var budgetIds = budgets.ConvertAll(budget => budget.Id);
        return new KnownBudgets(
            ownCompanyId,
            companies,
            budgets.ToDictionary(budget => (budget.CompanyId, budget.ExternalId)),
            await db.CompanyUnits.Where(u => companyIds.Contains(u.CompanyId) && units.Contains(u.ExternalId))
                .ToDictionaryAsync(u => (u.CompanyId, u.ExternalId), u => u.Id, cancellation),
            await db.CompanyUsers.Where(u => companyIds.Contains(u.CompanyId) && users.Contains(u.ExternalId))
                .ToDictionaryAsync(u => (u.CompanyId, u.ExternalId), u => u.Id, cancellation),
            await db.BudgetUses.Where(u => budgetIds.Contains(u.BudgetId) && u.Spent != 0).Select(u => u.BudgetId).ToHashSetAsync(cancellation),
            await db.Budgets.Where(b => companyIds.Contains(b.CompanyId)).GroupBy(b => b.CompanyId).Select(group => new { group.Key, Count = group.Count() })
                .ToDictionaryAsync(group => group.Key, group => group.Count, cancellation));
    }
}
