using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Demo;
using Wholesale.Platform;
using Wholesale.Tax;
using Wholesale.Tests.Platform.Database;

namespace Wholesale.Tests.Demo;

public sealed class DemoTaxesTests(DemoServer server) : IClassFixture<DemoServer>
{
    [Theory]
    [InlineData(DemoCompanies.Summit, "denver-warehouse", "office", "Taxed Colorado sales tax 2.9 % 2.90")]
    [InlineData(DemoCompanies.Bergmann, "zentrale", "zentrale", "Taxed MwSt. 19 % 19.00")]
    [InlineData(DemoCompanies.Harbor, "shop", "shop", "NotTaxed  0.00")]
    public async Task Each_company_has_default_addresses_and_is_taxed_where_its_goods_go(string company, string shipTo, string billTo, string tax)
    {
        var key = server.Keys.All.Single(k => k.Owner == company).Secret;

        var me = (await server.Data(key, "{ me { defaultShipToAddress { externalId country region } defaultBillToAddress { externalId } } }")).GetProperty("me");

        var goods = me.GetProperty("defaultShipToAddress");
        Assert.Equal((shipTo, billTo), (goods.Text("externalId"), me.GetProperty("defaultBillToAddress").Text("externalId")));
        Assert.Equal(tax, await Tax(company, goods.Text("country"), goods.Text("region")));
    }

    [Fact]
    public async Task Goods_for_resale_are_exempt_in_New_York() =>
        Assert.Equal("Exempt New York sales tax 4 % 0.00", await Tax(DemoCompanies.Harbor, "US", "NY"));

    /// <summary>What a hundred bear, of a demo product's class.</summary>
    private async Task<string> Tax(string company, string country, string? region)
    {
        await using var scope = server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WholesaleDb>();
        var taxClass = await db.Products.Select(p => p.TaxClass).Distinct().SingleAsync();
        var companyId = await db.Companies.Where(c => c.ExternalId == company).Select(c => c.Id).SingleAsync();
        var usd = Currency.Of("USD");
        var answer = await scope.ServiceProvider.GetRequiredService<ITaxes>().Of(
            new(companyId, country, region, new DateOnly(2026, 3, 1), usd, RoundingMode.HalfAwayFromZero, [new(taxClass, new Money(1_000_000, usd))]), default);
        var line = Assert.Single(answer.Lines);
        return $"{line.Treatment} {line.Name} {line.Tax.Amount}";
    }
}
