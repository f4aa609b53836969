namespace Wholesale.Tests.Platform.Database;

/// <summary>A host with a buyer that sees prices in euros.</summary>
public class BuyerHost : TestHost
{
    public string Buyer { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await this.Take("markets", new { externalId = "market", name = "Market", currency = "EUR" });
        await this.Take("companies", new
        {
            externalId = "company",
            name = "Company",
            market = "market",
            verification = "VERIFIED",
            users = new[] { new { externalId = "buyer", name = "Buyer", email = "buyer@example.com" } },
        });
        Buyer = await CreateBuyerKey("company");
    }

    /// <summary>Adds products of one variant each, of the same SKU, and a list that everyone has had since ever.</summary>
    public async Task Add(string priceList, params IEnumerable<string> skus)
    {
        await this.Take("products", skus.Select(sku => new
        {
            sku,
            texts = new[] { new { locale = "en", name = sku } },
            variants = new[] { new { sku, quantityIncrement = 0.001m } },
        }));
        await this.Take("price-lists", new
        {
            externalId = priceList,
            name = priceList,
            currency = "EUR",
            assignments = new[] { new { everyone = true, validFrom = "0001-01-01T00:00:00Z" } },
        });
    }
}
