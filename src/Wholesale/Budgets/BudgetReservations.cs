using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Budgets;

/// <summary>What is to be spent, by whom, for what and when.</summary>
/// <param name="CompanyId">The company.</param>
/// <param name="UnitIds">The unit that buys first, then those above it.</param>
/// <param name="UserId">Who buys.</param>
/// <param name="CostCenter">For which cost centre; null: for none.</param>
/// <param name="Amount">How much, 0 or more.</param>
/// <param name="On">The day, which says the periods.</param>
public sealed record BudgetQuestion(long CompanyId, IReadOnlyList<long> UnitIds, long UserId, string? CostCenter, Money Amount, DateOnly On);

/// <summary>A budget that has not enough left.</summary>
/// <param name="Budget">The budget.</param>
/// <param name="Available">What is left of its period, not below 0.</param>
/// <param name="IsBlocking">Whether that refuses the order; else it only warns.</param>
public sealed record BudgetRefusal(Budget Budget, Money Available, bool IsBlocking);

/// <summary>
/// What orders take of budgets. Those that block are never exceeded, however many take at once: their amounts are looked at by the statement that takes. Runs inside the
/// caller's unit of work, whose event tells of it.
/// </summary>
public sealed class BudgetReservations(WholesaleDb db, Writes writes)
{
    /// <summary>A constant: the same text is SQLite's and SQL Server's.</summary>
    private const string WithinAmount = """{Spent} <= (SELECT b."Amount" FROM "Budgets" AS b WHERE b."Id" = {BudgetId})""";

    private static readonly Func<WholesaleDb, long, IEnumerable<long>, long, string?, Currency, DateOnly, IAsyncEnumerable<Budget>> Counting = EF.CompileAsyncQuery(
        IQueryable<Budget> (WholesaleDb db, long companyId, IEnumerable<long> unitIds, long userId, string? costCenter, Currency currency, DateOnly day) => db.Budgets
            .Where(b => b.CompanyId == companyId && b.IsActive && b.Currency == currency && b.StartsOn <= day && (b.EndsOn == null || b.EndsOn >= day)
                && ((b.UnitId != null && unitIds.Contains(b.UnitId.Value)) || b.UserId == userId || (b.CostCenter != null && b.CostCenter == costCenter)))
            .OrderBy(b => b.ExternalId));

    /// <summary>
    /// The budgets that would be exceeded, by external id. Changes nothing, and promises nothing. Only budgets in the amount's currency that are active and have a
    /// period on that day count.
    /// </summary>
    public async ValueTask<IReadOnlyList<BudgetRefusal>> Check(BudgetQuestion question, CancellationToken cancellation) =>
        Refusals(await Applying(question, cancellation), question.Amount);

    /// <summary>
    /// Spends from all budgets that count. If any that blocks would be exceeded, from none of them. Those that only warn are spent from even beyond what they have.
    /// Entities that the caller tracks may be forgotten: save them before.
    /// </summary>
    /// <param name="ownerId">The order, which has not reserved anything.</param>
    /// <param name="question">What is to be spent.</param>
    /// <param name="cancellation">Stops between and inside statements.</param>
    /// <returns>The budgets that are exceeded; nothing was spent if one of them blocks.</returns>
    public async ValueTask<IReadOnlyList<BudgetRefusal>> Reserve(long ownerId, BudgetQuestion question, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(question.Amount.TenThousandths);
        while (true)
        {
            var applying = await Applying(question, cancellation);
            var refusals = Refusals(applying, question.Amount);
            if (applying.Count == 0 || refusals.Any(refusal => refusal.IsBlocking) || await TrySpend(ownerId, applying, question.Amount, cancellation))
            {
                return refusals;
            }

            // Others spent between the look and the statement, or changed a budget: look again.
        }
    }

    /// <summary>Gives back what an order has spent; once, however often it is called. Nothing if it has spent nothing.</summary>
    public async ValueTask Release(long ownerId, CancellationToken cancellation)
    {
        var reservations = await db.BudgetReservations.Where(r => r.OwnerId == ownerId).ToListAsync(cancellation);
        if (reservations.Count > 0 && await BulkRows.Delete(db, reservations, cancellation) > 0)
        {
            await BulkRows.Add(db, reservations.ConvertAll(r => Use(r.BudgetId, r.FirstDay, -r.Amount)), u => new { u.Spent }, cancellation: cancellation);
        }
    }

