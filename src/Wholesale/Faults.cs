using System.Diagnostics;
using Wholesale.Platform.Database;
using Wholesale.Platform.Telemetry;

namespace Wholesale;

/// <summary>
/// The last resort for what no endpoint expected: the client gets a problem with a trace id, the log the rest. A database that cannot answer now is
/// 503, one in which another writer was faster 409; the request can be sent again.
/// </summary>
internal sealed class Faults(RequestDelegate next, ILogger<Faults> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client is gone; there is nobody to answer.
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            await Answer(context, exception.StatusCode, "Bad request", exception.Message, "BAD_REQUEST");
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            log.LogError(exception, "{Method} {Path} failed.", context.Request.Method, context.Request.Path);
            RequestTally.Current?.Fail(exception);
            if (DatabaseFaults.ErrorOf(exception) is { } known)
            {
                var (status, title) = known.Code == DatabaseFaults.Conflict
                    ? (StatusCodes.Status409Conflict, "Conflict")
                    : (StatusCodes.Status503ServiceUnavailable, "Unavailable");
                context.Response.Headers.RetryAfter = "1";
                await Answer(context, status, title, known.Message, known.Code);
            }
            else
            {
                await Answer(context, StatusCodes.Status500InternalServerError, "Internal error", "Something went wrong on the server.", "INTERNAL");
            }
        }
    }

    /// <summary>The id under which the log tells of a request.</summary>
    public static string? TraceId() => Activity.Current?.TraceId.ToHexString();

    private static Task Answer(HttpContext context, int status, string title, string detail, string? code) => TypedResults.Problem(
        detail, statusCode: status, title: title, extensions: new Dictionary<string, object?> { ["code"] = code, ["traceId"] = TraceId() }).ExecuteAsync(context);
}
