using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using Wholesale.Carts;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;
using Wholesale.Platform.Idempotency;
using Wholesale.Platform.Identity;

namespace Wholesale.Imports;

/// <summary>The door for files that fill carts: <c>POST /carts/{id}/import</c>. docs/carts.md describes them.</summary>
internal static class CartFiles
{
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const string InProgress = "IN_PROGRESS";

    private static readonly JsonSerializerOptions Relaxed = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // What a file takes in memory while it is read is many times what it has in bytes.
    private static readonly SemaphoreSlim Reading = new(Environment.ProcessorCount);

    /// <summary>Maps the door. Credentials must have been read before.</summary>
    public static void MapCartFiles(this IEndpointRouteBuilder routes) => routes.MapPost("/carts/{id}/import", Receive);

    private static async Task Receive(string id, HttpContext http)
    {
        http.Response.Headers.CacheControl = "private, no-store";
        try
        {
            using var request = new RequestContext(http.RequestServices, http.Principal(), http.RequestAborted);
            var caller = await Admit(http, request);
            var options = CartFileOptions.Of(http.Request.Query);
            var isWorkbook = IsWorkbook(http.Request);
            var body = await Body(http);
            var rows = await Read(body, isWorkbook, http.RequestAborted);
            var (answer, isReplay) = await Persist(http, body, () => Fill(id, options, rows, caller, request));
            if (isReplay)
            {
                http.Response.Headers["Idempotent-Replayed"] = "true";
            }

            (http.Response.StatusCode, http.Response.ContentType, http.Response.ContentLength) = (answer.Status, answer.ContentType, answer.Body.Length);
            await http.Response.Body.WriteAsync(answer.Body, http.RequestAborted);
        }
        catch (RefusedFileException refusal)
        {
            http.Response.Headers.WWWAuthenticate = refusal.Status == StatusCodes.Status401Unauthorized ? CredentialProblem.Challenge : default;
            http.Response.Headers.RetryAfter = refusal.Code == InProgress ? "1" : default;
            await Problems.Of(refusal.Status, refusal.Code, refusal.Message).ExecuteAsync(http);
        }
    }

    private static async ValueTask<Caller> Admit(HttpContext http, RequestContext request)
    {
        if (http.Principal().Kind == PrincipalKind.Anonymous)
        {
            throw new RefusedFileException(401, CredentialProblem.Unauthenticated, $"Cart files need a credential: an API key in the header {CredentialHeaders.ApiKeyHeader}, or a bearer token.");
        }

        var caller = await CallerOf(request);
        var refusal = caller.Permissions.Contains(Permission.OrdersPlace) ? CartMutations.WhyNotBuying(caller) : new UserError(CredentialProblem.Forbidden, "Cart files need the permission ORDERS_PLACE.");
        return refusal is null ? caller : throw new RefusedFileException(403, caller.Company is null ? CredentialProblem.Forbidden : refusal.Code, refusal.Message);
    }

    private static async ValueTask<Caller> CallerOf(RequestContext request)
    {
        try
        {
            return await request.Services.GetRequiredService<RequestCaller>().Get(request);
        }
        catch (GraphQLException gone)
        {
            throw new RefusedFileException(401, CredentialProblem.Unauthenticated, gone.Message);
        }
    }

