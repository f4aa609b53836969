using System.Net;
using System.Text.Json;
using Wholesale.Platform;

namespace Wholesale.Tests.TrustedDocuments;

/// <summary>Staff registers documents, storefronts send their ids.</summary>
public sealed class TrustedDocumentsTests(TestHost host) : IClassFixture<TestHost>
{
    private const string Register = """
        mutation($documents: [String!]!, $mode: BulkMode! = PARTIAL) {
          registerTrustedDocuments(input: { documents: $documents, mode: $mode }) {
            trustedDocuments { documentId text operationNames } counts { applied failed } userErrors { code message path }
          }
        }
        """;

    private const string Remove = "mutation($ids: [String!]!) { removeTrustedDocuments(input: { documentIds: $ids }) { documentIds userErrors { code path } } }";

    [Fact]
    public async Task A_registered_document_is_answered_by_its_id_until_it_is_removed()
    {
        var key = await Buyer();
        var id = await RegisterOne("query Me($x: ID = \"1\") { node(id: $x) { id } me { kind } }");

        var answer = await Send(key, new { documentId = id });
        var byUrl = await Send(key, id);
        await host.Admin(Remove, new { ids = new[] { id } });
        var removed = await Send(key, new { documentId = id });

        Assert.Equal("""{"data":{"node":null,"me":{"kind":"COMPANY_USER"}}}""", answer.Body);
        Assert.Equal(answer.Body, byUrl);
        Assert.Equal("""{"errors":[{"message":"There is no document with this id.","extensions":{"code":"DOCUMENT_NOT_FOUND"}}]}""", removed.Body);
    }

    [Fact]
    public async Task What_buyers_cannot_send_is_not_registered_and_its_row_says_why_and_where()
    {
        var payload = (await host.Admin(Register, new
        {
            documents = new[]
            {
                "{ me { kind } } # 1",
                "{ me { ",
                "{ companies { totalCount } }",
                "{ me { kind } } # 1",
                $"{{ {string.Concat(Enumerable.Range(0, 101).Select(i => $"a{i}: __typename "))} }}",
                "query A { me { kind } } query B { me { kind } }",
            },
        })).GetProperty("registerTrustedDocuments");

        Assert.Equal((2, 4), (payload.GetProperty("counts").GetProperty("applied").GetInt32(), payload.GetProperty("counts").GetProperty("failed").GetInt32()));
        Assert.Equal(["A", "B"], payload.GetProperty("trustedDocuments")[1].GetProperty("operationNames").EnumerateArray().Select(n => n.GetString()));
        Assert.Equal(
            [
                "INVALID_DOCUMENT documents/1 Syntax Error: Expected Name, found <EOF>. (line 1, column 8)",
                "INVALID_DOCUMENT documents/2 Cannot query field \"companies\" on type \"Query\". (line 1, column 3)",
                "DUPLICATE_ROW documents/3",
                "INVALID_DOCUMENT documents/4 The document has more than 100 aliases.",
            ],
            payload.GetProperty("userErrors").EnumerateArray().Select(Shown));
    }

