using Microsoft.Extensions.Primitives;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Orders;
using Wholesale.Platform;

namespace Wholesale.Reports;

/// <summary>What an export is asked for in its query: the fields of <c>OrderFilter</c> by their names, <c>search</c> and, for a report, <c>groupBy</c>.</summary>
/// <param name="Filter">Which orders.</param>
/// <param name="Search">Words to look for; null: none.</param>
/// <param name="GroupBy">By what a report is; null: it is not said.</param>
internal sealed record ExportQuery(OrderFilter Filter, string? Search, OrderReportGrouping? GroupBy)
{
    private delegate ExportQuery? Reader(ExportQuery query, StringValues values);

    private static readonly Dictionary<string, Reader> Readers = new(StringComparer.Ordinal)
    {
        ["companyId"] = One((query, text) => query with { Filter = query.Filter with { CompanyId = NodeId.Parse(text) } }),
        ["unitId"] = One((query, text) => query with { Filter = query.Filter with { UnitId = NodeId.Parse(text) } }),
        ["userId"] = One((query, text) => query with { Filter = query.Filter with { UserId = NodeId.Parse(text) } }),
        ["status"] = Some<OrderStatus>((query, values) => query with { Filter = query.Filter with { Status = values } }),
        ["paymentStatus"] = Some<OrderPaymentStatus>((query, values) => query with { Filter = query.Filter with { PaymentStatus = values } }),
        ["source"] = Some<OrderSource>((query, values) => query with { Filter = query.Filter with { Source = values } }),
        ["placedFrom"] = One((query, text) => Instant.TryParse(text, out var at) ? query with { Filter = query.Filter with { PlacedFrom = at } } : null),
        ["placedBefore"] = One((query, text) => Instant.TryParse(text, out var at) ? query with { Filter = query.Filter with { PlacedBefore = at } } : null),
        ["number"] = One((query, text) => query with { Filter = query.Filter with { Number = text } }),
        ["purchaseOrderNumber"] = One((query, text) => query with { Filter = query.Filter with { PurchaseOrderNumber = text } }),
        ["costCenter"] = One((query, text) => query with { Filter = query.Filter with { CostCenter = text } }),
        ["jobCode"] = One((query, text) => query with { Filter = query.Filter with { JobCode = text } }),
        ["sku"] = One((query, text) => query with { Filter = query.Filter with { Sku = text } }),
        ["currency"] = One((query, text) => Currency.TryParse(text, out var currency) ? query with { Filter = query.Filter with { Currency = currency } } : null),
        ["minimumTotal"] = One((query, text) => Amount.TryParse(text, out var amount) ? query with { Filter = query.Filter with { MinimumTotal = amount } } : null),
        ["maximumTotal"] = One((query, text) => Amount.TryParse(text, out var amount) ? query with { Filter = query.Filter with { MaximumTotal = amount } } : null),
        ["isLate"] = One((query, text) => bool.TryParse(text, out var isLate) ? query with { Filter = query.Filter with { IsLate = isLate } } : null),
        ["supplier"] = One((query, text) => query with { Filter = query.Filter with { Supplier = text } }),
        ["search"] = One((query, text) => query with { Search = text }),
        ["groupBy"] = One((query, text) => EnumNames<OrderReportGrouping>.Parse(text) is { } grouping ? query with { GroupBy = grouping } : null),
    };

    /// <summary>Those that the buyers' contract does not have.</summary>
    private static readonly HashSet<string> OfStaff = ["companyId", "supplier"];

    /// <summary>Reads a query. What is misspelt is refused, since everything would be exported.</summary>
    /// <exception cref="GraphQLException">INVALID_VALUE</exception>
    public static ExportQuery Of(IQueryCollection values, Caller caller, bool isReport)
    {
        var query = new ExportQuery(new(), null, null);
        foreach (var (name, value) in values)
        {
            query = !Readers.TryGetValue(name, out var read) || (OfStaff.Contains(name) && caller.Kind != PrincipalKind.Staff) || (name == "groupBy" && !isReport) || (name == "search" && isReport)
                ? throw new GraphQLException($"The query has no `{name}`.", ErrorCodes.InvalidValue)
                : read(query, value) ?? throw new GraphQLException($"`{name}` cannot be {value}.", ErrorCodes.InvalidValue);
        }

        return isReport && (query.GroupBy is null || (query.GroupBy is OrderReportGrouping.Company or OrderReportGrouping.Supplier && caller.Kind != PrincipalKind.Staff))
            ? throw new GraphQLException("`groupBy` must be one of OrderReportGrouping.", ErrorCodes.InvalidValue)
            : query;
    }

    private static Reader One(Func<ExportQuery, string, ExportQuery?> read) => (query, values) => values is [{ Length: > 0 } text] ? read(query, text) : null;

    private static Reader Some<T>(Func<ExportQuery, IReadOnlyList<T>, ExportQuery> read) where T : struct, Enum => (query, values) =>
    {
        var parsed = values.Select(value => EnumNames<T>.Parse(value ?? "")).ToList();
        return parsed.Contains(null) ? null : read(query, [.. parsed.OfType<T>()]);
    };
}
