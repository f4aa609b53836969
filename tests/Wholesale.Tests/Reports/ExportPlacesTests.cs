using Wholesale.Platform;
using Wholesale.Reports;

namespace Wholesale.Tests.Reports;

public sealed class ExportPlacesTests
{
    [Fact]
    public void One_company_has_two_places_and_gets_another_when_it_leaves_one()
    {
        var places = new ExportPlaces(maximum: 8, maximumOfOne: 2);
        var first = places.TryEnter(PrincipalKind.CompanyUser, 1);
        using var second = places.TryEnter(PrincipalKind.CompanyUser, 1);

        Assert.NotNull(first);
        Assert.NotNull(second);
        Assert.Null(places.TryEnter(PrincipalKind.CompanyUser, 1));
        using var staff = places.TryEnter(PrincipalKind.Staff, 1);
        Assert.NotNull(staff);

        first.Dispose();
        first.Dispose();

        using var third = places.TryEnter(PrincipalKind.CompanyUser, 1);
        Assert.NotNull(third);
        Assert.Null(places.TryEnter(PrincipalKind.CompanyUser, 1));
    }

    [Fact]
    public void All_together_have_eight()
    {
        var places = new ExportPlaces(maximum: 8, maximumOfOne: 2);
        var taken = Enumerable.Range(1, 8).Select(company => places.TryEnter(PrincipalKind.CompanyUser, company)).ToList();

        Assert.All(taken, Assert.NotNull);
        Assert.Null(places.TryEnter(PrincipalKind.CompanyUser, 99));
        taken[3]!.Dispose();
        Assert.NotNull(places.TryEnter(PrincipalKind.CompanyUser, 99));
    }
}
