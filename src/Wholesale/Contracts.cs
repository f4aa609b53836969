using System.Reflection;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.GraphQL;
using Wholesale.GraphQL.Execution;
using Wholesale.GraphQL.Http;
using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;
using Wholesale.Platform.Idempotency;
using Wholesale.Platform.Identity;
using Wholesale.Platform.Telemetry;
using Wholesale.TrustedDocuments;

namespace Wholesale;

/// <summary>
/// One SDL, two contracts: <c>/graphql</c> for buyers is <c>schema/*.graphql</c> without what carries <c>@admin</c>, <c>/admin/graphql</c> for the seller is all of it.
/// Both are bound to the same resolvers at start-up; whatever does not fit stops the start, every coordinate named.
/// </summary>
internal sealed class Contracts
{
    private Contracts(ExecutableSchema buyers, ExecutableSchema seller, WriteLanes lanes)
    {
        Buyers = buyers;
        Seller = seller;
        Lanes = lanes;
    }

    /// <summary>What storefronts and resellers see.</summary>
    public ExecutableSchema Buyers { get; }

    /// <summary>What the seller's own staff and systems see.</summary>
    public ExecutableSchema Seller { get; }

    /// <summary>Where their mutations stand in line.</summary>
    public WriteLanes Lanes { get; }

    /// <summary>Builds, checks and binds both.</summary>
    /// <exception cref="SchemaException">Lists every problem.</exception>
    public static Contracts Load()
    {
        var map = Map();
        var sources = Sources();
        var seller = SchemaBuilder.Build(sources);
        var problems = AccessProblems(seller);
        if (problems.Count > 0)
        {
            throw new SchemaException(problems);
        }

        return new Contracts(
            ExecutableSchema.Bind(SchemaBuilder.Build(sources, withoutDirective: "admin"), map, isPart: true), ExecutableSchema.Bind(seller, map), WriteLanes.Of(map));
    }

    /// <summary>Tells of a document whether buyers could send it.</summary>
    /// <param name="limits">What the document may take.</param>
    public DocumentCheck Check(RequestLimits limits)
    {
        var executor = new GraphQLExecutor(Buyers);
        return (text, out operations) => executor.Check(text, limits, out operations);
    }

    private static ResolverMap Map()
    {
        var map = Features.Map();
        map.Guard(GuardOf);
        return map;
    }

    private static List<Source> Sources()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames().Where(n => n.StartsWith("schema/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return new Source(reader.ReadToEnd(), name);
        })];
    }

    /// <summary><c>@requires(permission:)</c>: refuses the field, and nothing else, to a caller whose role and key do not both grant it.</summary>
    private static FieldGuard? GuardOf(FieldDefinition field)
    {
        if (PermissionOf(field) is not { } name)
        {
            return null;
        }

        var permission = Enum.GetValues<Permission>().Single(p => NameOf(p) == name);
        var refusal = new GraphQLError($"{field.Coordinate} needs the permission {name}.") { Code = "FORBIDDEN" };
        return async context => (await context.Services.GetRequiredService<RequestCaller>().Get(context)).Permissions.Contains(permission) ? null : refusal;
    }

    private static string? PermissionOf(FieldDefinition field) => field.Directive("requires")?.ArgumentText("permission");

    private static string NameOf(Permission permission) =>
        string.Concat(permission.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? "_" + c : char.ToUpperInvariant(c).ToString()));

    /// <summary>
    /// Nobody reads by id what nobody decided upon: a field that takes an id, itself or within an input object, says whose it may be. And a forbidden field
    /// must be able to be null without taking anything else with it.
    /// </summary>
    private static List<string> AccessProblems(Schema schema)
    {
        var problems = new List<string>();
        foreach (var field in schema.Types.OfType<FieldsType>().SelectMany(t => t.Fields))
        {
            if (field.Arguments.Any(a => HoldsId(a.Type.Named, [])) && field.Directive("public") is null && field.Directive("owned") is null && PermissionOf(field) is null)
            {
                problems.Add($"{field.Coordinate} takes an id: say @public, @owned or @requires.");
            }

            if (PermissionOf(field) is not null && field.Type is NonNullType)
            {
                problems.Add($"{field.Coordinate} has @requires, so its type must be nullable.");
            }

            if (field.DeclaringType == schema.MutationType && PermissionOf(field) is null && field.Directive("owned") is null)
            {
                problems.Add($"{field.Coordinate} is a mutation: say who may call it with @requires or @owned.");
            }
        }

        return problems;
    }

    private static bool HoldsId(NamedType type, HashSet<NamedType> seen) =>
        type.Name == "ID" || (type is InputObjectType input && seen.Add(type) && input.Fields.Any(f => HoldsId(f.Type.Named, seen)));
}

