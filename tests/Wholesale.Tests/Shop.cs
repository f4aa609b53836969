using System.Text.Json;

namespace Wholesale.Tests;

/// <summary>
/// A host with a small shop, brought in through the imports: 300 tools and 20 toys of two sizes each, in English and German; one price list for everyone in each currency,
/// one for gold customers. <c>acme</c> (US, gold) sees everything, <c>spielwaren</c> (DE) toys only, <c>newcomer</c> (US) is not verified.
/// </summary>
public class Shop : TestHost
{
    public string Acme { get; private set; } = null!;

    public string Spielwaren { get; private set; } = null!;

    public string Newcomer { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Take("markets", new { externalId = "us", name = "United States", currency = "USD" }, new { externalId = "de", name = "Deutschland", currency = "EUR" });
        await Take("tiers", new { externalId = "gold", name = "Gold", rank = 1 });
        await Take(
            "companies",
            Company("acme", "us", "VERIFIED", "gold"),
            Company("spielwaren", "de", "VERIFIED", null),
            Company("newcomer", "us", "PENDING", null));
        await Take(
            "categories",
            new { externalId = "tools", texts = new[] { new { locale = "en", name = "Tools" }, new { locale = "de", name = "Werkzeug" } } },
            new { externalId = "hammers", parent = "tools", texts = new[] { new { locale = "en", name = "Hammers" } } },
            new { externalId = "toys", texts = new[] { new { locale = "en", name = "Toys" } } });
        await Take("products", [.. Products()]);
        await Take("catalog-views", new { externalId = "toys-only", name = "Toys only", rules = new[] { new { action = "INCLUDE", category = "toys" } }, assignees = new[] { new { company = "spielwaren" } } });
        await Take(
            "price-lists",
            List("usd", "USD", new { everyone = true }), List("eur", "EUR", new { everyone = true }), List("gold-usd", "USD", new { tier = "gold" }));
        await Take("prices", [.. Prices()]);
        Acme = await CreateBuyerKey("acme");
        Spielwaren = await CreateBuyerKey("spielwaren");
        Newcomer = await CreateBuyerKey("newcomer");
    }

    private static IEnumerable<object> Products()
    {
        for (var i = 1; i <= 320; i++)
        {
            var isToy = i > 300;
            var sku = isToy ? $"TOY-{i - 300:000}" : $"TOOL-{i:000}";
            yield return new
            {
                sku,
                texts = new[]
                {
                    new { locale = "en", name = isToy ? $"Toy {i - 300:000}" : $"Tool {i:000}", description = (string?)$"No. {i}, \"sturdy\"\nand blue." },
                    new { locale = "de", name = isToy ? $"Spielzeug {i - 300:000}" : $"Werkzeug {i:000}", description = (string?)null },
                },
                brand = i % 2 == 0 ? "Müller & Söhne" : "Smith",
                category = isToy ? "toys" : i % 3 == 0 ? "hammers" : "tools",
                publishedFrom = "2026-01-01T00:00:00Z",
                attributes = new[] { new { code = "weight", value = $"{i}.5", unit = "kg" } },
                variants = new[]
                {
                    new { sku = sku + "-S", attributes = new[] { new { code = "size", value = "S" } }, position = 1 },
                    new { sku = sku + "-L", attributes = new[] { new { code = "size", value = "L" } }, position = 2 },
                },
            };
        }
    }

    private static IEnumerable<object> Prices()
    {
        for (var i = 1; i <= 320; i++)
        {
            foreach (var size in new[] { "S", "L" })
            {
                var sku = (i > 300 ? $"TOY-{i - 300:000}-" : $"TOOL-{i:000}-") + size;
                yield return new { priceList = "usd", sku, minimumQuantity = 1, unitPrice = $"{i}.00" };
                yield return new { priceList = "usd", sku, minimumQuantity = 10, unitPrice = $"{i - 1}.9050" };
                yield return new { priceList = "eur", sku, minimumQuantity = 1, unitPrice = $"{i}.50" };
            }
        }

        yield return new { priceList = "gold-usd", sku = "TOOL-001-S", minimumQuantity = 5, unitPrice = "0.80" };
    }

    private static object Company(string id, string market, string verification, string? tier) => new
    {
        externalId = id,
        name = id + " Inc.",
        market,
        verification,
        tier,
        units = new[] { new { externalId = "hq", name = "Headquarters" } },
        users = new[] { new { externalId = "buyer", name = "A Buyer", email = $"buyer@{id}.example", role = "BUYER", unit = "hq" } },
    };

    private static object List(string id, string currency, object assignee)
    {
        var assignment = JsonSerializer.SerializeToNode(assignee)!.AsObject();
        assignment["validFrom"] = "2020-01-01T00:00:00Z";
        return new { externalId = id, name = id, currency, assignments = new[] { assignment } };
    }

    private async Task Take(string kind, params object[] rows)
    {
        var report = await Import(kind, rows.Select(row => JsonSerializer.Serialize(row)));
        Assert.True(report.Count == 1, string.Join('\n', report.Select(r => r.GetRawText())));
    }
}
