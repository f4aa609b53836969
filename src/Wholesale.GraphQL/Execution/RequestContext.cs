namespace Wholesale.GraphQL.Execution;

/// <summary>One request, as resolvers, parameter providers and guards see it. Its fields run one after another: nothing in here is shared between threads.</summary>
/// <param name="services">The request's own service scope.</param>
/// <param name="caller">The host's word for who asks; the engine only passes it on.</param>
/// <param name="cancellation">Cancelled when the client is gone or time is up.</param>
public sealed class RequestContext(IServiceProvider services, object? caller, CancellationToken cancellation)
{
    /// <summary>The request's own service scope.</summary>
    public IServiceProvider Services => services;

    /// <summary>The host's word for who asks; null where the host gave none.</summary>
    public object? Caller => caller;

    /// <summary>Cancelled when the client is gone or time is up.</summary>
    public CancellationToken Cancellation => cancellation;
}
