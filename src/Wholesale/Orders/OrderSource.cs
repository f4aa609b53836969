namespace Wholesale.Orders;

/// <summary>Where an order comes from. The numbers are stored.</summary>
public enum OrderSource
{
    /// <summary>A user of the company placed it, or a system with that user's key.</summary>
    Storefront = 0,

    /// <summary>The seller's staff placed it as a user of the company.</summary>
    Staff = 1,

    /// <summary>It was taken elsewhere and imported: what becomes of it is told by imports.</summary>
    Import = 2,
}
