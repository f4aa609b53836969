using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Credit;

/// <summary>A document that is to be paid.</summary>
/// <param name="DocumentId">The document, which has no open item yet.</param>
/// <param name="Number">Its number, 1–64 characters.</param>
/// <param name="OwnerId">The order that it is for.</param>
/// <param name="OrderNumber">That order's number, 1–64 characters.</param>
/// <param name="CompanyId">Who owes it.</param>
/// <param name="Kind">What it is owed for.</param>
/// <param name="Amount">0 or more.</param>
/// <param name="Days">The days of the order's payment term; null: it is due at once.</param>
/// <param name="Day">The document's day.</param>
public sealed record NewOpenItem(
    long DocumentId, string Number, long OwnerId, string OrderNumber, long CompanyId, OpenItemKind Kind, Money Amount, PaymentDays? Days, DateOnly Day);

/// <summary>
/// What companies owe for documents here, for the rooms that write them. Runs inside the caller's unit of work, so that an open item is there if and only if what it is owed for is. What is on account
/// counts in <see cref="CreditProfile.Receivable"/> from the statement on that opens it; who moves a reservation into it calls <see cref="CreditReservations"/> beside it.
/// </summary>
public sealed class OpenItems(WholesaleDb db, Writes writes, Ids ids)
{
    /// <summary>Opens an item for a document; one statement, and on account another one.</summary>
    public async ValueTask<OpenItem> Open(NewOpenItem opened, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(opened.Amount.TenThousandths);
        var isKnown = opened.Days is not { DueBasis: DueBasis.Delivery };
        var item = new OpenItem
        {
            Id = ids.Next(),
            CompanyId = opened.CompanyId,
            OwnerId = opened.OwnerId,
            OrderNumber = opened.OrderNumber,
            DocumentId = opened.DocumentId,
            Number = opened.Number,
            Kind = opened.Kind,
            Currency = opened.Amount.Currency,
            DocumentDate = opened.Day,
            Days = opened.Days,
            DueBy = !isKnown ? OpenItem.NotYet : opened.Days?.DueOn(opened.Day) ?? opened.Day,
            DiscountUntil = isKnown ? opened.Days?.DiscountUntil(opened.Day) : null,
            Charged = opened.Amount.TenThousandths,
            Rest = opened.Amount.TenThousandths,
            Version = 1,
        };
        await BulkRows.Insert(db, [item], cancellation);
        await Owe(db, item.CompanyId, item.Currency, item.Kind == OpenItemKind.OnAccount ? item.Rest : 0, cancellation);
        writes.Record(CreditEvents.OpenItemOpened, item.Id, item.Version, OpenItemTold.Of(item));
        return item;
    }

    /// <summary>Says when the goods of documents arrived: where the days count from then on, they have a last day of payment now. Once; later words change nothing. Two statements.</summary>
    /// <param name="companyId">Whose they are.</param>
    /// <param name="documentIds">The documents; those without an open item are passed over.</param>
    /// <param name="day">The day of arrival.</param>
    /// <param name="cancellation">Stops between and inside statements.</param>
    public async ValueTask Delivered(long companyId, IReadOnlyList<long> documentIds, DateOnly day, CancellationToken cancellation)
    {
        var items = (await Take(companyId, documentIds, cancellation)).FindAll(item => item.DueOn is null);
        foreach (var item in items)
        {
            (item.DueBy, item.DiscountUntil) = (item.Days!.DueOn(day), item.Days.DiscountUntil(day));
            item.Version++;
            writes.Record(CreditEvents.OpenItemChanged, item.Id, item.Version, OpenItemTold.Of(item));
        }

        await BulkRows.Update(db, items, i => new { i.DueBy, i.DiscountUntil, i.Version }, cancellation: cancellation);
    }

