using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Wholesale.Tests.Carts;

/// <summary>
/// The shop with what buying needs, and a clock that the test moves. Of acme there are <c>buyer</c> and <c>second</c> at headquarters, <c>other</c> at the branch below it, <c>boss</c> who is an admin and
/// <c>viewer</c>; it has a ship-to and a bill-to address by default, and net30 and net60 with a limit of 100,000 USD. <c>rival</c> is another American company. TOOL-010 and TOOL-011 of
/// both sizes are one break group of the dollar list; TOOL-020-S comes in threes, from 6 to 60.
/// </summary>
public class CartShop : Shop
{
    private int opened;

    public FakeTime Clock { get; } = new();

    public string Second { get; private set; } = null!;

    public string Other { get; private set; } = null!;

    public string Boss { get; private set; } = null!;

    public string Viewer { get; private set; } = null!;

    public string Rival { get; private set; } = null!;

    protected override TimeProvider? Time => Clock;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await ImportRows(
            "companies",
            new
            {
                externalId = "acme",
                units = new[] { new { externalId = "branch", name = "Branch", parent = "hq" } },
                users = new[] { User("second", "acme", "BUYER", "hq"), User("other", "acme", "BUYER", "branch"), User("boss", "acme", "ADMIN", "hq"), User("viewer", "acme", "VIEWER", "hq") },
                addresses = new[]
                {
                    new
                    {
                        externalId = "dock", name = "Acme Inc.", lines = new[] { "1 Dock Road" }, city = "Denver", region = "CO", postalCode = "80014", country = "US",
                        isDefaultShipTo = true, isDefaultBillTo = true,
                    },
                    new
                    {
                        externalId = "yard", name = "Acme Yard", lines = new[] { "7 Yard Lane" }, city = "Reno", region = "NV", postalCode = "89501", country = "US",
                        isDefaultShipTo = false, isDefaultBillTo = false,
                    },
                },
            },
            new
            {
                externalId = "rival",
                name = "Rival Inc.",
                market = "us",
                verification = "VERIFIED",
                units = new[] { new { externalId = "hq", name = "Headquarters" } },
                users = new[] { User("buyer", "rival", "BUYER", "hq") },
            });
        await ImportRows("payment-terms", new { externalId = "net30", name = "30 days", netDays = 30, dueBasis = "INVOICE" }, new { externalId = "net60", name = "60 days", netDays = 60, dueBasis = "INVOICE" });
        await ImportRows("credit-profiles", new { company = "acme", currency = "USD", limit = "100000", paymentTerms = new[] { "net30", "net60" } });
        var list = (await Admin("""{ priceList(externalId: "usd") { id } }""")).GetProperty("priceList").GetProperty("id").GetString();
        var rules = new object[]
        {
            new { sku = "TOOL-010-S", breakGroup = "tens" }, new { sku = "TOOL-010-L", breakGroup = "tens" }, new { sku = "TOOL-011-S", breakGroup = "tens" }, new { sku = "TOOL-011-L", breakGroup = "tens" },
            new { sku = "TOOL-020-S", minimum = 6, maximum = 60, increment = 3 },
        };
        var ruled = await Admin(
            "mutation($input: UpsertQuantityRulesInput!) { upsertQuantityRules(input: $input) { userErrors { code message } } }", new { input = new { priceListId = list, rules } });
        Assert.Empty(ruled.GetProperty("upsertQuantityRules").GetProperty("userErrors").EnumerateArray());
        (Second, Other, Boss, Viewer) = (await CreateBuyerKey("acme", "second"), await CreateBuyerKey("acme", "other"), await CreateBuyerKey("acme", "boss"), await CreateBuyerKey("acme", "viewer"));
        Rival = await CreateBuyerKey("rival");
    }

    /// <summary>Opens an empty cart of a name of its own.</summary>
    public async Task<string> OpenCart(string? key = null, bool isShared = false, object? details = null)
    {
        var payload = await Mutate(key ?? Acme, "createCart", "CreateCartInput", new { name = $"cart {Interlocked.Increment(ref opened)}", isShared, details }, "cart { id }");
        Assert.Empty(Errors(payload));
        return payload.GetProperty("cart").GetProperty("id").GetString()!;
    }

    /// <summary>A cart with lines.</summary>
    public async Task<string> OpenCart(params (string Sku, decimal Quantity)[] lines)
    {
        var id = await OpenCart();
        Assert.Empty(Errors(await Add(id, lines)));
        return id;
    }

    /// <summary>Adds rows by SKU.</summary>
    public Task<JsonElement> Add(string cartId, params (string Sku, decimal Quantity)[] lines) => Add(Acme, cartId, lines);

    /// <summary>Adds rows by SKU, as somebody.</summary>
    public Task<JsonElement> Add(string key, string cartId, (string Sku, decimal Quantity)[] lines, string mode = "PARTIAL") => Mutate(
        key,
        "addCartLines",
        "AddCartLinesInput",
        new { cartId, lines = lines.Select(line => new { sku = line.Sku, quantity = line.Quantity }), mode },
        "cart { version lineCount subtotal { amount } } lines { sku quantity } counts { received applied failed }");

    /// <summary>Reads something of a cart.</summary>
    public async Task<JsonElement> Cart(string id, string fields, string? key = null) =>
        (await Data(key ?? Acme, $"query($id: ID!) {{ cart(id: $id) {{ {fields} }} }}", new { id })).GetProperty("cart");

    /// <summary>Sends a mutation, and returns its payload.</summary>
    public async Task<JsonElement> Mutate(string key, string mutation, string inputType, object input, string fields) =>
        (await Data(key, $"mutation($input: {inputType}!) {{ {mutation}(input: $input) {{ {fields} userErrors {{ code message path }} }} }}", new { input })).GetProperty(mutation);

    /// <summary>The user errors of a payload, as <c>CODE path.of.it</c>.</summary>
    public static List<string> Errors(JsonElement payload) =>
        [.. payload.GetProperty("userErrors").EnumerateArray().Select(Error)];

    /// <summary>A user error, as <c>CODE path.of.it</c>.</summary>
    public static string Error(JsonElement error) => error.GetProperty("path").ValueKind == JsonValueKind.Array
        ? $"{error.GetProperty("code").GetString()} {string.Join('.', error.GetProperty("path").EnumerateArray().Select(part => part.GetString()))}"
        : error.GetProperty("code").GetString()!;

    /// <summary>Writes prices of the dollar list for everyone.</summary>
    public Task SetPrice(string sku, string unitPrice, int minimumQuantity = 1) =>
        ImportRows("prices", new { priceList = "usd", sku, minimumQuantity, unitPrice });

    /// <summary>Imports rows, all of which are good.</summary>
    public async Task ImportRows(string kind, params object[] rows)
    {
        var report = await Import(kind, rows.Select(row => JsonSerializer.Serialize(row)));
        Assert.True(report.Count == 1, string.Join('\n', report.Select(r => r.GetRawText())));
    }

    /// <summary>How many events there are of a type.</summary>
    public async Task<int> Events(string type)
    {
        await using var scope = Services.CreateAsyncScope();
        return scope.ServiceProvider.GetRequiredService<WholesaleDb>().Events.Count(e => e.Type == type);
    }

    private static object User(string name, string company, string role, string unit) => new { externalId = name, name, email = $"{name}@{company}.example", role, unit };
}
