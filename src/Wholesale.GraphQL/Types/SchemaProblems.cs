using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL.Types;

/// <summary>Collects what is wrong with a schema, so that its author sees everything at once.</summary>
/// <param name="sources">In the order in which problems are to be listed.</param>
internal sealed class SchemaProblems(IReadOnlyList<Source> sources)
{
    private readonly List<(Place? Place, string Sentence)> found = [];

    /// <summary>Something that is missing, and so has no place.</summary>
    public void Add(string sentence) => found.Add((null, sentence));

    /// <summary>A text that cannot be parsed, and so has no coordinate.</summary>
    public void Add(GraphQLSyntaxException exception)
    {
        var (line, column) = exception.Error.Locations[0];
        found.Add((new Place(exception.Document, 0), $"{exception.Document.Name}:{line}:{column} {exception.Message}"));
    }

    /// <summary>A sentence about a schema coordinate, at a place.</summary>
    public void Add(Place place, string coordinate, string message) => found.Add((place, $"{place} {coordinate}: {message}"));

    /// <summary>A sentence about a type, at the name of its definition.</summary>
    public void Add(NamedType type, string message) => Add(Place.Of(type.Definition!, type.Definition!.Name), type.Name, message);

    /// <summary>A sentence about a field, at its name.</summary>
    public void Add(FieldDefinition field, string message) => Add(Place.Of(field.Definition!, field.Definition!.Name), field.Coordinate, message);

    /// <summary>A sentence about an argument or input field, at its name.</summary>
    public void Add(InputValueDefinition input, string message) =>
        Add(Place.Of(input.Definition!, input.Definition!.Name), input.Coordinate, message);

    /// <summary>A sentence about a directive, at the name of its definition.</summary>
    public void Add(DirectiveDefinition directive, string message) =>
        Add(Place.Of(directive.Definition!, directive.Definition!.Name), directive.ToString(), message);

    /// <exception cref="SchemaException">There are problems; they are listed in the order of the texts.</exception>
    public void ThrowIfAny()
    {
        if (found.Count == 0)
        {
            return;
        }

        var order = new Dictionary<Source, int>();
        foreach (var source in sources)
        {
            order.TryAdd(source, order.Count);
        }

        throw new SchemaException([.. found
            .OrderBy(p => p.Place is { } place ? order[place.Source] : -1)
            .ThenBy(p => p.Place?.Start)
            .Select(p => p.Sentence)]);
    }
}

/// <summary>A byte offset in a source.</summary>
internal readonly record struct Place(Source Source, int Start)
{
    /// <summary>Where a node begins.</summary>
    public static Place Of(SyntaxNode node) => new(node.Source, node.Start);

    /// <summary>Where the name in a node stands: a definition itself may begin with a long description.</summary>
    public static Place Of(SyntaxNode node, Name name) => new(node.Source, name.Start);

    /// <summary>As in <c>schema/pricing.graphql:12:3</c>.</summary>
    public override string ToString()
    {
        var (line, column) = Source.LocationAt(Start);
        return $"{Source.Name}:{line}:{column}";
    }
}
