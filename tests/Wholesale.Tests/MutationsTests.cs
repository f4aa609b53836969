using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Platform;

namespace Wholesale.Tests;

/// <summary>What stands around every mutation: one transaction, and with a key, once.</summary>
public sealed class MutationsTests(TestHost host) : IClassFixture<TestHost>
{
    private const string Create = "mutation($input: CreatePriceListInput!) { createPriceList(input: $input) { priceList { id externalId version } userErrors { code message path } } }";

    [Fact]
    public async Task A_mutation_sent_twice_with_one_key_happens_once_and_answers_the_same_bytes()
    {
        var first = await host.Send(host.StaffKey, Create, List("twice"), "/admin/graphql", "key-1");
        var second = await host.Send(host.StaffKey, Create, List("twice"), "/admin/graphql", "key-1");

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(await first.Content.ReadAsByteArrayAsync(), await second.Content.ReadAsByteArrayAsync());
        Assert.Equal(first.Content.Headers.ContentType, second.Content.Headers.ContentType);
        Assert.Contains("\"externalId\":\"twice\"", await second.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("true", Assert.Single(second.Headers.GetValues("Idempotent-Replayed")));
        Assert.Equal(1, await Events("twice"));
    }

    [Fact]
    public async Task Twenty_at_once_with_one_key_are_one()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.Ask(host.StaffKey, Create, List("at-once"), "/admin/graphql", "key-2")));

        Assert.All(answers, answer => Assert.Equal(answers[0], answer));
        Assert.Equal(HttpStatusCode.OK, answers[0].Status);
        Assert.Contains("\"userErrors\":[]", answers[0].Body, StringComparison.Ordinal);
        Assert.Equal(1, await Events("at-once"));
    }

    [Fact]
    public async Task A_key_used_for_another_request_is_refused()
    {
        await host.Ask(host.StaffKey, Create, List("one-body"), "/admin/graphql", "key-3");

        var (status, body) = await host.Ask(host.StaffKey, Create, List("another-body"), "/admin/graphql", "key-3");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("IDEMPOTENCY_KEY_REUSED", body, StringComparison.Ordinal);
        Assert.Equal(0, await Events("another-body"));
    }

    [Fact]
    public async Task User_errors_are_kept_but_request_errors_are_not()
    {
        await host.Ask(host.StaffKey, Create, List("taken"), "/admin/graphql");
        var refused = await host.Ask(host.StaffKey, Create, List("taken"), "/admin/graphql", "key-4");
        var again = await host.Ask(host.StaffKey, Create, List("taken"), "/admin/graphql", "key-4");
        var invalid = await host.Ask(host.StaffKey, Create, new { input = new { externalId = "x" } }, "/admin/graphql", "key-5");
        var valid = await host.Ask(host.StaffKey, Create, List("after-a-request-error"), "/admin/graphql", "key-5");

        Assert.Contains("ALREADY_EXISTS", refused.Body, StringComparison.Ordinal);
        Assert.Equal(refused, again);
        Assert.Contains("\"errors\"", invalid.Body, StringComparison.Ordinal);
        Assert.Contains("\"externalId\":\"after-a-request-error\"", valid.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_key_an_operation_holds_one_mutation()
    {
        var (status, body) = await host.Ask(
            host.StaffKey,
            "mutation { a: createPriceList(input: { externalId: \"m1\", name: \"m\", currency: \"USD\" }) { userErrors { code } } b: createPriceList(input: { externalId: \"m2\", name: \"m\", currency: \"USD\" }) { userErrors { code } } }",
            null,
            "/admin/graphql",
            "key-6");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("IDEMPOTENCY_SINGLE_MUTATION", body, StringComparison.Ordinal);
        Assert.Equal(0, await Events("m1"));
    }

    [Fact]
    public async Task One_key_of_two_callers_is_two_keys()
    {
        var other = await host.CreateStaffKey("other");

        var first = await host.Ask(host.StaffKey, Create, List("caller-1"), "/admin/graphql", "key-7");
        var second = await host.Ask(other, Create, List("caller-2"), "/admin/graphql", "key-7");

        Assert.Contains("caller-1", first.Body, StringComparison.Ordinal);
        Assert.Contains("caller-2", second.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_key_each_root_field_is_a_transaction_of_its_own()
    {
        var (_, body) = await host.Ask(
            host.StaffKey,
            "mutation { a: createPriceList(input: { externalId: \"own-1\", name: \"m\", currency: \"USD\" }) { userErrors { code } } b: createPriceList(input: { externalId: \"own-1\", name: \"m\", currency: \"USD\" }) { userErrors { code path } } }",
            null,
            "/admin/graphql");

        Assert.Equal("""{"data":{"a":{"userErrors":[]},"b":{"userErrors":[{"code":"ALREADY_EXISTS","path":["externalId"]}]}}}""", body);
        Assert.Equal(1, await Events("own-1"));
    }

    [Fact]
    public async Task A_key_without_the_permission_changes_nothing_and_the_rest_is_answered()
    {
        var reader = await host.CreateStaffKey("reader", Permission.CatalogRead, Permission.PricesRead);

        var (status, body) = await host.Ask(reader, Create, List("forbidden"), "/admin/graphql");
        var data = await host.Data(reader, "{ priceLists { edges { node { externalId } } } me { permissions } }", path: "/admin/graphql");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("FORBIDDEN", body, StringComparison.Ordinal);
        Assert.Equal(0, await Events("forbidden"));
        Assert.Equal(["CATALOG_READ", "PRICES_READ"], data.GetProperty("me").GetProperty("permissions").EnumerateArray().Select(p => p.GetString()));
    }

    [Fact]
    public async Task Event_numbers_have_no_gaps_whatever_fails_in_between()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => host.Ask(host.StaffKey, Create, List($"gap-{i % 25}"), "/admin/graphql")));

        await using var scope = host.Services.CreateAsyncScope();
        var numbers = await scope.ServiceProvider.GetRequiredService<WholesaleDb>().Events.Select(e => e.Number).Order().ToListAsync();
        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(n => (long)n), numbers);
    }

    private static object List(string externalId) => new { input = new { externalId, name = "A list", currency = "USD" } };

    /// <summary>How many events tell of the creation of a price list.</summary>
    private async Task<int> Events(string externalId)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WholesaleDb>();
        var ids = await db.PriceLists.Where(l => l.ExternalId == externalId).Select(l => l.Id).ToListAsync();
        return await db.Events.CountAsync(e => ids.Contains(e.SubjectId));
    }
}
