using System.Text.Json;
using Microsoft.Extensions.Primitives;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Identity;

namespace Wholesale;

/// <summary>
/// Whose a socket is. Browsers can send no headers with one, so the payload of <c>connection_init</c> may hold the credential by the headers' names, in any case of
/// letters: <c>{"X-Api-Key": "whk_…"}</c>, or <c>Authorization</c> with <c>X-Company</c>. Without any of them the headers of the upgrade count.
/// </summary>
/// <param name="limits">What each kind of caller may.</param>
/// <param name="mayEnter">Whether the endpoint is open to a caller.</param>
internal sealed class SocketClients(Limits limits, Func<IServiceProvider, Principal, CancellationToken, ValueTask<bool>> mayEnter)
{
    /// <summary>The client; null if the credential is no good, or not for this endpoint.</summary>
    public async ValueTask<Client?> Connect(HttpContext http, JsonElement payload)
    {
        // Not the request's own scope, which lives as long as the socket.
        await using var scope = http.RequestServices.CreateAsyncScope();
        var (credential, problem) = HeadersIn(payload) is { } headers
            ? await scope.ServiceProvider.GetRequiredService<Credentials>().Read(headers, http.RequestAborted)
            : (http.Credential(), null);
        return problem is null && await mayEnter(scope.ServiceProvider, credential.Principal, http.RequestAborted)
            ? StreamClients.Of(http, credential, limits)
            : null;
    }

    /// <summary>What a payload says of credentials; null if nothing. What is no string is no good credential, and not none.</summary>
    private static CredentialHeaders? HeadersIn(JsonElement payload)
    {
        var headers = new CredentialHeaders(Value(CredentialHeaders.ApiKeyHeader), Value("Authorization"), Value(CredentialHeaders.CompanyHeader));
        return headers.ApiKey.Count + headers.Authorization.Count + headers.Company.Count > 0 ? headers : null;

        StringValues Value(string name) => payload.ValueKind == JsonValueKind.Object
            ? new StringValues([.. payload.EnumerateObject()
                .Where(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                .Select(property => property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString() : "")])
            : default;
    }
}

/// <summary>Clients whose streams end with their credentials.</summary>
internal static class StreamClients
{
    /// <summary>The client of a credential, watched for as long as the HTTP request lasts, a socket's included.</summary>
    public static Client Of(HttpContext http, Credential credential, Limits limits)
    {
        var client = limits.Of(credential.Principal, http.Connection.RemoteIpAddress);
        if (credential.Kind == CredentialKind.None)
        {
            return client;
        }

        var lease = http.RequestServices.GetRequiredService<CredentialWatch>().Watch(credential);
        http.Response.RegisterForDispose(lease);
        return client with { Ended = lease.Ended };
    }
}
