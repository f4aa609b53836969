using System.Collections.Immutable;
using Wholesale.Platform.Events;

namespace Wholesale.Pricing;

/// <summary>What readers see: every list as behind one event.</summary>
/// <param name="Number">The last event that was looked at; below 0: none yet.</param>
/// <param name="VerifiedAt">When that was.</param>
/// <param name="Lists">The lists, by id.</param>
/// <param name="Bytes">What they take in memory.</param>
internal sealed record LoadedPriceLists(long Number, long VerifiedAt, ImmutableDictionary<long, LoadedPriceList> Lists, long Bytes)
{
    /// <summary>Nothing is here, and nothing is known of the log.</summary>
    public static LoadedPriceLists None { get; } = new(-1, long.MinValue, ImmutableDictionary<long, LoadedPriceList>.Empty, Bytes: 0);

    /// <summary>Whether an event of a type makes a list another one.</summary>
    public static bool IsOfPrices(string type) => type is PricingEvents.PricesChanged or PricingEvents.QuantityRulesChanged;

    /// <summary>A list that is here, stale or not.</summary>
    public CompiledPriceList? Find(long id) => Lists.GetValueOrDefault(id)?.List;

    /// <summary>What is known after an event, unless it was looked at already.</summary>
    public LoadedPriceLists After(Event happened) => happened.Number <= Number ? this : After(happened.Type, happened.SubjectId, happened.Version);

    /// <summary>What is known after an event; of lists that are not here there is nothing to know.</summary>
    public LoadedPriceLists After(string type, long subjectId, long version)
    {
        if (!IsOfPrices(type) || !Lists.TryGetValue(subjectId, out var entry))
        {
            return this;
        }

        // The version is that of the list's prices: whoever reads it has all of them. What it says of quantities has none.
        var stale = type == PricingEvents.PricesChanged ? entry with { Needed = Math.Max(entry.Needed, version) } : entry with { IsDoubted = true };
        return this with { Lists = Lists.SetItem(subjectId, stale) };
    }

    /// <summary>Has a list, in the place of another version of it.</summary>
    public LoadedPriceLists With(CompiledPriceList list, bool isDoubted) => this with
    {
        Lists = Lists.SetItem(list.PriceListId, new LoadedPriceList(list, list.Version, isDoubted, new LastUse(VerifiedAt))),
        Bytes = Bytes + list.Bytes - (Lists.GetValueOrDefault(list.PriceListId)?.List.Bytes ?? 0),
    };

    public LoadedPriceLists Without(long id) => this with { Lists = Lists.Remove(id), Bytes = Bytes - Lists[id].List.Bytes };
}

/// <summary>A list in memory.</summary>
/// <param name="List">As it was read.</param>
/// <param name="Needed">The version that it must have to be answered from.</param>
/// <param name="IsDoubted">Whether it may have changed in a way that was not looked at.</param>
/// <param name="LastUsed">When it was last asked for.</param>
internal sealed record LoadedPriceList(CompiledPriceList List, long Needed, bool IsDoubted, LastUse LastUsed)
{
    public CompiledPriceList? Fresh => !IsDoubted && List.Version >= Needed ? List : null;
}

/// <summary>A number that readers set without a lock: the last one wins.</summary>
internal sealed class LastUse(long value)
{
    public long Value { get; set; } = value;
}
