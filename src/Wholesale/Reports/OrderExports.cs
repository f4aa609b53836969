using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Orders;
using Wholesale.Platform;
using Wholesale.Platform.Identity;

namespace Wholesale.Reports;

/// <summary>
/// The door for those who take orders away as files: <c>GET /exports/orders.csv</c>, <c>order-lines.csv</c>, <c>order-report.csv</c> and <c>order-confirmation.html</c>. docs/reports.md describes them. Rows of
/// files are sent as they are read, so that memory does not grow with their number; a file that breaks off was not whole, and the connection says so.
/// </summary>
internal static class OrderExports
{
    /// <summary>Maps the door. Credentials must have been read before.</summary>
    public static void MapOrderExports(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/exports/orders.csv", http => Send(http, caller => SendCsv(http, caller, "orders.csv", isReport: false, async (csv, orders, _) =>
        {
            csv.OrderNames();
            await foreach (var page in OrderPages.Read(orders, http.RequestAborted))
            {
                await csv.Orders(page);
                await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
            }
        })));
        routes.MapGet("/exports/order-lines.csv", http => Send(http, caller => SendCsv(http, caller, "order-lines.csv", isReport: false, async (csv, orders, _) =>
        {
            csv.LineNames();
            await foreach (var page in OrderPages.Read(orders, http.RequestAborted))
            {
                await csv.Lines(page);
                await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
            }
        })));
        routes.MapGet("/exports/order-report.csv", http => Send(http, caller => SendCsv(
            http, caller, "order-report.csv", isReport: true, (csv, orders, query) => csv.Report(query.GroupBy!.Value, orders))));
        routes.MapGet(OrderConfirmation.Path, http => Send(http, caller => SendConfirmation(http, caller), ExportPlaces.OfPages));
    }

    /// <summary>Lets those in who read orders, so many at once.</summary>
    private static async Task Send(HttpContext http, Func<Caller, ValueTask> send, string places = ExportPlaces.OfFiles)
    {
        http.Response.Headers.CacheControl = "private, no-store";
        if (http.Principal().Kind == PrincipalKind.Anonymous)
        {
            http.Response.Headers.WWWAuthenticate = CredentialProblem.Challenge;
            await Problems.Of(StatusCodes.Status401Unauthorized, CredentialProblem.Unauthenticated, $"Exports need a credential: an API key in the header {CredentialHeaders.ApiKeyHeader}, or a bearer token.").ExecuteAsync(http);
            return;
        }

        http.RequestServices.GetRequiredService<RequestLanguages>().Wishes = RequestLanguages.Parse(http.Request.Headers.AcceptLanguage);
        using var request = new RequestContext(http.RequestServices, http.Principal(), http.RequestAborted);
        try
        {
            var caller = await request.Services.GetRequiredService<RequestCaller>().Get(request);
            OrdersSeen.Check(http.Request.Path, caller);
            using var place = request.Services.GetRequiredKeyedService<ExportPlaces>(places).TryEnter(caller.Kind, caller.Company?.Id ?? caller.Principal.KeyId);
            if (place is not null)
            {
                await send(caller);
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

    private static async ValueTask SendCsv(HttpContext http, Caller caller, string name, bool isReport, Func<OrderCsv, IQueryable<Order>, ExportQuery, ValueTask> write)
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

    /// <exception cref="GraphQLException">INVALID_VALUE: there is not one number. NOT_FOUND: the caller sees no such order, or it is not confirmed.</exception>
    private static async ValueTask SendConfirmation(HttpContext http, Caller caller)
    {
        var number = http.Request.Query["number"] is [{ Length: > 0 } only] && http.Request.Query.Count == 1
            ? only
            : throw new GraphQLException("Give the order by `number`, and nothing else.", ErrorCodes.InvalidValue);
        var db = http.RequestServices.GetRequiredService<WholesaleDb>();
        var order = await OrdersSeen.By(db, caller).SingleOrDefaultAsync(o => o.Number == number, http.RequestAborted)
            ?? throw new GraphQLException($"There is no order \"{number}\".", ErrorCodes.NotFound);
        var confirmation = OrderConfirmation.Of(order) ?? throw new GraphQLException($"The order {number} is not confirmed here.", ErrorCodes.NotFound);
        var lines = await db.OrderLines.Where(line => line.OrderId == order.Id).OrderBy(line => line.Id).ToListAsync(http.RequestAborted);
        var words = ConfirmationWords.Of(caller);
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentLanguage = words.Locale;
        foreach (var piece in ConfirmationPage.Pieces(confirmation, lines, words))
        {
            await http.Response.WriteAsync(piece, http.RequestAborted);
        }
    }

    private static int StatusOf(string code) => code switch
    {
        CredentialProblem.Unauthenticated => StatusCodes.Status401Unauthorized,
        CredentialProblem.Forbidden => StatusCodes.Status403Forbidden,
        ErrorCodes.NotFound => StatusCodes.Status404NotFound,
        _ => StatusCodes.Status400BadRequest,
    };
}
