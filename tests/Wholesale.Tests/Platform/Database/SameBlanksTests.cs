using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Wholesale.Platform.Database;

namespace Wholesale.Tests.Platform.Database;

/// <summary>
/// SQL Server does not tell "A" from "A ": nothing that is compared may end in a blank, U+0020, or two rows of SQLite would be one there. It tells all other characters
/// that look like one.
/// </summary>
public sealed class SameBlanksTests(TestHost host) : IClassFixture<TestHost>
{
    /// <summary>
    /// All text in keys and indexes and what is compared with it, by what keeps blanks from its end. A column that is new here belongs below, too: refused, cut off or
    /// made by the program.
    /// </summary>
    private static readonly string[] Compared =
    [
        "Addresses.ExternalId", "Addresses.Region", "ApiKeys.Name", "Budgets.CostCenter", "Budgets.ExternalId", "CartLines.Sku", "Carts.Name", "CatalogLocales.Locale",
        "CatalogViewRules.AttributeCode", "CatalogViewRules.AttributeValue", "CatalogViewRules.Sku", "CatalogViews.ExternalId", "Categories.ExternalId",
        "Categories.Path", "CategoryTexts.Locale", "Companies.ExternalId", "Companies.NameKey", "CompanyTaxIds.Country", "CompanyUnits.ExternalId",
        "CompanyUsers.EmailKey", "CompanyUsers.ExternalId", "CustomerSegments.ExternalId", "CustomerTiers.ExternalId", "Events.Type", "FreightTemplates.ExternalId", "Fulfillments.Number", "IncomingSupplies.ExternalId",
        "Markets.ExternalId", "OpenItems.OrderNumber", "OrderLines.Sku", "OrderMinimums.ExternalId", "OrderNumberSeries.ExternalId", "OrderedProducts.Key", "Orders.CostCenter", "Orders.JobCode", "Orders.Number",
        "Orders.PurchaseOrderNumber", "PackagingLevels.Code", "PaymentTerms.ExternalId", "Payments.Content", "Payments.ExternalId", "PriceChangeSets.ExternalId", "PriceListQuantityTerms.BreakGroup",
        "PriceLists.ExternalId", "ProductAttributes.Code", "ProductAttributes.Value", "ProductTexts.Locale", "ProductTexts.NameKey", "Products.Sku", "Products.TaxClass",
        "ReferenceFields.Code", "Shipments.ExternalId", "ShippingTerms.ExternalId", "ShippingTerms.TaxClass", "StoredAnswers.Caller", "StoredAnswers.Key", "Suppliers.ExternalId", "TaxExemptions.Region", "TaxRates.Country", "TaxRates.ExternalId", "TaxRates.Region",
        "TaxRates.TaxClass", "TrustedDocuments.DocumentId", "UserLogins.Issuer", "UserLogins.Subject", "Variants.Sku", "Warehouses.ExternalId",
    ];

