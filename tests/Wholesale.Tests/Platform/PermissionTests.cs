using Wholesale.Platform;

namespace Wholesale.Tests.Platform;

public sealed class PermissionTests
{
    [Fact]
    public void A_set_contains_what_it_was_made_of()
    {
        var set = PermissionSet.Of(Permission.CatalogRead, Permission.KeysWrite);

        Assert.True(set.Contains(Permission.KeysWrite));
        Assert.False(set.Contains(Permission.PricesWrite));
        Assert.Equal([Permission.CatalogRead, Permission.KeysWrite], set.ToList());
    }

    [Fact]
    public void A_role_narrows_a_key_and_never_widens_it()
    {
        var role = PermissionSet.Of(Permission.CatalogRead, Permission.CompanyRead);

        Assert.Equal(role, PermissionSet.All.And(role));
        Assert.Equal(PermissionSet.Of(Permission.CatalogRead), PermissionSet.Of(Permission.CatalogRead, Permission.KeysWrite).And(role));
    }

    [Fact]
    public void All_permissions_are_those_that_this_version_knows() =>
        Assert.Equal(Enum.GetValues<Permission>(), PermissionSet.All.ToList());

    [Fact]
    public void A_rows_error_gets_the_path_of_the_input_around_it() =>
        Assert.Equal(["products", "3", "sku"], new UserError("SKU_TAKEN", "…", ["sku"]).Under("products", "3").Path);
}
