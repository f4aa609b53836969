using System.Security.Cryptography;
using System.Text;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCaseOrderer(typeof(Wholesale.Tests.TestOrder))]

namespace Wholesale.Tests;

/// <summary>
/// The order of a class's tests: one that depends on their names and on the number in <c>WHOLESALE_TEST_ORDER</c> (0 unless given) alone, so that it is the same wherever the repository lies. No test
/// may need another to have run; other numbers find those that do.
/// </summary>
public sealed class TestOrder : ITestCaseOrderer
{
    private static readonly string s_number = Environment.GetEnvironmentVariable("WHOLESALE_TEST_ORDER") ?? "0";

    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCase> OrderTestCases<TTestCase>(IReadOnlyCollection<TTestCase> testCases)
        where TTestCase : notnull, ITestCase =>
        [.. testCases.OrderBy(test => Place(test.TestCaseDisplayName), StringComparer.Ordinal)];

    private static string Place(string name) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{s_number} {name}")));
}
