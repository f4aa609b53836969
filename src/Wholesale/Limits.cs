using System.Net;
using System.Net.Sockets;
using Wholesale.GraphQL;
using Wholesale.GraphQL.Execution;
using Wholesale.GraphQL.Http;
using Wholesale.Platform;

namespace Wholesale;

/// <summary>What each kind of caller may ask of this process: the settings <c>Limits:*</c>.</summary>
/// <param name="Anonymous"><c>Limits:Anonymous:*</c>, by the names of <see cref="RequestLimits"/>.</param>
/// <param name="SignedIn"><c>Limits:SignedIn:*</c>: buyers, resellers and the seller's staff.</param>
/// <param name="Gate"><c>Limits:MaxRunning</c> requests at once, and <c>Limits:MaxWaiting</c> more in line.</param>
internal sealed record Limits(RequestLimits Anonymous, RequestLimits SignedIn, RequestGate Gate)
{
    /// <summary>Reads the settings.</summary>
    /// <exception cref="InvalidOperationException">A name is unknown, or a value cannot be.</exception>
    public static Limits Read(IConfiguration configuration)
    {
        var (running, waiting) = (configuration.GetValue("Limits:MaxRunning", 32), configuration.GetValue("Limits:MaxWaiting", 64));
        return running >= 1 && waiting >= 0
            ? new Limits(Read(configuration, "Anonymous", RequestLimits.Anonymous), Read(configuration, "SignedIn", RequestLimits.SignedIn), new RequestGate(running, waiting))
            : throw new InvalidOperationException($"Limits:MaxRunning must be at least 1 and Limits:MaxWaiting at least 0, not {running} and {waiting}.");
    }

    /// <summary>A caller with its limits.</summary>
    /// <param name="principal">Who.</param>
    /// <param name="address">Where from: those without a credential each have an account by their address, of which the first 64 bits of IPv6 tell one customer from another.</param>
    public Client Of(Principal principal, IPAddress? address) => principal.Kind == PrincipalKind.Anonymous
        ? new Client { Caller = principal, Account = AccountOf(address), Limits = Anonymous }
        : new Client { Caller = principal, Limits = SignedIn };

    private static RequestLimits Read(IConfiguration configuration, string kind, RequestLimits defaults)
    {
        var limits = defaults with { };
        configuration.GetSection($"Limits:{kind}").Bind(limits, binder => binder.ErrorOnUnknownConfiguration = true);
        return limits;
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
