using Wholesale.Platform;

namespace Wholesale.Companies;

/// <summary>Who asks, as the rooms see it: the principal with its company, unit, market and currency. Immutable; shared by the requests of one principal.</summary>
public sealed record Caller
{
    private static readonly IReadOnlyList<Assignee> EveryoneOnly = [Assignee.All];

    private static readonly PermissionSet OfBuyers =
        PermissionSet.Of(Permission.CatalogRead, Permission.CompanyRead, Permission.CreditRead, Permission.BudgetsRead, Permission.OrdersPlace);

    /// <summary>The credential's part.</summary>
    public required Principal Principal { get; init; }

    /// <summary>What kind of caller this is.</summary>
    public PrincipalKind Kind => Principal.Kind;

    /// <summary>Null for staff and without a credential.</summary>
    public CompanyUser? User { get; init; }

    /// <summary>Null for staff and without a credential.</summary>
    public Company? Company { get; init; }

    /// <summary>The user's own unit first, then the units above it; empty without a company.</summary>
    public IReadOnlyList<CompanyUnit> UnitChain { get; init; } = [];

    /// <summary>The market of the nearest unit that has one, else the company's.</summary>
    public Market? Market { get; init; }

    /// <summary>What the caller may do: its role narrowed by its key.</summary>
    public required PermissionSet Permissions { get; init; }

    /// <summary>The languages that this request wishes for, most wanted first, as <c>Accept-Language</c> has them; else the company's own, if it has one.</summary>
    public IReadOnlyList<string> Locales { get; init; } = [];

    /// <summary>The unit the user buys for.</summary>
    public CompanyUnit? Unit => UnitChain.Count > 0 ? UnitChain[0] : null;

    /// <summary>Null if the company has no tier, and without a company.</summary>
    public long? TierId => Company?.TierId;

    /// <summary>Null where no market applies.</summary>
    public long? MarketId => Market?.Id;

    /// <summary>The currency of all prices in this context; null without one.</summary>
    public Currency? Currency => Company?.EffectiveCurrency(Market);

    /// <summary>False while the company is not verified, and without a credential.</summary>
    public bool PricesVisible => Kind == PrincipalKind.Staff || Company is { PricesVisible: true };

    /// <summary>
    /// All that can be given something that this caller then has, nearest first: its units, company, segments, tier, market, everyone. Its segments are equally
    /// near and stand in the order of their ids: see <see cref="Assignee.IsAsNearAs"/>.
    /// </summary>
    public IReadOnlyList<Assignee> Assignees { get; private init; } = EveryoneOnly;

    /// <summary>The market that applies to a unit: that of the nearest unit that has one, else the company's.</summary>
    /// <param name="company">The company.</param>
    /// <param name="unitChain">The unit first, then the units above it.</param>
    internal static long? MarketIdOf(Company company, IEnumerable<CompanyUnit> unitChain) =>
        unitChain.Select(unit => unit.MarketId).FirstOrDefault(id => id is not null) ?? company.MarketId;

    /// <summary>A caller of no company: staff, or someone without a credential.</summary>
    internal static Caller Without(Principal principal) => new() { Principal = principal, Permissions = principal.Permissions };

    /// <summary>A user of a company.</summary>
    /// <param name="principal">The credential's part.</param>
    /// <param name="user">The user; null: nobody in particular.</param>
    /// <param name="company">Its company.</param>
    /// <param name="unitChain">The user's own unit first, then the units above it.</param>
    /// <param name="market">The market that applies to the own unit.</param>
    /// <param name="segmentIds">The segments that the company belongs to now, each once.</param>
    internal static Caller Of(
        Principal principal,
        CompanyUser? user,
        Company company,
        IReadOnlyList<CompanyUnit> unitChain,
        Market? market,
        IEnumerable<long> segmentIds)
    {
        var assignees = unitChain.Select(u => new Assignee(AssigneeLevel.Unit, u.Id)).ToList();
        assignees.Add(new Assignee(AssigneeLevel.Company, company.Id));
        assignees.AddRange(segmentIds.Order().Select(id => new Assignee(AssigneeLevel.Segment, id)));
        if (company.TierId is { } tier)
        {
            assignees.Add(new Assignee(AssigneeLevel.Tier, tier));
        }

        if (market is not null)
        {
            assignees.Add(new Assignee(AssigneeLevel.Market, market.Id));
        }

        assignees.Add(Assignee.All);
        return new Caller
        {
            Principal = principal,
            User = user,
            Company = company,
            UnitChain = unitChain,
            Market = market,
            Permissions = user is null ? principal.Permissions : principal.Permissions.And(PermissionsOf(user.Role)),
            Locales = company.Locale is { } locale ? [locale] : [],
            Assignees = assignees,
        };
    }

    /// <summary>What a role grants.</summary>
    internal static PermissionSet PermissionsOf(CompanyRole role) => role switch
    {
        CompanyRole.Viewer => PermissionSet.Of(Permission.CatalogRead),
        CompanyRole.Buyer => OfBuyers,
        CompanyRole.Manager => OfBuyers.Or(PermissionSet.Of(Permission.OrdersReadUnit)),
        _ => OfBuyers.Or(PermissionSet.Of(Permission.CompanyWrite, Permission.BudgetsWrite, Permission.OrdersReadUnit, Permission.OrdersReadCompany)),
    };
}
