using Wholesale;
using Wholesale.Platform.Identity;

if (KeyCommand.IsMeant(args))
{
    return await WholesaleHost.RunKeyCommand(args);
}

await using var app = await WholesaleHost.Create(args);
await app.RunAsync();
return 0;
