using System.Globalization;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Tests.Carts;

namespace Wholesale.Tests.Orders.Proof;

/// <summary>
/// The cart shop by the real time, with credit and stock for as much as anybody buys: a million each of TOOL-050-S and TOOL-051-S in Denver. Goods are sent by parcel, at 4.90 and 0.05 a piece. Callers may spend what they like. Its requests can be
/// ended at any moment, and its database can be away.
/// </summary>
internal class BuyingShop : CartShop
{
    private const string Create = "mutation($input: CreateCartInput!) { createCart(input: $input) { cart { id version } userErrors { code path } } }";

    private const string AddTo = "mutation($input: AddCartLinesInput!) { addCartLines(input: $input) { cart { version lineCount } counts { applied failed } userErrors { code path } } }";

    private const string Fill =
        "mutation($input: ImportCartInput!) { importCart(input: $input) { cart { version lineCount total { amount } } counts { applied failed } userErrors { code path } } }";

    private const string Delete = "mutation($input: DeleteCartInput!) { deleteCart(input: $input) { userErrors { code path } } }";

    private const string Order =
        "mutation($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id number version lineCount total { amount } } cart { id status } userErrors { code path } } }";

    /// <summary>Lets requests end in their middle.</summary>
    public Moments Moments { get; } = new();

    /// <summary>Lets the database be away.</summary>
    public FailingDatabase Database { get; } = new();

    /// <summary>Of those of acme that buy.</summary>
    public IReadOnlyList<string> Buyers => [Acme, Second, Other];

    /// <summary>What makes a program a node on its data.</summary>
    public IEnumerable<string> Arguments => [.. DataArguments, .. Settings];

    protected override TimeProvider? Time => null;

    protected override IEnumerable<string> Settings =>
    [
        "--Limits:SignedIn:CostBucket=1000000000000", "--Limits:SignedIn:CostRefillPerSecond=1000000000000",
        "--Logging:LogLevel:Default=None", "--Logging:LogLevel:Microsoft.EntityFrameworkCore=None", "--Logging:LogLevel:Microsoft.AspNetCore=None", // what fails here, the tests let fail
    ];

    /// <summary>Starts one; to be disposed of.</summary>
    public static async Task<BuyingShop> Start() => await Started(new BuyingShop());

