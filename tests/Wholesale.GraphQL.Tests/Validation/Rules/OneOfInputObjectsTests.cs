using static Wholesale.GraphQL.Tests.Validation.ValidationHarness;

namespace Wholesale.GraphQL.Tests.Validation.Rules;

/// <summary>Section 3.10.1 "OneOf Input Objects", as sections 5.6.1 and 5.8.5 check it.</summary>
public sealed class OneOfInputObjectsTests
{
    [Fact]
    public void Exactly_one_field_that_is_not_null_is_valid()
    {
        ExpectValid(
            """
            mutation ($default: Adoption! = { cat: { name: "Brontie" } }, $cat: CatData!, $dog: DogData = { name: "Rex" }) {
              a: adopt(pet: $default) { name }
              b: adopt(pet: { cat: $cat }) { name }
              c: adopt(pet: { dog: { name: "Rex" } }) { name }
              d: adoptAll(pets: [{ dog: $dog }, $default]) { name }
            }
            """);
    }

    [Fact]
    public void No_field_two_fields_and_null_are_reported_at_the_object()
    {
        ExpectErrors(
            """
            mutation ($dog: DogData!) {
              a: adopt(pet: {}) { name }
              b: adopt(pet: { cat: { name: "Brontie" }, dog: $dog }) { name }
              c: adopt(pet: { cat: null }) { name }
            }
            """,
            ExactlyOne((2, 17)),
            ExactlyOne((3, 17)),
            ExactlyOne((4, 17)));
    }

    [Fact]
    public void An_unknown_field_is_no_field()
    {
        ExpectErrors(
            """
            mutation {
              a: adopt(pet: { robot: 1 }) { name }
            }
            """,
            ExactlyOne((2, 17)),
            Error("Field \"robot\" is not defined by type \"Adoption\".", (2, 19)));
    }

    [Fact]
    public void A_nullable_variable_is_reported_at_its_definition_and_use()
    {
        ExpectErrors(
            """
            mutation ($dog: DogData, $cat: CatData = null) {
              adopt(pet: { dog: $dog }) { name }
              adoptAll(pets: [{ cat: $cat }]) { name }
            }
            """,
            Nullable("dog", "DogData", (1, 11), (2, 21)),
            Nullable("cat", "CatData", (1, 26), (3, 26)));
    }

    [Fact]
    public void A_variable_of_another_type_is_reported_as_such()
    {
        ExpectErrors(
            """
            mutation ($dog: CatData) {
              adopt(pet: { dog: $dog }) { name }
            }
            """,
            Error("Variable \"$dog\" of type \"CatData\" used in position expecting type \"DogData\".", (1, 11), (2, 21)));
    }

    static GraphQLError ExactlyOne((int Line, int Column) place) =>
        Error(
            "Within OneOf Input Object type \"Adoption\", exactly one field must be specified, and the value for that field must be non-null.",
            place);

    static GraphQLError Nullable(string name, string type, params (int Line, int Column)[] places) =>
        Error($"Variable \"${name}\" is of type \"{type}\" but must be non-nullable to be used for OneOf Input Object \"Adoption\".", places);
}
