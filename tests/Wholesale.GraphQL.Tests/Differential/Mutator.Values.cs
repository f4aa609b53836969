using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Tests.Differential;

// Sections 5.4 "Arguments", 5.6 "Values", 5.7 "Directives" and 5.8 "Variables".
internal sealed partial class Mutator
{
    private static readonly string[] Literals =
        ["1", "1.5", "\"text\"", "\"\"\"block\"\"\"", "true", "NAME", "E0_V0", "null", "[]", "[1]", "[[null]]", "{}", "{x: 1}", "{p: null}", "\"#tag\"", "3", "-0"];

    private bool RenameArgument() => Change(document.ArgumentLists.Where(l => l.Count > 0), list => Pick(list).Name = Pick(["z", "A", "iff", "aa"]));

    private bool AddArgument() => Change(
        document.ArgumentLists, list => list.Insert(random.Next(list.Count + 1), new ArgumentModel("z", schema.Type("Boolean")!, new LiteralModel("true"))));

    private bool RepeatArgument() => Change(document.ArgumentLists.Where(l => l.Count > 0), list => list.Insert(random.Next(list.Count + 1), Pick(list)));

    private bool ForgetRequiredArgument() => Change(
        document.Fields.Where(f => f.Definition.Arguments.Any(a => a.IsRequired)),
        field => field.Arguments.RemoveAll(a => field.Definition.Argument(a.Name) is { IsRequired: true }));

    private bool ForgetCondition() => Change(
        document.DirectivePlaces.SelectMany(p => p.Directives).Where(d => d.Definition is not null && d.Definition.Arguments.Any(a => a.IsRequired)),
        directive => directive.Arguments.Clear());

    private bool ReplaceValue() => Change(document.Values, argument => argument.Value = ReplacedIn(argument.Value));

    /// <summary>Something else for a value or, of a list, for one of its items.</summary>
    private ValueModel ReplacedIn(ValueModel value)
    {
        if (value is ListModel { Items.Count: > 0 } list && Chance(70))
        {
            var at = random.Next(list.Items.Count);
            return new ListModel([.. list.Items.Select((item, i) => i == at ? ReplacedIn(item) : item)]);
        }

        return new LiteralModel(Pick(Literals));
    }

    private bool ReplaceByNull() => Change(document.Values.Where(v => v.Type is NonNullType), argument => argument.Value = new LiteralModel("null"));

    private bool ReplaceByExtremeNumber() => Change(
        document.Values.Where(v => v.Type.Nullable is ScalarType { Name: "Int" or "Float" or "Even" or "ID" }),
        argument => argument.Value = new LiteralModel(Pick(["2147483648", "-2147483649", "123456789012345678901234567890", "1e309", "-1e400", "1.0", "4294967296"])));

    private bool BreakOneOf() => Change(document.Objects.Where(o => o.Type.IsOneOf), value =>
    {
        switch (random.Next(4))
        {
            case 0:
                value.Fields.Clear();
                break;
            case 1:
                var second = Pick(value.Type.Fields);
                value.Fields.Add(new ArgumentModel(second.Name, second.Type, generator.Value(second.Type, mayHoldVariables: false)));
                break;
            case 2:
                value.Fields.ForEach(f => f.Value = new LiteralModel("null"));
                break;
            default:
                value.Fields.Add(new ArgumentModel("unknown", schema.Type("Boolean")!, new LiteralModel("true")));
                break;
        }
    });

    private bool RenameInputField() => Change(document.Objects, value =>
    {
        if (value.Fields.Count > 0 && Chance(50))
        {
            Pick(value.Fields).Name = "unknown";
        }
        else
        {
            value.Fields.Add(new ArgumentModel("unknown", schema.Type("Boolean")!, generator.Value(schema.Type("Boolean")!, mayHoldVariables: false)));
        }
    });

    private bool RepeatInputField() => Change(
        document.Objects.Where(o => o.Fields.Count > 0), value => value.Fields.Insert(random.Next(value.Fields.Count + 1), Pick(value.Fields)));