    /// <summary>Starts one; to be disposed of.</summary>
    protected static async Task<T> Started<T>(T shop) where T : BuyingShop
    {
        try
        {
            await shop.InitializeAsync();
            return shop;
        }
        catch
        {
            await shop.DisposeAsync();
            throw;
        }
    }

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await ImportRows("warehouses", new { externalId = "denver", name = "Denver", country = "US" });
        await Stock(("TOOL-050-S", 1_000_000), ("TOOL-051-S", 1_000_000));
        await ImportRows("tax-rates", new { externalId = "co", name = "Sales tax 7.25 %", country = "US", region = "CO", taxClass = "standard", rate = "7.25" });
        var zones = new[] { new { name = "Everywhere", steps = new[] { new { price = "4.90", perUnit = "0.05" } } } };
        var parcel = new { externalId = "parcel", name = "Parcel", kind = "PARCEL", currency = "USD", basis = "QUANTITY", zones };
        var written = await Admin(
            "mutation($input: UpsertFreightTemplatesInput!) { upsertFreightTemplates(input: $input) { userErrors { code message } } }", new { input = new { templates = new[] { parcel } } });
        Assert.Empty(written.GetProperty("upsertFreightTemplates").GetProperty("userErrors").EnumerateArray());
        await LimitCredit(90_000_000);
    }

    /// <summary>So much lies in Denver.</summary>
    public Task Stock(params (string Sku, decimal OnHand)[] counts) =>
        ImportRows("inventory", [.. counts.Select(count => new { sku = count.Sku, warehouse = "denver", onHand = count.OnHand })]);

    /// <summary>Acme may owe so much.</summary>
    public Task LimitCredit(decimal limit) =>
        ImportRows("credit-profiles", new { company = "acme", currency = "USD", limit = limit.ToString(CultureInfo.InvariantCulture), paymentTerms = new[] { "net30", "net60" } });

    /// <summary>Opens an empty cart.</summary>
    public Task<Answer> OpenCart(string buyer, string name, string paymentMethod, string? key = null, HttpClient? client = null) =>
        Send(client ?? Client, buyer, Create, new { name, details = new { paymentMethod, shippingMethod = "parcel" } }, key);

    /// <summary>Adds lines to a cart.</summary>
    public Task<Answer> AddLines(string buyer, string cartId, IEnumerable<(string Sku, int Quantity)> lines, string? key = null, HttpClient? client = null) =>
        Send(client ?? Client, buyer, AddTo, new { cartId, lines = lines.Select(line => new { sku = line.Sku, quantity = line.Quantity }) }, key);

    /// <summary>Puts these lines and no others into a cart; tells what it comes to.</summary>
    public Task<Answer> FillCart(string buyer, string cartId, IEnumerable<(string Sku, int Quantity)> lines) =>
        Send(Client, buyer, Fill, new { cartId, replace = true, rows = lines.Select(line => new { sku = line.Sku, quantity = line.Quantity }) }, null);

    /// <summary>Deletes a cart; nothing where there is none.</summary>
    public async Task DeleteCart(string buyer, string? cartId)
    {
        if (cartId is not null)
        {
            _ = (await Send(Client, buyer, Delete, new { cartId }, null)).Payload;
        }
    }

    /// <summary>Orders a cart, whatever it comes to.</summary>
    public Task<Answer> PlaceOrder(
        string buyer, string cartId, string? key = null, HttpClient? client = null, string expectedTotal = "90000000", bool isRead = true, CancellationToken cancellation = default) =>
        Send(client ?? Client, buyer, Order, new { cartId, expectedTotal }, key, isRead, cancellation);

    /// <summary>A cart that can be ordered.</summary>
    public async Task<string> FilledCart(string buyer, string name, string paymentMethod, params (string Sku, int Quantity)[] lines)
    {
        var id = (await OpenCart(buyer, name, paymentMethod)).Payload.GetProperty("cart").GetProperty("id").GetString()!;
        Assert.Equal(0, (await AddLines(buyer, id, lines)).Payload.GetProperty("counts").GetProperty("failed").GetInt32());
        return id;
    }

    /// <summary>Ends the host, and lets go of its database, which stays until this is disposed of.</summary>
    public async Task Stop()
    {
        await Services.GetRequiredService<IHost>().StopAsync();
        Services.GetRequiredService<HostConnections>().Dispose();
        Release();
    }

    /// <summary>Closes this process's idle connections to the database.</summary>
    public void Release()
    {
        if (!SqlServerForTests.IsUsed)
        {
            using var connection = new SqliteConnection(ConnectionString);
            SqliteConnection.ClearPool(connection);
        }
    }

    /// <summary>A context beside the host.</summary>
    public WholesaleDb Open() => DatabaseHosting.Open(SqlServerForTests.IsUsed
        ? SqlServerForTests.SettingsOf(ConnectionString)
        : new(DatabaseProvider.Sqlite, ConnectionString, Migrate: false, Demo: false));

    /// <summary>Reads beside the host.</summary>
    public async Task<T> Read<T>(Func<WholesaleDb, Task<T>> read)
    {
        await using var db = Open();
        return await read(db);
    }

    /// <summary>How many orders there are, of a cart or of all.</summary>
    public Task<int> Orders(string? cartId = null)
    {
        var key = cartId is null ? 0 : NodeId.Parse(cartId).Key;
        return Read(db => db.Orders.CountAsync(o => key == 0 || o.CartId == key));
    }

    /// <summary>What was reserved of something in Denver.</summary>
    public Task<decimal> Reserved(string sku) => Read(async db =>
        (await db.StockLevels.SingleAsync(l => db.Variants.Any(v => v.Id == l.VariantId && v.Sku == sku))).Reserved.Thousandths / 1_000m);

    /// <summary>What was reserved of acme's credit.</summary>
    public Task<decimal> ReservedOfCredit() => Read(async db =>
        (await db.CreditProfiles.SingleAsync(p => db.Companies.Any(c => c.Id == p.CompanyId && c.ExternalId == "acme"))).Reserved / 10_000m);

    /// <summary>Fails if anything is there in part.</summary>
    public async Task AssertWhole() => Assert.Empty(await Read(Books.Mistakes));

    protected override void Add(IServiceCollection services) =>
        services.AddSingleton<IStartupFilter>(Moments).AddSingleton<IInterceptor>(Moments).AddSingleton<IInterceptor>(Database);

    private static async Task<Answer> Send(
        HttpClient client, string buyer, string query, object input, string? key, bool isRead = true, CancellationToken cancellation = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query, variables = new { input } }) };
        request.Headers.Add("X-Api-Key", buyer);
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        return new(response.StatusCode, isRead ? await response.Content.ReadAsStringAsync(cancellation) : "", response.Headers.Contains("Idempotent-Replayed"));
    }
}
