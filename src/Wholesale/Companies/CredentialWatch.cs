using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Events;
using Wholesale.Platform.Identity;

namespace Wholesale.Companies;

/// <summary>
/// Tells those who go on after a request, such as subscriptions, when their credential ends: at its expiry, and within two seconds when it was revoked on any node or its
/// user is gone. All watched credentials are looked up by one statement a second, and at once when something that can end one is heard of. While the
/// database does not answer nothing is known to have ended, so nothing is ended but by expiry. Thread-safe; one a process.
/// </summary>
public sealed class CredentialWatch : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly IServiceScopeFactory scopes;
    private readonly Clock clock;
    private readonly ILogger<CredentialWatch> log;
    private readonly Lock sync = new();
    private readonly HashSet<CredentialLease> leases = [];

    // One pending look is enough: it begins after whatever asked for it.
    private readonly Channel<bool> looks = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Watches nothing yet.</summary>
    public CredentialWatch(IServiceScopeFactory scopes, Clock clock, CommittedEvents committed, ILogger<CredentialWatch> log)
    {
        this.scopes = scopes;
        this.clock = clock;
        this.log = log;
        committed.Subscribe(
            events =>
            {
                if (events.Any(e => e.Type is IdentityEvents.ApiKeyRevoked or IdentityEvents.ApiKeyRotated or CompanyEvents.CompanyChanged))
                {
                    looks.Writer.TryWrite(true);
                }
            },
            () => looks.Writer.TryWrite(true));
    }

    /// <summary>Watches a credential until the lease is disposed of.</summary>
    public CredentialLease Watch(Credential credential)
    {
        var lease = new CredentialLease(this, credential);
        lock (sync)
        {
            leases.Add(lease);
        }

        lease.Start(clock);
        looks.Writer.TryWrite(true); // it may have been revoked since it was read
        return lease;
    }

    internal void Forget(CredentialLease lease)
    {
        lock (sync)
        {
            leases.Remove(lease);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = clock.TimeProvider.CreateTimer(_ => looks.Writer.TryWrite(true), null, Interval, Interval);
        await foreach (var _ in looks.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await Look(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                log.LogError(exception, "The credentials of those connected could not be looked up; the next try is in a second.");
            }
        }
    }

    private async ValueTask Look(CancellationToken cancellation)
    {
        List<CredentialLease> watched;
        lock (sync)
        {
            watched = [.. leases.Where(lease => lease.Credential.Kind != CredentialKind.None)];
        }

        if (watched.Count == 0)
        {
            return;
        }

        var live = await Live(watched, cancellation);
        foreach (var lease in watched.Where(lease => !live.Contains((lease.Credential.Kind, lease.Credential.Id))))
        {
            lease.End();
        }
    }

    private async Task<HashSet<(CredentialKind, long)>> Live(List<CredentialLease> watched, CancellationToken cancellation)
    {
        List<long> Ids(CredentialKind kind) => [.. watched.Where(lease => lease.Credential.Kind == kind).Select(lease => lease.Credential.Id).Distinct()];
        var (keyIds, tokenIds, loginIds, now) = (Ids(CredentialKind.ApiKey), Ids(CredentialKind.AccessToken), Ids(CredentialKind.Login), clock.UtcNow);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WholesaleDb>();
        var keys = db.ApiKeys
            .Where(key => keyIds.Contains(key.Id) && key.RevokedAt == null && (key.ExpiresAt == null || key.ExpiresAt > now)
                && (key.CompanyUserId == null || db.CompanyUsers.Any(user => user.Id == key.CompanyUserId)))
            .Select(key => new { Kind = CredentialKind.ApiKey, key.Id });
        var tokens = db.AccessTokens
            .Where(token => tokenIds.Contains(token.Id) && db.ApiKeys.Any(key => key.Id == token.CreatedByKeyId && key.RevokedAt == null))
            .Select(token => new { Kind = CredentialKind.AccessToken, token.Id });
        var logins = db.UserLogins
            .Where(login => loginIds.Contains(login.Id))
            .Select(login => new { Kind = CredentialKind.Login, login.Id });
        var live = await keys.Concat(tokens).Concat(logins).ToListAsync(cancellation);
        return [.. live.Select(row => (row.Kind, row.Id))];
    }
}

/// <summary>A watched credential. To be disposed of when nobody needs to know any more.</summary>
public sealed class CredentialLease : IDisposable
{
    // Timers do not reach further than some weeks, and measure time that passes, not the wall clock's.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromHours(1);

    private readonly CredentialWatch watch;
    private readonly CancellationTokenSource ended = new();
    private ITimer? timer;

    internal CredentialLease(CredentialWatch watch, Credential credential)
    {
        this.watch = watch;
        Credential = credential;
        Ended = ended.Token;
    }

    /// <summary>What is watched.</summary>
    public Credential Credential { get; }

    /// <summary>Cancelled when the credential has ended, on a thread of the pool; never without one (<see cref="Credential.None"/>).</summary>
    public CancellationToken Ended { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        watch.Forget(this);
        timer?.Dispose();
    }

    internal void Start(Clock clock)
    {
        if (Credential.ExpiresAt is { } expiresAt)
        {
            timer = clock.TimeProvider.CreateTimer(_ => EndOrWait(clock, expiresAt), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            EndOrWait(clock, expiresAt);
        }
    }

    /// <summary>Ends the lease without waiting for those who listen; again changes nothing.</summary>
    internal void End() => _ = ended.CancelAsync();

    private void EndOrWait(Clock clock, DateTime expiresAt)
    {
        var left = expiresAt - clock.UtcNow;
        if (left <= TimeSpan.Zero)
        {
            End();
        }
        else
        {
            timer!.Change(left < LongestTimer ? left : LongestTimer, Timeout.InfiniteTimeSpan);
        }
    }
}
