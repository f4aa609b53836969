using Wholesale.Platform;

namespace Wholesale.Tax;

/// <summary>What is to be taxed: amounts net of tax, in one currency, shipped to one place on one day.</summary>
/// <param name="CompanyId">Who buys.</param>
/// <param name="Country">ISO 3166-1 alpha-2 of the place; null: it is not known, and nothing is taxed.</param>
/// <param name="Region">The part of the country, by the code that rates have; null: it has none.</param>
/// <param name="On">The day by whose rates it is taxed.</param>
/// <param name="Currency">Of all amounts.</param>
/// <param name="Rounding">Which way tax between two minor units goes: the market's.</param>
/// <param name="Items">May be negative, too.</param>
public sealed record TaxQuestion(
    long CompanyId, string? Country, string? Region, DateOnly On, Currency Currency, RoundingMode Rounding, IReadOnlyList<TaxedItem> Items);

/// <summary>An amount and what it is for.</summary>
/// <param name="TaxClass">The product's.</param>
/// <param name="Amount">Net of tax.</param>
public sealed record TaxedItem(string TaxClass, Money Amount);

/// <summary>Why tax is charged or not.</summary>
public enum TaxTreatment
{
    /// <summary>It is charged.</summary>
    Taxed,

    /// <summary>The company owes none there.</summary>
    Exempt,

    /// <summary>The company owes it to the authority itself.</summary>
    ReverseCharge,

    /// <summary>There is no rate for it there.</summary>
    NotTaxed,
}

/// <summary>One row of the totals: all items of one rate.</summary>
/// <param name="Name">As it is printed; empty where there is no rate.</param>
/// <param name="RatePercent">What is charged; 0 unless taxed.</param>
/// <param name="Treatment">Why.</param>
/// <param name="Net">The items' sum, exact.</param>
/// <param name="Tax">In whole minor units; 0 unless taxed.</param>
public sealed record TaxLine(string Name, Amount RatePercent, TaxTreatment Treatment, Money Net, Money Tax);

/// <summary>The tax of all items.</summary>
/// <param name="Lines">By treatment, the highest rate first, then by name.</param>
/// <param name="LineOfItem">For each item the position of its line.</param>
/// <param name="Total">The lines' tax.</param>
public sealed record TaxAnswer(IReadOnlyList<TaxLine> Lines, IReadOnlyList<int> LineOfItem, Money Total);

/// <summary>The process edge: a tax service can take the table's place. See docs/taxes.md.</summary>
public interface ITaxes
{
    /// <summary>Taxes amounts.</summary>
    /// <exception cref="MoneyOverflowException">A sum has more digits than an amount.</exception>
    ValueTask<TaxAnswer> Of(TaxQuestion question, CancellationToken cancellation);
}