    /// <summary>Rows of imports with a blank at the end of what is compared, and where that is reported.</summary>
    public static TheoryData<string, string, string> Rows => new()
    {
        { "markets", """{"externalId":"M ","name":"M","currency":"EUR"}""", "externalId" },
        { "tiers", """{"externalId":"T ","name":"T","rank":1}""", "externalId" },
        { "segments", """{"externalId":"S ","name":"S","rule":{"match":"ALL","conditions":[]}}""", "externalId" },
        { "companies", """{"externalId":"C ","name":"C"}""", "externalId" },
        { "companies", """{"externalId":"C","name":"C","industry":"I "}""", "industry" },
        { "companies", """{"externalId":"C","name":"C","region":"R "}""", "region" },
        { "companies", """{"externalId":"C","name":"C","locale":"de "}""", "locale" },
        { "companies", """{"externalId":"C","name":"C","units":[{"externalId":"U ","name":"U"}]}""", "units.0.externalId" },
        { "companies", """{"externalId":"C","name":"C","users":[{"externalId":"U ","name":"U","email":"u@example.com"}]}""", "users.0.externalId" },
        { "companies", """{"externalId":"C","name":"C","users":[{"externalId":"U","name":"U","email":"u@example.com "}]}""", "users.0.email" },
        { "companies", """{"externalId":"C","name":"C","users":[{"externalId":"U","name":"U","email":"u@example.com","logins":[{"issuer":"i ","subject":"s"}]}]}""", "users.0.logins.0.issuer" },
        { "companies", """{"externalId":"C","name":"C","users":[{"externalId":"U","name":"U","email":"u@example.com","logins":[{"issuer":"i","subject":"s "}]}]}""", "users.0.logins.0.subject" },
        { "companies", """{"externalId":"C","name":"C","addresses":[{"externalId":"A ","name":"A","lines":["1"],"city":"A","country":"DE"}]}""", "addresses.0.externalId" },
        { "companies", """{"externalId":"C","name":"C","addresses":[{"externalId":"A","name":"A","lines":["1"],"city":"A","region":"R ","country":"DE"}]}""", "addresses.0.region" },
        { "categories", """{"externalId":"C ","texts":[{"locale":"en","name":"C"}]}""", "externalId" },
        { "categories", """{"externalId":"C","texts":[{"locale":"en ","name":"C"}]}""", "texts.0.locale" },
        { "products", """{"sku":"P ","texts":[{"locale":"en","name":"P"}],"variants":[{"sku":"P"}]}""", "sku" },
        { "products", """{"sku":"P","texts":[{"locale":"en ","name":"P"}],"variants":[{"sku":"P"}]}""", "texts.0.locale" },
        { "products", """{"sku":"P","texts":[{"locale":"en","name":"P"}],"variants":[{"sku":"P "}]}""", "variants.0.sku" },
        { "products", """{"sku":"P","texts":[{"locale":"en","name":"P"}],"brand":"B ","variants":[{"sku":"P"}]}""", "brand" },
        { "products", """{"sku":"P","texts":[{"locale":"en","name":"P"}],"attributes":[{"code":"c ","value":"v"}],"variants":[{"sku":"P"}]}""", "attributes.0.code" },
        { "products", """{"sku":"P","texts":[{"locale":"en","name":"P"}],"attributes":[{"code":"c","value":"v "}],"variants":[{"sku":"P"}]}""", "attributes.0.value" },
        { "products", """{"sku":"P","texts":[{"locale":"en","name":"P"}],"variants":[{"sku":"P","attributes":[{"code":"c","value":"v "}]}]}""", "variants.0.attributes.0.value" },
        { "products", """{"sku":"P","texts":[{"locale":"en","name":"P"}],"variants":[{"sku":"P","packaging":[{"code":"BOX ","contains":1}]}]}""", "variants.0.packaging.0.code" },
        { "catalog-views", """{"externalId":"V ","name":"V"}""", "externalId" },
        { "catalog-views", """{"externalId":"V","name":"V","rules":[{"action":"INCLUDE","attribute":{"code":"c ","value":"v"}}]}""", "rules.0.attribute.code" },
        { "catalog-views", """{"externalId":"V","name":"V","rules":[{"action":"INCLUDE","attribute":{"code":"c","value":"v "}}]}""", "rules.0.attribute.value" },
        { "products", """{"sku":"P","texts":[{"locale":"en","name":"P"}],"taxClass":"T ","variants":[{"sku":"P"}]}""", "taxClass" },
        { "price-lists", """{"externalId":"L ","name":"L","currency":"EUR"}""", "externalId" },
        { "budgets", """{"company":"C","externalId":"B "}""", "externalId" },
        { "payment-terms", """{"externalId":"T ","name":"T","netDays":30}""", "externalId" },
        { "warehouses", """{"externalId":"W ","name":"W"}""", "externalId" },
        { "incoming-supplies", """{"externalId":"S ","quantity":0}""", "externalId" },
        { "tax-rates", """{"externalId":"R ","name":"R","country":"DE","rate":1}""", "externalId" },
        { "tax-rates", """{"externalId":"R","name":"R","country":"D ","rate":1}""", "country" },
        { "tax-rates", """{"externalId":"R","name":"R","country":"DE","region":"H ","rate":1}""", "region" },
        { "tax-rates", """{"externalId":"R","name":"R","country":"DE","taxClass":"T ","rate":1}""", "taxClass" },
    };

    /// <summary>Mutations with a blank at the end of what is compared.</summary>
    public static TheoryData<string, string> Mutations => new()
    {
        { "createApiKey", """{"name":"key "}""" },
        { "createPriceList", """{"externalId":"L ","name":"L","currency":"EUR"}""" },
        { "createCatalogView", """{"externalId":"V ","name":"V"}""" },
        { "createPriceChangeSet", """{"externalId":"S ","name":"S"}""" },
    };

    /// <summary>What looks like a blank or like nothing and is not white space: it may end a key.</summary>
    public static TheoryData<char> Fillers => ['\u200B', '\u200C', '\u2060', '\uFEFF', '\u180E', '\u2800', '\u115F', '\u3164', '\u00AD', '\uFFA0', '\u0301', '\uFE0F'];

