using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Companies;

/// <summary>Companies that a rule takes in. Who they are now, and were before, is kept in <see cref="CustomerSegmentMember"/>.</summary>
public sealed class CustomerSegment
{
    /// <summary>From <see cref="Ids"/>.</summary>
    public required long Id { get; init; }

    /// <summary>The seller's key, unique, 1–64 characters, compared exactly.</summary>
    public required string ExternalId { get; init; }

    /// <summary>1–200 characters.</summary>
    public required string Name { get; set; }

    /// <summary>Which companies belong to it; stored as JSON.</summary>
    public required SegmentRule Rule { get; set; }

    /// <summary>Counts up with every change of name or rule.</summary>
    public long Version { get; set; }

    /// <summary>Takes a row's values.</summary>
    /// <returns>Whether it is new or not as it was, and whether that goes for its rule.</returns>
    internal (bool IsChanged, bool HasOtherRule) Change(CustomerSegmentInput input)
    {
        var hasOtherRule = Version == 0 || Rule.ToJson() != input.Rule.ToJson();
        var isChanged = hasOtherRule || Name != input.Name;
        (Name, Rule) = (input.Name, input.Rule);
        Version += isChanged ? 1 : 0;
        return (isChanged, hasOtherRule);
    }

    internal static void Map(ModelBuilder model) => model.Entity<CustomerSegment>(segment =>
    {
        segment.Property(s => s.Id).ValueGeneratedNever();
        segment.Property(s => s.ExternalId).HasMaxLength(64);
        segment.Property(s => s.Name).HasMaxLength(200);
        segment.Property(s => s.Rule).HasConversion(rule => rule.ToJson(), json => SegmentRule.OfJson(json));
        segment.HasIndex(s => s.ExternalId).IsUnique();
    });
}

/// <summary>
/// That a company belongs to a segment, for a time. Written by whatever changes the company or the rule; rows are ended, never deleted, so that they tell of
/// earlier times, too. A company has at most one row without end in a segment.
/// </summary>
public sealed class CustomerSegmentMember
{
    /// <summary>From <see cref="Ids"/>.</summary>
    public required long Id { get; init; }

    /// <summary>The segment.</summary>
    public required long SegmentId { get; init; }

    /// <summary>The company.</summary>
    public required long CompanyId { get; init; }

    /// <summary>From when; never in the future.</summary>
    public required DateTime ValidFrom { get; init; }

    /// <summary>Until when, exclusive; null: it belongs to the segment now.</summary>
    public DateTime? ValidTo { get; set; }

    internal static void Map(ModelBuilder model) => model.Entity<CustomerSegmentMember>(member =>
    {
        member.Property(m => m.Id).ValueGeneratedNever();
        member.HasIndex(m => new { m.SegmentId, m.CompanyId }).IsUnique().Serves("present_members_of_a_segment").HasFilter("\"ValidTo\" IS NULL");
        member.HasIndex(m => m.CompanyId).Serves("segments_of_a_company");
        member.HasOne<CustomerSegment>().WithMany().HasForeignKey(m => m.SegmentId).OnDelete(DeleteBehavior.Restrict);
        member.HasOne<Company>().WithMany().HasForeignKey(m => m.CompanyId).OnDelete(DeleteBehavior.Restrict);
    });
}
