using System.Diagnostics.CodeAnalysis;

// What ArchitectureTests must be able to see.
namespace Wholesale.Tests.Sample;

internal sealed class InBody;

internal sealed class InSignature;

internal sealed class InGeneric;

internal sealed class InLambda;

internal sealed class BehindProperty;

[SuppressMessage("Performance", "CA1812", Justification = "Its purpose is not to be used.")]
internal sealed class Unused;

internal static class Holder
{
    public static List<BehindProperty> Things { get; } = [];
}

[SuppressMessage("Performance", "CA1812", Justification = "Read by ArchitectureTests as metadata.")]
internal sealed class User
{
    public static object Make(InSignature? given) => given is null ? new InBody() : new List<InGeneric>();

    public static Func<object> Later() => () => new InLambda();

    public static int Count() => Holder.Things.Count;
}
