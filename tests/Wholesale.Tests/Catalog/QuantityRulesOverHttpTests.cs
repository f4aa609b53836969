namespace Wholesale.Tests.Catalog;

/// <summary>Limits and packages as the contract has them.</summary>
public sealed class QuantityRulesOverHttpTests(TestHost host) : IClassFixture<TestHost>
{
    [Fact]
    public async Task What_staff_write_is_read_with_the_smallest_package_first()
    {
        var written = await host.Admin(
            """
            mutation {
              upsertProducts(input: { products: [{ sku: "bolt", texts: [{ locale: "en", name: "Bolt" }], variants: [
                { sku: "bolt", minimumQuantity: 10, maximumQuantity: 5000.000, packaging: [
                  { code: "PALLET", contains: 12000 }, { code: "CASE", name: "Carton", contains: 200, gtin: "4006381333931" }] },
                { sku: "loose" }, { sku: "bad", minimumQuantity: 1.5, packaging: [{ code: "BAG", contains: 0 }] }] }] }) { userErrors { code message path } }
            }
            """);
        await host.Admin(
            """
            mutation {
              upsertProducts(input: { products: [{ sku: "bolt", texts: [{ locale: "en", name: "Bolt" }], variants: [
                { sku: "bolt", minimumQuantity: 10, maximumQuantity: 5000.000, packaging: [
                  { code: "PALLET", contains: 12000 }, { code: "CASE", name: "Carton", contains: 200, gtin: "4006381333931" }] },
                { sku: "loose" }] }] }) { userErrors { code } }
            }
            """);
        const string Fields = "{ quantityIncrement minimumQuantity maximumQuantity packaging { code name contains gtin } version }";

        var read = await host.Admin($"{{ bolt: variant(sku: \"bolt\") {Fields} loose: variant(sku: \"loose\") {Fields} }}");

        Assert.Equal(
            """{"upsertProducts":{"userErrors":[{"code":"INVALID_VALUE","message":"The quantity must be more than 0.","path":["products","0","variants","2","packaging","0","contains"]},{"code":"INVALID_VALUE","message":"1.5 is not a multiple of the quantity increment, 1.","path":["products","0","variants","2","minimumQuantity"]}]}}""",
            written.GetRawText());
        Assert.Equal(
            """{"bolt":{"quantityIncrement":1,"minimumQuantity":10,"maximumQuantity":5000,"packaging":[{"code":"CASE","name":"Carton","contains":200,"gtin":"4006381333931"},{"code":"PALLET","name":null,"contains":12000,"gtin":null}],"version":1},"loose":{"quantityIncrement":1,"minimumQuantity":null,"maximumQuantity":null,"packaging":[],"version":1}}""",
            read.GetRawText());
    }
}
