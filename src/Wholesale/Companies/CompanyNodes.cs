using Microsoft.EntityFrameworkCore;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Companies;

/// <summary>
/// What <c>node</c> finds of this room. Staff that reads companies finds everything; a buyer what hangs on its own company: the company, its tier and
/// markets, and with COMPANY_READ its units, users and addresses.
/// </summary>
internal static class CompanyNodes
{
    public static async ValueTask<IReadOnlyList<Company?>> Companies(IReadOnlyList<long> keys, RequestContext context)
    {
        var (db, scope) = await ScopeOf(context);
        var found = db.Companies.Where(c => keys.Contains(c.Id) && (scope.All || c.Id == scope.CompanyId));
        return (await found.ToListAsync(context.Cancellation)).InOrderOf(keys, c => c.Id);
    }

    public static async ValueTask<IReadOnlyList<CompanyUnit?>> Units(IReadOnlyList<long> keys, RequestContext context)
    {
        var (db, scope) = await ScopeOf(context);
        var found = db.CompanyUnits.Where(u => keys.Contains(u.Id) && (scope.All || (scope.Inside && u.CompanyId == scope.CompanyId)));
        return (await found.ToListAsync(context.Cancellation)).InOrderOf(keys, u => u.Id);
    }

    public static async ValueTask<IReadOnlyList<CompanyUser?>> Users(IReadOnlyList<long> keys, RequestContext context)
    {
        var (db, scope) = await ScopeOf(context);
        var found = db.CompanyUsers.Where(u => keys.Contains(u.Id) && (scope.All || (scope.Inside && u.CompanyId == scope.CompanyId)));
        return (await found.ToListAsync(context.Cancellation)).InOrderOf(keys, u => u.Id);
    }

    public static async ValueTask<IReadOnlyList<Address?>> Addresses(IReadOnlyList<long> keys, RequestContext context)
    {
        var (db, scope) = await ScopeOf(context);
        var found = db.Addresses.Where(a => keys.Contains(a.Id) && (scope.All || (scope.Inside && a.CompanyId == scope.CompanyId)));
        return (await found.ToListAsync(context.Cancellation)).InOrderOf(keys, a => a.Id);
    }

    public static async ValueTask<IReadOnlyList<Market?>> Markets(IReadOnlyList<long> keys, RequestContext context)
    {
        var (db, scope) = await ScopeOf(context);
        var found = db.Markets.Where(m => keys.Contains(m.Id) && (scope.All
            || db.Companies.Any(c => c.Id == scope.CompanyId && c.MarketId == m.Id)
            || db.CompanyUnits.Any(u => u.CompanyId == scope.CompanyId && u.MarketId == m.Id)));
        return (await found.ToListAsync(context.Cancellation)).InOrderOf(keys, m => m.Id);
    }

    public static async ValueTask<IReadOnlyList<CustomerTier?>> Tiers(IReadOnlyList<long> keys, RequestContext context)
    {
        var (db, scope) = await ScopeOf(context);
        var found = db.CustomerTiers.Where(t => keys.Contains(t.Id)
            && (scope.All || db.Companies.Any(c => c.Id == scope.CompanyId && c.TierId == t.Id)));
        return (await found.ToListAsync(context.Cancellation)).InOrderOf(keys, t => t.Id);
    }

    public static async ValueTask<IReadOnlyList<CustomerSegment?>> Segments(IReadOnlyList<long> keys, RequestContext context)
    {
        var (db, scope) = await ScopeOf(context);
        var found = db.CustomerSegments.Where(s => keys.Contains(s.Id) && scope.All);
        return (await found.ToListAsync(context.Cancellation)).InOrderOf(keys, s => s.Id);
    }

    private static async ValueTask<(WholesaleDb Db, Scope Scope)> ScopeOf(RequestContext context)
    {
        var caller = await context.Services.GetRequiredService<RequestCaller>().Get(context);
        var permissions = caller.Permissions;
        return (context.Services.GetRequiredService<WholesaleDb>(), new Scope(
            permissions.Contains(Permission.CompaniesRead), permissions.Contains(Permission.CompanyRead), caller.Company?.Id ?? 0));
    }

    /// <param name="All">Every company.</param>
    /// <param name="Inside">Of the own company also units, users and addresses.</param>
    /// <param name="CompanyId">The own company; 0 without one.</param>
    private sealed record Scope(bool All, bool Inside, long CompanyId);
}
