using static Wholesale.GraphQL.Tests.Validation.ValidationHarness;

namespace Wholesale.GraphQL.Tests.Validation.Rules;

/// <summary>Section 5.5.2.1.</summary>
public sealed class FragmentSpreadTargetDefinedTests
{
    [Fact]
    public void A_spread_of_a_fragment_of_the_document_is_valid()
    {
        ExpectValid(
            """
            { dog { ...DogName } }
            fragment DogName on Dog { name }
            """);
    }

    [Fact]
    public void A_spread_of_an_unknown_fragment_is_reported_at_its_name()
    {
        ExpectErrors(
            """
            {
              dog {
                ...undefinedFragment
              }
            }
            """,
            Error("Unknown fragment \"undefinedFragment\".", (3, 8)));
    }

    [Fact]
    public void Each_unknown_spread_is_reported()
    {
        ExpectErrors(
            """
            {
              dog {
                ...A
                ... { ...B @label(text: "b") }
              }
            }
            """,
            Error("Unknown fragment \"A\".", (3, 8)),
            Error("Unknown fragment \"B\".", (4, 14)));
    }
}
