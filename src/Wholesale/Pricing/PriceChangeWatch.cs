using Wholesale.Platform.Events;

namespace Wholesale.Pricing;

/// <summary>What one stream waits for: that something happens by which its caller's prices may be others. Thread-safe.</summary>
/// <param name="begun">The instant of the last event that this node has heard of before.</param>
/// <param name="end">Is told when nobody waits any more.</param>
internal sealed class PriceChangeWatch(DateTime begun, Action<PriceChangeWatch> end) : IDisposable
{
    /// <summary>So many events are remembered while prices are compared; where there are more, they are compared once again.</summary>
    private const int MostHeard = 1_000;

    private readonly Lock sync = new();
    private readonly List<(Event Event, Predicate<PriceInterest> Concerned)> heard = [];
    private TaskCompletionSource news = New();
    private PriceInterest? interest;
    private DateTime latest = begun;

    /// <summary>Ends when there is something to compare.</summary>
    public Task News
    {
        get
        {
            lock (sync)
            {
                return news.Task;
            }
        }
    }

    /// <summary>
    /// When to compare again, by this node's clock, although nothing happens: something was committed at an instant that is still to come here, since
    /// another node's clock is ahead. Null: not before something happens.
    /// </summary>
    public DateTime? Again
    {
        get
        {
            lock (sync)
            {
                return interest is { } known && latest > known.Moment.At ? latest : null;
            }
        }
    }

    /// <summary>Prices are about to be compared: what happens from now on, and what they then do not know of, is news.</summary>
    public void Begin()
    {
        lock (sync)
        {
            (news, interest) = (news.Task.IsCompleted ? New() : news, null);
            heard.Clear();
        }
    }

    /// <summary>Prices were compared.</summary>
    /// <param name="found">What they hang on, and up to which moment.</param>
    public void Done(PriceInterest found)
    {
        lock (sync)
        {
            interest = found;
            foreach (var (happened, concerned) in heard)
            {
                Judge(found, happened, concerned);
            }

            heard.Clear();
        }
    }

    /// <summary>Hears of an event.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="concerned">Whom it may concern.</param>
    public void Hear(Event happened, Predicate<PriceInterest> concerned)
    {
        lock (sync)
        {
            if (news.Task.IsCompleted)
            {
                latest = happened.At > latest ? happened.At : latest; // prices are compared again anyway, and may hang on it by then
            }
            else if (interest is not null)
            {
                Judge(interest, happened, concerned);
            }
            else if (heard.Count < MostHeard)
            {
                heard.Add((happened, concerned));
            }
            else
            {
                latest = happened.At > latest ? happened.At : latest;
                news.TrySetResult();
            }
        }
    }

    /// <summary>Whatever is known may be wrong.</summary>
    public void Mark()
    {
        lock (sync)
        {
            news.TrySetResult();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => end(this);

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Judge(PriceInterest known, Event happened, Predicate<PriceInterest> concerned)
    {
        var isToCome = happened.At > known.Moment.At;
        if ((happened.Number > known.Moment.Number || isToCome) && concerned(known))
        {
            latest = isToCome && happened.At > latest ? happened.At : latest;
            news.TrySetResult();
        }
    }
}
