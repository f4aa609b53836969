using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Catalog;
using Wholesale.GraphQL.Types;
using Wholesale.Orders;
using Wholesale.Platform.Database;
using Wholesale.Tests.Orders;

namespace Wholesale.Tests;

/// <summary>
/// Heads are what is read of a row where a request selects no more than certain fields of it. Each of these fields, asked for alone, is answered from a head as from a whole row; and the head's statement
/// reads no column that only whole rows have.
/// </summary>
public sealed class HeadTests : IAsyncLifetime
{
    private const string AsBuyer = "orders of a buyer";

    private static readonly Dictionary<string, string> Selections = new(StringComparer.Ordinal)
    {
        ["Money"] = "{ amount currency }",
        ["Company"] = "{ externalId }",
        ["CompanyUser"] = "{ externalId }",
        ["CompanyUnit"] = "{ externalId }",
        ["Supplier"] = "{ externalId }",
        ["OrderLineConnection"] = "{ edges { cursor node { id } } pageInfo { endCursor } }",
        ["StockPromise"] = "{ date quantity }",
        ["DeliveryDates"] = "{ requestedOn }",
        ["VariantConnection"] = "{ edges { cursor node { id sku } } }",
        ["Variant"] = "{ id sku }",
        ["Product"] = "{ id sku name }",
        ["Attribute"] = "{ code value unit }",
        ["Media"] = "{ url }",
        ["ProductDocument"] = "{ url }",
        ["PackagingLevel"] = "{ code contains }",
    };

    /// <summary>
    /// Places where heads are read: the query, with <c>…</c> for a field of the type and <c>+</c> for one that only a whole row has; that one, and a column that only whole rows are read with.
    /// </summary>
    private static readonly Dictionary<string, (string Query, string Type, IReadOnlySet<string>? Fields, string WholeField, string WholeColumn)> Places = new(StringComparer.Ordinal)
    {
        ["orders"] = ("orders { edges { node { … + } } }", "Order", Order.HeadFields, "note", "ShipTo"),
        [AsBuyer] = ("orders { edges { node { … + } } }", "Order", Order.HeadFields, "note", "ShipTo"),
        ["orders by number, oldest first"] = ("orders(sort: OLDEST, filter: { purchaseOrderNumber: \"PO 7\" }) { edges { node { … + } } }", "Order", Order.HeadFields, "note", "ShipTo"),
        ["orders of a company"] = ("orders(first: 5, filter: { companyId: \"$company\" }) { edges { node { … + } } }", "Order", Order.HeadFields, "note", "ShipTo"),
        ["whatever of lines of orders' heads"] = ("orders { edges { node { + lines { edges { node { … } } } } } }", "OrderLine", null, "cancellationNote", "ShipTo"),
        ["lines"] = ("orders { edges { node { id lines { edges { node { … + } } } } } }", "OrderLine", OrderLine.HeadFields, "openQuantity", "Promises"),
        ["some of many lines"] = ("orders { edges { node { id lines(first: 1) { edges { node { … + } } } } } }", "OrderLine", OrderLine.HeadFields, "openQuantity", "Promises"),
        ["variants of lines"] = ("orders { edges { node { id lines { edges { node { id variant { … + } } } } } } }", "Variant", Variant.HeadFields, "shippingVolume", "ShippingVolume"),
        ["products of variants' heads"] = ("orders { edges { node { id lines { edges { node { id variant { id product { … + } } } } } } } }", "Product", ProductHead.Fields, "description", "Description"),
        ["products of whole variants"] = ("orders { edges { node { id lines { edges { node { id variant { gtin product { … + } } } } } } } }", "Product", ProductHead.Fields, "description", "Description"),
        ["products by name"] = ("products(first: 3) { edges { cursor node { … + } } }", "Product", ProductHead.Fields, "description", "Description"),
        ["products by time"] = ("products(first: 3, sort: NEWEST) { edges { cursor node { … + } } }", "Product", ProductHead.Fields, "description", "Description"),
        ["products with SKUs"] = ("products(filter: { skus: [\"TOOL-001\", \"TOOL-002\"] }) { edges { cursor node { … + } } }", "Product", ProductHead.Fields, "description", "Description"),
        ["products of a brand by name"] = ("products(first: 2, filter: { brand: \"Acutus\" }) { edges { cursor node { … + } } }", "Product", ProductHead.Fields, "description", "Description"),
        ["products of a brand by time"] = ("products(first: 2, sort: NEWEST, filter: { brand: \"Acutus\" }) { edges { cursor node { … + } } }", "Product", ProductHead.Fields, "description", "Description"),
    };

