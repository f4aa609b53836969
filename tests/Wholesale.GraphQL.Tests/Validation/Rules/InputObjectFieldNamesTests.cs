using static Wholesale.GraphQL.Tests.Validation.ValidationHarness;

namespace Wholesale.GraphQL.Tests.Validation.Rules;

/// <summary>Section 5.6.2.</summary>
public sealed class InputObjectFieldNamesTests
{
    [Fact]
    public void Defined_fields_are_valid()
    {
        ExpectValid(
            """
            {
              findDog(by: { name: "Fido" }) {
                name
              }
            }
            """);
    }

    [Fact]
    public void An_unknown_field_is_reported_at_its_name()
    {
        ExpectErrors(
            """
            {
              findDog(by: { favoriteCookieFlavor: "Bacon" }) {
                name
              }
            }
            """,
            Error("Field \"favoriteCookieFlavor\" is not defined by type \"DogSearch\".", (2, 17)));
    }

    [Fact]
    public void The_value_of_an_unknown_field_is_not_looked_at()
    {
        ExpectErrors(
            Used(
                """
                fragment Unknown on Gauge {
                  shape(value: { required: true, inner: { required: true, unknown: { required: 1 } } })
                }
                """),
            Error("Field \"unknown\" is not defined by type \"Shape\".", (2, 59)));
    }

    [Fact]
    public void Fields_in_lists_and_in_single_items_of_lists_are_checked()
    {
        ExpectErrors(
            Used(
                """
                fragment Lists on Gauge {
                  a: shapes(value: [{ required: true, x: 1 }])
                  b: shapes(value: { required: true, y: 1 })
                }
                """),
            Error("Field \"x\" is not defined by type \"Shape\".", (2, 39)),
            Error("Field \"y\" is not defined by type \"Shape\".", (3, 38)));
    }
}
