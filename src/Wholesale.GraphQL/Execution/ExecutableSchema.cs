using System.Collections.Frozen;
using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Execution;

/// <summary>A schema bound to the code that answers it. Made once at start-up; thread-safe.</summary>
public sealed class ExecutableSchema
{
    private readonly FrozenDictionary<(ObjectType, string), FieldBinding> bindings;
    private readonly FrozenDictionary<ScalarType, ScalarInputType> scalars;
    private readonly FrozenDictionary<InputObjectType, InputRecord> records;
    private readonly Dictionary<InputValueDefinition, object?> defaults = [];
    private readonly List<GraphQLError> defaultErrors = [];

    internal ExecutableSchema(
        Schema schema, IReadOnlyDictionary<(ObjectType, string), FieldBinding> bindings,
        IReadOnlyDictionary<ScalarType, ScalarInputType> scalars, IReadOnlyDictionary<InputObjectType, InputRecord> records, CostModel? costs)
    {
        Schema = schema;
        Costs = costs;
        this.bindings = bindings.ToFrozenDictionary();
        this.scalars = scalars.ToFrozenDictionary();
        this.records = records.ToFrozenDictionary();
        CoerceDefaults();
    }

    /// <summary>The schema.</summary>
    public Schema Schema { get; }

    /// <summary>Binds a schema to resolvers and checks them against each other both ways.</summary>
    /// <param name="schema">A valid schema.</param>
    /// <param name="map">The resolvers.</param>
    /// <param name="isPart">
    /// Whether this is a contract with some definitions left out: then resolvers, parameters and record members for what is left out are not an error,
    /// because binding the whole contract to the same map checks them.
    /// </param>
    /// <exception cref="SchemaException">Lists every coordinate that has no code, and all code that has no coordinate or another shape.</exception>
    public static ExecutableSchema Bind(Schema schema, ResolverMap map, bool isPart = false) => new SchemaBinder(schema, map, isPart).Bind();

    /// <summary>Null for a schema that defines neither <c>@cost</c> nor <c>@listSize</c>.</summary>
    internal CostModel? Costs { get; }

    internal FieldBinding Binding(ObjectType type, FieldDefinition field) => bindings[(type, field.Name)];

    internal ScalarInputType ScalarOf(ScalarType type) => scalars[type];

    /// <summary>Why a literal is no value of a scalar, whatever the variables in it are; null if it is one.</summary>
    internal string? ProblemOf(ScalarType type, ValueNode literal) =>
        ScalarOf(type).Parse(InputReader.ScalarInputOf(InputReader.WithoutVariables(literal)), out _);

    /// <summary>Null for a type that no resolver takes: one that only directives use.</summary>
    internal InputRecord? RecordOf(InputObjectType type) => records.GetValueOrDefault(type);

    /// <summary>The coerced default of an argument or input field that has one.</summary>
    internal object? DefaultOf(InputValueDefinition definition) => defaults.TryGetValue(definition, out var known) ? known : CoerceDefault(definition);

    /// <summary>Once, at start-up: afterwards nothing is written here any more.</summary>
    private void CoerceDefaults()
    {
        foreach (var definition in Definitions().Where(d => d.DefaultValue is not null))
        {
            DefaultOf(definition);
        }

        if (defaultErrors.Count > 0)
        {
            throw new SchemaException([.. defaultErrors.Select(e => e.Message).Order(StringComparer.Ordinal)]);
        }
    }

    /// <summary>A default may need other defaults, for the fields that it leaves out; in a valid schema never itself (section 3.10, rule 4).</summary>
    private object? CoerceDefault(InputValueDefinition definition)
    {
        var errors = new List<GraphQLError>();
        defaults[definition] = new InputReader(this, errors).Literal(
            definition.Type, definition.DefaultValue!, new InputPlace("The default of", definition.Coordinate));
        defaultErrors.AddRange(errors);
        return defaults[definition];
    }

    private IEnumerable<InputValueDefinition> Definitions() => bindings.Values.SelectMany(b => b.Definition.Arguments)
        .Concat(Schema.Types.OfType<InputObjectType>().SelectMany(t => t.Fields));
}
