using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Pricing;

namespace Wholesale.Tests.Pricing;

/// <summary>
/// A small shop in which anything may change that prices hang on: prices and their validity, lists, who has them and how they are made, quantities, products,
/// categories and views, companies with units and users, segments, tiers and markets, and the clock. Everything is written by the doors that sellers use.
/// </summary>
internal sealed partial class PriceChangeWorld(ShopHost shop, Random random)
{
    private static readonly string[] Lists = ["base", "gold", "special", "made", "made-twice", "usd"];
    private static readonly string[] Categories = ["k1", "k2", "k3", "k4"];

    private readonly Dictionary<string, PriceList> lists = [];
    private readonly Dictionary<string, NodeId> categories = [];
    private readonly Dictionary<string, NodeId> views = [];

    /// <summary>Three users of two companies, one of a unit below another.</summary>
    public IReadOnlyList<Principal> Buyers { get; private set; } = [];

    public async Task Write()
    {
        await Import("markets", new { externalId = "m1", name = "M", currency = "EUR" }, new { externalId = "m2", name = "M", currency = "EUR", pricePolicy = "LOWEST" });
        await Import("tiers", new { externalId = "t1", name = "T", rank = 1 }, new { externalId = "t2", name = "T", rank = 2 });
        await Import(
            "companies",
            new
            {
                externalId = "c1",
                name = "C",
                verification = "VERIFIED",
                tier = "t1",
                market = "m1",
                country = "AT",
                units = new object[] { new { externalId = "hq", name = "U" }, new { externalId = "branch", name = "U", parent = "hq" }, new { externalId = "depot", name = "U", parent = "hq" } },
                users = new[] { new { externalId = "u1", name = "N", email = "u1@x.test", unit = "hq" }, new { externalId = "u2", name = "N", email = "u2@x.test", unit = "branch" } },
            },
            new
            {
                externalId = "c2",
                name = "C",
                verification = "VERIFIED",
                market = "m2",
                country = "DE",
                users = new[] { new { externalId = "u3", name = "N", email = "u3@x.test" } },
            });
        await Import("segments", Segment(["AT"]), new { externalId = "s2", name = "S", rule = new { conditions = new[] { new { attribute = "TIER", @in = new[] { "t2" } } } } });
        await Import("categories", Category("k1", null), Category("k2", "k1"), Category("k3", null), Category("k4", null));
        await Import("products", [.. Enumerable.Range(1, 8).Select(i => new
        {
            sku = $"P{i}",
            texts = new[] { new { locale = "en", name = "P" } },
            category = Categories[i % 4],
            attributes = new[] { new { code = "color", value = i % 2 == 0 ? "red" : "blue" } },
            variants = new[] { new { sku = $"P{i}-a", quantityIncrement = 1 }, new { sku = $"P{i}-b", quantityIncrement = i % 3 == 0 ? 5 : 1 } },
        })]);
        await Import("catalog-views", View("v1", "k1"), View("v2", "k3"));
        await Import("price-lists", [.. Lists.Select(list => new { externalId = list, name = "L", currency = list == "usd" ? "USD" : "EUR" })]);
        await Import("price-lists", Given("base", new { everyone = true }), Given("gold", new { tier = "t1" }));
        await Import("prices", [.. Enumerable.Range(1, 8).SelectMany(i => "ab".Select(v => new { priceList = "base", sku = $"P{i}-{v}", unitPrice = $"{i}.00" }))]);
        await Read();
        await Import("price-lists", Given("made", new { company = "c1" }), Given("made-twice", new { company = "c2" }));
    }

    /// <summary>Changes something.</summary>
    /// <returns>What, for a test that fails.</returns>
    public async Task<string> Edit()
    {
        var edit = random.Next(36);
        var made = edit switch
        {
            < 6 => await Import("prices", Price()),
            6 => await Import("price-lists", Given(Pick(Lists), Assignee(), random.Next(2), Maybe(() => Hour(-3, 4)), Maybe(() => Hour(5, 9)))),
            7 => await Unassign(),
            8 => await Import("price-lists", new { externalId = Pick(Lists), isActive = random.Next(4) > 0 }),
            9 or 33 => await Adjust(),
            10 or 24 => await Quantities(),
            11 => await Import("products", new { sku = Product(), status = Pick("ACTIVE", "ACTIVE", "ACTIVE", "DRAFT", "ARCHIVED") }),
            12 => await Import("products", new { sku = Product(), publishedFrom = Maybe(() => Hour(-3, 4)), publishedTo = random.Next(3) == 0 ? Hour(5, 9) : null }),
            13 => await Import("products", new { sku = Product(), exclusiveTo = random.Next(2) == 0 ? [] : new[] { Pick("c1", "c2") } }),
            14 => await Import("products", new { sku = Product(), category = Pick(Categories) }),
            15 => await Variant(),
            16 => await Import("products", New()),
            17 => await Import("categories", Category("k2", Maybe(() => Pick("k1", "k3")))),
            18 => await Import("catalog-views", View(Pick("v1", "v2"), Pick(Categories))),
            19 => await GiveView(),
            20 => await Import("companies", Company()),
            21 => await Import("segments", Segment([Pick("AT", "DE"), Pick("AT", "FR")])),
            22 => await Import("markets", new
            {
                externalId = Pick("m1", "m2"),
                name = "M",
                currency = Pick("EUR", "EUR", "EUR", "USD"),
                pricePolicy = Pick("MOST_SPECIFIC", "LOWEST"),
                rounding = new { level = Pick("LINE_TOTAL", "UNIT_PRICE") },
            }),
            25 => await ViewOfVariants(),
            26 => await Attributes(),
            27 => await WholeProduct(),
            28 => await NewUnit(),
            29 => await NewCategory(),
            30 => await PricesOfManyLists(),
            31 => await ManyLists(),
            32 => await Plan(),
            _ => Wait(),
        };
        return made;
    }

