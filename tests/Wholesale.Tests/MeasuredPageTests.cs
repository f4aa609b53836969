using Microsoft.Extensions.DependencyInjection;
using Snapshooter.Xunit;
using Wholesale.Platform.Database;

namespace Wholesale.Tests;

public sealed class MeasuredPageTests(Shop shop) : IClassFixture<Shop>
{
    private const string Page = """
        query($first: Int!) { products(first: $first) { edges { node { sku name brand variants(first: 20) { edges { node { sku price(quantity: 1)
          { unitPrice { amount } breaks { minimumQuantity unitPrice { amount } } } } } } } } } }
        """;

    [Theory]
    [InlineData(50)]
    [InlineData(250)]
    public async Task The_measured_page_runs_two_statements_however_many_products(int first)
    {
        await shop.Data(shop.Acme, Page, new { first });

        // What is warm stays so for two seconds: on a machine that was held up in between, ask again.
        var best = int.MaxValue;
        for (var attempt = 0; attempt < 5 && best > 2; attempt++)
        {
            best = Math.Min(best, await shop.Statements(() => shop.Data(shop.Acme, Page, new { first })));
        }

        Assert.Equal(2, best);
    }

    [Fact(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    public async Task The_measured_pages_SQL_is_what_was_read()
    {
        var counter = shop.Services.GetRequiredService<StatementCounter>();
        var statements = new List<string>();
        void Note(string sql) => statements.Add(sql);
        await shop.Data(shop.Spielwaren, Page, new { first = 10 });

        for (var attempt = 0; attempt < 5 && statements.Count != 2; attempt++)
        {
            statements.Clear();
            counter.Executing += Note;
            await shop.Data(shop.Spielwaren, Page, new { first = 10 });
            counter.Executing -= Note;
        }

        Snapshot.Match(string.Join("\n\n", statements));
    }

    [Theory]
    [InlineData("totalCount")]
    [InlineData("edges { node { attributes { code } } }")]
    [InlineData("edges { node { media { url } } }")]
    [InlineData("edges { node { documents { url } } }")]
    [InlineData("edges { node { category { name } } }")]
    public async Task Each_further_field_adds_one_statement(string selection)
    {
        var query = "{ products(first: 100) { edges { node { sku } } " + selection + " } }";
        await shop.Data(shop.Acme, query);

        var best = int.MaxValue;
        for (var attempt = 0; attempt < 5 && best > 2; attempt++)
        {
            best = Math.Min(best, await shop.Statements(() => shop.Data(shop.Acme, query)));
        }

        Assert.Equal(2, best);
    }

    [Fact]
    public async Task Every_product_comes_once_through_all_pages_in_the_order_of_its_name()
    {
        var names = new List<string>();
        string? after = null;
        do
        {
            var products = (await shop.Data(
                shop.Acme, "query($after: String) { products(first: 33, after: $after) { edges { node { name } } pageInfo { hasNextPage endCursor } } }", new { after })).GetProperty("products");
            names.AddRange(products.GetProperty("edges").EnumerateArray().Select(e => e.GetProperty("node").GetProperty("name").GetString()!));
            var page = products.GetProperty("pageInfo");
            after = page.GetProperty("hasNextPage").GetBoolean() ? page.GetProperty("endCursor").GetString() : null;
        }
        while (after is not null);

        Assert.Equal(320, names.Count);
        Assert.Equal(names.Order(StringComparer.OrdinalIgnoreCase), names);
    }
}
