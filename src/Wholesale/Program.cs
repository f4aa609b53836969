using Wholesale;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Identity;

var isKeyCommand = KeyCommand.IsMeant(args);
var builder = WebApplication.CreateBuilder(isKeyCommand ? [] : args);
if (isKeyCommand)
{
    builder.Logging.ClearProviders(); // what the command prints is the key, and nothing else
}

builder.Services.AddFeatures(builder.Configuration, builder.Environment);

await using var app = builder.Build();
await app.Services.Migrate();
if (isKeyCommand)
{
    return await KeyCommand.Run(args, app.Services, Console.Out, Console.Error);
}

app.MapHealth();
app.UseWhen(context => !context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal), api => api.UseCredentials());
// The GraphQL endpoints stand here.
await app.RunAsync();
return 0;
