using Wholesale.GraphQL.Validation;
using static Wholesale.GraphQL.Tests.Validation.ValidationHarness;

namespace Wholesale.GraphQL.Tests.Validation;

public sealed class DidYouMeanTests
{
    [Theory]
    [InlineData("{ dog { barkVolumes } }", "Cannot query field \"barkVolumes\" on type \"Dog\". Did you mean \"barkVolume\"?")]
    [InlineData("{ dog { NAME } }", "Cannot query field \"NAME\" on type \"Dog\". Did you mean \"name\"?")]
    [InlineData("{ dog { nmae } }", "Cannot query field \"nmae\" on type \"Dog\". Did you mean \"name\"?")]
    [InlineData("{ dgo { name } }", "Cannot query field \"dgo\" on type \"Query\". Did you mean \"dog\"?")]
    [InlineData(
        "{ animal { barkVolume } }",
        "Cannot query field \"barkVolume\" on type \"Animal\". Did you mean to use an inline fragment on \"Dog\"?")]
    [InlineData(
        "{ catOrDog { nickname } }",
        "Cannot query field \"nickname\" on type \"CatOrDog\". Did you mean to use an inline fragment on \"Animal\", \"Cat\", or \"Dog\"?")]
    [InlineData("{ person }", "Field \"person\" of type \"Person\" must have a selection of subfields. Did you mean \"person { ... }\"?")]
    [InlineData("{ dog { isTrained(elswhere: true) } }", "Unknown argument \"elswhere\" on field \"Dog.isTrained\". Did you mean \"elsewhere\"?")]
    [InlineData("{ dog { name @skip(if: true, iff: true) } }", "Unknown argument \"iff\" on directive \"@skip\". Did you mean \"if\"?")]
    [InlineData("{ dog { ... on Doog { name } } }", "Unknown type \"Doog\". Did you mean \"Dog\"?")]
    [InlineData("query ($n: Intt) { gauge { int(value: $n) } }", "Unknown type \"Intt\". Did you mean \"Int\"?")]
    [InlineData("{ gauge { enum(value: FETCHH) } }", "Value \"FETCHH\" does not exist in \"DogTrick\" enum. Did you mean the enum value \"FETCH\"?")]
    [InlineData(
        "{ gauge { enum(value: \"SIT\") } }",
        "Enum \"DogTrick\" cannot represent non-enum value: \"SIT\". Did you mean the enum value \"SIT\"?")]
    [InlineData("{ findDog(by: { nmae: \"Rex\" }) { name } }", "Field \"nmae\" is not defined by type \"DogSearch\". Did you mean \"name\"?")]
    [InlineData("{ dog { zzzzzz } }", "Cannot query field \"zzzzzz\" on type \"Dog\".")]
    public void A_name_that_is_nearly_right_is_suggested(string query, string message)
    {
        var error = Assert.Single(Validate(query, new ValidationOptions { Suggestions = true }));

        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void Two_suggestions_are_joined_by_or()
    {
        var error = Assert.Single(Validate("{ gauge { requiredInn(value: 1) } }", new ValidationOptions()));

        Assert.Equal("Cannot query field \"requiredInn\" on type \"Gauge\". Did you mean \"requiredInt\" or \"requiredInts\"?", error.Message);
    }

    [Fact]
    public void Without_suggestions_no_name_is_revealed()
    {
        var errors = Validate(
            """
            query ($n: Imt) {
              dgo { name }
              dog { barkVolumes isTrained(elswhere: true) @skip(if: true, iff: true) }
              animal { barkVolume ... on Doog { name } }
              person
              gauge { int(value: $n) enum(value: FETCHH) shape(value: { required: true, strinks: [] }) }
            }
            """,
            new ValidationOptions { MaxErrors = 100, Suggestions = false });

        Assert.Equal(10, errors.Count);
        Assert.DoesNotContain(errors, error => error.Message.Contains("Did you mean", StringComparison.Ordinal));
    }
}
