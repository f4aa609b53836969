using Wholesale.GraphQL;
using Wholesale.GraphQL.Execution;
using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;
using Wholesale.Platform;

namespace Wholesale.Companies;

/// <summary>Enforces <c>@requires(permission:)</c>: a field that bears it is resolved only for callers that have the permission.</summary>
internal static class PermissionGuard
{
    /// <summary>The guard of a field; null where it bears no such directive.</summary>
    public static FieldGuard? Of(FieldDefinition field)
    {
        if (field.Directive("requires")?.Argument("permission") is not EnumValueNode { Value: var name })
        {
            return null;
        }

        var permission = Enum.GetValues<Permission>().Single(p => NameOf(p) == name);
        return async context =>
        {
            var caller = await context.Services.GetRequiredService<RequestCaller>().Get(context);
            return caller.Permissions.Contains(permission)
                ? null
                : new GraphQLError($"This needs the permission {name}, which the caller lacks.") { Code = "FORBIDDEN" };
        };
    }

    /// <summary>As the SDL writes it: <c>CatalogRead</c> is <c>CATALOG_READ</c>.</summary>
    private static string NameOf(Permission permission) =>
        string.Concat(permission.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? $"_{c}" : $"{char.ToUpperInvariant(c)}"));
}
