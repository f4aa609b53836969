using System.Collections.Immutable;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Execution;

/// <summary>Reads <c>@cost</c> and <c>@listSize</c> off a schema, and says where they do not fit it.</summary>
internal sealed partial class CostReader(Schema schema, bool isPart, List<string> problems)
{
    private readonly Dictionary<NamedType, long> types = [];
    private readonly Dictionary<FieldDefinition, FieldCost> fields = [];
    private readonly Dictionary<InputValueDefinition, long> inputs = [];

    public CostModel? Read()
    {
        if (schema.Directive("cost") is null && schema.Directive("listSize") is null)
        {
            return null;
        }

        var before = problems.Count;
        CheckDefinition("cost", ["OBJECT", "SCALAR", "ENUM", "FIELD_DEFINITION", "ARGUMENT_DEFINITION", "INPUT_FIELD_DEFINITION"], ("weight", "String!"));
        CheckDefinition(
            "listSize", ["FIELD_DEFINITION"],
            ("assumedSize", "Int"), ("slicingArguments", "[String!]"), ("sizedFields", "[String!]"), ("requireOneSlicingArgument", "Boolean"));
        if (problems.Count > before)
        {
            return null;
        }

        ReadTypes();
        ReadInputs();
        foreach (var field in ObjectFields())
        {
            fields[field] = CostOf(field);
        }

        CheckInterfaces();
        CheckEveryListHasASize();
        return new CostModel(types, fields, inputs);
    }

    private void CheckDefinition(string name, string[] locations, params (string Name, string Type)[] arguments)
    {
        if (schema.Directive(name) is not { } directive)
        {
            problems.Add($"@{name} is not defined, though its companion is: costs need @cost and @listSize.");
            return;
        }

        if (!directive.Arguments.Select(a => (a.Name, a.Type.ToString()!)).SequenceEqual(arguments) || directive.Locations.Except(locations).Any())
        {
            problems.Add($"@{name} must have the arguments {string.Join(", ", arguments.Select(a => $"{a.Name}: {a.Type}"))} and no locations but {string.Join(", ", locations)}.");
        }
    }

    private void ReadTypes()
    {
        foreach (var type in schema.Types)
        {
            var weight = type switch
            {
                ScalarType or EnumType => 0,
                _ when type.Name.StartsWith("__", StringComparison.Ordinal) => CostModel.IntrospectionWeight,
                _ => Weight.One,
            };
            types[type] = WeightOf(type.Directives, type.Name) ?? weight;
            if (types[type] < 0)
            {
                problems.Add($"{type.Name}: a type's weight must not be negative; an argument's may.");
            }
        }
    }

    private void ReadInputs()
    {
        foreach (var input in ObjectFields().SelectMany(f => f.Arguments).Concat(schema.Types.OfType<InputObjectType>().SelectMany(t => t.Fields)))
        {
            inputs[input] = WeightOf(input.Directives, input.Coordinate) ?? (input.Type.Named is InputObjectType ? Weight.One : 0);
        }
    }

    /// <summary>Those of all object types, and the two fields that every query type has.</summary>
    private IEnumerable<FieldDefinition> ObjectFields() =>
        schema.Types.OfType<ObjectType>().SelectMany(t => t.Fields).Append(schema.SchemaField).Append(schema.TypeField);

    private FieldCost CostOf(FieldDefinition field)
    {
        var arguments = ImmutableArray.CreateBuilder<ArgumentCost>();
        for (var i = 0; i < field.Arguments.Length; i++)
        {
            if (inputs[field.Arguments[i]] != 0 || field.Arguments[i].Type.Named is InputObjectType)
            {
                arguments.Add(new ArgumentCost(i, field.Arguments[i]));
            }
        }

        return new FieldCost(
            WeightOf(field.Directives, field.Coordinate) ?? 0, arguments.ToImmutable(), SizeOf(field), Levels(field.Type), field.Type.Named is CompositeType ? 0 : types[field.Type.Named]);
    }

    private static int Levels(GraphQLType type) => type.Nullable is ListType list ? 1 + Levels(list.ItemType) : 0;

    private long? WeightOf(ImmutableArray<AppliedDirective> directives, string coordinate)
    {
        if (directives.FirstOrDefault(d => d.Name == "cost") is not { } cost)
        {
            return null;
        }

        var text = cost.ArgumentText("weight")!;
        if (!Weight.TryParse(text, out var weight))
        {
            problems.Add($"{coordinate}: the weight of @cost must be a number of up to three decimals, not \"{text}\".");
        }

        return weight;
    }
}
