namespace Wholesale.Tests.Orders.Proof;

/// <summary>
/// Tests that buy by the hundred, under load and under faults: nothing else runs beside them, and most share a shop. <c>WHOLESALE_PROOF=full</c> gives each the whole of its budget, which takes
/// an hour; each prints what it did.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProofCollection : ICollectionFixture<ProofCollection.Shops>
{
    public const string Name = "Proof of buying";

    /// <summary>What a test does where somebody asks for the whole proof, and what it does each time.</summary>
    public static T Budget<T>(T full, T brief) => Environment.GetEnvironmentVariable("WHOLESALE_PROOF") == "full" ? full : brief;

    /// <summary>Prints a figure.</summary>
    public static void Tell(string line) => TestContext.Current.TestOutputHelper!.WriteLine(line);

    /// <summary>Begins when the first test asks for it.</summary>
    public sealed class Shops : IAsyncDisposable
    {
        private BuyingShop? shop;

        /// <summary>A shop that tests leave as they found it but for its orders.</summary>
        internal async Task<BuyingShop> Get() => shop ??= await BuyingShop.Start();

        public ValueTask DisposeAsync() => shop?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
