using Wholesale;
using Wholesale.Platform.Database;
using Wholesale.Platform.Identity;

if (KeyCommand.IsMeant(args))
{
    return await WholesaleHost.RunKeyCommand(args);
}

if (MigrateCommand.IsMeant(args))
{
    return await WholesaleHost.RunMigrateCommand(args);
}

await using var app = await WholesaleHost.Create(args);
await app.RunAsync();
return 0;
