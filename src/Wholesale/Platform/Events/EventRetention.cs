using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Wholesale.Platform.Events;

/// <summary>
/// How long events are kept: the setting <c>Events:RetentionDays</c>, for ever without it. What is deleted is always the beginning of the log, so that it never has a
/// hole, also where the clock once went wrong; and never the newest event, behind which the numbers go on.
/// </summary>
/// <param name="Days">7–36,500. Answers to mutations are given again for seven days, so what they did can be read as long.</param>
public sealed record EventRetention(int Days)
{
    private const string Setting = "Events:RetentionDays";
    private const int StepSize = 500;

    /// <summary>Reads the setting; null: events are kept for ever.</summary>
    /// <exception cref="InvalidOperationException">It is not a number of days that can be.</exception>
    public static EventRetention? Read(IConfiguration configuration) => configuration[Setting] switch
    {
        null or "" => null,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 7 and <= 36_500 => new EventRetention(days),
        var text => throw new InvalidOperationException($"{Setting} is \"{text}\"; it can be a number of days from 7 to 36500. Leave it out to keep events for ever."),
    };

    /// <summary>Deletes the oldest events, as far as all of them are old enough.</summary>
    internal async Task<int> Purge(WholesaleDb db, DateTime now, CancellationToken cancellation)
    {
        var until = now.AddDays(-Days);
        var oldest = await db.Events.OrderBy(e => e.Number).Take(StepSize + 1).Select(e => new { e.Number, e.At }).ToListAsync(cancellation);
        var last = oldest.SkipLast(1).TakeWhile(e => e.At < until).LastOrDefault()?.Number; // the newest event can only be the one that is skipped
        return last is null ? 0 : await db.Events.Where(e => e.Number <= last).ExecuteDeleteAsync(cancellation);
    }
}

/// <summary>The log in the host.</summary>
public static class EventHosting
{
    /// <summary>Registers it.</summary>
    /// <exception cref="InvalidOperationException">A setting has a value that it cannot have.</exception>
    public static void AddEvents(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<CommittedEvents>();
        services.AddSingleton<LogTail>();
        services.AddHostedService(provider => provider.GetRequiredService<LogTail>());
        services.AddSingleton<EventLog>();
        services.AddScoped<Writes>();
        if (EventRetention.Read(configuration) is { } retention)
        {
            services.AddHourlyPurge<Event>(retention.Purge);
        }
    }
}
