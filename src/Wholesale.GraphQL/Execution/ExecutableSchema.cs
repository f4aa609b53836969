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

    internal ExecutableSchema(
        Schema schema, IReadOnlyDictionary<(ObjectType, string), FieldBinding> bindings,
        IReadOnlyDictionary<ScalarType, ScalarInputType> scalars, IReadOnlyDictionary<InputObjectType, InputRecord> records)
    {
        Schema = schema;
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

    internal FieldBinding Binding(ObjectType type, FieldDefinition field) => bindings[(type, field.Name)];

    internal ScalarInputType ScalarOf(ScalarType type) => scalars[type];

    internal InputRecord RecordOf(InputObjectType type) => records[type];

    internal object? DefaultOf(InputValueDefinition definition) => defaults[definition];

    /// <summary>Defaults may refer to one another's types, so each is coerced when its type's own fields are.</summary>
    private void CoerceDefaults()
    {
        var problems = new List<string>();
        var waiting = Definitions().Where(d => d.DefaultValue is not null).ToList();
        while (waiting.Count > 0)
        {
            var next = waiting.Where(d => !NeedsDefault(d)).ToList();
            foreach (var definition in next)
            {
                var errors = new List<GraphQLError>();
                defaults[definition] = new InputReader(this, errors).Literal(definition.Type, definition.DefaultValue!, $"the default of {definition.Coordinate}");
                problems.AddRange(errors.Select(e => e.Message));
            }

            if (next.Count == 0)
            {
                problems.AddRange(waiting.Select(d => $"{d.Coordinate}: its default depends on itself."));
                break;
            }

            waiting.RemoveAll(next.Contains);
        }

        if (problems.Count > 0)
        {
            throw new SchemaException(problems);
        }

        bool NeedsDefault(InputValueDefinition definition) => definition.DefaultValue is ObjectValueNode or ListValueNode
            && definition.Type.Named is InputObjectType type
            && type.Fields.Any(f => f.DefaultValue is not null && !defaults.ContainsKey(f) && f != definition);
    }

    private IEnumerable<InputValueDefinition> Definitions()
    {
        foreach (var field in bindings.Values.Select(b => b.Definition).Distinct())
        {
            foreach (var argument in field.Arguments)
            {
                yield return argument;
            }
        }

        foreach (var field in records.Keys.SelectMany(t => t.Fields))
        {
            yield return field;
        }
    }
}
