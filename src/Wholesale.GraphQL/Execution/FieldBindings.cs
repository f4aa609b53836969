using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.ExceptionServices;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Execution;

/// <summary>A field of the schema together with the code that answers it: section 6.4.2 "Value Resolution" for all parents at once. Made once at start-up.</summary>
internal abstract class FieldBinding(FieldDefinition definition, Output output, FieldGuard[] guards)
{
    public FieldDefinition Definition => definition;

    public Output Output => output;

    public abstract Column NewColumn(Run run, PlanField field);

    /// <summary>Resolves the field for every parent and fills its column. Throws only if the request was cancelled.</summary>
    public async ValueTask Execute(Run run, PlanField field)
    {
        var column = run.Columns[field.Slot] ??= NewColumn(run, field);
        column.Start(run.CountOf(field.Parent));
        try
        {
            foreach (var guard in guards)
            {
                if (await guard(run.Context) is { } refusal)
                {
                    column.FailAll(refusal);
                    return;
                }
            }

            await Resolve(run, field, column);
        }
        catch (Exception exception) when (!run.IsCancellation(exception))
        {
            // What was completed before has its rows already, and nothing may be resolved for them.
            run.DiscardRows(field);
            column.FailAll(run.ErrorOf(exception, definition));
        }
    }

    protected abstract ValueTask Resolve(Run run, PlanField field, Column column);
}

internal abstract class FieldBinding<T>(FieldDefinition definition, Output<T> output, FieldGuard[] guards) : FieldBinding(definition, output, guards)
{
    private readonly bool nonNull = definition.Type is NonNullType;

    public override Column NewColumn(Run run, PlanField field) => output.NewColumn(run, field, nonNull, container: null);
}

/// <summary>A field that is a property: no call but the getter's. One that throws fails its own position.</summary>
internal abstract class PropertyBinding<TParent, T>(FieldDefinition definition, Output<T> output, FieldGuard[] guards)
    : FieldBinding<T>(definition, output, guards)
{
    protected override ValueTask Resolve(Run run, PlanField field, Column column)
    {
        var rows = run.Rows<TParent>(field.Parent);
        var typed = (Column<T>)column;
        var values = typed.Rent(rows.Count).AsSpan(0, rows.Count);
        for (var i = 0; i < values.Length; i++)
        {
            try
            {
                Get(rows.Items, values, ref i);
            }
            catch (Exception exception) when (!run.IsCancellation(exception))
            {
                values[i] = default!;
                column.Fail(i, exception);
            }
        }

        typed.Complete();
        return ValueTask.CompletedTask;
    }

    /// <summary>Gets the values from <paramref name="i"/> on, which says where a getter threw.</summary>
    protected abstract void Get(TParent[] parents, Span<T> values, ref int i);
}

/// <summary>A property of a class.</summary>
[SuppressMessage("Performance", "CA1812", Justification = "Made by SchemaBinder.")]
internal sealed class ClassPropertyBinding<TParent, T>(FieldDefinition definition, Output<T> output, FieldGuard[] guards, MethodInfo getter)
    : PropertyBinding<TParent, T>(definition, output, guards)
    where TParent : class
{
    private readonly Func<TParent, T> get = getter.CreateDelegate<Func<TParent, T>>();

    protected override void Get(TParent[] parents, Span<T> values, ref int i)
    {
        for (; i < values.Length; i++)
        {
            values[i] = get(parents[i]);
        }
    }
}

/// <summary>A property of a struct.</summary>
[SuppressMessage("Performance", "CA1812", Justification = "Made by SchemaBinder.")]
internal sealed class StructPropertyBinding<TParent, T>(FieldDefinition definition, Output<T> output, FieldGuard[] guards, MethodInfo getter)
    : PropertyBinding<TParent, T>(definition, output, guards)
    where TParent : struct
{
    private readonly Getter get = getter.CreateDelegate<Getter>();

    private delegate T Getter(ref TParent parent);

    protected override void Get(TParent[] parents, Span<T> values, ref int i)
    {
        for (; i < values.Length; i++)
        {
            values[i] = get(ref parents[i]);
        }
    }
}

/// <summary>A root field: one call, one value.</summary>
[SuppressMessage("Performance", "CA1812", Justification = "Made by SchemaBinder.")]
internal sealed class RootBinding<T>(FieldDefinition definition, Output<T> output, FieldGuard[] guards, ResolverCall<T> call)
    : FieldBinding<T>(definition, output, guards)
{
    protected override async ValueTask Resolve(Run run, PlanField field, Column column)
    {
        var arguments = field.Arguments.Coerce(run, out var problem);
        if (problem is not null)
        {
            column.FailAll(problem);
            return;
        }

        var value = await call.Invoke(run, field, arguments, parents: null);
        var typed = (Column<T>)column;
        typed.Rent(1)[0] = value;
        typed.Complete();
    }
}

