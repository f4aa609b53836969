using System.Globalization;
using System.Runtime.CompilerServices;
using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;
using Wholesale.GraphQL.Validation;
using static Wholesale.GraphQL.Tests.Validation.ValidationHarness;

namespace Wholesale.GraphQL.Tests.Validation;

/// <summary>
/// Documents that are made to cost much. The limits count operations, so a document that is let through under a limit close to its size was
/// checked in as many steps: that, and not a clock, shows that the work grows with the document and no faster.
/// </summary>
public sealed class LimitsTests
{
    const string TooManyErrors = "Too many validation errors, error limit reached. Validation aborted.";

    static readonly ValidationOptions Default = new();

    [Fact]
    public void After_the_last_error_allowed_the_next_one_ends_validation()
    {
        var errors = Validate("{ dog { a b c d } }", new ValidationOptions { MaxErrors = 3, Suggestions = false });

        Assert.Equal(
            [
                "Cannot query field \"a\" on type \"Dog\".",
                "Cannot query field \"b\" on type \"Dog\".",
                "Cannot query field \"c\" on type \"Dog\".",
                TooManyErrors,
            ],
            errors.Select(error => error.Message));
        Assert.Empty(errors[3].Locations);
        Assert.Equal("GRAPHQL_VALIDATION_FAILED", errors[3].Code);
    }

    [Fact]
    public void As_many_errors_as_are_allowed_do_not_end_validation()
    {
        var errors = Validate("{ dog { a b c } }", new ValidationOptions { MaxErrors = 3 });

        Assert.Equal(3, errors.Count);
        Assert.DoesNotContain(errors, error => error.Message == TooManyErrors);
    }

    public static TheoryData<string, string> Floods => new()
    {
        { "unknown fields", $"{{ dog {{ {Repeat(20_000, i => $"f{i}")} }} }}" },
        { "repeated directives", $"{{ dog {{ name {Repeat(20_000, _ => "@skip(if: true)")} }} }}" },
        { "unknown directives", $"{{ dog {{ name {Repeat(20_000, i => $"@d{i}")} }} }}" },
        { "unknown fragments", $"{{ dog {{ {Repeat(20_000, i => $"...F{i}")} }} }}" },
        { "wrong values", $"{{ gauge {{ ints(value: [{Repeat(20_000, _ => "A")}]) }} }}" },
        { "repeated input fields", $"{{ gauge {{ json(value: {{ {Repeat(20_000, _ => "a: 1")} }}) }} }}" },
        { "undefined variables", $"{{ gauge {{ ints(value: [{Repeat(20_000, i => $"$v{i}")}]) }} }}" },
        { "unused variables", $"query ({Repeat(20_000, i => $"$v{i}: Int")}) {{ dog {{ name }} }}" },
        { "unused fragments", $"{{ dog {{ name }} }} {Repeat(20_000, i => $"fragment F{i} on Dog {{ name }}")}" },
        { "operations of one name", Repeat(20_000, _ => "query Q { dog { name } }") },
        { "anonymous operations", Repeat(20_000, _ => "{ dog { name } }") },
        { "subscriptions", Repeat(20_000, i => $"subscription S{i} {{ arrivals {{ name }} departures {{ name }} }}") },
    };

    [Theory]
    [MemberData(nameof(Floods), DisableDiscoveryEnumeration = true)]
    public void A_flood_of_errors_ends_at_the_limit(string _, string flood)
    {
        var errors = Validate(flood, Default);

        Assert.Equal(Default.MaxErrors + 1, errors.Count);
        Assert.Equal(TooManyErrors, errors[^1].Message);
    }

    [Fact]
    public void A_flood_of_cycles_ends_at_the_limit()
    {
        var flood = $"{{ dog {{ ...Start }} }} fragment Start on Dog {{ {Repeat(5_000, _ => "...Start")} }}";

        var errors = Validate(flood, Default);

        Assert.Equal(Default.MaxErrors + 1, errors.Count);
        Assert.Equal("Cannot spread fragment \"Start\" within itself.", errors[0].Message);
        Assert.Equal(TooManyErrors, errors[^1].Message);
    }

