using System.Diagnostics;

namespace Wholesale.Tests.Faults;

/// <summary>The judge of the other tests here: it lets nothing pass.</summary>
public sealed class PriceLedgerTests
{
    private const int Here = 1;
    private const int There = 2;

    private static readonly long Second = Stopwatch.Frequency;

    private readonly PriceLedger ledger = new(customers: 10, variants: 30, groups: 2);

    [Fact]
    public void What_was_there_at_first_is_right_until_two_seconds_after_another_node_has_written_and_on_the_writers_own_at_once_no_more()
    {
        var edition = Write(There);
        var done = edition.Done;

        Assert.Equal(Verdict.Right, Judge(Here, 0, done + Second));
        Assert.Equal(Verdict.OutOfTime, Judge(Here, 0, done + (2 * Second)));
        Assert.Equal(Verdict.OutOfTime, Judge(There, 0, done));
        Assert.Equal(Verdict.Right, Judge(Here, 1, done + (2 * Second)));
        Assert.Equal(Verdict.Right, Judge(There, 1, done));
    }

    [Fact]
    public void What_was_not_written_yet_or_never_is_wrong()
    {
        Assert.Equal(Verdict.OutOfTime, Judge(Here, 1, Stopwatch.GetTimestamp()));
        var edition = ledger.Begin(ListOf(0), 0, There);
        Assert.Equal(Verdict.Right, Judge(Here, 1, edition.Begun));
        Assert.Equal(Verdict.OutOfTime, Judge(Here, 1, edition.Begun - 1));
        Assert.Equal([edition], ledger.Open);

        edition.Withdraw();

        Assert.Equal(Verdict.OutOfTime, Judge(Here, 1, Stopwatch.GetTimestamp()));
        Assert.Equal(Verdict.Right, Judge(There, 0, Stopwatch.GetTimestamp()));
        Assert.Empty(ledger.Open);
    }

    [Fact]
    public void A_reader_never_goes_back()
    {
        var done = Write(There).Done;
        var witness = new Witness(ledger, Here);

        Assert.Equal(Verdict.Right, witness.Judge(0, 0, Price(0, 0, 1), done, done));
        Assert.Equal(Verdict.Backwards, witness.Judge(0, 0, Price(0, 0, 0), done, done));
    }

    [Fact]
    public void The_price_of_another_customer_or_variant_is_foreign_and_none_is_missing()
    {
        var now = Stopwatch.GetTimestamp();
        var witness = new Witness(ledger, Here);

        Assert.Equal(Verdict.Foreign, witness.Judge(0, 0, Price(3, 0, 0), now, now));
        Assert.Equal(Verdict.Foreign, witness.Judge(0, 0, Price(0, 3, 0), now, now));
        Assert.Equal(Verdict.Missing, witness.Judge(0, 0, null, now, now));
        Assert.Equal(Verdict.Right, witness.Judge(3, 0, Price(4, 0, 0), now, now)); // they share a list
    }

    private int ListOf(int customer) => ledger.ListOf(customer, 0);

    private long Price(int customer, int variant, int edition) => PriceLedger.PriceOf(ledger.CellOf(ledger.ListOf(customer, variant), variant), edition);

    private Edition Write(int node)
    {
        var edition = ledger.Begin(ListOf(0), 0, node);
        edition.End();
        return edition;
    }

    private Verdict Judge(int node, int edition, long at) => new Witness(ledger, node).Judge(0, 0, Price(0, 0, edition), at, at);
}
