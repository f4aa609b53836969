namespace Wholesale.GraphQL.Tests.Differential;

/// <summary>What the comparison lets pass and what it does not.</summary>
public sealed class ComparisonTests
{
    private static readonly AnswerError A = new("[\"a\",0]", "1:3", "A fails.");
    private static readonly AnswerError B = new("[\"a\",1]", "1:3", "B fails.");
    private static readonly AnswerError C = new("[\"c\"]", "1:9", "C fails.");

    [Fact]
    public void Another_verdict_is_a_difference() =>
        Assert.Equal("verdict Valid for Invalid", Comparison.Difference(new Answer(Verdict.Valid, []), new Answer(Verdict.Invalid, [A])));

    [Theory]
    [InlineData("""{"a":1E+21,"b":-0.0,"c":"1E+21"}""", """{"a":1000000000000000000000,"b":0,"c":"1E+21"}""", true)]
    [InlineData("""{"a":1,"b":2}""", """{"b":2,"a":1}""", false)]
    [InlineData("""{"a":"\\\"1.0"}""", """{"a":"\\\"1"}""", false)]
    [InlineData("""{"a":1}""", """{"a":2}""", false)]
    [InlineData("""{"a":"\u00e9"}""", """{"a":"é"}""", false)]
    public void Data_is_compared_byte_by_byte_but_for_the_form_of_numbers(string ours, string theirs, bool isSame) =>
        Assert.Equal(isSame ? null : "data", Comparison.Difference(Executed(ours), Executed(theirs)));

    [Fact]
    public void Messages_may_differ_and_places_may_not()
    {
        Assert.Null(Comparison.Difference(Invalid(A), Invalid(A with { Message = "Other words." })));
        Assert.Equal("errors of Invalid: 1 of ours, Some of theirs", Comparison.Difference(Invalid(A), Invalid(A with { Locations = "1:4", Rule = "Some" })));
        Assert.Equal("errors of Invalid: 1 of ours,  of theirs", Comparison.Difference(Invalid(A, C), Invalid(A)));
        Assert.NotNull(Comparison.Difference(Invalid(A), Invalid(A, C)));
    }

    [Fact]
    public void Of_several_failures_within_one_null_any_will_do() =>
        Assert.Null(Comparison.Difference(Executed("""{"a":null,"c":null}""", A, C), Executed("""{"a":null,"c":null}""", B, C) with { Failures = [A, B, C] }));

    [Fact]
    public void A_null_needs_one_of_its_failures() => Assert.Equal(
        "nulls without their error",
        Comparison.Difference(Executed("""{"a":null,"c":null}""", A), Executed("""{"a":null,"c":null}""", B, C) with { Failures = [A, B, C] }));

    [Fact]
    public void A_failure_that_there_is_not_is_a_difference() => Assert.Equal(
        "execution errors that are none",
        Comparison.Difference(Executed("""{"a":null}""", A), Executed("""{"a":null}""", B) with { Failures = [B] }));

    private static Answer Executed(string data, params AnswerError[] errors) => new(Verdict.Executed, errors, data);

    private static Answer Invalid(params AnswerError[] errors) => new(Verdict.Invalid, errors);
}
