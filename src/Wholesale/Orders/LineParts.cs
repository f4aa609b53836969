using Wholesale.Companies;
using Wholesale.Platform;

namespace Wholesale.Orders;

/// <summary>Finds the lines of an order that an input names.</summary>
internal static class LineParts
{
    /// <summary>How many lines an input names at most: as many as an order has.</summary>
    public const int Maximum = Carts.CartLineWrites.MaximumRows;

    /// <summary>The lines and how much of each.</summary>
    /// <param name="inputs">Null: all that is open of all lines.</param>
    /// <param name="lines">All of the order's lines.</param>
    /// <param name="open">How much of a line is open here.</param>
    /// <param name="field">Where the input stands.</param>
    /// <param name="tooMuch">Says that less is open than is wanted, by SKU; null: as of what is to be sent or cancelled.</param>
    /// <returns>The parts, in the order of the lines; or what is wrong, with paths from <paramref name="field"/> on.</returns>
    public static (IReadOnlyList<LinePart> Parts, IReadOnlyList<UserError> Errors) Find(
        IReadOnlyList<OrderLineQuantityInput>? inputs,
        IReadOnlyList<OrderLine> lines,
        Func<OrderLine, Quantity> open,
        string field = "lines",
        Func<string, Quantity, Quantity, string[], UserError>? tooMuch = null)
    {
        if (inputs is null)
        {
            IReadOnlyList<LinePart> all = [.. lines.Select(line => new LinePart(line, open(line))).Where(part => part.Quantity.Thousandths > 0)];
            return all.Count > 0 ? (all, []) : ([], [OrderErrors.NothingOpen()]);
        }

        var finder = new LineFinder(lines);
        var (parts, errors) = (new List<LinePart>(), new List<UserError>());
        foreach (var (i, input) in inputs.Index())
        {
            string[] path = [field, RowErrors.Position(i)];
            var (line, error) = finder.Find(input.LineId, input.Sku, path);
            if (line is null)
            {
                errors.Add(error!);
                continue;
            }

            var quantity = input.Quantity ?? open(line);
            if (quantity == default || quantity > open(line))
            {
                errors.Add(input.Quantity == default(Quantity)
                    ? new(ErrorCodes.InvalidValue, "It must be more than 0.", [.. path, "quantity"])
                    : (tooMuch ?? OrderErrors.NotOpen)(line.Sku, quantity, open(line), [.. path, "quantity"]));
                continue;
            }

            parts.Add(new(line, quantity));
        }

        return errors.Count > 0 ? ([], errors)
            : parts.Count == 0 ? ([], [OrderErrors.NothingOpen(field)])
            : ([.. parts.OrderBy(part => part.Line.Id)], []);
    }
}

/// <summary>Finds lines of one order by id or SKU, each once. Not thread-safe.</summary>
/// <param name="lines">All of its lines; those of imported orders may have one SKU several times.</param>
internal sealed class LineFinder(IReadOnlyList<OrderLine> lines)
{
    private readonly Dictionary<long, OrderLine> byId = lines.ToDictionary(line => line.Id);
    private readonly ILookup<string, OrderLine> bySku = lines.ToLookup(line => line.Sku, StringComparer.Ordinal);
    private readonly HashSet<long> found = [];

    /// <summary>The line, or why there is none.</summary>
    public (OrderLine? Line, UserError? Error) Find(NodeId? id, string? sku, string[] path)
    {
        if (id is null == sku is null)
        {
            return (null, OrderErrors.NotOneKey("lineId", "sku", path));
        }

        var ofSku = sku is null ? [] : bySku[sku].Take(2).ToList();
        if (ofSku.Count > 1)
        {
            return (null, new(ErrorCodes.InvalidValue, $"The order has several lines of \"{sku}\": name one by `lineId`.", [.. path, "sku"]));
        }

        var line = id is { } given ? byId.GetValueOrDefault(given.KeyOf(nameof(OrderLine))) : ofSku.FirstOrDefault();
        return line is null ? (null, sku is null ? CompanyErrors.NoSuchId("line", [.. path, "lineId"]) : OrderErrors.NotOrdered(sku, [.. path, "sku"]))
            : found.Add(line.Id) ? (line, null)
            : (null, OrderErrors.LineTwice(line.Sku, path));
    }
}
