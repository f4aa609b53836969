using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Tests;

/// <summary>A database of one test's own with all tables, and what the rooms need around it. The clock stands at <see cref="Noon"/>.</summary>
public sealed class RoomDatabase : IDisposable
{
    public static readonly DateTime Noon = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    public static readonly Principal Staff = new(PrincipalKind.Staff, 1, null, "Sam", PermissionSet.All);

    // SQLite's tables are made once; each test begins with a copy of the file.
    private static readonly Lazy<byte[]> Empty = new(MakeEmpty);

    private readonly TempDirectory directory = new();
    private readonly WriteGate gate = new();

    public RoomDatabase()
    {
        if (directory.DatabaseSettings is { Provider: DatabaseProvider.Sqlite, ConnectionString: var file })
        {
            File.WriteAllBytes(new SqliteConnectionStringBuilder(file).DataSource, Empty.Value);
        }

        Clock = new Clock(Time);
        Ids = new Ids(Clock, 0);
        Callers = new Callers(Clock, Committed);
        Sights = new Sights(Clock, Committed);
    }

    public FakeTime Time { get; } = new();

    public Clock Clock { get; }

    public Ids Ids { get; }

    public StatementCounter Statements { get; } = new();

    public CommittedEvents Committed { get; } = new(NullLogger<CommittedEvents>.Instance);

    public Callers Callers { get; }

    public Sights Sights { get; }

    public WholesaleDb Open() => directory.Open(Statements);

    /// <summary>Runs a change as staff, in a transaction of its own.</summary>
    public async Task<T> Write<T>(Func<WholesaleDb, Writes, ValueTask<T>> work)
    {
        await using var db = Open();
        var writes = new Writes(db, gate, Clock, Committed);
        return await writes.Run(Actor.Of(Staff), () => work(db, writes));
    }

    /// <summary>Reads with a context of its own.</summary>
    public async Task<T> Read<T>(Func<WholesaleDb, ValueTask<T>> read)
    {
        await using var db = Open();
        return await read(db);
    }

    /// <summary>Reads, and tells how many statements that took.</summary>
    public async Task<(T Result, long Statements)> Count<T>(Func<WholesaleDb, ValueTask<T>> read)
    {
        await using var db = Open();
        var before = Statements.Total;
        var result = await read(db);
        return (result, Statements.Total - before);
    }

    /// <summary>The caller that a user of a company is.</summary>
    public async Task<Caller> CallerOf(string userExternalId)
    {
        var user = await Read(async db => await db.CompanyUsers.SingleAsync(u => u.ExternalId == userExternalId));
        var principal = new Principal(PrincipalKind.CompanyUser, 2, user.Id, "key", PermissionSet.All);
        return await Read(db => Callers.Of(db, principal, default));
    }

    public Task<Sight> SightOf(Caller caller) => Read(db => Sights.Of(db, caller, default));

    public Task<Sight> StaffSight() => SightOf(Caller.Without(Staff));

    /// <summary>A request, for what resolves services: node loaders and guards.</summary>
    public async Task<T> Request<T>(Principal principal, Func<RequestContext, ValueTask<T>> work)
    {
        var services = new ServiceCollection()
            .AddSingleton(Callers).AddSingleton(Sights).AddScoped<RequestLanguages>().AddScoped<RequestCaller>().AddScoped<RequestSight>()
            .AddScoped<WholesaleDb>(_ => Open());
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        return await work(new RequestContext(scope.ServiceProvider, principal, default));
    }

    public void Dispose()
    {
        Statements.Dispose();
        directory.Dispose();
    }

    private static byte[] MakeEmpty()
    {
        using var temporary = new TempDirectory();
        using (var db = temporary.Open())
        {
            db.Database.EnsureCreated();
            db.Database.ExecuteSqlRaw("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        return File.ReadAllBytes(new SqliteConnectionStringBuilder(temporary.DatabaseSettings.ConnectionString).DataSource);
    }
}
