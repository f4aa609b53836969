namespace Wholesale.Shipping;

/// <summary>The rules of Incoterms 2020, published by the International Chamber of Commerce. The numbers are stored.</summary>
public enum Incoterm
{
    /// <summary>Ex works.</summary>
    Exw = 0,

    /// <summary>Free carrier.</summary>
    Fca = 1,

    /// <summary>Carriage paid to.</summary>
    Cpt = 2,

    /// <summary>Carriage and insurance paid to.</summary>
    Cip = 3,

    /// <summary>Delivered at place.</summary>
    Dap = 4,

    /// <summary>Delivered at place unloaded.</summary>
    Dpu = 5,

    /// <summary>Delivered duty paid.</summary>
    Ddp = 6,

    /// <summary>Free alongside ship.</summary>
    Fas = 7,

    /// <summary>Free on board.</summary>
    Fob = 8,

    /// <summary>Cost and freight.</summary>
    Cfr = 9,

    /// <summary>Cost, insurance and freight.</summary>
    Cif = 10,
}

/// <summary>One of the two who trade.</summary>
public enum TradeParty
{
    /// <summary>Who sells.</summary>
    Seller,

    /// <summary>Who buys.</summary>
    Buyer,
}

/// <summary>Who bears what by a rule.</summary>
/// <param name="MainCarriage">Who makes the contract of the main carriage, and pays it (A4, B4).</param>
/// <param name="Insurance">Who insures it (A5, B5): by CIP and CIF the seller must; by the others nobody must, and this is who bears its risk (A3, B3).</param>
/// <param name="ExportClearance">Who clears the goods for export (A7, B7).</param>
/// <param name="ImportClearance">Who clears them for import (A7, B7).</param>
/// <param name="ImportDuty">Who pays import duty and taxes (A9, B9).</param>
public sealed record IncotermDuties(TradeParty MainCarriage, TradeParty Insurance, TradeParty ExportClearance, TradeParty ImportClearance, TradeParty ImportDuty)
{
    private const TradeParty S = TradeParty.Seller;
    private const TradeParty B = TradeParty.Buyer;

    /// <summary>By a rule: ICC, Incoterms 2020 (publication 723E), articles A and B of each.</summary>
    public static IncotermDuties Of(Incoterm incoterm) => incoterm switch
    {
        //                 main carriage, insurance, export, import, duty
        Incoterm.Exw => new(B, B, B, B, B),
        Incoterm.Fca => new(B, B, S, B, B),
        Incoterm.Fas => new(B, B, S, B, B),
        Incoterm.Fob => new(B, B, S, B, B),
        Incoterm.Cpt => new(S, B, S, B, B),
        Incoterm.Cfr => new(S, B, S, B, B),
        Incoterm.Cip => new(S, S, S, B, B),
        Incoterm.Cif => new(S, S, S, B, B),
        Incoterm.Dap => new(S, S, S, B, B),
        Incoterm.Dpu => new(S, S, S, B, B),
        Incoterm.Ddp => new(S, S, S, S, S),
        _ => throw new ArgumentOutOfRangeException(nameof(incoterm), incoterm, "There are eleven rules."),
    };
}

/// <summary>By which rule the seller delivers, and where.</summary>
/// <param name="Incoterm">The rule.</param>
/// <param name="Place">The place or port that it is about, 1–200 characters.</param>
public sealed record DeliveryTerms(Incoterm Incoterm, string Place)
{
    /// <summary>The longest place.</summary>
    public const int MaximumPlaceLength = 200;

    /// <summary>Who bears what.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IncotermDuties Duties => IncotermDuties.Of(Incoterm);

    /// <summary>Whether the seller has nothing to ship: the buyer pays the main carriage.</summary>
    internal bool IsCarriedByBuyer => Duties.MainCarriage == TradeParty.Buyer;
}
