using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Wholesale.Tests;

/// <summary>
/// The processor time of the current thread, so that a measurement does not count what other processes and threads do meanwhile. On Windows, whose clock
/// for this is coarse, it is the time of day.
/// </summary>
internal static partial class ThreadClock
{
    /// <summary>CLOCK_THREAD_CPUTIME_ID.</summary>
    private static readonly int Id = OperatingSystem.IsMacOS() ? 16 : 3;

    /// <summary>Milliseconds since some moment.</summary>
    public static double Milliseconds
    {
        get
        {
            if (OperatingSystem.IsWindows() || GetTime(Id, out var time) != 0)
            {
                return Stopwatch.GetTimestamp() * 1000.0 / Stopwatch.Frequency;
            }

            return (time.Seconds * 1000.0) + (time.Nanoseconds / 1e6);
        }
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetTime(int clock, out Timespec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Timespec
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
