using Wholesale.Companies;

namespace Wholesale.Tests.Companies;

public sealed class AddressBookTests
{
    private const long Top = 1;
    private const long Branch = 2;
    private const long Desk = 3;
    private const long Sister = 4;

    [Fact]
    public void A_unit_uses_its_own_addresses_those_above_it_and_the_companys_by_name()
    {
        Address[] addresses =
        [
            Of(11, null, "everyone"), Of(12, Top, "Top"), Of(13, Branch, "branch"), Of(14, Desk, "Desk"), Of(15, Sister, "Sister"),
            Of(16, Branch, "Closed") with { IsArchived = true },
        ];

        var book = AddressBook.For(addresses, [Branch, Top]);

        Assert.Equal(["branch", "everyone", "Top"], book.All.Select(address => address.Name));
        Assert.Equal("Top", book.Find(12)?.Name);
        Assert.All([14L, 15, 16, 99], id => Assert.Null(book.Find(id)));
    }

    [Fact]
    public void The_default_is_that_of_the_nearest_unit_that_has_one_else_the_companys()
    {
        Address[] addresses =
        [
            Of(11, null, "a company") with { IsDefaultShipTo = true, IsDefaultBillTo = true },
            Of(12, Top, "b top") with { IsDefaultShipTo = true },
            Of(13, Branch, "c branch"),
            Of(14, Desk, "d desk") with { IsDefaultShipTo = true },
            Of(15, Sister, "e sister") with { IsDefaultBillTo = true },
        ];

        (string?, string?) Defaults(params long[] chain) => AddressBook.For(addresses, chain) is var book ? (book.DefaultShipTo?.Name, book.DefaultBillTo?.Name) : default;

        Assert.Equal(("d desk", "a company"), Defaults(Desk, Branch, Top));
        Assert.Equal(("b top", "a company"), Defaults(Branch, Top));
        Assert.Equal(("b top", "e sister"), Defaults(Sister, Top));
        Assert.Equal(("a company", "a company"), Defaults());
    }

    [Fact]
    public void Without_defaults_there_is_none()
    {
        var book = AddressBook.For([Of(11, null, "company"), Of(12, Sister, "sister") with { IsDefaultShipTo = true }], [Top]);

        Assert.Equal((null, null), (book.DefaultShipTo, book.DefaultBillTo));
    }

    private static Address Of(long id, long? unitId, string name) => new()
    {
        Id = id,
        CompanyId = 7,
        ExternalId = name,
        UnitId = unitId,
        Name = name,
        JoinedLines = "1 Road",
        City = "Town",
        Country = "DE",
        IsShipTo = true,
        IsBillTo = true,
    };
}
