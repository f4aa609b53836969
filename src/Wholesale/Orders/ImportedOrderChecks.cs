using Wholesale.Carts;
using Wholesale.Companies;
using Wholesale.Platform;

namespace Wholesale.Orders;

/// <summary>Checks the form of rows of imported orders: whatever can be seen without looking at what is there.</summary>
internal static class ImportedOrderChecks
{
    /// <summary>How many rates an order's tax has at most.</summary>
    public const int MaximumTaxes = 100;

    private const int MaximumUnitLength = 20;

    private static readonly DateTime FirstDay = new(1900, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Checks a row.</summary>
    public static void Check(ImportedOrderInput input, DateTime now, RowErrors errors)
    {
        Code(input.PurchaseOrderNumber, "purchaseOrderNumber", errors);
        Code(input.CostCenter, "costCenter", errors);
        Code(input.JobCode, "jobCode", errors);
        Note(input.Note, Cart.MaximumNoteLength, errors, "note");
        Note(input.CancellationNote, Cart.MaximumNoteLength, errors, "cancellationNote");
        Address(input.ShipTo, "shipTo", errors);
        Address(input.BillTo, "billTo", errors);
        Then(input.PlacedAt, FirstDay, now, errors, "placedAt");
        Then(input.ConfirmedAt, input.PlacedAt, now, errors, "confirmedAt");
        Then(input.CompletedAt, input.PlacedAt, now, errors, "completedAt");
        Then(input.CancelledAt, input.PlacedAt, now, errors, "cancelledAt");
        NotNegative(input.AmountPaid, errors, "amountPaid");
        NotNegative(input.Shipping?.Amount, errors, "shipping", "amount");
        NotNegative(input.Shipping?.TaxRatePercent, errors, "shipping", "taxRatePercent");
        if (input.Lines.Count == 0)
        {
            errors.Invalid("An order has at least one line.", "lines");
        }

        if (errors.Length(input.Lines, LineParts.Maximum, "lines"))
        {
            Lines(input, errors);
        }

        if (errors.Length(input.Taxes, MaximumTaxes, "taxes"))
        {
            Taxes(input, errors);
        }

        if (errors.Length(input.Shipments, Shipment.MaximumOfOrder, "shipments"))
        {
            Shipments(input, now, errors);
        }
    }

    private static void Lines(ImportedOrderInput input, RowErrors errors)
    {
        var firstDay = DateOnly.FromDateTime(input.PlacedAt);
        foreach (var (i, line) in input.Lines.Index())
        {
            string[] Path(string field) => ["lines", RowErrors.Position(i), field];
            errors.Name(line.Name, Path("name"));
            Note(line.Note, CartLine.MaximumNoteLength, errors, Path("note"));
            NotNegative(line.UnitPrice, errors, Path("unitPrice"));
            NotNegative(line.Total, errors, Path("total"));
            NotNegative(line.TaxRatePercent, errors, Path("taxRatePercent"));
            if (line.UnitOfMeasure is { } unit)
            {
                errors.Text(unit, MaximumUnitLength, Path("unitOfMeasure"));
            }

            if (line.Quantity == default)
            {
                errors.Invalid("It must be more than 0.", Path("quantity"));
            }
            else if (line.Cancelled > line.Quantity)
            {
                errors.Invalid($"Of {line.Quantity} no more can be cancelled, unlike {line.Cancelled}.", Path("cancelled"));
            }

            if (line.PromisedOn < firstDay)
            {
                errors.Invalid($"It was ordered on {firstDay:yyyy-MM-dd}: nothing arrives before.", Path("promisedOn"));
            }
        }
    }

    private static void Taxes(ImportedOrderInput input, RowErrors errors)
    {
        foreach (var (i, tax) in (input.Taxes ?? []).Index())
        {
            string[] Path(string field) => ["taxes", RowErrors.Position(i), field];
            if (tax.Name.Length > 0)
            {
                errors.Name(tax.Name, Path("name"));
            }

            NotNegative(tax.RatePercent, errors, Path("ratePercent"));
            NotNegative(tax.Net, errors, Path("net"));
            NotNegative(tax.Tax, errors, Path("tax"));
        }
    }

    private static void Shipments(ImportedOrderInput input, DateTime now, RowErrors errors)
    {
        var externalIds = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (i, shipment) in (input.Shipments ?? []).Index())
        {
            string[] Path(params ReadOnlySpan<string> field) => ["shipments", RowErrors.Position(i), .. field];
            if (shipment.ExternalId is { } externalId)
            {
                errors.Key(externalId, Path("externalId"));
                if (!externalIds.Add(externalId))
                {
                    errors.Add(ErrorCodes.DuplicateRow, $"The shipment \"{externalId}\" stands in this row already.", Path("externalId"));
                }
            }

            var more = new RowErrors();
            ShipmentChecks.Check(shipment.Carrier, shipment.TrackingNumbers, more);
            foreach (var error in more.ToList().Append(ShipmentChecks.NotExpected(shipment.ExpectedDeliveryDate, shipment.ShippedAt)).OfType<UserError>())
            {
                errors.Add(error.Under(Path()));
            }

            Then(shipment.ShippedAt, input.PlacedAt, now, errors, Path("shippedAt"));
            Then(shipment.DeliveredAt, shipment.ShippedAt, now, errors, Path("deliveredAt"));
            if (shipment.Lines.Count == 0)
            {
                errors.Invalid("Nothing is in it.", Path("lines"));
            }

            if (errors.Length(shipment.Lines, LineParts.Maximum, Path("lines")))
            {
                ShipmentLines(shipment, Path, errors);
            }
        }
    }

