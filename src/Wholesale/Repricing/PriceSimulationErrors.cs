using Wholesale.Platform;

namespace Wholesale.Repricing;

/// <summary>The code of simulations, and their messages.</summary>
public static class PriceSimulationErrors
{
    /// <summary>As many simulations run and wait as may.</summary>
    public const string TooManySimulations = "TOO_MANY_SIMULATIONS";

    internal static UserError TooManySimulationsWait() =>
        new(TooManySimulations, $"{PriceSimulations.MaximumWaiting} simulations wait in line already: ask again when some are done.");

    internal static UserError NotSoManyWorst(int worst) =>
        new(ErrorCodes.InvalidValue, $"From 1 to {PriceSimulationFields.MaximumWorst} of the worst are told, not {worst}.", ["worst"]);

    internal static UserError NotOneChange() =>
        new(ErrorCodes.InvalidValue, "Give either priceChangeSetId, or priceListId with prices.", ["priceChangeSetId"]);

    internal static UserError NothingToSimulate() => new(ErrorCodes.InvalidValue, "Give at least one price.", ["prices"]);

    internal static UserError NotToBeSimulated(PriceChangeSetStatus status) => new(
        ErrorCodes.InvalidValue, $"The set is {PriceChangeSetErrors.Word(status)}: only a draft or an approved set can be tried out.", ["priceChangeSetId"]);

    internal static string SimulationLost() => "The server that ran the simulation has not been heard of since: ask for it again.";

    internal static string SimulationStopped() => "The server that ran the simulation was stopped: ask for it again.";

    internal static string SimulationBroke() => "It failed for a reason that the server's log tells: ask again, or tell whoever runs the server.";
}
