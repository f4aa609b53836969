using Wholesale.Platform;
using Wholesale.Pricing;

namespace Wholesale.Tests.Pricing;

/// <summary>Random prices over time, random sets, and a model that knows nothing but the price of each key at each instant.</summary>
public sealed class PriceChangesOverTimeTests
{
    private const int Hours = 12;
    private static readonly DateTime Start = new(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_set_replaces_what_holds_in_its_time_and_nothing_else_and_cancelling_it_brings_that_back(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 500; round++)
        {
            var list = new Rows(random);
            var before = list.Prices();
            var revisions = list.Revisions();
            var (lines, from, until) = RandomSet(random);

            list.Carry(PriceChanges.Replacing(lines, list.Current, At(from)!.Value, At(until)));

            Assert.Equal(Expected(before, lines, from, until), list.Prices());
            list.AssertIsWhole();
            Assert.All(revisions, revision => Assert.Contains(revision, list.Revisions()));

            var kept = new List<PlannedPrice>();
            list.Carry(PriceChanges.Restoring(lines, list.Since(list.Version), list.Version, kept));

            Assert.Empty(kept);
            Assert.Equal(before, list.Prices());
            Assert.Equal(revisions, list.Revisions());
            list.AssertIsWhole();
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public void Sets_upon_sets_are_each_taken_back_except_where_a_later_one_changed_the_key(int seed)
    {
        var random = new Random(seed);
        var keptLines = 0;
        for (var round = 0; round < 300; round++)
        {
            var list = new Rows(random);
            var (first, from, until) = RandomSet(random);
            var before = list.Prices();
            list.Carry(PriceChanges.Replacing(first, list.Current, At(from)!.Value, At(until)));
            var version = list.Version;
            var between = list.Rowset();
            var (second, laterFrom, laterUntil) = RandomSet(random);
            list.Carry(PriceChanges.Replacing(second, list.Current, At(laterFrom)!.Value, At(laterUntil)));
            var (after, touched) = (list.Prices(), list.Rowset());

            var kept = new List<PlannedPrice>();
            list.Carry(PriceChanges.Restoring(first, list.Since(version), version, kept));

            var now = list.Prices();
            foreach (var key in Rows.Keys)
            {
                var isChanged = !between[key].SequenceEqual(touched[key]);
                Assert.Equal((isChanged ? after : before).Where(p => p.Key.Item1 == key), now.Where(p => p.Key.Item1 == key));
                Assert.False(!isChanged && kept.Exists(l => (l.VariantId, l.MinimumQuantity) == key));
            }

            list.AssertIsWhole();
            keptLines += kept.Count;
        }

        Assert.True(keptLines > 0);
    }

    [Fact]
    public void A_revision_stays_with_its_beginning_so_that_an_older_one_is_still_known_as_older()
    {
        var list = new Rows([new Rows.Price(1, 2, 8, 100, Revision: 7)]);
        PlannedPrice[] lines = [Line(1, null)];

        list.Carry(PriceChanges.Replacing(lines, list.Current, At(1)!.Value, At(4)));

        // Nothing from 2 on but the revision, and the rest of the price from 4 on without one.
        Assert.Equal([(2, null, 7L), (4, 100L, null)], list.Current.OrderBy(e => e.ValidFrom).Select(e => ((int)(e.ValidFrom!.Value - Start).TotalHours, e.UnitPrice, e.SourceRevision)));
    }

    [Fact]
    public void A_price_that_stands_in_the_list_already_is_not_written_again()
    {
        var list = new Rows([new Rows.Price(1, 2, 8, 100, null)]);

        var changes = PriceChanges.Replacing([Line(1, 100)], list.Current, At(2)!.Value, At(8));

        Assert.True(changes.AreNone);
    }

    private static PlannedPrice Line(long variantId, long? unitPrice, int minimum = 1) => new(variantId, Quantity.Of(minimum), unitPrice);

    private static (PlannedPrice[] Lines, int From, int? Until) RandomSet(Random random)
    {
        var from = random.Next(1, Hours);
        var lines = Rows.Keys.Where(_ => random.Next(2) == 0)
            .Select(key => Line(key.VariantId, random.Next(4) == 0 ? null : random.Next(1, 4) * 100, (int)(key.Minimum.Thousandths / 1000)));
        return ([.. lines], from, random.Next(2) == 0 ? null : random.Next(from + 1, Hours + 1));
    }

    private static Dictionary<((long, Quantity), int), long?> Expected(
        Dictionary<((long, Quantity), int), long?> before, PlannedPrice[] lines, int from, int? until)
    {
        var expected = new Dictionary<((long, Quantity), int), long?>(before);
        foreach (var line in lines)
        {
            // Half hours, so that each instant and what is just before it are both looked at.
            for (var half = 2 * from; half < 2 * (until ?? Hours + 1); half++)
            {
                expected[((line.VariantId, line.MinimumQuantity), half)] = line.UnitPrice;
            }
        }

        return expected;
    }

    private static DateTime? At(int? hour) => hour is { } h ? Start.AddHours(h) : null;

    /// <summary>A list's rows of all versions.</summary>
    private sealed class Rows
    {
        private readonly List<PriceListEntry> rows = [];
        private long nextId = 1;

        public Rows(IEnumerable<Price> prices)
        {
            Version = 1;
            foreach (var price in prices)
            {
                rows.Add(new PriceDraft(0, price.VariantId, Quantity.Of(price.Minimum), price.UnitPrice, At(price.From), At(price.To), price.Revision).Begin(nextId++, 1, 1));
            }
        }

        public Rows(Random random) : this(Keys.SelectMany(key => RandomTimeline(key, random)))
        {
        }

        public static IReadOnlyList<(long VariantId, Quantity Minimum)> Keys { get; } =
            [(1, Quantity.Of(1)), (1, Quantity.Of(5)), (2, Quantity.Of(1)), (3, Quantity.Of(1))];

        public long Version { get; private set; }

        public IReadOnlyList<PriceListEntry> Current => rows.FindAll(e => e.ToVersion is null);

        public IReadOnlyList<PriceListEntry> Since(long version) => rows.FindAll(e => e.ToVersion is null || e.ToVersion >= version);

        public void Carry(PriceChanges changes)
        {
            Version++;
            foreach (var row in changes.Ended)
            {
                Assert.Null(row.ToVersion);
                row.ToVersion = Version;
            }

            rows.AddRange(changes.Begun.Select(draft => draft.Begin(nextId++, 1, Version)));
        }

        public Dictionary<((long, Quantity), int), long?> Prices() => Keys
            .SelectMany(key => Enumerable.Range(0, 2 * (Hours + 1)).Select(half => (Key: (key, half), Price: PriceAt(key, Start.AddMinutes(30 * half)))))
            .ToDictionary(p => p.Key, p => p.Price);

        public List<(long, Quantity, DateTime?, long)> Revisions() =>
            [.. Current.Where(e => e.SourceRevision is not null).Select(e => (e.VariantId, e.MinimumQuantity, e.ValidFrom, e.SourceRevision!.Value)).Order()];

        public Dictionary<(long, Quantity), List<long>> Rowset() =>
            Keys.ToDictionary(k => k, k => Current.Where(e => (e.VariantId, e.MinimumQuantity) == k).Select(e => e.Id).ToList());

        /// <summary>No two rows begin together, none overlap, none is empty.</summary>
        public void AssertIsWhole()
        {
            foreach (var timeline in Current.GroupBy(e => (e.VariantId, e.MinimumQuantity)))
            {
                Assert.Equal(timeline.Count(), timeline.Select(e => e.ValidFrom).Distinct().Count());
                var end = DateTime.MinValue;
                foreach (var row in timeline.Where(e => e.UnitPrice is not null).OrderBy(e => e.ValidFrom ?? DateTime.MinValue))
                {
                    Assert.True((row.ValidFrom ?? DateTime.MinValue) >= end);
                    Assert.True((row.ValidTo ?? DateTime.MaxValue) > (row.ValidFrom ?? DateTime.MinValue));
                    end = row.ValidTo ?? DateTime.MaxValue;
                }
            }
        }

        private long? PriceAt((long VariantId, Quantity Minimum) key, DateTime at) => Current.SingleOrDefault(e =>
            (e.VariantId, e.MinimumQuantity) == key && e.UnitPrice is not null && !(e.ValidFrom > at) && !(e.ValidTo <= at))?.UnitPrice;

        /// <summary>Prices with gaps and neighbours, some for ever, and ends that keep a revision.</summary>
        private static List<Price> RandomTimeline((long VariantId, Quantity Minimum) key, Random random)
        {
            var (prices, minimum) = (new List<Price>(), (int)(key.Minimum.Thousandths / 1000));
            int? from = random.Next(2) == 0 ? null : random.Next(0, 4);
            while (from is null or < Hours && random.Next(5) > 0)
            {
                int? to = random.Next(4) == 0 ? null : random.Next((from ?? 0) + 1, Hours + 1);
                var revision = random.Next(3) == 0 ? random.Next(1, 9) : (long?)null;
                if (revision is not null && random.Next(3) == 0)
                {
                    prices.Add(new(key.VariantId, from, to, null, revision, minimum));
                    from = (from ?? 0) + 1;
                    continue;
                }

                prices.Add(new(key.VariantId, from, to, random.Next(1, 4) * 100, revision, minimum));
                if (to is null)
                {
                    break;
                }

                from = to + random.Next(0, 2);
            }

            return prices;
        }

        public sealed record Price(long VariantId, int? From, int? To, long? UnitPrice, long? Revision, int Minimum = 1);
    }
}
