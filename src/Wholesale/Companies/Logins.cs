using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Caching;
using Wholesale.Platform.Events;
using Wholesale.Platform.Identity;

namespace Wholesale.Companies;

/// <summary>Whom a login acts as in one company.</summary>
/// <param name="LoginId">The login's record.</param>
/// <param name="CompanyUserId">The user.</param>
/// <param name="Company">The user's company, as the caller may choose it.</param>
public sealed record LoginUser(long LoginId, long CompanyUserId, CompanyChoice Company);

/// <summary>Finds the users of logins: one statement, or none where the login was asked for within the last two seconds. One a process.</summary>
public sealed class Logins(Clock clock, CommittedEvents committed)
{
    private readonly RecentValues<(string Issuer, string Subject), IReadOnlyList<LoginUser>> recent = new(
        "logins", clock, committed, e => e.Type == CompanyEvents.CompanyChanged);

    /// <summary>The users that a login acts as, one a company, by the company's external id; empty if nobody is known by it.</summary>
    public ValueTask<IReadOnlyList<LoginUser>> Of(WholesaleDb db, string issuer, string subject, CancellationToken cancellation) =>
        recent.Get(db, (issuer, subject), () => Read(db, issuer, subject, cancellation), cancellation);

    // No stored subject ends in a blank; SQL Server would find one that is the same but for that.
    private static async ValueTask<IReadOnlyList<LoginUser>> Read(WholesaleDb db, string issuer, string subject, CancellationToken cancellation) => RowErrors.EndsInBlank(subject) ? [] : await (
        from login in db.UserLogins
        join company in db.Companies on login.CompanyId equals company.Id
        where login.Issuer == issuer && login.Subject == subject
        orderby company.ExternalId
        select new LoginUser(login.Id, login.CompanyUserId, new CompanyChoice(company.ExternalId, company.Name))).ToListAsync(cancellation);
}
