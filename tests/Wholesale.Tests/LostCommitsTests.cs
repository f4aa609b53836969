using System.Net;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Tests.Platform.Database;

namespace Wholesale.Tests;

/// <summary>What clients see when the connection is lost around a commit: each mutation happens once, and whoever cannot know says so.</summary>
public sealed class LostCommitsTests(LostCommitsTests.FaultyHost host) : IClassFixture<LostCommitsTests.FaultyHost>
{
    private const string Create = "mutation($input: CreatePriceListInput!) { createPriceList(input: $input) { priceList { externalId } userErrors { code } } }";

    private const string Two =
        "mutation($input: CreatePriceListInput!, $other: CreatePriceListInput!) { a: createPriceList(input: $input) { userErrors { code } } b: createPriceList(input: $other) { userErrors { code } } }";

    private static SqlException Lost => SqlErrors.Of(10_054, severity: 20);

    private static SqlException Deadlock => SqlErrors.Of(1205, severity: 13);

    [Fact]
    public async Task A_change_whose_commit_was_carried_out_but_not_answered_is_found_in_the_log_and_answered()
    {
        host.Database.LoseAfterCommit(Lost);

        var (status, body) = await Send("unanswered");

        Assert.Equal((HttpStatusCode.OK, Made("unanswered")), (status, body));
        Assert.Equal(1, await Events("unanswered"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_change_that_was_not_committed_for_a_passing_reason_is_tried_again(bool isDeadlock)
    {
        var name = $"again-{isDeadlock}";
        host.Database.LoseBeforeCommit(isDeadlock ? [Deadlock, Deadlock] : [Lost, Lost]);

        var (status, body) = await Send(name);

        Assert.Equal((HttpStatusCode.OK, Made(name)), (status, body));
        Assert.Equal(1, await Events(name));
    }

    [Fact]
    public async Task A_reason_that_does_not_pass_in_four_tries_is_told_and_nothing_is_changed()
    {
        host.Database.LoseBeforeCommit(Lost, Lost, Lost, Lost);

        var (_, body) = await Send("never");

        Assert.Contains("\"code\":\"UNAVAILABLE\"", body, StringComparison.Ordinal);
        Assert.Equal(0, await Events("never"));
        Assert.Contains("\"userErrors\":[]", (await Send("never")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_statement_that_took_too_long_is_not_tried_again()
    {
        host.Database.LoseBeforeCommit(SqlErrors.Of(-2, severity: 11));

        var (_, body) = await Send("too-long");

        Assert.Contains("\"code\":\"UNAVAILABLE\"", body, StringComparison.Ordinal);
        Assert.Equal(0, await Events("too-long"));
    }

    [Fact]
    public async Task An_answer_without_a_change_that_was_kept_under_its_key_but_not_told_is_told_from_there()
    {
        await Send("taken");
        host.Database.LoseAfterCommit(Lost);

        var (status, body) = await Send("taken", "key-of-taken");

        Assert.Equal((HttpStatusCode.OK, """{"data":{"createPriceList":{"priceList":null,"userErrors":[{"code":"ALREADY_EXISTS"}]}}}"""), (status, body));
        Assert.Equal((status, body), await Send("taken", "key-of-taken"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_change_under_a_key_happens_once_whichever_half_of_the_commit_was_lost(bool isCommitted)
    {
        var name = $"keyed-{isCommitted}";
        if (isCommitted)
        {
            host.Database.LoseAfterCommit(Lost);
        }
        else
        {
            host.Database.LoseBeforeCommit(Lost);
        }

        var first = await Send(name, name);
        var second = await Send(name, name);

        Assert.Contains("\"userErrors\":[]", first.Body, StringComparison.Ordinal);
        Assert.Equal(first, second);
        Assert.Equal(1, await Events(name));
    }

    [Fact]
    public async Task Of_two_mutations_the_first_is_not_repeated_when_the_second_was_not_committed()
    {
        host.Database.LoseBeforeCommit(null, Lost);

        var (_, body) = await host.Ask(host.StaffKey, Two, new { input = Input("first"), other = Input("second") }, "/admin/graphql");

        Assert.Contains("\"a\":{\"userErrors\":[]}", body, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"UNAVAILABLE\"", body, StringComparison.Ordinal);
        Assert.Equal((1, 0), (await Events("first"), await Events("second")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("key-of-a-part")]
    public async Task A_mutation_of_which_only_a_part_of_the_payload_could_not_be_read_is_committed_and_not_repeated(string? key)
    {
        const string WithEntries =
            "mutation($input: CreatePriceListInput!) { createPriceList(input: $input) { priceList { entries(first: 1) { pageInfo { hasNextPage } } } userErrors { code } } }";
        var name = $"a-part-{key}";
        host.SomeStatement.LoseNext("PriceListEntries", Lost);

        var (_, body) = await host.Ask(host.StaffKey, WithEntries, new { input = Input(name) }, "/admin/graphql", key);

        Assert.Contains("\"code\":\"UNAVAILABLE\"", body, StringComparison.Ordinal);
        Assert.Contains("\"userErrors\":[]", body, StringComparison.Ordinal);
        Assert.Equal(1, await Events(name));
    }

    [Fact]
    public async Task Where_the_log_cannot_be_asked_the_outcome_is_said_to_be_unknown()
    {
        host.Database.LoseAfterCommit(Lost);
        host.Database.RefuseToBegin([null, .. Enumerable.Repeat(Lost, SqlServerForTests.IsUsed ? 4 : 1)]); // there a beginning is tried again

        var (_, body) = await Send("unknown");

        Assert.Contains("\"code\":\"OUTCOME_UNKNOWN\"", body, StringComparison.Ordinal);
        Assert.Equal(1, await Events("unknown"));
    }

    [Theory]
    [InlineData(10_054)]
    [InlineData(-2)]
    public async Task Where_the_log_cannot_be_asked_a_key_tells_the_next_try(int number)
    {
        var name = $"unknown-keyed{number}";
        host.Database.LoseAfterCommit(SqlErrors.Of(number));
        host.Database.RefuseToBegin([null, .. Enumerable.Repeat(Lost, SqlServerForTests.IsUsed ? 4 : 1)]);

        var (status, body) = await Send(name, name);

        Assert.Equal((HttpStatusCode.OK, Made(name)), (status, body));
        Assert.Equal(1, await Events(name));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task However_often_connections_are_lost_each_answer_is_true_and_a_key_makes_each_change_once(int seed)
    {
        var count = SqlServerForTests.IsUsed ? 20 : 80; // 96 are let in at once, and each connection that is made anew takes its time
        var names = Enumerable.Range(0, count).Select(i => $"chance-{seed}-{i}").ToList();
        string? KeyOf(int i) => i % 2 == 0 ? names[i] : null;
        host.Database.LoseByChance(seed, percent: 20, () => Lost);

        var answers = await Task.WhenAll(Enumerable.Range(0, count).Select(i => Send(names[i], KeyOf(i))));

        host.Database.LoseByChance(seed, percent: 0, () => Lost);
        var outcomes = new Dictionary<string, int>();
        for (var i = 0; i < count; i++)
        {
            var (_, body) = answers[i];
            var outcome = body.Contains("OUTCOME_UNKNOWN", StringComparison.Ordinal) ? "unknown" : body.Contains("UNAVAILABLE", StringComparison.Ordinal) ? "unavailable" : "made";
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            var events = await Events(names[i]);
            Assert.True(outcome switch { "made" => body == Made(names[i]) && events == 1, "unavailable" => events == 0, _ => events <= 1 }, $"{outcome}, {events} events: {body}");
            if (KeyOf(i) is { } key)
            {
                Assert.Equal((HttpStatusCode.OK, Made(names[i])), await Send(names[i], key));
                Assert.Equal(1, await Events(names[i]));
            }
        }

        TestContext.Current.TestOutputHelper!.WriteLine(string.Join(", ", outcomes.OrderBy(o => o.Key).Select(o => $"{o.Value} {o.Key}")));
        Assert.True(outcomes["made"] > count / 2);
    }

    private static string Made(string externalId) =>
        """{"data":{"createPriceList":{"priceList":{"externalId":"NAME"},"userErrors":[]}}}""".Replace("NAME", externalId, StringComparison.Ordinal);

    private static object Input(string externalId) => new { externalId, name = externalId, currency = "EUR" };

    private Task<(HttpStatusCode Status, string Body)> Send(string externalId, string? key = null) =>
        host.Ask(host.StaffKey, Create, new { input = Input(externalId) }, "/admin/graphql", key);

    private async Task<int> Events(string externalId)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WholesaleDb>();
        return await db.Events.CountAsync(e => db.PriceLists.Any(l => l.Id == e.SubjectId && l.ExternalId == externalId));
    }

    public sealed class FaultyHost : TestHost
    {
        internal FaultyDatabase Database { get; } = new();

        internal FaultyStatements SomeStatement { get; } = new();

        protected override void Add(IServiceCollection services) => services.AddSingleton<IInterceptor>(Database).AddSingleton<IInterceptor>(SomeStatement);
    }
}
