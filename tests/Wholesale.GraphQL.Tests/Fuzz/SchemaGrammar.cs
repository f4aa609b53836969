using System.Text;

namespace Wholesale.GraphQL.Tests.Fuzz;

/// <summary>Section 3 "Type System": definitions and extensions by the grammar, whatever they mean.</summary>
/// <param name="random">Decides.</param>
internal sealed class SchemaGrammar(Random random)
{
    private static readonly string[] Words = ["type", "query", "on", "extend", "repeatable", "implements", "true", "null", "fragment", "input"];
    private static readonly string[] Locations = ["QUERY", "FIELD", "OBJECT", "ENUM_VALUE", "VARIABLE_DEFINITION", "INPUT_FIELD_DEFINITION"];

    private StringBuilder text = new();
    private LiteralGrammar literals = null!;

    /// <summary>A document of some hundred bytes.</summary>
    public string Document()
    {
        text = new StringBuilder();
        literals = new LiteralGrammar(random, text);
        while (text.Length < 200)
        {
            Definition();
            literals.Blank();
        }

        return text.ToString();
    }

    private void Definition()
    {
        var isExtension = literals.Chance(0.3);
        if (isExtension)
        {
            text.Append("extend ");
        }
        else
        {
            Description();
        }

        switch (random.Next(isExtension ? 7 : 8))
        {
            case 0:
                text.Append("schema");
                Directives(least: 0);
                Braces(() => text.Append(literals.Any(["query", "mutation", "subscription"])).Append(": ").Append(Name()));
                break;
            case 1:
                text.Append("scalar ").Append(Name());
                Directives(least: 1);
                break;
            case 2 or 3:
                text.Append(literals.Any(["type ", "interface "])).Append(Name());
                Interfaces();
                Directives(least: 0);
                Braces(Field);
                break;
            case 4:
                text.Append("union ").Append(Name());
                Directives(least: 0);
                Separated(" = ", "|", () => text.Append(Name()));
                break;
            case 5:
                text.Append("enum ").Append(Name());
                Directives(least: 0);
                Braces(EnumValue);
                break;
            case 6:
                text.Append("input ").Append(Name());
                Directives(least: 0);
                Braces(InputValue);
                break;
            default:
                text.Append("directive @").Append(Name());
                Arguments();
                text.Append(literals.Chance(0.3) ? " repeatable" : "");
                Separated(" on ", "|", () => text.Append(literals.Any(Locations)));
                break;
        }
    }

    private string Name() => literals.Chance(0.1) ? literals.Any(Words) : literals.Name("N");

    private void Description()
    {
        if (literals.Chance(0.2))
        {
            literals.String();
        }
    }

    private void Interfaces()
    {
        if (literals.Chance(0.4))
        {
            Separated(" implements ", "&", () => text.Append(Name()));
        }
    }

    private void Separated(string before, string separator, Action item)
    {
        text.Append(before);
        for (var count = random.Next(3); count >= 0; count--)
        {
            item();
            text.Append(count > 0 ? separator : "");
        }
    }

    private void Braces(Action item)
    {
        text.Append('{');
        for (var count = random.Next(3); count >= 0; count--)
        {
            item();
            literals.Blank();
        }

        text.Append('}');
    }

    private void Field()
    {
        Description();
        text.Append(Name());
        Arguments();
        text.Append(": ");
        Type(3);
        Directives(least: 0);
    }

    private void EnumValue()
    {
        Description();
        text.Append(literals.Chance(0.02) ? "null" : literals.Name("V"));
        Directives(least: 0);
    }

    private void InputValue()
    {
        Description();
        text.Append(Name()).Append(": ");
        Type(3);
        if (literals.Chance(0.4))
        {
            text.Append(" = ");
            literals.Value(3, variable: null);
        }

        Directives(least: 0);
    }

    private void Arguments()
    {
        if (literals.Chance(0.3))
        {
            text.Append('(');
            InputValue();
            literals.Blank();
            InputValue();
            text.Append(')');
        }
    }

    private void Type(int depth)
    {
        if (depth > 0 && literals.Chance(0.3))
        {
            text.Append('[');
            Type(depth - 1);
            text.Append(']');
        }
        else
        {
            text.Append(Name());
        }

        text.Append(literals.Chance(0.4) ? "!" : "");
    }

    private void Directives(int least)
    {
        for (var count = literals.Chance(0.2) ? 1 + random.Next(2) : least; count > 0; count--)
        {
            text.Append(" @").Append(Name());
            if (literals.Chance(0.5))
            {
                text.Append('(').Append(Name()).Append(": ");
                literals.Value(3, variable: null);
                text.Append(')');
            }
        }
    }
}
