using static Wholesale.GraphQL.Tests.Validation.ValidationHarness;

namespace Wholesale.GraphQL.Tests.Validation.Rules;

/// <summary>Section 5.5.2.2.</summary>
public sealed class FragmentSpreadsMustNotFormCyclesTests
{
    [Fact]
    public void A_fragment_that_is_spread_twice_is_no_cycle()
    {
        ExpectValid(
            """
            { dog { ...A ...B } }
            fragment A on Dog { ...B ...C }
            fragment B on Dog { ...C }
            fragment C on Dog { name }
            """);
    }

    [Fact]
    public void A_spread_of_an_unknown_fragment_is_no_cycle()
    {
        ExpectErrors(
            Used(
                """
                fragment A on Dog { ...Missing }
                """),
            Error("Unknown fragment \"Missing\".", (1, 24)));
    }

    [Fact]
    public void A_fragment_that_spreads_itself_is_reported()
    {
        ExpectErrors(
            Used(
                """
                fragment Self on Dog {
                  name
                  ...Self
                }
                """),
            Error("Cannot spread fragment \"Self\" within itself.", (3, 3)));
    }

    [Fact]
    public void A_fragment_that_spreads_itself_below_a_field_is_reported()
    {
        ExpectErrors(
            Used(
                """
                fragment Self on Person {
                  relatives { ... on Person { ...Self } }
                }
                """),
            Error("Cannot spread fragment \"Self\" within itself.", (2, 31)));
    }

    [Fact]
    public void Two_fragments_that_spread_each_other_are_reported_once()
    {
        ExpectErrors(
            """
            {
              dog {
                ...NamePart
              }
            }

            fragment NamePart on Dog {
              name
              ...VolumePart
            }

            fragment VolumePart on Dog {
              barkVolume
              ...NamePart
            }
            """,
            Error("Cannot spread fragment \"NamePart\" within itself via \"VolumePart\".", (9, 3), (14, 3)));
    }

    [Fact]
    public void A_cycle_through_data_is_reported()
    {
        ExpectErrors(
            """
            {
              dog {
                ...DogPart
              }
            }

            fragment DogPart on Dog {
              name
              owner {
                ...OwnerPart
              }
            }

            fragment OwnerPart on Person {
              name
              animals {
                ...DogPart
              }
            }
            """,
            Error("Cannot spread fragment \"DogPart\" within itself via \"OwnerPart\".", (10, 5), (17, 5)));
    }

    [Fact]
    public void Every_cycle_is_reported_by_the_spreads_that_close_it()
    {
        ExpectErrors(
            Used(
                """
                fragment A on Dog { ...B ...C }
                fragment B on Dog { ...A }
                fragment C on Dog { ...A ...C }
                """),
            Error("Cannot spread fragment \"A\" within itself via \"B\".", (1, 21), (2, 21)),
            Error("Cannot spread fragment \"A\" within itself via \"C\".", (1, 26), (3, 21)),
            Error("Cannot spread fragment \"C\" within itself.", (3, 26)));
    }

    [Fact]
    public void Fragments_of_one_name_are_one()
    {
        ExpectErrors(
            Used(
                """
                fragment F on Dog { ...F }
                fragment F on Dog { ...F }
                """),
            Error("There can be only one fragment named \"F\".", (1, 10), (2, 10)),
            Error("Cannot spread fragment \"F\" within itself.", (1, 21)));
    }
}
