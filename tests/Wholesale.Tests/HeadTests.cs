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
    private static readonly Dictionary<string, string> Selections = new(StringComparer.Ordinal)
    {
        ["Money"] = "{ amount currency }",
        ["Company"] = "{ externalId }",
        ["CompanyUser"] = "{ externalId }",
        ["CompanyUnit"] = "{ externalId }",
        ["Supplier"] = "{ externalId }",
        ["OrderLineConnection"] = "{ edges { cursor node { id } } pageInfo { endCursor } }",
        ["VariantConnection"] = "{ edges { cursor node { id sku } } }",
        ["Variant"] = "{ id sku }",
        ["Product"] = "{ id sku name }",
        ["Attribute"] = "{ code value unit }",
        ["Media"] = "{ url }",
        ["ProductDocument"] = "{ url }",
        ["PackagingLevel"] = "{ code contains }",
    };

    /// <summary>A place where heads are read: its fields, one that only a whole row has, the column that it is read from, and the query around both.</summary>
    private static readonly Dictionary<string, (string Type, IReadOnlySet<string> Fields, string WholeField, string WholeColumn, string Query)> Places = new(StringComparer.Ordinal)
    {
        ["orders"] = ("Order", Order.HeadFields, "note", "ShipTo", "orders { edges { node { … } } }"),
        ["orders of a company, oldest first"] = ("Order", Order.HeadFields, "note", "ShipTo", "orders(sort: OLDEST, filter: { purchaseOrderNumber: \"PO 7\" }) { edges { node { … } } }"),
        ["orders of a company"] = ("Order", Order.HeadFields, "note", "ShipTo", "orders(first: 5, filter: { companyId: \"$company\" }) { edges { node { … } } }"),
        ["lines"] = ("OrderLine", OrderLine.HeadFields, "openQuantity", "Promises", "orders { edges { node { id lines { edges { node { … } } } } } }"),
        ["some lines"] = ("OrderLine", OrderLine.HeadFields, "openQuantity", "Promises", "orders { edges { node { id lines(first: 1) { edges { node { … } } } } } }"),
        ["variants of lines"] = ("Variant", Variant.HeadFields, "shippingVolume", "ShippingVolume", "orders { edges { node { id lines { edges { node { id variant { … } } } } } } }"),
        ["products of variants' heads"] = ("Product", ProductHead.Fields, "description", "Description", "orders { edges { node { id lines { edges { node { id variant { id product { … } } } } } } } }"),
        ["products of whole variants"] = ("Product", ProductHead.Fields, "description", "Description", "orders { edges { node { id lines { edges { node { id variant { gtin product { … } } } } } } } }"),
        ["products by name"] = ("Product", ProductHead.Fields, "description", "Description", "products(first: 3) { edges { cursor node { … } } }"),
        ["products by time"] = ("Product", ProductHead.Fields, "description", "Description", "products(first: 3, sort: NEWEST) { edges { cursor node { … } } }"),
        ["products with SKUs"] = ("Product", ProductHead.Fields, "description", "Description", "products(filter: { skus: [\"TOOL-001\", \"TOOL-002\"] }) { edges { cursor node { … } } }"),
        ["products of a brand by name"] = ("Product", ProductHead.Fields, "description", "Description", "products(first: 2, filter: { brand: \"Acutus\" }) { edges { cursor node { … } } }"),
        ["products of a brand by time"] = ("Product", ProductHead.Fields, "description", "Description", "products(first: 2, sort: NEWEST, filter: { brand: \"Acutus\" }) { edges { cursor node { … } } }"),
    };

    private readonly LifeShop shop = new();
    private Schema schema = null!;
    private string company = null!;

    public static TheoryData<string> Names => [.. Places.Keys];

    public async ValueTask InitializeAsync()
    {
        await shop.InitializeAsync();
        schema = Contracts.Load().Seller.Schema;
        await shop.ImportRows("products", Row("TOOL-001"), Row("TOOL-002"));
        await shop.ImportRows("orders", [.. new[] { "H-1", "H-2" }.Select(number => ImportedRow.Of(number, ("supplier", "toolworks"), ("costCenter", "workshop"), ("jobCode", "J1"), ("note", "Gate 3")))]);
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
        var (type, fields, wholeField, wholeColumn, query) = Places[name];
        var selected = schema.Type(type) is ObjectType { Fields: var all } ? all.Where(f => fields.Contains(f.Name)).ToList() : [];
        var column = SqlServerForTests.IsUsed ? $"[{wholeColumn}]" : $"\"{wholeColumn}\"";
        Assert.Equal(fields.Count, selected.Count);

        foreach (var field in selected)
        {
            var selection = field.Type.Named is CompositeType composite ? $"{field.Name} {Selections[composite.Name]}" : field.Name;
            var (head, headSql) = await Ask(query, selection);
            var (whole, wholeSql) = await Ask(query, $"{selection} {wholeField}");

            Assert.Equal(Values(whole, field.Name), Values(head, field.Name));
            Assert.Equal(Values(whole, "cursor"), Values(head, "cursor"));
            Assert.Contains(Values(head, field.Name), value => value is not ("null" or "[]" or "0"));
            Assert.Contains(wholeSql, sql => sql.Contains(column, StringComparison.Ordinal));
            Assert.DoesNotContain(headSql, sql => sql.Contains(column, StringComparison.Ordinal));
        }
    }

    private async Task<(JsonElement Answer, List<string> Statements)> Ask(string query, string selection)
    {
        var counter = shop.Services.GetRequiredService<StatementCounter>();
        var statements = new List<string>();
        void Note(string sql) => statements.Add(sql);
        counter.Executing += Note;
        try
        {
            return (await shop.Admin($"{{ {query.Replace("…", selection, StringComparison.Ordinal).Replace("$company", company, StringComparison.Ordinal)} }}"), statements);
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
