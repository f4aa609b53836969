using Microsoft.Extensions.Primitives;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Identity;

namespace Wholesale.Companies;

/// <summary>What a client sends to say who it is: three HTTP headers, or what stands for them in another transport. A string converts to each.</summary>
/// <param name="ApiKey">An API key.</param>
/// <param name="Authorization"><c>Bearer</c> with a JWT or an access token.</param>
/// <param name="Company">A company's external id, to choose among several of one login.</param>
public readonly record struct CredentialHeaders(StringValues ApiKey, StringValues Authorization, StringValues Company)
{
    /// <summary>The header of API keys.</summary>
    public const string ApiKeyHeader = "X-Api-Key";

    /// <summary>The header that chooses a company.</summary>
    public const string CompanyHeader = "X-Company";

    /// <summary>Those of an HTTP request.</summary>
    public static CredentialHeaders Of(HttpRequest request) =>
        new(request.Headers[ApiKeyHeader], request.Headers.Authorization, request.Headers[CompanyHeader]);
}

/// <summary>
/// Reads credentials, whatever transport brings them. None is an anonymous caller; one that is no good is refused, never taken for anonymous, because a shop whose key ran
/// out must not see the public catalog and believe it to be its own. One a request.
/// </summary>
public sealed class Credentials(ApiKeys keys, AccessTokens tokens, Jwts jwts, Logins logins, Callers callers, WholesaleDb db)
{
    /// <summary>The longest bearer token that is looked at, in characters.</summary>
    public const int MaximumTokenLength = 8192;

    private const string Scheme = "Bearer ";

    private static readonly CredentialProblem NotYours = new(
        StatusCodes.Status403Forbidden, CredentialProblem.Forbidden, $"The company in the header {CredentialHeaders.CompanyHeader} is not one of this credential's.");

    /// <summary>Who sent this.</summary>
    /// <returns>A credential, <see cref="Credential.None"/> if none was sent; or else the problem with what was sent.</returns>
    public async ValueTask<(Credential Credential, CredentialProblem? Problem)> Read(CredentialHeaders headers, CancellationToken cancellation)
    {
        if (Repeated(headers) is { } malformed)
        {
            return (Credential.None, malformed);
        }

        var company = headers.Company.Count > 0 ? headers.Company.ToString() : null;
        var (credential, problem) =
            headers.ApiKey.Count > 0 ? await ReadKey(headers.ApiKey.ToString())
            : headers.Authorization.Count > 0 ? await ReadBearer(headers.Authorization.ToString(), company, cancellation)
            : (Credential.None, null);
        if (problem is null && company is not null && credential.Kind != CredentialKind.Login)
        {
            problem = await CheckCompany(credential, company, cancellation);
        }

        return problem is null ? (credential, null) : Refuse(problem);
    }

    private static (Credential, CredentialProblem?) Refuse(CredentialProblem problem) => (Credential.None, problem);

    private static CredentialProblem? Repeated(CredentialHeaders headers) =>
        headers.ApiKey.Count > 0 && headers.Authorization.Count > 0
            ? CredentialProblem.Malformed($"Send either {CredentialHeaders.ApiKeyHeader} or Authorization, not both.")
        : headers.ApiKey.Count > 1 ? Twice(CredentialHeaders.ApiKeyHeader)
        : headers.Authorization.Count > 1 ? Twice("Authorization")
        : headers.Company.Count > 1 ? Twice(CredentialHeaders.CompanyHeader)
        : null;

    private static CredentialProblem Twice(string header) => CredentialProblem.Malformed($"The header {header} stands in the request more than once.");

    private async ValueTask<(Credential Credential, CredentialProblem? Problem)> ReadKey(string secret) =>
        await keys.Authenticate(secret) is { } credential
            ? (credential, null)
            : Refuse(CredentialProblem.Refused($"The key in the header {CredentialHeaders.ApiKeyHeader} is unknown, expired or revoked."));

