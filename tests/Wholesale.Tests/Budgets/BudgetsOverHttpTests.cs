using System.Text.Json;
using Wholesale.Platform;

namespace Wholesale.Tests.Budgets;

/// <summary>The shop, where <c>acme</c> and <c>spielwaren</c> have an ADMIN each.</summary>
public sealed class BudgetShop : Shop
{
    public string Boss { get; private set; } = null!;

    public string RivalBoss { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        (Boss, RivalBoss) = (await CreateBoss("acme"), await CreateBoss("spielwaren"));
    }

    private async Task<string> CreateBoss(string company)
    {
        var user = new { externalId = "boss", name = "A Boss", email = $"boss@{company}.example", role = "ADMIN", unit = "hq" };
        await Import("companies", JsonSerializer.Serialize(new { externalId = company, users = new[] { user } }));
        return await CreateBuyerKey(company, "boss");
    }
}

/// <summary>What a company does with its budgets, and what others see of them.</summary>
public sealed class BudgetsOverHttpTests(BudgetShop shop) : IClassFixture<BudgetShop>
{
    private const string Upsert = "mutation($budgets: [BudgetInput!]!) { upsertBudgets(input: { budgets: $budgets }) { budgets { id externalId } counts { received applied failed } userErrors { code path } } }";

    private static readonly object HeadOffice = new
    {
        externalId = "hq-2020",
        name = "Head office",
        scope = "UNIT",
        unit = "hq",
        amount = "1000",
        currency = "USD",
        period = "QUARTER",
        startsOn = "2020-01-31",
        policy = "WARN",
    };

