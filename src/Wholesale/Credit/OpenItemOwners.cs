using Wholesale.Platform;

namespace Wholesale.Credit;

/// <summary>What open items are for, in a room that this one does not see: orders. That room is asked whose they are, and told what was paid of them. One a request, or none.</summary>
public abstract class OpenItemOwners
{
    /// <summary>Whose the order is that has this number, compared exactly; null: there is none. With a refusal where nothing is paid of it here.</summary>
    public abstract ValueTask<(long? CompanyId, UserError? Refusal)> CompanyOf(string orderNumber, CancellationToken cancellation);

    /// <summary>Something was paid of open items, or taken back: inside the same transaction, after it was written.</summary>
    /// <param name="changes">The items as they were and as they are.</param>
    /// <param name="cancellation">Stops between and inside statements.</param>
    public abstract ValueTask Paid(IReadOnlyList<(OpenItem Was, OpenItem Is)> changes, CancellationToken cancellation);
}
