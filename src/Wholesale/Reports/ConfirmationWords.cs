using System.Collections.Frozen;
using Wholesale.Catalog;
using Wholesale.Companies;

namespace Wholesale.Reports;

/// <summary>What a page of a confirmation says by itself, in one language.</summary>
internal sealed record ConfirmationWords
{
    private static readonly ConfirmationWords English = new()
    {
        Locale = "en",
        Title = "Order confirmation",
        OrderedOn = "Ordered",
        ConfirmedOn = "Confirmed",
        PurchaseOrderNumber = "Your order number",
        CostCenter = "Cost center",
        JobCode = "Job code",
        RequestedOn = "Wanted",
        Payment = "Payment",
        OnAccount = "On account",
        BankTransfer = "Bank transfer",
        DeliveryTerms = "Delivery",
        Shipping = "Shipping",
        Note = "Note",
        ShipTo = "Deliver to",
        BillTo = "Invoice to",
        Item = "Item",
        Ordered = "Ordered",
        Confirmed = "Confirmed",
        UnitPrice = "Price",
        Tax = "Tax",
        ArrivesOn = "Arrives",
        Total = "Total",
        Subtotal = "Subtotal",
        CancelledBefore = "Cancelled before",
        ConfirmedTotal = "Total confirmed",
    };

    private static readonly ConfirmationWords German = new()
    {
        Locale = "de",
        Title = "Auftragsbestätigung",
        OrderedOn = "Bestellt",
        ConfirmedOn = "Bestätigt",
        PurchaseOrderNumber = "Ihre Bestellnummer",
        CostCenter = "Kostenstelle",
        JobCode = "Auftrag",
        RequestedOn = "Gewünscht",
        Payment = "Zahlung",
        OnAccount = "Auf Rechnung",
        BankTransfer = "Überweisung",
        DeliveryTerms = "Lieferung",
        Shipping = "Versand",
        Note = "Anmerkung",
        ShipTo = "Lieferung an",
        BillTo = "Rechnung an",
        Item = "Artikel",
        Ordered = "Bestellt",
        Confirmed = "Bestätigt",
        UnitPrice = "Preis",
        Tax = "Steuer",
        ArrivesOn = "Trifft ein",
        Total = "Summe",
        Subtotal = "Zwischensumme",
        CancelledBefore = "Zuvor storniert",
        ConfirmedTotal = "Bestätigte Summe",
    };

    private static readonly FrozenDictionary<string, ConfirmationWords> All = new[] { English, German }.ToFrozenDictionary(words => words.Locale, StringComparer.Ordinal);
    private static readonly FrozenSet<string> Locales = All.Keys.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Those of the language that serves a caller best.</summary>
    public static ConfirmationWords Of(Caller caller) => All[Fallback.Choose(caller.Locales, Locales)];

    /// <summary>The language's tag.</summary>
    public required string Locale { get; init; }

    public required string Title { get; init; }

    public required string OrderedOn { get; init; }

    public required string ConfirmedOn { get; init; }

    public required string PurchaseOrderNumber { get; init; }

    public required string CostCenter { get; init; }

    public required string JobCode { get; init; }

    public required string RequestedOn { get; init; }

    public required string Payment { get; init; }

    public required string OnAccount { get; init; }

    public required string BankTransfer { get; init; }

    public required string DeliveryTerms { get; init; }

    public required string Shipping { get; init; }

    public required string Note { get; init; }

    public required string ShipTo { get; init; }

    public required string BillTo { get; init; }

    public required string Item { get; init; }

    public required string Ordered { get; init; }

    public required string Confirmed { get; init; }

    public required string UnitPrice { get; init; }

    public required string Tax { get; init; }

    public required string ArrivesOn { get; init; }

    public required string Total { get; init; }

    public required string Subtotal { get; init; }

    public required string CancelledBefore { get; init; }

    public required string ConfirmedTotal { get; init; }
}
