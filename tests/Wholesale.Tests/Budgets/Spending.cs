using Microsoft.EntityFrameworkCore;
using Wholesale.Budgets;
using Wholesale.Companies;
using Wholesale.Platform;

namespace Wholesale.Tests.Budgets;

/// <summary>Short ways to write budgets and to spend.</summary>
internal static class Spending
{
    public static readonly Currency Euro = Currency.Of("EUR");

    public static readonly DateOnly January = new(2026, 1, 1);

    /// <summary>The day of <see cref="RoomDatabase.Noon"/>.</summary>
    public static readonly DateOnly Today = new(2026, 3, 1);

    public static Money Euros(decimal euros) => new((long)(euros * 10_000), Euro);

    /// <summary>A monthly budget from January on.</summary>
    public static BudgetInput Monthly(string externalId, decimal euros, string? unit = null, string? user = null, string? costCenter = null, BudgetPolicy? policy = null, string? company = "acme") => new(
        externalId, company, externalId, unit is not null ? BudgetScope.Unit : user is not null ? BudgetScope.User : BudgetScope.CostCenter, unit, user, costCenter,
        Euros(euros).Amount, Euro, BudgetPeriodLength.Month, January, Policy: policy);

    public static Task<BulkResult<Budget>> Upsert(this RoomDatabase database, params BudgetInput[] rows) => database.Upsert(null, rows);

    public static Task<BulkResult<Budget>> Upsert(this RoomDatabase database, long? ownCompanyId, params BudgetInput[] rows) =>
        database.Write((db, writes) => new BudgetWrites(db, writes, database.Ids).Upsert(rows, ownCompanyId, BulkMode.Partial, default));

    /// <summary>Two companies. Of <c>acme</c>: <c>hq</c> with <c>north</c> below it, and <c>shop</c> below that; <c>south</c> beside <c>north</c>.</summary>
    public static async Task SeedCompanies(this RoomDatabase database)
    {
        var result = await Catalog.Goods.Upsert(
            database,
            new CompanyInput("acme", "Acme",
                Units: [new("hq", "HQ"), new("north", "North", "hq"), new("shop", "Shop", "north"), new("south", "South", "hq")],
                Users: [new("ada", "Ada", "ada@example.com", CompanyRole.Admin, "hq"), new("ben", "Ben", "ben@example.com", CompanyRole.Buyer, "shop"), new("cem", "Cem", "cem@example.com", CompanyRole.Buyer, "south"), new("vic", "Vic", "vic@example.com", CompanyRole.Viewer, "hq")]),
            new CompanyInput("rival", "Rival", Units: [new("hq", "HQ")], Users: [new("rex", "Rex", "rex@example.com", CompanyRole.Admin)]));
        Assert.Empty(result.Errors("companies"));
    }

    /// <summary>What a user asks who buys for so much.</summary>
    public static async Task<BudgetQuestion> Question(this RoomDatabase database, string user, decimal euros, string? costCenter = null, DateOnly? on = null)
    {
        var caller = await database.CallerOf(user);
        return new(caller.Company!.Id, [.. caller.UnitChain.Select(unit => unit.Id)], caller.User!.Id, costCenter, Euros(euros), on ?? Today);
    }

    /// <summary>Spends as an order does, which tells of it.</summary>
    public static Task<IReadOnlyList<BudgetRefusal>> Reserve(this RoomDatabase database, long order, BudgetQuestion question) => database.Write((db, writes) =>
    {
        writes.Record("ORDERED", order, 1);
        return new BudgetReservations(db, writes).Reserve(order, question, default);
    });

    public static Task ReleaseBudgets(this RoomDatabase database, long order) => database.Write(async (db, writes) =>
    {
        writes.Record("ORDERED", order, 2);
        await new BudgetReservations(db, writes).Release(order, default);
        return order;
    });

    /// <summary>What is spent, as <c>budget day euros</c>; nothing where it is 0.</summary>
    public static Task<List<string>> Spent(this RoomDatabase database) => database.Read(async db => (await (
        from use in db.BudgetUses
        join budget in db.Budgets on use.BudgetId equals budget.Id
        where use.Spent != 0
        orderby budget.ExternalId, use.FirstDay
        select new { budget.ExternalId, use.FirstDay, use.Spent }).ToListAsync()).ConvertAll(row => FormattableString.Invariant($"{row.ExternalId} {row.FirstDay:MM-dd} {row.Spent / 10_000m:0.##}")));
}
