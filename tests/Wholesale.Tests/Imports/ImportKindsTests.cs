using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Platform;

namespace Wholesale.Tests.Imports;

/// <summary>One file of each kind, in the order that docs/imports.md gives; then what is particular to a kind.</summary>
public sealed class ImportKindsTests : IAsyncLifetime
{
    private readonly ShopHost shop = new();

    public ValueTask InitializeAsync() => shop.InitializeAsync();

    public ValueTask DisposeAsync() => shop.DisposeAsync();

    [Fact]
    public async Task A_whole_shop_comes_in_by_files()
    {
        await Taken("markets", """{"externalId":"DE","name":"Germany","currency":"EUR","pricePolicy":"LOWEST","rounding":{"mode":"HALF_EVEN"}}""");
        await Taken("tiers", """{"externalId":"GOLD","name":"Gold","rank":2}""");
        await Taken(
            "companies",
            """{"externalId":"ACME","name":"Acme","verification":"VERIFIED","businessType":"WEB_SHOP","tier":"GOLD","market":"DE","locale":"de","industry":"4764","country":"DE","region":"HE","employees":12,"units":[{"externalId":"HQ","name":"Head office"},{"externalId":"B1","name":"Branch","parent":"HQ"}],"users":[{"externalId":"U1","name":"Ann","email":"ann@example.com","role":"ADMIN","unit":"B1"}],"addresses":[{"externalId":"A1","unit":"B1","name":"Acme","attention":null,"lines":["Road 1"],"city":"Kassel","region":"HE","postalCode":"34100","country":"DE","isDefaultShipTo":true}],"sourceRevision":1}""");
        await Taken(
            "segments",
            """{"externalId":"SPORTS","name":"Sports shops","rule":{"conditions":[{"attribute":"INDUSTRY","in":["4764"]},{"attribute":"EMPLOYEES","minimum":10}]}}""",
            """{"externalId":"NONE","name":"Nobody","rule":{"match":"ANY","conditions":[]}}""");
        await Taken(
            "categories",
            """{"externalId":"BIKES","texts":[{"locale":"en","name":"Bikes"}],"position":1}""",
            """{"externalId":"ROAD","parent":"BIKES","texts":[{"locale":"en","name":"Road bikes"}]}""");
        await Taken(
            "products",
            """{"sku":"R1","texts":[{"locale":"en","name":"Racer","description":null}],"brand":"Velo","category":"ROAD","taxClass":"reduced","attributes":[{"code":"weight","value":"8","unit":"kg"}],"media":[{"url":"https://example.com/r1.jpg"}],"documents":[{"url":"https://example.com/r1.pdf","title":"Manual","kind":"MANUAL"}],"variants":[{"sku":"R1-S","attributes":[{"code":"size","value":"S"}]},{"sku":"R1-L","quantityIncrement":2,"minimumQuantity":4,"maximumQuantity":null,"packaging":[{"code":"CASE","contains":12,"name":null},{"code":"PALLET","contains":480}]}],"exclusiveTo":["ACME"],"sourceRevision":"5"}""");
        await Taken(
            "catalog-views",
            """{"externalId":"ROADIES","name":"Road","rules":[{"action":"INCLUDE","category":"ROAD"}],"assignees":[{"company":"ACME"},{"tier":"GOLD"},{"segment":"SPORTS"}]}""");
        await Taken(
            "price-lists",
            """{"externalId":"BASE","name":"Base","currency":"EUR","assignments":[{"everyone":true}]}""",
            """{"externalId":"ACME-B1","name":"Branch","currency":"EUR","assignments":[{"company":"ACME","unit":"B1","priority":5,"validTo":"2030-01-01T00:00:00Z"},{"segment":"SPORTS"}]}""");
        await Taken(
            "prices",
            """{"priceList":"BASE","sku":"R1-S","unitPrice":"999.99","currency":"EUR"}""",
            """{"priceList":"BASE","sku":"R1-S","minimumQuantity":10,"unitPrice":899.5}""",
            """{"priceList":"ACME-B1","sku":"R1-L","minimumQuantity":2,"unitPrice":"850.1234","validFrom":"2026-01-01T00:00:00+01:00","validTo":"2027-01-01T00:00:00Z","sourceRevision":3}""");
        await Taken("warehouses", """{"externalId":"KS","name":"Kassel","country":"DE","region":null,"priority":5,"shipsTo":[{"country":"DE"},{"country":"AT","priority":7}],"isActive":true}""");
        await Taken("inventory", """{"sku":"R1-S","warehouse":"KS","onHand":4,"safetyStock":1,"sourceRevision":1}""", """{"sku":"R1-L","warehouse":"KS","onHand":0}""");
        await Taken("incoming-supplies", """{"externalId":"PO-1","sku":"R1-L","warehouse":"KS","expectedOn":"2026-04-01","quantity":12.5,"sourceRevision":1}""");
        await Taken("stock-policies", """{"sku":"R1-L","isTracked":true,"backorderPolicy":"ALWAYS","backorderLimit":null,"leadTimeDays":21,"sourceRevision":1}""");
        await Taken(
            "tax-rates",
            """{"externalId":"DE-OLD","name":"VAT 16 %","country":"DE","region":null,"taxClass":"standard","rate":16,"isReverseCharged":false,"validTo":"2021-01-01"}""",
            """{"externalId":"DE","name":"VAT 19 %","country":"DE","rate":"19","validFrom":"2021-01-01"}""");
        await Taken(
            "tax-profiles",
            """{"company":"ACME","taxIds":[{"country":"DE","number":"DE 1","isVerified":true}],"taxExemptions":[{"country":"US","region":null,"certificateNumber":"C","validFrom":null,"validTo":"2030-01-01"}],"sourceRevision":1}""");

        await Taken("payment-terms", """{"externalId":"NET30","name":"Net 30","netDays":30,"dueBasis":"SHIPMENT","earlyPaymentDiscount":null,"isActive":true}""");
        await Taken("budgets", """{"company":"ACME","externalId":"B1-2026","name":"Branch","scope":"UNIT","unit":"B1","amount":"900","currency":"EUR","period":"MONTH","startsOn":"2026-01-31","endsOn":null,"policy":"WARN","isActive":true}""");
        await Taken("credit-profiles", """{"company":"ACME","currency":"EUR","limit":"5000","openItems":"0","rating":"A","paymentTerms":["NET30"],"sourceRevision":1}""");
        await Taken("suppliers", """{"externalId":"MILL","name":"Mill","isActive":true}""");
        await Taken(
            "orders",
            """{"number":"4711","company":"ACME","user":"U1","unit":"HQ","placedAt":"2020-01-01T00:00:00Z","currency":"EUR","paymentMethod":"BANK_TRANSFER","amountPaid":"1.19","supplier":"MILL","purchaseOrderNumber":"P","costCenter":"C","jobCode":"J","note":null,"requestedDeliveryDate":"2020-01-05","confirmedAt":"2020-01-01T00:00:00Z","completedAt":"2020-02-01T00:00:00Z","cancellationNote":"The other one","shipTo":{"name":"Acme","attention":"Ann","lines":["Road 1"],"city":"Kassel","postalCode":"34100","country":"DE","phone":"1"},"billTo":{"name":"Acme","lines":["Road 1"],"city":"Kassel","country":"DE"},"shipping":{"amount":1,"taxRatePercent":"19"},"taxes":[{"name":"VAT","ratePercent":19,"net":1,"tax":"0.19","treatment":"TAXED"}],"lines":[{"sku":"R1-S","name":"Racer","quantity":2,"unitPrice":"0.0005","total":"0","cancelled":1,"promisedOn":"2020-01-04"}],"shipments":[{"externalId":"S","shippedAt":"2020-01-02T00:00:00Z","deliveredAt":"2020-01-03T00:00:00Z","expectedDeliveryDate":"2020-01-03","carrier":"C","trackingNumbers":[{"number":"T","url":"https://example.com/t"}],"lines":[{"sku":"R1-S","quantity":1,"rejected":1}]}],"sourceRevision":1}""");

        Assert.Equal([0, 4_000], (await shop.Read(db => db.StockLevels.Select(l => l.OnHand).ToListAsync())).Select(q => q.Thousandths).Order());
        Assert.Equal(new DateOnly(2026, 4, 1), await shop.Read(db => db.IncomingSupplies.Select(s => s.ExpectedOn).SingleAsync()));
        Assert.Equal(21, await shop.Read(db => db.StockPolicies.Select(p => p.LeadTimeDays).SingleAsync()));
        Assert.Equal([100, 7], (await shop.Read(db => db.Warehouses.SingleAsync())).ShipsTo.OrderByDescending(to => to.Country).Select(to => to.Priority));
        Assert.Equal(["8995000", "9999900"], (await shop.Read(db => db.PriceListEntries
            .Join(db.PriceLists.Where(l => l.ExternalId == "BASE"), e => e.PriceListId, l => l.Id, (e, l) => e.UnitPrice).ToListAsync())).Select(p => $"{p}").Order());
        var market = await shop.Read(db => db.Markets.SingleAsync());
        Assert.Equal(
            (PricePolicy.Lowest, new PriceRounding(RoundingMode.HalfEven, RoundingLevel.LineTotal)), (market.PricePolicy, market.Rounding));
        Assert.Equal(["CASE 12", "PALLET 480"], await shop.Read(async db => (await db.PackagingLevels.OrderBy(l => l.Code).ToListAsync()).Select(l => $"{l.Code} {l.Contains}")));
        Assert.Equal(1, await shop.Read(db => db.CatalogViewProducts.CountAsync()));
        Assert.Equal(("reduced", "Kassel"), (await shop.Read(db => db.Products.Select(p => p.TaxClass).SingleAsync()), await shop.Read(db => db.Addresses.Select(a => a.City).SingleAsync())));
        Assert.Equal((2, 1, 1), (await shop.Read(db => db.TaxRates.CountAsync()), await shop.Read(db => db.CompanyTaxIds.CountAsync()), await shop.Read(db => db.TaxExemptions.CountAsync())));
        Assert.Equal(3, await shop.Read(db => db.CatalogViewAssignments.CountAsync()));
        var member = await shop.Read(db => db.CustomerSegmentMembers.SingleAsync());
        Assert.Equal(1, await shop.Read(db => db.PriceListAssignments.CountAsync(a => a.Level == AssigneeLevel.Segment && a.AssigneeId == member.SegmentId)));
        Assert.Equal([1L, 1L], await shop.Read(db => db.PriceLists.Select(l => l.PriceVersion).ToListAsync()));
    }

