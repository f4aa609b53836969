using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Wholesale.Platform;
using Wholesale.Platform.Events;
using Wholesale.Platform.Idempotency;
using Wholesale.Platform.Identity;

namespace Wholesale.Tests.Platform.Idempotency;

public sealed class IdempotentRequestsTests : IAsyncLifetime
{
    private static readonly Principal Caller = new(PrincipalKind.Staff, 7, null, "ERP", PermissionSet.All);
    private static readonly byte[] Hash = [1, 2, 3];

    private readonly PlatformHost host = new();
    private int executions;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task The_first_answer_is_given_again_byte_for_byte()
    {
        var first = await Run("k");
        var second = await Run("k");

        Assert.Equal("""answer 1: {"text":"größe"}""", Text(first, isReplay: false));
        Assert.Equal("""answer 1: {"text":"größe"}""", Text(second, isReplay: true));
        Assert.Equal((200, "application/graphql-response+json"), Head(second));
        Assert.Equal(1, executions);
        Assert.Single(await host.Events());
    }

    [Fact]
    public async Task A_key_used_for_another_request_is_refused()
    {
        await Run("k");

        Assert.IsType<IdempotencyOutcome.KeyReused>(await Run("k", hash: [9]));
        Assert.Equal(1, executions);
    }

    [Fact]
    public async Task Another_caller_has_keys_of_its_own()
    {
        await Run("k");
        await Run("k", caller: Caller with { KeyId = 8 });

        Assert.Equal(2, executions);
    }

    [Fact]
    public async Task Without_an_API_key_it_is_the_users_whatever_token_brings_it()
    {
        var ada = new Principal(PrincipalKind.CompanyUser, 0, 42, "login", PermissionSet.All);

        var first = await Run("k", caller: ada);
        var next = await Run("k", caller: ada with { Name = "access token", ActingKeyId = 7 });
        await Run("k", caller: ada with { CompanyUserId = 43 });
        await Run("k", caller: ada with { KeyId = 42 });

        Assert.Equal(3, executions);
        Assert.Equal(Text(first, isReplay: false), Text(next, isReplay: true));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("ä")]
    [InlineData("a\n")]
    [InlineData("\x7F")]
    public async Task A_key_that_is_not_visible_ASCII_is_refused(string key) => Assert.IsType<IdempotencyOutcome.KeyInvalid>(await Run(key));

    [Fact]
    public async Task A_key_has_at_most_255_characters()
    {
        Assert.IsType<IdempotencyOutcome.Answered>(await Run(new string('~', 255)));
        Assert.IsType<IdempotencyOutcome.KeyInvalid>(await Run(new string('~', 256)));
    }

    [Fact]
    public async Task A_second_request_waits_for_the_first_and_gets_its_answer()
    {
        var release = new TaskCompletionSource();
        var first = Run("k", wait: release.Task);
        await Eventually.Holds(() => executions == 1);

        var second = Run("k");
        Assert.False(second.IsCompleted);
        release.SetResult();

        Assert.Equal(Text(await first, isReplay: false), Text(await second, isReplay: true));
        Assert.Equal(1, executions);
    }

    [Fact]
    public async Task A_second_request_is_told_after_ten_seconds_that_the_first_still_runs()
    {
        var release = new TaskCompletionSource();
        var first = Run("k", wait: release.Task);
        await Eventually.Holds(() => executions == 1);
        var second = Run("k");

        host.Time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(second.IsCompleted);
        host.Time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal(TimeSpan.FromSeconds(1), Assert.IsType<IdempotencyOutcome.InProgress>(await second).RetryAfter);
        release.SetResult();
        Assert.IsType<IdempotencyOutcome.Answered>(await first);
    }

    [Fact]
    public async Task A_crash_leaves_nothing_and_the_waiting_request_runs()
    {
        var release = new TaskCompletionSource();
        var first = Run("k", wait: release.Task);
        await Eventually.Holds(() => executions == 1);
        var second = Run("k");

        release.SetException(new TimeoutException());

        await Assert.ThrowsAsync<TimeoutException>(() => first);
        Assert.Equal("""answer 2: {"text":"größe"}""", Text(await second, isReplay: false));
        Assert.Single(await host.Events());
        Assert.Equal(1, await Keys());
    }

