using System.Globalization;
using Wholesale.Bench;
using Wholesale.Bench.Engine;
using Wholesale.Bench.Prices;

// dotnet run -c Release --project tools/Wholesale.Bench -- page [seconds per round] [rounds]
// dotnet run -c Release --project tools/Wholesale.Bench -- import [rows]
// dotnet run -c Release --project tools/Wholesale.Bench -- shop FILE [skus] [breaks] [companies] [overrides] [shared lists]
// dotnet run -c Release --project tools/Wholesale.Bench -- prices [skus] [companies] [rounds]
// dotnet run -c Release --project tools/Wholesale.Bench -- price-changes [skus] [rounds]
// dotnet run -c Release --project tools/Wholesale.Bench -- simulate [skus] [companies] [changes] [rounds]
// dotnet run -c Release --project tools/Wholesale.Bench -- nodes [skus] [companies] [edits]
// dotnet run -c Release --project tools/Wholesale.Bench -- checkout [rounds]
// dotnet run -c Release --project tools/Wholesale.Bench -- history [orders] [rounds]
// dotnet run -c Release --project tools/Wholesale.Bench -- engine [T1 … T6] [rounds]
// dotnet run -c Release --project tools/Wholesale.Bench -- loop T3 10             runs one of them in process, for a profiler
switch (args)
{
    case ["constant", var port, var folder]:
        await ConstantServer.Run(int.Parse(port, CultureInfo.InvariantCulture), folder);
        return 0;
    case ["engine-server", var port]:
        await EngineServer.Run(int.Parse(port, CultureInfo.InvariantCulture));
        return 0;
    case ["product-server", .. var rest]:
        await ProductServer.Run(rest);
        return 0;
    case ["import", .. var rest]:
        return await ImportBench.Run(rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : 1_000_000);
    case ["prices", .. var rest]:
        return await PriceBench.Run(
            skus: rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : 1_000_000,
            companies: rest.Length > 1 ? int.Parse(rest[1], CultureInfo.InvariantCulture) : 10_000,
            rounds: rest.Length > 2 ? int.Parse(rest[2], CultureInfo.InvariantCulture) : 7);
    case ["price-changes", .. var rest]:
        return await PriceChangesBench.Run(
            skus: rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : 200_000,
            rounds: rest.Length > 1 ? int.Parse(rest[1], CultureInfo.InvariantCulture) : 7);
    case ["simulate", .. var rest]:
        var counts = rest.Select(size => int.Parse(size, CultureInfo.InvariantCulture)).Concat(new[] { 100_000, 10_000, 1_000, 3 }.Skip(rest.Length)).ToArray();
        return await SimulationBench.Run(counts[0], counts[1], counts[2], counts[3]);
    case ["nodes", .. var rest]:
        var numbers = rest.Select(size => int.Parse(size, CultureInfo.InvariantCulture)).Concat(new[] { 1_000_000, 10_000, 300 }.Skip(rest.Length)).ToArray();
        return await NodesBench.Run(numbers[0], numbers[1], numbers[2]);
    case ["checkout", .. var rest]:
        return await Wholesale.Bench.Orders.CheckoutBench.Run(rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : 7);
    case ["history", .. var rest]:
        return await Wholesale.Bench.Orders.HistoryBench.Run(
            orders: rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : 100_000,
            rounds: rest.Length > 1 ? int.Parse(rest[1], CultureInfo.InvariantCulture) : 5);
    case ["history-by-hand", var port, var file]:
        await Wholesale.Bench.Orders.HistoryByHand.Run(int.Parse(port, CultureInfo.InvariantCulture), file);
        return 0;
    case ["shop", var file, .. var rest]:
        var sizes = rest.Select(size => int.Parse(size, CultureInfo.InvariantCulture)).Concat(new[] { 1_000_000, 3, 10_000, 1_000, 4_000 }.Skip(rest.Length)).ToArray();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await new GeneratedShop(sizes[0], sizes[1], sizes[2], sizes[3], sizes[4]).Write($"Data Source={file}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds:0} s, {new FileInfo(file).Length >> 20} MB"));
        return 0;
    case ["page", .. var rest]:
        return await PageBench.Run(
            secondsPerRound: rest.Length > 0 ? double.Parse(rest[0], CultureInfo.InvariantCulture) : 2,
            rounds: rest.Length > 1 ? int.Parse(rest[1], CultureInfo.InvariantCulture) : 9);
    case ["engine", .. var rest]:
        var rounds = rest.Length > 0 && int.TryParse(rest[^1], CultureInfo.InvariantCulture, out var given) ? given : 9;
        return await EngineBench.Run([.. rest.Where(name => name.StartsWith('T'))], rounds);
    case ["loop", var name, var seconds]:
        EngineBench.Loop(name, double.Parse(seconds, CultureInfo.InvariantCulture));
        return 0;
    default:
        Console.Error.WriteLine("usage: page [seconds per round] [rounds] | import [rows] | prices [skus] [companies] [rounds] | price-changes [skus] [rounds] | simulate [skus] [companies] [changes] [rounds] | nodes [skus] [companies] [edits] | checkout [rounds] | history [orders] [rounds] | shop FILE [skus] [breaks] [companies] [overrides] [shared lists] | engine [T1 … T6] [rounds] | loop (T1 … T6) seconds");
        return 2;
}
