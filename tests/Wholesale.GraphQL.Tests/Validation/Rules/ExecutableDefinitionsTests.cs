using static Wholesale.GraphQL.Tests.Validation.ValidationHarness;

namespace Wholesale.GraphQL.Tests.Validation.Rules;

/// <summary>Section 5.1.1.</summary>
public sealed class ExecutableDefinitionsTests
{
    [Fact]
    public void Operations_and_fragments_are_executable()
    {
        ExpectValid(
            """
            query Name {
              dog {
                ...DogName
              }
            }

            fragment DogName on Dog {
              name
            }
            """);
    }

    [Fact]
    public void An_extension_beside_an_operation_is_not_executable()
    {
        ExpectErrors(
            """
            query Name {
              dog {
                name
              }
            }

            extend type Dog {
              color: String
            }
            """,
            Error("The \"Dog\" definition is not executable.", (7, 1)));
    }

    [Fact]
    public void Every_kind_of_definition_is_named()
    {
        ExpectErrors(
            """
            { dog { name } }

            schema { query: Query }
            extend schema @onlyInSchemas
            "A type."
            type Cow { name: String }
            directive @moo on FIELD
            """,
            Error("The schema definition is not executable.", (3, 1)),
            Error("The schema definition is not executable.", (4, 1)),
            Error("The \"Cow\" definition is not executable.", (5, 1)),
            Error("The \"moo\" definition is not executable.", (7, 1)));
    }
}