    [Fact]
    public async Task Ten_requests_at_once_run_once()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => Run("k"))));

        Assert.Equal(1, executions);
        Assert.Single(outcomes.Cast<IdempotencyOutcome.Answered>(), outcome => !outcome.IsReplay);
        Assert.Single(await host.Events());
    }

    [Fact]
    public async Task An_answer_that_is_not_stored_undoes_what_was_written_and_frees_the_key()
    {
        var first = await Run("k", store: false);
        var second = await Run("k");

        Assert.Equal("""answer 1: {"text":"größe"}""", Text(first, isReplay: false));
        Assert.Equal("""answer 2: {"text":"größe"}""", Text(second, isReplay: false));
        Assert.Equal(1, await Keys());
        Assert.Single(await host.Events());
    }

    [Fact]
    public async Task Answers_are_kept_for_seven_days_and_deleted_after()
    {
        await Run("old");
        host.Time.Advance(TimeSpan.FromHours(1));
        await Run("young");
        host.Time.Advance(TimeSpan.FromDays(7) - TimeSpan.FromHours(1) + TimeSpan.FromTicks(1));

        Assert.Equal(1, await Purge().Purge(CancellationToken.None));

        await Run("young");
        Assert.Equal(2, executions);
        await Run("old");
        Assert.Equal(3, executions);
    }

    [Fact]
    public async Task Many_answers_are_deleted_in_steps()
    {
        await host.In(scope => scope.GetRequiredService<Writes>().RunUnrecorded(async () =>
        {
            var db = scope.GetRequiredService<WholesaleDb>();
            db.AddRange(Enumerable.Range(0, 250).Select(i => new StoredAnswer
            {
                Caller = "Staff:7",
                Key = $"{i}",
                RequestHash = Hash,
                Status = 200,
                ContentType = "x",
                Body = [],
                CreatedAt = host.Now.AddSeconds(i),
            }));
            return await db.SaveChangesAsync();
        }));
        host.Time.Advance(TimeSpan.FromDays(8));
        var before = host.Statements;

        Assert.Equal(250, await Purge().Purge(CancellationToken.None));

        Assert.Equal(7, host.Statements - before); // three steps of two, and the look that finds nothing
    }

    private HourlyPurge<StoredAnswer> Purge() => Assert.Single(host.Get<IEnumerable<IHostedService>>().OfType<HourlyPurge<StoredAnswer>>());

    private Task<int> Keys() => host.In(async scope => await scope.GetRequiredService<WholesaleDb>().ApiKeys.CountAsync());

    /// <summary>Runs a request whose work is to add a row and tell of it, as a mutation does.</summary>
    private async Task<IdempotencyOutcome> Run(string key, byte[]? hash = null, Principal? caller = null, bool store = true, Task? wait = null)
    {
        await using var scope = host.Scope();
        var services = scope.ServiceProvider;
        return await services.GetRequiredService<IdempotentRequests>().Run(caller ?? Caller, key, hash ?? Hash, Execute, WriteLane.Shared, CancellationToken.None);

        async ValueTask<(StoredResponse, bool)> Execute()
        {
            var number = Interlocked.Increment(ref executions);
            var writes = services.GetRequiredService<Writes>();
            await writes.Run(Actor.Of(Caller), async () =>
            {
                var db = services.GetRequiredService<WholesaleDb>();
                db.Add(new ApiKey
                {
                    Id = number,
                    Hash = BitConverter.GetBytes(number),
                    Prefix = "",
                    Name = "",
                    Kind = PrincipalKind.Staff,
                    Permissions = PermissionSet.All,
                    CreatedAt = host.Now,
                });
                await db.SaveChangesAsync();
                writes.Record("THING_CHANGED", number, 1);
                return 0;
            });
            await (wait ?? Task.CompletedTask);
            var body = Encoding.UTF8.GetBytes($$"""answer {{number}}: {"text":"größe"}""");
            return (new StoredResponse(200, "application/graphql-response+json", body), store);
        }
    }

    private static string Text(IdempotencyOutcome outcome, bool isReplay)
    {
        var answered = Assert.IsType<IdempotencyOutcome.Answered>(outcome);
        Assert.Equal(isReplay, answered.IsReplay);
        return Encoding.UTF8.GetString(answered.Response.Body.Span);
    }

    private static (int, string) Head(IdempotencyOutcome outcome)
    {
        var response = Assert.IsType<IdempotencyOutcome.Answered>(outcome).Response;
        return (response.Status, response.ContentType);
    }
}
