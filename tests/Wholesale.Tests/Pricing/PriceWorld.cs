using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Wholesale.Companies;
using Wholesale.Platform;

namespace Wholesale.Tests.Pricing;

/// <summary>
/// A world small enough to be tried out whole: five lists in two currencies, two variants, eight quantities, ten hours. Small numbers, so that equal prices,
/// equal priorities and touching validities are common.
/// </summary>
internal sealed record PriceWorld
{
    /// <summary>The last place: a unit, the unit above, company, a segment, another one, tier, market, everyone.</summary>
    public const int Everyone = 7;

    public static readonly IReadOnlyList<DateTime> Hours =
        [.. Enumerable.Range(0, 10).Select(h => new DateTime(2026, 3, 1, 12 + h, 0, 0, DateTimeKind.Utc))];

    public static readonly IReadOnlyList<Quantity> Quantities = [.. Enumerable.Range(1, 8).Select(q => new Quantity(q * 500))];

    public static readonly PriceWorld Empty = new();

    private static readonly int[] BasisPoints = [-10_000, -3_333, -1_200, -50, 0, 0, 1, 750, 10_000];

    /// <summary>Worlds whose assignments and rules were all made in the first three hours, so that they can be written as they came about.</summary>
    public static Arbitrary<PriceWorld> Arbitrary { get; } =
        Arb.From(Gen.Choose(0, int.MaxValue).Select(seed => Random(new Random(seed))), world => world.Smaller());

    public IReadOnlyList<PriceList> Lists { get; init; } = [.. Enumerable.Range(1, 5).Select(id => new PriceList(id, id < 4 ? "EUR" : "JPY", true))];

    public IReadOnlyList<Assignment> Assignments { get; init; } = [];

    public IReadOnlyList<Row> Rows { get; init; } = [];

    public IReadOnlyList<RuleSet> RuleSets { get; init; } = [];

    public IReadOnlyList<Terms> QuantityTerms { get; init; } = [];

    public IReadOnlyList<Variant> Variants { get; init; } = [new(1, null, new Quantity(500)), new(2, null, new Quantity(500))];

    /// <summary>The lines of a cart.</summary>
    public IReadOnlyList<Line> Cart { get; init; } = [];

    public PricePolicy Policy { get; init; }

    public RoundingMode Mode { get; init; }

    public RoundingLevel Level { get; init; }

    /// <summary>The caller's own; null: it has none.</summary>
    public string? Currency { get; init; }

    /// <summary>A tree of three categories: 2 is below 1, 3 stands alone.</summary>
    public static long? ParentOf(long category) => category == 2 ? 1 : null;

    public PriceWorld Assign(long list, int place, int priority = 0) =>
        this with { Assignments = [.. Assignments, new(Assignments.Count + 1, list, place, priority, Hours[0], null, null)] };

    public PriceWorld Price(long list, int minimum, long price, int? from = null, int? to = null) => this with
    {
        Rows = [.. Rows, new Row(list, 1, new Quantity(minimum * 1000), price, from is { } f ? Hours[f] : null, to is { } t ? Hours[t] : null)],
    };

    public static PriceWorld Random(Random random)
    {
        var lists = Enumerable.Range(1, 5).Select(id => new PriceList(id, random.Next(4) == 0 ? "JPY" : "EUR", random.Next(10) > 0)).ToList();
        return new()
        {
            Lists = lists,
            Assignments = [.. Enumerable.Range(1, random.Next(11)).Select(id => RandomAssignment(random, id))],
            Rows = RandomRows(random, random.Next(40)),
            RuleSets = RandomRuleSets(random, lists),
            QuantityTerms = RandomTerms(random),
            Variants = [.. Enumerable.Range(1, 2).Select(id => RandomVariant(random, id))],
            Cart = [.. Enumerable.Range(0, random.Next(5)).Select(_ => new Line(random.Next(1, 3), Quantities[random.Next(4)]))],
            Policy = (PricePolicy)random.Next(2),
            Mode = (RoundingMode)random.Next(4),
            Level = (RoundingLevel)random.Next(2),
            Currency = random.Next(4) switch { 0 => null, 1 => "JPY", _ => "EUR" },
        };
    }

