using Microsoft.EntityFrameworkCore;
using Wholesale.Platform.Events;
using Wholesale.Platform.Idempotency;
using Wholesale.Platform.Identity;

namespace Wholesale;

public abstract partial class WholesaleDb
{
    /// <summary>The log of all changes.</summary>
    public DbSet<Event> Events => Set<Event>();

    /// <summary>The records of API keys; the secrets are not kept.</summary>
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    /// <summary>The records of access tokens; the tokens are not kept.</summary>
    public DbSet<AccessToken> AccessTokens => Set<AccessToken>();

    /// <summary>The answers given to mutations with an idempotency key.</summary>
    public DbSet<StoredAnswer> StoredAnswers => Set<StoredAnswer>();

    private static void MapPlatform(ModelBuilder model)
    {
        Event.Map(model);
        ApiKey.Map(model);
        AccessToken.Map(model);
        StoredAnswer.Map(model);
    }
}
