using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Events;

namespace Wholesale.Budgets;

/// <summary>The fields of schema/budgets.graphql. An ADMIN sees its company's budgets, a BUYER those that hold for itself, staff that reads budgets all of them.</summary>
public static class BudgetFields
{
    /// <summary>What <c>periods</c> gives where nobody says how many.</summary>
    private const int DefaultPeriods = 12;

    /// <summary>The room's services.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddScoped<BudgetWrites>();
        services.AddScoped<BudgetReservations>();
    }

    /// <summary>Names the resolvers.</summary>
    public static void Map(ResolverMap map)
    {
        map.Node<Budget>(nameof(Budget), budget => budget.Id, Load);
        map.EventsOf(nameof(Budget), BudgetEvents.BudgetChanged);
        map.Field("Query.budgets", Budgets);
        map.Field("Company.budgets", CompanyBudgets);
        map.Field("Budget.unit", BudgetUnit);
        map.Field("Budget.user", BudgetUser);
        map.Field("Budget.amount", (Batch<Budget> budgets) => budgets.Map(budget => new Money(budget.Amount, budget.Currency)));
        map.Field("Budget.currentPeriod", CurrentPeriod);
        map.Field("Budget.periods", Periods);
        map.Field("Mutation.upsertBudgets", UpsertBudgets);
    }

    internal static async ValueTask<IReadOnlyList<Budget>> Budgets(Caller caller, WholesaleDb db, CancellationToken cancellation) =>
        caller.Company is null ? [] : await OwnOf(db, caller).OrderBy(b => b.ExternalId).ToListAsync(cancellation);

    internal static async ValueTask<IReadOnlyList<IReadOnlyList<Budget>>> CompanyBudgets(
        Batch<Company> companies, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = companies.Keys(c => c.Id);
        var budgets = await db.Budgets.Where(b => ids.Contains(b.CompanyId)).OrderBy(b => b.ExternalId).ToListAsync(cancellation);
        return companies.Pick(c => c.Id, budgets.ToLookup(budget => budget.CompanyId));
    }

    internal static async ValueTask<IReadOnlyList<CompanyUnit?>> BudgetUnit(Batch<Budget> budgets, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = budgets.Keys(b => b.UnitId);
        return budgets.Pick(b => b.UnitId, await db.CompanyUnits.Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, cancellation));
    }

    internal static async ValueTask<IReadOnlyList<CompanyUser?>> BudgetUser(Batch<Budget> budgets, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = budgets.Keys(b => b.UserId);
        return budgets.Pick(b => b.UserId, await db.CompanyUsers.Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, cancellation));
    }

    internal static async ValueTask<IReadOnlyList<BudgetPeriod?>> CurrentPeriod(Batch<Budget> budgets, WholesaleDb db, Clock clock, CancellationToken cancellation)
    {
        var today = DateOnly.FromDateTime(clock.UtcNow);
        var (ids, firstDays) = (budgets.Keys(b => b.Id), budgets.Map(b => b.PeriodOn(today)?.First).OfType<DateOnly>().Distinct().ToList());
        var spent = await db.BudgetUses
            .Where(u => ids.Contains(u.BudgetId) && firstDays.Contains(u.FirstDay))
            .ToDictionaryAsync(u => (u.BudgetId, u.FirstDay), u => u.Spent, cancellation);
        return budgets.Map(budget => budget.PeriodOn(today) is { } days ? budget.With(days, spent.GetValueOrDefault((budget.Id, days.First))) : null);
    }

    /// <summary>The newest periods of each budget by one statement.</summary>
    internal static async ValueTask<IReadOnlyList<IReadOnlyList<BudgetPeriod>>> Periods(
        Batch<Budget> budgets, int? first, WholesaleDb db, CancellationToken cancellation)
    {
        var take = Page.Of(first ?? DefaultPeriods).Size;
        var ids = budgets.Keys(b => b.Id);
        var uses = await (
            from budget in db.Budgets.Where(b => ids.Contains(b.Id))
            from use in db.BudgetUses.Where(u => ids.Contains(u.BudgetId) && u.BudgetId == budget.Id && u.Spent != 0).OrderByDescending(u => u.FirstDay).Take(take)
            orderby use.FirstDay descending
            select use).ToListAsync(cancellation);
        var usesOf = uses.ToLookup(use => use.BudgetId);
        return budgets.Map<IReadOnlyList<BudgetPeriod>>(budget => [.. usesOf[budget.Id].Select(use => budget.PeriodFrom(use.FirstDay, use.Spent))]);
    }

    internal static async ValueTask<UpsertBudgetsPayload> UpsertBudgets(
        UpsertBudgetsInput input, Caller caller, BudgetWrites writes, CancellationToken cancellation)
    {
        if (RowErrors.TooMany(input.Budgets.Count, "budgets") is { } refusal)
        {
            return new([], BulkCounts.Refused(input.Budgets.Count), [refusal]);
        }

        var result = await writes.Upsert(input.Budgets, caller.Company?.Id, input.Mode, cancellation);
        return new(result.Things, result.Counts, result.Errors("budgets"));
    }

    internal static async ValueTask<IReadOnlyList<Budget?>> Load(IReadOnlyList<long> keys, RequestContext context)
    {
        var caller = await context.Services.GetRequiredService<RequestCaller>().Get(context);
        var db = context.Services.GetRequiredService<WholesaleDb>();
        if (!caller.Permissions.Contains(Permission.BudgetsRead))
        {
            return new Budget?[keys.Count];
        }

        var seen = caller.Kind == PrincipalKind.Staff ? db.Budgets : OwnOf(db, caller);
        return (await seen.Where(b => keys.Contains(b.Id)).ToListAsync(context.Cancellation)).InOrderOf(keys, b => b.Id);
    }

    /// <summary>What a company's user sees; nothing without a company.</summary>
    private static IQueryable<Budget> OwnOf(WholesaleDb db, Caller caller)
    {
        var (companyId, userId, isAdmin) = (caller.Company?.Id ?? 0, caller.User?.Id ?? 0, caller.User?.Role == CompanyRole.Admin);
        var unitIds = caller.UnitChain.Select(unit => unit.Id).ToList();
        return db.Budgets.Where(b => b.CompanyId == companyId
            && (isAdmin || b.CostCenter != null || b.UserId == userId || (b.UnitId != null && unitIds.Contains(b.UnitId.Value))));
    }
}