    public static Assignment RandomAssignment(Random random, int id)
    {
        var (from, to) = RandomValidity(random);
        return new(id, random.Next(1, 6), random.Next(Everyone + 1), random.Next(2), Hours[Math.Min(2, id / 3)], from, to);
    }

    public static Row RandomRow(Random random)
    {
        var (from, to) = RandomValidity(random);
        return new(
            random.Next(1, 6), random.Next(1, 3), Quantities[random.Next(6)], (random.Next(1, 5) * 1_0000) + (random.Next(3) * 25), from, to);
    }

    private static Variant RandomVariant(Random random, int id)
    {
        var category = random.Next(4) is > 0 and var c ? c : (long?)null;
        var increment = 500 * random.Next(1, 3);
        var minimum = random.Next(3) == 0 ? increment * random.Next(1, 4) : (int?)null;
        var maximum = random.Next(3) == 0 ? (minimum ?? increment) + (increment * random.Next(4)) : (int?)null;
        return new(
            id, category, new Quantity(increment), minimum is { } least ? new Quantity(least) : null, maximum is { } most ? new Quantity(most) : null);
    }

    /// <summary>Rows of one list, variant and minimum quantity never overlap: writing refuses them.</summary>
    private static Row[] RandomRows(Random random, int count)
    {
        var rows = new List<Row>();
        for (var i = 0; i < count; i++)
        {
            var row = RandomRow(random);
            if (!rows.Exists(row.Overlaps))
            {
                rows.Add(row);
            }
        }

        return [.. rows];
    }

    /// <summary>Each list is made of one before it, if of any, and of no more than three others in all.</summary>
    private static RuleSet[] RandomRuleSets(Random random, List<PriceList> lists)
    {
        var sets = new List<RuleSet>();
        var depths = new int[6];
        foreach (var list in lists)
        {
            depths[list.Id] = 1;
            for (var hour = 0; hour < 3 && random.Next(2) == 0; hour += random.Next(1, 3))
            {
                var parents = lists.FindAll(l => l.Id < list.Id && l.Currency == list.Currency && depths[l.Id] < 4);
                if (parents.Count == 0)
                {
                    break;
                }

                var parent = parents[random.Next(parents.Count)].Id;
                depths[list.Id] = Math.Max(depths[list.Id], depths[parent] + 1);
                sets.RemoveAll(s => s.List == list.Id && s.To is null && s.From == Hours[hour]);
                var before = sets.FindIndex(s => s.List == list.Id && s.To is null);
                if (before >= 0)
                {
                    sets[before] = sets[before] with { To = Hours[hour] };
                }

                sets.Add(new(list.Id, parent, Hours[hour], hour < 2 && random.Next(4) == 0 ? Hours[hour + 1] : null, [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => RandomRule(random))]));
                if (sets[^1].To is not null)
                {
                    break;
                }
            }
        }

