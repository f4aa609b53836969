using Wholesale.Companies;
using Wholesale.Platform;

namespace Wholesale.Catalog;

/// <summary>Who sees a product, when, and by which category it is priced.</summary>
/// <param name="Status">Only active products are seen.</param>
/// <param name="PublishedFrom">From when; null: since ever.</param>
/// <param name="PublishedTo">Until when, exclusive; null: for ever.</param>
/// <param name="CategoryId">Null if it stands in none.</param>
/// <param name="ExclusiveTo">The companies that alone see it; null: it is not exclusive.</param>
internal sealed record ProductListing(
    ProductStatus Status, DateTime? PublishedFrom, DateTime? PublishedTo, long? CategoryId, IReadOnlyList<long>? ExclusiveTo)
{
    /// <inheritdoc/>
    public bool Equals(ProductListing? other) => other is not null
        && (Status, PublishedFrom, PublishedTo, CategoryId) == (other.Status, other.PublishedFrom, other.PublishedTo, other.CategoryId)
        && (ExclusiveTo ?? []).SequenceEqual(other.ExclusiveTo ?? []);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Status, PublishedFrom, PublishedTo, CategoryId);
}

/// <summary>When a variant is seen, and in what quantities it is sold.</summary>
internal sealed record VariantListing(
    long Id, DateTime? PublishedFrom, DateTime? PublishedTo, Quantity QuantityIncrement, Quantity? MinimumQuantity, Quantity? MaximumQuantity);

/// <summary>What an event tells of a product as it was before.</summary>
/// <param name="Was">The product.</param>
/// <param name="Variants">Those of its variants that were otherwise.</param>
internal sealed record FormerProduct(ProductListing Was, IReadOnlyList<VariantListing> Variants);

/// <summary>What an event tells of a category that was moved.</summary>
internal sealed record FormerCategory(CategoryPlace Was);

/// <summary>Where a category stood.</summary>
/// <param name="ParentId">Null: at the top.</param>
internal sealed record CategoryPlace(long? ParentId);

/// <summary>What an event tells of a view that was given to someone, or taken away.</summary>
/// <param name="Level">What kind of assignee.</param>
/// <param name="AssigneeId">See <see cref="Assignee"/>.</param>
/// <param name="IsGiven">False: it was taken away.</param>
internal sealed record CatalogViewGiven(AssigneeLevel Level, long AssigneeId, bool IsGiven);

/// <summary>What an event tells of the content of a view: at most <see cref="MaximumSize"/> ids; more are told by more events.</summary>
/// <param name="Added">Products that are in it and were not before.</param>
/// <param name="Removed">Products that are not in it any more.</param>
/// <param name="Hidden">Variants that it hides now.</param>
/// <param name="Shown">Variants that it does not hide any more.</param>
internal sealed record CatalogViewContentChange(
    IReadOnlyList<long> Added, IReadOnlyList<long> Removed, IReadOnlyList<long> Hidden, IReadOnlyList<long> Shown)
{
    /// <summary>So many ids, so that no event grows beyond some 20,000 characters.</summary>
    public const int MaximumSize = 1_000;
}
