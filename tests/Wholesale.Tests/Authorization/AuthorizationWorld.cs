using System.Data.Common;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Credit;
using Wholesale.GraphQL.Types;
using Wholesale.Platform;
using Wholesale.Platform.Events;

namespace Wholesale.Tests.Authorization;

/// <summary>Somebody who asks.</summary>
/// <param name="Name">For the reader of a failure.</param>
/// <param name="Key">Its API key; null: anonymous.</param>
/// <param name="Permissions">What it may do, as the contract's permissions are described; <c>*</c>: everything.</param>
/// <param name="Company">Whose user it is; null: nobody's.</param>
/// <param name="IsOwner">Whether the company's cart and order are its own, and not a colleague's.</param>
internal sealed record Asker(string Name, string? Key, string Permissions, string? Company = null, bool IsOwner = false)
{
    public bool IsStaff { get; init; }

    public bool May(string? permission) => permission is null || Permissions == "*" || Permissions.Split(' ').Contains(permission);
}

/// <summary>
/// A shop with two companies, <see cref="A"/> and <see cref="B"/>, that have one of everything. All that is one company's has its name in some text, so that a table's rows tell whose they are, and an answer
/// what it should not have said. The two warehouses and categories are everyone's. The clock stands still.
/// </summary>
public sealed class AuthorizationWorld : TestHost
{
    public const string A = "aardvark";
    public const string B = "zebra";

    /// <summary>Companies, and a third that is not verified.</summary>
    private const string Unverified = "mole";

    private const string OfBuyer = "CATALOG_READ COMPANY_READ CREDIT_READ BUDGETS_READ ORDERS_PLACE";

    /// <summary>What tells nothing about a customer: everybody may see all of it.</summary>
    public static readonly IReadOnlySet<string> Shared = new HashSet<string> { "Category", "Warehouse" };

    /// <summary>What is a user's, and not its colleagues'.</summary>
    private static readonly IReadOnlySet<string> OfUser = new HashSet<string> { "Cart", "CartLine" };

    /// <summary>The same of orders, which who reads the company's sees.</summary>
    private static readonly IReadOnlySet<string> OfOrderer = new HashSet<string>(OfUser) { "Order", "OrderLine", "Fulfillment", "Shipment" };

    private readonly Dictionary<(string Type, string Company), List<string>> ids = [];

    internal IReadOnlyList<Asker> Askers { get; private set; } = [];

    protected override TimeProvider? Time { get; } = new FakeTime();