    /// <summary>Lets everyone see things again: left to chance alone, soon nothing has a price any more.</summary>
    public async Task<string> Revive()
    {
        foreach (var i in Enumerable.Range(1, 8).Where(_ => random.Next(2) == 0))
        {
            await Import("products", new { sku = $"P{i}", status = "ACTIVE", publishedFrom = (string?)null, publishedTo = (string?)null, exclusiveTo = (string[]?)null });
            await Import("prices", new { priceList = "base", sku = $"P{i}-a", minimumQuantity = 10, unitPrice = $"{i}.{random.Next(10)}" });
        }

        await Import("companies", new { externalId = "c1", verification = "VERIFIED", currency = "EUR" }, new { externalId = "c2", verification = "VERIFIED", currency = "EUR" });
        await Import("price-lists", new { externalId = "base", isActive = true }, Given("base", new { everyone = true }));
        return "revive";
    }

    /// <summary>Moves the clock, now and then back; without it things happen at the same instant.</summary>
    public string Wait()
    {
        shop.Time.Advance(TimeSpan.FromMinutes(random.Next(8) == 0 ? -random.Next(1, 45) : random.Next(1, 90)));
        return $"-> {shop.Now:O}";
    }

    private static object Category(string externalId, string? parent) => new { externalId, parent, texts = new[] { new { locale = "en", name = "K" } } };

    private static object View(string externalId, string category) => new
    {
        externalId,
        name = "V",
        rules = new object[] { new { action = "INCLUDE", category }, new { action = "INCLUDE", sku = "P1" }, new { action = "EXCLUDE", sku = "P3-b" } },
    };

    private static object Segment(IEnumerable<string> countries) =>
        new { externalId = "s1", name = "S", rule = new { conditions = new[] { new { attribute = "COUNTRY", @in = countries.Distinct() } } } };

    private static object Given(string list, object assignee, int priority = 0, string? validFrom = null, string? validTo = null)
    {
        var given = JsonSerializer.SerializeToNode(assignee)!.AsObject();
        (given["priority"], given["validFrom"], given["validTo"]) = (priority, validFrom, validTo);
        return new { externalId = list, assignments = new[] { given } };
    }

    private object Price() => new
    {
        priceList = Pick(Lists),
        sku = Sku(),
        minimumQuantity = random.Next(3) == 0 ? 10 : 1,
        unitPrice = random.Next(6) == 0 ? null : $"{random.Next(1, 9)}.{random.Next(10)}05",
        validFrom = random.Next(4) == 0 ? Hour(-2, 4) : null,
        validTo = random.Next(4) == 0 ? Hour(5, 9) : null,
    };

    private object Assignee() => random.Next(9) switch
    {
        0 => new { everyone = true },
        1 => new { tier = Pick("t1", "t2") },
        2 => new { market = Pick("m1", "m2") },
        3 or 4 => new { segment = Pick("s1", "s2") },
        5 => new { company = "c1", unit = Pick("hq", "branch", "depot") },
        _ => new { company = Pick("c1", "c2") },
    };

    private object New() => new
    {
        sku = $"N{random.Next(1000)}",
        texts = new[] { new { locale = "en", name = "P" } },
        category = Pick(Categories),
        variants = new[] { new { sku = $"N{random.Next(1000)}-a" } },
    };

    private object Company() => random.Next(6) switch
    {
        0 => new { externalId = Pick("c1", "c2"), verification = Pick("VERIFIED", "VERIFIED", "VERIFIED", "PENDING") },
        1 => new { externalId = Pick("c1", "c2"), tier = Maybe(() => Pick("t1", "t2")) },
        2 => new { externalId = Pick("c1", "c2"), market = Maybe(() => Pick("m1", "m2")), currency = Maybe(() => Pick("EUR", "EUR", "USD")) },
        3 => new { externalId = Pick("c1", "c2"), country = Pick("AT", "DE", "FR") },
        4 => new { externalId = "c1", units = new[] { new { externalId = "branch", parent = Maybe(() => Pick("hq", "depot")), market = Maybe(() => Pick("m1", "m2")) } } },
        _ => new { externalId = "c1", users = new[] { new { externalId = Pick("u1", "u2"), unit = Pick("hq", "branch", "depot") } } },
    };

