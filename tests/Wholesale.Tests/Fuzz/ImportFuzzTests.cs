using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Budgets;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.Credit;
using Wholesale.Imports;
using Wholesale.Inventory;
using Wholesale.Platform;
using Wholesale.Platform.Events;
using Wholesale.Tax;

namespace Wholesale.Tests.Fuzz;

/// <summary>Whatever the lines of a file: each is a row or is reported, with a reason, as a row that cannot be read.</summary>
public sealed class ImportFuzzTests
{
    private static readonly ServiceProvider Services = new ServiceCollection().BuildServiceProvider();

    private static readonly Messages Reasons = new(
        ("no JSON", "^The line is not JSON, from its byte \\d+ on\\.$"),
        ("broken off", "^The file ends in the middle of this row\\.$"),
        ("unknown field", "^There is no field "),
        ("missing field", "^The field \".*\" is missing\\.$"),
        ("twice", " stands twice\\.$"),
        ("null", " must not (be|hold) null\\.$"),
        ("object", " must be an object, not "),
        ("list", " must be a list, not "),
        ("Unicode", " must be Unicode, not "),
        ("string", " must be a string, not "),
        ("bool", " must be true or false, not "),
        ("int", " must be a whole number of at most 32 bits, not "),
        ("enum", " must be one of "),
        ("Decimal", " must be a decimal number "),
        ("Quantity", " must be a number from 0 to "),
        ("Long", " must be a whole number of at most 18 digits, "),
        ("CurrencyCode", " must be a currency code "),
        ("DateTime", " must be an instant "),
        ("Date", " must be a day of the calendar"));

