namespace Wholesale.Pricing;

/// <summary>From when until when something holds: <c>[From, To)</c>.</summary>
/// <param name="From">Inclusive; the first instant of all: since ever.</param>
/// <param name="To">Exclusive; the last instant of all: for ever.</param>
public readonly record struct Validity(DateTime From, DateTime To)
{
    /// <summary>Since ever and for ever.</summary>
    public static Validity Always { get; } = new(Earliest, Latest);

    private static DateTime Earliest => DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc);

    private static DateTime Latest => DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc);

    /// <summary>When it begins; null: since ever.</summary>
    public DateTime? ValidFrom => From == DateTime.MinValue ? null : From;

    /// <summary>When it ends; null: for ever.</summary>
    public DateTime? ValidTo => To == DateTime.MaxValue ? null : To;

    /// <summary>Whether it holds at no instant.</summary>
    public bool IsEmpty => From >= To;

    /// <summary>Of bounds that may be left out.</summary>
    public static Validity Of(DateTime? from, DateTime? to) => new(from ?? Earliest, to ?? Latest);

    /// <summary>Whether it holds at an instant.</summary>
    public bool Holds(DateTime instant) => From <= instant && instant < To;

    /// <summary>While both hold.</summary>
    public Validity And(Validity other) => new(From > other.From ? From : other.From, To < other.To ? To : other.To);
}
