using System.Collections;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Wholesale.Catalog;
using Wholesale.GraphQL.Execution;
using Wholesale.Inventory;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;
using Wholesale.Platform.Idempotency;
using Wholesale.Pricing;
using Wholesale.Repricing;

namespace Wholesale.Tests.Platform.Database;

/// <summary>
/// The statements that SQL Server is sent, as text. Compiled queries are static and belong to the model that used them first, which in this process is mostly
/// SQLite's. So <see cref="Apart"/> loads product and tests a second time, and there only SQL Server's model is used; nothing but text crosses.
/// </summary>
internal static class SqlServerStatements
{
    private static readonly DateTime Noon = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);
    private static readonly Lazy<Type> Second = new(() => new SecondLoad().LoadFromAssemblyName(typeof(SqlServerStatements).Assembly.GetName())
        .GetType(typeof(SqlServerStatements).FullName!, throwOnError: true)!);

    /// <summary>Calls one of the other methods in the second load.</summary>
    public static Task<string> Apart(string method) => (Task<string>)Second.Value.GetMethod(method)!.Invoke(null, [])!;

    /// <summary>All compiled queries, by name.</summary>
    public static async Task<string> OfCompiledQueries()
    {
        var noted = new NotedStatements();
        var failures = new List<string>();
        foreach (var (name, query) in CompiledQueries())
        {
            try
            {
                await noted.Of(name, db => Call(query, db));
            }
            catch (Exception exception)
            {
                failures.Add($"{name} cannot be called: {exception}");
            }
        }

        return failures.Count == 0 ? noted.ToString() : throw new InvalidOperationException(string.Join("\n", failures));
    }

    /// <summary>Rows written in bulk: text, instants, an enumeration.</summary>
    public static async Task<string> OfBulkRows()
    {
        var noted = new NotedStatements();
        Product[] products = [new() { Id = 1, Sku = "A", Kind = ProductKind.FinishedGood, CreatedAt = Noon, UpdatedAt = Noon, PublishedAt = Noon }];
        await noted.Of("BulkRows.Insert", db => BulkRows.Insert(db, products).AsTask());
        await noted.Of("BulkRows.InsertMissing", db => BulkRows.InsertMissing(db, products).AsTask());
        await noted.Of("BulkRows.Update", db => BulkRows.Update(db, products).AsTask());
        await noted.Of("BulkRows.Update of columns", db => BulkRows.Update(db, products, p => new { p.Brand, p.PublishedTo }).AsTask());
        await noted.Of("BulkRows.Update by another key", db => BulkRows.Update(db, products, p => p.Brand, p => p.Sku).AsTask());
        await noted.Of("BulkRows.Add", db => BulkRows.Add(
            db, [new StockLevel { VariantId = 1, WarehouseId = 2, Reserved = new(3) }], l => new { l.Reserved }, "{OnHand} - {Reserved} >= 0").AsTask());
        await noted.Of("BulkRows.Delete", db => BulkRows.Delete(db, products).AsTask());
        return noted.ToString();
    }

    /// <summary>The pages of products that a buyer can ask for.</summary>
    public static async Task<string> OfProductPages()
    {
        var noted = new NotedStatements();
        var category = new NodeId(nameof(Category), 1);
        AttributeFilter[] attributes = [new("color", ["red", "blue"])];
        (string Name, ProductFilter Filter)[] filters =
        [
            ("all", new()),
            ("of a category", new(CategoryId: category)),
            ("with SKUs", new(Skus: ["A", "B"])),
            ("of a brand", new(Brand: "A")),
            ("of a kind", new(Kind: ProductKind.FinishedGood)),
            ("published after an instant", new(PublishedAfter: Noon)),
            ("with an attribute", new(Attributes: attributes)),
            ("with each condition", new(category, ["A"], "A", ProductKind.FinishedGood, Noon, attributes)),
        ];
        foreach (var (name, filter) in filters)
        {
            foreach (var sort in Enum.GetValues<ProductSort>())
            {
                await noted.Of($"ProductList by {sort}, {name}", db => Page(db, filter, sort).AsTask());
            }
        }

        foreach (var sort in Enum.GetValues<ProductSort>())
        {
            await noted.Of($"ProductList of heads by {sort}, with each condition", db => Page(db, filters[^1].Filter, sort, SelectedFields.None).AsTask());
        }

        await noted.Of("ProductList counted", async db => await (await Page(db, new(Brand: "A"), ProductSort.Name)).Count!());
        return noted.ToString();
    }

    /// <summary>What each request, each write, each start or each second has.</summary>
    public static async Task<string> OfPlatform()
    {
        var noted = new NotedStatements();
        await noted.Of("DatabaseLocks.TakeWrites", db => DatabaseLocks.TakeWrites(db, default).AsTask());
        await noted.Of("DatabaseLocks.TakeOne", db => DatabaseLocks.TakeOne(db, "Cart", 7, default).AsTask());
        await noted.Of("DatabaseLocks.TryTakeRequest", db => DatabaseLocks.TryTakeRequest(db, "User:7", "key", TimeSpan.FromSeconds(10), default).AsTask());
        await noted.Of("DatabaseLocks.TakeEventNumbers", db => DatabaseLocks.TakeEventNumbers(db, default).AsTask());
        await noted.Of("DatabaseChecks.SqlServer.Settings", db => DatabaseChecks.SqlServer.Settings(db, default));
        await noted.Of("IdempotentRequests.Find", Find);
        await noted.Of("PriceClock.Due", Tick);
        return noted.ToString();
    }

    /// <summary>Every static member that holds a query which EF Core compiled.</summary>
    private static SortedDictionary<string, Delegate> CompiledQueries()
    {
        var queries = new SortedDictionary<string, Delegate>(StringComparer.Ordinal);
        foreach (var type in typeof(WholesaleDb).Assembly.GetTypes().Where(type => !type.ContainsGenericParameters))
        {
            foreach (var field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (TakesContext(field.FieldType) && field.GetValue(null) is Delegate { Target: { } target } query
                    && target.GetType().Namespace == "Microsoft.EntityFrameworkCore.Query.Internal")
                {
                    queries.Add($"{type.FullName![(type.Namespace!.Length + 1)..].Replace('+', '.')}.{MemberName(field.Name)}", query);
                }
            }
        }

        return queries;
    }

    private static bool TakesContext(Type type) =>
        typeof(Delegate).IsAssignableFrom(type) && type.GetMethod("Invoke")?.GetParameters() is [var first, ..] && first.ParameterType == typeof(WholesaleDb);

    /// <summary>A property's, if the field is behind one.</summary>
    private static string MemberName(string field) => field.StartsWith('<') ? field[1..field.IndexOf('>', StringComparison.Ordinal)] : field;

    private static async Task Call(Delegate query, WholesaleDb db)
    {
        var arguments = query.GetType().GetMethod("Invoke")!.GetParameters().Skip(1).Select(parameter => Argument(parameter.ParameterType));
        var result = query.DynamicInvoke([db, .. arguments])!;
        if (result is Task task)
        {
            await task;
            return;
        }

        var row = result.GetType().GetInterfaces().Single(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)).GetGenericArguments()[0];
        await (Task)typeof(SqlServerStatements).GetMethod(nameof(ReadAll), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(row).Invoke(null, [result])!;
    }

    private static async Task ReadAll<T>(IAsyncEnumerable<T> rows)
    {
        await foreach (var _ in rows)
        {
        }
    }

    /// <summary>Some value of a type. What it is changes no statement.</summary>
    private static object? Argument(Type type)
    {
        if (type == typeof(string))
        {
            return "";
        }

        if (type == typeof(byte[]))
        {
            return new byte[32];
        }

        if (type == typeof(DateTime))
        {
            return Noon;
        }

        if (type.IsValueType)
        {
            return Activator.CreateInstance(type);
        }

        var item = type.IsArray ? type.GetElementType()! : type.GetGenericArguments() is [var only] ? only
            : throw new NotSupportedException($"There is no value of the type {type}.");
        var items = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
        items.Add(Argument(item));
        items.Add(Argument(item));
        if (!type.IsArray)
        {
            return items;
        }

        var array = Array.CreateInstance(item, items.Count);
        items.CopyTo(array, 0);
        return array;
    }

    private static ValueTask<Connection<LocalizedProduct>> Page(WholesaleDb db, ProductFilter filter, ProductSort sort, SelectedFields? selected = null) =>
        ProductList.Read(db, new Sight(Everything: false, Noon, CompanyId: 1, ViewIds: [1, 2], "en"), Wholesale.Platform.Page.Of(20), filter, sort, selected ?? SelectedFields.All, default);

    private static async Task Find(WholesaleDb db)
    {
        var clock = new Clock(new FakeTime());
        using var running = new CancellationTokenSource();
        var writes = new Writes(db, new WriteGate(), clock, new CommittedEvents(NullLogger<CommittedEvents>.Instance));
        var caller = new Principal(PrincipalKind.Staff, 1, null, "Sam", PermissionSet.All);
        await running.CancelAsync(); // it looks without, and then cannot write
        try
        {
            await new IdempotentRequests(db, writes, new DurableCommits(), new RunningRequests(clock), clock).Run(
                caller, "key", new byte[] { 1 }, () => throw new NotSupportedException(), WriteLane.Shared, running.Token);
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>With the steps of all rooms, in their order.</summary>
    private static async Task Tick(WholesaleDb db)
    {
        var services = new ServiceCollection().AddLogging()
            .AddSingleton<TimeProvider>(new FakeTime()).AddSingleton<Clock>().AddSingleton<WriteGate>().AddSingleton<CommittedEvents>()
            .AddSingleton(db).AddScoped<Writes>();
        PricingFields.Add(services, new ConfigurationBuilder().Build());
        RepricingFields.Add(services);
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<PriceClock>().Tick(default);
    }

    /// <summary>Has product and tests for itself and all else in common. It stays: EF Core keeps models as long as the process.</summary>
    private sealed class SecondLoad() : AssemblyLoadContext("SQL Server")
    {
        protected override Assembly? Load(AssemblyName assemblyName) => assemblyName.Name is "Wholesale" or "Wholesale.Tests"
            ? LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, $"{assemblyName.Name}.dll"))
            : null;
    }
}
