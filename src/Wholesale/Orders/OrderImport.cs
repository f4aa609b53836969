using Wholesale.Companies;
using Wholesale.Inventory;
using Wholesale.Platform;

namespace Wholesale.Orders;

/// <summary>Decides what rows of orders do: pure, row by row. A row is checked whole before anything of it is carried out.</summary>
/// <param name="known">What was there before the call.</param>
/// <param name="ids">For what is new.</param>
/// <param name="now">Now.</param>
internal sealed class OrderImport(KnownForOrders known, Ids ids, DateTime now)
{
    /// <summary>Orders that are not as they were, and what they were; null: they are new.</summary>
    public List<(ImportedOrder Is, ImportedOrder? Was)> Changed { get; } = [];

    /// <summary>Carries a row out, unless it has errors.</summary>
    public void Decide(BulkRow<ImportedOrderInput, Order> row)
    {
        var (input, errors) = (row.Input, row.Errors);
        errors.LookedUp(input.Number, OrderNumberSeries.MaximumNumberLength, "number");
        var before = known.Orders.GetValueOrDefault(input.Number);
        if (before is { Order.IsImported: false })
        {
            errors.Add(OrderErrors.NumberTaken(input.Number));
        }

        row.Thing = before?.Order;
        row.IsSkipped = !errors.Any && input.SourceRevision < before?.Order.SourceRevision;
        if (!row.IsGood)
        {
            return;
        }

        ImportedOrderChecks.Check(input, now, errors);
        if (Place(input, before, errors) is not { } place || errors.Any || Lines(input, before, place, errors) is not { } lines || errors.Any)
        {
            return;
        }

        var parts = new ImportedParts(input, lines, before, place, ids);
        parts.Send(errors);
        if (errors.Any || Order(input, before, place, lines, errors) is not { } order || errors.Any)
        {
            return;
        }

        var imported = parts.Of(order);
        foreach (var shipment in imported.Shipments.Where(shipment => shipment.ExternalId is not null))
        {
            known.Shipments[shipment.ExternalId!] = order.Id;
        }

        if (before is null || !imported.SaysTheSameAs(before))
        {
            order.Version++;
            Changed.Add((imported, before));
        }

        row.Thing = order;
    }

    /// <summary>Whose order it is, and who sends it; null, or with errors, where that is not known, or is to be another than before.</summary>
    private OrderPlace? Place(ImportedOrderInput input, ImportedOrder? before, RowErrors errors)
    {
        if (before is null && known.Series.FirstOrDefault(series => series.MayStillGive(input.Number)) is { } giving)
        {
            errors.Add(OrderErrors.NumberOfSeries(input.Number, giving));
        }

        if (before is not null && before.Order.PlacedAt != input.PlacedAt)
        {
            errors.Add(OrderErrors.Stays("placedAt"));
        }

        if (before is not null && before.Order.Currency != input.Currency)
        {
            errors.Add(OrderErrors.Stays("currency"));
        }

        var supplierId = 0L;
        if (input.Supplier is { } supplier && !known.Suppliers.TryGetValue(supplier, out supplierId))
        {
            errors.Add(InventoryErrors.NoSuchSupplier(supplier));
        }

        foreach (var (i, shipment) in (input.Shipments ?? []).Index())
        {
            if (shipment.ExternalId is { } externalId && known.Shipments.TryGetValue(externalId, out var orderId) && orderId != before?.Order.Id)
            {
                errors.Add(OrderErrors.ShipmentOfOther(externalId, "shipments", RowErrors.Position(i), "externalId"));
            }
        }

        if (!known.Companies.TryGetValue(input.Company, out var companyId))
        {
            errors.Add(CompanyErrors.NoSuch("company", input.Company, "company"));
            return null;
        }

        if (before is not null && before.Order.CompanyId != companyId)
        {
            errors.Add(OrderErrors.Stays("company"));
        }

        if (!known.Users.TryGetValue((companyId, input.User), out var user))
        {
            errors.Add(CompanyErrors.NoSuch("user", input.User, "user"));
        }

        var unitId = before is not null && before.Order.UserId == user.Id ? before.Order.UnitId : user.UnitId;
        if (input.Unit is { } unit && !known.Units.TryGetValue((companyId, unit), out unitId))
        {
            errors.Add(CompanyErrors.NoSuch("unit", unit, "unit"));
        }

        return new(before?.Order.Id ?? ids.Next(), companyId, user.Id, unitId, input.Supplier is null ? null : supplierId);
    }

