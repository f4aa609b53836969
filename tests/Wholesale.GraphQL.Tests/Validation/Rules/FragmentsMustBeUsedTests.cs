using static Wholesale.GraphQL.Tests.Validation.ValidationHarness;

namespace Wholesale.GraphQL.Tests.Validation.Rules;

/// <summary>Section 5.5.1.4.</summary>
public sealed class FragmentsMustBeUsedTests
{
    [Fact]
    public void Fragments_that_operations_reach_are_used()
    {
        ExpectValid(
            """
            query A { dog { ...One } }
            query B { dog { owner { ... { ...Three } } } }
            fragment One on Dog { ...Two }
            fragment Two on Dog { name }
            fragment Three on Person { name }
            """);
    }

    [Fact]
    public void An_unused_fragment_is_reported_where_it_begins()
    {
        ExpectErrors(
            """
            fragment NameOnly on Dog { # unused
              name
            }

            {
              dog {
                name
              }
            }
            """,
            Error("Fragment \"NameOnly\" is never used.", (1, 1)));
    }

    [Fact]
    public void A_fragment_that_only_an_unused_fragment_spreads_is_unused()
    {
        ExpectErrors(
            """
            { dog { name } }
            fragment A on Dog { name ...B }
            fragment B on Dog { name }
            """,
            Error("Fragment \"A\" is never used.", (2, 1)),
            Error("Fragment \"B\" is never used.", (3, 1)));
    }

    [Fact]
    public void Fragments_that_spread_one_another_in_a_cycle_are_unused()
    {
        ExpectErrors(
            """
            { dog { name } }
            fragment A on Dog { name ...B }
            fragment B on Dog { name ...A }
            """,
            Error("Fragment \"A\" is never used.", (2, 1)),
            Error("Fragment \"B\" is never used.", (3, 1)),
            Error("Cannot spread fragment \"A\" within itself via \"B\".", (2, 26), (3, 26)));
    }
}
