using System.Net;
using System.Text;

namespace Wholesale.GraphQL.Tests.Http;

/// <summary>GraphQL over HTTP, "Request Parameters": what a body has to hold.</summary>
public sealed class RequestParametersTests : IAsyncLifetime
{
    private TestServer server = null!;

    public async ValueTask InitializeAsync() => server = await TestServer.Start();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Theory]
    [InlineData("", "The body is not JSON that can be read: The input does not contain any JSON tokens. Expected the input to start with a valid JSON token, when isFinalBlock is true. LineNumber: 0 | BytePositionInLine: 0.")]
    [InlineData("nonsense", "The body is not JSON that can be read: 'nonsense' is an invalid JSON literal. Expected the literal 'null'. LineNumber: 0 | BytePositionInLine: 1.")]
    [InlineData("""{"query":"{ echo }"} {}""", "The body is not JSON that can be read: '{' is invalid after a single JSON value. Expected end of data. LineNumber: 0 | BytePositionInLine: 21.")]
    [InlineData("""{"query":"{ echo }",}""", null)]
    [InlineData("""{"query":"{ echo }" /* no */}""", null)]
    [InlineData("[]", "The body must be a JSON object with a \\\"query\\\".")]
    [InlineData("""[{"query":"{ echo }"}]""", "The body must be a JSON object with a \\\"query\\\".")]
    [InlineData("null", "The body must be a JSON object with a \\\"query\\\".")]
    [InlineData("{}", "The body needs a \\\"query\\\" or a \\\"documentId\\\".")]
    [InlineData("""{"query":null}""", "The body needs a \\\"query\\\" or a \\\"documentId\\\".")]
    [InlineData("""{"query":7}""", "\\\"query\\\" must be a string.")]
    [InlineData("""{"query":["{ echo }"]}""", "\\\"query\\\" must be a string.")]
    [InlineData("""{"query":"{ echo }","operationName":1}""", "\\\"operationName\\\" must be a string or null.")]
    [InlineData("""{"query":"{ echo }","variables":[]}""", "\\\"variables\\\" must be an object or null.")]
    [InlineData("""{"query":"{ echo }","variables":"{}"}""", "\\\"variables\\\" must be an object or null.")]
    [InlineData("""{"query":"{ echo }","extensions":1}""", "\\\"extensions\\\" must be an object or null.")]
    [InlineData("""{"query":"{ echo }","query":"{ slow }"}""", "\\\"query\\\" is given twice.")]
    [InlineData("""{"query":"{ echo }","variables":null,"variables":{}}""", "\\\"variables\\\" is given twice.")]
    [InlineData("""{"query":"{ echo }","variables":{"a":{"b":1,"b":2}}}""", null)]
    [InlineData("""{"query":"\ud800"}""", "The body holds a string that is not Unicode.")]
    [InlineData("""{"query":"{ echo }","operationName":"\udc00"}""", "The body holds a string that is not Unicode.")]
    public async Task A_body_that_is_no_request_is_refused(string body, string? message)
    {
        using var response = await server.Post(body);
        var text = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Matches("""^\{"errors":\[\{"message":"([^"\\]|\\")+","extensions":\{"code":"BAD_REQUEST"\}\}\]\}$""", text);
        if (message is not null)
        {
            await server.ExpectRefusal(body, message);
        }
    }

    [Theory]
    [InlineData("""{"query":"{ echo(text: \"a\") }"}""")]
    [InlineData("""{"query":"{ echo(text: \"a\") }","operationName":null,"variables":null,"extensions":null}""")]
    [InlineData("""{"query":"{ echo(text: \"a\") }","operationName":""}""")]
    [InlineData("""{"extensions":{"x":[1,{"y":2}]},"other":{"query":1},"query":"{ echo(text: \"a\") }","id":7}""")]
    [InlineData("""{"\u0071uery":"{\u0020echo(text: \"\u0061\")\n}"}""")]
    [InlineData("""  { "variables" : { "t" : "a" } , "query" : "query($t: String) { echo(text: $t) }" }  """)]
    [InlineData("""{"query":"query($t: String) { echo(text: $t) }","variables":{"\u0074":"a"}}""")]
    [InlineData("""{"query":"query A { echo } query B { echo(text: \"a\") }","operationName":"B"}""")]
    [InlineData("\uFEFF{\"query\":\"{ echo(text: \\\"a\\\") }\"}")]
    [InlineData("{\"query\":\"\uFEFF{ echo(text: \\\"a\\\") }\"}")]
    public async Task A_body_that_is_a_request_is_answered(string body) => await server.Expect(body, HttpStatusCode.OK, """{"data":{"echo":"a"}}""");

    [Fact]
    public async Task Query_text_may_be_escaped_and_of_any_script() => await server.Expect(
        """{"query":"# ü\n{ a: echo(text: \"Müller \\\"&\\\" S\u00f6hne 😀 \\u00e9 \ud83d\ude00\")\r\n b: echo(text: \"\"\"\n block \\ \t\n\"\"\") }"}""",
        HttpStatusCode.OK,
        """{"data":{"a":"Müller \"&\" Söhne 😀 é 😀","b":"block \\ \t"}}""");

    [Theory]
    [InlineData("query A { echo } query B { echo }", null, "The document has several operations: say which one with \\\"operationName\\\".")]
    [InlineData("query A { echo } query B { echo }", "C", "The document has no operation named \\\"C\\\".")]
    public async Task Which_operation_to_run_has_to_be_clear(string query, string? operationName, string message) => await server.Expect(
        $$"""{"query":"{{query}}","operationName":{{(operationName is null ? "null" : $"\"{operationName}\"")}}}""",
        HttpStatusCode.BadRequest,
        $$$"""{"errors":[{"message":"{{{message}}}","extensions":{"code":"OPERATION_RESOLUTION_FAILURE"}}]}""");

    [Fact]
    public async Task Bytes_that_are_not_UTF_8_are_refused_wherever_they_stand()
    {
        foreach (var (body, refusal) in new[]
        {
            ("{\"query\":\"{ echo(text: \\\"?\\\") }\"}", "The body holds a string that is not Unicode."),
            ("{\"query\":\"{ echo?(text: 1) }\"}", "\"message\":\"Syntax Error: "),
            ("{\"query\":\"query($t: String) { echo(text: $t) }\",\"variables\":{\"t\":\"?\"}}", "\"message\":\"Variable \\\"$t\\\" must be Unicode, not "),
            ("{\"query\":\"query A { echo }\",\"operationName\":\"?\"}", "The body holds a string that is not Unicode."),
        })
        {
            var bytes = Encoding.UTF8.GetBytes(body);
            bytes[Array.IndexOf(bytes, (byte)'?')] = 0xFF;
            using var response = await server.Post(bytes);

            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Contains(refusal, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }
}
