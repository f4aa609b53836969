using System.Collections.Concurrent;
using Wholesale.Platform;

namespace Wholesale.Tests.Platform;

public sealed class IdsTests
{
    private readonly FakeTime time = new();

    [Fact]
    public void Ids_of_four_threads_are_all_different()
    {
        var ids = new Ids(new Clock(TimeProvider.System), node: 0);
        var seen = new ConcurrentBag<long>();

        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ =>
        {
            for (var i = 0; i < 5_000; i++)
            {
                seen.Add(ids.Next());
            }
        });

        Assert.Equal(20_000, seen.Distinct().Count());
    }

    [Fact]
    public void Ids_go_on_growing_when_the_clock_steps_back()
    {
        var ids = new Ids(new Clock(time), node: 3);
        var before = ids.Next();

        time.Advance(TimeSpan.FromHours(-1));
        var after = ids.Next();

        Assert.True(after > before);
    }

    [Fact]
    public void An_instant_tells_what_was_made_before_from_what_was_made_later()
    {
        var ids = new Ids(new Clock(time), node: 511);
        var before = ids.Next();
        time.Advance(TimeSpan.FromMilliseconds(1));
        var instant = time.GetUtcNow().UtcDateTime;

        Assert.True(before < Ids.LeastAt(instant));
        Assert.True(ids.Next() >= Ids.LeastAt(instant));
        Assert.Equal(0, Ids.LeastAt(DateTime.UnixEpoch));
    }

    [Fact]
    public void More_ids_than_a_millisecond_holds_borrow_from_the_next_one()
    {
        var ids = new Ids(new Clock(time), node: 511);

        var given = Enumerable.Range(0, 10_000).Select(_ => ids.Next()).ToList();

        Assert.Equal(10_000, given.Distinct().Count());
        Assert.Equal(given.Order(), given);
        Assert.All(given, id => Assert.Equal(511, (id >> 12) & 511));
    }

    [Fact]
    public void Ids_of_two_nodes_differ_in_the_same_millisecond()
    {
        var clock = new Clock(time);

        Assert.NotEqual(new Ids(clock, 1).Next(), new Ids(clock, 2).Next());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(512)]
    public void A_node_number_that_does_not_fit_is_refused(int node) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Ids(new Clock(time), node));

    [Fact]
    public void Secrets_are_letters_and_digits_and_never_the_same()
    {
        var secrets = Enumerable.Range(0, 100).Select(_ => Ids.Secret()).ToList();

        Assert.Equal(100, secrets.Distinct().Count());
        Assert.All(secrets, secret => Assert.Matches("^[0-9A-Za-z]{32}$", secret));
    }
}