    /// <summary>Gives back a part of what an order has spent, to each budget that it spent from; nothing if it has spent nothing.</summary>
    /// <param name="ownerId">The order.</param>
    /// <param name="amount">0 or more, and no more than it still has.</param>
    /// <param name="cancellation">Stops between and inside statements.</param>
    /// <exception cref="InvalidOperationException">It has less.</exception>
    public async ValueTask Reduce(long ownerId, Money amount, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount.TenThousandths);
        var reservations = await db.BudgetReservations.Where(r => r.OwnerId == ownerId).ToListAsync(cancellation);
        var less = reservations.ConvertAll(r => new BudgetReservation { OwnerId = ownerId, BudgetId = r.BudgetId, FirstDay = r.FirstDay, Amount = -amount.TenThousandths });
        if (await BulkRows.Add(db, less, r => new { r.Amount }, "{Amount} >= 0", cancellation) < less.Count)
        {
            throw new InvalidOperationException($"The order has spent less than {amount} of a budget.");
        }

        await BulkRows.Add(db, less.ConvertAll(r => Use(r.BudgetId, r.FirstDay, r.Amount)), u => new { u.Spent }, cancellation: cancellation);
    }

    /// <summary>Keeps the budgets as they were when they were looked at until the transaction ends: their days, currencies and amounts.</summary>
    /// <returns>How many are as they were.</returns>
    private ValueTask<int> Claim(IReadOnlyList<AppliedBudget> applying, CancellationToken cancellation) =>
        BulkRows.Update(db, applying.Select(a => a.Budget).ToList(), b => new { b.IsActive }, b => new { b.Id, b.Version }, cancellation);

    /// <summary>Spends from all of these budgets, or from none if one that blocks has not enough by now or one was changed.</summary>
    /// <returns>Whether it was spent.</returns>
    internal ValueTask<bool> TrySpend(long ownerId, IReadOnlyList<AppliedBudget> applying, Money amount, CancellationToken cancellation) => writes.RunUnrecorded(
        async () =>
        {
            if (await Claim(applying, cancellation) < applying.Count)
            {
                writes.Undo();
                return false;
            }

            await BulkRows.InsertMissing(db, applying.Select(a => Use(a.Budget.Id, a.FirstDay, 0)).ToList(), cancellation);

            var blocking = applying.Where(a => a.IsBlocking).Select(a => Use(a.Budget.Id, a.FirstDay, amount.TenThousandths)).ToList();
            if (await BulkRows.Add(db, blocking, u => new { u.Spent }, WithinAmount, cancellation) < blocking.Count)
            {
                writes.Undo();
                return false;
            }

            var warning = applying.Where(a => !a.IsBlocking).Select(a => Use(a.Budget.Id, a.FirstDay, amount.TenThousandths)).ToList();
            await BulkRows.Add(db, warning, u => new { u.Spent }, cancellation: cancellation);
            await BulkRows.Insert(db, applying.Select(a => new BudgetReservation { OwnerId = ownerId, BudgetId = a.Budget.Id, FirstDay = a.FirstDay, Amount = amount.TenThousandths }).ToList(), cancellation);
            return true;
        },
        cancellation);

    /// <summary>The budgets that count, by external id, with what was spent of them: two statements.</summary>
    internal async ValueTask<IReadOnlyList<AppliedBudget>> Applying(BudgetQuestion question, CancellationToken cancellation)
    {
        var (companyId, unitIds, userId, costCenter, amount, day) = question;
        var budgets = await Counting(db, companyId, unitIds, userId, costCenter, amount.Currency, day).ToListAsync(cancellation);
        if (budgets.Count == 0)
        {
            return [];
        }

        var ids = budgets.ConvertAll(budget => budget.Id);
        var firstDays = budgets.Select(budget => budget.PeriodOn(day)!.Value.First).Distinct().ToList();
        var spent = await db.BudgetUses
            .Where(u => ids.Contains(u.BudgetId) && firstDays.Contains(u.FirstDay))
            .ToDictionaryAsync(u => (u.BudgetId, u.FirstDay), u => u.Spent, cancellation);
        return budgets.ConvertAll(budget =>
        {
            var first = budget.PeriodOn(day)!.Value.First;
            return new AppliedBudget(budget, first, spent.GetValueOrDefault((budget.Id, first)));
        });
    }

    private static List<BudgetRefusal> Refusals(IReadOnlyList<AppliedBudget> applying, Money amount) =>
    [
        .. applying
            .Where(a => a.Spent + amount.TenThousandths > a.Budget.Amount)
            .Select(a => new BudgetRefusal(a.Budget, new Money(Math.Max(0, a.Budget.Amount - a.Spent), a.Budget.Currency), a.IsBlocking)),
    ];

    private static BudgetUse Use(long budgetId, DateOnly firstDay, long spent) => new() { BudgetId = budgetId, FirstDay = firstDay, Spent = spent };

    /// <summary>A budget that counts.</summary>
    /// <param name="Budget">The budget.</param>
    /// <param name="FirstDay">The first day of the period.</param>
    /// <param name="Spent">What was spent in it, as far as was known.</param>
    internal sealed record AppliedBudget(Budget Budget, DateOnly FirstDay, long Spent)
    {
        public bool IsBlocking => Budget.Policy == BudgetPolicy.Block;
    }
}
