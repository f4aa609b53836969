using System.Text.Json;
using Microsoft.Extensions.Primitives;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Identity;

namespace Wholesale;

/// <summary>
/// Whose a socket is. Browsers can send no headers with one, so the payload of <c>connection_init</c> may hold the credential by the headers' names, in any case of
/// letters: <c>{"X-Api-Key": "whk_…"}</c>, <c>{"Authorization": "Bearer …", "X-Company": "…"}</c>. Without any of them the headers of the upgrade count.
/// </summary>
/// <param name="limits">What each kind of caller may.</param>
/// <param name="mayEnter">Whether the endpoint is open to a caller.</param>
internal sealed class StreamClients(Limits limits, Func<IServiceProvider, Principal, CancellationToken, ValueTask<bool>> mayEnter)
{
    /// <summary>The client; null if the credential is no good, or not for this endpoint.</summary>
    public async ValueTask<Client?> Connect(HttpContext http, JsonElement payload)
    {
        // Not the request's own scope, which lives as long as the socket.
        await using var scope = http.RequestServices.CreateAsyncScope();
        var credential = HeadersOf(payload) is { } headers ? await Read(scope.ServiceProvider, headers, http.RequestAborted) : http.Credential();
        return credential is not null && await mayEnter(scope.ServiceProvider, credential.Principal, http.RequestAborted)
            ? Watched(limits.Of(credential.Principal, http.Connection.RemoteIpAddress), credential, http)
            : null;
    }

    /// <summary>A client that hears when its credential ends, for as long as the HTTP request lasts.</summary>
    public static Client Watched(Client client, Credential credential, HttpContext http)
    {
        var lease = http.RequestServices.GetRequiredService<CredentialWatch>().Watch(credential);
        http.Response.RegisterForDispose(lease);
        return client with { Ended = lease.Ended };
    }

    private static async ValueTask<Credential?> Read(IServiceProvider services, CredentialHeaders headers, CancellationToken cancellation)
    {
        var (credential, problem) = await services.GetRequiredService<Credentials>().Read(headers, cancellation);
        return problem is null ? credential : null;
    }

    /// <summary>Null where the payload holds none. What is no string is no good credential.</summary>
    private static CredentialHeaders? HeadersOf(JsonElement payload)
    {
        var (apiKey, authorization, company) = (Header(payload, CredentialHeaders.ApiKeyHeader), Header(payload, "Authorization"), Header(payload, CredentialHeaders.CompanyHeader));
        return apiKey.Count + authorization.Count + company.Count > 0 ? new CredentialHeaders(apiKey, authorization, company) : null;
    }

    private static StringValues Header(JsonElement payload, string name) => payload.ValueKind != JsonValueKind.Object ? StringValues.Empty
        : new StringValues([.. payload.EnumerateObject()
            .Where(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(property => property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString() : "")]);
}
