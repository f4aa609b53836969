using Wholesale.Platform;

namespace Wholesale.Orders;

/// <summary>What can be wrong with what is said of shipments.</summary>
internal static class ShipmentChecks
{
    /// <summary>What can be seen without the order.</summary>
    public static IReadOnlyList<UserError> Look(ShipFulfillmentInput input)
    {
        var errors = new RowErrors();
        if (input.ExternalId is { } externalId)
        {
            errors.Key(externalId, "externalId");
        }

        if (input.Lines is { } lines && RowErrors.TooMany(lines.Count, "lines", LineParts.Maximum) is { } tooMany)
        {
            errors.Add(tooMany);
        }

        Check(input.Carrier, input.TrackingNumbers, errors);
        return errors.ToList();
    }

    /// <summary>What can be wrong with a carrier and its numbers.</summary>
    public static void Check(string? carrier, IReadOnlyList<TrackingNumberInput>? numbers, RowErrors errors)
    {
        if (carrier is not null)
        {
            errors.Text(carrier, RowErrors.MaximumKeyLength, ["carrier"]);
        }

        if (RowErrors.TooMany(numbers?.Count ?? 0, "trackingNumbers", Shipment.MaximumTrackingNumbers) is { } tooMany)
        {
            errors.Add(tooMany);
            return;
        }

        foreach (var (i, number) in (numbers ?? []).Index())
        {
            string[] path = ["trackingNumbers", RowErrors.Position(i)];
            errors.Text(number.Number, RowErrors.MaximumKeyLength, [.. path, "number"]);
            if (number.Url is { } url)
            {
                errors.Url(url, [.. path, "url"]);
            }
        }
    }

    /// <summary>The numbers as they are stored.</summary>
    public static IReadOnlyList<TrackingNumber> TrackingNumbers(IReadOnlyList<TrackingNumberInput> numbers) => [.. numbers.Select(number => new TrackingNumber(number.Number, number.Url))];

    /// <summary>Whether goods can have left then, and be expected then; null: they can.</summary>
    public static UserError? Days(ShipFulfillmentInput input, Order order, DateTime now)
    {
        var shippedAt = input.ShippedAt ?? now;
        return input.ShippedAt is not null && shippedAt < order.PlacedAt ? OrderErrors.NotThen($"It was ordered at {Instant.ToString(order.PlacedAt)}: nothing left before.", "shippedAt")
            : shippedAt > now + OpenOrders.Skew ? OrderErrors.NotThen($"It is {Instant.ToString(now)}: nothing left later.", "shippedAt")
            : NotExpected(input.ExpectedDeliveryDate, shippedAt);
    }

    /// <summary>Whether goods can be expected on a day; null: they can.</summary>
    public static UserError? NotExpected(DateOnly? day, DateTime shippedAt) => day < DateOnly.FromDateTime(shippedAt)
        ? OrderErrors.NotThen($"It left on {DateOnly.FromDateTime(shippedAt):yyyy-MM-dd}: it is not expected before.", "expectedDeliveryDate")
        : null;
}
