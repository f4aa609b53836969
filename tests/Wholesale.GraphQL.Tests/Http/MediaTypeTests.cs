using System.Net;
using Microsoft.AspNetCore.Http;
using Wholesale.GraphQL.Http;

namespace Wholesale.GraphQL.Tests.Http;

/// <summary>GraphQL over HTTP, "Media Types", "Methods" and the statuses of each.</summary>
public sealed class MediaTypeTests : IAsyncLifetime
{
    private const string Valid = """{"query":"{ echo(text: \"é\") }"}""";
    private const string Invalid = """{"query":"{ nothing }"}""";

    private TestServer server = null!;

    public async ValueTask InitializeAsync() => server = await TestServer.Start();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Theory]
    [InlineData(null, "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("application/*", "application/json")]
    [InlineData("application/json", "application/json")]
    [InlineData("APPLICATION/JSON; charset=utf-8", "application/json")]
    [InlineData("application/graphql-response+json", "application/graphql-response+json")]
    [InlineData("application/graphql-response+json, application/json", "application/graphql-response+json")]
    [InlineData("application/json, application/graphql-response+json", "application/json")]
    [InlineData("application/json;q=0.5, application/graphql-response+json", "application/graphql-response+json")]
    [InlineData("application/graphql-response+json;q=0.5, */*", "application/json")]
    [InlineData("text/html, application/graphql-response+json;q=0.1", "application/graphql-response+json")]
    [InlineData("application/json;q=0, */*", "application/graphql-response+json")]
    [InlineData("text/html, application/xhtml+xml, */*;q=0.8", "application/json")]
    [InlineData("text/html", null)]
    [InlineData("application/json;q=0", null)]
    [InlineData("*/*;q=0", null)]
    public void The_best_accepted_media_type_is_chosen(string? accept, string? chosen)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.Accept = accept;

        Assert.Equal(chosen, MediaTypes.Negotiate(request));
    }

    [Theory]
    [InlineData(Valid, "application/json", 200)]
    [InlineData(Valid, "application/graphql-response+json", 200)]
    [InlineData(Invalid, "application/json", 200)]
    [InlineData(Invalid, "application/graphql-response+json", 400)]
    [InlineData("""{"query":"{"}""", "application/json", 200)]
    [InlineData("""{"query":"{"}""", "application/graphql-response+json", 400)]
    [InlineData("""{"query":"query($t: String!) { echo(text: $t) }"}""", "application/json", 200)]
    [InlineData("""{"query":"query($t: String!) { echo(text: $t) }"}""", "application/graphql-response+json", 400)]
    [InlineData("""{"query":"{ echo }","operationName":"X"}""", "application/json", 200)]
    [InlineData("""{"query":"{ echo }","operationName":"X"}""", "application/graphql-response+json", 400)]
    [InlineData("""{"query":"{ products { stock } }"}""", "application/graphql-response+json", 294)]
    [InlineData("""{"query":"{ products { stock } }"}""", "application/json", 200)]
    [InlineData("""{"query":""", "application/json", 400)]
    [InlineData("""{"query":""", "application/graphql-response+json", 400)]
    public async Task The_status_says_what_happened_as_far_as_the_media_type_does(string body, string accept, int status)
    {
        using var response = await server.Post(body, accept);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal($"{accept}; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("no-store, private", response.Headers.CacheControl!.ToString());
        Assert.NotNull(response.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task A_response_is_UTF_8()
    {
        using var response = await server.Post(Valid);

        Assert.Equal("{\"data\":{\"echo\":\"é\"}}"u8.ToArray(), await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_partial_response_is_a_success()
    {
        await server.Expect(
            """{"query":"{ products { stock } }"}""",
            (HttpStatusCode)294,
            """{"errors":[{"message":"Stock of 2 is unknown.","locations":[{"line":1,"column":14}],"path":["products",1,"stock"],"extensions":{"code":"NO_STOCK"}}],"data":null}""");
    }

    [Fact]
    public async Task A_client_that_accepts_neither_media_type_is_told_so()
    {
        using var response = await server.Post(Valid, "text/html");

        Assert.Equal(HttpStatusCode.NotAcceptable, response.StatusCode);
        Assert.Equal("""{"errors":[{"message":"Accept must allow application/graphql-response+json or application/json.","extensions":{"code":"BAD_REQUEST"}}]}""", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    public async Task Every_other_method_is_not_allowed(string method)
    {
        using var response = await server.Send(new HttpMethod(method), null);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["GET", "POST"], response.Content.Headers.Allow);
        Assert.Equal("""{"errors":[{"message":"Send the request with POST or GET.","extensions":{"code":"BAD_REQUEST"}}]}""", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("application/json; charset=utf-8", 200)]
    [InlineData("application/json; charset=\"UTF-8\"", 200)]
    [InlineData("Application/JSON", 200)]
    [InlineData("application/json; charset=iso-8859-1", 415)]
    [InlineData("application/x-www-form-urlencoded", 415)]
    [InlineData("multipart/form-data; boundary=x", 415)]
    [InlineData("text/plain", 415)]
    [InlineData("application/graphql", 415)]
    [InlineData("nonsense", 415)]
    [InlineData(null, 415)]
    public async Task A_body_has_to_be_JSON_in_UTF_8(string? contentType, int status)
    {
        using var response = await server.Post(Valid, contentType: contentType);

        Assert.Equal(status, (int)response.StatusCode);
        if (status == 415)
        {
            Assert.Equal("""{"errors":[{"message":"Content-Type must be application/json in UTF-8.","extensions":{"code":"BAD_REQUEST"}}]}""", await response.Content.ReadAsStringAsync());
        }
    }
}
