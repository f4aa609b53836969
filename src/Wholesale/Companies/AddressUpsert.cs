using Wholesale.Platform;

namespace Wholesale.Companies;

/// <summary>
/// Decides what rows do to the addresses of a company: pure, row by row. A row that comes to nothing leaves nothing behind but its errors. Of defaults an owner, a unit
/// or the company, has at most one: a new one takes it from the other.
/// </summary>
/// <param name="companyId">The company.</param>
/// <param name="existing">All addresses of the company, archived ones too.</param>
/// <param name="units">All units of the company, by external id.</param>
/// <param name="ids">For new ones.</param>
internal sealed class AddressUpsert(long companyId, IEnumerable<Address> existing, IReadOnlyDictionary<string, CompanyUnit> units, Ids ids)
{
    private readonly Dictionary<string, Address> before = existing.ToDictionary(address => address.ExternalId, StringComparer.Ordinal);
    private readonly Dictionary<string, Address> after = existing.ToDictionary(address => address.ExternalId, StringComparer.Ordinal);
    private int living = existing.Count(address => !address.IsArchived);

    /// <summary>Addresses that were not there.</summary>
    public IReadOnlyList<Address> Added => [.. after.Values.Where(address => !before.ContainsKey(address.ExternalId)).Select(Next)];

    /// <summary>Addresses that are not as they were.</summary>
    public IReadOnlyList<Address> Changed => [.. after.Values.Where(address => before.TryGetValue(address.ExternalId, out var old) && old != address).Select(Next)];

    /// <summary>Whether any address is new or not as it was.</summary>
    public bool IsChanged => after.Values.Any(address => before.GetValueOrDefault(address.ExternalId) != address);

    /// <summary>An address as all rows leave it.</summary>
    public Address this[string externalId] => before.GetValueOrDefault(externalId) is { } old && old == after[externalId] ? old : Next(after[externalId]);

    /// <summary>Carries rows out that stand within a larger one, each key once.</summary>
    /// <param name="inputs">The rows.</param>
    /// <param name="errors">The larger row's, in which these stand under <c>addresses</c>.</param>
    public void Decide(IReadOnlyList<AddressInput> inputs, RowErrors errors)
    {
        if (!errors.Length(inputs, RowErrors.MaximumRows, "addresses"))
        {
            return;
        }

        var rows = BulkRow<AddressInput, Address>.Of(inputs);
        BulkRow<AddressInput, Address>.RefuseDuplicates(rows, input => input.ExternalId, "externalId");
        for (var i = 0; i < rows.Count; i++)
        {
            Decide(inputs[i], rows[i].Errors);
            foreach (var error in rows[i].Errors.ToList())
            {
                errors.Add(error.Under("addresses", RowErrors.Position(i)));
            }
        }
    }

    /// <summary>Carries a row out, unless it has errors.</summary>
    public void Decide(AddressInput input, RowErrors errors)
    {
        if (errors.Any)
        {
            return;
        }

        var old = after.GetValueOrDefault(input.ExternalId);
        AddressChecks.Check(input, isNew: old is null, errors);
        var address = WithDefaults(Changes(old ?? New(input), input, errors), old, input, errors);
        var more = (address.IsArchived ? 0 : 1) - (old is null or { IsArchived: true } ? 0 : 1);
        if (more > 0 && living >= Address.MaximumOfCompany)
        {
            errors.Add(CompanyErrors.TooManyAddresses());
        }

        if (errors.Any)
        {
            return;
        }

        living += more;

        after[address.ExternalId] = address;
        foreach (var other in after.Values.Where(a => a.Id != address.Id && AreBothDefault(a, address)).ToList())
        {
            after[other.ExternalId] = other with
            {
                IsDefaultShipTo = other.IsDefaultShipTo && !address.IsDefaultShipTo,
                IsDefaultBillTo = other.IsDefaultBillTo && !address.IsDefaultBillTo,
            };
        }
    }

    private static bool AreBothDefault(Address one, Address other) => one.UnitId == other.UnitId
        && ((one.IsDefaultShipTo && other.IsDefaultShipTo) || (one.IsDefaultBillTo && other.IsDefaultBillTo));

    private Address New(AddressInput input) => new()
    {
        Id = ids.Next(),
        CompanyId = companyId,
        ExternalId = input.ExternalId,
        Name = "",
        JoinedLines = "",
        City = "",
        Country = "",
        IsShipTo = true,
        IsBillTo = true,
    };

    private Address Changes(Address old, AddressInput input, RowErrors errors) => old with
    {
        UnitId = UnitOf(input, old, errors),
        Name = input.Name ?? old.Name,
        Attention = input.Attention.Or(old.Attention),
        JoinedLines = input.Lines is { } lines ? string.Join('\n', lines) : old.JoinedLines,
        City = input.City ?? old.City,
        Region = input.Region.Or(old.Region),
        PostalCode = input.PostalCode.Or(old.PostalCode),
        Country = input.Country ?? old.Country,
        Phone = input.Phone.Or(old.Phone),
        IsShipTo = input.IsShipTo ?? old.IsShipTo,
        IsBillTo = input.IsBillTo ?? old.IsBillTo,
        IsArchived = input.IsArchived ?? old.IsArchived,
    };

    private long? UnitOf(AddressInput input, Address old, RowErrors errors)
    {
        if (input.Unit.Or(null) is not { } externalId)
        {
            return input.Unit.HasValue ? null : old.UnitId;
        }

        if (units.TryGetValue(externalId, out var unit))
        {
            return unit.Id;
        }

        errors.Add(CompanyErrors.NoSuch("unit", externalId, "unit"));
        return old.UnitId;
    }

    /// <summary>Who was the default stays it with the same owner, as long as it can be.</summary>
    private static Address WithDefaults(Address address, Address? old, AddressInput input, RowErrors errors)
    {
        var isKept = old is not null && old.UnitId == address.UnitId;
        return address with
        {
            IsDefaultShipTo = Decided(input.IsDefaultShipTo, isKept && old!.IsDefaultShipTo, address.IsShipTo, "isDefaultShipTo"),
            IsDefaultBillTo = Decided(input.IsDefaultBillTo, isKept && old!.IsDefaultBillTo, address.IsBillTo, "isDefaultBillTo"),
        };

        bool Decided(bool? given, bool current, bool isOfKind, string field)
        {
            var canBe = isOfKind && !address.IsArchived;
            if (given == true && !canBe)
            {
                errors.Add(CompanyErrors.CannotBeDefault(input.ExternalId, field));
            }

            return canBe && (given ?? current);
        }
    }

    private static Address Next(Address address) => address with { Version = address.Version + 1 };
}