    [Fact]
    public void A_name_of_any_length_makes_no_longer_message()
    {
        var error = Assert.Single(Validate($"{{ dog {{ {new string('x', 100_000)} }} }}", Default));

        Assert.Equal(1_001, error.Message.Length);
        Assert.EndsWith("…", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_repeated_any_number_of_times_is_shown_at_some_places()
    {
        var error = Assert.Single(Validate($"{{ gauge {{ ints({Repeat(20_000, _ => "value: 1")}) }} }}", Default));

        Assert.Equal("There can be only one argument named \"value\".", error.Message);
        Assert.Equal(40, error.Locations.Count);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(64_000)]
    public void The_same_field_many_times_is_compared_once_each(int count)
    {
        var document = $"{{ dog {{ {Repeat(count, _ => "name")} }} }}";

        Assert.Empty(Validate(document, Default with { MaxMergeComparisons = count - 1 }));
        ExpectTooManyComparisons(document, count - 2);
    }

    [Theory]
    [InlineData("dog { name }")]
    [InlineData("dog { owner { relatives { name } } }")]
    [InlineData("animal { ... on Dog { owner { name } } ... on Cat { owner { name } } }")]
    [InlineData("gauge { json(value: { a: [1, 2, 3], b: { c: 1 } }) }")]
    public void Merging_the_same_selections_takes_steps_in_proportion(string selection)
    {
        var steps = Steps(selection, 50);

        Assert.InRange(Steps(selection, 100), 1.9 * steps, 2.1 * steps);
        Assert.InRange(Steps(selection, 800), 15.5 * steps, 16.5 * steps);
    }

    [Fact]
    public void Aliases_of_one_field_are_not_compared_at_all()
    {
        var document = $"{{ dog {{ {Repeat(64_000, i => $"a{i}: name")} }} }}";

        Assert.Empty(Validate(document, Default with { MaxMergeComparisons = 0 }));
    }

    [Fact]
    public void Conflicting_fields_in_any_number_are_refused_for_the_conflict()
    {
        var document = $"{{ dog {{ {Repeat(500, i => $"x: knows(trick: {(i % 2 == 0 ? "SIT" : "ROLL")})")} }} }}";

        var errors = Validate(document, Default);

        Assert.Equal(Default.MaxErrors + 1, errors.Count);
        Assert.StartsWith("Fields \"x\" conflict because they have differing arguments.", errors[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_conflict_among_too_many_pairs_is_still_named()
    {
        // The conflict is found in a few hundred steps; finding it pair by pair takes all pairs of the first field before.
        var document = $"{{ dog {{ {Repeat(1_000, _ => "name")} x: name x: nickname }} }}";

        var error = Assert.Single(Validate(document, Default));

        Assert.StartsWith(
            "Fields \"x\" conflict because \"name\" and \"nickname\" are different fields.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fragments_that_double_at_every_level_are_looked_at_once_each()
    {
        // F0 holds F1 twice, F1 holds F2 twice, …: written out, 2 to the power of 200 fields.
        var fragments = Repeat(200, i => $"fragment F{i} on Person {{ a: relatives {{ ...F{i + 1} }} b: relatives {{ ...F{i + 1} }} }}");

        Assert.Empty(Validate($"{{ person {{ ...F0 }} }} {fragments} fragment F200 on Person {{ name }}", Default));
    }

    [Fact]
    public void Merged_fragments_that_double_at_every_level_are_looked_at_once_each()
    {
        var fragments = Repeat(
            100,
            i => $"fragment F{i} on Person {{ relatives {{ ...F{i + 1} ...G{i + 1} }} }} "
                + $"fragment G{i} on Person {{ relatives {{ ...G{i + 1} ...F{i + 1} }} }}");

        Assert.Empty(
            Validate(
                $"{{ person {{ ...F0 ...G0 }} }} {fragments} fragment F100 on Person {{ name }} fragment G100 on Person {{ name }}",
                Default));
    }

    [Fact]
    public void Fields_of_many_types_that_multiply_at_every_level_are_refused()
    {
        // Each field on the interface joins the group of each object type, at every level.
        var nested = "name";
        for (var level = 0; level < 40; level++)
        {
            nested = $"parents {{ {nested} ... on Dog {{ d{level}: name parents {{ name }} }} ... on Cat {{ c{level}: name parents {{ name }} }} }}";
        }

        var errors = Validate($"{{ animal {{ {nested} }} }}", Default with { MaxMergeComparisons = 1_000 });

        Assert.Equal(
            ["The document needs more than 1000 comparisons to tell whether its fields can be merged. Validation aborted."],
            errors.Select(error => error.Message));
    }

    [Theory]
    [InlineData("fragment F{0} on Person {{ ...F{1} }}")]
    [InlineData("fragment F{0} on Person {{ name ...F{1} }}")]
    [InlineData("fragment F{0} on Person {{ relatives {{ ...F{1} }} }}")]
    [InlineData("fragment F{0} on Person {{ relatives {{ name }} relatives {{ ...F{1} }} }}")]
    public void A_long_chain_of_fragments_is_refused_at_the_limit_and_checked_without_recursion_below_it(string link)
    {
        var chain = Chain(link, 10_000, "fragment F10000 on Person { name }");

        ExpectTooManyVisits(chain, Default.MaxFragmentVisits);
        Assert.Empty(Validate(chain, Default with { MaxFragmentVisits = 30_000 }));
    }

    [Fact]
    public void A_cycle_through_ten_thousand_fragments_is_named_in_short()
    {
        var cycle = Chain("fragment F{0} on Person {{ ...F{1} }}", 10_000, "fragment F10000 on Person { ...F0 }");

        var error = Assert.Single(Validate(cycle, Default with { MaxFragmentVisits = 30_000 }));

        Assert.StartsWith("Cannot spread fragment \"F0\" within itself via \"F1\", \"F2\", ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("\"F20\", ….", error.Message, StringComparison.Ordinal);
        Assert.Equal(40, error.Locations.Count);
    }

    [Fact]
    public void A_conflict_at_the_end_of_a_long_chain_is_named()
    {
        var chain = Chain("fragment F{0} on Person {{ relatives {{ ...F{1} }} }}", 10_000, "fragment F10000 on Person { x: name x: age }");

        var error = Assert.Single(Validate(chain, Default with { MaxFragmentVisits = 30_000 }));

        Assert.StartsWith("Fields \"x\" conflict because \"name\" and \"age\" are different fields.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_long_chains_that_conflict_at_their_ends_are_compared_without_recursion()
    {
        var chains = Chain("fragment F{0} on Person {{ relatives {{ ...F{1} }} }}", 5_000, "fragment F5000 on Person { x: name }")
            + Repeat(5_000, i => $"fragment G{i} on Person {{ relatives {{ ...G{i + 1} }} }}")
            + "fragment G5000 on Person { x: age } query Second { person { ...F0 ...G0 } }";

        var error = Assert.Single(
            Validate(chains.Replace("query Chain", "query First", StringComparison.Ordinal), Default with { MaxFragmentVisits = 50_000 }));

        Assert.StartsWith("Fields \"x\" conflict because \"name\" and \"age\" are different fields.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fragment_that_is_spread_many_times_in_one_place_is_followed_once()
    {
        var document = $"{{ person {{ {Repeat(20_000, _ => "...F")} }} }} fragment F on Person {{ name }}";

        // Once for the operation's variables and once for merging.
        Assert.Empty(Validate(document, Default with { MaxFragmentVisits = 2 }));
        ExpectTooManyVisits(document, 1);
    }

    [Fact]
    public void A_large_fragment_in_many_operations_counts_by_its_size()
    {
        var fragment = $"fragment F on Gauge {{ json(value: [{Repeat(4_000, _ => "$v")}]) }}";
        var document = Repeat(600, i => $"query Q{i}($v: Int) {{ gauge {{ ...F }} }}") + fragment;

        ExpectTooManyVisits(document, Default.MaxFragmentVisits);
    }

    [Fact]
    public void A_small_fragment_in_many_operations_is_checked_in_each()
    {
        var document = Repeat(400, i => $"query Q{i}($v: Int) {{ gauge {{ ...F }} }}") + "fragment F on Gauge { int(value: $v) }";

        Assert.Empty(Validate(document, Default));
    }

    [Fact]
    public void A_type_that_a_document_makes_up_is_not_kept()
    {
        var type = TypeOfVariable("query ($v: [[[[Int!]]!]]) { gauge { int } }");

        GC.Collect();

        Assert.False(type.IsAlive);

        // Not inlined: nothing here may hold the type.
        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference TypeOfVariable(string document) =>
            new(Fixture.TypeOf(((OperationDefinitionNode)Parse(document).Definitions[0]).VariableDefinitions[0].Type));
    }

    [Fact]
    public void A_type_of_the_schema_is_found_as_it_is()
    {
        var written = ((OperationDefinitionNode)Parse("query ($v: [Int!]!) { gauge { int } }").Definitions[0]).VariableDefinitions[0].Type;

        Assert.Same(((ObjectType)Fixture.Type("Gauge")!).Field("requiredInts")!.Type, Fixture.TypeOf(written));
    }

    /// <summary>Comparisons that a selection takes when it stands there many times: the smallest limit that lets the document through.</summary>
    static int Steps(string selection, int count)
    {
        var document = $"{{ {Repeat(count, _ => selection)} }}";
        var (refused, passed) = (-1, count * 100);
        while (passed - refused > 1)
        {
            var limit = (refused + passed) / 2;
            (refused, passed) = Validate(document, Default with { MaxMergeComparisons = limit }).Count == 0 ? (refused, limit) : (limit, passed);
        }

        return passed;
    }

    static string Chain(string link, int length, string last) =>
        "query Chain { person { ...F0 } } "
        + Repeat(length, i => string.Format(CultureInfo.InvariantCulture, link, i, i + 1))
        + last;

    static void ExpectTooManyComparisons(string document, int limit)
    {
        var error = Assert.Single(Validate(document, Default with { MaxMergeComparisons = limit }));

        Assert.Equal(
            $"The document needs more than {limit} comparisons to tell whether its fields can be merged. Validation aborted.", error.Message);
    }

    static void ExpectTooManyVisits(string document, int limit)
    {
        var error = Assert.Single(Validate(document, Default with { MaxFragmentVisits = limit }));

        Assert.Equal($"The document's fragments are visited more than {limit} times. Validation aborted.", error.Message);
        Assert.Equal("GRAPHQL_VALIDATION_FAILED", error.Code);
    }

    static string Repeat(int count, Func<int, string> text) => string.Join(' ', Enumerable.Range(0, count).Select(text)) + " ";
}
