namespace Wholesale.Tests;

/// <summary>A clock that stands still until it is told to move; timers go off as it passes them. Where it is set back, no time passes for them, as in a real system.</summary>
public sealed class FakeTime : TimeProvider
{
    private readonly Lock sync = new();
    private readonly List<Timer> timers = [];
    private DateTimeOffset now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private TimeSpan passed;

    public override DateTimeOffset GetUtcNow()
    {
        lock (sync)
        {
            return now;
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        lock (sync)
        {
            return passed.Ticks;
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
            passed += by > TimeSpan.Zero ? by : TimeSpan.Zero;
            due = [.. timers.Where(timer => timer.Due <= passed)];
            foreach (var timer in due)
            {
                timer.Reschedule(passed);
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
            now += by;
        }
    }

    private sealed class Timer(FakeTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan period;

        public TimeSpan? Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time.sync)
            {
                this.period = period;
                Due = dueTime < TimeSpan.Zero ? null : time.passed + dueTime;
                time.timers.Remove(this);
                if (Due is not null)
                {
                    time.timers.Add(this);
                }
            }

            return true;
        }

        public void Reschedule(TimeSpan passed) => Due = period > TimeSpan.Zero ? passed + period : null;

        public void Run() => callback(state);

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
