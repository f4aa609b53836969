using System.Diagnostics;

namespace Wholesale.Platform.Telemetry;

/// <summary>Where this program's own spans come from. Nobody listens while telemetry is off.</summary>
internal static class Tracing
{
    /// <summary>The name of the source of spans, and of the meter.</summary>
    public const string Name = "Wholesale";

    public static readonly ActivitySource Source = new(Name);

    /// <summary>A span of something that a request waits for, to be disposed of when that is over; null where none is told.</summary>
    /// <param name="what">One of a few names: no part of it is a value.</param>
    public static Activity? Wait(string what) => RequestTally.Current?.TakesSpan() == true ? Source.StartActivity(what) : null;
}