    [Fact]
    public void All_text_that_is_compared_is_known()
    {
        var compared = DatabaseHosting.ModelOf(DatabaseProvider.SqlServer).GetEntityTypes()
            .SelectMany(entity => entity.GetProperties()
                .Where(property => property.ClrType == typeof(string)
                    && (property.IsKey() || property.IsIndex() || property.IsForeignKey() || property.FindAnnotation(Stored.CodeAnnotation) is not null))
                .Select(property => $"{entity.GetTableName()}.{property.Name}"))
            .Order(StringComparer.Ordinal);

        Assert.Equal(Compared.Order(StringComparer.Ordinal), compared);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_row_with_a_blank_at_the_end_of_what_is_compared_is_refused(string kind, string row, string path)
    {
        var report = await host.Import(kind, row);

        var error = Assert.Single(report[0].GetProperty("errors").EnumerateArray());
        Assert.Equal("INVALID_VALUE", error.Text("code"));
        Assert.Equal(path, string.Join('.', error.GetProperty("path").EnumerateArray().Select(part => part.GetString())));
    }

    [Theory]
    [MemberData(nameof(Mutations))]
    public async Task A_mutation_with_a_blank_at_the_end_of_what_is_compared_is_refused(string mutation, string input)
    {
        var type = char.ToUpperInvariant(mutation[0]) + mutation[1..] + "Input";

        var answer = await host.Admin(
            $"mutation($input: {type}!) {{ {mutation}(input: $input) {{ userErrors {{ code }} }} }}", new { input = JsonSerializer.Deserialize<JsonElement>(input) });

        Assert.Equal("INVALID_VALUE", Assert.Single(answer.GetProperty(mutation).GetProperty("userErrors").EnumerateArray()).Text("code"));
    }

    [Fact]
    public async Task Prices_and_rules_that_name_a_thing_with_a_blank_at_the_end_do_not_find_it()
    {
        await host.Take("products", new { sku = "SKU", texts = new[] { new { locale = "en", name = "P" } }, variants = new[] { new { sku = "SKU" } } });
        await host.Take("price-lists", new { externalId = "LIST", name = "L", currency = "EUR" });

        var report = await host.Import(
            "prices",
            """{"priceList":"LIST","sku":"SKU","unitPrice":"1"}""",
            """{"priceList":"LIST ","sku":"SKU","unitPrice":"2"}""",
            """{"priceList":"LIST","sku":"SKU ","unitPrice":"3"}""");
        var view = await host.Import("catalog-views", """{"externalId":"VIEW","name":"V","rules":[{"action":"INCLUDE","sku":"SKU "}]}""");
        var assigned = await host.Import("price-lists", """{"externalId":"LIST","assignments":[{"company":"nobody "}]}""");
        var entries = (await host.Admin("{ priceList(externalId: \"LIST\") { entries { edges { node { unitPrice { amount } } } } } }")).GetProperty("priceList").GetProperty("entries");

        Assert.Equal(["NOT_FOUND", "NOT_FOUND"], report.SkipLast(1).Select(line => Assert.Single(line.GetProperty("errors").EnumerateArray()).Text("code")));
        Assert.Equal("NOT_FOUND", Assert.Single(view[0].GetProperty("errors").EnumerateArray()).Text("code"));
        Assert.Equal("NOT_FOUND", Assert.Single(assigned[0].GetProperty("errors").EnumerateArray()).Text("code"));
        Assert.Equal("1.00", Assert.Single(entries.GetProperty("edges").EnumerateArray()).GetProperty("node").GetProperty("unitPrice").Text("amount"));
    }

    [Fact]
    public async Task No_key_ends_in_white_space_of_any_kind()
    {
        var blanks = Enumerable.Range(0, char.MaxValue + 1).Select(i => (char)i).Where(char.IsWhiteSpace).ToList();

        var report = await host.Import("markets", blanks.Select(blank => JsonSerializer.Serialize(new { externalId = $"M{blank}", name = "M", currency = "EUR" })));

        Assert.Contains('\u00A0', blanks);
        Assert.Equal(blanks.Count, report[^1].GetProperty("failed").GetInt32());
    }

    [Theory]
    [MemberData(nameof(Fillers))]
    public async Task A_key_that_ends_in_what_only_looks_like_a_blank_is_another_key(char filler)
    {
        var (one, other) = ($"F{(int)filler:X4}", $"F{(int)filler:X4}{filler}");

        await host.Take("tiers", new { externalId = one, name = "Without", rank = 1 }, new { externalId = other, name = "With", rank = 2 });

        var names = (await host.Admin("{ customerTiers { externalId name } }")).GetProperty("customerTiers").EnumerateArray()
            .ToDictionary(tier => tier.Text("externalId"), tier => tier.Text("name"));
        Assert.Equal(("Without", "With"), (names[one], names[other]));
    }
}

/// <summary>The same for the subjects of logins, which identity providers give.</summary>
public sealed class SameSubjectsTests(SignedInHost host) : IClassFixture<SignedInHost>
{
    [Fact]
    public async Task A_subject_that_is_a_users_but_for_a_blank_at_its_end_is_nobodys()
    {
        const string Me = "{ me { kind user { externalId } } }";

        var ada = await host.Send(Me, headers: ("Authorization", $"Bearer {host.Jwt("ada")}"));
        var blank = await host.Send(Me, headers: ("Authorization", $"Bearer {host.Jwt("ada ")}"));
        var nobody = await host.Send(Me, headers: ("Authorization", $"Bearer {host.Jwt("nobody")}"));

        Assert.Contains("\"ada\"", await ada.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.NotEqual(ada.StatusCode, blank.StatusCode);
        Assert.Equal((nobody.StatusCode, await nobody.Content.ReadAsStringAsync()), (blank.StatusCode, await blank.Content.ReadAsStringAsync()));
    }
}
