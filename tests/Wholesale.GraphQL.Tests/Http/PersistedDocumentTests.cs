using System.Net;
using System.Text;
using Wholesale.GraphQL.Execution;
using Wholesale.GraphQL.Http;
using Wholesale.GraphQL.Tests.Execution;

namespace Wholesale.GraphQL.Tests.Http;

/// <summary>GraphQL over HTTP, "Persisted Documents".</summary>
public sealed class PersistedDocumentTests
{
    private const string Accepted = "application/graphql-response+json";
    private const string NotFound = """{"errors":[{"message":"There is no document with this id.","extensions":{"code":"DOCUMENT_NOT_FOUND"}}]}""";
    private const string Required = """{"errors":[{"message":"Only documents that are known here are answered: send the \"documentId\" of one.","extensions":{"code":"DOCUMENT_ID_REQUIRED"}}]}""";

    private static readonly PersistedDocument Echo = Document("query Echo($t: String) { echo(text: $t) }");
    private static readonly PersistedDocument Deep = Document("{ products(first: 1) { " + string.Concat(Enumerable.Repeat("related(count: 1) { ", 5)) + "id" + new string('}', 7));
    private static readonly PersistedDocument Add = Document("mutation { add(by: 1) { value } }");

    [Fact]
    public void An_id_is_the_SHA_256_of_the_text()
    {
        // The example of the appendix "Persisted Documents".
        Assert.Equal("sha256:71f7dc5758652baac68e4a10c50be732b741c892ade2883a99358f52b555286b", Document("query($id:ID!){user(id:$id){name}}").Id);
        Assert.True(PersistedDocument.IsId(Echo.Id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("sha256:")]
    [InlineData("md5:71f7dc5758652baac68e4a10c50be732b741c892ade2883a99358f52b555286b")]
    [InlineData("sha256:71F7DC5758652BAAC68E4A10C50BE732B741C892ADE2883A99358F52B555286B")]
    [InlineData("sha256:71f7dc5758652baac68e4a10c50be732b741c892ade2883a99358f52b555286g")]
    public void What_is_no_id_is_not_taken_for_one(string text) => Assert.False(PersistedDocument.IsId(text));

    [Theory]
    [InlineData("""{"documentId":"ECHO","variables":{"t":"x"}}""")]
    [InlineData("""{"documentId":"ECHO","operationName":"Echo","variables":{"t":"x"}}""")]
    [InlineData("""{"documentId":"ECHO","query":null,"variables":{"t":"x"}}""")]
    [InlineData("""{"documentId":"ECHO","query":"query Echo($t: String) { echo(text: $t) }","variables":{"t":"x"}}""")]
    [InlineData("""{"extensions":{"other":{"persistedQuery":1},"persistedQuery":{"version":1,"sha256Hash":"HEX"}},"variables":{"t":"x"}}""")]
    public async Task A_document_is_sent_by_its_id(string body)
    {
        await using var server = await Start(areRequired: true);

        await server.Expect(Filled(body), HttpStatusCode.OK, """{"data":{"echo":"x"}}""");
    }

    [Fact]
    public async Task A_document_is_sent_by_its_id_in_the_URL()
    {
        await using var server = await Start(areRequired: true);

        Assert.Equal("""{"data":{"echo":"x"}}""", await server.Http.GetStringAsync($"/graphql?documentId={Echo.Id}&variables=%7B%22t%22:%22x%22%7D"));
        using var mutation = await server.Http.GetAsync($"/graphql?documentId={Add.Id}");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, mutation.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_unknown_id_is_an_error_that_registers_nothing(bool areRequired)
    {
        await using var server = await Start(areRequired);
        var id = Document("{ echo }").Id;

        await server.Expect($$"""{"documentId":"{{id}}"}""", HttpStatusCode.BadRequest, NotFound);
        using (await server.Post($$"""{"documentId":"{{id}}","query":"{ echo }"}"""))
        {
        }

        await server.Expect($$"""{"documentId":"{{id}}"}""", HttpStatusCode.BadRequest, NotFound);
        await server.Expect("""{"documentId":"nonsense"}""", HttpStatusCode.BadRequest, NotFound);
    }

    [Fact]
    public async Task An_id_that_is_not_that_of_the_document_beside_it_is_refused()
    {
        await using var server = await Start(areRequired: false);

        await server.ExpectRefusal(Filled("""{"documentId":"ECHO","query":"{ echo }"}"""), "The id is not that of the document beside it.");
    }

    [Fact]
    public async Task Where_persisted_documents_are_required_nothing_else_is_answered()
    {
        await using var server = await Start(areRequired: true);

        await server.Expect("""{"query":"{ echo }"}""", HttpStatusCode.BadRequest, Required);
        await server.Expect("""{"query":"{ __schema { types { name } } }"}""", HttpStatusCode.BadRequest, Required);
        await server.Expect($$"""{"documentId":"{{Document("{ echo }").Id}}","query":"{ echo }"}""", HttpStatusCode.BadRequest, NotFound);
    }

    [Fact]
    public async Task Where_they_are_not_required_any_document_is_answered()
    {
        await using var server = await Start(areRequired: false);

        await server.Expect("""{"query":"{ echo }"}""", HttpStatusCode.OK, """{"data":{"echo":null}}""");
        await server.Expect(Filled("""{"documentId":"ECHO"}"""), HttpStatusCode.OK, """{"data":{"echo":null}}""");
    }

    [Fact]
    public async Task A_persisted_document_may_be_larger_than_what_the_client_may_send()
    {
        await using var server = await Start(areRequired: false);

        using var byId = await server.Post($$"""{"documentId":"{{Deep.Id}}"}""", Accepted);
        using var byText = await server.Post($$"""{"query":"{{Encoding.UTF8.GetString(Deep.Text.Span)}}"}""", Accepted);

        Assert.StartsWith("""{"data":{"products":[""", await byId.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.StartsWith("""{"errors":[{"message":"Product.related stands within itself more than 3 times.",""", await byText.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static PersistedDocument Document(string text) => PersistedDocument.Of(Encoding.UTF8.GetBytes(text));

    private static string Filled(string body) => body.Replace("ECHO", Echo.Id, StringComparison.Ordinal).Replace("HEX", Echo.Id[7..], StringComparison.Ordinal);

    private static Task<TestServer> Start(bool areRequired)
    {
        var documents = new[] { Echo, Deep, Add }.ToDictionary(d => d.Id);
        return TestServer.Start(
            new EndpointOptions { PersistedDocuments = new PersistedDocuments((_, id) => new(documents.GetValueOrDefault(id)), areRequired) },
            Shop.Executor());
    }
}