    private static bool IsWorkbook(HttpRequest request)
    {
        var isType = MediaTypeHeaderValue.TryParse(request.ContentType, out var type);
        var name = isType ? type!.MediaType.Value?.ToLowerInvariant() : null;
        var isUtf8 = isType && (!type!.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));
        return request.Headers.ContentEncoding.Count == 0 && (name == Workbook || (name == "text/csv" && isUtf8))
            ? name == Workbook
            : throw new RefusedFileException(415, "UNSUPPORTED_MEDIA_TYPE", $"Send CSV as text/csv in UTF-8, or XLSX as {Workbook}, without Content-Encoding.");
    }

    private static async ValueTask<byte[]> Body(HttpContext http)
    {
        using var body = new MemoryStream();
        var buffer = new byte[64 * 1024];
        var tooLarge = (http.Request.ContentLength ?? 0) > CartFile.MaximumBytes;
        while (!tooLarge && await http.Request.Body.ReadAsync(buffer, http.RequestAborted) is var read and > 0)
        {
            body.Write(buffer, 0, read);
            tooLarge = body.Length > CartFile.MaximumBytes;
        }

        return tooLarge
            ? throw new RefusedFileException(413, RefusedFileException.TooLarge, $"A file has at most {CartFile.MaximumBytes} bytes.")
            : body.ToArray();
    }

    private static async ValueTask<List<CartFileRow>> Read(byte[] body, bool isWorkbook, CancellationToken cancellation)
    {
        await Reading.WaitAsync(cancellation);
        try
        {
            return CartFile.Read(body, isWorkbook);
        }
        finally
        {
            Reading.Release();
        }
    }

    /// <summary>The change, tried again where the database did not commit it for a reason that passes.</summary>
    private static async ValueTask<(StoredResponse Answer, bool IsReplay)> Persist(HttpContext http, byte[] body, Func<ValueTask<StoredResponse>> fill)
    {
        var maxRetries = http.RequestServices.GetRequiredService<DatabaseSettings>().MaxRetries;
        var isIdempotent = http.Request.Headers[IdempotentRequests.Header].Count > 0;
        for (var retries = 0; ; retries++)
        {
            try
            {
                return isIdempotent ? await Once(http, body, fill) : (await fill(), false);
            }
            catch (Exception exception) when (retries < maxRetries && WriteRetries.MayTryAgain(exception, isIdempotent))
            {
                await Task.Delay(WriteRetries.Backoff(retries), http.RequestServices.GetRequiredService<Clock>().TimeProvider, http.RequestAborted);
            }
        }
    }

    /// <summary>As mutations do: the change and the answer are one transaction. What is refused changed nothing, and leaves its key free.</summary>
    private static async ValueTask<(StoredResponse Answer, bool IsReplay)> Once(HttpContext http, byte[] body, Func<ValueTask<StoredResponse>> fill)
    {
        var (request, keys) = (http.Request, http.Request.Headers[IdempotentRequests.Header]);
        if (keys.Count > 1)
        {
            throw new RefusedFileException(400, "IDEMPOTENCY_KEY_INVALID", $"The header {IdempotentRequests.Header} stands in the request more than once.");
        }

        var outcome = await http.RequestServices.GetRequiredService<IdempotentRequests>().Run(
            http.Principal(),
            keys[0]!,
            IdempotentRequests.HashOf(Bytes(request.Method), Bytes(request.Path + request.QueryString), Bytes(request.ContentType), body),
            async () => (await fill(), true),
            WriteLane.Own,
            http.RequestAborted);
        return outcome switch
        {
            IdempotencyOutcome.Answered answered => (answered.Response, answered.IsReplay),
            IdempotencyOutcome.KeyReused => throw new RefusedFileException(422, "IDEMPOTENCY_KEY_REUSED", $"This {IdempotentRequests.Header} was used for another request."),
            IdempotencyOutcome.InProgress => throw new RefusedFileException(409, InProgress, $"The first request with this {IdempotentRequests.Header} is still running."),
            _ => throw new RefusedFileException(
                400, "IDEMPOTENCY_KEY_INVALID", $"{IdempotentRequests.Header} must be 1 to {IdempotentRequests.MaximumKeyLength} visible ASCII characters."),
        };

        static ReadOnlyMemory<byte> Bytes(string? text) => Encoding.UTF8.GetBytes(text ?? "");
    }

    private static ValueTask<StoredResponse> Fill(string id, CartFileOptions options, List<CartFileRow> rows, Caller caller, RequestContext request)
    {
        var services = request.Services;
        return services.GetRequiredService<Writes>().Run(
            Actor.Of(caller.Principal),
            async () =>
            {
                var (cart, error) = await services.GetRequiredService<OpenCarts>().Take(NodeId.Parse(id), options.ExpectedVersion, caller, request.Cancellation);
                if (error is not null)
                {
                    throw new RefusedFileException(error.Code == ErrorCodes.NotFound ? 404 : 409, error.Code, error.Message);
                }

                var filled = await services.GetRequiredService<CartLineWrites>().Fill(
                    cart!, rows.ConvertAll(row => row.Row), options.Replace ? CartFilling.Replace : CartFilling.Add, options.Mode, request);
                return new StoredResponse(200, "application/json; charset=utf-8", JsonSerializer.SerializeToUtf8Bytes(CartFileAnswer.Of(id, rows, filled), Relaxed));
            },
            WriteLane.Own,
            request.Cancellation);
    }
}

