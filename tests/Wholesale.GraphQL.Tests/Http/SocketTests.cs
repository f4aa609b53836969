using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using Wholesale.GraphQL.Execution;
using Wholesale.GraphQL.Http;

namespace Wholesale.GraphQL.Tests.Http;

/// <summary>The subprotocol <c>graphql-transport-ws</c>, message by message.</summary>
public sealed class SocketTests
{
    [Fact]
    public async Task A_subscription_is_answered_event_by_event_until_it_is_complete()
    {
        await using var server = await StreamServer.Start();
        await using var socket = await server.Open();
        Assert.Equal("graphql-transport-ws", socket.Socket.SubProtocol);

        await socket.Subscribe("a", "subscription { numbers }");
        await server.Numbers.HasReaders();
        server.Numbers.Put(1);
        await socket.Expect("""{"id":"a","type":"next","payload":{"data":{"numbers":1}}}""");
        server.Numbers.Put(2);
        await socket.Expect("""{"id":"a","type":"next","payload":{"data":{"numbers":2}}}""");
        server.Numbers.End();
        await socket.Expect("""{"id":"a","type":"complete"}""");
        Assert.Equal(0, server.Numbers.Readers);
    }

    [Fact]
    public async Task Queries_and_mutations_are_answered_and_complete()
    {
        await using var server = await StreamServer.Start();
        await using var socket = await server.Open();

        await socket.Send("""{"id":"q","type":"subscribe","payload":{"query":"query A { echo } query B($t: String) { echo(text: $t) }","operationName":"B","variables":{"t":"ü\n"}}}""");
        await socket.Expect("""{"id":"q","type":"next","payload":{"data":{"echo":"ü\n"}}}""");
        await socket.Expect("""{"id":"q","type":"complete"}""");
        await socket.Subscribe("q", "mutation { add(by: 2) again: add(by: 3) }");
        await socket.Expect("""{"id":"q","type":"next","payload":{"data":{"add":2,"again":5}}}""");
        await socket.Expect("""{"id":"q","type":"complete"}""");
    }

    [Fact]
    public async Task What_the_host_puts_around_a_mutation_s_fields_is_around_them_here_too()
    {
        var around = 0;
        var executor = Execution.ExecutionHarness.Executor(
            "type Query { one: Int } type Mutation { one: Int }",
            map =>
            {
                map.Field("Query.one", () => 1);
                map.Field("Mutation.one", () => 1);
            },
            new ExecutorOptions
            {
                Execution = new()
                {
                    AroundMutationField = async (_, _, execute) =>
                    {
                        around++;
                        await execute();
                    },
                },
            });
        await using var server = await StreamServer.Start(_ => new EndpointOptions(), executor);
        await using var socket = await server.Open();

        await socket.Subscribe("q", "mutation { one }");
        await socket.Expect("""{"id":"q","type":"next","payload":{"data":{"one":1}}}""");

        Assert.Equal(1, around);
    }

    [Fact]
    public async Task Where_documents_are_known_by_their_ids_a_socket_is_no_way_around()
    {
        var known = PersistedDocument.Of("{ echo }"u8.ToArray());
        await using var server = await StreamServer.Start(_ => new EndpointOptions
        {
            PersistedDocuments = new PersistedDocuments((_, id) => new(id == known.Id ? known : null), AreRequired: true),
        });
        await using var socket = await server.Open();

        await socket.Send($$$"""{"id":"a","type":"subscribe","payload":{"documentId":"{{{known.Id}}}"}}""");
        await socket.Expect("""{"id":"a","type":"next","payload":{"data":{"echo":null}}}""");
        await socket.Expect("""{"id":"a","type":"complete"}""");
        await socket.Subscribe("b", "{ echo }");
        await socket.Expect("""{"id":"b","type":"error","payload":[{"message":"Only documents that are known here are answered: send the \"documentId\" of one.","extensions":{"code":"DOCUMENT_ID_REQUIRED"}}]}""");
    }

