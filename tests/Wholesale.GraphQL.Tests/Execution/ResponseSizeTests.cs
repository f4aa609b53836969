using Wholesale.GraphQL.Execution;

namespace Wholesale.GraphQL.Tests.Execution;

/// <summary>A response is held in memory until it is sent, so its size has a limit.</summary>
public sealed class ResponseSizeTests
{
    [Fact]
    public async Task A_response_over_the_limit_is_an_error_and_the_next_request_is_answered()
    {
        var executor = Shop.Executor(new ExecutorOptions { Execution = new ExecutionOptions { MaxResponseBytes = 10_000 } });
        const string Query = "query($n: Int) { products(first: $n) { name } }";

        await executor.Expect(
            Query,
            """{"errors":[{"message":"The response is larger than 10000 bytes.","extensions":{"code":"TOO_LARGE"}}],"data":null}""",
            """{"n":1000}""");
        await executor.Expect(Query, """{"data":{"products":[{"name":"Product 1"}]}}""", """{"n":1}""");
    }

    [Fact]
    public async Task A_response_of_nearly_the_limit_is_sent()
    {
        var executor = Shop.Executor(new ExecutorOptions { Execution = new ExecutionOptions { MaxResponseBytes = 10_000 } });

        var response = await executor.Ask("{ products(first: 400) { name } }");

        Assert.InRange(response.Length, 9_000, 10_000);
        Assert.EndsWith("""{"name":"Product 400"}]}}""", response, StringComparison.Ordinal);
    }
}
