using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Orders;

/// <summary>Which orders; all conditions given must hold.</summary>
public sealed record OrderFilter(
    NodeId? CompanyId = null,
    NodeId? UnitId = null,
    NodeId? UserId = null,
    IReadOnlyList<OrderStatus>? Status = null,
    IReadOnlyList<OrderPaymentStatus>? PaymentStatus = null,
    IReadOnlyList<OrderSource>? Source = null,
    DateTime? PlacedFrom = null,
    DateTime? PlacedBefore = null,
    string? Number = null,
    string? PurchaseOrderNumber = null,
    string? CostCenter = null,
    string? JobCode = null,
    string? Sku = null,
    Currency? Currency = null,
    Amount? MinimumTotal = null,
    Amount? MaximumTotal = null,
    bool? IsLate = null,
    string? Supplier = null)
{
    /// <summary>Those of some orders that it leaves, but for <see cref="Sku"/>, which <see cref="OrderSearch"/> looks for.</summary>
    /// <param name="db">The database.</param>
    /// <param name="orders">Those that the caller sees.</param>
    /// <param name="now">By which it is told what is late.</param>
    internal IQueryable<Order> Of(WholesaleDb db, IQueryable<Order> orders, DateTime now)
    {
        orders = OfWhom(db, orders);
        orders = ByCode(db, orders);
        if (Status is { } status)
        {
            orders = orders.Where(o => status.Contains(o.Status));
        }

        if (PaymentStatus is { } payment)
        {
            orders = orders.Where(o => payment.Contains(o.PaymentStatus));
        }

        if (Source is { } source)
        {
            orders = orders.Where(o => source.Contains(o.Source));
        }

        if (PlacedFrom is { } from)
        {
            orders = orders.Where(o => o.PlacedAt >= from);
        }

        if (PlacedBefore is { } before)
        {
            orders = orders.Where(o => o.PlacedAt < before);
        }

        if (MinimumTotal is { TenThousandths: var least })
        {
            orders = orders.Where(o => Numbers.Of(o.TotalAmount) >= least);
        }

        if (MaximumTotal is { TenThousandths: var most })
        {
            orders = orders.Where(o => Numbers.Of(o.TotalAmount) <= most);
        }

        if (IsLate is { } isLate)
        {
            var today = DateOnly.FromDateTime(now);
            OrderStatus[] open = [OrderStatus.Placed, OrderStatus.Confirmed, OrderStatus.PartlyShipped, OrderStatus.Shipped];
            orders = isLate ? orders.Where(o => o.PromisedOn < today && open.Contains(o.Status)) : orders.Where(o => o.PromisedOn == null || o.PromisedOn >= today || !open.Contains(o.Status));
        }

        return orders;
    }

    private IQueryable<Order> OfWhom(WholesaleDb db, IQueryable<Order> orders)
    {
        if (CompanyId?.KeyOf(nameof(Company)) is { } company)
        {
            orders = orders.Where(o => o.CompanyId == company);
        }

        if (UserId?.KeyOf(nameof(CompanyUser)) is { } user)
        {
            orders = orders.Where(o => o.UserId == user);
        }

        if (UnitId?.KeyOf(nameof(CompanyUnit)) is { } unit)
        {
            var units =
                from top in db.CompanyUnits
                from below in db.CompanyUnits
                where top.Id == unit && below.CompanyId == top.CompanyId && below.Path.StartsWith(top.Path)
                select below.Id;
            orders = orders.Where(o => units.Contains(o.UnitId));
        }

        return orders;
    }

    private IQueryable<Order> ByCode(WholesaleDb db, IQueryable<Order> orders)
    {
        if (Number is { } number)
        {
            orders = orders.Where(o => o.Number == number);
        }

        if (PurchaseOrderNumber is { } purchaseOrderNumber)
        {
            orders = orders.Where(o => o.PurchaseOrderNumber == purchaseOrderNumber);
        }

        if (CostCenter is { } costCenter)
        {
            orders = orders.Where(o => o.CostCenter == costCenter);
        }

        if (JobCode is { } jobCode)
        {
            orders = orders.Where(o => o.JobCode == jobCode);
        }

        if (Currency is { } currency)
        {
            orders = orders.Where(o => o.Currency == currency);
        }

        if (Supplier is { } supplier)
        {
            orders = orders.Where(o => db.Suppliers.Any(s => s.Id == o.SupplierId && s.ExternalId == supplier));
        }

        return orders;
    }
}

/// <summary>Orders of orders.</summary>
public enum OrderSort
{
    /// <summary>Last ordered first.</summary>
    Newest,

    /// <summary>First ordered first.</summary>
    Oldest,

    /// <summary>By total, the highest first.</summary>
    HighestTotal,

    /// <summary>By total, the lowest first.</summary>
    LowestTotal,
}