/// <summary>Any other field with a resolver: one call for all parents.</summary>
[SuppressMessage("Performance", "CA1812", Justification = "Made by SchemaBinder.")]
internal sealed class BatchBinding<TParent, T, TResult>(FieldDefinition definition, Output<T> output, FieldGuard[] guards, ResolverCall<TResult> call)
    : FieldBinding<T>(definition, output, guards)
    where TResult : class, IReadOnlyList<T>
{
    protected override async ValueTask Resolve(Run run, PlanField field, Column column)
    {
        var arguments = field.Arguments.Coerce(run, out var problem);
        if (problem is not null)
        {
            column.FailAll(problem);
            return;
        }

        var rows = run.Rows<TParent>(field.Parent);
        var result = await call.Invoke(run, field, arguments, new Batch<TParent>(rows.Items, rows.Count, column));
        ((Column<T>)column).Take(result, rows.Count);
    }
}

/// <summary>How a resolver's method is called: where each of its parameters comes from, and how its result is awaited.</summary>
internal sealed class ResolverCall<TResult>(Delegate resolver, ParameterSource[] parameters)
{
    private readonly MethodInvoker invoker = MethodInvoker.Create(resolver.Method);
    private readonly object? target = resolver.Target;
    private readonly bool isClosedStatic = resolver.Method.IsStatic && resolver.Target is not null;
    private readonly ResultKind kind = KindOf(resolver.Method.ReturnType);

    private enum ResultKind
    {
        Direct,
        ValueTask,
        Task,
    }

    /// <param name="parents">The boxed batch; null for a root field.</param>
    public async ValueTask<TResult> Invoke(Run run, PlanField field, object?[] arguments, object? parents)
    {
        run.Context.ThrowIfAbortedOrTimedOut();
        var values = new object?[parameters.Length];
        for (var i = 0; i < parameters.Length; i++)
        {
            values[i] = parameters[i] switch
            {
                ParentsParameter => parents,
                SelectedFieldsParameter => new SelectedFields(field, run.Mask),
                ProvidedParameter provided => await provided.Get(run.Context),
                var other => other.Get(run.Context, arguments),
            };
        }

        var result = Call(values);
        return kind switch
        {
            ResultKind.ValueTask => await (ValueTask<TResult>)result!,
            ResultKind.Task => await (Task<TResult>)result!,
            _ => (TResult)result!,
        };
    }

    /// <summary>Reflection wraps what the resolver throws: the resolver's own exception comes out.</summary>
    private object? Call(object?[] values)
    {
        try
        {
            return isClosedStatic ? resolver.DynamicInvoke(values) : invoker.Invoke(target, values.AsSpan());
        }
        catch (TargetInvocationException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerException!);
            throw;
        }
    }

    private static ResultKind KindOf(Type type) =>
        !type.IsGenericType ? ResultKind.Direct
        : type.GetGenericTypeDefinition() == typeof(ValueTask<>) ? ResultKind.ValueTask
        : type.GetGenericTypeDefinition() == typeof(Task<>) ? ResultKind.Task
        : ResultKind.Direct;
}

/// <summary>Where a resolver's parameter comes from.</summary>
internal abstract class ParameterSource
{
    public abstract object? Get(RequestContext context, object?[] arguments);
}

/// <summary>The batch of parents.</summary>
internal sealed class ParentsParameter : ParameterSource
{
    public override object? Get(RequestContext context, object?[] arguments) => throw new InvalidOperationException("The call passes the parents itself.");
}

/// <summary>What is selected of the field's value.</summary>
internal sealed class SelectedFieldsParameter : ParameterSource
{
    public override object? Get(RequestContext context, object?[] arguments) => throw new InvalidOperationException("The call makes it of its field.");
}

/// <summary>An argument of the field, converted to the parameter's CLR type.</summary>
internal sealed class ArgumentParameter(int index, InputConverter converter) : ParameterSource
{
    public override object? Get(RequestContext context, object?[] arguments) => converter(arguments[index]);
}

/// <summary>An argument that this contract leaves out.</summary>
internal sealed class LeftOutParameter(object? value) : ParameterSource
{
    public override object? Get(RequestContext context, object?[] arguments) => value;
}

/// <summary>The request, or its token.</summary>
internal sealed class ContextParameter(bool wantsToken) : ParameterSource
{
    public override object? Get(RequestContext context, object?[] arguments) => wantsToken ? context.Cancellation : context;
}

/// <summary>A service of the request's scope.</summary>
internal sealed class ServiceParameter(Type type) : ParameterSource
{
    public override object? Get(RequestContext context, object?[] arguments) =>
        context.Services.GetService(type) ?? throw new InvalidOperationException($"No service of type {type} is registered.");
}

/// <summary>What <see cref="ResolverMap.Parameter{T}"/> provides.</summary>
internal abstract class ProvidedParameter : ParameterSource
{
    public abstract ValueTask<object?> Get(RequestContext context);

    public override object? Get(RequestContext context, object?[] arguments) => throw new InvalidOperationException("Provided parameters are awaited.");
}

[SuppressMessage("Performance", "CA1812", Justification = "Made by SchemaBinder.")]
internal sealed class ProvidedParameter<T>(Func<RequestContext, ValueTask<T>> provide) : ProvidedParameter
    where T : class
{
    public override async ValueTask<object?> Get(RequestContext context) => await provide(context);
}
