using System.Text.Json;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Identity;

namespace Wholesale;

/// <summary>
/// Whose a socket is. Browsers can send no headers with one, so the payload of <c>connection_init</c> may hold the credential by the header's name, in any case of
/// letters: <c>{"X-Api-Key": "whk_…"}</c>. Without it the headers of the upgrade count.
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
        var principal = HeaderOf(payload) is { } key
            ? key.ValueKind == JsonValueKind.String ? await scope.ServiceProvider.GetRequiredService<ApiKeys>().Authenticate(key.GetString()!) : null
            : http.Principal();
        return principal is not null && await mayEnter(scope.ServiceProvider, principal, http.RequestAborted)
            ? limits.Of(principal, http.Connection.RemoteIpAddress)
            : null;
    }

    private static JsonElement? HeaderOf(JsonElement payload)
    {
        if (payload.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in payload.EnumerateObject())
            {
                if (property.Name.Equals(Credentials.Header, StringComparison.OrdinalIgnoreCase))
                {
                    return property.Value;
                }
            }
        }

        return null;
    }
}
