using System.Text.Json;
using Wholesale.Tests.Orders;

namespace Wholesale.Tests.Shipping;

/// <summary>
/// The order shop with weights, ways of sending goods, and terms. TOOL-001-S weighs 0.4 kg, TOOL-100-S 12.5 kg, TOOL-040-S 0 kg; of TOOL-003-S it is not known. American buyers send by <c>parcel</c>, up to 30 kg, at 4.90 USD
/// up to 5 kg and 0.50 for each begun kilogram above that in Colorado, free from 500, and at 9.90 elsewhere in the country; by <c>pallet</c>, everywhere, at 60.00 and 0.10 a kilogram; and by <c>air</c> to Canada.
/// Insurance is 0.5 %, at least 2.00 USD, where the buyer wants it; the branch of acme is delivered to FOB.
/// </summary>
public class ShippingShop : OrderShop
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await ImportRows("products", Weighing("TOOL-001", 0.4m), Weighing("TOOL-100", 12.5m), Weighing("TOOL-040", 0m));
        Assert.Empty(await Upsert("FreightTemplates", new { templates = new object[] { Parcel(), Pallet, Air } }));
        var ids = await Admin("""{ company(externalId: "acme") { units { id externalId } market { id } } }""");
        var branch = ids.GetProperty("company").GetProperty("units").EnumerateArray().Single(u => u.GetProperty("externalId").GetString() == "branch").GetProperty("id").GetString();
        var market = ids.GetProperty("company").GetProperty("market").GetProperty("id").GetString();
        Assert.Empty(await Upsert("ShippingTerms", new
        {
            terms = new object[]
            {
                new { externalId = "us", assignee = new { marketId = market }, insurance = new { ratePercent = "0.5", minimumPremium = "2", currency = "USD" } },
                new { externalId = "branch", assignee = new { unitId = branch }, deliveryTerms = new { incoterm = "FOB", place = "Port of Long Beach" } },
            },
        }));
    }

    /// <summary>The parcel template, at a price for what goes to Colorado.</summary>
    public static object Parcel(string price = "4.90", bool isActive = true) => new
    {
        externalId = "parcel",
        name = "Parcel",
        kind = "PARCEL",
        currency = "USD",
        basis = "WEIGHT",
        market = "us",
        maximumWeight = 30,
        isActive,
        zones = new object[]
        {
            new
            {
                name = "Colorado",
                places = new[] { new { country = "US", region = "CO" } },
                steps = new object[] { new { upTo = 5, price }, new { upTo = 30, price, perUnit = "0.5" } },
                freeFrom = "500",
                transitDays = new { minimum = 1, maximum = 2 },
            },
            new { name = "Country", places = new[] { new { country = "US" } }, steps = new[] { new { price = "9.90" } } },
        },
    };

    /// <summary>Sends an upsert as staff, and tells what was wrong with it.</summary>
    public async Task<List<string>> Upsert(string what, object input)
    {
        var payload = (await Admin($"mutation($input: Upsert{what}Input!) {{ upsert{what}(input: $input) {{ counts {{ applied }} userErrors {{ code message path }} }} }}", new { input })).GetProperty($"upsert{what}");
        return Errors(payload);
    }

    /// <summary>Says how a cart's goods are to be sent.</summary>
    public Task<JsonElement> Choose(string cartId, object details, string? key = null) =>
        Mutate(key ?? Acme, "updateCart", "UpdateCartInput", new { cartId, details }, "cart { shipping { amount } total { amount } }");

    /// <summary>What stands against a cart.</summary>
    public async Task<List<string>> Issues(string cartId, string? key = null) =>
        [.. (await Data(key ?? Acme, "query($id: ID!) { validateCart(cartId: $id) { issues { code message path } } }", new { id = cartId })).GetProperty("validateCart").GetProperty("issues").EnumerateArray().Select(Error)];

    private static object Pallet => new
    {
        externalId = "pallet",
        name = "On a pallet",
        kind = "LTL",
        currency = "USD",
        basis = "WEIGHT",
        market = "us",
        zones = new[] { new { name = "Everywhere", steps = new[] { new { price = "60", perUnit = "0.1" } }, transitDays = new { minimum = 5, maximum = 8 } } },
    };

    private static object Air => new
    {
        externalId = "air",
        name = "By air",
        kind = "AIR",
        currency = "USD",
        basis = "WEIGHT",
        market = "us",
        zones = new[] { new { name = "Canada", places = new[] { new { country = "CA" } }, steps = new[] { new { price = "100" } } } },
    };

    private static object Weighing(string product, decimal kilograms) => new { sku = product, variants = new[] { new { sku = $"{product}-S", shippingWeight = kilograms } } };
}
