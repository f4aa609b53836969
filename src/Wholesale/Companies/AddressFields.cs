using Microsoft.EntityFrameworkCore;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Companies;

/// <summary>The fields of addresses in schema/companies.graphql. A buyer sees and writes those of its own company.</summary>
public static class AddressFields
{
    /// <summary>Names the resolvers.</summary>
    public static void Map(ResolverMap map)
    {
        map.Node<Address>("Address", address => address.Id, CompanyNodes.Addresses);
        map.Field("Address.unit", AddressUnit);
        map.Field("Company.addresses", CompanyAddresses);
        map.Field("CompanyUnit.addresses", UnitAddresses);
        map.Field("ViewerContext.addresses", (Batch<Caller> callers, WholesaleDb db, CancellationToken cancellation) =>
            OfBook(callers, db, book => book.All, cancellation));
        map.Field("ViewerContext.defaultShipToAddress", (Batch<Caller> callers, WholesaleDb db, CancellationToken cancellation) =>
            OfBook(callers, db, book => book.DefaultShipTo, cancellation));
        map.Field("ViewerContext.defaultBillToAddress", (Batch<Caller> callers, WholesaleDb db, CancellationToken cancellation) =>
            OfBook(callers, db, book => book.DefaultBillTo, cancellation));
        map.Field("Mutation.upsertAddresses", Upsert);
    }

    internal static async ValueTask<IReadOnlyList<CompanyUnit?>> AddressUnit(Batch<Address> addresses, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = addresses.Keys(a => a.UnitId);
        return addresses.Pick(a => a.UnitId, await db.CompanyUnits.Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, cancellation));
    }

    internal static async ValueTask<IReadOnlyList<IReadOnlyList<Address>>> CompanyAddresses(
        Batch<Company> companies, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = companies.Keys(c => c.Id);
        var addresses = await db.Addresses.Where(a => ids.Contains(a.CompanyId) && !a.IsArchived).ToListAsync(cancellation);
        return companies.Pick(c => c.Id, Address.InOrder(addresses).ToLookup(address => address.CompanyId));
    }

    internal static async ValueTask<IReadOnlyList<IReadOnlyList<Address>>> UnitAddresses(
        Batch<CompanyUnit> units, WholesaleDb db, CancellationToken cancellation)
    {
        var companyIds = units.Keys(u => u.CompanyId);
        var pathIds = units.Map(u => u.Path).SelectMany(TreePath.Ids).Distinct().ToList();
        var addresses = (await db.Addresses
            .Where(a => companyIds.Contains(a.CompanyId) && !a.IsArchived && (a.UnitId == null || pathIds.Contains(a.UnitId.Value)))
            .ToListAsync(cancellation)).ToLookup(address => address.CompanyId);
        return units.Map(unit => AddressBook.For(addresses[unit.CompanyId], TreePath.Ids(unit.Path).Reverse()).All);
    }

    internal static async ValueTask<UpsertAddressesPayload> Upsert(
        UpsertAddressesInput input, Caller caller, AddressWrites writes, CancellationToken cancellation)
    {
        var rows = input.Addresses;
        var refusal = caller.Company is null ? CompanyErrors.StaffHasNoCompany() : RowErrors.TooMany(rows.Count, "addresses");
        if (caller.Company is not { } company || refusal is not null)
        {
            return new([], BulkCounts.Refused(rows.Count), [refusal!]);
        }

        var result = await writes.Upsert(company.Id, rows, input.Mode, cancellation);
        return new(result.Things, result.Counts, result.Errors("addresses"));
    }

    /// <summary>All callers of a request are one: one statement. Null without a company.</summary>
    private static async ValueTask<IReadOnlyList<T?>> OfBook<T>(
        Batch<Caller> callers, WholesaleDb db, Func<AddressBook, T?> take, CancellationToken cancellation) where T : class
    {
        var taken = callers[0].Company is null ? null : take(await AddressBook.Of(db, callers[0], cancellation));
        return callers.Map(_ => taken);
    }
}
