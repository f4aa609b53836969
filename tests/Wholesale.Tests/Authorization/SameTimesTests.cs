using System.Diagnostics;
using System.Globalization;
using Wholesale.GraphQL.Types;

namespace Wholesale.Tests.Authorization;

/// <summary>
/// How long it takes tells no more than the answer: for everything that a buyer may call by an id, another company's id and one that was never given, one after the other, many times.
/// <c>WHOLESALE_PROOF=full</c> compares more of them, and more strictly.
/// </summary>
public sealed class SameTimesTests(AuthorizationWorld world) : IClassFixture<AuthorizationWorld>
{
    private const int MaximumTurns = 20;

    /// <summary>Less than that nobody measures over a network.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(0.1);

    private static readonly Schema Buyers = Contracts.Load().Buyers.Schema;
    private static readonly (int Pairs, double Gap) Wanted = Environment.GetEnvironmentVariable("WHOLESALE_PROOF") == "full" ? (1000, 0.02) : (25, 0.10);

    [Fact]
    public async Task Anothers_id_is_answered_like_an_unknown_one_and_as_soon()
    {
        var buyer = world.Askers.Single(asker => asker is { Company: AuthorizationWorld.A, IsOwner: true });
        var measured = new List<(string Place, double Unknown, double Anothers)>();

        foreach (var place in Buyers.QueryType.Fields.Concat(Buyers.MutationType!.Fields).Where(field => buyer.May(field.Directive("requires")?.ArgumentText("permission"))).SelectMany(IdPlace.Of))
        {
            foreach (var type in place.TypesIn(Buyers).Where(type => !AuthorizationWorld.Shared.Contains(type)))
            {
                measured.Add(await Measure(buyer, place, type));
            }
        }

        var worst = measured.OrderByDescending(m => m.Anothers / m.Unknown is var ratio && ratio < 1 ? 1 / ratio : ratio).ToList();
        TestContext.Current.TestOutputHelper!.WriteLine(string.Join('\n', worst.Take(10).Select(Text).Prepend($"{measured.Count} places and types, {Wanted.Pairs} pairs each; the widest gaps:")));
        Assert.True(measured.Count > 50, $"Only {measured.Count} were compared.");
        Assert.All(measured, m => Assert.True(IsSame(m), Text(m)));
    }

    private static bool IsSame((string Place, double Unknown, double Anothers) m) => Math.Abs(m.Unknown - m.Anothers) <= Math.Max(Wanted.Gap * Math.Min(m.Unknown, m.Anothers), Least.TotalMilliseconds);

    private static string Text((string Place, double Unknown, double Anothers) m) =>
        string.Create(CultureInfo.InvariantCulture, $"{m.Anothers / m.Unknown:0.000} {m.Place}: {m.Unknown:0.000} ms for an unknown id, {m.Anothers:0.000} ms for another's");

    /// <summary>The medians. Where other work was in the way there are further pairs; what differs by itself goes on differing.</summary>
    private async Task<(string Place, double Unknown, double Anothers)> Measure(Asker asker, IdPlace place, string type)
    {
        var call = new ContractCall(Buyers, place, type, 1);
        var (unknown, anothers) = (world.UnknownId(type), world.Ids(type, AuthorizationWorld.B)[0]);
        var (expected, _) = await Ask(asker, call, unknown);
        (string Place, double Unknown, double Anothers) medians = default;
        var times = (Unknown: new List<double>(), Anothers: new List<double>());
        for (var turn = 0; turn < MaximumTurns; turn++)
        {
            for (var pair = -5; pair < Wanted.Pairs; pair++)
            {
                var one = await Ask(asker, call, unknown);
                var other = await Ask(asker, call, anothers);
                Assert.Equal(expected, one.Text);
                Assert.Equal(expected, other.Text);
                if (pair >= 0)
                {
                    times.Unknown.Add(one.Milliseconds);
                    times.Anothers.Add(other.Milliseconds);
                }
            }

            medians = ($"{place} of a {type}", Median(times.Unknown), Median(times.Anothers));
            if (IsSame(medians))
            {
                break;
            }
        }

        return medians;
    }

    private async Task<(string Text, double Milliseconds)> Ask(Asker asker, ContractCall call, string id)
    {
        var variables = call.Variables(id, other => world.Ids(other.TypesIn(Buyers)[0], AuthorizationWorld.A)[0]);
        var start = Stopwatch.GetTimestamp();
        var (_, text) = await world.Ask(asker.Key, call.Document, variables);
        var took = Stopwatch.GetElapsedTime(start);
        return (text.Replace(id, "(id)", StringComparison.Ordinal), took.TotalMilliseconds);
    }

    private static double Median(List<double> times)
    {
        times.Sort();
        return times[times.Count / 2];
    }
}
