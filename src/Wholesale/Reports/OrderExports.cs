using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Orders;
using Wholesale.Platform;
using Wholesale.Platform.Identity;

namespace Wholesale.Reports;

/// <summary>
/// The door for those who take orders away as files: <c>GET /exports/orders.csv</c>, <c>order-lines.csv</c> and <c>order-report.csv</c>. docs/reports.md describes them. Rows are sent as they are read, so
/// that memory does not grow with their number; a file that breaks off was not whole, and the connection says so.
/// </summary>
internal static class OrderExports
{
    /// <summary>Maps the door. Credentials must have been read before.</summary>
    public static void MapOrderExports(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/exports/orders.csv", http => Send(http, "orders.csv", isReport: false, async (csv, orders, _) =>
        {
            csv.OrderNames();
            await foreach (var page in OrderPages.Read(orders, http.RequestAborted))
            {
                await csv.Orders(page);
                await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
            }
        }));
        routes.MapGet("/exports/order-lines.csv", http => Send(http, "order-lines.csv", isReport: false, async (csv, orders, _) =>
        {
            csv.LineNames();
            await foreach (var page in OrderPages.Read(orders, http.RequestAborted))
            {
                await csv.Lines(page);
                await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
            }
        }));
        routes.MapGet("/exports/order-report.csv", http => Send(http, "order-report.csv", isReport: true, (csv, orders, query) => csv.Report(query.GroupBy!.Value, orders)));
    }

    private static async Task Send(HttpContext http, string name, bool isReport, Func<OrderCsv, IQueryable<Order>, ExportQuery, ValueTask> write)
    {
        http.Response.Headers.CacheControl = "private, no-store";
        if (http.Principal().Kind == PrincipalKind.Anonymous)
        {
            http.Response.Headers.WWWAuthenticate = CredentialProblem.Challenge;
            await Problems.Of(StatusCodes.Status401Unauthorized, CredentialProblem.Unauthenticated, $"Exports need a credential: an API key in the header {CredentialHeaders.ApiKeyHeader}, or a bearer token.").ExecuteAsync(http);
            return;
        }

        using var request = new RequestContext(http.RequestServices, http.Principal(), http.RequestAborted);
        try
        {
            var caller = await request.Services.GetRequiredService<RequestCaller>().Get(request);
            OrdersSeen.Check($"/exports/{name}", caller);
            using var place = request.Services.GetRequiredService<ExportPlaces>().TryEnter(caller.Kind, caller.Company?.Id ?? caller.Principal.KeyId);
            if (place is not null)
            {
                await Write(http, caller, name, isReport, write);
                return;
            }

            http.Response.Headers.RetryAfter = "1";
            await Problems.Of(StatusCodes.Status503ServiceUnavailable, "TOO_MANY_EXPORTS", "Too many exports are running: try again in a moment.").ExecuteAsync(http);
        }
        catch (GraphQLException refusal) when (!http.Response.HasStarted)
        {
            http.Response.Headers.ContentDisposition = default;
            await Problems.Of(StatusOf(refusal.Code), refusal.Code, refusal.Message).ExecuteAsync(http);
        }
    }

    private static async ValueTask Write(HttpContext http, Caller caller, string name, bool isReport, Func<OrderCsv, IQueryable<Order>, ExportQuery, ValueTask> write)
    {
        var query = ExportQuery.Of(http.Request.Query, caller, isReport);
        var (db, now) = (http.RequestServices.GetRequiredService<WholesaleDb>(), http.RequestServices.GetRequiredService<Clock>().UtcNow);

        // What is ordered while the file is written would be in it or not.
        var filter = query.Filter with { PlacedBefore = query.Filter.PlacedBefore is { } before && before <= now ? before : now.AddTicks(1) };
        var orders = await OrderList.Of(db, caller, filter, query.Search, now, http.RequestAborted);
        http.Response.ContentType = "text/csv; charset=utf-8; header=present";
        http.Response.Headers.ContentDisposition = $"attachment; filename={name}";
        await write(new(db, new(http.Response.BodyWriter), http.RequestAborted), orders, query);
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    private static int StatusOf(string code) => code switch
    {
        CredentialProblem.Unauthenticated => StatusCodes.Status401Unauthorized,
        CredentialProblem.Forbidden => StatusCodes.Status403Forbidden,
        _ => StatusCodes.Status400BadRequest,
    };
}