/// <summary>The two contracts as endpoints.</summary>
internal static class ContractEndpoints
{
    /// <summary>Maps <c>/graphql</c> and <c>/admin/graphql</c>, the latter for staff alone.</summary>
    public static void MapContracts(this WebApplication app)
    {
        var contracts = app.Services.GetRequiredService<Contracts>();
        var mutations = new Mutations(contracts.Lanes);
        var commits = app.Services.GetRequiredService<DurableCommits>();
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Wholesale.GraphQL");
        var options = new ExecutorOptions
        {
            Suggestions = !app.Environment.IsProduction(),
            Execution = new ExecutionOptions
            {
                AroundMutationField = mutations.AroundField,
                BeforeAnswer = _ => commits.Reached(),
                OnException = (exception, coordinate, context) =>
                {
                    log.LogError(exception, "{Coordinate} failed.", coordinate);
                    RequestTally.Current?.Fail(exception);
                    context.Services.GetRequiredService<MutationOutcome>().Note(exception);
                    return Faults.TraceId();
                },
                Translate = DatabaseFaults.ErrorOf,
                OnListTooLong = (coordinate, excess, _) => log.LogWarning("{Coordinate} gave {Excess} more items than its @listSize says.", coordinate, excess),
            },
        };
        var limits = app.Services.GetRequiredService<Limits>();
        var time = app.Services.GetRequiredService<TimeProvider>();
        var endpoint = new EndpointOptions
        {
            Client = http => ClientOf(http, limits),
            AroundMutation = mutations.AroundOperation,
            Gate = limits.Gate,
            Streams = limits.Streams,
            NewScope = SetLanguages,
            Watch = app.Services.GetService<OperationTelemetry>() is { } telemetry ? telemetry.Begin : null,
            Costs = new CostBuckets(time),
            Time = time,
        };
        var documents = new PersistedDocuments(FindDocument, app.Configuration.GetValue("TrustedDocuments:Required", false));
        GraphQLEndpoint.Map(app, "/graphql", new GraphQLExecutor(contracts.Buyers, options), endpoint with
        {
            Admit = AdmitBuyers,
            Connect = new SocketClients(limits, IsBuyer).Connect,
            PersistedDocuments = documents,
        });
        GraphQLEndpoint.Map(app, "/admin/graphql", new GraphQLExecutor(contracts.Seller, options), endpoint with
        {
            Admit = AdmitStaff,
            Connect = new SocketClients(limits, (_, principal, _) => new(principal.Kind == PrincipalKind.Staff)).Connect,
        });
    }

    private static async ValueTask<bool> AdmitStaff(HttpContext http)
    {
        var kind = http.Principal().Kind;
        if (kind != PrincipalKind.Staff)
        {
            await (kind == PrincipalKind.Anonymous
                ? Refuse(http, StatusCodes.Status401Unauthorized, "UNAUTHENTICATED")
                : Refuse(http, StatusCodes.Status403Forbidden, "FORBIDDEN"));
        }

        return kind == PrincipalKind.Staff;
    }

    /// <summary>Without a credential there is the public view, if the seller has given one to everyone; else nothing.</summary>
    private static async ValueTask<bool> AdmitBuyers(HttpContext http)
    {
        var isAdmitted = await IsBuyer(http.RequestServices, http.Principal(), http.RequestAborted);
        if (!isAdmitted)
        {
            await Refuse(http, StatusCodes.Status401Unauthorized, "UNAUTHENTICATED", $"The catalog is not public: send an API key in the header {CredentialHeaders.ApiKeyHeader}, or a bearer token.");
        }

        return isAdmitted;
    }

    private static async ValueTask<bool> IsBuyer(IServiceProvider services, Principal principal, CancellationToken cancellation) => principal.Kind != PrincipalKind.Anonymous
        || await services.GetRequiredService<Sights>().IsPublic(services.GetRequiredService<WholesaleDb>(), cancellation);

    private static Task Refuse(HttpContext http, int status, string code, string detail = "This endpoint is for the seller's staff.") =>
        new CredentialProblem(status, code, detail).Send(http);

    private static ValueTask<PersistedDocument?> FindDocument(RequestContext context, string id)
    {
        var services = context.Services;
        return services.GetRequiredService<TrustedDocumentLookup>().Find(services.GetRequiredService<WholesaleDb>(), id, context.Cancellation);
    }

    private static Client ClientOf(HttpContext http, Limits limits)
    {
        SetLanguages(http, http.RequestServices);
        return MediaTypes.AcceptsEventStream(http.Request) ? StreamClients.Of(http, http.Credential(), limits) : limits.Of(http.Principal(), http.Connection.RemoteIpAddress);
    }

    private static void SetLanguages(HttpContext http, IServiceProvider services) =>
        services.GetRequiredService<RequestLanguages>().Wishes = RequestLanguages.Parse(http.Request.Headers.AcceptLanguage);
}
