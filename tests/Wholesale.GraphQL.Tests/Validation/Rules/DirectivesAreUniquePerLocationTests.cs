using static Wholesale.GraphQL.Tests.Validation.ValidationHarness;

namespace Wholesale.GraphQL.Tests.Validation.Rules;

/// <summary>Section 5.7.3.</summary>
public sealed class DirectivesAreUniquePerLocationTests
{
    [Fact]
    public void The_same_directive_at_different_places_is_valid()
    {
        ExpectValid(
            """
            query ($foo: Boolean = true, $bar: Boolean = false) {
              dog @skip(if: $foo) {
                name
              }
              dog @skip(if: $bar) {
                nickname
              }
            }
            """);
    }

    [Fact]
    public void A_repeatable_directive_may_be_repeated()
    {
        ExpectValid(
            """
            { dog { name @label(text: "a") @label(text: "b") @label(text: "c") } }
            """);
    }

    [Fact]
    public void A_directive_that_stands_twice_is_reported_at_both_places()
    {
        ExpectErrors(
            """
            query ($foo: Boolean = true, $bar: Boolean = false) {
              dog { name @skip(if: $foo) @skip(if: $bar) }
            }
            """,
            Error("The directive \"@skip\" can only be used once at this location.", (2, 14), (2, 30)));
    }

    [Fact]
    public void Each_further_directive_is_reported_with_the_first()
    {
        ExpectErrors(
            """
            {
              dog { name @onField @skip(if: true) @onField @onField @skip(if: true) }
            }
            """,
            Error("The directive \"@onField\" can only be used once at this location.", (2, 14), (2, 39)),
            Error("The directive \"@onField\" can only be used once at this location.", (2, 14), (2, 48)),
            Error("The directive \"@skip\" can only be used once at this location.", (2, 23), (2, 57)));
    }

    [Fact]
    public void An_unknown_directive_may_be_repeatable_for_all_that_is_known()
    {
        ExpectErrors(
            """
            {
              dog { name @a @a }
            }
            """,
            Error("Unknown directive \"@a\".", (2, 14)),
            Error("Unknown directive \"@a\".", (2, 17)));
    }
}