    [Fact]
    public async Task All_or_nothing_registers_nothing_where_one_is_bad()
    {
        var payload = (await host.Admin(Register, new { documents = new[] { "{ me { kind } } # 2", "{" }, mode = "ALL_OR_NOTHING" })).GetProperty("registerTrustedDocuments");

        Assert.Equal(2, payload.GetProperty("counts").GetProperty("failed").GetInt32());
        Assert.Empty(payload.GetProperty("trustedDocuments").EnumerateArray());
        Assert.DoesNotContain("# 2", await Listed(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Registering_twice_changes_nothing_and_removing_what_is_not_there_says_so()
    {
        var id = await RegisterOne("{ me { kind } } # 3");
        var again = await RegisterOne("{ me { kind } } # 3");

        var removed = (await host.Admin(Remove, new { ids = new[] { id, "sha256:0" } })).GetProperty("removeTrustedDocuments");

        Assert.Equal(id, again);
        Assert.Equal($$"""{"documentIds":["{{id}}"],"userErrors":[{"code":"NOT_FOUND","path":["documentIds","1"]}]}""", removed.GetRawText());
    }

    [Fact]
    public async Task Nothing_to_register_or_remove_changes_nothing_and_too_much_is_refused_whole()
    {
        var none = (await host.Admin(Register, new { documents = Array.Empty<string>() })).GetProperty("registerTrustedDocuments");
        var noIds = (await host.Admin(Remove, new { ids = Array.Empty<string>() })).GetProperty("removeTrustedDocuments");
        var many = (await host.Admin(Register, new { documents = Enumerable.Range(0, 101).Select(i => $"{{ me {{ kind }} }} # many {i}") })).GetProperty("registerTrustedDocuments");
        var manyIds = (await host.Admin(Remove, new { ids = Enumerable.Repeat("sha256:0", 101) })).GetProperty("removeTrustedDocuments");

        Assert.Equal("""{"trustedDocuments":[],"counts":{"applied":0,"failed":0},"userErrors":[]}""", none.GetRawText());
        Assert.Equal("""{"documentIds":[],"userErrors":[]}""", noIds.GetRawText());
        Assert.Equal(101, many.GetProperty("counts").GetProperty("failed").GetInt32());
        Assert.Equal("TOO_MANY_ROWS", many.GetProperty("userErrors")[0].GetProperty("code").GetString());
        Assert.Equal("TOO_MANY_ROWS", manyIds.GetProperty("userErrors")[0].GetProperty("code").GetString());
        Assert.DoesNotContain("# many", await Listed(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_register_is_paged_newest_first_and_shown_to_nobody_without_the_permission()
    {
        await RegisterOne("{ me { kind } } # 4");
        var newest = await RegisterOne("{ me { kind } } # 5");
        var page = (await host.Admin("{ trustedDocuments(first: 1) { edges { node { id documentId createdAt } } pageInfo { hasNextPage endCursor } totalCount } }")).GetProperty("trustedDocuments");
        var node = page.GetProperty("edges")[0].GetProperty("node");
        var second = await host.Admin("query($after: String) { trustedDocuments(first: 1, after: $after) { edges { node { text } } } }", new { after = page.GetProperty("pageInfo").GetProperty("endCursor").GetString() });
        var narrow = await host.CreateStaffKey("narrow", Permission.CompaniesRead);
        const string ByNode = "query($id: ID!) { node(id: $id) { id } trustedDocuments { totalCount } }";

        Assert.Equal(newest, node.GetProperty("documentId").GetString());
        Assert.Equal("{ me { kind } } # 4", second.GetProperty("trustedDocuments").GetProperty("edges")[0].GetProperty("node").GetProperty("text").GetString());
        Assert.Contains("\"node\":{\"id\"", (await host.Ask(host.StaffKey, ByNode, new { id = node.GetProperty("id").GetString() }, "/admin/graphql")).Body, StringComparison.Ordinal);
        var refused = await host.Ask(narrow, ByNode, new { id = node.GetProperty("id").GetString() }, "/admin/graphql");
        Assert.Contains("\"data\":{\"node\":null,\"trustedDocuments\":null}", refused.Body, StringComparison.Ordinal);
        Assert.Contains("DOCUMENTS_WRITE", refused.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_seller_s_endpoint_answers_no_ids()
    {
        var id = await RegisterOne("{ me { kind } } # 6");

        using var response = await host.Client.SendAsync(Message(host.StaffKey, JsonContent(new { documentId = id }), "/admin/graphql"));

        Assert.Contains("DOCUMENT_NOT_FOUND", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static string Shown(JsonElement error)
    {
        var (code, message) = (error.GetProperty("code").GetString(), error.GetProperty("message").GetString()!);
        var path = string.Join('/', error.GetProperty("path").EnumerateArray().Select(p => p.GetString()));
        return code == "DUPLICATE_ROW" ? $"{code} {path}" : $"{code} {path} {message}";
    }

    private static StringContent JsonContent(object body) => new(JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "application/json");

    private static HttpRequestMessage Message(string key, HttpContent? content, string path)
    {
        var request = new HttpRequestMessage(content is null ? HttpMethod.Get : HttpMethod.Post, path) { Content = content };
        request.Headers.Add("X-Api-Key", key);
        return request;
    }

    private async Task<(HttpStatusCode Status, string Body)> Send(string key, object body)
    {
        using var response = await host.Client.SendAsync(Message(key, JsonContent(body), "/graphql"));
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private async Task<string> Send(string key, string documentId)
    {
        using var response = await host.Client.SendAsync(Message(key, null, $"/graphql?documentId={documentId}"));
        return await response.Content.ReadAsStringAsync();
    }

    private async Task<string> RegisterOne(string text)
    {
        var payload = (await host.Admin(Register, new { documents = new[] { text } })).GetProperty("registerTrustedDocuments");
        var document = payload.GetProperty("trustedDocuments")[0];
        Assert.Equal(text, document.GetProperty("text").GetString());
        return document.GetProperty("documentId").GetString()!;
    }

    private async Task<string> Listed() => (await host.Admin("{ trustedDocuments(first: 250) { edges { node { text } } } }")).GetRawText();

    private async Task<string> Buyer()
    {
        await host.Import("markets", """{"externalId":"us","name":"United States","currency":"USD"}""");
        await host.Import("companies", """{"externalId":"acme","name":"Acme","market":"us","verification":"VERIFIED","users":[{"externalId":"buyer","name":"B","email":"b@example.com"}]}""");
        return await host.CreateBuyerKey("acme");
    }
}

/// <summary>A host whose storefronts may send registered documents only.</summary>
public sealed class RequiredTrustedDocumentsTests : TestHost
{
    protected override IEnumerable<string> Settings => ["--TrustedDocuments:Required", "true"];

    [Fact]
    public async Task Only_registered_documents_are_answered_and_staff_is_not_concerned()
    {
        await Import("markets", """{"externalId":"us","name":"United States","currency":"USD"}""");
        await Import("companies", """{"externalId":"acme","name":"Acme","market":"us","verification":"VERIFIED","users":[{"externalId":"buyer","name":"B","email":"b@example.com"}]}""");
        var key = await CreateBuyerKey("acme");

        var (_, refused) = await Ask(key, "{ me { kind } }");

        Assert.Equal("""{"errors":[{"message":"Only documents that are known here are answered: send the \"documentId\" of one.","extensions":{"code":"DOCUMENT_ID_REQUIRED"}}]}""", refused);
        Assert.Equal("STAFF", (await Admin("{ me { kind } }")).GetProperty("me").GetProperty("kind").GetString());
    }
}
