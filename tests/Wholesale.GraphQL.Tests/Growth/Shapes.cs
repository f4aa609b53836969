using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.GraphQL.Execution;
using Wholesale.GraphQL.Http;
using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Tests.Fuzz;
using Wholesale.GraphQL.Validation;

namespace Wholesale.GraphQL.Tests.Growth;

/// <summary>The work that a request can make large, each with the shapes of input that make it so. A new shape is one line in one of the lists.</summary>
internal static class Shapes
{
    // The limits that a request meets are not what is measured here; what keeps the stack is.
    private static readonly ParserOptions Parsing = RequestLimits.Unlimited.Parser;

    private static readonly ValidationOptions Validating = RequestLimits.Unlimited.Validation(suggestions: true);

    private static readonly Client Client = Client.Unknown with { Limits = RequestLimits.Unlimited };

    private static readonly RequestContext Context = new(new ServiceCollection().BuildServiceProvider(), null, CancellationToken.None);

    private static readonly GraphQLExecutor Executor = FuzzSchema.Executor(new ExecutorOptions { DocumentCacheBytes = 1L << 30 });

    /// <summary>Documents by what there is much of in them: valid unless the name says otherwise.</summary>
    public static IReadOnlyDictionary<string, Func<int, string>> Documents { get; } = new Dictionary<string, Func<int, string>>
    {
        ["fields"] = n => $"{{dog {{{Repeat(n, _ => "name")}}}}}",
        ["aliases"] = n => $"{{dog {{{Repeat(n, i => $"a{i}: name")}}}}}",
        ["objects"] = n => $"{{{Repeat(n, i => $"a{i}: dog {{name code}}")}}}",
        ["inline fragments"] = n => $"{{animal {{{Repeat(n, i => $"... on Dog {{a{i}: name}}")}}}}}",
        ["fragments"] = n => $"{{dog {{{Repeat(n, i => $"...F{i}")}}}}} {Repeat(n, i => $"fragment F{i} on Dog {{a{i}: name}}")}",
        ["spreads of one fragment"] = n => $"{{{Repeat(n, i => $"a{i}: dog {{...F}}")}}} fragment F on Animal {{name}}",
        ["chain of fragments"] = n => $"{{dog {{...F0}}}} {Repeat(n, i => $"fragment F{i} on Dog {{...F{i + 1}}}")} fragment F{n} on Dog {{name}}",
        ["chain of fields in fragments"] = n => $"{{person {{...F0}}}} {Repeat(n, i => $"fragment F{i} on Person {{relatives {{...F{i + 1}}}}}")} fragment F{n} on Person {{name}}",
        ["variables"] = n => $"query ({Repeat(n, i => $"$v{i}: Int")}) {{gauge {{{Repeat(n, i => $"a{i}: int(value: $v{i})")}}}}}",
        ["uses of a variable"] = n => $"query ($v: Int) {{gauge {{{Repeat(n, i => $"a{i}: int(value: $v)")}}}}}",
        ["arguments"] = n => $"{{gauge {{{Repeat(n, i => $"a{i}: two(x: {i}, y: 1)")}}}}}",
        ["list items"] = n => $"{{gauge {{ints(value: [{Repeat(n, i => $"{i}")}])}}}}",
        ["input objects"] = n => $"{{gauge {{shapes(value: [{Repeat(n, i => $"{{required: true, int: {i}, strings: [\"x\"]}}")}])}}}}",
        ["fields of an object literal"] = n => $"{{gauge {{json(value: {{{Repeat(n, i => $"f{i}: {i}")}}})}}}}",
        ["directives at one place"] = n => $"{{dog {{name {Repeat(n, i => $"@label(text: \"{i}\")")}}}}}",
        ["fields with directives"] = n => $"{{dog {{{Repeat(n, i => $"a{i}: name @skip(if: false)")}}}}}",
        ["operations"] = n => Repeat(n, i => $"query Q{i} {{dog {{name}}}}"),
        ["operations with a fragment"] = n => $"{Repeat(n, i => $"query Q{i} {{dog {{...F}}}}")} fragment F on Dog {{name}}",
    };

    /// <summary>What there is much of where the lexer alone has to do with it.</summary>
    public static IReadOnlyDictionary<string, Func<int, string>> Texts { get; } = new Dictionary<string, Func<int, string>>
    {
        ["letters of a string"] = n => $"{{gauge {{string(value: \"{new string('x', n)}\")}}}}",
        ["escapes of a string"] = n => $"{{gauge {{string(value: \"{Repeat(n, _ => "\\u00e9")}\")}}}}",
        ["lines of a block string"] = n => $"{{gauge {{string(value: \"\"\"{Repeat(n, _ => "  x\n")}\"\"\")}}}}",
        ["quotes in a block string"] = n => $"{{gauge {{string(value: \"\"\"{Repeat(n, _ => "\"x\\\"\"\"")} \"\"\")}}}}",
        ["digits of a number"] = n => $"{{gauge {{float(value: 0.{new string('7', n)})}}}}",
        ["letters of a name"] = n => $"{{dog {{{new string('x', n)}: name}}}}",
        ["letters of a comment"] = n => $"{{dog {{name}}}} # {new string('x', n)}",
        ["comments"] = n => $"{{dog {{name}}}} {Repeat(n, _ => "#\n")}",
        ["white space"] = n => $"{{dog {{name}}}}{new string(',', n)}",
    };

    /// <summary>Documents that are hard to merge, or that break section 5.3.2 where that is found last.</summary>
    public static IReadOnlyDictionary<string, Func<int, string>> Merges { get; } = new Dictionary<string, Func<int, string>>
    {
        ["one object again and again"] = n => $"{{{Repeat(n, _ => "dog {name owner {name}}")}}}",
        ["by each type"] = n => $"{{animal {{{Repeat(n, _ => "... on Dog {owner {name}} ... on Cat {owner {age}}")}}}}}",
        ["deep and wide"] = n => $"{{{Repeat(n / 8, _ => "person {relatives {relatives {relatives {relatives {relatives {relatives {name}}}}}}}")}}}",
        ["two chains"] = n => $"{{person {{...F0 ...G0}}}} {Repeat(n, i => $"fragment F{i} on Person {{relatives {{...F{i + 1}}}}} fragment G{i} on Person {{relatives {{...G{i + 1}}}}}")} fragment F{n} on Person {{name}} fragment G{n} on Person {{name}}",
        ["fragments that double"] = n => $"{{person {{...F0}}}} {Repeat(n, i => $"fragment F{i} on Person {{a: relatives {{...F{i + 1}}} b: relatives {{...F{i + 1}}}}}")} fragment F{n} on Person {{name}}",
        ["equal object literals"] = n => $"{{gauge {{{Repeat(2, _ => $"json(value: {{{Repeat(n, i => $"f{i}: {i}")}}})")}}}}}",
        ["equal arguments"] = n => $"{{gauge {{{Repeat(n, _ => "shape(value: {required: true, strings: [\"x\", \"y\"]})")}}}}}",
        ["a conflict at the end"] = n => $"{{dog {{{Repeat(n, i => $"a{i}: name")} x: name x: nickname}}}}",
        ["a conflict behind a chain"] = n => $"{{person {{...F0}}}} {Repeat(n, i => $"fragment F{i} on Person {{relatives {{...F{i + 1}}}}}")} fragment F{n} on Person {{x: name x: age}}",
    };

    /// <summary>Documents whose answer has many errors.</summary>
    public static IReadOnlyDictionary<string, Func<int, string>> Failures { get; } = new Dictionary<string, Func<int, string>>
    {
        ["fields"] = n => $"{{gauge {{{Repeat(n, i => $"a{i}: failing")}}}}}",
        ["objects"] = n => $"{{{Repeat(n, i => $"a{i}: gauge {{failing}}")}}}",
        ["places of one field"] = n => $"{{gauge {{{Repeat(n, _ => "failing")}}}}}",
    };

    /// <summary>Variables by what there is much of in them, for <c>$v</c> of a type.</summary>
    public static IReadOnlyDictionary<string, (string Type, Func<int, string> Value)> Values { get; } = new Dictionary<string, (string, Func<int, string>)>
    {
        ["list items"] = ("[Int]", n => $"[{Join(n, i => $"{i}")}]"),
        ["lists"] = ("[[Int!]]", n => $"[{Join(n, i => $"[{i}, 1]")}]"),
        ["input objects"] = ("[Shape!]", n => $"[{Join(n, i => $"{{\"required\":true,\"int\":{i},\"strings\":[\"x\"]}}")}]"),
        ["wrong items"] = ("[Int]", n => $"[{Join(n, i => "\"x\"")}]"),
        ["unknown fields"] = ("Shape", n => $"{{{Join(n, i => $"\"f{i}\":1")}}}"),
        ["fields of any value"] = ("Json", n => $"{{{Join(n, i => $"\"f{i}\":1")}}}"),
        ["letters of a string"] = ("String", n => $"\"{new string('x', n)}\""),
        ["escapes of a string"] = ("String", n => $"\"{Repeat(n, _ => "\\u00e9")}\""),
        ["digits of a number"] = ("Float", n => $"0.{new string('7', n)}"),
        ["letters of a wrong enum value"] = ("Trick", n => $"\"{new string('x', n)}\""),
    };

    public static Action Parse(string document)
    {
        var body = Encoding.UTF8.GetBytes(document);
        return () => Parser.Parse(new Source(body), Parsing);
    }

    public static Action ParseInVain(string document)
    {
        var body = Encoding.UTF8.GetBytes(document + "\n}");
        return () => Assert.Throws<GraphQLSyntaxException>(() => { Parser.Parse(new Source(body), Parsing); });
    }

    public static Action Validate(string document)
    {
        var parsed = Parser.Parse(new Source(document), Parsing);
        return () => DocumentValidator.Validate(FuzzSchema.Schema, parsed, Validating);
    }

    public static Action Print(string document)
    {
        var parsed = Parser.Parse(new Source(document), Parsing);
        return () => Printer.Print(parsed);
    }

    /// <summary>Makes plans of valid documents; what is refused is refused in proportion, too.</summary>
    public static Action Plan(string document)
    {
        var parsed = Parser.Parse(new Source(document), Parsing);
        var operation = parsed.Definitions.OfType<OperationDefinitionNode>().First();
        return () => Planner.Create(Executor.Schema, parsed, operation, RequestLimits.Unlimited, out _);
    }

    /// <summary>The whole way of a request but for what the cache knows: variables are read and coerced, the operation is executed.</summary>
    public static Action Coerce((string Type, Func<int, string> Value) value, int size)
    {
        var field = value.Type switch { "[Int]" => "ints", "[[Int!]]" => "grid", "[Shape!]" => "shapes", "Shape" => "shape", "Json" => "json", "String" => "string", "Float" => "float", _ => "trick" };
        var type = value.Type == "[[Int!]]" ? "[[Int!]]!" : value.Type;
        var query = $"query ($v: {type}) {{ gauge {{ {field}(value: $v) }} }}";
        return Answer(query, $"{{\"v\":{value.Value(size)}}}");
    }

    /// <summary>Answers a document without variables.</summary>
    public static Action Answer(string document) => Answer(document, "{}");

    private static string Repeat(int count, Func<int, string> item)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            text.Append(item(i)).Append(' ');
        }

        return text.ToString();
    }

    private static Action Answer(string query, string variables)
    {
        var body = Encoding.UTF8.GetBytes($"{{\"query\":{JsonSerializer.Serialize(query)},\"variables\":{variables}}}");
        return () =>
        {
            Assert.Null(GraphQLRequest.TryRead(body, 100, out var request));
            var operation = Executor.Prepare(request.Query!.Value.Span, null, Client);
            Assert.Empty(operation.Errors);
            Assert.Null(request.TryReadVariables(100, out var json));
            using var writer = new Utf8Writer();
            var bound = Executor.Bind(operation, json!.RootElement);
            if (bound.Errors.Count > 0)
            {
                GraphQLExecutor.WriteErrors(bound.Errors, writer);
            }
            else
            {
                Executor.Execute(bound, Context, writer).AsTask().GetAwaiter().GetResult();
            }

            json.Dispose();
        };
    }

    private static string Join(int count, Func<int, string> item) => string.Join(',', Enumerable.Range(0, count).Select(item));
}
