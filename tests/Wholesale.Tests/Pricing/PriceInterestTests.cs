using System.Reflection;
using System.Reflection.Emit;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Events;
using Wholesale.Pricing;

namespace Wholesale.Tests.Pricing;

/// <summary>Which events streams of price changes wait for, and whom they concern.</summary>
public sealed class PriceInterestTests
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    private static readonly DateTime Noon = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Streams_wait_for_every_type_of_event_that_the_feed_knows_and_for_what_turns_by_time()
    {
        var product = typeof(WholesaleDb).Assembly.GetTypes();
        var types = product.Where(type => type.Name.EndsWith("Events", StringComparison.Ordinal))
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Where(field => field.IsLiteral && field.FieldType == typeof(string))
            .Select(field => (string)field.GetRawConstantValue()!).ToHashSet();
        HashSet<Type> feed =
        [
            typeof(PriceChangeFeed), typeof(PriceDifferences), typeof(PriceRowTurns), typeof(PriceView), typeof(PriceListDerivations), typeof(ListedVariants),
            .. product.Where(type => type.Name.StartsWith("Former", StringComparison.Ordinal)),
        ];

        var known = product.Where(type => feed.Contains(Outermost(type)))
            .SelectMany(type => type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
            .SelectMany(TextsIn).Where(types.Contains).ToHashSet();

        Assert.True(known.Count >= 12, string.Join(' ', known));
        Assert.Equal(known.Append(PricingEvents.PricesTurned).Order(StringComparer.Ordinal), PriceInterest.Types.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(PricingEvents.PricesChanged, 5, """{"was":{"priceVersion":1}}""", true)]
    [InlineData(PricingEvents.PricesChanged, 6, """{"was":{"priceVersion":1}}""", false)]
    [InlineData(PricingEvents.PricesTurned, 5, """{"at":"2026-03-01T12:00:00Z"}""", true)]
    [InlineData(PricingEvents.PriceListChanged, 5, null, false)]
    [InlineData(PricingEvents.PriceListAssigned, 99, """{"priceListId":6}""", true)]
    [InlineData(PricingEvents.PriceListUnassigned, 99, """{"priceListId":5,"was":{"validTo":null}}""", true)]
    [InlineData(PricingEvents.PriceListUnassigned, 5, """{"priceListId":6,"was":{"validTo":null}}""", false)]
    [InlineData(CatalogEvents.CatalogViewContentChanged, 7, """{"added":[],"removed":[],"hidden":[],"shown":[]}""", true)]
    [InlineData(CatalogEvents.CatalogViewContentChanged, 8, """{"added":[],"removed":[],"hidden":[],"shown":[]}""", false)]
    [InlineData(CatalogEvents.ProductListingChanged, 99, "{}", true)]
    [InlineData(CatalogEvents.ProductChanged, 99, "{}", false)]
    [InlineData(CompanyEvents.CompanyChanged, 99, "{}", false)]
    public void An_event_concerns_whose_prices_hang_on_its_subject(string type, long subject, string? data, bool isConcerned)
    {
        var staff = Caller.Without(new Principal(PrincipalKind.Staff, 1, null, "staff", PermissionSet.All));
        var anyone = Caller.Without(Principal.Anonymous);

        Assert.Equal(isConcerned, IsConcerned(staff));
        Assert.False(IsConcerned(anyone), "Who sees no prices is not concerned.");

        bool IsConcerned(Caller caller) => PriceInterest.ConcernedBy(Happened(1, type, subject, data))
            ?.Invoke(new(new(0, Noon), caller, new HashSet<long> { 7 }, new HashSet<long> { 5 })) ?? false;
    }

    [Theory]
    [InlineData(CompanyEvents.CompanyChanged, 13, "{}", true)]
    [InlineData(CompanyEvents.CompanyChanged, 14, "{}", false)]
    [InlineData(CompanyEvents.MarketChanged, 15, "{}", true)]
    [InlineData(CompanyEvents.MarketChanged, 16, "{}", false)]
    [InlineData(CompanyEvents.CustomerSegmentMembersChanged, 99, """{"joined":[13],"left":[]}""", true)]
    [InlineData(CompanyEvents.CustomerSegmentMembersChanged, 99, """{"joined":[],"left":[13]}""", true)]
    [InlineData(CompanyEvents.CustomerSegmentMembersChanged, 17, """{"joined":[1],"left":[2]}""", false)]
    [InlineData(CatalogEvents.CatalogViewChanged, 99, """{"level":"SEGMENT","assigneeId":18,"isGiven":true}""", true)]
    [InlineData(CatalogEvents.CatalogViewChanged, 99, """{"level":"COMPANY","assigneeId":99,"isGiven":false}""", false)]
    public void An_event_concerns_whose_company_market_segments_or_views_it_changes(string type, long subject, string data, bool isConcerned) => Assert.Equal(
        isConcerned,
        PriceInterest.ConcernedBy(Happened(1, type, subject, data))!(new(new(0, Noon), TestCaller.Of(), new HashSet<long>(), new HashSet<long>())));

    [Fact]
    public void What_happens_while_prices_are_compared_is_news_if_they_do_not_know_of_it()
    {
        using var watch = new PriceChangeWatch(DateTime.MinValue, _ => { });

        watch.Begin();
        Hear(watch, 10);
        watch.Done(UpTo(10));
        Assert.False(watch.News.IsCompleted);

        watch.Begin();
        Hear(watch, 11);
        watch.Done(UpTo(10));
        Assert.True(watch.News.IsCompleted);

        watch.Begin();
        watch.Mark();
        watch.Done(UpTo(11));
        Assert.True(watch.News.IsCompleted);

        watch.Begin();
        for (var number = 12; number < 2_000; number++)
        {
            Hear(watch, number);
        }

        watch.Done(UpTo(2_000));
        Assert.True(watch.News.IsCompleted, "More than it remembers is news.");
    }

    [Fact]
    public void What_a_node_whose_clock_is_ahead_has_committed_is_compared_again_when_its_instant_comes()
    {
        using var watch = new PriceChangeWatch(DateTime.MinValue, _ => { });
        watch.Begin();
        watch.Done(UpTo(10));
        Assert.Null(watch.Again);

        Hear(watch, 10, Noon.AddMilliseconds(300)); // compared already, but by a clock that was behind
        Assert.True(watch.News.IsCompleted);
        watch.Begin();
        watch.Done(UpTo(10, Noon.AddMilliseconds(5)));

        Assert.Equal((false, Noon.AddMilliseconds(300)), (watch.News.IsCompleted, watch.Again));
        watch.Begin();
        watch.Done(UpTo(10, Noon.AddMilliseconds(300)));
        Assert.Null(watch.Again);
    }

    [Fact]
    public void What_concerns_only_by_what_has_just_happened_is_compared_again_when_its_instant_comes_too()
    {
        using var watch = new PriceChangeWatch(DateTime.MinValue, _ => { });
        watch.Begin();
        watch.Done(UpTo(10));

        Hear(watch, 11, Noon.AddMilliseconds(300)); // a list is given
        watch.Hear(Happened(12, PricingEvents.PriceListAdjusted, 6, "{}", Noon.AddMilliseconds(450)), known => known.PriceListIds.Contains(6)); // and then adjusted
        watch.Begin();
        watch.Done(UpTo(12, Noon.AddMilliseconds(100)) with { PriceListIds = new HashSet<long> { 6 } });

        Assert.Equal(Noon.AddMilliseconds(450), watch.Again);
    }

    private static void Hear(PriceChangeWatch watch, long number, DateTime? at = null) =>
        watch.Hear(Happened(number, PricingEvents.PricesChanged, 5, "{}", at), _ => true);

    private static PriceInterest UpTo(long number, DateTime? at = null) =>
        new(new(number, at ?? Noon), Caller.Without(Principal.Anonymous), new HashSet<long>(), new HashSet<long>());

    private static Event Happened(long number, string type, long subject, string? data, DateTime? at = null) => new()
    {
        Number = number,
        Type = type,
        SubjectId = subject,
        Version = 0,
        ActorKind = ActorKind.System,
        ActorId = 0,
        At = at ?? Noon,
        Data = data,
    };

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    /// <summary>The string constants in a method's instructions.</summary>
    private static IEnumerable<string> TextsIn(MethodBase method)
    {
        var il = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var i = 0; i < il.Length;)
        {
            var code = OpCodes[il[i] == 0xFE ? (short)(0xFE00 | il[i + 1]) : il[i]];
            i += code.Size;
            if (code.OperandType == OperandType.InlineString)
            {
                yield return method.Module.ResolveString(BitConverter.ToInt32(il, i));
            }

            i += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, i)),
                _ => 4,
            };
        }
    }
}
