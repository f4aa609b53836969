using static Wholesale.GraphQL.Tests.Validation.ValidationHarness;

namespace Wholesale.GraphQL.Tests.Validation.Rules;

/// <summary>Section 5.4.2.</summary>
public sealed class ArgumentUniquenessTests
{
    [Fact]
    public void Different_arguments_and_the_same_one_at_different_places_are_valid()
    {
        ExpectValid(Used(
            """
            fragment Once on Gauge {
              a: two(x: 1, y: 1) @label(text: "a", size: 1)
              b: two(x: 1, y: 1) @label(text: "a", size: 1) @label(text: "b", size: 1)
            }
            """));
    }

    [Fact]
    public void An_argument_that_is_given_twice_is_reported_at_both_names()
    {
        ExpectErrors(
            Used(
                """
                fragment Twice on Gauge {
                  int(value: 1, value: 1)
                }
                """),
            Error("There can be only one argument named \"value\".", (2, 7), (2, 17)));
    }

    [Fact]
    public void An_argument_that_is_given_three_times_is_one_error()
    {
        ExpectErrors(
            Used(
                """
                fragment Thrice on Gauge {
                  two(x: 1, y: 1, x: 2, x: 3)
                }
                """),
            Error("There can be only one argument named \"x\".", (2, 7), (2, 19), (2, 25)));
    }

    [Fact]
    public void A_directives_argument_that_is_given_twice_is_reported()
    {
        ExpectErrors(
            Used(
                """
                fragment Twice on Dog {
                  name @skip(if: true, if: false)
                }
                """),
            Error("There can be only one argument named \"if\".", (2, 14), (2, 24)));
    }

    [Fact]
    public void Duplicates_among_many_arguments_are_found()
    {
        ExpectErrors(
            Used(
                """
                fragment Many on Dog {
                  name @label(text: "a", b: 1, c: 1, d: 1, e: 1, f: 1, g: 1, h: 1, i: 1, b: 2)
                }
                """),
            Error("There can be only one argument named \"b\".", (2, 26), (2, 74)),
            Error("Unknown argument \"b\" on directive \"@label\".", (2, 26)),
            Error("Unknown argument \"c\" on directive \"@label\".", (2, 32)),
            Error("Unknown argument \"d\" on directive \"@label\".", (2, 38)),
            Error("Unknown argument \"e\" on directive \"@label\".", (2, 44)),
            Error("Unknown argument \"f\" on directive \"@label\".", (2, 50)),
            Error("Unknown argument \"g\" on directive \"@label\".", (2, 56)),
            Error("Unknown argument \"h\" on directive \"@label\".", (2, 62)),
            Error("Unknown argument \"i\" on directive \"@label\".", (2, 68)),
            Error("Unknown argument \"b\" on directive \"@label\".", (2, 74)));
    }
}
