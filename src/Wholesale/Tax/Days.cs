using Wholesale.Platform;

namespace Wholesale.Tax;

/// <summary>Days from a first to the one after the last; null is open.</summary>
internal static class Days
{
    /// <summary>Whether a day is one of them.</summary>
    public static bool Hold(DateOnly? from, DateOnly? to, DateOnly day) => (from is null || from <= day) && (to is null || day < to);

    /// <summary>Checks that there is at least one of them.</summary>
    public static void Check(DateOnly? from, DateOnly? to, RowErrors errors, params string[] path)
    {
        if (from is { } begin && to is { } end && begin >= end)
        {
            errors.Add(TaxErrors.NoDay(begin, end, path));
        }
    }
}
