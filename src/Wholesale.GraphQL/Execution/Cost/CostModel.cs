using System.Collections.Frozen;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Execution;

/// <summary>
/// What a schema says of costs: the directives <c>@cost</c> and <c>@listSize</c> of the GraphQL Cost Directives Specification (IBM), read and checked once at
/// start-up. A schema that does not define them has no costs.
/// </summary>
/// <remarks>
/// The specification counts two costs, of types and of fields. Here a request has one: the sum of both. So that an object does not count twice, a field without
/// <c>@cost</c> weighs nothing, and what it gives weighs what its type does: 1 for an object, 0 for a leaf, unless the type's <c>@cost</c> says otherwise. Arguments
/// and input fields weigh 1 if they are input objects, else 0; those that are lists weigh so much an item.
/// </remarks>
internal sealed class CostModel
{
    /// <summary>Of each object that introspection gives: the standard query gives tens of thousands.</summary>
    public const long IntrospectionWeight = Weight.One / 200;

    private readonly FrozenDictionary<NamedType, long> types;
    private readonly FrozenDictionary<FieldDefinition, FieldCost> fields;
    private readonly FrozenDictionary<InputValueDefinition, long> inputs;

    internal CostModel(Dictionary<NamedType, long> types, Dictionary<FieldDefinition, FieldCost> fields, Dictionary<InputValueDefinition, long> inputs)
    {
        this.types = types.ToFrozenDictionary();
        this.fields = fields.ToFrozenDictionary();
        this.inputs = inputs.ToFrozenDictionary();
    }

    /// <summary>Reads a schema's directives; null if it does not define them.</summary>
    /// <param name="schema">A valid schema.</param>
    /// <param name="isPart">Whether some definitions are left out, which directives may still name.</param>
    /// <param name="problems">Gets a sentence for each thing that is wrong, with its coordinate.</param>
    public static CostModel? Of(Schema schema, bool isPart, List<string> problems) => new CostReader(schema, isPart, problems).Read();

    /// <summary>The weight of each object or leaf of a type.</summary>
    public long WeightOf(NamedType type) => types[type];

    /// <summary>The cost of a field of an object type.</summary>
    public FieldCost CostOf(FieldDefinition field) => fields[field];

    /// <summary>The weight of each value given for an argument or input field.</summary>
    public long WeightOf(InputValueDefinition input) => inputs[input];
}
