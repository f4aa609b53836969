using Microsoft.Extensions.DependencyInjection;
using Wholesale.GraphQL.Execution;
using Wholesale.Tests;

namespace Wholesale.GraphQL.Tests.Execution;

/// <summary>The time of a request, whose timer begins only when something waits.</summary>
public sealed class RequestContextTests
{
    private readonly FakeTime time = new();

    [Fact]
    public void A_token_that_is_asked_for_late_ends_as_early_as_any()
    {
        using var context = Context();
        time.Advance(TimeSpan.FromSeconds(4));
        var token = context.Cancellation;

        Assert.False(token.IsCancellationRequested);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(token.IsCancellationRequested);
        Assert.True(context.IsTimedOut);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_limit_that_was_lifted_does_not_come_back(bool isAskedForBefore)
    {
        using var context = Context();
        _ = isAskedForBefore ? context.Cancellation : default;

        context.LiftTimeLimit();
        time.Advance(TimeSpan.FromDays(1));

        Assert.False(context.Cancellation.IsCancellationRequested);
        Assert.False(context.IsTimedOut);
    }

    private RequestContext Context() => new(
        new ServiceCollection().BuildServiceProvider(), new Client { Limits = new RequestLimits { Timeout = TimeSpan.FromSeconds(5) } }, time, CancellationToken.None);
}
