using System.Net;
using System.Text.Json;
using Wholesale.Platform;

namespace Wholesale.Tests.Credit;

/// <summary>What staff and buyers see of credit.</summary>
public sealed class CreditOverHttpTests(Shop shop) : IClassFixture<Shop>
{
    private const string Profile =
        "currency limit { amount } openItems { amount } reserved { amount currency } exposure { amount } available { amount } hold { reason } version";

    [Fact]
    public async Task Staff_gives_credit_and_the_buyer_reads_it()
    {
        var terms = await shop.Admin(
            """
            mutation { upsertPaymentTerms(input: { paymentTerms: [
              { externalId: "net30", name: "Net 30", netDays: 30 }
              { externalId: "2-10-net30", name: "2/10 net 30", netDays: 30, dueBasis: END_OF_MONTH, earlyPaymentDiscount: { percent: "2.5", withinDays: 10 } } ] }) {
              paymentTerms { dueBasis earlyPaymentDiscount { percent withinDays } version } counts { applied } userErrors { code } } }
            """);
        var profiles = await shop.Admin(
            $$"""
            mutation { upsertCreditProfiles(input: { creditProfiles: [{ company: "acme", currency: "USD", limit: "1000", openItems: 250.5, rating: "BB", paymentTerms: ["2-10-net30", "net30"], sourceRevision: 3 }] }) {
              creditProfiles { rating sourceRevision company { externalId } {{Profile}} } userErrors { code message path } } }
            """);

        var mine = await shop.Data(
            shop.Acme, $$"""{ me { company { paymentMethods defaultPaymentTerm { externalId } paymentTerms { externalId name netDays isActive } creditProfile { {{Profile}} } } } }""");

        Assert.Equal(
            """{"paymentTerms":[{"dueBasis":"INVOICE","earlyPaymentDiscount":null,"version":1},{"dueBasis":"END_OF_MONTH","earlyPaymentDiscount":{"percent":"2.5","withinDays":10},"version":1}],"counts":{"applied":2},"userErrors":[]}""",
            terms.GetProperty("upsertPaymentTerms").GetRawText());
        const string Shown =
            """
            "currency":"USD","limit":{"amount":"1000.00"},"openItems":{"amount":"250.50"},"reserved":{"amount":"0.00","currency":"USD"},"exposure":{"amount":"250.50"},"available":{"amount":"749.50"},"hold":null,"version":1
            """;
        Assert.Equal(
            $$$"""{"creditProfiles":[{"rating":"BB","sourceRevision":3,"company":{"externalId":"acme"},{{{Shown}}}}],"userErrors":[]}""",
            profiles.GetProperty("upsertCreditProfiles").GetRawText());
        Assert.Equal(
            $$$"""{"paymentMethods":["ON_ACCOUNT","BANK_TRANSFER"],"defaultPaymentTerm":{"externalId":"2-10-net30"},"paymentTerms":[{"externalId":"2-10-net30","name":"2/10 net 30","netDays":30,"isActive":true},{"externalId":"net30","name":"Net 30","netDays":30,"isActive":true}],"creditProfile":{{{{Shown}}}}}""",
            mine.GetProperty("me").GetProperty("company").GetRawText());
    }

    [Fact]
    public async Task Limit_and_hold_are_set_by_mutations_of_their_own()
    {
        var company = await GiveCredit("spielwaren");
        async Task<JsonElement> Change(string mutation, string input)
        {
            var answer = await shop.Admin($$"""mutation { {{mutation}}(input: { companyId: "{{company}}", {{input}} }) { creditProfile { limit { amount } hold { reason } } userErrors { code path } } }""");
            return answer.GetProperty(mutation);
        }

        Assert.Equal("""{"creditProfile":{"limit":{"amount":"7.00"},"hold":null},"userErrors":[]}""", (await Change("setCreditLimit", "limit: 7")).GetRawText());
        Assert.Equal("""{"creditProfile":{"limit":null,"hold":null},"userErrors":[]}""", (await Change("setCreditLimit", "limit: null")).GetRawText());
        Assert.Equal("""{"creditProfile":{"limit":null,"hold":null},"userErrors":[{"code":"INVALID_VALUE","path":["limit"]}]}""", (await Change("setCreditLimit", "expectedVersion: null")).GetRawText());
        Assert.Equal("""{"creditProfile":{"limit":null,"hold":{"reason":"Overdue"}},"userErrors":[]}""", (await Change("placeCreditHold", "reason: \"Overdue\"")).GetRawText());
        Assert.Equal("""{"creditProfile":{"limit":null,"hold":{"reason":"Overdue"}},"userErrors":[{"code":"CONFLICT","path":["expectedVersion"]}]}""", (await Change("releaseCreditHold", "expectedVersion: 1")).GetRawText());
        Assert.Equal("""{"creditProfile":{"limit":null,"hold":null},"userErrors":[]}""", (await Change("releaseCreditHold", "expectedVersion: null")).GetRawText());
    }

