using Wholesale.Bench;

// dotnet run -c Release --project tools/Wholesale.Bench -- page [seconds per round] [rounds]
switch (args)
{
    case ["constant", var port, var file]:
        await ConstantServer.Run(int.Parse(port, System.Globalization.CultureInfo.InvariantCulture), file);
        return 0;
    case ["page", .. var rest]:
        return await PageBench.Run(
            secondsPerRound: rest.Length > 0 ? double.Parse(rest[0], System.Globalization.CultureInfo.InvariantCulture) : 2,
            rounds: rest.Length > 1 ? int.Parse(rest[1], System.Globalization.CultureInfo.InvariantCulture) : 9);
    default:
        Console.Error.WriteLine("usage: page [seconds per round] [rounds]");
        return 2;
}