    [Fact]
    public async Task An_admin_writes_a_budget_that_its_buyers_read()
    {
        var written = await shop.Data(shop.Boss, Upsert, new { budgets = new[] { HeadOffice, new { externalId = "bad", name = "Bad", scope = "USER", user = "nobody", amount = 1, currency = "USD", period = "MONTH", startsOn = "2026-01-01" } } });
        var read = await shop.Data(
            shop.Acme,
            """{ budgets { externalId name scope unit { externalId } user { externalId } costCenter amount { amount currency } period startsOn endsOn policy isActive version currentPeriod { spent { amount } available { amount } } periods { firstDay } } }""");

        var payload = written.GetProperty("upsertBudgets");
        Assert.Equal("""{"received":2,"applied":1,"failed":1}""", payload.GetProperty("counts").GetRawText());
        Assert.Equal("""[{"code":"NOT_FOUND","path":["budgets","1","user"]}]""", payload.GetProperty("userErrors").GetRawText());
        Assert.Contains(
            """{"externalId":"hq-2020","name":"Head office","scope":"UNIT","unit":{"externalId":"hq"},"user":null,"costCenter":null,"amount":{"amount":"1000.00","currency":"USD"},"period":"QUARTER","startsOn":"2020-01-31","endsOn":null,"policy":"WARN","isActive":true,"version":1,"currentPeriod":{"spent":{"amount":"0.00"},"available":{"amount":"1000.00"}},"periods":[]}""",
            read.GetProperty("budgets").GetRawText(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_buyer_cannot_write_and_nobody_can_name_another_company()
    {
        var buyer = await shop.Ask(shop.Acme, Upsert, new { budgets = new[] { HeadOffice } });
        var other = await shop.Ask(shop.Boss, Upsert, new { budgets = new[] { new { externalId = "x", company = "spielwaren" } } });

        Assert.Contains("Mutation.upsertBudgets needs the permission BUDGETS_WRITE.", buyer.Body, StringComparison.Ordinal);
        Assert.Contains("company", other.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("\"data\":{\"upsertBudgets\":{", other.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_companys_budget_is_answered_like_one_that_is_not_there()
    {
        var written = await shop.Data(shop.Boss, Upsert, new { budgets = new[] { HeadOffice } });
        var id = written.GetProperty("upsertBudgets").GetProperty("budgets")[0].GetProperty("id").GetString();
        const string Query = "query($id: ID!) { node(id: $id) { ... on Budget { name } } }";

        var foreign = await shop.Ask(shop.RivalBoss, Query, new { id });
        var unknown = await shop.Ask(shop.RivalBoss, Query, new { id = "nothing" });

        Assert.Equal(unknown, foreign);
        Assert.Equal("""{"data":{"node":null}}""", foreign.Body);
        Assert.Equal("""{"data":{"node":{"name":"Head office"}}}""", (await shop.Ask(shop.Acme, Query, new { id })).Body);
    }

    [Fact]
    public async Task Staff_names_the_company_of_each_row_and_brings_files()
    {
        const string Write = "mutation($budgets: [BudgetInput!]!) { upsertBudgets(input: { budgets: $budgets, mode: ALL_OR_NOTHING }) { counts { applied } userErrors { code path } } }";
        var unnamed = await shop.Admin(Write, new { budgets = new[] { HeadOffice } });
        var report = await shop.Import(
            "budgets",
            """{"company":"newcomer","externalId":"cc","name":"Cost centre","scope":"COST_CENTER","costCenter":"47-11","amount":500,"currency":"USD","period":"FIXED","startsOn":"2026-01-01","endsOn":"2026-06-30"}""",
            """{"company":"newcomer","externalId":"cc2","name":"No end","scope":"COST_CENTER","costCenter":"47-12","amount":500,"currency":"USD","period":"FIXED","startsOn":"2026-01-01"}""",
            """{"company":"newcomer","externalId":"cc3","startsOn":"2026-02-30"}""");
        var read = await shop.Admin("{ company(externalId: \"newcomer\") { budgets { externalId costCenter period startsOn endsOn } } budgets { externalId } }");

        Assert.Equal("""{"counts":{"applied":0},"userErrors":[{"code":"INVALID_VALUE","path":["budgets","0","company"]}]}""", unnamed.GetProperty("upsertBudgets").GetRawText());
        Assert.Equal("""{"row":2,"status":"FAILED","key":"newcomer/cc2","errors":[{"code":"INVALID_VALUE","message":"A FIXED period needs its last day.","path":["endsOn"]}]}""", report[0].GetRawText());
        Assert.Equal("FAILED", report[1].GetProperty("status").GetString());
        Assert.Equal("""{"received":3,"applied":1,"skipped":0,"failed":2}""", report[2].GetRawText());
        Assert.Equal(
            """{"company":{"budgets":[{"externalId":"cc","costCenter":"47-11","period":"FIXED","startsOn":"2026-01-01","endsOn":"2026-06-30"}]},"budgets":[]}""", read.GetRawText());
    }

    [Fact]
    public async Task Any_number_of_budgets_is_read_by_the_same_statements()
    {
        var key = await shop.CreateStaffKey("budgets", Permission.BudgetsRead, Permission.BudgetsWrite, Permission.CompaniesRead);
        async Task<int> Statements(int budgets)
        {
            var rows = Enumerable.Range(0, budgets).Select(i => $$"""{"company":"spielwaren","externalId":"b{{i}}","name":"B","scope":"UNIT","unit":"hq","amount":1,"currency":"EUR","period":"MONTH","startsOn":"2026-01-01"}""");
            await shop.Import("budgets", rows);
            var best = int.MaxValue;
            for (var i = 0; i < 5; i++)
            {
                best = Math.Min(best, await shop.Statements(Read)); // the host looks for events, too
            }

            return best;

            async Task Read()
            {
                var answer = await shop.Data(key, "{ company(externalId: \"spielwaren\") { budgets { unit { name } user { name } currentPeriod { firstDay } periods { firstDay } } } }", path: "/admin/graphql");
                Assert.Equal(budgets, answer.GetProperty("company").GetProperty("budgets").GetArrayLength());
            }
        }

        Assert.Equal(await Statements(2), await Statements(40));
    }
}
