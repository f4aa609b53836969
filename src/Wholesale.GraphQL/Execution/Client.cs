namespace Wholesale.GraphQL.Execution;

/// <summary>Who sends a request, as far as the engine must know: what to pass on, whom to charge, what to allow.</summary>
public sealed record Client
{
    /// <summary>A host that tells its callers apart gives none of these.</summary>
    public static Client Unknown { get; } = new();

    /// <summary>The host's word for who asks: resolvers see it as <see cref="RequestContext.Caller"/>, and by Equals it owns the documents that it made the cache keep.</summary>
    public object? Caller { get; init; }

    /// <summary>Whom to charge for what runs out, by Equals; null: the <see cref="Caller"/>. Callers without a credential are one caller, though each address has its own account.</summary>
    public object? Account { get; init; }

    /// <summary>What its requests may take.</summary>
    public RequestLimits Limits { get; init; } = RequestLimits.SignedIn;

    internal object DocumentOwner => Caller ?? Unknown;
}