        return [.. sets];
    }

    public static Rule RandomRule(Random random) => new(
        random.Next(4) is > 0 and var category ? category : null,
        BasisPoints[random.Next(BasisPoints.Length)],
        random.Next(3) switch { 0 => 0, 1 => random.Next(-20, 20) * 25, _ => random.Next(-3, 3) * 1_0000 });

    private static Terms[] RandomTerms(Random random)
    {
        var terms = new List<Terms>();
        for (var i = random.Next(5); i > 0; i--)
        {
            var each = RandomTermsOf(random, random.Next(1, 6), random.Next(1, 3));
            if (!terms.Exists(t => t.List == each.List && t.Variant == each.Variant))
            {
                terms.Add(each);
            }
        }

        return [.. terms];
    }

    /// <summary>As writing takes them: bounds are multiples of the increment, and the least is not above the most.</summary>
    public static Terms RandomTermsOf(Random random, long list, int variant)
    {
        var increment = random.Next(3) == 0 ? null : (Quantity?)new Quantity(500 * random.Next(1, 4));
        var step = increment?.Thousandths ?? 500;
        var minimum = random.Next(2) == 0 ? null : (Quantity?)new Quantity(step * random.Next(1, 4));
        var maximum = random.Next(2) == 0 ? null : (Quantity?)new Quantity((minimum?.Thousandths ?? step) + (step * random.Next(4)));
        var group = random.Next(3) switch { 0 => null, 1 => "g", _ => "h" };
        return minimum is null && maximum is null && increment is null && group is null
            ? new(list, variant, null, null, null, "g")
            : new(list, variant, minimum, maximum, increment, group);
    }

    private static (DateTime? From, DateTime? To) RandomValidity(Random random)
    {
        if (random.Next(2) == 0)
        {
            return (null, null);
        }

        var begin = random.Next(-4, 9);
        var end = begin < 0 ? random.Next(1, 13) : begin + random.Next(1, 12);
        return (begin < 0 ? null : Hours[begin], end > 9 ? null : Hours[end]);
    }

    /// <summary>All worlds that lack one thing of this one.</summary>
    private IEnumerable<PriceWorld> Smaller() =>
    [
        .. Without(Assignments, less => this with { Assignments = less }),
        .. Without(Rows, less => this with { Rows = less }),
        .. Without(RuleSets, less => this with { RuleSets = less }),
        .. Without(QuantityTerms, less => this with { QuantityTerms = less }),
        .. Without(Cart, less => this with { Cart = less }),
        .. RuleSets.Index().SelectMany(set => Without(set.Item.Rules, less =>
            this with { RuleSets = [.. RuleSets.Select((s, i) => i == set.Index ? s with { Rules = less } : s)] })),
        .. Policy == PricePolicy.MostSpecific ? [] : new[] { this with { Policy = PricePolicy.MostSpecific } },
        .. Mode == RoundingMode.HalfAwayFromZero ? [] : new[] { this with { Mode = RoundingMode.HalfAwayFromZero } },
        .. Level == RoundingLevel.LineTotal ? [] : new[] { this with { Level = RoundingLevel.LineTotal } },
    ];

    private static IEnumerable<PriceWorld> Without<T>(IReadOnlyList<T> things, Func<IReadOnlyList<T>, PriceWorld> world) =>
        Enumerable.Range(0, things.Count).Select(i => world([.. things.Take(i), .. things.Skip(i + 1)]));

    public override string ToString()
    {
        var text = new StringBuilder().Append($"{Policy} {Mode} {Level} own currency {Currency}");
        foreach (var thing in Lists.Cast<object>().Concat(Assignments).Concat(Rows).Concat(RuleSets).Concat(QuantityTerms).Concat(Variants).Concat(Cart))
        {
            text.Append("\n  ").Append(thing);
        }

        return text.ToString();
    }

    public sealed record PriceList(long Id, string Currency, bool IsActive);

    public sealed record Assignment(int Id, long List, int Place, int Priority, DateTime MadeAt, DateTime? ValidFrom, DateTime? ValidTo);

    public sealed record Row(long List, int Variant, Quantity Minimum, long UnitPrice, DateTime? ValidFrom, DateTime? ValidTo)
    {
        public bool Overlaps(Row other) =>
            List == other.List && Variant == other.Variant && Minimum == other.Minimum
            && (ValidFrom ?? DateTime.MinValue) < (other.ValidTo ?? DateTime.MaxValue)
            && (other.ValidFrom ?? DateTime.MinValue) < (ValidTo ?? DateTime.MaxValue);
    }

    /// <summary>By which a list was made of another during some time.</summary>
    public sealed record RuleSet(long List, long Parent, DateTime From, DateTime? To, IReadOnlyList<Rule> Rules)
    {
        public override string ToString() => $"list {List} of {Parent} from {From:HH} to {To:HH}: {string.Join(", ", Rules)}";
    }

    public sealed record Rule(long? Category, int BasisPoints, long Amount);

    public sealed record Terms(long List, int Variant, Quantity? Minimum, Quantity? Maximum, Quantity? Increment, string? Group);

    public sealed record Variant(int Id, long? Category, Quantity Increment, Quantity? Minimum = null, Quantity? Maximum = null);

    public sealed record Line(int Variant, Quantity Quantity);
}