    [Fact]
    public async Task A_partial_response_is_a_response()
    {
        await using var server = await StreamServer.Start();
        await using var socket = await server.Open();

        await socket.Subscribe("q", "{ fail echo }");

        await socket.Expect("""{"id":"q","type":"next","payload":{"errors":[{"message":"No.","locations":[{"line":1,"column":3}],"path":["fail"],"extensions":{"code":"NO"}}],"data":{"fail":null,"echo":null}}}""");
        await socket.Expect("""{"id":"q","type":"complete"}""");
    }

    [Theory]
    [InlineData("{ nothing }", "GRAPHQL_VALIDATION_FAILED")]
    [InlineData("{", "GRAPHQL_PARSE_FAILED")]
    [InlineData("subscription($n: Int!) { need(number: $n) }", "BAD_USER_INPUT")]
    public async Task What_cannot_be_executed_ends_with_an_error_and_frees_its_id(string document, string code)
    {
        await using var server = await StreamServer.Start();
        await using var socket = await server.Open();
        for (var i = 0; i < 2; i++)
        {
            await socket.Subscribe("a", document);

            using var message = JsonDocument.Parse((await socket.Next())!);

            Assert.Equal("error", message.RootElement.GetProperty("type").GetString());
            Assert.Equal(code, message.RootElement.GetProperty("payload")[0].GetProperty("extensions").GetProperty("code").GetString());
        }
    }

