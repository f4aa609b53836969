using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL.Types;

/// <summary>Makes a schema from type system documents.</summary>
public static class SchemaBuilder
{
    /// <summary>Parses and merges the sources, checks section 3's rules, and returns the schema.</summary>
    /// <param name="sources">Type system documents; definitions may refer to and extend those of other sources, in any order.</param>
    /// <param name="withoutDirective">
    /// Leaves out every type, extension, field, argument, input field and enum value that carries this directive, the directive's own
    /// definition included: two contracts from one set of files. Null keeps everything.
    /// </param>
    /// <exception cref="SchemaException">Lists every problem with file, line and column.</exception>
    public static Schema Build(IEnumerable<Source> sources, string? withoutDirective = null) => throw new SchemaException(["stub"]);
}
