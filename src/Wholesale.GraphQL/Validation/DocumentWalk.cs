using System.Collections.Immutable;
using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Validation;

/// <summary>
/// Walks a document once, in the order of the text, and calls the rules for what it meets. The types that hold at a place are the arguments
/// of the methods, so the call stack is the type stack. Recursion follows the syntax, whose nesting the parser bounds; it never follows a spread.
/// </summary>
sealed class DocumentWalk(ValidationContext context)
{
    readonly Schema schema = context.Schema;
    readonly List<VariableUsage> usages = context.VariableUsages;
    int size;

    public void Document()
    {
        foreach (var rule in RuleTable.EnterDocument)
        {
            rule.EnterDocument(context);
        }

        foreach (var definition in context.Definitions)
        {
            Definition(definition);
        }

        foreach (var definition in context.Definitions)
        {
            if (definition.Node is OperationDefinitionNode operation)
            {
                Variables(definition, operation);
            }
        }

        foreach (var rule in RuleTable.LeaveDocument)
        {
            rule.LeaveDocument(context);
        }
    }

    void Definition(DefinitionFacts definition)
    {
        size = 0;
        definition.FirstUsage = usages.Count;
        switch (definition.Node)
        {
            case OperationDefinitionNode operation:
                Operation(operation);
                break;
            case FragmentDefinitionNode fragment:
                Fragment(fragment);
                break;
        }

        SelectionSet(definition.Node.SelectionSet, definition.Type);
        definition.UsageCount = usages.Count - definition.FirstUsage;
        definition.Size = size + definition.UsageCount;
    }

    void Operation(OperationDefinitionNode operation)
    {
        foreach (var rule in RuleTable.Operation)
        {
            rule.Operation(context, operation);
        }

        foreach (var variable in operation.VariableDefinitions)
        {
            var type = schema.TypeOf(variable.Type);
            foreach (var rule in RuleTable.VariableDefinition)
            {
                rule.VariableDefinition(context, variable, type);
            }

            if (variable.DefaultValue is { } defaultValue)
            {
                Value(defaultValue, type is { IsInput: true } ? type : null, hasDefault: false);
            }

            Directives(variable.Directives, "VARIABLE_DEFINITION");
        }

        Directives(operation.Directives, operation.Operation switch
        {
            OperationType.Query => "QUERY",
            OperationType.Mutation => "MUTATION",
            _ => "SUBSCRIPTION",
        });
    }

    void Fragment(FragmentDefinitionNode fragment)
    {
        var type = schema.Type(fragment.TypeCondition.Name.Value);
        foreach (var rule in RuleTable.Fragment)
        {
            rule.Fragment(context, fragment, type);
        }

        Directives(fragment.Directives, "FRAGMENT_DEFINITION");
    }

    void SelectionSet(SelectionSetNode selectionSet, CompositeType? parentType)
    {
        size += selectionSet.Selections.Length;
        foreach (var selection in selectionSet.Selections)
        {
            switch (selection)
            {
                case FieldNode field:
                    Field(field, parentType);
                    break;
                case FragmentSpreadNode spread:
                    FragmentSpread(spread, parentType);
                    break;
                case InlineFragmentNode inline:
                    InlineFragment(inline, parentType);
                    break;
            }
        }
    }

    void Field(FieldNode field, CompositeType? parentType)
    {
        var definition = parentType is null ? null : schema.Field(parentType, field.Name.Value);
        foreach (var rule in RuleTable.Field)
        {
            rule.Field(context, field, parentType, definition);
        }

        foreach (var argument in field.Arguments)
        {
            Argument(argument, definition?.Argument(argument.Name.Value), definition, directive: null);
        }

        Directives(field.Directives, "FIELD");
        if (field.SelectionSet is { } selectionSet)
        {
            SelectionSet(selectionSet, definition?.Type.Named as CompositeType);
        }
    }

    void FragmentSpread(FragmentSpreadNode spread, CompositeType? parentType)
    {
        foreach (var rule in RuleTable.FragmentSpread)
        {
            rule.FragmentSpread(context, spread, parentType);
        }

        Directives(spread.Directives, "FRAGMENT_SPREAD");
    }

    void InlineFragment(InlineFragmentNode inline, CompositeType? parentType)
    {
        var innerType = parentType;
        if (inline.TypeCondition is { } condition)
        {
            var type = schema.Type(condition.Name.Value);
            innerType = type as CompositeType;
            foreach (var rule in RuleTable.InlineFragment)
            {
                rule.InlineFragment(context, inline, condition, parentType, type);
            }
        }

        Directives(inline.Directives, "INLINE_FRAGMENT");
        SelectionSet(inline.SelectionSet, innerType);
    }