    /// <summary>Without limits of cost: answers are to show as much as there is.</summary>
    protected override IEnumerable<string> Settings =>
    [
        .. from caller in new[] { "Anonymous", "SignedIn", "Staff" }
           from limit in new[] { ("MaxCost", "1000000000000"), ("CostBucket", "1000000000000"), ("CostRefillPerSecond", "1000000000000"), ("MaxFields", "1000000"), ("MaxTokens", "1000000"), ("MaxMergeComparisons", "100000000") }
           from word in new[] { $"--Limits:{caller}:{limit.Item1}", limit.Item2 }
           select word,
        "--Limits:SignedIn:MaxStreams", "1000", "--Limits:Staff:MaxStreams", "1000", "--Limits:Anonymous:MaxDepth", "20", "--Limits:Anonymous:MaxNesting", "100",
    ];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Take("warehouses", new { externalId = "north", name = "North", country = "US" }, new { externalId = "south", name = "South", country = "US" });
        await Take("categories", Category("goods"), Category("tools"));
        await Take("products", Product("PUBLIC", null));
        await Take("catalog-views", new { externalId = "public", name = "Public", rules = Goods, assignees = new[] { new { everyone = true } } });
        await MakeThings(A);
        await MakeThings(B);
        await Take("companies", Company(Unverified, null, "PENDING"));
        await FindThings();
        await MakeAskers();
    }

    /// <summary>What is a user's, and hidden from this one where it is another's.</summary>
    internal static IReadOnlySet<string> Personal(Asker asker) => asker.May("ORDERS_READ_COMPANY") ? OfUser : OfOrderer;

    /// <summary>The ids of a company's things of a type; of what is everyone's, all.</summary>
    internal IReadOnlyList<string> Ids(string type, string company) => ids.GetValueOrDefault((type, Shared.Contains(type) ? "" : company)) ?? [];

    /// <summary>All ids of what is a company's alone.</summary>
    internal IEnumerable<string> AllIds(string company) => ids.Where(list => list.Key.Company == company).SelectMany(list => list.Value);

    /// <summary>An id of a type that was never given: as long as a real one.</summary>
    internal string UnknownId(string type) => new NodeId(type, NodeId.Parse(Ids(type, B)[0]).Key ^ (1L << 40)).ToString();

    /// <summary>Subscribes by Server-Sent Events.</summary>
    internal async Task<HttpResponseMessage> Subscribe(string? key, string query, JsonObject variables, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(new { query, variables }) };
        request.Headers.Add("Accept", "text/event-stream");
        if (key is not null)
        {
            request.Headers.Add("X-Api-Key", key);
        }

        return await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>The JSON with which a subscription begins: why there is none, or that it is open.</summary>
    internal static async Task<string> Begin(HttpResponseMessage response)
    {
        if (response.Content.Headers.ContentType?.MediaType != "text/event-stream")
        {
            return await response.Content.ReadAsStringAsync();
        }

        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        while (await lines.ReadLineAsync() is { } line)
        {
            if (line == ":")
            {
                return """{"data":"open"}""";
            }

            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return line["data: ".Length..];
            }
        }

        return "";
    }

    /// <summary>The number of the last event: whatever is changed, counts it up.</summary>
    internal async Task<long> LastEvent()
    {
        await using var scope = Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<WholesaleDb>().Events.MaxAsync(e => e.Number);
    }

    private static object[] Goods => [new { action = "INCLUDE", category = "goods" }];

    private static object Category(string id) => new { externalId = id, texts = new[] { new { locale = "en", name = id } } };

    private static object Product(string sku, string? company) => new
    {
        sku,
        texts = new[] { new { locale = "en", name = sku } },
        category = "goods",
        publishedFrom = "2026-01-01T00:00:00Z",
        exclusiveTo = company is null ? null : new[] { company },
        variants = new[] { new { sku = $"{sku}-S" } },
    };

    private static object Company(string name, string? market, string verification) => new
    {
        externalId = name,
        name = $"{name} Inc.",
        market,
        tier = market is null ? null : $"{name}-tier",
        currency = "USD",
        verification,
        units = new object[] { new { externalId = $"{name}-hq", name = $"{name} headquarters" }, new { externalId = $"{name}-branch", name = $"{name} branch", parent = $"{name}-hq" } },
        users = new[] { "buyer", "second", "boss", "viewer" }.Select(user => new
        {
            externalId = $"{name}-{user}",
            name = $"{name} {user}",
            email = $"{user}@{name}.example",
            unit = $"{name}-hq",
            role = user switch { "boss" => "ADMIN", "viewer" => "VIEWER", _ => "BUYER" },
        }),
        addresses = new[]
        {
            new
            {
                externalId = $"{name}-dock", name = $"{name} dock", lines = new[] { "1 Dock Road" }, city = $"{name} town", region = $"{name}-region", country = "US",
                isDefaultShipTo = true, isDefaultBillTo = true,
            },
        },
    };

    private async Task MakeThings(string name)
    {
        await Take("markets", new { externalId = $"{name}-market", name = $"{name} market", currency = "USD" });
        await Take("tiers", new { externalId = $"{name}-tier", name = $"{name} tier", rank = name == A ? 1 : 2 });
        await Take("companies", Company(name, $"{name}-market", "VERIFIED"));
        await Take("segments", new { externalId = $"{name}-segment", name = $"{name} segment", rule = new { match = "ALL", conditions = new[] { new { attribute = "COMPANY", @in = new[] { name } } } } });
        await Take("products", Product(name.ToUpperInvariant(), name));
        await Take("catalog-views", new { externalId = $"{name}-view", name = $"{name} view", rules = Goods, assignees = new[] { new { company = name } } });
        await Take("price-lists", new { externalId = $"{name}-list", name = $"{name} list", currency = "USD", assignments = new[] { new { company = name, validFrom = "2020-01-01T00:00:00Z" } } });
        await Take("prices", Price(name, "PUBLIC-S"), Price(name, Sku(name)));
        await Take("payment-terms", new { externalId = $"{name}-term", name = $"{name} term", netDays = 30, dueBasis = "INVOICE" });
        await Take("credit-profiles", new { company = name, currency = "USD", limit = "100000", rating = $"{name}-rating", paymentTerms = new[] { $"{name}-term" } });
        await Take(
            "budgets",
            new { company = name, externalId = $"{name}-budget", name = $"{name} budget", scope = "UNIT", unit = $"{name}-hq", amount = "10000", currency = "USD", period = "YEAR", startsOn = "2026-01-01", policy = "BLOCK" });
        await Take("suppliers", new { externalId = $"{name}-supplier", name = $"{name} supplier" });
        await Take("inventory", new { sku = Sku(name), warehouse = WarehouseOf(name), onHand = 1000 });
        await Take("incoming-supplies", new { externalId = $"{name}-supply", sku = Sku(name), warehouse = WarehouseOf(name), expectedOn = "2026-05-01", quantity = 20 });
        await Take("tax-rates", new { externalId = $"{name}-tax", name = $"{name} tax", country = "US", region = $"{name}-region", taxClass = "standard", rate = "7.25" });
        await Take("tax-profiles", new { company = name, taxIds = new[] { new { country = "US", number = $"{name}-number", isVerified = true } } });
        await MakeBySeller(name);
        await MakeByBuyer(name);
    }

    private async Task MakeBySeller(string name)
    {
        var company = (await Admin("query($id: String!) { company(externalId: $id) { id users { id } } }", new { id = name })).GetProperty("company");
        var companyId = company.GetProperty("id").GetString();
        await Write("upsertReferenceFields", new { company = name, fields = new[] { new { code = $"{name}-field", label = $"{name} field", isRequired = false } } });
        await Write("upsertOrderMinimums", new { orderMinimums = new[] { new { externalId = $"{name}-minimum", assignee = new { companyId }, amount = "1", currency = "USD" } } });
        var zones = new[] { new { name = $"{name} zone", places = new[] { new { country = "US" } }, steps = new[] { new { price = "5" } } } };
        await Write("upsertFreightTemplates", new { templates = new[] { new { externalId = $"{name}-freight", name = $"{name} freight", kind = "PARCEL", currency = "USD", basis = "QUANTITY", market = $"{name}-market", zones } } });
        await Write("upsertShippingTerms", new { terms = new[] { new { externalId = $"{name}-terms", assignee = new { companyId }, deliveryTerms = new { incoterm = "DAP", place = $"{name} dock" } } } });
        await Write("upsertOrderNumberSeries", new { series = new[] { new { externalId = $"{name}-series", market = $"{name}-market", prefix = $"{name}-", digits = 6 } } });
        await Write("registerTrustedDocuments", new { documents = new[] { $"query {name} {{ me {{ kind }} }}" } });
        await Write("createApiKey", new { name = $"{name} key", companyUserId = company.GetProperty("users")[0].GetProperty("id").GetString() });
        await Owe(name);
        await Write(
            "recordPayment",
            new { externalId = $"{name}-payment", company = name, amount = "50", currency = "USD", receivedOn = "2026-03-01", allocations = new[] { new { orderNumber = $"{name}-owed", amount = "10" } } });
        var set = (await Write("createPriceChangeSet", new { externalId = $"{name}-set", name = $"{name} set", effectiveAt = "2026-06-01T00:00:00Z" }, "priceChangeSet { id }")).GetProperty("priceChangeSet").GetProperty("id").GetString();
        var list = (await Admin("query($id: String!) { priceList(externalId: $id) { id assignments { id } } }", new { id = $"{name}-list" })).GetProperty("priceList");
        await Write("upsertPriceChanges", new { priceChangeSetId = set, lines = new[] { new { priceListId = list.GetProperty("id").GetString(), sku = Sku(name), unitPrice = "12" } } });
        var simulated = (await Admin(
            "query($input: SimulatePriceChangeInput!) { simulatePriceChange(input: $input) { simulation { id } userErrors { message } } }", new { input = new { priceChangeSetId = set } })).GetProperty("simulatePriceChange");
        Add("PriceListAssignment", name, list.GetProperty("assignments")[0].GetProperty("id").GetString()!);
        Add("PriceSimulation", name, simulated.GetProperty("simulation").GetProperty("id").GetString()!);
    }

    /// <summary>An open item, as the room opens it that writes the document.</summary>
    private async Task Owe(string name)
    {
        await using var scope = Services.CreateAsyncScope();
        var (provider, ids) = (scope.ServiceProvider, Services.GetRequiredService<Ids>());
        var companyId = await provider.GetRequiredService<WholesaleDb>().Companies.Where(c => c.ExternalId == name).Select(c => c.Id).SingleAsync();
        await provider.GetRequiredService<Writes>().Run(
            Actor.System,
            () => provider.GetRequiredService<OpenItems>().Open(
                new(ids.Next(), $"{name}-document", ids.Next(), $"{name}-owed", companyId, OpenItemKind.OnAccount, new(100_0000, Currency.Of("USD")), null, new(2026, 3, 1)), default));
    }

    /// <summary>An open cart, another that was ordered, and a third of which one piece was sent.</summary>
    private async Task MakeByBuyer(string name)
    {
        var key = await CreateBuyerKey(name, $"{name}-buyer");
        foreach (var cart in new[] { "open", "ordered", "sent" })
        {
            var details = new { purchaseOrderNumber = $"{name}-{cart}", costCenter = name, note = $"{name} note", paymentMethod = "ON_ACCOUNT", shippingMethod = $"{name}-freight", references = new[] { new { code = $"{name}-field", value = name } } };
            var id = (await Write("createCart", new { name = $"{name} {cart}", details }, "cart { id }", key)).GetProperty("cart").GetProperty("id").GetString();
            await Write("addCartLines", new { cartId = id, lines = new[] { new { sku = Sku(name), quantity = 2, note = $"{name} note" } } }, "counts { applied }", key);
            if (cart != "open")
            {
                var order = (await Write("placeOrder", new { cartId = id, expectedTotal = "1000" }, "order { id }", key)).GetProperty("order").GetProperty("id").GetString();
                if (cart == "sent")
                {
                    var fulfillment = (await Write("confirmOrder", new { orderId = order }, "order { fulfillments { id } }")).GetProperty("order").GetProperty("fulfillments")[0].GetProperty("id").GetString();
                    await Write("shipFulfillment", new { fulfillmentId = fulfillment, externalId = $"{name}-shipment", lines = new[] { new { sku = Sku(name), quantity = 1 } } });
                }
            }
        }
    }

    private async Task MakeAskers()
    {
        Askers =
        [
            new("anonymous", null, "CATALOG_READ"),
            new("viewer of A", await CreateBuyerKey(A, $"{A}-viewer"), "CATALOG_READ", A),
            new("buyer of A", await CreateBuyerKey(A, $"{A}-buyer"), OfBuyer, A, IsOwner: true),
            new("another buyer of A", await CreateBuyerKey(A, $"{A}-second"), OfBuyer, A),
            new("admin of A", await CreateBuyerKey(A, $"{A}-boss"), $"{OfBuyer} COMPANY_WRITE BUDGETS_WRITE ORDERS_READ_UNIT ORDERS_READ_COMPANY", A),
            new("buyer of B", await CreateBuyerKey(B, $"{B}-buyer"), OfBuyer, B, IsOwner: true),
            new("buyer of an unverified company", await CreateBuyerKey(Unverified, $"{Unverified}-buyer"), OfBuyer, Unverified),
            new("staff without permissions", await CreateStaffKey("clerk", Permission.CatalogRead), "CATALOG_READ") { IsStaff = true },
            new("staff with all permissions", StaffKey, "*") { IsStaff = true },
        ];

        // Lines that go into no cart in particular open one, whatever becomes of them.
        foreach (var buyer in Askers.Where(asker => asker is { Company: A, IsOwner: false } && asker.May("ORDERS_PLACE")))
        {
            await Write("addCartLines", new { lines = new[] { new { sku = "PUBLIC-S", quantity = 1 } } }, "counts { applied }", buyer.Key);
        }
    }

    /// <summary>The rows of each type's table, by the company whose name they hold.</summary>
    private async Task FindThings()
    {
        var schema = Contracts.Load().Seller.Schema;
        await using var scope = Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WholesaleDb>();
        await db.Database.OpenConnectionAsync();
        foreach (var type in schema.PossibleTypes((CompositeType)schema.Type("Node")!).Select(t => t.Name))
        {
            var entity = db.Model.GetEntityTypes().Single(e => e.ClrType.Name == type);
            var key = entity.FindPrimaryKey()!.Properties[0].GetColumnName();
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"SELECT * FROM \"{entity.GetTableName()}\" ORDER BY \"{key}\"";
            await using var rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                if (OwnerOf(type, rows) is { } company)
                {
                    Add(type, company, new NodeId(type, rows.GetInt64(rows.GetOrdinal(key))).ToString());
                }
            }
        }
    }

    private static string? OwnerOf(string type, DbDataReader row)
    {
        var text = string.Join('\n', Enumerable.Range(0, row.FieldCount).Select(row.GetValue).OfType<string>());
        return Shared.Contains(type) ? "" : new[] { A, B }.SingleOrDefault(company => text.Contains(company, StringComparison.OrdinalIgnoreCase));
    }

    private void Add(string type, string company, string id)
    {
        if (!ids.TryGetValue((type, company), out var list))
        {
            ids.Add((type, company), list = []);
        }

        if (!list.Contains(id))
        {
            list.Add(id);
        }
    }

    /// <summary>The stock of each lies in another, so that what one orders changes nothing that is seen with the other's.</summary>
    private static string WarehouseOf(string name) => name == A ? "north" : "south";

    private static string Sku(string name) => $"{name.ToUpperInvariant()}-S";

    private static object Price(string name, string sku) => new { priceList = $"{name}-list", sku, minimumQuantity = 1, unitPrice = "10" };

    private async Task<JsonElement> Write(string mutation, object input, string fields = "", string? key = null)
    {
        var type = string.Concat(char.ToUpperInvariant(mutation[0]).ToString(), mutation.AsSpan(1), "Input");
        var data = await Data(key ?? StaffKey, $"mutation($input: {type}!) {{ {mutation}(input: $input) {{ {fields} userErrors {{ code message path }} }} }}", new { input }, key is null ? "/admin/graphql" : "/graphql");
        Assert.Equal("[]", data.GetProperty(mutation).GetProperty("userErrors").GetRawText());
        return data.GetProperty(mutation);
    }

    private async Task Take(string kind, params object[] rows)
    {
        var report = await Import(kind, rows.Select(row => JsonSerializer.Serialize(row)));
        Assert.True(report.Count == 1, $"{kind}: {string.Join('\n', report.Select(r => r.GetRawText()))}");
    }
}
