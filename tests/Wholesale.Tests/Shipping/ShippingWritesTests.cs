using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Platform;
using Wholesale.Shipping;

namespace Wholesale.Tests.Shipping;

/// <summary>What the seller writes: templates, terms, and weights.</summary>
public sealed class ShippingWritesTests(ShippingShop shop) : IClassFixture<ShippingShop>
{
    private const string Template = "externalId name kind currency basis market { externalId } maximumWeight isActive version zones { name places { country region postalCodePrefix } steps { upTo price perUnit } freeFrom transitDays { minimum maximum } }";

    [Fact]
    public async Task A_template_is_read_as_it_was_written_and_fields_left_out_stay()
    {
        const string Own = "own";
        var zones = new[] { new { name = "Here", places = new[] { new { country = "GB", postalCodePrefix = " sw 1" } }, steps = new object[] { new { upTo = 2.5, price = "3" }, new { price = "3", perUnit = "0.125" } }, freeFrom = "99.5", transitDays = new { minimum = 0, maximum = 3 } } };
        Assert.Empty(await shop.Upsert("FreightTemplates", new { templates = new[] { new { externalId = Own, name = "Own", kind = "RAIL", currency = "EUR", basis = "VOLUME", market = "de", maximumWeight = 12.5, zones } } }));
        var first = await Read(Own);
        Assert.Empty(await shop.Upsert("FreightTemplates", new { templates = new[] { new { externalId = Own, zones } } })); // nothing else than before
        var same = await Read(Own);
        Assert.Empty(await shop.Upsert("FreightTemplates", new { templates = new object[] { new { externalId = Own, market = (string?)null, maximumWeight = (decimal?)null, isActive = false } } }));
        var cleared = await Read(Own);

        const string Zones = ""","zones":[{"name":"Here","places":[{"country":"GB","region":null,"postalCodePrefix":"SW1"}],"steps":[{"upTo":2.5,"price":"3.00","perUnit":"0.00"},{"upTo":null,"price":"3.00","perUnit":"0.125"}],"freeFrom":"99.50","transitDays":{"minimum":0,"maximum":3}}]""";
        Assert.Equal($$"""{"externalId":"{{Own}}","name":"Own","kind":"RAIL","currency":"EUR","basis":"VOLUME","market":{"externalId":"de"},"maximumWeight":12.5,"isActive":true,"version":1{{Zones}}}""", first);
        Assert.Equal(first, same);
        Assert.Equal($$"""{"externalId":"{{Own}}","name":"Own","kind":"RAIL","currency":"EUR","basis":"VOLUME","market":null,"maximumWeight":null,"isActive":false,"version":2{{Zones}}}""", cleared);
    }

    [Fact]
    public async Task Bad_templates_are_reported_where_they_stand_and_good_ones_taken()
    {
        object Row(string id, object zones, string? market = null, double? maximumWeight = null) =>
            new { externalId = id, name = "N", kind = "PARCEL", currency = "EUR", basis = "WEIGHT", zones, market, maximumWeight, isActive = false };
        object Steps(params object[] steps) => new[] { new { name = "Z", steps } };
        var before = await shop.Events("FREIGHT_TEMPLATE_CHANGED");

        var errors = await shop.Upsert("FreightTemplates", new
        {
            templates = new[]
            {
                new { externalId = "bare" },
                Row(" ", Steps(new { price = "1" }), market: "mars", maximumWeight: 0),
                Row("none", Array.Empty<object>()),
                Row("steps", Steps(new { price = "1" }, new { upTo = 5, price = "-1" }, new { upTo = 5, price = "1", perUnit = "-0.0001" })),
                Row("empty", new[] { new { name = "", steps = Array.Empty<object>(), freeFrom = "-1", transitDays = new { minimum = 3, maximum = 2 } } }),
                Row("places", new object[]
                {
                    new { name = "One", places = new object[] { new { country = "xx" }, new { country = "US", region = "CO ", postalCodePrefix = "#" } }, steps = new[] { new { price = "1" } } },
                    new { name = "Two", places = new[] { new { country = "DE", postalCodePrefix = "1 0" }, new { country = "DE", postalCodePrefix = "10" } }, steps = new[] { new { price = "1" } } },
                    new { name = "Rest", steps = new[] { new { price = "1" } } },
                    new { name = "Rest again", steps = new[] { new { price = "1" } } },
                }),
                Row("good-one", Steps(new { price = "1" })),
                Row("good-one", Steps(new { price = "1" })),
            },
        });

        Assert.Equal(
            [
                "INVALID_VALUE templates.0.name", "INVALID_VALUE templates.0.kind", "INVALID_VALUE templates.0.currency", "INVALID_VALUE templates.0.basis", "INVALID_VALUE templates.0.zones",
                "INVALID_VALUE templates.1.externalId", "INVALID_VALUE templates.1.externalId", "NOT_FOUND templates.1.market", "INVALID_VALUE templates.1.maximumWeight",
                "INVALID_VALUE templates.2.zones",
                "INVALID_VALUE templates.3.zones.0.steps.0.upTo", "INVALID_VALUE templates.3.zones.0.steps.1.price", "INVALID_VALUE templates.3.zones.0.steps.2.upTo", "INVALID_VALUE templates.3.zones.0.steps.2.perUnit",
                "INVALID_VALUE templates.4.zones.0.name", "INVALID_VALUE templates.4.zones.0.steps", "INVALID_VALUE templates.4.zones.0.freeFrom", "INVALID_VALUE templates.4.zones.0.transitDays",
                "INVALID_VALUE templates.5.zones.0.places.0.country", "INVALID_VALUE templates.5.zones.0.places.1.region", "INVALID_VALUE templates.5.zones.0.places.1.postalCodePrefix",
                "INVALID_VALUE templates.5.zones.1.places.1", "INVALID_VALUE templates.5.zones.3.places",
                "DUPLICATE_ROW templates.7.externalId",
            ],
            errors);
        Assert.Equal(before + 1, await shop.Events("FREIGHT_TEMPLATE_CHANGED"));
    }

