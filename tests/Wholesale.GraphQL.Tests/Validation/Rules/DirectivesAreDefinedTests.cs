using static Wholesale.GraphQL.Tests.Validation.ValidationHarness;

namespace Wholesale.GraphQL.Tests.Validation.Rules;

/// <summary>Section 5.7.1.</summary>
public sealed class DirectivesAreDefinedTests
{
    [Fact]
    public void Directives_of_the_specification_and_of_the_schema_are_defined()
    {
        ExpectValid(
            """
            query @onQuery {
              dog @onField {
                name @skip(if: false) @include(if: true)
              }
            }
            """);
    }

    [Fact]
    public void Unknown_directives_are_reported_wherever_they_stand()
    {
        ExpectErrors(
            """
            query Q($id: ID @a) @b {
              person(id: $id) @c {
                ...F @d
                ... @e { name }
              }
            }
            fragment F on Person @f { name }
            """,
            Error("Unknown directive \"@a\".", (1, 17)),
            Error("Unknown directive \"@b\".", (1, 21)),
            Error("Unknown directive \"@c\".", (2, 19)),
            Error("Unknown directive \"@d\".", (3, 10)),
            Error("Unknown directive \"@e\".", (4, 9)),
            Error("Unknown directive \"@f\".", (7, 22)));
    }
}
