using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Execution;

/// <summary>
/// Section 6.4.1 "Coercing Field Arguments": once at plan time where the arguments hold no variable, else once a field and request; never once an object.
/// </summary>
internal sealed class ArgumentPlan
{
    private readonly object?[]? constants;
    private readonly ExecutableSchema? schema;
    private readonly (InputValueDefinition Definition, ValueNode? Value)[] arguments;

    private ArgumentPlan(object?[]? constants, ExecutableSchema? schema, (InputValueDefinition, ValueNode?)[] arguments)
    {
        this.constants = constants;
        this.schema = schema;
        this.arguments = arguments;
    }

    public static ArgumentPlan None { get; } = new([], null, []);

    /// <summary>Whether no argument has a variable in it.</summary>
    public bool IsConstant => constants is not null;

    public static ArgumentPlan Create(ExecutableSchema schema, FieldDefinition definition, FieldNode node, List<GraphQLError> errors)
    {
        if (definition.Arguments.IsEmpty)
        {
            return None;
        }

        var given = new (InputValueDefinition Definition, ValueNode? Value)[definition.Arguments.Length];
        var isConstant = true;
        for (var i = 0; i < given.Length; i++)
        {
            var argument = definition.Arguments[i];
            var value = node.Arguments.FirstOrDefault(a => a.Name.Value == argument.Name)?.Value;
            given[i] = (argument, value);
            isConstant &= value is null || !HasVariable(value);
        }

        var plan = new ArgumentPlan(null, schema, given);
        if (!isConstant)
        {
            return plan;
        }

        return new ArgumentPlan(plan.Values(variables: null, errors), schema, given);
    }

    /// <summary>The coerced values in the order of the field's argument definitions.</summary>
    /// <param name="problem">Why they cannot be coerced with this request's variables.</param>
    public object?[] Coerce(Run run, out GraphQLError? problem)
    {
        problem = null;
        if (constants is not null)
        {
            return constants;
        }

        var errors = new List<GraphQLError>();
        var values = Values(run.Variables, errors);
        problem = errors.Count > 0 ? errors[0] : null;
        return values;
    }

    /// <summary>One coerced value by its place among the field's argument definitions; null where there is none, or it cannot be coerced.</summary>
    public object? Value(int index, Variables variables)
    {
        var errors = new List<GraphQLError>();
        var value = constants is not null ? constants[index] : Value(index, new InputReader(schema!, errors, variables), variables);
        return value == Absent.Value || errors.Count > 0 ? null : value;
    }

    /// <param name="variables">Null: no argument has a variable.</param>
    private object?[] Values(Variables? variables, List<GraphQLError> errors)
    {
        var reader = new InputReader(schema!, errors, variables);
        var values = new object?[arguments.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Value(i, reader, variables);
        }

        return values;
    }

    private object? Value(int index, InputReader reader, Variables? variables)
    {
        var (definition, value) = arguments[index];
        if (value is not null && (value is not VariableNode variable || variables!.TryGet(variable.Name.Value, out _)))
        {
            return reader.Literal(definition.Type, value, new InputPlace("Argument", definition.Name));
        }

        if (definition.DefaultValue is not null)
        {
            return schema!.DefaultOf(definition);
        }

        if (definition.Type is NonNullType)
        {
            // Validation refuses the literal case; what is left is a nullable variable without a value.
            reader.Refuse(value!, $"Argument \"{definition.Name}\" of type {definition.Type} must be given.");
        }

        return Absent.Value;
    }

    private static bool HasVariable(ValueNode value) => value switch
    {
        VariableNode => true,
        ListValueNode list => list.Values.Any(HasVariable),
        ObjectValueNode fields => fields.Fields.Any(f => HasVariable(f.Value)),
        _ => false,
    };
}
