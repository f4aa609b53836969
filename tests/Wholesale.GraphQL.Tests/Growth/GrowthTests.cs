using System.Globalization;

namespace Wholesale.GraphQL.Tests.Growth;

/// <summary>
/// Whatever a request makes large, the work grows with it and no faster: an exponent of at most 1.15 in bytes and, in a Release build, in time, from 1,024 to 65,536 units with
/// the limits lifted. What does not end (nesting) has no growth to measure, only a limit.
/// </summary>
public sealed class GrowthTests
{
    private const int Largest = 65_536;

    // As many selections as a plan may have are fewer.
    private const int LargestPlan = 8_192;

    public static TheoryData<string> Documents => [.. Shapes.Documents.Keys];

    public static TheoryData<string> Texts => [.. Shapes.Texts.Keys];

    public static TheoryData<string> Merges => [.. Shapes.Merges.Keys];

    public static TheoryData<string> Failures => [.. Shapes.Failures.Keys];

    public static TheoryData<string> Values => [.. Shapes.Values.Keys];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Parsing_grows_with_the_document(string shape) => Expect("parse", shape, Largest, n => Shapes.Parse(Shapes.Documents[shape](n)));

    [Theory]
    [MemberData(nameof(Texts))]
    public void Reading_grows_with_the_text(string shape) => Expect("read", shape, Largest, n => Shapes.Parse(Shapes.Texts[shape](n)));

    [Theory]
    [MemberData(nameof(Texts))]
    public void Refusing_grows_with_the_text(string shape) => Expect("refuse", shape, Largest, n => Shapes.ParseInVain(Shapes.Texts[shape](n)));

    [Theory]
    [MemberData(nameof(Documents))]
    [MemberData(nameof(Texts))]
    public void Printing_grows_with_the_document(string shape) => Expect("print", shape, Largest, n => Shapes.Print(Document(shape, n)));

    [Theory]
    [MemberData(nameof(Documents))]
    [MemberData(nameof(Texts))]
    public void Validation_grows_with_the_document(string shape) => Expect("validate", shape, Largest, n => Shapes.Validate(Document(shape, n)));

    [Theory]
    [MemberData(nameof(Merges))]
    public void Merging_grows_with_the_document(string shape) => Expect("merge", shape, Largest / 2, n => Shapes.Validate(Shapes.Merges[shape](n)));

    [Theory]
    [MemberData(nameof(Documents))]
    [MemberData(nameof(Texts))]
    public void Planning_grows_with_the_document(string shape) => Expect("plan", shape, LargestPlan, n => Shapes.Plan(Document(shape, n)));

    [Theory]
    [MemberData(nameof(Failures))]
    public void An_answer_full_of_errors_grows_with_them(string shape) => Expect("answer", shape, LargestPlan, n => Shapes.Answer(Shapes.Failures[shape](n)));

    [Theory]
    [MemberData(nameof(Values))]
    public void Coercion_grows_with_the_variables(string shape) => Expect("coerce", shape, Largest, n => Shapes.Coerce(Shapes.Values[shape], n));

    private static string Document(string shape, int size) => (Shapes.Documents.GetValueOrDefault(shape) ?? Shapes.Texts[shape])(size);

    private static void Expect(string work, string shape, int largest, Func<int, Action> prepare)
    {
        var growth = Growth.Of(prepare, largest);
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {work} | {shape} | {growth.Time:0.00} | {growth.Bytes:0.00} | {growth.First:0} | {growth.Last:0} | {growth.Rounds} |"));

        Assert.InRange(growth.Bytes, Growth.Least, Growth.Limit);
        Assert.InRange(growth.Time, Growth.TimeLeast, Growth.TimeLimit);
    }
}
