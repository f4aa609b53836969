using System.Globalization;
using System.Net;
using System.Text;
using Wholesale.Credit;
using Wholesale.Orders;
using Wholesale.Platform;

namespace Wholesale.Reports;

/// <summary>A confirmation as a page to read and print: one file, without scripts, that loads nothing. Amounts, quantities and days are written as in the API.</summary>
internal sealed class ConfirmationPage
{
    private const int LinesOfPiece = 200;

    private const string Style = """
        body { font: 11pt/1.4 system-ui, sans-serif; margin: 2cm auto; max-width: 18cm; padding: 0 1cm } h1 { font-size: 16pt } table { border-collapse: collapse; width: 100% }
        td, th { padding: .15em .6em .15em 0; text-align: left; vertical-align: top } .lines th, .lines td { border-bottom: 1px solid #bbb } .n { text-align: right; white-space: nowrap }
        .two { display: flex; gap: 2cm; margin: 1em 0 } .sum { font-weight: bold } .facts { width: auto; margin-bottom: 1em } thead { display: table-header-group }
        tr { break-inside: avoid } @page { margin: 1.5cm } @media print { body { margin: 0; max-width: none; padding: 0 } }
        """;

    private readonly StringBuilder html = new();
    private readonly Order order;
    private readonly ConfirmationWords words;

    private ConfirmationPage(Order order, ConfirmationWords words) => (this.order, this.words) = (order, words);

    /// <summary>Writes it, some hundred lines at a time.</summary>
    /// <param name="confirmation">The confirmation.</param>
    /// <param name="lines">All of the order's lines, in their order.</param>
    /// <param name="words">In this language.</param>
    public static IEnumerable<string> Pieces(OrderConfirmation confirmation, IReadOnlyList<OrderLine> lines, ConfirmationWords words) =>
        new ConfirmationPage(confirmation.Order, words).Pieces(confirmation, lines);

    private IEnumerable<string> Pieces(OrderConfirmation confirmation, IReadOnlyList<OrderLine> lines)
    {
        var title = $"{Text(words.Title)} {Text(order.Number)}";
        html.Append(CultureInfo.InvariantCulture, $"<!DOCTYPE html>\n<html lang=\"{words.Locale}\">\n<head><meta charset=\"utf-8\"><title>{title}</title><style>{Style}</style></head>\n<body>\n<h1>{title}</h1>\n");
        Facts(confirmation);
        html.Append("<div class=\"two\">\n");
        Address(words.ShipTo, order.ShipTo);
        Address(words.BillTo, order.BillTo);
        html.Append("</div>\n");
        var differ = lines.Any(line => line.Confirmed != line.Quantity);
        Head(differ);
        foreach (var some in lines.Index().Chunk(LinesOfPiece))
        {
            yield return Piece();
            Array.ForEach(some, line => Line(line.Index + 1, line.Item, differ));
        }

        html.Append("</tbody>\n</table>\n");
        Sums(confirmation.Total);
        html.Append("</body>\n</html>\n");
        yield return Piece();
    }

    private string Piece()
    {
        var piece = html.ToString();
        html.Clear();
        return piece;
    }

    private void Facts(OrderConfirmation confirmation)
    {
        html.Append("<table class=\"facts\">\n");
        Fact(words.OrderedOn, Day(order.PlacedAt));
        Fact(words.ConfirmedOn, Day(confirmation.ConfirmedAt));
        Fact(words.PurchaseOrderNumber, order.PurchaseOrderNumber);
        Fact(words.CostCenter, order.CostCenter);
        Fact(words.JobCode, order.JobCode);
        foreach (var reference in order.References)
        {
            Fact(reference.Code, reference.Value);
        }

        Fact(words.RequestedOn, order.RequestedDeliveryDate is { } day ? Day(day) : null);
        Fact(words.Payment, order.PaymentMethod == PaymentMethod.BankTransfer ? words.BankTransfer : order.PaymentTerm is { } term ? $"{words.OnAccount}, {term.Name}" : words.OnAccount);
        Fact(words.DeliveryTerms, order.DeliveryTerms is { } terms ? $"{EnumNames<Shipping.Incoterm>.Of(terms.Incoterm)} {terms.Place} (Incoterms 2020)" : null);
        Fact(words.Shipping, order.Shipping.Name);
        Fact(words.Note, order.Note);
        html.Append("</table>\n");
    }

