namespace Wholesale.Bench;

/// <summary>The floor: Kestrel, a POST, the same bytes every time. Each file of a folder is answered at its own name.</summary>
internal static class ConstantServer
{
    public static async Task Run(int port, string folder)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var app = builder.Build();
        Counters.Map(app);
        foreach (var file in Directory.GetFiles(folder))
        {
            var body = await File.ReadAllBytesAsync(file);
            app.MapPost($"/{Path.GetFileName(file)}", context => Answer(context, body));
        }

        await app.RunAsync();
    }

    /// <summary>Reads the request's body, as every server of GraphQL must, and answers.</summary>
    public static async Task Answer(HttpContext context, ReadOnlyMemory<byte> body)
    {
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(4096);
        while (await context.Request.Body.ReadAsync(buffer) > 0)
        {
        }

        System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body);
    }
}
