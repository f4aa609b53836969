using System.Net;
using System.Net.Sockets;
using Wholesale.GraphQL;
using Wholesale.GraphQL.Execution;
using Wholesale.GraphQL.Http;
using Wholesale.Platform;

namespace Wholesale;

/// <summary>What each kind of caller may ask of this process: the settings <c>Limits:*</c>.</summary>
/// <param name="Anonymous"><c>Limits:Anonymous:*</c>, by the names of <see cref="RequestLimits"/>.</param>
/// <param name="SignedIn"><c>Limits:SignedIn:*</c>: buyers and resellers.</param>
/// <param name="Staff"><c>Limits:Staff:*</c>: the seller's staff and systems, whose requests may cost anything.</param>
/// <param name="Streams"><c>Limits:Streams:*</c>, by the names of <see cref="StreamOptions"/>.</param>
/// <param name="Gate"><c>Limits:MaxRunning</c> requests at once, and <c>Limits:MaxWaiting</c> more in line.</param>
internal sealed record Limits(RequestLimits Anonymous, RequestLimits SignedIn, RequestLimits Staff, StreamOptions Streams, RequestGate Gate)
{
    /// <summary>Reads the settings.</summary>
    /// <exception cref="InvalidOperationException">A name is unknown, or a value cannot be.</exception>
    public static Limits Read(IConfiguration configuration)
    {
        var (running, waiting) = (configuration.GetValue("Limits:MaxRunning", 32), configuration.GetValue("Limits:MaxWaiting", 64));
        return running >= 1 && waiting >= 0
            ? new Limits(
                Read(configuration, "Anonymous", RequestLimits.Anonymous),
                Read(configuration, "SignedIn", RequestLimits.SignedIn),
                Read(configuration, "Staff", RequestLimits.SignedIn with { MaxCost = null, CostBucket = null }),
                ReadStreams(configuration),
                new RequestGate(running, waiting))
            : throw new InvalidOperationException($"Limits:MaxRunning must be at least 1 and Limits:MaxWaiting at least 0, not {running} and {waiting}.");
    }

    /// <summary>A caller with its limits. All credentials of one user spend from one account.</summary>
    /// <param name="principal">Who.</param>
    /// <param name="address">Where from: those without a credential each have an account by their address, of which the first 64 bits of IPv6 tell one customer from another.</param>
    public Client Of(Principal principal, IPAddress? address) => principal.Kind switch
    {
        PrincipalKind.Anonymous => new Client { Caller = principal, Account = AccountOf(address), Limits = Anonymous },
        PrincipalKind.Staff => new Client { Caller = principal, Limits = Staff },
        _ => new Client { Caller = principal, Account = (principal.Kind, (UInt128)(principal.CompanyUserId ?? 0)), Limits = SignedIn },
    };

    private static StreamOptions ReadStreams(IConfiguration configuration)
    {
        var streams = new StreamOptions();
        configuration.GetSection("Limits:Streams").Bind(streams, binder => binder.ErrorOnUnknownConfiguration = true);
        return streams;
    }

    private static RequestLimits Read(IConfiguration configuration, string kind, RequestLimits defaults)
    {
        var limits = defaults with { };
        configuration.GetSection($"Limits:{kind}").Bind(limits, binder => binder.ErrorOnUnknownConfiguration = true);
        return limits.CostRefillPerSecond >= 1 && (limits.MaxCost is null || limits.CostBucket is null || limits.MaxCost <= limits.CostBucket)
            ? limits
            : throw new InvalidOperationException(
                $"Limits:{kind}:CostRefillPerSecond must be at least 1, and CostBucket at least MaxCost, not {limits.CostRefillPerSecond}, {limits.CostBucket} and {limits.MaxCost}.");
    }

    private static (PrincipalKind, UInt128) AccountOf(IPAddress? address)
    {
        if (address is null)
        {
            return (PrincipalKind.Anonymous, 0);
        }

        var bytes = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).MapToIPv6().GetAddressBytes();
        var number = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return (PrincipalKind.Anonymous, address.AddressFamily == AddressFamily.InterNetworkV6 && !address.IsIPv4MappedToIPv6 ? number >> 64 : number);
    }
}
