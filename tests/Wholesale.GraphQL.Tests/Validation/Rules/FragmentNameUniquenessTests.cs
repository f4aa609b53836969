using static Wholesale.GraphQL.Tests.Validation.ValidationHarness;

namespace Wholesale.GraphQL.Tests.Validation.Rules;

/// <summary>Section 5.5.1.1.</summary>
public sealed class FragmentNameUniquenessTests
{
    [Fact]
    public void Fragments_of_different_names_are_valid()
    {
        ExpectValid(
            """
            {
              dog {
                ...One
                ...Two
              }
            }

            fragment One on Dog { name }

            fragment Two on Dog { owner { name } }
            """);
    }

    [Fact]
    public void Inline_fragments_have_no_names_to_share()
    {
        ExpectValid(
            """
            { dog { ... on Dog { name } ... on Dog { nickname } } }
            """);
    }

    [Fact]
    public void Two_fragments_of_one_name_are_reported_at_both_names()
    {
        ExpectErrors(
            """
            {
              dog {
                ...One
              }
            }

            fragment One on Dog { name }

            fragment One on Dog { owner { name } }
            """,
            Error("There can be only one fragment named \"One\".", (7, 10), (9, 10)));
    }

    [Fact]
    public void Unused_fragments_of_one_name_are_reported_too()
    {
        ExpectErrors(
            """
            { dog { name } }
            fragment One on Dog { name }
            fragment One on Dog { name }
            """,
            Error("There can be only one fragment named \"One\".", (2, 10), (3, 10)),
            Error("Fragment \"One\" is never used.", (2, 1)),
            Error("Fragment \"One\" is never used.", (3, 1)));
    }
}