    [Fact]
    public async Task A_variable_given_twice_is_an_error_of_its_operation()
    {
        await using var server = await StreamServer.Start();
        await using var socket = await server.Open();

        await socket.Send("""{"id":"a","type":"subscribe","payload":{"query":"query($t: String) { echo(text: $t) }","variables":{"t":"1","t":"2"}}}""");

        Assert.StartsWith("""{"id":"a","type":"error","payload":[{"message":"\"variables\" cannot be read""", await socket.Next(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_fails_ends_its_subscription_with_an_error_and_no_other()
    {
        await using var server = await StreamServer.Start();
        await using var socket = await server.Open();
        await socket.Subscribe("n", "subscription { numbers }");
        await socket.Subscribe("t", "subscription { texts }");
        await server.Numbers.HasReaders();
        await server.Texts.HasReaders();

        server.Numbers.End(new InvalidOperationException("secret"));

        await socket.Expect("""{"id":"n","type":"error","payload":[{"message":"Something went wrong on the server.","locations":[{"line":1,"column":16}],"path":["numbers"],"extensions":{"code":"INTERNAL"}}]}""");
        server.Texts.Put("still here");
        await socket.Expect("""{"id":"t","type":"next","payload":{"data":{"texts":"still here"}}}""");
    }

    [Fact]
    public async Task Complete_ends_the_source_and_frees_the_id()
    {
        await using var server = await StreamServer.Start();
        await using var socket = await server.Open();
        await socket.Subscribe("a", "subscription { numbers }");
        await server.Numbers.HasReaders();

        await socket.Send("""{"id":"a","type":"complete"}""");
        await socket.Subscribe("a", "subscription { texts }");

        await server.Numbers.HasReaders(0);
        await server.Texts.HasReaders();
        server.Texts.Put("x");
        await socket.Expect("""{"id":"a","type":"next","payload":{"data":{"texts":"x"}}}""");
    }

    [Fact]
    public async Task Complete_stops_a_query_and_of_what_does_not_run_it_means_nothing()
    {
        await using var server = await StreamServer.Start();
        await using var socket = await server.Open();
        await socket.Send("""{"id":"nobody","type":"complete"}""");
        await socket.Subscribe("w", "{ wait }");

        await socket.Send("""{"id":"w","type":"complete"}""");
        await socket.Subscribe("w", "{ echo }");

        await socket.Expect("""{"id":"w","type":"next","payload":{"data":{"echo":null}}}""");
    }

    [Fact]
    public async Task Operations_run_beside_one_another()
    {
        await using var server = await StreamServer.Start();
        await using var socket = await server.Open();
        await socket.Subscribe("slow", "{ wait }");

        await socket.Subscribe("fast", "{ echo }");

        await socket.Expect("""{"id":"fast","type":"next","payload":{"data":{"echo":null}}}""");
        await socket.Expect("""{"id":"fast","type":"complete"}""");
        server.Release.SetResult(7);
        await socket.Expect("""{"id":"slow","type":"next","payload":{"data":{"wait":7}}}""");
    }

    [Fact]
    public async Task A_ping_is_answered_before_and_after_the_acknowledgement_and_a_pong_is_not()
    {
        await using var server = await StreamServer.Start();
        await using var socket = await server.Connect();

        await socket.Send("""{"type":"ping"}""");
        await socket.Expect("""{"type":"pong"}""");
        await socket.Init();
        await socket.Send("""{"type":"pong","payload":{"a":1}}""");
        await socket.Send("""{"type":"ping","payload":{"a":1}}""");
        await socket.Expect("""{"type":"pong"}""");
    }

    [Fact]
    public async Task The_client_is_whom_the_host_knows_by_the_payload_and_without_that_by_the_headers()
    {
        static Client Of(string? key) => new() { Caller = key };
        await using var server = await StreamServer.Start(_ => new EndpointOptions
        {
            Admit = _ => throw new InvalidOperationException("never: Connect is asked instead"),
            Connect = (http, payload) => new(
                payload.ValueKind == JsonValueKind.Object && payload.TryGetProperty("key", out var key) ? Of(key.GetString())
                : http.Request.Headers["X-Key"].Count > 0 ? Of(http.Request.Headers["X-Key"])
                : null),
        });

        await using var byPayload = await server.Connect();
        await byPayload.Init("""{"type":"connection_init","payload":{"key":"k"}}""");
        await using var byHeader = await server.Connect(key: "k");
        await byHeader.Init("""{"type":"connection_init","payload":null}""");
        await using var nobody = await server.Connect();
        await nobody.Send("""{"type":"connection_init","payload":{}}""");
        await nobody.ExpectClose(4403, "Forbidden");
    }

    [Fact]
    public async Task Without_a_way_to_connect_the_upgrade_is_admitted_like_any_request()
    {
        await using var server = await StreamServer.Start(_ => new EndpointOptions
        {
            Admit = http =>
            {
                http.Response.StatusCode = 401;
                return new(false);
            },
        });

        var error = await Assert.ThrowsAsync<WebSocketException>(() => server.Connect());

        Assert.Contains("401", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_socket_that_its_client_closes_ends_all_its_sources_and_is_closed_in_turn()
    {
        await using var server = await StreamServer.Start();
        await using var socket = await server.Open();
        await socket.Subscribe("n", "subscription { numbers }");
        await socket.Subscribe("t", "subscription { texts }");
        await server.Numbers.HasReaders();
        await server.Texts.HasReaders();

        await socket.Socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.Socket.CloseStatus);
        await server.Numbers.HasReaders(0);
        await server.Texts.HasReaders(0);
    }

    [Fact]
    public async Task A_connection_that_is_lost_ends_all_its_sources()
    {
        await using var server = await StreamServer.Start();
        await using var socket = await server.Open();
        await socket.Subscribe("n", "subscription { numbers }");
        await server.Numbers.HasReaders();

        socket.Socket.Abort();

        await server.Numbers.HasReaders(0);
    }

    [Fact]
    public async Task Each_operation_and_each_event_has_a_scope_of_its_own()
    {
        var scopes = new List<IServiceProvider>();
        await using var server = await StreamServer.Start(_ => new EndpointOptions
        {
            NewScope = (_, services) =>
            {
                lock (scopes)
                {
                    scopes.Add(services);
                }
            },
        });
        await using var socket = await server.Open();

        await socket.Subscribe("q", "{ echo }");
        await socket.Next();
        await socket.Next();
        Assert.Single(scopes);
        await socket.Subscribe("n", "subscription { numbers }");
        await server.Numbers.HasReaders();
        server.Numbers.Put(1);
        await socket.Next();

        Assert.Equal(4, scopes.Distinct().Count());
    }

    [Fact]
    public async Task An_upgrade_to_something_else_is_a_request_like_any_other()
    {
        await using var server = await StreamServer.Start();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/graphql?query={echo}");
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.Add(new("h2c"));

        using var response = await server.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
