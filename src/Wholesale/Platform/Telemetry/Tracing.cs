using System.Diagnostics;

namespace Wholesale.Platform.Telemetry;

/// <summary>Where this program's own spans come from. Nobody listens while telemetry is off.</summary>
internal static class Tracing
{
    /// <summary>The name of the source of spans, and of the meter.</summary>
    public const string Name = "Wholesale";

    public static readonly ActivitySource Source = new(Name);
}