    private async ValueTask<(Credential Credential, CredentialProblem? Problem)> ReadBearer(string header, string? company, CancellationToken cancellation)
    {
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return Refuse(CredentialProblem.Refused($"The header Authorization must say Bearer and a token; an API key belongs in the header {CredentialHeaders.ApiKeyHeader}."));
        }

        var token = header[Scheme.Length..].Trim(' ');
        if (token.Length is 0 or > MaximumTokenLength)
        {
            return Refuse(CredentialProblem.InvalidToken($"A bearer token has 1 to {MaximumTokenLength} characters, not {token.Length}."));
        }

        if (token.StartsWith(ApiKeys.Start, StringComparison.Ordinal))
        {
            return Refuse(CredentialProblem.InvalidToken($"An API key belongs in the header {CredentialHeaders.ApiKeyHeader}."));
        }

        if (token.StartsWith(AccessTokens.Start, StringComparison.Ordinal))
        {
            return await tokens.Authenticate(token) is { } credential
                ? (credential, null)
                : Refuse(CredentialProblem.InvalidToken("The access token is unknown, expired or revoked."));
        }

        var (identity, problem) = await jwts.Read(token, cancellation);
        return identity is null ? (Credential.None, problem) : Choose(identity, await logins.Of(db, identity.Issuer, identity.Subject, cancellation), company);
    }

    private static (Credential, CredentialProblem?) Choose(JwtIdentity identity, IReadOnlyList<LoginUser> users, string? company)
    {
        if (users.Count == 0)
        {
            return Refuse(CredentialProblem.InvalidToken("The token is good, but its issuer and subject are no user's login here."));
        }

        var chosen = company is null ? (users.Count == 1 ? users[0] : null) : users.FirstOrDefault(user => user.Company.ExternalId == company);
        if (chosen is not null)
        {
            var principal = new Principal(PrincipalKind.CompanyUser, 0, chosen.CompanyUserId, "login", PermissionSet.All);
            return (new Credential(principal, CredentialKind.Login, chosen.LoginId, identity.ExpiresAt), null);
        }

        return Refuse(company is not null ? NotYours : CredentialProblem.Malformed(
            $"This login is one of several companies: choose one by its externalId in the header {CredentialHeaders.CompanyHeader}.") with
        {
            Code = CredentialProblem.CompanyRequired,
            Companies = [.. users.Select(user => user.Company)],
        });
    }

    /// <summary>A credential of one company may name that company, and no other.</summary>
    private async ValueTask<CredentialProblem?> CheckCompany(Credential credential, string company, CancellationToken cancellation)
    {
        if (credential.Principal.Kind == PrincipalKind.Staff)
        {
            return CredentialProblem.Malformed(
                $"A staff key belongs to no company: leave the header {CredentialHeaders.CompanyHeader} out, or create an access token for a user.");
        }

        if (credential.Kind == CredentialKind.None)
        {
            return CredentialProblem.Refused($"The header {CredentialHeaders.CompanyHeader} needs a credential of a user of that company.");
        }

        try
        {
            var caller = await callers.Of(db, credential.Principal, cancellation);
            return caller.Company?.ExternalId == company ? null : NotYours;
        }
        catch (GraphQLException exception) when (exception.Code == CredentialProblem.Unauthenticated)
        {
            return CredentialProblem.Refused(exception.Message); // the credential's user is gone
        }
    }
}

/// <summary>Credentials in the host.</summary>
public static class CredentialHosting
{
    /// <summary>Reads the credential of every request before anything else of it is read; from then on <see cref="RequestCredential"/> tells it.</summary>
    public static void UseCredentials(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var credentials = context.RequestServices.GetRequiredService<Credentials>();
        var (credential, problem) = await credentials.Read(CredentialHeaders.Of(context.Request), context.RequestAborted);
        if (problem is not null)
        {
            await problem.Send(context);
            return;
        }

        context.Features.Set(credential);
        await next(context);
    });
}
