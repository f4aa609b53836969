using System.Reflection;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Execution;

// What fields take: arguments and input objects with the CLR types of resolvers' parameters and records.
internal sealed partial class SchemaBinder
{
    private ParameterSource[]? ParametersOf(Delegate resolver, FieldDefinition field, string coordinate, Type? batchType)
    {
        var found = new HashSet<string>();
        var before = problems.Count;
        var sources = new List<ParameterSource>();
        foreach (var parameter in ParametersOf(resolver))
        {
            var type = parameter.ParameterType;
            var argument = field.Arguments.FirstOrDefault(a => string.Equals(a.Name, parameter.Name, StringComparison.Ordinal));
            if (type == batchType)
            {
                sources.Add(new ParentsParameter());
            }
            else if (argument is not null)
            {
                found.Add(argument.Name);
                if (ConverterOf(argument.Type, type) is { } converter)
                {
                    sources.Add(new ArgumentParameter(field.Arguments.IndexOf(argument), converter));
                }
                else
                {
                    problems.Add($"{coordinate}: argument {argument.Name} is {argument.Type}, which does not fit the parameter's {NameOf(type)}.");
                }
            }
            else if (type == typeof(CancellationToken) || type == typeof(RequestContext))
            {
                sources.Add(new ContextParameter(wantsToken: type == typeof(CancellationToken)));
            }
            else if (type == typeof(SelectedFields))
            {
                sources.Add(new SelectedFieldsParameter());
            }
            else if (map.Parameters.TryGetValue(type, out var provide))
            {
                sources.Add((ParameterSource)Activator.CreateInstance(typeof(ProvidedParameter<>).MakeGenericType(type), provide)!);
            }
            else if (type.IsValueType || type == typeof(string))
            {
                if (isPart)
                {
                    sources.Add(new LeftOutParameter(type.IsValueType ? Activator.CreateInstance(type) : null));
                }
                else
                {
                    problems.Add($"{coordinate}: the resolver's parameter {parameter.Name} is no argument of the field.");
                }
            }
            else
            {
                sources.Add(new ServiceParameter(type));
            }
        }

        foreach (var argument in field.Arguments.Where(a => !found.Contains(a.Name)))
        {
            problems.Add($"{coordinate}: the resolver has no parameter for the argument {argument.Name}.");
        }

        return problems.Count == before ? [.. sources] : null;
    }

    /// <summary>A static method's delegate may hold its first argument already.</summary>
    private static IEnumerable<ParameterInfo> ParametersOf(Delegate resolver) =>
        resolver.Method.GetParameters().Skip(resolver.Method.IsStatic && resolver.Target is not null ? 1 : 0);

    private InputConverter? ConverterOf(GraphQLType type, Type clr) => InputConverters.Create(type, clr, InputTypeOf);

    /// <summary>The CLR type of a named input type's coerced values; binds an input object to the record that is asked for first.</summary>
    private Type? InputTypeOf(NamedType type, Type wanted) => type switch
    {
        ScalarType scalar => ScalarTypesOf(scalar.Name).Any(s => s.Value == wanted && s.Value == scalars.GetValueOrDefault(scalar)?.ClrType) ? wanted : scalars.GetValueOrDefault(scalar)?.ClrType,
        EnumType => typeof(string),
        InputObjectType inputObject => RecordOf(inputObject, wanted)?.ClrType,
        _ => null,
    };

    private InputRecord? RecordOf(InputObjectType type, Type clr)
    {
        if (records.TryGetValue(type, out var known))
        {
            return known;
        }

        var constructor = clr.GetConstructors().OrderByDescending(c => c.GetParameters().Length).FirstOrDefault();
        if (constructor is null || clr.IsAbstract)
        {
            problems.Add($"{type.Name}: {NameOf(clr)} has no public constructor.");
            return records[type] = null;
        }

        var record = new InputRecord(constructor);

        // Known before its members are bound: input objects may contain themselves.
        records[type] = record;
        var found = new HashSet<string>();
        for (var i = 0; i < record.Parameters.Length; i++)
        {
            var parameter = record.Parameters[i];
            var field = type.Fields.FirstOrDefault(f => string.Equals(f.Name, parameter.Name, StringComparison.OrdinalIgnoreCase));
            record.FieldIndexes[i] = field is null ? -1 : type.Fields.IndexOf(field);
            if (field is null)
            {
                var absent = parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null;
                record.Converters[i] = _ => absent;
                if (!isPart)
                {
                    problems.Add($"{type.Name}: {NameOf(clr)} has a member {parameter.Name} that the input object does not have.");
                }
            }
            else if (ConverterOf(field.Type, parameter.ParameterType) is { } converter)
            {
                found.Add(field.Name);
                record.Converters[i] = converter;
            }
            else
            {
                found.Add(field.Name);
                problems.Add($"{type.Name}.{field.Name} is {field.Type}, which does not fit {NameOf(clr)}'s {NameOf(parameter.ParameterType)}.");
            }
        }

        foreach (var field in type.Fields.Where(f => !found.Contains(f.Name)))
        {
            problems.Add($"{type.Name}.{field.Name} has no member in {NameOf(clr)}.");
        }

        return record;
    }
}