    private bool ForgetRequiredInputField() => Change(
        document.Objects.Where(o => o.Type.Fields.Any(f => f.IsRequired)),
        value => value.Fields.RemoveAll(f => value.Type.Field(f.Name) is { IsRequired: true }));

    private bool AddUnknownDirective() => Change(
        document.DirectivePlaces, place => place.Directives.Insert(random.Next(place.Directives.Count + 1), new DirectiveModel(Pick(["nowhere", "defer", "D0"]), null)));

    private bool MisplaceDirective()
    {
        var misplaced = document.DirectivePlaces
            .SelectMany(p => schema.Directives.Where(d => !d.Locations.Contains(p.Location)).Select(d => (p.Directives, Directive: d)))
            .ToList();
        return Change(misplaced, place => place.Directives.Add(new DirectiveModel(place.Directive.Name, place.Directive)
        {
            Arguments = [.. place.Directive.Arguments
                .Where(a => a.IsRequired)
                .Select(a => new ArgumentModel(a.Name, a.Type, generator.Value(a.Type, mayHoldVariables: false)))],
        }));
    }

    private bool RepeatDirective()
    {
        if (Change(document.DirectivePlaces.Where(p => p.Directives.Count > 0), place => place.Directives.Add(Pick(place.Directives))))
        {
            return true;
        }

        return Change(document.Sets.SelectMany(s => s.Selections), selection => selection.Directives.AddRange([Condition("skip"), Condition("include"), Condition("skip")]));
    }

    private bool RepeatVariable() => Change(document.Operations.Where(o => o.Variables.Count > 0), operation =>
    {
        var known = Pick(operation.Variables);
        operation.Variables.Insert(
            random.Next(operation.Variables.Count + 1),
            Chance(50) ? known : new VariableModel(known.Name, Pick(schema.Types.Where(t => t.IsInput && t.Definition is not null).ToList())));
    });

    private bool DeclareOutputType() => DeclareType(schema.Types.OfType<CompositeType>().Select(t => t.Name));

    private bool DeclareUnknownType() => DeclareType(["Unknown", "Integer", "int", "Int", "Float", "ID"]);

    private bool DeclareType(IEnumerable<string> names) => Change(
        document.Operations.SelectMany(o => o.Variables),
        variable => variable.TypeText = string.Format(null, Pick(["{0}", "{0}!", "[{0}]", "[{0}!]!"]), Pick(names.ToList())));

    private bool ForgetVariable() => Change(document.Operations.Where(o => o.Variables.Count > 0), operation => operation.Variables.Remove(Pick(operation.Variables)));

    private bool UseUndefinedVariable() => Change(
        document.ArgumentLists.Where(l => l.Count > 0), list => Pick(list).Value = new VariableUseModel("undefined"));

    private bool DeclareUnusedVariable() => Change(document.Operations, operation => operation.Variables.Insert(
        random.Next(operation.Variables.Count + 1), new VariableModel("unused", Pick(schema.Types.Where(t => t.IsInput).ToList()))));

    private bool DeclareOtherType() => Change(document.Operations.SelectMany(o => o.Variables), variable =>
    {
        variable.TypeText = Chance(50) ? $"[{variable.TypeText}]" : Pick(schema.Types.Where(t => t.IsInput).ToList()).Name;
        variable.Default = null;
    });

    private bool ForgetDefault() => Change(document.Operations.SelectMany(o => o.Variables).Where(v => v.Default is not null), variable =>
        variable.Default = Chance(50) ? null : new ArgumentModel("", variable.Type.Nullable, new LiteralModel("null")));

    private bool LoosenType() => Change(document.Operations.SelectMany(o => o.Variables).Where(v => v.TypeText.Contains('!')), variable =>
        variable.TypeText = Chance(50) ? variable.TypeText.TrimEnd('!') : variable.TypeText.Replace("!", "", StringComparison.Ordinal));
}