    private async Task<string> Variant()
    {
        var product = random.Next(1, 9);
        return await Import("products", new
        {
            sku = $"P{product}",
            variants = new[]
            {
                new { sku = $"P{product}-{Pick("a", "b", "c")}", publishedTo = Maybe(() => Hour(-1, 4)), minimumQuantity = (int?)(random.Next(2) == 0 ? 10 : null) },
            },
        });
    }

    private async Task<string> Unassign()
    {
        var now = shop.Now;
        var ids = await shop.Read(db => db.PriceListAssignments.Where(a => a.ValidTo == null || a.ValidTo > now).OrderBy(a => a.Id).Select(a => a.Id).ToListAsync());
        if (ids.Count < 2)
        {
            return Wait();
        }

        var id = new NodeId(nameof(PriceListAssignment), ids[random.Next(ids.Count)]);
        await shop.Write((PriceListWrites writes) => writes.Unassign(new(id), default));
        return $"unassign {id.Key}";
    }

    private async Task<string> Adjust()
    {
        var (list, parent) = random.Next(2) == 0 ? ("made", "base") : ("made-twice", Pick("made", "gold"));
        var rules = random.Next(4) == 0
            ? []
            : new List<PriceAdjustmentRuleInput>
            {
                new(random.Next(2) == 0 ? null : categories[Pick(Categories)], new Amount(random.Next(-30, 30) * 1_0000), new Amount(random.Next(3) * 1_0000)),
                new(categories[Pick(Categories)], new Amount(-5_0000), default(Amount)),
            };
        await shop.Write((PriceListTermsWrites writes) =>
            writes.SetAdjustments(new(PriceReader.IdOf(lists[list]), rules, rules.Count == 0 ? null : PriceReader.IdOf(lists[parent])), default));
        return $"adjust {list} by {parent}: {string.Join(", ", rules)}";
    }

    private async Task<string> Quantities()
    {
        var (list, row) = (Pick(Lists), new QuantityRuleInput(Sku(), random.Next(3) == 0 ? null : Quantity.Of(random.Next(1, 3) * 20), null, random.Next(2) == 0 ? null : Quantity.Of(4)));
        await shop.Write((PriceListTermsWrites writes) => writes.UpsertQuantityRules(new(PriceReader.IdOf(lists[list]), [row]), default));
        return $"quantities {list} {row}";
    }

    private async Task<string> GiveView()
    {
        var assignee = random.Next(3) switch { 0 => "tier", 1 => "market", _ => "company" };
        var id = await shop.Read(async db => assignee switch
        {
            "tier" => new NodeId(nameof(CustomerTier), await db.CustomerTiers.Where(t => t.ExternalId == "t1").Select(t => t.Id).SingleAsync()),
            "market" => new NodeId(nameof(Market), await db.Markets.Where(t => t.ExternalId == "m1").Select(t => t.Id).SingleAsync()),
            _ => new NodeId(nameof(Wholesale.Companies.Company), await db.Companies.Where(t => t.ExternalId == "c2").Select(t => t.Id).SingleAsync()),
        });
        var (view, isGiven) = (Pick("v1", "v2"), random.Next(2) == 0);
        var input = new AssignCatalogViewInput(views[view], new AssigneeInput(
            CompanyId: assignee == "company" ? id : null, TierId: assignee == "tier" ? id : null, MarketId: assignee == "market" ? id : null));
        await shop.Write((CatalogViewWrites writes) => isGiven ? writes.Assign(input, default) : writes.Unassign(input, default));
        return $"view {view} {(isGiven ? "to" : "from")} {assignee}";
    }

    private async Task Read()
    {
        foreach (var list in await shop.Read(db => db.PriceLists.ToListAsync()))
        {
            lists.Add(list.ExternalId, list);
        }

        foreach (var category in await shop.Read(db => db.Categories.ToListAsync()))
        {
            categories.Add(category.ExternalId, new NodeId(nameof(Wholesale.Catalog.Category), category.Id));
        }

        foreach (var view in await shop.Read(db => db.CatalogViews.ToListAsync()))
        {
            views.Add(view.ExternalId, new NodeId(nameof(CatalogView), view.Id));
        }

        Buyers = await shop.Read(db => db.CompanyUsers.OrderBy(u => u.ExternalId)
            .Select(u => new Principal(PrincipalKind.CompanyUser, 1, u.Id, u.ExternalId, PermissionSet.All)).ToListAsync());
    }

    private async Task<string> Import(string kind, params IReadOnlyList<object> rows)
    {
        var text = rows.Select(row => JsonSerializer.Serialize(row, row.GetType())).ToList();
        var report = await shop.Import(kind, text);
        return $"{kind} {string.Join(' ', text)} {(report.Contains("\"failed\":0", StringComparison.Ordinal) ? "" : report)}";
    }

    private string Sku() => $"P{random.Next(1, 9)}-{Pick("a", "b")}";

    private string Product() => $"P{random.Next(1, 9)}";

    private string Hour(int least, int below) => shop.Now.Date.AddHours(shop.Now.Hour + random.Next(least, below)).ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    private string? Maybe(Func<string> text) => random.Next(2) == 0 ? null : text();

    private string Pick(params IReadOnlyList<string> texts) => texts[random.Next(texts.Count)];
}
