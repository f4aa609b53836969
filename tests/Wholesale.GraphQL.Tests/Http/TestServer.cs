using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Wholesale.GraphQL.Execution;
using Wholesale.GraphQL.Http;
using Wholesale.GraphQL.Tests.Execution;

namespace Wholesale.GraphQL.Tests.Http;

/// <summary>A real server on a port of its own, and a real client.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private TestServer(WebApplication app) => this.app = app;

    public HttpClient Http { get; private set; } = null!;

    /// <summary>Serves the <see cref="Shop"/>, or another executor, at <c>/graphql</c>.</summary>
    public static async Task<TestServer> Start(EndpointOptions? options = null, GraphQLExecutor? executor = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = new TestServer(builder.Build());
        GraphQLEndpoint.Map(server.app, "/graphql", executor ?? Shop.Executor(), options);
        await server.app.StartAsync();
        server.Http = new HttpClient { BaseAddress = new Uri(server.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };
        return server;
    }

    /// <summary>An endpoint whose every client has these limits.</summary>
    public static EndpointOptions With(RequestLimits limits) => new() { Client = _ => Client.Unknown with { Limits = limits } };

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }

    /// <summary>Posts a body as JSON.</summary>
    /// <param name="accept">Null sends no such header.</param>
    /// <param name="contentType">Null sends no such header.</param>
    public Task<HttpResponseMessage> Post(string body, string? accept = MediaTypes.GraphQLResponse, string? contentType = MediaTypes.Json) =>
        Post(Encoding.UTF8.GetBytes(body), accept, contentType);

    /// <inheritdoc cref="Post(string, string?, string?)"/>
    public Task<HttpResponseMessage> Post(byte[] body, string? accept = MediaTypes.GraphQLResponse, string? contentType = MediaTypes.Json) =>
        Send(HttpMethod.Post, new ByteArrayContent(body), accept, contentType);

    public Task<HttpResponseMessage> Send(HttpMethod method, HttpContent? content, string? accept = null, string? contentType = null)
    {
        var request = new HttpRequestMessage(method, "/graphql") { Content = content };
        if (contentType is not null)
        {
            request.Content!.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        return Http.SendAsync(request);
    }

    /// <summary>Expects a status and a whole body in the media type that was accepted.</summary>
    public async Task Expect(string body, HttpStatusCode status, string response)
    {
        using var answer = await Post(body);

        Assert.Equal(response, await answer.Content.ReadAsStringAsync());
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/graphql-response+json; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
    }

    /// <summary>Expects a refusal of the HTTP request itself.</summary>
    public Task ExpectRefusal(string body, string message, HttpStatusCode status = HttpStatusCode.BadRequest) =>
        Expect(body, status, $$$"""{"errors":[{"message":"{{{message}}}","extensions":{"code":"BAD_REQUEST"}}]}""");

    /// <summary>A connection without a client's good manners.</summary>
    public async Task<Socket> Connect()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, Http.BaseAddress!.Port);
        return socket;
    }
}
