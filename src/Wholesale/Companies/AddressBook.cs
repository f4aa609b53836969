using Microsoft.EntityFrameworkCore;

namespace Wholesale.Companies;

/// <summary>The addresses that the users of a unit may use: its own, those of the units above it and the company's, by name. Immutable.</summary>
public sealed class AddressBook
{
    private static readonly Func<WholesaleDb, long, IEnumerable<long>, IAsyncEnumerable<Address>> UsableBy = EF.CompileAsyncQuery(
        (WholesaleDb db, long companyId, IEnumerable<long> chain) => db.Addresses.Where(a => a.CompanyId == companyId && !a.IsArchived && (a.UnitId == null || chain.Contains(a.UnitId.Value))));

    /// <summary>Who can have addresses, nearest first; null stands for the company.</summary>
    private readonly IReadOnlyList<long?> owners;

    private AddressBook(IReadOnlyList<Address> all, IReadOnlyList<long?> owners) => (All, this.owners) = (all, owners);

    /// <summary>All of them.</summary>
    public IReadOnlyList<Address> All { get; }

    /// <summary>Where goods go unless another place is named: the default of the nearest unit that has one, else the company's; null if there is none.</summary>
    public Address? DefaultShipTo => Nearest(address => address.IsDefaultShipTo);

    /// <summary>Where invoices go unless another place is named: as for goods.</summary>
    public Address? DefaultBillTo => Nearest(address => address.IsDefaultBillTo);

    /// <summary>Those that users of a unit may use.</summary>
    /// <param name="addresses">Of the company; archived ones and those of other units do not count.</param>
    /// <param name="unitChain">Ids: the unit first, then the units above it.</param>
    public static AddressBook For(IEnumerable<Address> addresses, IEnumerable<long> unitChain)
    {
        IReadOnlyList<long?> chain = [.. unitChain.Select(id => (long?)id), null];
        return new([.. Address.InOrder(addresses.Where(address => !address.IsArchived && chain.Contains(address.UnitId)))], chain);
    }

    /// <summary>Those that a caller may use, by one statement; none without a company.</summary>
    public static async ValueTask<AddressBook> Of(WholesaleDb db, Caller caller, CancellationToken cancellation)
    {
        var chain = caller.UnitChain.Select(unit => unit.Id).ToList();
        var companyId = caller.Company?.Id;
        var addresses = companyId is { } id ? await UsableBy(db, id, chain).ToListAsync(cancellation) : [];
        return For(addresses, chain);
    }

    /// <summary>One of them by its key; null where it is none of them.</summary>
    public Address? Find(long id) => All.FirstOrDefault(address => address.Id == id);

    private Address? Nearest(Func<Address, bool> isDefault) =>
        All.Where(isDefault).MinBy(address => Enumerable.Range(0, owners.Count).First(i => owners[i] == address.UnitId));
}