    [Fact]
    public async Task Another_companys_credit_is_answered_like_one_that_is_not_there()
    {
        await GiveCredit("newcomer");
        var id = (await shop.Admin("{ company(externalId: \"newcomer\") { creditProfile { id } } }")).GetProperty("company").GetProperty("creditProfile").GetProperty("id").GetString();
        const string Query = "query($id: ID!) { node(id: $id) { ... on CreditProfile { currency } } }";

        var foreign = await shop.Ask(shop.Acme, Query, new { id });
        var unknown = await shop.Ask(shop.Acme, Query, new { id = "nothing" });
        var own = await shop.Ask(shop.Newcomer, Query, new { id });

        Assert.Equal(unknown, foreign);
        Assert.Equal("""{"data":{"node":null}}""", foreign.Body);
        Assert.Equal("""{"data":{"node":{"currency":"USD"}}}""", own.Body);
    }

    [Fact]
    public async Task Buyers_neither_see_ratings_nor_write_and_staff_needs_its_permissions()
    {
        var key = await shop.CreateStaffKey("reader", Permission.CompaniesRead);

        var rating = await shop.Ask(shop.Acme, "{ me { company { creditProfile { rating } } } }");
        var write = await shop.Ask(shop.Acme, "mutation { setCreditLimit(input: { companyId: \"x\", limit: 1 }) { userErrors { code } } }");
        var credit = await shop.Ask(key, "{ company(externalId: \"acme\") { name creditProfile { currency } } paymentTerms { name } }", path: "/admin/graphql");

        Assert.Contains("Cannot query field \\\"rating\\\"", rating.Body, StringComparison.Ordinal);
        Assert.StartsWith("{\"errors\":", write.Body, StringComparison.Ordinal);
        Assert.Contains("Company.creditProfile needs the permission CREDIT_READ.", credit.Body, StringComparison.Ordinal);
        Assert.Contains("Query.paymentTerms needs the permission CREDIT_WRITE.", credit.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, credit.Status);
    }

    [Fact]
    public async Task Files_bring_terms_and_profiles()
    {
        var terms = await shop.Import(
            "payment-terms", """{"externalId":"net7","name":"Net 7","netDays":7,"earlyPaymentDiscount":{"percent":"1","withinDays":3}}""", """{"externalId":"bad","name":"Bad","netDays":400}""");
        var profiles = await shop.Import(
            "credit-profiles", """{"company":"spielwaren","currency":"EUR","limit":null,"openItems":"12.5","paymentTerms":["net7"],"sourceRevision":1}""", """{"company":"nobody","currency":"EUR","limit":1}""");

        Assert.Equal("""{"row":2,"status":"FAILED","key":"bad","errors":[{"code":"INVALID_VALUE","message":"The days must be 0–365, not 400.","path":["netDays"]}]}""", terms[0].GetRawText());
        Assert.Equal("""{"received":2,"applied":1,"skipped":0,"failed":1}""", terms[1].GetRawText());
        Assert.Equal("""{"row":2,"status":"FAILED","key":"nobody","errors":[{"code":"NOT_FOUND","message":"There is no company \"nobody\".","path":["company"]}]}""", profiles[0].GetRawText());
        var answer = await shop.Data(shop.Spielwaren, "{ me { company { paymentTerms { externalId } } } }");
        Assert.Equal("""{"me":{"company":{"paymentTerms":[{"externalId":"net7"}]}}}""", answer.GetRawText());
    }

    private async Task<string> GiveCredit(string company)
    {
        var answer = await shop.Admin(
            $$"""mutation { upsertCreditProfiles(input: { creditProfiles: [{ company: "{{company}}", currency: "USD", limit: "100", openItems: 0 }] }) { creditProfiles { company { id } } userErrors { message } } }""");
        return answer.GetProperty("upsertCreditProfiles").GetProperty("creditProfiles")[0].GetProperty("company").GetProperty("id").GetString()!;
    }
}
