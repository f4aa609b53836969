using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Orders;

/// <summary>
/// Which orders a caller sees: one that orders what it ordered itself, one that reads the orders of its unit those for it and the units below it, one that reads those of the company all of them, staff that
/// reads orders those of all companies.
/// </summary>
public static class OrdersSeen
{
    /// <summary>Whether the caller's permissions let it see any orders at all.</summary>
    public static bool MaySeeAny(Caller caller) => caller.Kind == PrincipalKind.Staff
        ? caller.Permissions.Contains(Permission.OrdersRead)
        : caller.User is not null && (caller.Permissions.Contains(Permission.OrdersPlace) || caller.Permissions.Contains(Permission.OrdersReadUnit) || caller.Permissions.Contains(Permission.OrdersReadCompany));

    /// <summary>Refuses those that see none, whatever there is.</summary>
    /// <exception cref="GraphQLException">FORBIDDEN</exception>
    internal static void Check(string coordinate, Caller caller)
    {
        if (!MaySeeAny(caller))
        {
            throw new GraphQLException($"{coordinate} needs the permission {(caller.Kind == PrincipalKind.Staff ? "ORDERS_READ" : "ORDERS_PLACE, ORDERS_READ_UNIT or ORDERS_READ_COMPANY")}.", "FORBIDDEN");
        }
    }

    /// <summary>The orders that a caller sees.</summary>
    internal static IQueryable<Order> By(WholesaleDb db, Caller caller) => Of(db, db.Orders, caller);

    /// <summary>Those of some orders that a caller sees.</summary>
    internal static IQueryable<Order> Of(WholesaleDb db, IQueryable<Order> orders, Caller caller)
    {
        if (!MaySeeAny(caller))
        {
            return orders.Where(o => false);
        }

        if (caller.Kind == PrincipalKind.Staff)
        {
            return orders;
        }

        var (companyId, userId) = (caller.Company!.Id, caller.User!.Id);
        var ofCompany = orders.Where(o => o.CompanyId == companyId);
        if (caller.Permissions.Contains(Permission.OrdersReadCompany))
        {
            return ofCompany;
        }

        if (!caller.Permissions.Contains(Permission.OrdersReadUnit))
        {
            return ofCompany.Where(o => o.UserId == userId);
        }

        var units = UnitsBelow(db, companyId, caller.Unit!.Path);
        return caller.Permissions.Contains(Permission.OrdersPlace)
            ? ofCompany.Where(o => o.UserId == userId || units.Contains(o.UnitId))
            : ofCompany.Where(o => units.Contains(o.UnitId));
    }

    /// <summary>Those of some users that a caller may know: itself, and with COMPANY_READ its colleagues; staff knows all.</summary>
    internal static IQueryable<CompanyUser> Users(WholesaleDb db, Caller caller, IReadOnlyList<long> ids)
    {
        var ownId = caller.User?.Id;
        var users = db.CompanyUsers.Where(u => ids.Contains(u.Id));
        return KnowsCompany(caller) ? users : users.Where(u => u.Id == ownId);
    }

    /// <summary>The same of units.</summary>
    internal static IQueryable<CompanyUnit> Units(WholesaleDb db, Caller caller, IReadOnlyList<long> ids)
    {
        var ownId = caller.Unit?.Id;
        var units = db.CompanyUnits.Where(u => ids.Contains(u.Id));
        return KnowsCompany(caller) ? units : units.Where(u => u.Id == ownId);
    }

    private static bool KnowsCompany(Caller caller) => caller.Kind == PrincipalKind.Staff || caller.Permissions.Contains(Permission.CompanyRead);

    /// <summary>Whose orders a caller sees, where they are all of its company, or all of its own; null: others.</summary>
    internal static (long CompanyId, long? UserId)? OfOneUserOrCompany(Caller caller) =>
        caller.Kind == PrincipalKind.Staff || !MaySeeAny(caller) ? null
        : caller.Permissions.Contains(Permission.OrdersReadCompany) ? (caller.Company!.Id, null)
        : caller.Permissions.Contains(Permission.OrdersReadUnit) ? null
        : (caller.Company!.Id, caller.User!.Id);

    /// <summary>The ids of a unit and those below it.</summary>
    private static IQueryable<long> UnitsBelow(WholesaleDb db, long companyId, string path) => db.CompanyUnits.Where(u => u.CompanyId == companyId && u.Path.StartsWith(path)).Select(u => u.Id);
}
