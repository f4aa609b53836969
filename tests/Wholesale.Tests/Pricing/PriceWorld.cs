using FsCheck;
using FsCheck.Fluent;
using Wholesale.Platform;

namespace Wholesale.Tests.Pricing;

/// <summary>
/// A world small enough to be tried out whole: four lists in two currencies, eight quantities, ten hours. Small numbers, so that equal prices,
/// equal priorities and touching validities are common.
/// </summary>
internal sealed record PriceWorld(IReadOnlyList<PriceWorld.Assignment> Assignments, IReadOnlyList<PriceWorld.Row> Rows)
{
    /// <summary>The last nearness: a unit, the unit above, company, tier, market, everyone.</summary>
    public const int Everyone = 5;

    public static readonly IReadOnlyList<DateTime> Hours =
        [.. Enumerable.Range(0, 10).Select(h => new DateTime(2026, 3, 1, h, 0, 0, DateTimeKind.Utc))];

    public static readonly IReadOnlyList<Quantity> Quantities = [.. Enumerable.Range(1, 8).Select(q => new Quantity(q * 500))];

    public static readonly PriceWorld Empty = new([], []);

    public static Arbitrary<PriceWorld> Arbitrary { get; } =
        (from assignments in SomeAssignments()
         from rows in SomeRows()
         select new PriceWorld(assignments, rows)).ToArbitrary();

    public Currency CurrencyOf(long list) => list == 4 ? Currency.Of("JPY") : Currency.Of("EUR");

    public PriceWorld Assign(long list, int nearness, int priority = 0) =>
        this with { Assignments = [.. Assignments, new(Assignments.Count + 1, list, nearness, priority, Hours[0], null, null)] };

    public PriceWorld Price(long list, int minimum, long price, int? from = null, int? to = null) => this with
    {
        Rows = [.. Rows, new Row(list, new Quantity(minimum * 1000), price, from is { } f ? Hours[f] : null, to is { } t ? Hours[t] : null)],
    };

    private static Gen<Assignment[]> SomeAssignments() =>
        from drafts in Gen.ArrayOf(
            from list in Gen.Choose(1, 4)
            from nearness in Gen.Choose(0, Everyone)
            from priority in Gen.Choose(0, 1)
            from made in Gen.Choose(0, 2)
            from validity in Validity()
            select new Assignment(0, list, nearness, priority, Hours[made], validity.From, validity.To))
        select drafts.Take(8).Select((a, i) => a with { Id = i + 1 }).ToArray();

    /// <summary>Rows of one list and minimum quantity never overlap: writing refuses them.</summary>
    private static Gen<Row[]> SomeRows() =>
        from drafts in Gen.ArrayOf(
            from list in Gen.Choose(1, 4)
            from minimum in Gen.Elements(500L, 1_000L, 2_000L, 3_000L)
            from price in Gen.Choose(1, 4)
            from validity in Validity()
            select new Row(list, new Quantity(minimum), (price * 1_0000) + 25, validity.From, validity.To))
        select drafts.Take(16).Aggregate(
            Array.Empty<Row>(), (taken, row) => taken.Any(t => t.Overlaps(row)) ? taken : [.. taken, row]);

    private static Gen<(DateTime? From, DateTime? To)> Validity() =>
        from one in Gen.Choose(-2, 9)
        from other in Gen.Choose(1, 12)
        let to = one < 0 ? other : one + other
        select ((DateTime?)(one < 0 ? null : Hours[one]), (DateTime?)(to > 9 ? null : Hours[to]));

    public sealed record Assignment(long Id, long List, int Nearness, int Priority, DateTime MadeAt, DateTime? ValidFrom, DateTime? ValidTo);

    public sealed record Row(long List, Quantity Minimum, long UnitPrice, DateTime? ValidFrom, DateTime? ValidTo)
    {
        public bool Overlaps(Row other) =>
            List == other.List && Minimum == other.Minimum
            && (ValidFrom ?? DateTime.MinValue) < (other.ValidTo ?? DateTime.MaxValue)
            && (other.ValidFrom ?? DateTime.MinValue) < (ValidTo ?? DateTime.MaxValue);
    }
}