    private void Fact(string name, string? value)
    {
        if (value is not null)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><th>{Text(name)}</th><td>{Text(value)}</td></tr>\n");
        }
    }

    private void Address(string name, PostalAddress address)
    {
        string?[] rows = [address.Name, address.Attention, .. address.Lines, $"{address.PostalCode} {address.City}".Trim(), address.Region, address.Country];
        html.Append(CultureInfo.InvariantCulture, $"<div><b>{Text(name)}</b><br>{Text(string.Join('\n', rows.OfType<string>()))}</div>\n");
    }

    /// <summary>What was ordered stands beside what is confirmed where something is not.</summary>
    private void Head(bool differ)
    {
        html.Append("<table class=\"lines\">\n<thead>");
        Row("th", ("#", true), (words.Item, false), (words.Ordered, true), (words.UnitPrice, true), (words.Tax, true), (words.Total, true), (differ ? words.Confirmed : null, true), (words.ArrivesOn, false));
        html.Append("</thead>\n<tbody>\n");
    }

    private void Line(int number, OrderLine line, bool differ)
    {
        var placed = new PlacedLine(order, line);
        Row(
            "td",
            (RowErrors.Position(number), true),
            (line.Note is { } note ? $"{line.Sku}\n{line.Name}\n{note}" : $"{line.Sku}\n{line.Name}", false),
            ($"{line.Quantity} {line.UnitOfMeasure}", true),
            ($"{placed.UnitPrice.Amount}", true),
            ($"{line.TaxRatePercent} %", true),
            ($"{placed.Total.Amount}", true),
            (differ ? $"{line.Confirmed} {line.UnitOfMeasure}" : null, true),
            (line.PromisedOn is { } day ? Day(day) : "", false));
    }

    /// <summary>A row of cells, of which numbers stand right; one without text is left out.</summary>
    private void Row(string tag, params ReadOnlySpan<(string? Text, bool IsNumber)> cells)
    {
        html.Append("<tr>");
        foreach (var (text, isNumber) in cells)
        {
            if (text is not null)
            {
                html.Append(CultureInfo.InvariantCulture, $"<{tag}{(isNumber ? " class=\"n\"" : "")}>{Text(text)}</{tag}>");
            }
        }

        html.Append("</tr>\n");
    }

    private void Sums(Money confirmed)
    {
        html.Append("<table>\n");
        Sum(words.Subtotal, order.Subtotal);
        if (order.ShippingAmount.TenThousandths != 0 || order.Freight is not null)
        {
            Sum(words.Shipping, order.Shipping.Total);
        }

        foreach (var tax in order.Tax.Lines)
        {
            Sum(tax.Name, tax.Tax);
        }

        Sum(words.Total, order.Total, isLast: confirmed == order.Total);
        if (confirmed != order.Total)
        {
            Sum(words.CancelledBefore, new(confirmed.TenThousandths - order.Total.TenThousandths, order.Currency));
            Sum(words.ConfirmedTotal, confirmed, isLast: true);
        }

        html.Append("</table>\n");
    }

    private void Sum(string name, Money money, bool isLast = false) => html.Append(
        CultureInfo.InvariantCulture, $"<tr{(isLast ? " class=\"sum\"" : "")}><td class=\"n\">{Text(name)}</td><td class=\"n\">{money}</td></tr>\n");

    private static string Day(DateTime at) => Day(DateOnly.FromDateTime(at));

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A text as it is, its line breaks kept.</summary>
    private static string Text(string text) => WebUtility.HtmlEncode(text).Replace("\n", "<br>", StringComparison.Ordinal);
}
