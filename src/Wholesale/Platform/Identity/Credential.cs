namespace Wholesale.Platform.Identity;

/// <summary>A credential that was read and found good: whom it stands for, and how long. Immutable; shared by the requests that carry it.</summary>
/// <param name="Principal">Who it stands for.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Id">The record that it lives and dies with: API key, access token or login; 0 without a credential.</param>
/// <param name="ExpiresAt">The instant from which it is refused; null: it does not end by itself.</param>
public sealed record Credential(Principal Principal, CredentialKind Kind, long Id, DateTime? ExpiresAt)
{
    /// <summary>A request without a credential.</summary>
    public static Credential None { get; } = new(Principal.Anonymous, CredentialKind.None, 0, null);
}

/// <summary>The kinds of credential.</summary>
public enum CredentialKind
{
    /// <summary>None was sent.</summary>
    None,

    /// <summary>An API key, <c>whk_…</c>.</summary>
    ApiKey,

    /// <summary>An access token, <c>wht_…</c>.</summary>
    AccessToken,

    /// <summary>A JWT of an identity provider, for one of the logins that staff wrote.</summary>
    Login,
}

/// <summary>Why a credential is refused, for any transport.</summary>
/// <param name="Status">The HTTP status: 400 what cannot be understood, 401 no good, 403 not for this, 503 cannot be checked now.</param>
/// <param name="Code">The condition, for code to decide upon.</param>
/// <param name="Detail">A full sentence for the developer who sent it.</param>
public sealed record CredentialProblem(int Status, string Code, string Detail)
{
    /// <summary>Nobody is known by what was sent.</summary>
    public const string Unauthenticated = "UNAUTHENTICATED";

    /// <summary>It was sent in a way that cannot be understood.</summary>
    public const string BadRequest = "BAD_REQUEST";

    /// <summary>The login is one of several companies: X-Company is to choose.</summary>
    public const string CompanyRequired = "COMPANY_REQUIRED";

    /// <summary>The caller has no part in what it asks for.</summary>
    public const string Forbidden = "FORBIDDEN";

    /// <summary>It cannot be checked now; to be tried again.</summary>
    public const string Unavailable = "UNAVAILABLE";

    /// <summary>What a 401 without a credential says in <c>WWW-Authenticate</c>: both ways to send one.</summary>
    public static readonly string[] Challenge = ["ApiKey realm=\"wholesale\"", "Bearer realm=\"wholesale\""];

    /// <summary>The companies to choose among, for <see cref="CompanyRequired"/>; empty otherwise.</summary>
    public IReadOnlyList<CompanyChoice> Companies { get; init; } = [];

    /// <summary>Whether a bearer token was sent and is no good: RFC 6750 section 3 has the challenge say so.</summary>
    public bool IsInvalidToken { get; init; }

    /// <summary>No good.</summary>
    public static CredentialProblem Refused(string detail) => new(StatusCodes.Status401Unauthorized, Unauthenticated, detail);

    /// <summary>A bearer token that is no good.</summary>
    public static CredentialProblem InvalidToken(string detail) => Refused(detail) with { IsInvalidToken = true };

    /// <summary>Not to be understood.</summary>
    public static CredentialProblem Malformed(string detail) => new(StatusCodes.Status400BadRequest, BadRequest, detail);

    /// <summary>Answers an HTTP request with it: RFC 9457 problem details.</summary>
    public Task Send(HttpContext http)
    {
        var headers = http.Response.Headers;
        if (Status == StatusCodes.Status401Unauthorized)
        {
            headers.WWWAuthenticate = IsInvalidToken ? new([Challenge[0], $"{Challenge[1]}, error=\"invalid_token\", error_description=\"{Detail}\""]) : new(Challenge);
        }

        if (Status == StatusCodes.Status503ServiceUnavailable)
        {
            headers.RetryAfter = "10"; // keys of identity providers are not asked for more often
        }

        var extensions = new Dictionary<string, object?> { ["code"] = Code };
        if (Companies.Count > 0)
        {
            extensions["companies"] = Companies;
        }

        headers.CacheControl = "private, no-store";
        return TypedResults.Problem(Detail, statusCode: Status, extensions: extensions).ExecuteAsync(http);
    }
}

/// <summary>A company that a caller may choose.</summary>
/// <param name="ExternalId">What X-Company is to say.</param>
/// <param name="Name">The firm's name.</param>
public sealed record CompanyChoice(string ExternalId, string Name);

/// <summary>The credential of a request.</summary>
public static class RequestCredential
{
    /// <summary>Who sent this request.</summary>
    public static Principal Principal(this HttpContext context) => context.Credential().Principal;

    /// <summary>What this request was sent with.</summary>
    public static Credential Credential(this HttpContext context) =>
        context.Features.Get<Credential>() ?? throw new InvalidOperationException("The request's credential was not read: UseCredentials is missing.");
}
