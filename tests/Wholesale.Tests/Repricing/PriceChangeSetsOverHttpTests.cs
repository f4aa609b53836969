using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Platform;
using Wholesale.Platform.Events;
using Wholesale.Pricing;
using Wholesale.Repricing;

namespace Wholesale.Tests.Repricing;

/// <summary>Drafts, approvals and refusals; the prices themselves: <see cref="PriceChangeSchedulesTests"/>.</summary>
public sealed class PriceChangeSetsOverHttpTests(ClockedShop shop) : IClassFixture<ClockedShop>
{
    private readonly PriceChangeSets sets = new(shop);

    private DateTime Tomorrow => shop.Now.AddDays(1);

    [Fact]
    public async Task A_draft_takes_times_and_lines_and_gives_them_up_again()
    {
        var id = await sets.Create("draft");
        var list = await sets.List("usd");

        var updated = await sets.Do("updatePriceChangeSet", new { priceChangeSetId = id, name = "Spring", effectiveAt = "2027-01-01T00:00:00Z", until = "2027-02-01T00:00:00Z" });
        var written = await sets.Send("upsertPriceChanges", new
        {
            priceChangeSetId = id,
            expectedVersion = 2,
            lines = new object[]
            {
                new { priceListId = list, sku = "TOOL-001-S", unitPrice = "1.25", currency = "USD" },
                new { priceListId = list, sku = "TOOL-001-S", unitPrice = "1.15", minimumQuantity = 10 },
                new { priceListId = list, sku = "TOOL-002-S" },
                new { priceListId = await sets.List("eur"), sku = "TOOL-001-S", unitPrice = "0" },
            },
        });
        var same = await sets.Do("upsertPriceChanges", new { priceChangeSetId = id, lines = new[] { new { priceListId = list, sku = "TOOL-001-S", unitPrice = "1.25" } } });
        var cut = await sets.Do("upsertPriceChanges", new
        {
            priceChangeSetId = id,
            lines = new object[] { new { priceListId = list, sku = "TOOL-002-S", remove = true }, new { priceListId = list, sku = "TOOL-003-S", remove = true }, new { priceListId = list, sku = "TOOL-001-S", unitPrice = "1.30" } },
        });
        var opened = await sets.Do("updatePriceChangeSet", new { priceChangeSetId = id, until = (string?)null });

        Assert.Equal(("Spring", 2), (updated.GetProperty("name").GetString(), updated.GetProperty("version").GetInt32()));
        Assert.Equal("""{"received":4,"applied":4,"failed":0}""", written.GetProperty("counts").GetRawText());
        Assert.Equal((4, 3), Shape(written.GetProperty("priceChangeSet")));
        Assert.Equal((4, 3), Shape(same));
        Assert.Equal((3, 4), Shape(cut));
        Assert.Equal("2027-01-01T00:00:00Z", opened.GetProperty("effectiveAt").GetString());
        Assert.Equal(JsonValueKind.Null, opened.GetProperty("until").ValueKind);
        Assert.Equal(
            ["USD TOOL-001-S 1: 1.00 > 1.30", "USD TOOL-001-S 10: 0.905 > 1.15", "EUR TOOL-001-S 1: 1.50 > 0.00"],
            await Lines(id));
        Assert.Equal(Enumerable.Repeat("PRICE_CHANGE_SET_CHANGED", 5), await sets.EventsOf(id));

        static (int, int) Shape(JsonElement set) => (set.GetProperty("lineCount").GetInt32(), set.GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task Each_status_lets_happen_what_it_allows_and_names_what_it_does_not()
    {
        string[] calls = ["updatePriceChangeSet", "upsertPriceChanges", "approvePriceChangeSet", "reopenPriceChangeSet", "schedulePriceChangeSet", "cancelPriceChangeSet"];
        var refused = new Dictionary<PriceChangeSetStatus, string>
        {
            [PriceChangeSetStatus.Draft] = "reopenPriceChangeSet schedulePriceChangeSet",
            [PriceChangeSetStatus.Approved] = "updatePriceChangeSet upsertPriceChanges approvePriceChangeSet",
            [PriceChangeSetStatus.Scheduling] = "updatePriceChangeSet upsertPriceChanges approvePriceChangeSet reopenPriceChangeSet schedulePriceChangeSet",
            [PriceChangeSetStatus.Scheduled] = "updatePriceChangeSet upsertPriceChanges approvePriceChangeSet reopenPriceChangeSet schedulePriceChangeSet",
            [PriceChangeSetStatus.Applied] = string.Join(' ', calls),
            [PriceChangeSetStatus.Cancelling] = string.Join(' ', calls),
            [PriceChangeSetStatus.Cancelled] = string.Join(' ', calls),
        };

        foreach (var (status, names) in refused)
        {
            foreach (var call in calls)
            {
                var id = await sets.Draft($"{status} {call}", Tomorrow, null, ("usd", "TOOL-004-S", "4.44"));
                await Put($"{status} {call}", status);
                var input = call == "upsertPriceChanges" ? (object)new { priceChangeSetId = id, lines = Array.Empty<object>() } : new { priceChangeSetId = id };

                var payload = await sets.Send(call, input);

                var code = call is "updatePriceChangeSet" or "upsertPriceChanges" ? "NOT_A_DRAFT" : "INVALID_TRANSITION";
                var expected = names.Split(' ').Contains(call) ? [$"{code} priceChangeSetId"] : Array.Empty<string>();
                Assert.True(expected.SequenceEqual(PriceChangeSets.ErrorsOf(payload)), $"{call} of {status}: {payload}");
                if (expected.Length > 0)
                {
                    Assert.Contains(status.ToString().ToUpperInvariant(), payload.GetProperty("userErrors")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
                }

                await Put($"{status} {call}", PriceChangeSetStatus.Cancelled); // or the background would take up what is under way
            }
        }
    }

    [Fact]
    public async Task What_cannot_be_a_set_is_refused_at_its_place()
    {
        await sets.Create("taken");
        var id = await sets.Create("edited", Tomorrow);
        var other = await sets.List("usd");

        Assert.Equal(["ALREADY_EXISTS externalId"], await sets.Errors("createPriceChangeSet", new { externalId = "taken", name = "x" }));
        Assert.Equal(
            ["INVALID_VALUE externalId", "INVALID_VALUE name", "INVALID_VALUE until"],
            await sets.Errors("createPriceChangeSet", new { externalId = "", name = " ", effectiveAt = Tomorrow, until = Tomorrow }));
        Assert.Equal(["INVALID_VALUE name", "INVALID_VALUE until"], await sets.Errors("updatePriceChangeSet", new { priceChangeSetId = id, name = "", until = shop.Now }));
        Assert.Equal(["INVALID_VALUE priceChangeSetId"], await sets.Errors("approvePriceChangeSet", new { priceChangeSetId = id }));
        foreach (var call in new[] { "updatePriceChangeSet", "approvePriceChangeSet", "reopenPriceChangeSet", "schedulePriceChangeSet", "cancelPriceChangeSet" })
        {
            Assert.Equal(["NOT_FOUND priceChangeSetId"], await sets.Errors(call, new { priceChangeSetId = other }));
            Assert.Equal(["CONFLICT expectedVersion"], await sets.Errors(call, new { priceChangeSetId = id, expectedVersion = 7 }));
        }

        Assert.Equal(["NOT_FOUND priceChangeSetId"], await sets.Errors("upsertPriceChanges", new { priceChangeSetId = other, lines = Array.Empty<object>() }));
        Assert.Equal(["CONFLICT expectedVersion"], await sets.Errors("upsertPriceChanges", new { priceChangeSetId = id, expectedVersion = 7, lines = Array.Empty<object>() }));
        Assert.Equal("DRAFT", await sets.StatusOf(id));
    }

    [Fact]
    public async Task Bad_lines_are_reported_one_by_one()
    {
        var id = await sets.Create("bad lines");
        var list = await sets.List("usd");
        object[] lines =
        [
            new { priceListId = list, sku = "TOOL-001-S", unitPrice = "1" },
            new { priceListId = id, sku = "TOOL-001-S", unitPrice = "1" },
            new { priceListId = list, sku = "NONE", unitPrice = "1" },
            new { priceListId = list, sku = "TOOL-002-S", unitPrice = "-1" },
            new { priceListId = list, sku = "TOOL-003-S", unitPrice = "1", minimumQuantity = 0 },
            new { priceListId = list, sku = "TOOL-004-S", unitPrice = "1", currency = "EUR" },
            new { priceListId = list, sku = "TOOL-005-S", unitPrice = "1", remove = true },
            new { priceListId = list, sku = "TOOL-001-S", unitPrice = "2" },
        ];

        var none = await sets.Send("upsertPriceChanges", new { priceChangeSetId = id, mode = "ALL_OR_NOTHING", lines });
        var some = await sets.Send("upsertPriceChanges", new { priceChangeSetId = id, lines });

        string[] expected =
        [
            "NOT_FOUND lines/1/priceListId", "NOT_FOUND lines/2/sku", "INVALID_VALUE lines/3/unitPrice", "INVALID_VALUE lines/4/minimumQuantity",
            "CURRENCY_MISMATCH lines/5/currency", "INVALID_VALUE lines/6/remove", "DUPLICATE_ROW lines/7/sku",
        ];
        Assert.Equal(expected, PriceChangeSets.ErrorsOf(none));
        Assert.Equal("""{"received":8,"applied":0,"failed":8}""", none.GetProperty("counts").GetRawText());
        Assert.Equal(expected, PriceChangeSets.ErrorsOf(some));
        Assert.Equal("""{"received":8,"applied":1,"failed":7}""", some.GetProperty("counts").GetRawText());
        Assert.Equal(1, some.GetProperty("priceChangeSet").GetProperty("lineCount").GetInt32());
    }

    [Fact]
    public async Task A_call_takes_five_thousand_lines_and_a_set_a_hundred_thousand_in_two_hundred_and_fifty_lists()
    {
        var id = await sets.Create("limits");
        var list = await sets.List("usd");
        await shop.Import("price-lists", Enumerable.Range(0, 250).Select(i => $$"""{"externalId":"many-{{i}}","name":"many","currency":"USD"}"""));
        var many = (await Db(db => db.PriceLists.Where(l => l.Name == "many").Select(l => l.Id).ToListAsync())).ConvertAll(l => new NodeId(nameof(PriceList), l).ToString());

        var tooMany = await sets.Send("upsertPriceChanges", new { priceChangeSetId = id, lines = Enumerable.Repeat(new { priceListId = list, sku = "TOOL-001-S" }, 5_001) });
        await sets.Do("upsertPriceChanges", new { priceChangeSetId = id, lines = many.Select(l => new { priceListId = l, sku = "TOOL-001-S", unitPrice = "1" }) });
        var oneListMore = await sets.Send("upsertPriceChanges", new { priceChangeSetId = id, lines = new[] { new { priceListId = list, sku = "TOOL-001-S", unitPrice = "1" } } });
        await Db(db => db.PriceChangeSets.Where(s => s.ExternalId == "limits").ExecuteUpdateAsync(s => s.SetProperty(p => p.LineCount, 99_999)));
        var last = await sets.Send("upsertPriceChanges", new { priceChangeSetId = id, lines = new[] { new { priceListId = many[0], sku = "TOOL-002-S", unitPrice = "1" } } });
        var oneMore = await sets.Send("upsertPriceChanges", new { priceChangeSetId = id, lines = new[] { new { priceListId = many[0], sku = "TOOL-003-S", unitPrice = "1" } } });

        Assert.Equal(["TOO_MANY_ROWS lines"], PriceChangeSets.ErrorsOf(tooMany));
        Assert.Equal(["TOO_MANY_ROWS lines"], PriceChangeSets.ErrorsOf(oneListMore));
        Assert.Equal("""{"received":1,"applied":0,"failed":1}""", oneListMore.GetProperty("counts").GetRawText());
        Assert.Empty(PriceChangeSets.ErrorsOf(last));
        Assert.Equal(["TOO_MANY_ROWS lines"], PriceChangeSets.ErrorsOf(oneMore));
        Assert.Equal(251, await Db(db => db.PriceChangeLines.CountAsync(l => db.PriceChangeSets.Any(s => s.Id == l.PriceChangeSetId && s.ExternalId == "limits"))));
    }

    [Fact]
    public async Task Approving_needs_a_permission_of_its_own()
    {
        var id = await sets.Draft("permissions", Tomorrow, null, ("usd", "TOOL-006-S", "6.66"));
        var writer = await shop.CreateStaffKey("writer", Permission.PricesWrite, Permission.PricesRead);
        var approver = await shop.CreateStaffKey("approver", Permission.PricesApprove);
        var input = new { priceChangeSetId = id };

        Assert.Contains("FORBIDDEN", await Body(writer, "approvePriceChangeSet", input), StringComparison.Ordinal);
        foreach (var call in new[] { "updatePriceChangeSet", "reopenPriceChangeSet", "schedulePriceChangeSet", "cancelPriceChangeSet" })
        {
            Assert.Contains("FORBIDDEN", await Body(approver, call, input), StringComparison.Ordinal);
        }

        Assert.Contains("FORBIDDEN", await Body(approver, "createPriceChangeSet", new { externalId = "x", name = "x" }), StringComparison.Ordinal);
        Assert.Contains("FORBIDDEN", await Body(approver, "upsertPriceChanges", new { priceChangeSetId = id, lines = Array.Empty<object>() }), StringComparison.Ordinal);
        Assert.Contains("FORBIDDEN", (await shop.Ask(approver, "{ priceChangeSets { edges { node { id } } } }", path: "/admin/graphql")).Body, StringComparison.Ordinal);
        var node = await shop.Data(approver, "query($id: ID!) { node(id: $id) { id } }", new { id }, "/admin/graphql");
        Assert.Equal(JsonValueKind.Null, node.GetProperty("node").ValueKind);

        Assert.Empty(PriceChangeSets.ErrorsOf(await sets.Send("approvePriceChangeSet", input, approver)));
        Assert.Empty(PriceChangeSets.ErrorsOf(await sets.Send("schedulePriceChangeSet", input, writer)));
    }

    [Fact]
    public async Task A_call_with_an_idempotency_key_is_carried_out_once()
    {
        var id = await sets.Draft("once", Tomorrow, null, ("usd", "TOOL-007-S", "7.77"));
        await sets.Do("approvePriceChangeSet", new { priceChangeSetId = id });

        var first = await shop.Ask(shop.StaffKey, PriceChangeSets.MutationOf("schedulePriceChangeSet"), new { input = new { priceChangeSetId = id } }, "/admin/graphql", "schedule-once");
        var second = await shop.Ask(shop.StaffKey, PriceChangeSets.MutationOf("schedulePriceChangeSet"), new { input = new { priceChangeSetId = id } }, "/admin/graphql", "schedule-once");

        Assert.Equal(HttpStatusCode.OK, first.Status);
        Assert.Contains("\"SCHEDULED\"", first.Body, StringComparison.Ordinal);
        Assert.Equal(first, second);
        Assert.Single(await sets.EventsOf(id), "PRICE_CHANGE_SET_SCHEDULED");
    }

    [Fact]
    public async Task Sets_are_found_by_status_and_their_lines_page_by_page_with_one_statement_more()
    {
        var id = await sets.Draft("found", Tomorrow, null, [.. Enumerable.Range(10, 15).Select(i => ("usd", $"TOOL-0{i}-S", (string?)"9.99"))]);
        var drafts = await Found("DRAFT");
        await sets.Do("approvePriceChangeSet", new { priceChangeSetId = id });

        Assert.Contains("found", drafts);
        Assert.DoesNotContain("found", await Found("DRAFT"));
        Assert.Contains("found", await Found("APPROVED"));
        Assert.Equal(await Lines(id, 250), await Lines(id, 4));
        Assert.Equal("found", (await shop.Admin("query($id: ID!) { node(id: $id) { ... on PriceChangeSet { externalId } } }", new { id })).GetProperty("node").GetProperty("externalId").GetString());

        var best = int.MaxValue;
        for (var attempt = 0; attempt < 5 && best > 3; attempt++)
        {
            best = Math.Min(best, await shop.Statements(() => shop.Admin("{ priceChangeSets(first: 50) { edges { node { lines(first: 10) { edges { node { variant { sku } presentUnitPrice { amount } } } } } } } }")));
        }

        Assert.Equal(3, best);
    }

    private async Task<List<string>> Found(string status)
    {
        var (found, after) = (new List<string>(), (string?)null);
        do
        {
            var page = (await shop.Admin(
                "query($status: PriceChangeSetStatus, $after: String) { priceChangeSets(status: $status, first: 3, after: $after) { edges { node { externalId status } } pageInfo { hasNextPage endCursor } } }",
                new { status, after })).GetProperty("priceChangeSets");
            Assert.All(page.GetProperty("edges").EnumerateArray(), e => Assert.Equal(status, e.GetProperty("node").GetProperty("status").GetString()));
            found.AddRange(page.GetProperty("edges").EnumerateArray().Select(e => e.GetProperty("node").GetProperty("externalId").GetString()!));
            after = page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean() ? page.GetProperty("pageInfo").GetProperty("endCursor").GetString() : null;
        }
        while (after is not null);

        return found;
    }

    private async Task<List<string>> Lines(string id, int first = 250)
    {
        var (found, after) = (new List<string>(), (string?)null);
        do
        {
            var page = (await shop.Admin(
                "query($id: ID!, $first: Int, $after: String) { priceChangeSet(id: $id) { lines(first: $first, after: $after) { edges { node { priceList { currency } variant { sku } minimumQuantity unitPrice { amount } presentUnitPrice { amount } } } pageInfo { hasNextPage endCursor } } } }",
                new { id, first, after })).GetProperty("priceChangeSet").GetProperty("lines");
            found.AddRange(page.GetProperty("edges").EnumerateArray().Select(e => e.GetProperty("node")).Select(n =>
                $"{n.GetProperty("priceList").GetProperty("currency").GetString()} {n.GetProperty("variant").GetProperty("sku").GetString()} {n.GetProperty("minimumQuantity").GetRawText()}: {Amount(n.GetProperty("presentUnitPrice"))} > {Amount(n.GetProperty("unitPrice"))}"));
            after = page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean() ? page.GetProperty("pageInfo").GetProperty("endCursor").GetString() : null;
        }
        while (after is not null);

        return found;

        static string? Amount(JsonElement price) => price.ValueKind == JsonValueKind.Null ? "none" : price.GetProperty("amount").GetString();
    }

    private async Task<string> Body(string key, string call, object input) =>
        (await shop.Ask(key, PriceChangeSets.MutationOf(call), new { input }, "/admin/graphql")).Body;

    /// <summary>Puts a set somewhere past all rules.</summary>
    private Task<int> Put(string externalId, PriceChangeSetStatus status) =>
        Db(db => db.PriceChangeSets.Where(s => s.ExternalId == externalId).ExecuteUpdateAsync(s => s.SetProperty(p => p.Status, status)));

    private async Task<T> Db<T>(Func<WholesaleDb, Task<T>> work)
    {
        await using var scope = shop.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Writes>().RunUnrecorded(async () => await work(scope.ServiceProvider.GetRequiredService<WholesaleDb>()));
    }
}
