using Microsoft.AspNetCore.Http.HttpResults;

namespace Wholesale.Platform.Identity;

/// <summary>
/// Reads a request's credential: the header <c>X-Api-Key</c>. No header is an anonymous caller; a header that is no live key is refused with 401, never
/// taken for anonymous, because a shop whose key ran out must not see the public catalog and believe it to be its own.
/// </summary>
public static class Credentials
{
    /// <summary>The header of API keys.</summary>
    public const string Header = "X-Api-Key";

    /// <summary>Reads the credential of every request to the API before anything else of it is read.</summary>
    public static void UseCredentials(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var (principal, problem) = await Read(context);
        if (problem is not null)
        {
            context.Response.Headers.WWWAuthenticate = "ApiKey";
            await problem.ExecuteAsync(context);
            return;
        }

        context.Features.Set(principal);
        await next(context);
    });

    /// <summary>Who sent this request.</summary>
    public static Principal Principal(this HttpContext context) =>
        context.Features.Get<Principal>() ?? throw new InvalidOperationException("The request's credential was not read: UseCredentials is missing.");

    private static async ValueTask<(Principal Principal, ProblemHttpResult? Problem)> Read(HttpContext context)
    {
        // Another scheme's credential is refused as well; a bearer token gets its place here.
        var keys = context.Request.Headers[Header];
        return (keys.Count, context.Request.Headers.Authorization.Count) switch
        {
            (0, 0) => (Platform.Principal.Anonymous, null),
            (1, 0) when await context.RequestServices.GetRequiredService<ApiKeys>().Authenticate(keys[0]!) is { } principal => (principal, null),
            (1, 0) => Refused($"The key in the header {Header} is unknown, expired or revoked."),
            ( > 1, 0) => Refused($"The header {Header} stands in the request more than once."),
            _ => Refused($"The header Authorization is not read here: send an API key in the header {Header}."),
        };
    }

    private static (Principal, ProblemHttpResult) Refused(string detail) => (Platform.Principal.Anonymous, TypedResults.Problem(
        detail, statusCode: StatusCodes.Status401Unauthorized, title: "Unauthorized",
        extensions: new Dictionary<string, object?> { ["code"] = "UNAUTHENTICATED" }));
}