/// <summary>What a cart file is to do.</summary>
/// <param name="Replace">Whether lines that no good row names are removed.</param>
/// <param name="Mode">What happens to the good rows when others are bad.</param>
/// <param name="ExpectedVersion">The version that this is decided upon; null: whatever it is.</param>
internal sealed record CartFileOptions(bool Replace, BulkMode Mode, long? ExpectedVersion)
{
    /// <summary>Reads a query; what is misspelt is refused, since it would be taken for its default.</summary>
    public static CartFileOptions Of(IQueryCollection query)
    {
        var options = new CartFileOptions(false, BulkMode.Partial, null);
        foreach (var (name, values) in query)
        {
            options = (name, values.Count == 1 ? values[0] : null) switch
            {
                ("replace", "true") => options with { Replace = true },
                ("replace", "false") => options,
                ("mode", "ALL_OR_NOTHING") => options with { Mode = BulkMode.AllOrNothing },
                ("mode", "PARTIAL") => options,
                ("expectedVersion", { } text) when int.TryParse(text, System.Globalization.NumberStyles.None, null, out var version) => options with { ExpectedVersion = version },
                _ => throw new RefusedFileException(
                    400, ErrorCodes.InvalidValue, "The query takes replace=true or false, mode=PARTIAL or ALL_OR_NOTHING, and expectedVersion, a whole number; each once."),
            };
        }

        return options;
    }
}

/// <summary>What became of a cart file.</summary>
/// <param name="CartId">The cart.</param>
/// <param name="Version">Its version now.</param>
/// <param name="LineCount">How many lines it has now.</param>
/// <param name="Received">Rows that are not blank, without that of the names.</param>
/// <param name="Applied">Rows that are in the cart.</param>
/// <param name="Failed">Rows that are not.</param>
/// <param name="Rows">What is wrong with rows, in their order; a row with several errors stands there several times.</param>
internal sealed record CartFileAnswer(string CartId, long Version, int LineCount, int Received, int Applied, int Failed, IReadOnlyList<CartFileError> Rows)
{
    public static CartFileAnswer Of(string id, IReadOnlyList<CartFileRow> rows, FilledCart filled)
    {
        var counts = filled.Result.Counts;
        var errors = filled.Result.Rows.SelectMany((result, i) => result.Errors.Select(
            error => new CartFileError(rows[i].Number, rows[i].Row.Sku is { Length: > 0 } sku ? sku : null, error.Code, error.Message, error.Path ?? [])));
        return new(id, filled.Cart.Version, filled.Cart.LineCount, counts.Received, counts.Applied, counts.Failed, [.. errors]);
    }
}

/// <summary>What is wrong with a row of a file.</summary>
/// <param name="Row">Its number in the file, from 1.</param>
/// <param name="Sku">As the file has it; null: it has none.</param>
/// <param name="Code">The condition.</param>
/// <param name="Message">A full sentence.</param>
/// <param name="Path">Which of the row's values: sku, quantity or note; empty: it concerns no one of them.</param>
internal sealed record CartFileError(int Row, string? Sku, string Code, string Message, IReadOnlyList<string> Path);
