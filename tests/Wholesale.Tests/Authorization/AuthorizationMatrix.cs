using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Wholesale.GraphQL.Types;

namespace Wholesale.Tests.Authorization;

/// <summary>What was answered.</summary>
/// <param name="Status">Of HTTP.</param>
/// <param name="Text">The body, in which the id that was sent is <c>(id)</c>.</param>
/// <param name="Work">What the header says that it cost; null: nothing.</param>
internal sealed record Answer(HttpStatusCode Status, string Text, string? Work);

/// <summary>One contract, asked by everybody for everything that takes an id. It notes what should not have been.</summary>
/// <param name="world">Where.</param>
/// <param name="schema">The contract.</param>
/// <param name="path">Its endpoint.</param>
internal sealed class AuthorizationMatrix(AuthorizationWorld world, Schema schema, string path)
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 200 };
    private static readonly string[] Companies = [AuthorizationWorld.A, AuthorizationWorld.B];

    private readonly Dictionary<(string Place, string Type, bool IsFull), ContractCall> calls = [];
    private readonly Dictionary<string, IReadOnlySet<string>> shown = [];
    private readonly HashSet<string> found = [];

    /// <summary>What should not have been.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>The places that an answer was given for.</summary>
    public HashSet<string> Exercised { get; } = [];

    /// <summary>The places where an own id was not answered as one that is not there, for somebody at least: that which the others' answers are worth something by.</summary>
    public IReadOnlySet<string> Found => found;

    /// <summary>How many calls were made.</summary>
    public int Cells { get; private set; }

    /// <summary>How many bytes were searched for what is another's.</summary>
    public long Bytes { get; private set; }

    /// <summary>Each place of an id in the contract.</summary>
    public IReadOnlyList<IdPlace> Places { get; } = [.. schema.Types.OfType<ObjectType>().SelectMany(type => type.Fields).SelectMany(IdPlace.Of)];

    private IEnumerable<Asker> Askers => world.Askers;

    /// <summary>Whoever lacks a field's permission is told so, and nothing happens.</summary>
    public async Task Refuse()
    {
        var before = await world.LastEvent();
        foreach (var asker in Askers)
        {
            foreach (var field in RootFields().Where(field => !IsAdmitted(asker) || !May(asker, field)))
            {
                foreach (var place in IdPlace.Of(field).DefaultIfEmpty(new(field, [])))
                {
                    var type = TypesOf(place)[0];
                    foreach (var id in place.Path.Count == 0 ? [""] : Companies.Select(company => world.Ids(type, company)[0]))
                    {
                        Check(IsRefused(asker, field, await Ask(asker, place, type, id)), $"{asker.Name} is not refused by {place}");
                    }
                }
            }
        }

        Check(await world.LastEvent() == before, "something was changed by a call that was refused");
    }

    /// <summary>What a user reads of everything that takes no id, too.</summary>
    public async Task ReadAll()
    {
        foreach (var asker in Askers.Where(asker => IsAdmitted(asker) && !asker.IsStaff))
        {
            foreach (var field in schema.QueryType.Fields.Where(field => May(asker, field) && !IdPlace.Of(field).Any()))
            {
                await Ask(asker, new(field, []), TypesOf(new(field, []))[0], "");
            }
        }
    }

    /// <summary>Another's id, one of another type and nonsense are answered as an id that was never given.</summary>
    public async Task Compare(bool mutations)
    {
        foreach (var asker in Askers.Where(IsAdmitted))
        {
            foreach (var place in PlacesFor(asker, mutations))
            {
                var types = TypesOf(place);
                foreach (var (type, isFull) in types.SelectMany(type => Calls(place, type)))
                {
                    var unknown = await Ask(asker, place, type, world.UnknownId(type), isFull);
                    var strangers = types.Count > 1 ? Hidden(asker, type) : [.. Hidden(asker, type), OfAnotherType(type)];
                    foreach (var id in strangers.Append("nonsense"))
                    {
                        var answer = await Ask(asker, place, type, id, isFull);
                        Check(answer == unknown, $"{asker.Name} is told by {place} that {Name(id)} is there: {Difference(answer, unknown)}");
                    }
                }
            }
        }
    }

    /// <summary>Everybody by ids of its own. What makes an end of something comes last, and of a field what concerns a part before what concerns the whole.</summary>
    public async Task Use(Predicate<Asker> who, bool mutations)
    {
        foreach (var asker in Askers.Where(asker => IsAdmitted(asker) && who(asker)))
        {
            var cells = PlacesFor(asker, mutations).SelectMany(place => TypesOf(place).SelectMany(type => Calls(place, type)).Select(call => (Place: place, call.Type, call.IsFull)));
            foreach (var (place, type, isFull) in cells.OrderBy(cell => Finality(cell.Place.Field.Name)).ThenByDescending(cell => cell.Place.Path.Count).ThenBy(cell => cell.IsFull))
            {
                foreach (var id in Own(asker, type))
                {
                    if (await Ask(asker, place, type, id, isFull) != await Ask(asker, place, type, world.UnknownId(type), isFull))
                    {
                        found.Add(place.ToString());
                    }
                }
            }
        }
    }

    /// <summary>All that there is of a company, as the seller sees it.</summary>
    public async Task<IReadOnlyList<string>> Things(string company)
    {
        var (place, texts) = (IdPlace.Of(schema.QueryType.Field("node")!).Single(), new List<string>());
        foreach (var type in TypesOf(place).Where(type => !AuthorizationWorld.Shared.Contains(type)))
        {
            foreach (var id in world.Ids(type, company))
            {
                texts.Add((await Ask(Askers.Last(), place, type, id)).Text);
            }
        }

        return texts;
    }

    /// <summary>What takes something from others that they are still to be asked about comes late, and what leaves nothing last.</summary>
    private static int Finality(string name) => name.StartsWith("delete", StringComparison.Ordinal) ? 2
        : new[] { "place", "remove", "revoke", "cancel", "unassign" }.Any(verb => name.StartsWith(verb, StringComparison.Ordinal)) ? 1
        : 0;

    private IEnumerable<FieldDefinition> RootFields() => [.. schema.QueryType.Fields, .. schema.MutationType!.Fields];

    private IEnumerable<IdPlace> PlacesFor(Asker asker, bool mutations) =>
        (mutations ? schema.MutationType!.Fields : schema.QueryType.Fields.Concat(schema.SubscriptionType!.Fields)).Where(field => May(asker, field)).SelectMany(IdPlace.Of);

    private bool IsSubscription(IdPlace place) => place.Field.DeclaringType == schema.SubscriptionType;

    private bool IsAdmitted(Asker asker) => asker.IsStaff || path == "/graphql";

    private bool May(Asker asker, FieldDefinition field) =>
        asker.May(field.Directive("requires")?.ArgumentText("permission")) && (asker.Key is not null || field.DeclaringType != schema.MutationType);

    private IReadOnlyList<string> TypesOf(IdPlace place) => place.Path.Count > 0 ? place.TypesIn(schema) : [place.Field.Type.Named is ObjectType type ? type.Name : "Product"];

    /// <summary>The ids that are not there for somebody: others', and of its own company's what no field shows it.</summary>
    private IReadOnlyList<string> Hidden(Asker asker, string type)
    {
        if (asker.Permissions == "*" || (AuthorizationWorld.Shared.Contains(type) && Shows(asker, type)))
        {
            return [];
        }

        var others = Companies.Where(company => company != asker.Company).SelectMany(company => world.Ids(type, company));
        var isOwnHidden = !Shows(asker, type) || (AuthorizationWorld.Personal(asker).Contains(type) && !asker.IsOwner);
        return asker.IsStaff
            ? (type is "Product" or "Variant" ? [] : [.. others])
            : [.. others, .. isOwnHidden && asker.Company is { } own ? world.Ids(type, own) : []];
    }

    private IReadOnlyList<string> Own(Asker asker, string type) => world.Ids(type, asker.Company ?? AuthorizationWorld.A).Except(Hidden(asker, type)).Take(2).ToList();

    private string OfAnotherType(string type) => world.Ids(type == "Product" ? "Company" : "Product", AuthorizationWorld.A)[0];

    /// <summary>Whether any field but <c>node</c> that somebody may call leads to a type.</summary>
    private bool Shows(Asker asker, string type)
    {
        if (!shown.TryGetValue(asker.Name, out var types))
        {
            var seen = new HashSet<string>();
            var open = new Stack<FieldsType>([schema.QueryType, .. asker.Key is null ? Array.Empty<FieldsType>() : [schema.MutationType!]]);
            while (open.TryPop(out var next))
            {
                foreach (var inner in next.Fields.Where(field => May(asker, field)).Select(field => field.Type.Named).OfType<ObjectType>().Where(inner => seen.Add(inner.Name)))
                {
                    open.Push(inner);
                }
            }

            shown.Add(asker.Name, types = seen);
        }

        return types.Contains(type);
    }

    /// <summary>A call with what must be given, and where more can be, another with that.</summary>
    private IEnumerable<(string Type, bool IsFull)> Calls(IdPlace place, string type) => CallOf(place, type, isFull: true).HasMore ? [(type, false), (type, true)] : [(type, false)];

    private ContractCall CallOf(IdPlace place, string type, bool isFull)
    {
        if (!calls.TryGetValue((place.ToString(), type, isFull), out var call))
        {
            calls.Add((place.ToString(), type, isFull), call = new(schema, place, type, path == "/graphql" ? 3 : 2, isFull));
        }

        return call;
    }

    private async Task<Answer> Ask(Asker asker, IdPlace place, string type, string id, bool isFull = false)
    {
        var call = CallOf(place, type, isFull);
        var owner = asker.Company is AuthorizationWorld.B ? AuthorizationWorld.B : AuthorizationWorld.A;
        var variables = call.Variables(id, other => world.Ids(TypesOf(other)[0], owner)[0]);
        using var response = IsSubscription(place) ? await world.Subscribe(asker.Key, call.Document, variables, path) : await world.Send(asker.Key, call.Document, variables, path);
        var text = IsSubscription(place) ? await AuthorizationWorld.Begin(response) : await response.Content.ReadAsStringAsync();
        text = id.Length == 0 ? text : text.Replace(id, "(id)", StringComparison.Ordinal);
        Cells++;
        Look(asker, place, text, variables);
        return new(response.StatusCode, text, response.Headers.TryGetValues("GraphQL-Cost", out var cost) ? cost.Single().Split(", remaining")[0] : null);
    }

    /// <summary>Whatever is asked must be valid, and the answer must hold nothing that is another's.</summary>
    private void Look(Asker asker, IdPlace place, string text, JsonObject variables)
    {
        if (IsAdmitted(asker))
        {
            using var json = JsonDocument.Parse(text, Deep);
            Check(IsSubscription(place) || json.RootElement.TryGetProperty("data", out _), $"{place} was not asked well with {variables.ToJsonString()}: {Short(text)}");
            Check(!text.Contains("\"INTERNAL\"", StringComparison.Ordinal), $"{place} fails for {asker.Name} with {variables.ToJsonString()}: {Short(text)}");
            Exercised.Add(place.ToString());
        }

        if (asker.IsStaff)
        {
            return;
        }

        Bytes += text.Length;
        foreach (var company in Companies.Where(company => company != asker.Company))
        {
            var at = text.IndexOf(company, StringComparison.OrdinalIgnoreCase);
            Check(at < 0, $"{asker.Name} reads of {company} by {place}: {Short(text[Math.Max(0, at - 100)..])}");
            Check(!world.AllIds(company).Any(id => text.Contains(id, StringComparison.Ordinal)), $"{asker.Name} reads an id of {company} by {place}: {Short(text)}");
        }

        if (asker is { Company: { } own, IsOwner: false })
        {
            Check(
                !AuthorizationWorld.Personal(asker).SelectMany(type => world.Ids(type, own)).Any(id => text.Contains(id, StringComparison.Ordinal)), $"{asker.Name} reads an id of its colleague by {place}: {Short(text)}");
        }
    }

    private bool IsRefused(Asker asker, FieldDefinition field, Answer answer)
    {
        using var json = JsonDocument.Parse(answer.Text, Deep);
        if (!IsAdmitted(asker))
        {
            return answer.Status == (asker.Key is null ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden) && !json.RootElement.TryGetProperty("data", out _);
        }

        var isUnauthenticated = asker.Key is null && field.DeclaringType == schema.MutationType;
        return json.RootElement.TryGetProperty("data", out var data)
            && (data.ValueKind == JsonValueKind.Null || data.GetProperty(field.Name).ValueKind == JsonValueKind.Null)
            && json.RootElement.GetProperty("errors").EnumerateArray().Any(error => error.GetProperty("path").GetArrayLength() == 1
                && error.GetProperty("extensions").GetProperty("code").GetString() is var code && (code == "FORBIDDEN" || (isUnauthenticated && code == "UNAUTHENTICATED")));
    }

    private void Check(bool isTrue, string otherwise)
    {
        if (!isTrue && Problems.Count < 100)
        {
            Problems.Add($"{path}: {otherwise}");
        }
    }

    private static string Name(string id) => Wholesale.Platform.NodeId.Parse(id) is { Type: { Length: > 0 } type } ? $"a {type}" : id;

    private static string Difference(Answer one, Answer other)
    {
        var from = Math.Max(0, one.Text.AsSpan().CommonPrefixLength(other.Text) - 100);
        return one.Text == other.Text ? $"{one.Status} {one.Work} / {other.Status} {other.Work}" : $"\n  {Short(one.Text[from..])}\n  {Short(other.Text[from..])}";
    }

    private static string Short(string text) => text.Length > 500 ? text[..500] : text;
}