    /// <summary>Takes so much off what a document comes to, as for goods that were cancelled; what was paid stays paid. At most three statements.</summary>
    /// <param name="companyId">Whose it is.</param>
    /// <param name="documentId">The document; one without an open item is passed over.</param>
    /// <param name="by">How much, 0 to what it comes to; null: all of it.</param>
    /// <param name="cancellation">Stops between and inside statements.</param>
    /// <exception cref="OvertakenException">It does not come to so much any more.</exception>
    public async ValueTask<OpenItem?> Reduce(long companyId, long documentId, Money? by, CancellationToken cancellation)
    {
        if ((await Take(companyId, [documentId], cancellation)).SingleOrDefault() is not { } item)
        {
            return null;
        }

        var reduced = by?.TenThousandths ?? item.Charged;
        ArgumentOutOfRangeException.ThrowIfNegative(reduced);
        return reduced == 0 ? item : (await Change(db, writes, companyId, [(item, item.With(reduced: reduced))], "{Charged} >= 0", cancellation))[0];
    }

    /// <summary>The right to change what a company owes, until the transaction ends.</summary>
    internal static ValueTask TakeCompany(WholesaleDb db, long companyId, CancellationToken cancellation) =>
        DatabaseLocks.TakeOne(db, nameof(OpenItem), companyId, cancellation);

    /// <summary>Adds what makes items what they shall be to what they are, tells of them, and counts what is on account; two statements.</summary>
    /// <param name="db">Inside a write, which has taken the company.</param>
    /// <param name="writes">The write.</param>
    /// <param name="companyId">Whose they are.</param>
    /// <param name="changes">The items as they were read, and as they shall be, with a next version.</param>
    /// <param name="condition">What must hold of each as it would be.</param>
    /// <param name="cancellation">Stops between and inside statements.</param>
    /// <exception cref="OvertakenException">Of one it would not hold.</exception>
    internal static async ValueTask<IReadOnlyList<OpenItem>> Change(
        WholesaleDb db, Writes writes, long companyId, IReadOnlyList<(OpenItem Was, OpenItem Is)> changes, string condition, CancellationToken cancellation)
    {
        var added = changes.Select(change => Difference(change.Was, change.Is)).ToList();
        if (await BulkRows.Add(db, added, i => new { i.Charged, i.Reduced, i.Paid, i.Discount, i.Rest, i.Version }, condition, cancellation) < added.Count)
        {
            throw new OvertakenException("An open item was changed by others meanwhile.");
        }

        foreach (var currency in added.Where(item => item.Kind == OpenItemKind.OnAccount).GroupBy(item => item.Currency))
        {
            await Owe(db, companyId, currency.Key, currency.Sum(item => item.Rest), cancellation);
        }

        foreach (var (_, item) in changes)
        {
            writes.Record(CreditEvents.OpenItemChanged, item.Id, item.Version, OpenItemTold.Of(item));
        }

        return [.. changes.Select(change => change.Is)];
    }

    private async ValueTask<List<OpenItem>> Take(long companyId, IReadOnlyList<long> documentIds, CancellationToken cancellation)
    {
        await TakeCompany(db, companyId, cancellation);
        return await db.OpenItems.Where(i => i.CompanyId == companyId && documentIds.Contains(i.DocumentId)).ToListAsync(cancellation);
    }

    /// <summary>Counts what is on account. Where the company has no profile, or one of another currency, nothing: such a profile cannot become one of this currency while something is open.</summary>
    private static async ValueTask Owe(WholesaleDb db, long companyId, Currency currency, long amount, CancellationToken cancellation)
    {
        if (amount != 0)
        {
            var more = new CreditProfile { CompanyId = companyId, Currency = currency, Receivable = amount };
            await BulkRows.Add(db, [more], p => new { p.Receivable }, string.Create(CultureInfo.InvariantCulture, $"{{Currency}} = '{currency.Code}'"), cancellation);
        }
    }

    private static OpenItem Difference(OpenItem was, OpenItem now) => new()
    {
        Id = was.Id,
        CompanyId = was.CompanyId,
        OwnerId = was.OwnerId,
        OrderNumber = was.OrderNumber,
        DocumentId = was.DocumentId,
        Number = was.Number,
        Kind = was.Kind,
        Currency = was.Currency,
        DocumentDate = was.DocumentDate,
        Charged = now.Charged - was.Charged,
        Reduced = now.Reduced - was.Reduced,
        Paid = now.Paid - was.Paid,
        Discount = now.Discount - was.Discount,
        Rest = now.Rest - was.Rest,
        Version = now.Version - was.Version,
    };
}
