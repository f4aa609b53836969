using Wholesale.Platform;

namespace Wholesale.Repricing;

/// <summary>What would come of a change of prices; stored as JSON.</summary>
/// <param name="Companies">Companies that have any of the chains.</param>
/// <param name="AffectedCompanies">Those of which a price changes.</param>
/// <param name="Chains">Chains of lists that were priced.</param>
/// <param name="Lines">Changed variants of each chain.</param>
/// <param name="Increased">Lines that become dearer.</param>
/// <param name="Decreased">Lines that become cheaper.</param>
/// <param name="Gained">Lines that had no price.</param>
/// <param name="Lost">Lines that have no price any more.</param>
/// <param name="WorstLines">The worst first.</param>
/// <param name="WorstCompanies">The worst first.</param>
/// <param name="Revenues">What was bought comes to, by currency code; null: it was found by a version that did not ask.</param>
public sealed record PriceSimulationResult(
    int Companies,
    int AffectedCompanies,
    int Chains,
    long Lines,
    long Increased,
    long Decreased,
    long Gained,
    long Lost,
    IReadOnlyList<SimulatedPriceChange> WorstLines,
    IReadOnlyList<SimulatedCompany> WorstCompanies,
    IReadOnlyList<SimulatedRevenue>? Revenues = null);

/// <summary>A price that becomes another, as all have it for whom it does.</summary>
/// <param name="VariantId">The variant.</param>
/// <param name="Quantity">How much is bought.</param>
/// <param name="Companies">How many companies.</param>
/// <param name="ExampleCompanyId">One of them.</param>
/// <param name="Currency">Of both prices.</param>
/// <param name="UnitPriceBefore">In 1/10,000 of the currency; null: none.</param>
/// <param name="UnitPriceAfter">In 1/10,000 of the currency; null: none.</param>
/// <param name="BasisPoints">By how much it is dearer, in hundredths of a per cent.</param>
public sealed record SimulatedPriceChange(
    long VariantId,
    Quantity Quantity,
    int Companies,
    long ExampleCompanyId,
    Currency Currency,
    long? UnitPriceBefore,
    long? UnitPriceAfter,
    long? BasisPoints)
{
    /// <summary>What a unit costs now; null: it has no price.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public Money? Before => UnitPriceBefore is { } amount ? new(amount, Currency) : null;

    /// <summary>What a unit costs then; null: it has no price.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public Money? After => UnitPriceAfter is { } amount ? new(amount, Currency) : null;

    /// <summary>By how much it is dearer, in per cent.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public Amount? ChangePercent => BasisPoints is { } points ? new(points * 100) : null;
}

/// <summary>What would come of it for one company.</summary>
/// <param name="CompanyId">The company.</param>
/// <param name="ChangedLines">How many of its prices become others.</param>
/// <param name="LostLines">How many it has no more.</param>
/// <param name="AverageBasisPoints">By how much the others become dearer on average, in hundredths of a per cent.</param>
/// <param name="GreatestBasisPoints">By how much the one does that changes most.</param>
public sealed record SimulatedCompany(long CompanyId, long ChangedLines, long LostLines, long? AverageBasisPoints, long? GreatestBasisPoints)
{
    /// <summary>By how much prices become dearer on average, in per cent.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public Amount? AverageChangePercent => AverageBasisPoints is { } points ? new(points * 100) : null;

    /// <summary>By how much the one becomes dearer that changes most, in per cent.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public Amount? GreatestChangePercent => GreatestBasisPoints is { } points ? new(points * 100) : null;
}
