using Wholesale.Platform;

namespace Wholesale.Reports;

/// <summary>Places for exports, of which a company, or a staff key, has some and all together have some more: whoever reads slowly holds up nobody else. One a process for each kind; thread-safe.</summary>
/// <param name="maximum">How many run at once.</param>
/// <param name="maximumOfOne">How many of one company, or staff key.</param>
internal sealed class ExportPlaces(int maximum, int maximumOfOne)
{
    /// <summary>The key of those for files, which can be long.</summary>
    public const string OfFiles = "files";

    /// <summary>The key of those for pages, which a storefront hands through to whoever looks at an order.</summary>
    public const string OfPages = "pages";

    private readonly Lock sync = new();
    private readonly Dictionary<(PrincipalKind Kind, long Id), int> running = [];

    /// <summary>Takes a place.</summary>
    /// <param name="kind">What kind of caller wants it.</param>
    /// <param name="id">Its company, or staff key.</param>
    /// <returns>Gives it back; null: there is none.</returns>
    public IDisposable? TryEnter(PrincipalKind kind, long id)
    {
        lock (sync)
        {
            var own = running.GetValueOrDefault((kind, id));
            if (own >= maximumOfOne || running.Values.Sum() >= maximum)
            {
                return null;
            }

            running[(kind, id)] = own + 1;
            return new Place(this, (kind, id));
        }
    }

    private void Leave((PrincipalKind Kind, long Id) who)
    {
        lock (sync)
        {
            if (--running[who] == 0)
            {
                running.Remove(who);
            }
        }
    }

    private sealed class Place(ExportPlaces places, (PrincipalKind Kind, long Id) who) : IDisposable
    {
        private bool isLeft;

        public void Dispose()
        {
            if (!isLeft)
            {
                isLeft = true;
                places.Leave(who);
            }
        }
    }
}