    /// <summary>What only staff is told, and what is nothing with goods that are there.</summary>
    private static readonly string[] StaffAlone = ["supplier"], Nothing = ["backorderedQuantity"];

    private readonly LifeShop shop = new();
    private Schema schema = null!;
    private string company = null!;

    public static TheoryData<string> Names => [.. Places.Keys];

    public async ValueTask InitializeAsync()
    {
        await shop.InitializeAsync();
        schema = Contracts.Load().Seller.Schema;
        await shop.ImportRows("products", Row("TOOL-001"), Row("TOOL-002"));
        await shop.ImportRows("orders", [.. new[] { "H-1", "H-2" }.Select(number => ImportedRow.Of(number, ("supplier", "toolworks"), ("costCenter", "workshop"), ("jobCode", "J1"), ("note", "Gate 3"), ("requestedDeliveryDate", "2024-05-09")))]);
        await shop.Confirmed(("TOOL-044-S", 2m), ("TOOL-045-S", 3m), ("TOOL-040-S", 1m));
        company = (await shop.Admin("{ orders { edges { node { company { id } } } } }")).GetProperty("orders").GetProperty("edges")[0].GetProperty("node").GetProperty("company").GetProperty("id").GetString()!;

        static object Row(string sku) => new
        {
            sku,
            brand = "Acutus",
            publishedFrom = "2099-01-01T00:00:00Z", // the newest, and by its name the first; staff sees it
            texts = new[] { new { locale = "en", name = $"A tool like {sku}", description = "Sharp." } },
            attributes = new[] { new { code = "color", value = "red" } },
            media = new[] { new { url = "https://example.com/1.jpg", kind = "IMAGE" } },
            documents = new[] { new { url = "https://example.com/1.pdf", title = "Manual", kind = "MANUAL" } },
            variants = new[] { new { sku = $"{sku}-S", gtin = "4006381333931", attributes = new[] { new { code = "size", value = "S" } }, packaging = new[] { new { code = "CASE", contains = 10 } } } },
        };
    }

    public ValueTask DisposeAsync() => shop.DisposeAsync();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Each_field_of_a_head_is_that_of_the_whole_row(string name)
    {
        var (query, type, names, wholeField, wholeColumn) = Places[name];
        var column = SqlServerForTests.IsUsed ? $"[{wholeColumn}]" : $"\"{wholeColumn}\"";
        var fields = ((ObjectType)schema.Type(type)!).Fields.Where(f => (names?.Contains(f.Name) ?? true) && (name != AsBuyer || !StaffAlone.Contains(f.Name))).ToList();
        Assert.Equal(names?.Count ?? fields.Count, fields.Count + (name == AsBuyer ? StaffAlone.Length : 0));

        foreach (var field in fields)
        {
            var selection = field.Type.Named is CompositeType composite ? $"{field.Name} {Selections[composite.Name]}" : field.Name;
            var text = query.Replace("…", selection, StringComparison.Ordinal).Replace("$company", company, StringComparison.Ordinal);
            var (head, headSql) = await Ask(name, text.Replace("+", "", StringComparison.Ordinal));
            var (whole, wholeSql) = await Ask(name, text.Replace("+", wholeField, StringComparison.Ordinal));

            Assert.Equal(Values(whole, field.Name), Values(head, field.Name));
            Assert.Equal(Values(whole, "cursor"), Values(head, "cursor"));
            Assert.True(Nothing.Contains(field.Name) || Values(head, field.Name).Any(value => value is not ("null" or "[]" or "0" or """{"requestedOn":null}""")), field.Name);
            Assert.Contains(wholeSql, sql => sql.Contains(column, StringComparison.Ordinal));
            Assert.DoesNotContain(headSql, sql => sql.Contains(column, StringComparison.Ordinal));
        }
    }

    private async Task<(JsonElement Answer, List<string> Statements)> Ask(string name, string query)
    {
        var counter = shop.Services.GetRequiredService<StatementCounter>();
        var statements = new List<string>();
        void Note(string sql) => statements.Add(sql);
        counter.Executing += Note;
        try
        {
            return (name == AsBuyer ? await shop.Data(shop.Acme, $"{{ {query} }}") : await shop.Admin($"{{ {query} }}"), statements);
        }
        finally
        {
            counter.Executing -= Note;
        }
    }

    /// <summary>What a field is wherever it stands.</summary>
    private static List<string> Values(JsonElement element, string field) => element.ValueKind switch
    {
        JsonValueKind.Array => [.. element.EnumerateArray().SelectMany(item => Values(item, field))],
        JsonValueKind.Object => [.. element.EnumerateObject().SelectMany(p => p.Name == field ? [p.Value.GetRawText()] : Values(p.Value, field))],
        _ => [],
    };
}
