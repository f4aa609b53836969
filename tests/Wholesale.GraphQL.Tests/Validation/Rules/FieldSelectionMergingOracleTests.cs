using Wholesale.GraphQL.Types;
using Wholesale.GraphQL.Validation;
using static Wholesale.GraphQL.Tests.Validation.ValidationHarness;

namespace Wholesale.GraphQL.Tests.Validation.Rules;

/// <summary>The rule, which compares groups, and the specification's algorithm, which compares pairs, agree on documents made by chance.</summary>
public sealed class FieldSelectionMergingOracleTests
{
    static readonly ValidationOptions Options = new() { MaxErrors = 1, Suggestions = false };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Groups_and_pairs_agree(int seed)
    {
        var (merging, conflicting) = (0, 0);
        for (var i = 0; i < 500; i++)
        {
            var text = new RandomDocument(new Random((seed * 1_000) + i)).Text();
            var document = Parse(text);

            var errors = DocumentValidator.Validate(Fixture, document, Options);
            var expected = new FieldSelectionMergingOracle(Fixture, document).CanMerge();

            Assert.True(errors.Count == 0 == expected, $"{text}\n{string.Join('\n', errors.Select(error => error.Message))}");
            Assert.All(errors.Take(1), error => Assert.StartsWith("Fields ", error.Message, StringComparison.Ordinal));
            (merging, conflicting) = expected ? (merging + 1, conflicting) : (merging, conflicting + 1);
        }

        Assert.True(merging >= 100 && conflicting >= 100, $"{merging} merging and {conflicting} conflicting documents are too one-sided.");
    }

    /// <summary>A document that is valid but for its response names, of which there are few, so that they meet.</summary>
    sealed class RandomDocument(Random random)
    {
        static readonly CompositeType[] Types =
        [
            .. new[] { "Dog", "Cat", "Animal", "Named", "CatOrDog", "Person", "Robot", "Speaker" }
                .Select(name => (CompositeType)Fixture.Type(name)!),
        ];

        // Those made so far, which all that comes after may spread.
        readonly List<(string Name, CompositeType Type)> fragments = [];

        // One field in so many has an alias: documents with many seldom merge, documents with few seldom conflict.
        readonly int aliasRate = random.Next(2, 30);

        public string Text()
        {
            var definitions = new List<string>();
            for (var i = 0; i < 3; i++)
            {
                var type = Pick(Types);
                definitions.Add($"fragment F{i} on {type} {Set(type, 1)}");
                fragments.Add(($"F{i}", type));
            }

            var uses = fragments.Select(fragment => $"{fragment.Name}: anything {{ ... on {fragment.Type} {{ ...{fragment.Name} }} }}");
            return $"query Random {{ dog {Set(Types[0], 2)} animal {Set(Types[2], 3)} animal {Set(Types[2], 3)} }} "
                + $"query Uses {{ {string.Join(' ', uses)} }} {string.Join(' ', definitions)}";
        }

        string Set(CompositeType type, int depth) =>
            $"{{ {string.Join(' ', Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Selection(type, depth)))} }}";

        string Selection(CompositeType type, int depth)
        {
            var inner = Types.Where(other => Overlap(type, other)).ToArray();
            if (depth > 0 && random.Next(3) == 0)
            {
                var condition = Pick(inner);
                return $"... on {condition} {Set(condition, depth - 1)}";
            }

            var spreadable = fragments.Where(fragment => Overlap(type, fragment.Type)).ToArray();
            if (spreadable.Length > 0 && random.Next(4) == 0)
            {
                return $"...{Pick(spreadable).Name}";
            }

            var fields = ((type as FieldsType)?.Fields ?? []).Where(field => depth > 0 || field.Type.Named is not CompositeType).ToArray();
            return fields.Length == 0 ? "__typename" : Field(Pick(fields), depth);
        }

        string Field(FieldDefinition field, int depth)
        {
            var alias = random.Next(aliasRate) == 0 ? Pick(["x: ", "y: ", "name: "]) : "";
            var arguments = field.Coordinate switch
            {
                "Dog.knows" => random.Next(aliasRate) == 0 ? "(trick: ROLL)" : "(trick: SIT)",
                "Cat.knows" => "(trick: PURR)",
                "Dog.isTrained" => random.Next(aliasRate) == 0 ? "(elsewhere: true)" : "",
                _ => "",
            };
            return $"{alias}{field.Name}{arguments}{(field.Type.Named is CompositeType inner ? " " + Set(inner, depth - 1) : "")}";
        }

        static bool Overlap(CompositeType a, CompositeType b) => Fixture.PossibleTypes(a).Overlaps(Fixture.PossibleTypes(b));

        T Pick<T>(T[] items) => items[random.Next(items.Length)];
    }
}
