using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;
using Wholesale.Platform.Identity;

namespace Wholesale.Demo;

/// <summary>A key of the demo.</summary>
/// <param name="Owner">The company's external id; <see cref="DemoKeys.Staff"/> for staff.</param>
/// <param name="Title">Whose it is and what that shows, in words.</param>
/// <param name="Secret">What is sent as <c>X-Api-Key</c>.</param>
public sealed record DemoKey(string Owner, string Title, string Secret);

/// <summary>The demo's keys, one a company and one for staff: random, kept in <see cref="DemoKeyFile"/> because the database knows only their hashes.</summary>
public sealed class DemoKeys
{
    /// <summary>The owner of the key for staff.</summary>
    public const string Staff = "staff";

    private const string KeyName = "Demo";

    private static readonly (string Owner, string Title)[] Owners =
    [
        (DemoCompanies.Summit, "Summit Industrial Supply: whole catalog, USD, gold tier"),
        (DemoCompanies.Bergmann, "Bergmann Gebäudetechnik: a part of it, EUR, in German"),
        (DemoCompanies.Harbor, "Harbor Uniforms: workwear, USD, contract prices"),
        (Staff, "Staff: everything, at the second endpoint"),
    ];

    private DemoKeys(IReadOnlyList<DemoKey> all) => All = all;

    /// <summary>The companies' keys, then that of staff.</summary>
    public IReadOnlyList<DemoKey> All { get; }

    /// <summary>Takes the keys of the file that still work, and makes the others anew.</summary>
    /// <param name="services">A scope's.</param>
    /// <param name="cancellation">Gives up.</param>
    internal static async ValueTask<DemoKeys> FindOrCreate(IServiceProvider services, CancellationToken cancellation)
    {
        var file = new DemoKeyFile(DatabaseSettings.DataDirectory(
            services.GetRequiredService<IConfiguration>(), services.GetRequiredService<IHostEnvironment>()));
        var known = file.Read();
        var users = await Users(services.GetRequiredService<WholesaleDb>(), cancellation);
        var secrets = new Dictionary<string, string>();
        var isComplete = true;
        foreach (var (owner, _) in Owners)
        {
            long? userId = owner == Staff ? null : users[owner];
            if (known.TryGetValue(owner, out var secret) && await Works(services, secret, userId))
            {
                secrets[owner] = secret;
                continue;
            }

            secrets[owner] = await Create(services, userId, cancellation);
            isComplete = false;
        }

        if (!isComplete)
        {
            file.Write(secrets);
        }

        return new DemoKeys([.. Owners.Select(owner => new DemoKey(owner.Owner, owner.Title, secrets[owner.Owner]))]);
    }

    /// <summary>Prints where the server is, the keys, and a command that asks for products with one company's prices.</summary>
    /// <param name="addresses">What the server listens on.</param>
    /// <param name="output">Gets the text.</param>
    public void Print(IEnumerable<string> addresses, TextWriter output)
    {
        var address = Reachable(addresses);
        var width = All.Max(key => key.Title.Length);
        // By one call, so that no line of the log comes in between.
        output.WriteLine($"""

            Storefronts and resellers  {address}/graphql
            Staff                      {address}/admin/graphql

            Send one of these keys as X-Api-Key:
            {string.Join('\n', All.Select(key => $"  {key.Title.PadRight(width)}  {key.Secret}"))}

            Three products at the first company's prices:
            {Curl(address, All[0].Secret)}

            """);
    }

    /// <summary>A command for a POSIX shell: the body holds no apostrophe, so one pair of them quotes it.</summary>
    private static string Curl(string address, string secret)
    {
        const string Query =
            "{ products(first: 3) { edges { node { name variants(first: 2) { edges { node { sku price "
            + "{ unitPrice { amount currency } breaks { minimumQuantity unitPrice { amount } } } } } } } } } }";
        return $$"""curl -s {{address}}/graphql -H 'Content-Type: application/json' -H 'X-Api-Key: {{secret}}' -d '{"query":"{{Query}}"}'""";
    }

    /// <summary>The first address that can be called from this machine; http goes first, whose certificate nobody has to trust.</summary>
    private static string Reachable(IEnumerable<string> addresses)
    {
        var address = addresses.Select(BindingAddress.Parse)
            .Where(a => !a.IsUnixPipe && !a.IsNamedPipe)
            .OrderBy(a => a.Scheme, StringComparer.Ordinal)
            .FirstOrDefault();
        if (address is null)
        {
            return "http://localhost";
        }

        var host = address.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "localhost" : address.Host;
        return $"{address.Scheme}://{host}:{address.Port}{address.PathBase}";
    }

    private static async ValueTask<Dictionary<string, long>> Users(WholesaleDb db, CancellationToken cancellation)
    {
        var externalIds = DemoCompanies.ExternalIds.ToHashSet();
        return await (
            from user in db.CompanyUsers
            join company in db.Companies on user.CompanyId equals company.Id
            where externalIds.Contains(company.ExternalId) && user.ExternalId == DemoCompanies.WebShopUser
            select new { company.ExternalId, user.Id }).ToDictionaryAsync(pair => pair.ExternalId, pair => pair.Id, cancellation);
    }

    private static async ValueTask<bool> Works(IServiceProvider services, string secret, long? userId) =>
        await services.GetRequiredService<ApiKeys>().Authenticate(secret) is { Principal: var principal }
        && principal.CompanyUserId == userId
        && principal.Kind == (userId is null ? PrincipalKind.Staff : PrincipalKind.CompanyUser);

    /// <summary>Makes a key. Where as many are live as may be, the oldest of the demo's own goes: its secret is lost, or it would not be replaced.</summary>
    private static ValueTask<string> Create(IServiceProvider services, long? userId, CancellationToken cancellation)
    {
        var keys = services.GetRequiredService<ApiKeys>();
        var system = new Principal(PrincipalKind.Staff, 0, null, KeyName, PermissionSet.All);
        return services.GetRequiredService<Writes>().Run(Actor.System, async () =>
        {
            var input = new NewApiKey(KeyName, userId, null, null);
            var created = await keys.Create(input, system, cancellation);
            if (created.UserErrors is [{ Code: IdentityErrors.TooManyLiveKeys }] && await OldestLive(services, userId, cancellation) is { } oldest)
            {
                await keys.Revoke(oldest, cancellation);
                created = await keys.Create(input, system, cancellation);
            }

            return created.Secret ?? throw new InvalidOperationException($"The demo gets no key: {created.UserErrors[0].Message}");
        }, cancellation);
    }

    private static Task<long?> OldestLive(IServiceProvider services, long? userId, CancellationToken cancellation) =>
        services.GetRequiredService<WholesaleDb>().ApiKeys
            .Where(key => key.CompanyUserId == userId && key.Name == KeyName && key.RevokedAt == null)
            .OrderBy(key => key.Id)
            .Select(key => (long?)key.Id)
            .FirstOrDefaultAsync(cancellation);
}