    private static readonly IReadOnlyList<byte[]> Pieces =
    [
        .. new[]
        {
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\uD83D", "\\u0000", "null", "true", "1e999", "-0", "1.0", "99999999999999999999", "[[[[[[[[", "\n", "\r\n",
            "\"sku\":1,", "\"none\":1,", "\"\\uDC15\":1,", "\"externalId\":\"\\uD83D\",", "\uFEFF", "//",
        }.Select(Encoding.UTF8.GetBytes),
        [0xC3], [0xFF], [0xED, 0xA0, 0x80],
    ];

    [Fact]
    public void Any_line_of_markets_is_a_row_or_is_reported() => Feed<MarketInput>("markets", "externalId", row => row.ExternalId, 30_000);

    [Fact]
    public void Any_line_of_tiers_is_a_row_or_is_reported() => Feed<CustomerTierInput>("tiers", "externalId", row => row.ExternalId, 30_000);

    [Fact]
    public void Any_line_of_companies_is_a_row_or_is_reported() => Feed<CompanyInput>("companies", "externalId", row => row.ExternalId, 60_000);

    [Fact]
    public void Any_line_of_segments_is_a_row_or_is_reported() => Feed<CustomerSegmentInput>("segments", "externalId", row => row.ExternalId, 40_000);

    [Fact]
    public void Any_line_of_categories_is_a_row_or_is_reported() => Feed<CategoryInput>("categories", "externalId", row => row.ExternalId, 40_000);

    [Fact]
    public void Any_line_of_products_is_a_row_or_is_reported() => Feed<ProductInput>("products", "sku", row => row.Sku, 70_000);

    [Fact]
    public void Any_line_of_catalog_views_is_a_row_or_is_reported() => Feed<CatalogViewRow>("catalog views", "externalId", row => row.ExternalId, 40_000);

    [Fact]
    public void Any_line_of_tax_rates_is_a_row_or_is_reported() => Feed<TaxRateInput>("tax rates", "externalId", row => row.ExternalId, 30_000);

    [Fact]
    public void Any_line_of_tax_profiles_is_a_row_or_is_reported() => Feed<CompanyTaxProfileInput>("tax profiles", "company", row => row.Company, 40_000);

    [Fact]
    public void Any_line_of_price_lists_is_a_row_or_is_reported() => Feed<PriceListRow>("price lists", "externalId", row => row.ExternalId, 60_000);

    [Fact]
    public void Any_line_of_prices_is_a_row_or_is_reported() => Feed<PriceImportRow>("prices", "sku", row => row.Key, 80_000);

    [Fact]
    public void Any_line_of_payment_terms_is_a_row_or_is_reported() => Feed<PaymentTermInput>("payment terms", "externalId", row => row.ExternalId, 40_000);

    [Fact]
    public void Any_line_of_credit_profiles_is_a_row_or_is_reported() => Feed<CreditProfileInput>("credit profiles", "company", row => row.Company, 40_000);

    [Fact]
    public void Any_line_of_warehouses_is_a_row_or_is_reported() => Feed<WarehouseInput>("warehouses", "externalId", row => row.ExternalId, 40_000);

    [Fact]
    public void Any_line_of_inventory_is_a_row_or_is_reported() => Feed<InventoryInput>("inventory", "sku", row => row.Key, 30_000);

    [Fact]
    public void Any_line_of_incoming_supplies_is_a_row_or_is_reported() =>
        Feed<IncomingSupplyInput>("incoming supplies", "externalId", row => row.ExternalId, 30_000);

    [Fact]
    public void Any_line_of_stock_policies_is_a_row_or_is_reported() => Feed<StockPolicyInput>("stock policies", "sku", row => row.Sku, 40_000);

    [Fact]
    public void Any_line_of_budgets_is_a_row_or_is_reported() => Feed<BudgetInput>("budgets", "externalId", row => $"{row.Company}/{row.ExternalId}", 60_000);

    private static void Feed<TRow>(string kind, string keyField, Func<TRow, string> key, int lines) where TRow : class
    {
        var run = new FuzzRun($"imports of {kind}");
        var rows = run.Count("rows", ["read", "reported"]);
        var reasons = run.Count("reasons", Reasons.Names.Except(Without(typeof(TRow))));
        var corpus = new Corpus(run.Random, new RowGrammar(run.Random, typeof(TRow)).Line, new Damage(run.Random, Pieces, maxChanges: 2));
        run.Run(lines, corpus.Next, file =>
        {
            foreach (var line in Report(file, keyField, key))
            {
                using var report = JsonDocument.Parse(line);
                if (report.RootElement.TryGetProperty("errors", out var errors))
                {
                    Assert.NotEqual(0, errors.GetArrayLength());
                    rows.Add("reported");
                    errors.EnumerateArray().ToList().ForEach(e => reasons.Add(Reasons.NameOf(e.GetProperty("message").GetString()!)));
                }
                else if (report.RootElement.GetProperty("applied").GetInt32() > 0)
                {
                    rows.Add("read");
                }
            }
        });
    }

    /// <summary>Reads a file as an import does, though nothing is written; returns the lines of the report.</summary>
    private static string[] Report<TRow>(byte[] file, string keyField, Func<TRow, string> key) where TRow : class
    {
        using var sent = new MemoryStream();
        Read().AsTask().GetAwaiter().GetResult();
        return Encoding.UTF8.GetString(sent.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        async ValueTask Read()
        {
            await using var report = new ImportReport();
            var run = new ImportRun(new MemoryStream(file), report, Actor.System, Services, CancellationToken.None);
            await run.Read<TRow>(keyField, key, ImportRun.BatchRows, batch => new([.. batch.Select(_ => new ImportedRow(RowOutcome.Applied, []))]));
            await report.Send(sent, CancellationToken.None);
        }
    }

    /// <summary>What a kind's rows have no field for, nothing can be said about.</summary>
    private static IEnumerable<string> Without(Type row)
    {
        var types = Types(row).ToHashSet();
        (string Reason, Func<Type, bool> Has)[] needs =
        [
            ("list", t => t != typeof(string) && t.IsAssignableTo(typeof(System.Collections.IEnumerable))),
            ("bool", t => t == typeof(bool)),
            ("int", t => t == typeof(int)),
            ("enum", t => t.IsEnum),
            ("Decimal", t => t == typeof(Amount)),
            ("Quantity", t => t == typeof(Quantity)),
            ("Long", t => t == typeof(long)),
            ("CurrencyCode", t => t == typeof(Currency)),
            ("DateTime", t => t == typeof(DateTime)),
            ("Date", t => t == typeof(DateOnly)),
        ];
        return needs.Where(n => !types.Any(n.Has)).Select(n => n.Reason);
    }

    private static IEnumerable<Type> Types(Type type) =>
        type.IsGenericType || (type.Namespace!.StartsWith("Wholesale", StringComparison.Ordinal) && type.IsClass)
            ? [type, .. (type.IsGenericType ? type.GetGenericArguments() : type.GetProperties().Select(p => p.PropertyType)).SelectMany(Types)]
            : [type];
}
