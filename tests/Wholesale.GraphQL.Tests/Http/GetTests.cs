using System.Net;

namespace Wholesale.GraphQL.Tests.Http;

/// <summary>GraphQL over HTTP, "GET".</summary>
public sealed class GetTests : IAsyncLifetime
{
    private TestServer server = null!;

    public async ValueTask InitializeAsync() => server = await TestServer.Start();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Theory]
    [InlineData("query={ echo(text: \"é + 1\") }", """{"data":{"echo":"é + 1"}}""")]
    [InlineData("query=query($t: String) { echo(text: $t) }&variables={\"t\":\"x\"}", """{"data":{"echo":"x"}}""")]
    [InlineData("query=query A { a: echo } query B { b: echo }&operationName=B", """{"data":{"b":null}}""")]
    [InlineData("query=query null { echo }&operationName=null", """{"data":{"echo":null}}""")]
    [InlineData("query={ echo }&operationName=&variables=&extensions=", """{"data":{"echo":null}}""")]
    [InlineData("query={ echo }&variables=null&extensions=null", """{"data":{"echo":null}}""")]
    [InlineData("query={ echo }&variables={}&extensions={\"a\":[1]}&other=1", """{"data":{"echo":null}}""")]
    public async Task A_query_may_stand_in_the_URL(string parameters, string response)
    {
        using var answer = await Get(parameters);

        Assert.Equal(response, await answer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("", "The URL needs a \\\"query\\\" or a \\\"documentId\\\".")]
    [InlineData("query=", "The URL needs a \\\"query\\\" or a \\\"documentId\\\".")]
    [InlineData("qeury={ echo }", "The URL needs a \\\"query\\\" or a \\\"documentId\\\".")]
    [InlineData("query={ echo }&query={ echo }", "\\\"query\\\" is given twice.")]
    [InlineData("query={ echo }&variables={}&variables={}", "\\\"variables\\\" is given twice.")]
    [InlineData("query={ echo }&variables=[7]", "\\\"variables\\\" must be a JSON object or null.")]
    [InlineData("query={ echo }&variables={", "\\\"variables\\\" must be a JSON object or null.")]
    [InlineData("query={ echo }&variables={} {}", "\\\"variables\\\" must be a JSON object or null.")]
    [InlineData("query={ echo }&extensions=1", "\\\"extensions\\\" must be a JSON object or null.")]
    public async Task A_URL_that_holds_no_request_is_refused(string parameters, string message)
    {
        using var answer = await Get(parameters);

        Assert.Equal($$$"""{"errors":[{"message":"{{{message}}}","extensions":{"code":"BAD_REQUEST"}}]}""", await answer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("query=mutation { add(by: 1) { value } }")]
    [InlineData("query=query Q { echo } mutation M { add(by: 1) { value } }&operationName=M")]
    public async Task A_mutation_in_the_URL_is_not_executed(string parameters)
    {
        using var answer = await Get(parameters);

        Assert.Equal("""{"errors":[{"message":"A mutation is sent with POST.","extensions":{"code":"BAD_REQUEST"}}]}""", await answer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["POST"], answer.Content.Headers.Allow);
        await server.Expect("""{"query":"mutation { add(by: 1) { value } }"}""", HttpStatusCode.OK, """{"data":{"add":{"value":1}}}""");
    }

    [Fact]
    public async Task Variables_in_the_URL_nest_no_deeper_than_in_a_body()
    {
        using var answer = await Get("query={ echo }&variables={\"a\":" + new string('[', 1_000));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private Task<HttpResponseMessage> Get(string parameters)
    {
        var encoded = string.Join('&', parameters.Split('&').Select(p => p.Split('=', 2)).Select(p => string.Join('=', p.Select(Uri.EscapeDataString))));
        var request = new HttpRequestMessage(HttpMethod.Get, "/graphql?" + encoded);
        request.Headers.Add("Accept", "application/graphql-response+json");
        return server.Http.SendAsync(request);
    }
}
