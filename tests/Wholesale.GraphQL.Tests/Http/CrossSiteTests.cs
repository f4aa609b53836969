using System.Text;
using Wholesale.GraphQL.Execution;
using Wholesale.GraphQL.Http;
using static Wholesale.GraphQL.Tests.Execution.ExecutionHarness;

namespace Wholesale.GraphQL.Tests.Http;

/// <summary>
/// What a page of another site can make a browser send without being asked first: GET, and POST of a form or plain text. None of it changes anything, whatever else it says.
/// </summary>
public sealed class CrossSiteTests : IAsyncLifetime
{
    private const string Query = "{ count }";
    private const string Mutation = "mutation { count }";

    private readonly GraphQLExecutor executor;
    private int queries;
    private int mutations;
    private TestServer server = null!;

    public CrossSiteTests() => executor = Executor("type Query { count: Int } type Mutation { count: Int }", map =>
    {
        map.Field("Query.count", () => ++queries);
        map.Field("Mutation.count", () => ++mutations);
    });

    public static TheoryData<string?> ContentTypes =>
    [
        null, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/graphql", "text/plain; charset=utf-8", "application/json; charset=utf-16", "application/json",
    ];

    public async ValueTask InitializeAsync() => server = await TestServer.Start(executor: executor);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Theory]
    [MemberData(nameof(ContentTypes))]
    public async Task Only_JSON_in_a_body_is_executed(string? contentType)
    {
        var isJson = contentType == "application/json";
        foreach (var (name, value) in Headers())
        {
            foreach (var document in new[] { Query, Mutation })
            {
                using var response = await Send(HttpMethod.Post, "/graphql", contentType, $$"""{"query":"{{document}}"}""", name, value);

                Assert.Equal(isJson ? 200 : 415, (int)response.StatusCode);
            }
        }

        Assert.Equal(isJson ? (4, 4) : (0, 0), (queries, mutations));
    }

    [Theory]
    [MemberData(nameof(ContentTypes))]
    public async Task A_GET_executes_queries_and_no_mutation_whatever_it_says_besides(string? contentType)
    {
        foreach (var (name, value) in Headers())
        {
            using var query = await Send(HttpMethod.Get, "/graphql?query=" + Query, contentType, null, name, value);
            using var mutation = await Send(HttpMethod.Get, "/graphql?query=" + Mutation, contentType, null, name, value);
            using var body = await Send(HttpMethod.Get, "/graphql?query=" + Query, contentType, $$"""{"query":"{{Mutation}}"}""", name, value);

            Assert.Equal((200, 405, 200), ((int)query.StatusCode, (int)mutation.StatusCode, (int)body.StatusCode));
        }

        Assert.Equal((8, 0), (queries, mutations));
    }

    [Fact]
    public async Task No_other_method_executes_anything()
    {
        foreach (var method in new[] { HttpMethod.Put, HttpMethod.Patch, HttpMethod.Delete, HttpMethod.Options, HttpMethod.Head, HttpMethod.Trace })
        {
            using var response = await Send(method, "/graphql?query=" + Query, "application/json", $$"""{"query":"{{Mutation}}"}""", "Accept", MediaTypes.Json);

            Assert.Equal(405, (int)response.StatusCode);
        }

        Assert.Equal((0, 0), (queries, mutations));
    }

    private static IEnumerable<(string Name, string Value)> Headers() =>
    [
        ("Accept", MediaTypes.Json), ("Origin", "https://elsewhere.example"), ("Cookie", "session=1"), ("X-HTTP-Method-Override", "POST"),
    ];

    private async Task<HttpResponseMessage> Send(HttpMethod method, string path, string? contentType, string? body, string header, string value)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null || contentType is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body ?? ""));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        request.Headers.TryAddWithoutValidation(header, value);
        return await server.Http.SendAsync(request);
    }
}