    [Fact]
    public async Task The_same_assignment_again_changes_nothing_and_another_priority_takes_its_place()
    {
        await Taken("markets", """{"externalId":"DE","name":"Germany","currency":"EUR"}""");
        const string Row = """{"externalId":"L","name":"L","currency":"EUR","assignments":[{"market":"DE"},{"everyone":true}]}""";
        await Taken("price-lists", Row);
        shop.Time.Advance(TimeSpan.FromHours(1));

        await Taken("price-lists", Row);
        Assert.Equal(2, await shop.Read(db => db.PriceListAssignments.CountAsync()));
        await Taken("price-lists", """{"externalId":"L","assignments":[{"market":"DE","priority":7}]}""");

        var assignments = await shop.Read(db => db.PriceListAssignments.OrderBy(a => a.Id).ToListAsync());
        Assert.Equal(
            [(AssigneeLevel.Market, 0, true), (AssigneeLevel.Everyone, 0, false), (AssigneeLevel.Market, 7, false)],
            assignments.Select(a => (a.Level, a.Priority, a.ValidTo == shop.Now)));
    }

    [Fact]
    public async Task An_assignment_that_is_over_ends_the_one_that_is_there()
    {
        await Taken("price-lists", """{"externalId":"L","name":"L","currency":"EUR","assignments":[{"everyone":true}]}""");
        shop.Time.Advance(TimeSpan.FromHours(1));
        const string End = """{"externalId":"L","assignments":[{"everyone":true,"validTo":"2026-03-01T00:00:00Z"}]}""";

        await Taken("price-lists", End);
        await Taken("price-lists", End);

        Assert.Equal([shop.Now], await shop.Read(db => db.PriceListAssignments.Select(a => a.ValidTo).ToListAsync()));
    }

