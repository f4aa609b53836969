using static Wholesale.GraphQL.Tests.Validation.ValidationHarness;

namespace Wholesale.GraphQL.Tests.Validation.Rules;

/// <summary>Section 5.8.2.</summary>
public sealed class VariablesAreInputTypesTests
{
    [Fact]
    public void Scalars_enums_input_objects_and_lists_of_them_are_valid()
    {
        ExpectValid(
            """
            query ($a: Boolean, $b: DogSearch, $c: [Int!]!, $d: DogTrick, $e: Json, $f: [[Int]]) {
              findDog(by: $b) { isTrained(elsewhere: $a) }
              gauge { requiredInts(value: $c) enum(value: $d) json(value: $e) grid(value: $f) }
            }
            """);
    }

    [Fact]
    public void Output_types_are_reported_at_the_type()
    {
        ExpectErrors(
            """
            query ($a: Cat, $b: Dog!, $c: [Animal], $d: CatOrDog) {
              gauge { a: json(value: [$a]) b: json(value: [$b]) c: json(value: [$c]) d: json(value: [$d]) }
            }
            """,
            Error("Variable \"$a\" cannot be non-input type \"Cat\".", (1, 12)),
            Error("Variable \"$b\" cannot be non-input type \"Dog!\".", (1, 21)),
            Error("Variable \"$c\" cannot be non-input type \"[Animal]\".", (1, 31)),
            Error("Variable \"$d\" cannot be non-input type \"CatOrDog\".", (1, 45)));
    }

    [Fact]
    public void An_unknown_type_is_reported_at_its_name()
    {
        ExpectErrors(
            """
            query ($a: Nothing, $b: [Nothing!]!) {
              gauge { a: int(value: $a) b: int(value: $b) }
            }
            """,
            Error("Unknown type \"Nothing\".", (1, 12)),
            Error("Unknown type \"Nothing\".", (1, 26)));
    }
}
