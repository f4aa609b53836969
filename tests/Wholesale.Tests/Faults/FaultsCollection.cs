namespace Wholesale.Tests.Faults;

/// <summary>Tests that measure times while they load the machine: nothing else runs beside them, and they share a <see cref="PricedShop"/>, whose ledger knows what each has written.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FaultsCollection : ICollectionFixture<FaultsCollection.Shops>
{
    public const string Name = "Faults";

    /// <summary>What a test does under CI, and what it does elsewhere, where somebody waits for it.</summary>
    public static T Budget<T>(T underCi, T elsewhere) => Requires.IsCi ? underCi : elsewhere;

    /// <summary>Prints a figure.</summary>
    public static void Tell(string line) => TestContext.Current.TestOutputHelper!.WriteLine(line);

    /// <summary>Begins when the first test asks for it.</summary>
    public sealed class Shops : IAsyncDisposable
    {
        private PricedShop? shop;

        /// <summary>Two hundred customers, and more lists than a node of 1 MB keeps.</summary>
        internal async Task<PricedShop> Large() => shop ??= await PricedShop.Start(new(customers: 200, variants: 1_500, groups: 20));

        public ValueTask DisposeAsync() => shop?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
