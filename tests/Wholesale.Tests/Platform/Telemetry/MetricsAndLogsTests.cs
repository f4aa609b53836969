namespace Wholesale.Tests.Platform.Telemetry;

/// <summary>What there is to see besides traces.</summary>
[Collection(nameof(TelemetryAlone))]
public sealed class MetricsAndLogsTests(TracedHost host) : IClassFixture<TracedHost>
{
    [Fact]
    public async Task Operations_their_cost_their_statements_look_ups_and_events_are_measured()
    {
        await host.Admin("mutation { upsertMarkets(input: { markets: [{ externalId: \"measured\", name: \"M\", currency: \"EUR\" }] }) { userErrors { code } } }");
        await host.Ask(host.StaffKey, "{ nothing }", path: "/admin/graphql");

        await Point("wholesale.operation.duration", "s", ("graphql.operation.type", "mutation"), ("wholesale.operation.outcome", "succeeded"), ("wholesale.operation.transport", "http"));
        await Point("wholesale.operation.duration", "s", ("graphql.operation.type", "none"), ("wholesale.operation.outcome", "refused"), ("wholesale.operation.transport", "http"));
        await Point("wholesale.cost.charged", "{cost}", ("graphql.operation.type", "mutation"), ("wholesale.principal.kind", "staff"));
        await Point("wholesale.cost.actual", "{cost}", ("graphql.operation.type", "mutation"), ("wholesale.principal.kind", "staff"));
        await Point("wholesale.cache.lookups", "{lookup}", ("wholesale.cache", "api_keys"), ("wholesale.cache.level", "database"));
        await Point("wholesale.events.committed", "{event}", ("wholesale.event.type", "MARKET_CHANGED"));
        await Point("wholesale.database.statements", "{statement}");
        await Point("http.server.request.duration", "s", ("http.route", "/admin/graphql"), ("graphql.operation.type", "mutation"));
    }

    [Fact]
    public async Task The_platforms_own_meters_are_heard_and_health_is_not_measured()
    {
        await host.Client.GetStringAsync("/health/live");

        await Eventually.Holds(() => new[] { "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.EntityFrameworkCore", "System.Runtime" }
            .All(meter => host.Collector.Points.Any(point => point.Meter == meter)));
        Assert.DoesNotContain(host.Collector.Points, point => point["http.route"] is string route && route.StartsWith("/health", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_sender_says_what_it_is()
    {
        await Eventually.Holds(() => !host.Collector.Points.IsEmpty);

        var resource = host.Collector.Resource;
        Assert.Equal(("wholesale", "7", "test"), (resource["service.name"], resource["service.instance.id"], resource["deployment.environment.name"]));
        Assert.Equal("0.1.0", resource["service.version"]);
    }

    private Task Point(string name, string unit, params (string Tag, object Value)[] tags) => Eventually.Holds(() => host.Collector.Points.Any(point =>
        (point.Meter, point.Unit) is (not "", _) && point.Name == name && point.Unit == unit && point.Value > 0 && tags.All(tag => Equals(point[tag.Tag], tag.Value))));
}