    [Fact]
    public async Task Bad_price_lists_are_reported_with_their_paths()
    {
        await Taken("price-lists", """{"externalId":"L","name":"L","currency":"EUR"}""");

        var report = await shop.Import(
            "price-lists",
            """{"externalId":"NEW","currency":"EUR"}""",
            """{"externalId":"L","currency":"USD"}""",
            """{"externalId":"M","name":"M","currency":"EUR","assignments":[{"market":"XX"},{"unit":"U"},{},{"everyone":true},{"everyone":true},{"segment":"XX"}]}""");

        Assert.Equal(
            """
            {"row":1,"status":"FAILED","key":"NEW","errors":[{"code":"INVALID_VALUE","message":"A new price list needs a name.","path":["name"]}]}
            {"row":2,"status":"FAILED","key":"L","errors":[{"code":"CURRENCY_MISMATCH","message":"The list's currency is EUR and never changes.","path":["currency"]}]}
            {"row":3,"status":"FAILED","key":"M","errors":[{"code":"NOT_FOUND","message":"There is no market \"XX\".","path":["assignments","0","market"]},{"code":"INVALID_VALUE","message":"Exactly one of unit (with its company), company, segment, tier, market and everyone (true) is to be set.","path":["assignments","1"]},{"code":"INVALID_VALUE","message":"Exactly one of unit (with its company), company, segment, tier, market and everyone (true) is to be set.","path":["assignments","2"]},{"code":"DUPLICATE_ROW","message":"An earlier assignment of this row has the same assignee and validFrom.","path":["assignments","4"]},{"code":"NOT_FOUND","message":"There is no segment \"XX\".","path":["assignments","5","segment"]}]}
            {"received":3,"applied":0,"skipped":0,"failed":3}

            """,
            report);
        Assert.Equal(1, await shop.Read(db => db.PriceLists.CountAsync()));
    }