    /// <summary>The lines in the order of the row; those that were there before are found by their SKU, of several the first first.</summary>
    private List<OrderLine>? Lines(ImportedOrderInput input, ImportedOrder? before, OrderPlace place, RowErrors errors)
    {
        var former = (before?.Lines ?? []).GroupBy(line => line.Sku, StringComparer.Ordinal).ToDictionary(of => of.Key, of => new Queue<long>(of.Select(line => line.Id)), StringComparer.Ordinal);
        var lines = new List<OrderLine>(input.Lines.Count);
        foreach (var (i, line) in input.Lines.Index())
        {
            if (!known.Variants.TryGetValue(line.Sku, out var variant))
            {
                errors.Add(InventoryErrors.NoSuchSku(line.Sku).Under("lines", RowErrors.Position(i)));
                continue;
            }

            if ((line.Total ?? new Money(line.UnitPrice.TenThousandths, input.Currency).TryTimes(line.Quantity, RoundingMode.HalfAwayFromZero)?.Amount) is not { } total)
            {
                errors.Add(OrderErrors.TooMuch("lines", RowErrors.Position(i), "total"));
                continue;
            }

            lines.Add(new()
            {
                Id = former.GetValueOrDefault(line.Sku) is { Count: > 0 } queue ? queue.Dequeue() : ids.Next(),
                OrderId = place.OrderId,
                CompanyId = place.CompanyId,
                VariantId = variant.Id,
                Sku = line.Sku,
                Name = line.Name,
                Quantity = line.Quantity,
                UnitOfMeasure = line.UnitOfMeasure ?? variant.UnitOfMeasure,
                UnitPrice = line.UnitPrice,
                Total = total,
                TaxRatePercent = line.TaxRatePercent,
                Note = line.Note,
                Promises = [],
                Cancelled = line.Cancelled,
                PromisedOn = line.PromisedOn,
            });
        }

        return errors.Any ? null : lines;
    }

    /// <summary>The order, with the status that its lines say.</summary>
    private static Order? Order(ImportedOrderInput input, ImportedOrder? before, OrderPlace place, List<OrderLine> lines, RowErrors errors)
    {
        var (net, shipping) = (lines.Sum(line => (decimal)line.Total.TenThousandths), input.Shipping?.Amount ?? default);
        var total = net + shipping.TenThousandths + (input.Taxes ?? []).Sum(tax => (decimal)tax.Tax.TenThousandths);
        if (total > Amount.Maximum)
        {
            errors.Add(OrderErrors.TooMuch("lines"));
            return null;
        }

        CheckTaxes(input, lines, errors);
        var order = new Order
        {
            Id = place.OrderId,
            Number = input.Number,
            CompanyId = place.CompanyId,
            UserId = place.UserId,
            UnitId = place.UnitId,
            Source = OrderSource.Import,
            SourceRevision = input.SourceRevision ?? before?.Order.SourceRevision,
            SupplierId = place.SupplierId,
            PlacedAt = input.PlacedAt,
            Currency = input.Currency,
            PurchaseOrderNumber = input.PurchaseOrderNumber,
            CostCenter = input.CostCenter,
            JobCode = input.JobCode,
            RequestedDeliveryDate = input.RequestedDeliveryDate,
            Note = input.Note,
            ShipTo = AddressOf(input.ShipTo),
            BillTo = AddressOf(input.BillTo),
            PaymentMethod = input.PaymentMethod,
            LineCount = lines.Count,
            NetAmount = new((long)net),
            Taxes = [.. (input.Taxes ?? []).Select(tax => new OrderTax(tax.Name, tax.RatePercent, tax.Treatment, tax.Net, tax.Tax))],
            ShippingAmount = shipping,
            Freight = input.Shipping is { TaxRatePercent.TenThousandths: > 0 } taxed ? new(null, null, null, null, null, null, null, default, taxed.TaxRatePercent) : null,
            TotalAmount = new((long)total),
            Version = before?.Order.Version ?? 0,
        };
        var isCancelled = lines.TrueForAll(line => line.Cancelled == line.Quantity);
        order.Import(lines, input.ConfirmedAt ?? input.Shipments?.Select(shipment => (DateTime?)shipment.ShippedAt).Min(), isCancelled ? input.CancelledAt : null, input.CancellationNote, input.AmountPaid);
        if (isCancelled == input.CancelledAt is null)
        {
            errors.Invalid(isCancelled ? "All of it is cancelled: it must be said when." : "Not all of it is cancelled.", "cancelledAt");
        }

        if (input.CompletedAt is { } completedAt)
        {
            if (order.Status != OrderStatus.Delivered)
            {
                errors.Invalid("Only what has arrived, as far as it is not cancelled, is closed.", "completedAt");
            }

            order.ImportCompleted(completedAt);
        }

        return order;
    }

    /// <summary>A part of an order is worth its share of each rate's tax: a tax on nothing that was ordered would never be cancelled with it.</summary>
    private static void CheckTaxes(ImportedOrderInput input, List<OrderLine> lines, RowErrors errors)
    {
        var taxed = lines.Where(line => line.Total.TenThousandths > 0).Select(line => line.TaxRatePercent).ToHashSet();
        if (input.Shipping is { Amount.TenThousandths: > 0 } shipping)
        {
            taxed.Add(shipping.TaxRatePercent);
        }

        foreach (var (i, tax) in (input.Taxes ?? []).Index().Where(tax => tax.Item.Tax.TenThousandths > 0 && !taxed.Contains(tax.Item.RatePercent)))
        {
            errors.Invalid($"Neither a line nor shipping costs anything that is taxed at {tax.RatePercent} %.", "taxes", RowErrors.Position(i), "ratePercent");
        }
    }

    private static PostalAddress AddressOf(ImportedAddressInput input) =>
        new(input.Name, input.Attention, input.Lines, input.City, input.Region, input.PostalCode, input.Country, input.Phone);
}

/// <summary>Whose an order is.</summary>
internal sealed record OrderPlace(long OrderId, long CompanyId, long UserId, long UnitId, long? SupplierId);
