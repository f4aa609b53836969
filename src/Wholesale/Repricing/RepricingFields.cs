using Wholesale.GraphQL.Execution;

namespace Wholesale.Repricing;

/// <summary>The fields of schema/repricing.graphql: the seller's alone.</summary>
public static class RepricingFields
{
    /// <summary>The room's services.</summary>
    public static void Add(IServiceCollection services)
    {
        PriceChangeSetFields.Add(services);
        PriceSimulationFields.Add(services);
    }

    /// <summary>Names the resolvers.</summary>
    public static void Map(ResolverMap map)
    {
        PriceChangeSetFields.Map(map);
        PriceSimulationFields.Map(map);
    }
}