    [Fact]
    public async Task A_catalog_view_with_a_wrong_assignee_is_not_written_at_all()
    {
        var report = await shop.Import("catalog-views", """{"externalId":"V","name":"V","assignees":[{"everyone":true},{"company":"XX"}]}""");

        Assert.StartsWith(
            """{"row":1,"status":"FAILED","key":"V","errors":[{"code":"NOT_FOUND","message":"There is no company \"XX\".","path":["assignees","1","company"]}]}""",
            report,
            StringComparison.Ordinal);
        Assert.Equal(0, await shop.Read(db => db.CatalogViews.CountAsync()));
    }

    [Fact]
    public async Task A_catalog_view_keeps_assignees_and_rules_that_a_row_leaves_out()
    {
        await Taken("categories", """{"externalId":"C","texts":[{"locale":"en","name":"C"}]}""");
        await Taken("catalog-views", """{"externalId":"V","name":"V","rules":[{"action":"EXCLUDE","category":"C"}],"assignees":[{"everyone":true}]}""");

        await Taken("catalog-views", """{"externalId":"V","name":"W"}""");

        Assert.Equal("W", await shop.Read(db => db.CatalogViews.Select(v => v.Name).SingleAsync()));
        Assert.Equal(1, await shop.Read(db => db.CatalogViewRules.CountAsync()));
        Assert.Equal(1, await shop.Read(db => db.CatalogViewAssignments.CountAsync()));
    }

    private async Task Taken(string kind, params string[] rows) => Assert.Equal(
        $$"""{"received":{{rows.Length}},"applied":{{rows.Length}},"skipped":0,"failed":0}""" + "\n", await shop.Import(kind, rows));
}