    [Fact]
    public async Task Each_point_of_the_terms_is_that_of_the_nearest_who_says_something_of_it()
    {
        await using var own = new ShippingShop();
        await own.InitializeAsync();
        var ids = await own.Admin("""{ company(externalId: "acme") { id } }""");
        var company = ids.GetProperty("company").GetProperty("id").GetString();
        await own.ImportRows("tax-rates", new { externalId = "co-freight", name = "Freight 1 %", country = "US", region = "CO", taxClass = "freight", rate = "1" });
        Assert.Empty(await own.Upsert("ShippingTerms", new
        {
            terms = new object[]
            {
                new { externalId = "all", assignee = new { everyone = true }, deliveryTerms = new { incoterm = "DAP", place = "Denver" }, taxClass = "freight", insurance = new { ratePercent = "9", isDefault = true } },
                new { externalId = "acme", assignee = new { companyId = company }, deliveryTerms = new { incoterm = "DDP", place = "Dock" } },
            },
        }));
        var id = await own.FilledCart("BANK_TRANSFER", ("TOOL-100-S", 1m));
        await own.Choose(id, new { shippingMethod = "parcel", shippingInsurance = true });

        const string Fields = "deliveryTerms { incoterm place } shippingInsurance { isSelected premium { amount } ratePercent } tax { lines { ratePercent net { amount } } }";
        var near = await own.Cart(id, Fields);
        Assert.Empty(await own.Upsert("ShippingTerms", new { terms = new object[] { new { externalId = "acme", deliveryTerms = (object?)null }, new { externalId = "us", isActive = false } } }));
        await own.Choose(id, new { shippingInsurance = (bool?)null });
        var far = await own.Cart(id, Fields);

        Assert.Equal(
            """{"deliveryTerms":{"incoterm":"DDP","place":"Dock"},"shippingInsurance":{"isSelected":true,"premium":{"amount":"2.00"},"ratePercent":"0.5"},"tax":{"lines":[{"ratePercent":"7.25","net":{"amount":"100.00"}},{"ratePercent":"1","net":{"amount":"10.90"}}]}}""",
            near.GetRawText());
        Assert.Equal(
            """{"deliveryTerms":{"incoterm":"DAP","place":"Denver"},"shippingInsurance":{"isSelected":true,"premium":{"amount":"9.00"},"ratePercent":"9"},"tax":{"lines":[{"ratePercent":"7.25","net":{"amount":"100.00"}},{"ratePercent":"1","net":{"amount":"17.90"}}]}}""",
            far.GetRawText());
    }

