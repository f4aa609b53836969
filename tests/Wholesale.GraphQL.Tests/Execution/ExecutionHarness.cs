using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.GraphQL.Execution;
using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Tests.Execution;

/// <summary>Short ways to bind a small schema to resolvers and to ask it for whole responses. Meant for <c>using static</c>.</summary>
internal static class ExecutionHarness
{
    public static ExecutableSchema Bind(string sdl, Action<ResolverMap> resolvers, bool isPart = false)
    {
        var map = new ResolverMap();
        resolvers(map);
        return ExecutableSchema.Bind(SchemaBuilder.Build([new Source(sdl, "test.graphql")]), map, isPart);
    }

    public static GraphQLExecutor Executor(string sdl, Action<ResolverMap> resolvers, ExecutorOptions? options = null) =>
        new(Bind(sdl, resolvers), options);

    /// <summary>Prepares and executes, and returns the response's text.</summary>
    public static async Task<string> Ask(
        this GraphQLExecutor executor, string query, string variables = "{}", string? operationName = null, RequestContext? context = null)
    {
        context ??= Context();
        var operation = executor.Prepare(Encoding.UTF8.GetBytes(query), operationName, context.Client);
        using var writer = new Utf8Writer(16);
        using var json = JsonDocument.Parse(variables);
        var bound = operation.Errors.Count > 0 ? null : executor.Bind(operation, json.RootElement);
        if ((bound?.Errors ?? operation.Errors) is { Count: > 0 } errors)
        {
            GraphQLExecutor.WriteErrors(errors, writer);
        }
        else
        {
            await executor.Execute(bound!, context, writer);
        }

        return Encoding.UTF8.GetString(writer.Written.Span);
    }

    /// <summary>Asks a query that has to have exactly this response.</summary>
    public static async Task Expect(this GraphQLExecutor executor, string query, string response, string variables = "{}") =>
        Assert.Equal(response, await executor.Ask(query, variables));

    public static RequestContext Context(Action<IServiceCollection>? services = null, CancellationToken cancellation = default)
    {
        var collection = new ServiceCollection();
        services?.Invoke(collection);
        return new RequestContext(collection.BuildServiceProvider(), null, cancellation);
    }
}
