using System.Diagnostics;
using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Wholesale.GraphQL.Execution;
using Wholesale.GraphQL.Http;
using Wholesale.GraphQL.Tests.Fuzz;
using Wholesale.Tests;

namespace Wholesale.GraphQL.Tests.Http;

/// <summary>
/// Requests that are made to end the process or to keep it busy: a hundred thousand of everything that can nest or repeat, and ten megabytes of it. Each is
/// refused within five milliseconds of processor time, from the last byte of the body on, and the next request is answered.
/// </summary>
public sealed class OverloadTests
{
    private const int Many = 100_000;

    // Without the compiler's optimization, as developers and CI build, the same work takes three to five times as long.
    private static readonly int MaxMilliseconds = IsOptimized ? 5 : 30;

    // The best of these: what disturbs a measurement only makes it longer, and the compiler optimizes what it has seen often.
    private const int Repetitions = 100;

    private static readonly GraphQLExecutor Executor = FuzzSchema.Executor(new ExecutorOptions());

    /// <summary>What bodies hold: a document, or a whole body where that begins with <c>{"</c>. Then how the message of the refusal begins.</summary>
    private static readonly Dictionary<string, (Func<string> Make, string Message)> Bombs = new()
    {
        // Nesting.
        ["selection sets"] = (() => Of("{a"), "Syntax Error: Document nests deeper than 100 levels."),
        ["closed selection sets"] = (() => Of("{a") + Of("}"), "Syntax Error: Document nests deeper than 100 levels."),
        ["inline fragments"] = (() => "{" + Of("...{"), "Syntax Error: Document nests deeper than 100 levels."),
        ["inline fragments on types"] = (() => "{" + Of("...on Query{"), "Syntax Error: Document nests deeper than 100 levels."),
        ["list literals"] = (() => "{gauge{json(value:" + Of("["), "Syntax Error: Document nests deeper than 100 levels."),
        ["closed list literals"] = (() => "{gauge{json(value:" + Of("[") + Of("]") + ")}}", "Syntax Error: Document nests deeper than 100 levels."),
        ["object literals"] = (() => "{gauge{json(value:" + Of("{a:"), "Syntax Error: Document nests deeper than 100 levels."),
        ["lists and objects in turn"] = (() => "{gauge{json(value:" + Of("[{a:"), "Syntax Error: Document nests deeper than 100 levels."),
        ["lists in a default value"] = (() => "query($v:Json=" + Of("["), "Syntax Error: Document nests deeper than 100 levels."),
        ["lists in a directive"] = (() => "{dog @label(tags:" + Of("["), "Syntax Error: Document nests deeper than 100 levels."),
        ["list types"] = (() => "query($v:" + Of("["), "Syntax Error: Document nests deeper than 100 levels."),
        ["closed list types"] = (() => "query($v:" + Of("[") + "Int" + Of("]!") + "){dog{name}}", "Syntax Error: Document nests deeper than 100 levels."),
        ["types of the type system"] = (() => "type A{a:" + Of("["), "Syntax Error: Document nests deeper than 100 levels."),
        ["a body of lists"] = (() => """{"query":"{dog{name}}","other":""" + Of("["), "The body is not JSON that can be read: "),
        ["a body of objects"] = (() => """{"query":"{dog{name}}","extensions":""" + Of("{\"a\":"), "The body is not JSON that can be read: "),
        ["variables of lists"] = (() => """{"query":"query($v:Json){gauge{json(value:$v)}}","variables":{"v":""" + Of("[") + Of("]") + "}}", "The body is not JSON that can be read: "),
        ["variables of objects"] = (() => """{"query":"query($v:Json){gauge{json(value:$v)}}","variables":{"v":""" + Of("{\"a\":") + "1" + Of("}") + "}}", "The body is not JSON that can be read: "),

        // Repetition.
        ["fields"] = (() => "{dog{" + Of("name ") + "}}", "Syntax Error: Document contains more than 15000 tokens."),
        ["aliases"] = (() => "{dog{" + Of(i => $"a{i}:name ") + "}}", "Syntax Error: Document contains more than 15000 tokens."),
        ["directives"] = (() => "{dog{name" + Of("@skip(if:false)") + "}}", "Syntax Error: Document contains more than 15000 tokens."),
        ["unknown directives"] = (() => "{dog{name" + Of(i => $"@d{i}") + "}}", "Syntax Error: Document contains more than 15000 tokens."),
        ["operations"] = (() => Of(i => $"query Q{i}{{dog{{name}}}}", 80_000), "Syntax Error: Document contains more than 15000 tokens."),
        ["fragments"] = (() => "{dog{...F0}}" + Of(i => $"fragment F{i} on Dog{{...F{i + 1}}}", 50_000), "Syntax Error: Document contains more than 15000 tokens."),
        ["spreads"] = (() => "{dog{" + Of("...F ") + "}}fragment F on Dog{name}", "Syntax Error: Document contains more than 15000 tokens."),
        ["arguments"] = (() => "{gauge{int(" + Of("value:1 ") + ")}}", "Syntax Error: Document contains more than 15000 tokens."),
        ["variables"] = (() => "query(" + Of(i => $"$v{i}:Int ") + "){dog{name}}", "Syntax Error: Document contains more than 15000 tokens."),
        ["values"] = (() => "{gauge{ints(value:[" + Of("1 ") + "])}}", "Syntax Error: Document contains more than 15000 tokens."),
        ["properties of the body"] = (() => """{"query":"{dog{name}","x":[""" + Of("1,") + "1]}", "Syntax Error: Expected"),

        // Few tokens, and much of one.
        ["letters of a name"] = (() => "{dog{" + Of("x") + "}}", "Cannot query field \"xxx"),
        ["quotes"] = (() => "{" + Of("\""), "Syntax Error: Expected Name, found BlockString \"\"."),
        ["an open block string"] = (() => "{gauge{string(value:\"\"\"" + Of("x\n"), "Syntax Error: Unterminated string."),
        ["an open string"] = (() => "{gauge{string(value:\"" + Of("\\u0041"), "Syntax Error: Unterminated string."),
        ["backslashes"] = (() => "{gauge{string(value:\"" + Of("\\q"), "Syntax Error: Invalid character escape sequence"),
        ["digits"] = (() => "{gauge{int(value:" + Of("9") + ")}}", "Int cannot represent non 32-bit signed integer value: 999"),
        ["digits after 0"] = (() => "{gauge{int(value:0" + Of("0") + ")}}", "Syntax Error: Invalid number, unexpected digit after 0"),
        ["comments"] = (() => Of("#\n"), "Syntax Error: Unexpected <EOF>."),
        ["byte order marks"] = (() => Of("\uFEFF"), "Syntax Error: Unexpected <EOF>."),
        ["commas"] = (() => Of(","), "Syntax Error: Unexpected <EOF>."),

        // Within the tokens, and wrong.
        ["a cycle of fragments"] = (() => "{dog{...F0}}" + Of(i => $"fragment F{i} on Dog{{...F{(i + 1) % 900}}}", 900), "The document's fragments are visited more than 1000 times."),
        ["a fragment that spreads itself"] = (() => "{dog{...F}}fragment F on Dog{" + Of("...F ", 5_000) + "}", "Cannot spread fragment \"F\" within itself."),
        ["fragments that double"] = (() => "{person{...F0}}" + Of(i => $"fragment F{i} on Person{{a:relatives{{...F{i + 1}}}b:relatives{{...F{i + 1}}}}}", 30) + "fragment F30 on Person{name}", "Person.relatives stands within itself more than 3 times."),
        ["wide fragments"] = (() => "{" + Of(i => $"a{i}:dog{{...F}}", 800) + "}fragment F on Animal{" + Of(i => $"b{i}:name ", 2_000) + "}", "The document has more than 2048 fields."),
        ["fields that conflict"] = (() => "{dog{" + Of(i => $"knows(trick:{(i % 2 == 0 ? "SIT" : "ROLL")})", 2_000) + "}}", "Fields \"knows\" conflict because"),
        ["unknown fields"] = (() => "{dog{" + Of(i => $"f{i} ", 2_000) + "}}", "Cannot query field \"f0\" on type \"Dog\"."),
        ["arguments of one name"] = (() => "{gauge{int(" + Of("value:1 ", 4_900) + ")}}", "There can be only one argument named \"value\"."),
        ["repeated directives"] = (() => "{dog{name" + Of("@onField", 7_000) + "}}", "The document has more than 50 directives."),
        ["an object with every name"] = (() => "{gauge{shape(value:{" + Of(i => $"f{i}:1 ", 4_900) + "})}}", "Field \"Shape.required\" of required type"),
        ["undefined variables"] = (() => "{gauge{ints(value:[" + Of(i => $"$v{i} ", 7_400) + "])}}", "Variable \"$v0\" is not defined."),
        ["anonymous operations"] = (() => Of("{dog{name}}", 1_000), "This anonymous operation must be the only defined operation."),
        ["conditions"] = (() => "query(" + Of(i => $"$v{i}:Boolean! ", 100) + "){dog{" + Of(i => $"name@skip(if:$v{i})", 100) + "}}", "The document has more than 50 directives."),
    };

