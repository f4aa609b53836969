using Microsoft.Extensions.DependencyInjection;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Tests.Platform;

public sealed class NodesTests
{
    private readonly List<string> calls = [];
    private readonly Dictionary<string, NodeLoader<object>> loaders;

    public NodesTests() => loaders = new() { ["Product"] = Loader("Product"), ["Variant"] = Loader("Variant") };

    [Fact]
    public async Task Things_come_in_the_order_asked_by_one_call_a_type()
    {
        var things = await Load(new("Variant", 1), new("Product", 2), new("Variant", 3), new("Variant", 1));

        Assert.Equal(["Variant 1", "Product 2", "Variant 3", "Variant 1"], things);
        Assert.Equal(["Variant 1,3", "Product 2"], calls);
    }

    [Fact]
    public async Task What_is_not_there_and_what_is_nonsense_is_null()
    {
        var things = await Load(new("Variant", 404), NodeId.None, new("Nothing", 1), new("Variant", 1));

        Assert.Equal([null, null, null, "Variant 1"], things);
    }

    [Fact]
    public async Task More_than_250_ids_are_refused()
    {
        await Load([.. Enumerable.Range(0, 250).Select(i => new NodeId("Variant", i))]);

        var error = await Assert.ThrowsAsync<GraphQLException>(() => Load([.. Enumerable.Range(0, 251).Select(i => new NodeId("Variant", i))]));
        Assert.Equal(("TOO_MANY_ROWS", "At most 250 ids can be asked for at once, not 251."), (error.Code, error.Message));
    }

    [Fact]
    public async Task A_loader_that_gives_another_number_of_results_is_named()
    {
        loaders["Broken"] = (_, _) => new([]);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Load(new NodeId("Broken", 1)));

        Assert.Equal("The loader of Broken gave 0 results for 1 keys.", error.Message);
    }

    private NodeLoader<object> Loader(string type) => (keys, _) =>
    {
        calls.Add($"{type} {string.Join(',', keys)}");
        return new([.. keys.Select(key => key == 404 ? null : $"{type} {key}")]);
    };

    private async Task<IReadOnlyList<object?>> Load(params NodeId[] ids)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        return await Nodes.Load(loaders, ids, new RequestContext(services, null, CancellationToken.None));
    }
}
