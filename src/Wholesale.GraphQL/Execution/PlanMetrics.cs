using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Execution;

/// <summary>
/// How deep an operation goes with its fragments unfolded: what <see cref="RequestLimits"/> bounds of a plan. What stands below <c>__schema</c> and <c>__type</c>
/// is not counted, since the standard introspection query is deeper than any question about goods.
/// </summary>
internal sealed class PlanMetrics(Schema schema)
{
    private FieldNode? deepest;
    private FieldNode? mostCyclic;
    private string cyclicField = "";

    /// <summary>Fields within one another, leaves included.</summary>
    public int Depth { get; private set; }

    /// <summary>How often one field stands on the way from the root to itself, itself included.</summary>
    public int FieldCycle { get; private set; }

    /// <summary>Takes a field into account. The fields around it were taken before.</summary>
    /// <param name="limits">The planner stops at the first field beyond them.</param>
    /// <returns>Why the field is beyond the limits; null if it is not.</returns>
    public GraphQLError? Add(PlanField field, RequestLimits limits)
    {
        var node = field.Nodes[0].Node;
        var (root, cycle) = (field, 1);
        while (root.Parent.Owner is { } around)
        {
            root = around;
            cycle += around.Definition == field.Definition ? 1 : 0;
        }

        if (root.Definition == schema.SchemaField || root.Definition == schema.TypeField)
        {
            return null;
        }

        if (field.Parent.Depth + 1 > Depth)
        {
            (Depth, deepest) = (field.Parent.Depth + 1, node);
        }

        if (cycle > FieldCycle)
        {
            (FieldCycle, mostCyclic, cyclicField) = (cycle, node, field.Definition.Coordinate);
        }

        return Problem(limits);
    }

    /// <summary>Which limit the operation is beyond, and where; null if none.</summary>
    public GraphQLError? Problem(RequestLimits limits) =>
        Depth > limits.MaxDepth
            ? GraphQLError.At($"The operation nests more than {limits.MaxDepth} fields.", deepest!) with { Code = ErrorCodes.TooLarge }
        : FieldCycle > limits.MaxFieldCycle
            ? GraphQLError.At($"{cyclicField} stands within itself more than {limits.MaxFieldCycle} times.", mostCyclic!) with { Code = ErrorCodes.TooLarge }
        : null;
}
