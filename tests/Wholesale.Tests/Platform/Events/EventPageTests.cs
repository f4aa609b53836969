using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Tests.Platform.Events;

/// <summary>Reading the log page by page: nothing twice, nothing missed, and no page that costs more than it may.</summary>
public sealed class EventPageTests : IAsyncLifetime
{
    private readonly PlatformHost host = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Pages_follow_each_other_to_the_end_and_then_go_on_with_what_comes()
    {
        await Record(5);

        Expect(await Page(0, first: 2), [1, 2], last: 2, hasMore: true);
        Expect(await Page(2, first: 2), [3, 4], last: 4, hasMore: true);
        Expect(await Page(4, first: 2), [5], last: 5, hasMore: false);
        Expect(await Page(5, first: 2), [], last: 5, hasMore: false);
        await Record(2);
        Expect(await Page(5, first: 2), [6, 7], last: 7, hasMore: false);
    }

    [Fact]
    public async Task Without_a_number_a_page_says_where_to_begin()
    {
        Expect(await Page(null), [], last: 0, hasMore: false);
        await Record(3);
        Expect(await Page(null), [], last: 3, hasMore: false);
    }

    [Fact]
    public async Task An_empty_log_has_no_oldest_event_and_any_other_has()
    {
        Assert.Equal(0, (await Page(0)).Oldest);
        await Record(3);
        Assert.Equal(1, (await Page(0)).Oldest);
        await Delete(2);
        Assert.Equal(3, (await Page(null)).Oldest);
    }

    [Fact]
    public async Task A_page_of_some_types_tells_how_far_it_looked()
    {
        await Record(2);
        await Record(1, "OTHER");
        await Record(3);
        await Record(1, "THIRD");
        await Record(1, "OTHER");
        await Record(1);

        Expect(await Page(0, types: ["OTHER"], first: 1), [3], last: 3, hasMore: true);
        Expect(await Page(3, types: ["OTHER"], first: 1), [8], last: 8, hasMore: true);
        Expect(await Page(8, types: ["OTHER"], first: 1), [], last: 9, hasMore: false);
        Expect(await Page(2, types: ["OTHER", "THIRD"]), [3, 7, 8], last: 9, hasMore: false);
        Expect(await Page(0, types: ["NEVER"]), [], last: 9, hasMore: false);
        Expect(await Page(0, types: []), [], last: 9, hasMore: false);
    }