    public static TheoryData<string> Names => [.. Bombs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_refused_in_milliseconds(string what)
    {
        var body = Body(what);
        var best = double.MaxValue;
        var message = "";
        for (var repetition = 0; repetition < Repetitions && (repetition < 3 || best > MaxMilliseconds); repetition++)
        {
            var start = ThreadClock.Milliseconds;
            message = Refusal(body);
            best = Math.Min(best, ThreadClock.Milliseconds - start);
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{what}: {body.Length} bytes, {best:0.00} ms");
        Assert.StartsWith(Bombs[what].Message, message, StringComparison.Ordinal);
        Assert.InRange(message.Length, 1, 1_100);
        Assert.InRange(best, 0, MaxMilliseconds);
    }

    [Fact]
    public async Task The_server_refuses_them_all_and_answers_the_next_request()
    {
        await using var server = await TestServer.Start(executor: Executor);
        foreach (var what in Bombs.Keys)
        {
            using var response = await server.Post(Body(what));

            Assert.True(response.StatusCode == HttpStatusCode.BadRequest, $"{what}: {response.StatusCode}");
            Assert.InRange(response.Content.Headers.ContentLength!.Value, 1, 20_000);
        }

        await server.Expect("""{"query":"{dog{code}}"}""", HttpStatusCode.OK, """{"data":{"dog":{"code":0}}}""");
    }

    [Fact]
    public async Task Ten_megabytes_of_anything_are_refused_before_they_are_looked_at()
    {
        await using var server = await TestServer.Start(executor: Executor);
        foreach (var piece in new[] { "{", "[", " ", "\"", "a", "{\"query\":" })
        {
            var body = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(piece, (10 * 1024 * 1024 / piece.Length) + 1)));

            // A client that is still sending may see the connection close instead of the answer.
            var failure = await Record.ExceptionAsync(async () =>
            {
                using var response = await server.Post(body);
                Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
            });

            Assert.True(failure is null or HttpRequestException, failure?.ToString());
        }

        await server.Expect("""{"query":"{dog{code}}"}""", HttpStatusCode.OK, """{"data":{"dog":{"code":0}}}""");
    }

    private static bool IsOptimized => typeof(GraphQLExecutor).Assembly.GetCustomAttribute<DebuggableAttribute>() is not { IsJITOptimizerDisabled: true };

    private static string Of(string piece, int count = Many) => new StringBuilder(piece.Length * count).Insert(0, piece, count).ToString();

    private static string Of(Func<int, string> piece, int count = Many) => string.Concat(Enumerable.Range(0, count).Select(piece));

    private static byte[] Body(string what)
    {
        var text = Bombs[what].Make();
        return text.StartsWith("{\"", StringComparison.Ordinal) && !text.StartsWith("{\"\"", StringComparison.Ordinal)
            ? Encoding.UTF8.GetBytes(text)
            : JsonSerializer.SerializeToUtf8Bytes(new { query = text });
    }

    /// <summary>What the endpoint does with a body, without the network.</summary>
    private static string Refusal(byte[] body)
    {
        if (GraphQLRequest.TryRead(body, 100, out var request) is { } problem)
        {
            return problem;
        }

        var operation = Executor.Prepare(request.Query!.Value.Span, request.OperationName, Client.Unknown);
        return operation.Errors.Count == 0 ? "It was not refused." : operation.Errors[0].Message;
    }
}
