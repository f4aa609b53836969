using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Events;

namespace Wholesale.Credit;

/// <summary>What a payment may pay, as it is named: finds open items, and changes them. Inside the caller's unit of work.</summary>
public sealed class PaidItems(WholesaleDb db, Writes writes, IEnumerable<OpenItemOwners> owners)
{
    /// <summary>Checks the form of allocations.</summary>
    internal static void Check(IReadOnlyList<PaymentAllocationInput>? allocations, Currency currency, RowErrors errors)
    {
        if (RowErrors.TooMany(allocations?.Count ?? 0, "allocations", PaymentWrites.MaximumAllocations) is { } tooMany)
        {
            errors.Add(tooMany);
            return;
        }

        foreach (var (i, allocation) in (allocations ?? []).Index())
        {
            if (allocation.OpenItemId is null == allocation.OrderNumber is null)
            {
                errors.Invalid("Exactly one of `openItemId` and `orderNumber` is to be given.", PathOf(i));
            }

            CheckAmount(allocation.Amount, currency, errors, PathOf(i, "amount"));
        }
    }

    /// <summary>Checks that an amount is more than 0, and of money that there is.</summary>
    internal static void CheckAmount(Amount amount, Currency currency, RowErrors errors, params string[] path)
    {
        if (amount.TenThousandths <= 0)
        {
            errors.Add(CreditErrors.NoAmount(amount, path));
        }
        else if (amount.TenThousandths % FixedPoint.PowerOfTen(Amount.Scale - currency.MinorUnitDigits) != 0)
        {
            errors.Invalid($"An amount of a payment is in whole minor units of {currency}, unlike {amount}.", path);
        }
    }

    /// <summary>The company that paid: as it is named, or that of the order, or of the first allocation; null, with an error, if there is none. One statement; of an order without open items two.</summary>
    internal async ValueTask<long?> CompanyOf(RecordPaymentInput input, RowErrors errors, CancellationToken cancellation)
    {
        if (input.Company is { } company)
        {
            var found = await db.Companies.Where(c => c.ExternalId == company).Select(c => new { c.Id, c.ExternalId }).SingleOrDefaultAsync(cancellation);
            if (found?.ExternalId != company) // SQL Server finds "A" by "A ", too
            {
                return None(CompanyErrors.NoSuch("company", company, "company"));
            }

            return input.OrderNumber is null ? found.Id : await Named(input.OrderNumber, CompanyErrors.NoSuch("order", input.OrderNumber, "orderNumber"), found.Id);
        }

        if (input.OrderNumber is { } order)
        {
            return await Named(order, CompanyErrors.NoSuch("order", order, "orderNumber"));
        }

        if (input.Allocations is not [var first, ..])
        {
            return None(new(ErrorCodes.InvalidValue, "Either the company is to be given, or an order, or what is paid.", ["company"]));
        }

        if (first.OrderNumber is { } number)
        {
            return await Named(number, NotThere(first, 0));
        }

        var key = first.OpenItemId?.KeyOf(nameof(OpenItem));
        return await db.OpenItems.Where(i => i.Id == key).Select(i => (long?)i.CompanyId).SingleOrDefaultAsync(cancellation) ?? None(NotThere(first, 0));

        async ValueTask<long?> Named(string number, UserError none, long? company = null)
        {
            var (companyId, refusal) = await CompanyOfOrder(number, cancellation);
            return companyId is null || (company ?? companyId) != companyId ? None(none)
                : refusal is null ? companyId
                : None(refusal with { Path = none.Path });
        }

        long? None(UserError error)
        {
            errors.Add(error);
            return null;
        }
    }

    /// <summary>Plans what money pays: what is named; else what is due first, of the order if there is one. One statement; of a company that was taken.</summary>
    internal async ValueTask Plan(
        PaymentPlan plan, long companyId, Currency currency, string? orderNumber, IReadOnlyList<PaymentAllocationInput>? allocations, RowErrors errors, CancellationToken cancellation)
    {
        if (errors.Any)
        {
            return;
        }

        if (allocations is null)
        {
            plan.PayInOrder(await ToBePaid(companyId, currency, orderNumber).Take(PaymentWrites.MaximumAllocations).ToListAsync(cancellation));
            return;
        }

        var keys = allocations.Select(a => a.OpenItemId?.KeyOf(nameof(OpenItem))).OfType<long>().ToHashSet();
        var numbers = allocations.Select(a => a.OrderNumber).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var items = await db.OpenItems
            .Where(i => i.CompanyId == companyId && (keys.Contains(i.Id) || numbers.Contains(i.OrderNumber)))
            .OrderBy(i => i.DueBy).ThenBy(i => i.Id)
            .ToListAsync(cancellation);
        foreach (var (i, allocation) in allocations.Index())
        {
            var named = items.FindAll(item => allocation.OrderNumber is { } number ? item.OrderNumber == number : item.Id == allocation.OpenItemId?.KeyOf(nameof(OpenItem)));
            var error = named.Count == 0 ? NotThere(allocation, i)
                : allocation.OrderNumber is { } order ? plan.Pay(named, allocation.Amount, $"order {order}", PathOf(i, "amount"))
                : plan.Pay(named[0], allocation.Amount, PathOf(i, "amount"));
            if (error is not null)
            {
                errors.Add(error);
            }
        }
    }

    /// <summary>Changes open items, and tells of it.</summary>
    internal async ValueTask Change(long companyId, IReadOnlyList<(OpenItem Was, OpenItem Is)> changes, string condition, CancellationToken cancellation)
    {
        await OpenItems.Change(db, writes, companyId, changes, condition, cancellation);
        foreach (var owner in owners)
        {
            await owner.Paid(changes, cancellation);
        }
    }

    private async ValueTask<(long? CompanyId, UserError? Refusal)> CompanyOfOrder(string number, CancellationToken cancellation)
    {
        var item = await db.OpenItems.Where(i => i.OrderNumber == number).OrderBy(i => i.Id).Select(i => new { i.CompanyId, i.OrderNumber }).FirstOrDefaultAsync(cancellation);
        var companyId = item?.OrderNumber == number ? item.CompanyId : (long?)null;
        if (companyId is not null)
        {
            return (companyId, null);
        }

        foreach (var owner in owners)
        {
            if (await owner.CompanyOf(number, cancellation) is { CompanyId: not null } found)
            {
                return found;
            }
        }

        return (null, null);
    }

    private IQueryable<OpenItem> ToBePaid(long companyId, Currency currency, string? orderNumber) => db.OpenItems
        .Where(i => i.CompanyId == companyId && i.Rest > 0 && i.Currency == currency && (orderNumber == null || i.OrderNumber == orderNumber))
        .OrderBy(i => i.DueBy).ThenBy(i => i.Id);

    private static UserError NotThere(PaymentAllocationInput allocation, int i) => allocation.OrderNumber is { } number
        ? CompanyErrors.NoSuch("open item of an order", number, PathOf(i, "orderNumber"))
        : CompanyErrors.NoSuchId("open item", PathOf(i, "openItemId"));

    private static string[] PathOf(int i, params ReadOnlySpan<string> inner) => ["allocations", RowErrors.Position(i), .. inner];
}
