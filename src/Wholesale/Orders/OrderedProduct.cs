using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Orders;

/// <summary>
/// A variant that a company has ordered at least once, by what it was called then: few rows beside many orders, in which words are looked for. Written with the order, never changed.
/// </summary>
public sealed class OrderedProduct
{
    /// <summary>Whose orders.</summary>
    public required long CompanyId { get; init; }

    /// <summary>The variant.</summary>
    public required long VariantId { get; init; }

    /// <summary>SKU and name as they stand on the order's line, folded: see <see cref="KeyOf"/>.</summary>
    public required string Key { get; init; }

    /// <summary>The SKU, a blank and the name, without regard to case, cut to <see cref="NameKey.MaximumLength"/> characters.</summary>
    internal static string KeyOf(string sku, string name) => NameKey.Of($"{sku} {name}");

    /// <summary>Writes those of the lines' that are not there yet: one statement.</summary>
    internal static ValueTask Note(WholesaleDb db, IEnumerable<OrderLine> lines, CancellationToken cancellation) => BulkRows.InsertMissing(
        db,
        [.. lines.Select(line => new OrderedProduct { CompanyId = line.CompanyId, VariantId = line.VariantId, Key = KeyOf(line.Sku, line.Name) }).OrderBy(product => product.CompanyId).ThenBy(product => product.VariantId)],
        cancellation);

    internal static void Map(ModelBuilder model) => model.Entity<OrderedProduct>(product =>
    {
        product.HasKey(p => new { p.CompanyId, p.VariantId, p.Key });
        product.Property(p => p.Key).HasMaxLength(NameKey.MaximumLength);
        product.HasOne<Company>().WithMany().HasForeignKey(p => p.CompanyId).OnDelete(DeleteBehavior.Cascade);
    });
}