    void Directives(ImmutableArray<DirectiveNode> directives, string location)
    {
        if (directives.IsEmpty)
        {
            return;
        }

        foreach (var rule in RuleTable.Directives)
        {
            rule.Directives(context, directives);
        }

        foreach (var directive in directives)
        {
            var definition = schema.Directive(directive.Name.Value);
            foreach (var rule in RuleTable.Directive)
            {
                rule.Directive(context, directive, definition, location);
            }

            foreach (var argument in directive.Arguments)
            {
                Argument(argument, definition?.Argument(argument.Name.Value), field: null, definition);
            }
        }
    }

    void Argument(ArgumentNode argument, InputValueDefinition? definition, FieldDefinition? field, DirectiveDefinition? directive)
    {
        foreach (var rule in RuleTable.Argument)
        {
            rule.Argument(context, argument, definition, field, directive);
        }

        Value(argument.Value, definition?.Type, definition?.DefaultValue is not null);
    }

    /// <param name="type">Of the position; null where that is unknown or holds a wrong literal, inside which nothing more can be said.</param>
    /// <param name="hasDefault">Whether the argument or input field has one.</param>
    /// <param name="inputObject">The input object in whose field the value stands directly.</param>
    void Value(ValueNode value, GraphQLType? type, bool hasDefault, InputObjectType? inputObject = null)
    {
        if (value is VariableNode variable)
        {
            usages.Add(new VariableUsage(variable, type, hasDefault, inputObject));
            return;
        }

        if (type is not null)
        {
            foreach (var rule in RuleTable.Value)
            {
                rule.Value(context, value, type);
            }
        }

        if (value is ListValueNode list)
        {
            var itemType = (type?.Nullable as ListType)?.ItemType;
            foreach (var item in list.Values)
            {
                Value(item, itemType, hasDefault: false);
            }
        }
        else if (value is ObjectValueNode inner)
        {
            // Section 3.11 "List": an object where a list of objects is expected is a list of this one.
            ObjectValue(inner, type?.Named as InputObjectType);
        }
    }

    void ObjectValue(ObjectValueNode value, InputObjectType? type)
    {
        foreach (var rule in RuleTable.ObjectValue)
        {
            rule.ObjectValue(context, value, type);
        }

        foreach (var field in value.Fields)
        {
            var definition = type?.Field(field.Name.Value);
            if (type is not null)
            {
                foreach (var rule in RuleTable.ObjectField)
                {
                    rule.ObjectField(context, field, type, definition);
                }
            }

            Value(field.Value, definition?.Type, definition?.DefaultValue is not null, type);
        }
    }

    /// <summary>Everything that an operation's variables are used for, in itself and in the fragments that it reaches.</summary>
    void Variables(DefinitionFacts definition, OperationDefinitionNode operation)
    {
        var variables = new OperationVariables(operation, schema);
        Usages(definition, variables);
        if (context.HasFragments)
        {
            foreach (var fragment in Reach(definition))
            {
                Usages(fragment, variables);
            }
        }

        foreach (var rule in RuleTable.LeaveOperation)
        {
            rule.LeaveOperation(context, variables);
        }
    }

    void Usages(DefinitionFacts definition, OperationVariables variables)
    {
        for (var i = definition.FirstUsage; i < definition.FirstUsage + definition.UsageCount; i++)
        {
            var usage = usages[i];
            foreach (var rule in RuleTable.VariableUsage)
            {
                rule.VariableUsage(context, variables, usage);
            }
        }
    }

    /// <summary>Fragments that an operation spreads, directly or by way of others: each once, in the order of their discovery.</summary>
    List<DefinitionFacts> Reach(DefinitionFacts operation)
    {
        var reached = new List<DefinitionFacts>();
        var mark = context.NextMark();
        var current = operation;
        for (var next = 0; ; next++)
        {
            foreach (var spread in current.Spreads)
            {
                if (context.Fragment(spread.Name.Value) is { } fragment && fragment.Mark != mark)
                {
                    fragment.Mark = mark;
                    fragment.IsReached = true;
                    context.SpendFragmentVisit(fragment);
                    reached.Add(fragment);
                }
            }

            if (next == reached.Count)
            {
                return reached;
            }

            current = reached[next];
        }
    }
}