    [Fact(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    public async Task A_page_of_some_types_seeks_them_within_ten_thousand_numbers()
    {
        await Record(1, "OTHER");
        await Record(EventPage.MaximumScan);
        await Record(1, "OTHER");
        var statements = new List<string>();
        host.Get<StatementCounter>().Executing += statements.Add;

        Expect(await Page(1, types: ["OTHER"]), [], last: 10_001, hasMore: true);
        Expect(await Page(10_001, types: ["OTHER"]), [10_002], last: 10_002, hasMore: false);

        Assert.Equal(4, statements.Count);
        Assert.Contains("SEARCH e USING INDEX IX_Events_Type_Number (Type=? AND Number>? AND Number<?)", await Plan(statements[1]));
    }

    [Fact]
    public async Task Nothing_new_costs_one_statement_and_a_page_two_whatever_it_holds()
    {
        await Record(1_000);
        await Page(0);

        Assert.Equal(1, await Cost(1_000));
        Assert.Equal(1, await Cost(null));
        Assert.Equal(2, await Cost(0, first: 1_000));
        Assert.Equal(2, await Cost(0, first: 1));
        Assert.Equal(2, await Cost(0, types: ["TESTED"], first: 1_000));
    }

    [Fact(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    public async Task The_ends_of_the_log_are_looked_up_and_not_searched_for()
    {
        await Record(10);
        var statements = new List<string>();
        host.Get<StatementCounter>().Executing += statements.Add;

        await Page(null);

        Assert.DoesNotContain(await Plan(Assert.Single(statements)), step => step.Contains("TEMP B-TREE", StringComparison.Ordinal)); // one row each in the key's order
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(1_001)]
    public async Task A_page_size_out_of_range_is_refused_with_its_number(int first)
    {
        var error = await Assert.ThrowsAsync<GraphQLException>(() => Page(0, first: first));

        Assert.Equal(("INVALID_PAGE_SIZE", $"`first` must be from 1 to 1000, not {first}."), (error.Code, error.Message));
    }

    [Fact]
    public async Task Numbers_that_cannot_be_gone_on_from_are_refused_with_the_way_out()
    {
        await Record(5);
        await Delete(3);

        await Refused(-1, "INVALID_VALUE", "`after` must be at least 0, not -1.");
        await Refused(0, "SNAPSHOT_REQUIRED", "Event 1 is not kept any more. Ask the query `events` for `last` without `after`, read anew all that you keep a copy of, and go on from that number.");
        await Refused(2, "SNAPSHOT_REQUIRED", "Event 3 is not kept any more.");
        await Refused(6, "SNAPSHOT_REQUIRED", "No event has the number 6; the newest is 5, as after a backup was restored.");
        await Refused(long.MaxValue, "SNAPSHOT_REQUIRED", "No event has the number 9223372036854775807");
        Expect(await Page(3), [4, 5], last: 5, hasMore: false);
        Expect(await Page(5), [], last: 5, hasMore: false);

        async Task Refused(long after, string code, string message)
        {
            var pages = await Assert.ThrowsAsync<GraphQLException>(() => Page(after));
            var stream = await Assert.ThrowsAsync<GraphQLException>(async () => await host.Get<EventLog>().Start(after, default));
            Assert.StartsWith(message, pages.Message, StringComparison.Ordinal);
            Assert.Equal((code, pages.Message), (pages.Code, stream.Message));
            Assert.Equal(code, stream.Code);
        }
    }

    [Theory]
    [InlineData("OTHER")]
    [InlineData(null)]
    public async Task What_is_deleted_while_a_page_is_read_is_never_passed_over(string? type)
    {
        await Record(3);
        await Record(1, "OTHER");
        var isDeleted = false;
        host.Get<StatementCounter>().Executing += sql =>
        {
            // Behind the look at the numbers, before the look at the events.
            if (!isDeleted && sql.Contains(SqlServerForTests.IsUsed ? "[At]" : "\"At\"", StringComparison.Ordinal))
            {
                isDeleted = true;
                Delete(2).GetAwaiter().GetResult();
            }
        };

        var error = await Assert.ThrowsAsync<GraphQLException>(() => Page(0, type is null ? null : [type]));

        Assert.True(isDeleted);
        Assert.Equal("SNAPSHOT_REQUIRED", error.Code);
    }

    private static void Expect(EventPage page, long[] numbers, long last, bool hasMore)
    {
        Assert.Equal(numbers, page.Events.Select(e => e.Number));
        Assert.Equal((last, hasMore), (page.Last, page.HasMore));
    }

    private Task<EventPage> Page(long? after, IReadOnlyList<string>? types = null, int first = 100) =>
        host.In(services => EventPage.Read(services.GetRequiredService<WholesaleDb>(), after, types, first, default));

    private async Task<long> Cost(long? after, IReadOnlyList<string>? types = null, int first = 100)
    {
        var before = host.Statements;
        await Page(after, types, first);
        return host.Statements - before;
    }

    private Task<int> Delete(long until) => host.In(async services =>
        await services.GetRequiredService<WholesaleDb>().Events.Where(e => e.Number <= until).ExecuteDeleteAsync());

    private Task<List<string>> Plan(string sql) => host.In(async services =>
    {
        var db = services.GetRequiredService<WholesaleDb>();
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"EXPLAIN QUERY PLAN {sql}";
        foreach (var name in new[] { "@types", "@after", "@until", "@take" })
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, name == "@types" ? "[]" : 1);
            command.Parameters.Add(parameter);
        }

        var steps = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            steps.Add(reader.GetString(3));
        }

        return steps;
    });

    private Task<bool> Record(int count, string type = "TESTED") => host.Write(services =>
    {
        for (var i = 0; i < count; i++)
        {
            services.GetRequiredService<Writes>().Record(type, subjectId: 7, version: 1);
        }

        return new ValueTask<bool>(true);
    });
}
