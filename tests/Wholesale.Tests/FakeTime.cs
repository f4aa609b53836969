namespace Wholesale.Tests;

/// <summary>A clock that stands still until it is told to move; timers go off as it passes them.</summary>
public sealed class FakeTime : TimeProvider
{
    private readonly Lock sync = new();
    private readonly List<Timer> timers = [];
    private DateTimeOffset now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private TimeSpan set;

    public override DateTimeOffset GetUtcNow()
    {
        lock (sync)
        {
            return now + set;
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        lock (sync)
        {
            return now.Ticks;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock, also back, and runs what became due, on the calling thread.</summary>
    public void Advance(TimeSpan by)
    {
        List<Timer> due;
        lock (sync)
        {
            now += by;
            due = [.. timers.Where(timer => timer.Due <= now)];
            foreach (var timer in due)
            {
                timer.Reschedule(now);
            }
        }

        foreach (var timer in due)
        {
            timer.Run();
        }
    }

    /// <summary>Sets the clock, as an operator does or a server of time: timers and what is measured go on as if nothing were.</summary>
    public void Jump(TimeSpan by)
    {
        lock (sync)
        {
            set += by;
        }
    }

    private sealed class Timer(FakeTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan period;

        public DateTimeOffset? Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time.sync)
            {
                this.period = period;
                Due = dueTime < TimeSpan.Zero ? null : time.now + dueTime;
                time.timers.Remove(this);
                if (Due is not null)
                {
                    time.timers.Add(this);
                }
            }

            return true;
        }

        public void Reschedule(DateTimeOffset now) => Due = period > TimeSpan.Zero ? now + period : null;

        public void Run() => callback(state);

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