    private delegate string[] PathOf(params ReadOnlySpan<string> field);

    private static void ShipmentLines(ImportedShipmentInput shipment, PathOf path, RowErrors errors)
    {
        foreach (var (i, line) in shipment.Lines.Index())
        {
            if (line.Sku is null == line.Line is null)
            {
                errors.Add(OrderErrors.NotOneKey("sku", "line", path("lines", RowErrors.Position(i))));
            }

            if (line.Quantity == default)
            {
                errors.Invalid("It must be more than 0.", path("lines", RowErrors.Position(i), "quantity"));
            }
            else if (line.Rejected > line.Quantity || (line.Rejected != default && shipment.DeliveredAt is null))
            {
                errors.Invalid(
                    shipment.DeliveredAt is null ? "It has not arrived: nothing of it was refused." : $"Of {line.Quantity} no more was refused, unlike {line.Rejected}.",
                    path("lines", RowErrors.Position(i), "rejected"));
            }
        }
    }

    private static void Address(ImportedAddressInput address, string field, RowErrors errors)
    {
        var inner = new RowErrors();
        AddressChecks.Check(
            new("-", Name: address.Name, Attention: address.Attention, Lines: address.Lines, City: address.City, Region: address.Region, PostalCode: address.PostalCode, Country: address.Country, Phone: address.Phone),
            isNew: true,
            inner);
        foreach (var error in inner.ToList())
        {
            errors.Add(error.Under(field));
        }
    }

    private static void Code(string? code, string field, RowErrors errors)
    {
        if (code is not null)
        {
            errors.LookedUp(code, Cart.MaximumCodeLength, field);
        }
    }

    private static void Note(string? note, int maximumLength, RowErrors errors, params string[] path)
    {
        if (note is not null)
        {
            errors.Text(note, maximumLength, path, lines: true);
        }
    }

    private static void Then(DateTime? at, DateTime earliest, DateTime now, RowErrors errors, params string[] path)
    {
        if (at < earliest)
        {
            errors.Invalid($"{Instant.ToString(at.Value)} is before {Instant.ToString(earliest)}, when it was {(path is ["shipments", _, "deliveredAt"] ? "sent" : "ordered")}.", path);
        }
        else if (at > now + OpenOrders.Skew)
        {
            errors.Invalid($"It is {Instant.ToString(now)}: {Instant.ToString(at.Value)} is to come.", path);
        }
    }

    private static void NotNegative(Amount? amount, RowErrors errors, params string[] path)
    {
        if (amount is { TenThousandths: < 0 })
        {
            errors.Invalid($"It must be 0 or more, not {amount}.", path);
        }
    }
}
