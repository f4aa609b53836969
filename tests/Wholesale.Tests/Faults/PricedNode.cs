using Microsoft.Extensions.DependencyInjection;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Caching;
using Wholesale.Pricing;

namespace Wholesale.Tests.Faults;

/// <summary>A node of a <see cref="PricedShop"/>: the real host, by the real time.</summary>
internal sealed class PricedNode(PricedNode? first, int number, IReadOnlyList<string> settings) : TestHost(first)
{
    public int Number => number;

    public Redis Redis => Services.GetRequiredService<Redis>();

    public CompiledPriceLists PriceLists => Services.GetRequiredService<CompiledPriceLists>();

    /// <summary>What makes a program another node beside this one.</summary>
    public IEnumerable<string> Arguments => [.. DataArguments, .. settings];

    protected override IEnumerable<string> Settings => ["--Logging:LogLevel:Default", "Error", "--Node:Number", $"{number}", .. settings];

    /// <summary>Reads prices within the process, as a request's resolver does; in 1/10,000.</summary>
    public async Task<IReadOnlyList<long?>> Prices(Principal customer, IEnumerable<Variant> variants)
    {
        await using var scope = Services.CreateAsyncScope();
        var (db, services) = (scope.ServiceProvider.GetRequiredService<WholesaleDb>(), scope.ServiceProvider);
        var caller = await services.GetRequiredService<Callers>().Of(db, customer, default);
        var asked = Batch<Variant>.Of([.. variants], (_, error) => throw new InvalidOperationException(error.Message));
        var prices = await services.GetRequiredService<Prices>().Of(asked, Quantity.One, null, null, caller, default);
        return [.. prices.Select(price => price?.UnitPrice.TenThousandths)];
    }
}
