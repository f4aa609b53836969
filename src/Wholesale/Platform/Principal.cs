using System.Numerics;

namespace Wholesale.Platform;

/// <summary>Who asks, as far as the credential tells. Companies makes a caller of it, with company, role and market.</summary>
/// <param name="Kind">What kind of caller this is.</param>
/// <param name="KeyId">The API key's id; 0 without a key, as for a user who came with a JWT or an access token.</param>
/// <param name="CompanyUserId">The user the credential acts as; null unless <see cref="PrincipalKind.CompanyUser"/>.</param>
/// <param name="Name">The key's name, or what other credential it is, for logs.</param>
/// <param name="Permissions">What the credential allows at most; a user's role narrows it further.</param>
public sealed record Principal(PrincipalKind Kind, long KeyId, long? CompanyUserId, string Name, PermissionSet Permissions)
{
    /// <summary>The staff key whose holder acts as the user, by an access token; null where the user, or the user's own key, acts.</summary>
    public long? ActingKeyId { get; init; }

    /// <summary>
    /// Whose idempotency keys a request uses: an API key's own, so that two systems of one user never meet; without a key the user's, so that a mutation can be
    /// sent again with the next token.
    /// </summary>
    public string IdempotencyOwner => KeyId == 0 && CompanyUserId is { } user ? $"User:{user}" : $"{Kind}:{KeyId}";

    /// <summary>A request without a credential.</summary>
    public static Principal Anonymous { get; } = new(PrincipalKind.Anonymous, 0, null, "", PermissionSet.Of(Permission.CatalogRead));
}

/// <summary>The kinds of caller. The numbers are stored.</summary>
public enum PrincipalKind
{
    /// <summary>No credential: the public view, without prices.</summary>
    Anonymous = 0,

    /// <summary>A user of a buying company, or a system that acts as one.</summary>
    CompanyUser = 1,

    /// <summary>The seller's own staff or system.</summary>
    Staff = 2,
}

/// <summary>What a caller may do: the SDL says it in full. The numbers, 0–62, are stored as bits: they are never given to another permission.</summary>
public enum Permission
{
    /// <summary>Read products, categories and prices.</summary>
    CatalogRead = 0,

    /// <summary>Read the own company.</summary>
    CompanyRead = 1,

    /// <summary>Read all companies.</summary>
    CompaniesRead = 2,

    /// <summary>Write companies, tiers and markets.</summary>
    CompaniesWrite = 3,

    /// <summary>Write products, categories and catalog views.</summary>
    CatalogWrite = 4,

    /// <summary>Read all price lists.</summary>
    PricesRead = 5,

    /// <summary>Write price lists, prices and assignments.</summary>
    PricesWrite = 6,

    /// <summary>Create, rotate and revoke keys.</summary>
    KeysWrite = 7,

    /// <summary>Import files.</summary>
    ImportsWrite = 8,

    /// <summary>Create access tokens, and so act as any user.</summary>
    AccessTokensCreate = 9,

    /// <summary>Watch all events.</summary>
    EventsRead = 10,

    /// <summary>Register the documents that storefronts may send by their ids.</summary>
    DocumentsWrite = 11,

    /// <summary>Approve sets of price changes.</summary>
    PricesApprove = 12,

    /// <summary>Write the own company's addresses.</summary>
    CompanyWrite = 13,

    /// <summary>Read stock by warehouse.</summary>
    InventoryRead = 14,

    /// <summary>Write warehouses, stock, supplies and stock policies.</summary>
    InventoryWrite = 15,

    /// <summary>Read and write tax rates, and companies' tax ids and exemptions.</summary>
    TaxesWrite = 16,

    /// <summary>Read the own company's credit.</summary>
    CreditRead = 17,

    /// <summary>Read and write all companies' credit and payment terms.</summary>
    CreditWrite = 18,

    /// <summary>Read the own company's budgets.</summary>
    BudgetsRead = 19,

    /// <summary>Write the own company's budgets; staff: those of all companies.</summary>
    BudgetsWrite = 20,

    /// <summary>Fill carts and place orders.</summary>
    OrdersPlace = 21,

    /// <summary>Read all companies' carts and orders.</summary>
    OrdersRead = 22,

    /// <summary>Write orders and how they are numbered.</summary>
    OrdersWrite = 23,

    /// <summary>Read and write freight templates and shipping terms.</summary>
    ShippingWrite = 24,

    /// <summary>Read what was ordered for the own unit and those below it.</summary>
    OrdersReadUnit = 25,

    /// <summary>Read what the own company has ordered.</summary>
    OrdersReadCompany = 26,
}

/// <summary>A set of permissions, one bit each.</summary>
/// <param name="Bits">Bit n stands for the permission with the number n.</param>
public readonly record struct PermissionSet(long Bits)
{
    /// <summary>Every permission, those of later versions included: a key that was not narrowed.</summary>
    public static PermissionSet All => new(long.MaxValue);

    /// <summary>A set of some permissions.</summary>
    public static PermissionSet Of(params ReadOnlySpan<Permission> permissions)
    {
        long bits = 0;
        foreach (var permission in permissions)
        {
            bits |= 1L << (int)permission;
        }

        return new PermissionSet(bits);
    }

    /// <summary>Whether this permission is granted.</summary>
    public bool Contains(Permission permission) => (Bits & (1L << (int)permission)) != 0;

    /// <summary>What both sets grant.</summary>
    public PermissionSet And(PermissionSet other) => new(Bits & other.Bits);

    /// <summary>What either set grants.</summary>
    public PermissionSet Or(PermissionSet other) => new(Bits | other.Bits);

    /// <summary>The permissions that this version knows, in their order.</summary>
    public IReadOnlyList<Permission> ToList() => [.. Enum.GetValues<Permission>().Where(Contains)];

    /// <summary>For logs: how many, and the bits.</summary>
    public override string ToString() => $"{BitOperations.PopCount((ulong)Bits)} permissions (0x{Bits:x})";
}
