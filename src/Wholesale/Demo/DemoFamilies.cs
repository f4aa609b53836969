namespace Wholesale.Demo;

/// <summary>The families of the demo's products, by department.</summary>
internal static partial class DemoFamilies
{
    /// <summary>All families, department by department.</summary>
    public static IReadOnlyList<DemoFamily> All => [.. Workshop, .. Fasteners, .. Packaging, .. Workwear, .. Electrical, .. Cleaning, .. Industry];
}
