using System.Collections.Frozen;
using System.IO.Compression;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Events;
using Wholesale.Platform.Identity;

namespace Wholesale.Imports;

/// <summary>The door for files: <c>POST /imports/{kind}</c>. docs/imports.md describes them.</summary>
public static class Imports
{
    private const string Ndjson = "application/x-ndjson";

    private static readonly FrozenDictionary<string, ImportKind> Kinds = new[]
    {
        MarketsImport.Kind,
        TiersImport.Kind,
        CompaniesImport.Kind,
        SegmentsImport.Kind,
        CategoriesImport.Kind,
        ProductsImport.Kind,
        CatalogViewsImport.Kind,
        PriceListsImport.Kind,
        PricesImport.Kind,
        SuppliersImport.Kind,
        WarehousesImport.Kind,
        InventoryImport.Kind,
        IncomingSuppliesImport.Kind,
        StockPoliciesImport.Kind,
        PaymentTermsImport.Kind,
        CreditProfilesImport.Kind,
        BudgetsImport.Kind,
        TaxRatesImport.Kind,
        TaxProfilesImport.Kind,
        OrdersImport.Kind,
    }.ToFrozenDictionary(kind => kind.Name);

    /// <summary>Maps the door. Credentials must have been read before.</summary>
    public static void MapImports(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/imports/{kind}", Receive).WithMetadata(new DisableRequestSizeLimitAttribute());

    private static async Task Receive(string kind, HttpContext context)
    {
        var principal = context.Principal();
        if (Refuse(kind, principal, context.Request) is { } problem)
        {
            context.Response.Headers.WWWAuthenticate = problem.StatusCode == StatusCodes.Status401Unauthorized ? CredentialProblem.Challenge : default;
            await problem.ExecuteAsync(context);
            return;
        }

        await using var report = new ImportReport();
        await using var body = Body(context.Request);
        var run = new ImportRun(body, report, Actor.Of(principal), context.RequestServices, context.RequestAborted);
        try
        {
            await Kinds[kind].Run(run);
        }
        catch (InvalidDataException)
        {
            await Problems.Of(StatusCodes.Status400BadRequest, "BAD_ENCODING", "The body is not gzip, or it is cut off: send the file again.").ExecuteAsync(context);
            return;
        }

        context.Response.ContentType = Ndjson;
        await report.Send(context.Response.Body, context.RequestAborted);
    }

    private static ProblemHttpResult? Refuse(string kind, Principal principal, HttpRequest request)
    {
        if (principal.Kind == PrincipalKind.Anonymous)
        {
            return Problems.Of(StatusCodes.Status401Unauthorized, "UNAUTHENTICATED", $"Imports need a staff key in the header {CredentialHeaders.ApiKeyHeader}.");
        }

        // Who may import nothing is not told which kinds there are.
        if (principal.Kind != PrincipalKind.Staff || !principal.Permissions.Contains(Permission.ImportsWrite))
        {
            return Problems.Of(StatusCodes.Status403Forbidden, "FORBIDDEN", "Imports need a staff key with the permission IMPORTS_WRITE.");
        }

        if (!Kinds.TryGetValue(kind, out var known))
        {
            return Problems.Of(StatusCodes.Status404NotFound, "NOT_FOUND", $"There is no such import; there are {string.Join(", ", Kinds.Keys.Order())}.");
        }

        if (!principal.Permissions.Contains(known.Permission))
        {
            return Problems.Of(
                StatusCodes.Status403Forbidden, "FORBIDDEN", $"This import needs the permission {EnumNames<Permission>.Of(known.Permission)}, too.");
        }

        return IsNdjson(request) && Encoding(request) is "" or "gzip"
            ? null
            : Problems.Of(
                StatusCodes.Status415UnsupportedMediaType,
                "UNSUPPORTED_MEDIA_TYPE",
                "Send NDJSON as application/x-ndjson or application/jsonl, in UTF-8, plain or with Content-Encoding: gzip.");
    }

    private static bool IsNdjson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Value?.ToLowerInvariant() is Ndjson or "application/jsonl"
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static string Encoding(HttpRequest request) => request.Headers.ContentEncoding.ToString().ToLowerInvariant();

    private static Stream Body(HttpRequest request) =>
        Encoding(request) == "gzip" ? new GZipStream(request.Body, CompressionMode.Decompress) : request.Body;
}