    [Fact]
    public async Task Bad_terms_are_reported_where_they_stand()
    {
        var errors = await shop.Upsert("ShippingTerms", new
        {
            terms = new object[]
            {
                new { externalId = "none" },
                new { externalId = "two", assignee = new { everyone = true, companyId = new NodeId("Company", 7).ToString() } },
                new { externalId = "unknown", assignee = new { companyId = new NodeId("Company", 7).ToString() } },
                new { externalId = "values", assignee = new { everyone = true }, deliveryTerms = new { incoterm = "EXW", place = " " }, taxClass = "x ", insurance = new { ratePercent = "100.0001", minimumPremium = "-1" } },
            },
        });

        Assert.Equal(
            [
                "INVALID_VALUE terms.0.assignee", "INVALID_VALUE terms.1.assignee", "NOT_FOUND terms.2.assignee.companyId",
                "INVALID_VALUE terms.3.deliveryTerms.place", "INVALID_VALUE terms.3.taxClass", "INVALID_VALUE terms.3.insurance.ratePercent", "INVALID_VALUE terms.3.insurance.minimumPremium", "INVALID_VALUE terms.3.insurance.currency",
            ],
            errors);
    }

    [Fact]
    public async Task Terms_are_paged_by_their_external_id()
    {
        var first = (await shop.Admin("{ shippingTerms(first: 1) { edges { node { externalId assignee { market { externalId } unit { externalId } } deliveryTerms { incoterm } insurance { ratePercent minimumPremium { amount currency } isDefault } version } } pageInfo { hasNextPage endCursor } } }")).GetProperty("shippingTerms");
        var second = (await shop.Admin("query($after: String) { shippingTerms(first: 1, after: $after) { edges { node { externalId insurance { ratePercent minimumPremium { amount currency } isDefault } } } pageInfo { hasNextPage } } }", new { after = first.GetProperty("pageInfo").GetProperty("endCursor").GetString() })).GetProperty("shippingTerms");

        Assert.Equal("""[{"node":{"externalId":"branch","assignee":{"market":null,"unit":{"externalId":"branch"}},"deliveryTerms":{"incoterm":"FOB"},"insurance":null,"version":1}}]""", first.GetProperty("edges").GetRawText());
        Assert.Equal("""{"edges":[{"node":{"externalId":"us","insurance":{"ratePercent":"0.5","minimumPremium":{"amount":"2.00","currency":"USD"},"isDefault":false}}}],"pageInfo":{"hasNextPage":false}}""", second.GetRawText());
    }

    [Fact]
    public async Task Weight_and_volume_of_variants_are_given_to_the_gram_and_cleared_by_null()
    {
        await shop.ImportRows("products", new { sku = "TOOL-250", variants = new[] { new { sku = "TOOL-250-S", shippingWeight = 1.234, shippingVolume = 0.5 } } });
        var given = await Measures();
        await shop.ImportRows("products", new { sku = "TOOL-250", variants = new[] { new { sku = "TOOL-250-S", shippingVolume = (decimal?)null } } });
        var cleared = await Measures();

        Assert.Equal("""{"shippingWeight":1.234,"shippingVolume":0.5}""", given);
        Assert.Equal("""{"shippingWeight":1.234,"shippingVolume":null}""", cleared);
        async Task<string> Measures() => (await shop.Data(shop.Acme, """{ variant(sku: "TOOL-250-S") { shippingWeight shippingVolume } }""")).GetProperty("variant").GetRawText();
    }

    [Fact]
    public async Task There_are_at_most_two_hundred_templates()
    {
        await using var own = new ShippingShop();
        await own.InitializeAsync();
        var rows = Enumerable.Range(1, 198).Select(i => new { externalId = $"n{i:000}", name = "N", kind = "PARCEL", currency = "EUR", basis = "QUANTITY", zones = new[] { new { name = "Z", steps = new[] { new { price = "1" } } } } });

        Assert.Equal(["INVALID_VALUE templates.197.externalId"], await own.Upsert("FreightTemplates", new { templates = rows }));
        await using var scope = own.Services.CreateAsyncScope();
        Assert.Equal(FreightTemplate.Maximum, await scope.ServiceProvider.GetRequiredService<WholesaleDb>().FreightTemplates.CountAsync());
    }

    [Fact]
    public async Task Buyers_find_neither_templates_nor_terms()
    {
        var template = (await shop.Admin("""{ freightTemplates { id } }""")).GetProperty("freightTemplates")[0].GetProperty("id").GetString();

        var found = await shop.Data(shop.Acme, "query($id: ID!) { node(id: $id) { id } }", new { id = template });
        var (_, refused) = await shop.Ask(shop.Acme, "{ freightTemplates { id } }");

        Assert.Equal("""{"node":null}""", found.GetRawText());
        Assert.DoesNotContain("\"data\"", refused, StringComparison.Ordinal);
    }

    private async Task<string> Read(string externalId) => (await shop.Admin($"{{ freightTemplates {{ {Template} }} }}")).GetProperty("freightTemplates").EnumerateArray()
        .Single(t => t.GetProperty("externalId").GetString() == externalId).GetRawText();
}
