using System.Threading.Channels;

namespace Wholesale.Pricing;

/// <summary>
/// Undoes in the background what dead imports left, where it is too much for the mutation that met it. Thread-safe; what is forgotten with the process,
/// the next writer of the list meets again.
/// </summary>
public sealed class UnfinishedPrices(IServiceScopeFactory scopes, ILogger<UnfinishedPrices> log) : BackgroundService
{
    private readonly Channel<long> lists = Channel.CreateUnbounded<long>();

    /// <summary>Has a list cleared soon.</summary>
    public void Add(long listId) => lists.Writer.TryWrite(listId);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var listId in lists.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<StagedPrices>().Undo(listId, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                log.LogError(exception, "What an import left in the price list {List} could not be undone; its next writer tries again.", listId);
            }
        }
    }
}
