using Microsoft.EntityFrameworkCore;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.TrustedDocuments;

/// <summary>Documents to register.</summary>
public sealed record RegisterTrustedDocumentsInput(IReadOnlyList<string> Documents, BulkMode Mode = BulkMode.Partial);

/// <summary>What became of them.</summary>
public sealed record RegisterTrustedDocumentsPayload(IReadOnlyList<TrustedDocument> TrustedDocuments, BulkCounts Counts, IReadOnlyList<UserError> UserErrors);

/// <summary>Documents to take off.</summary>
public sealed record RemoveTrustedDocumentsInput(IReadOnlyList<string> DocumentIds);

/// <summary>What became of them.</summary>
public sealed record RemoveTrustedDocumentsPayload(IReadOnlyList<string> DocumentIds, IReadOnlyList<UserError> UserErrors);

/// <summary>The fields of schema/trustedDocuments.graphql: the seller's alone.</summary>
public static class TrustedDocumentFields
{
    private const string Order = "trustedDocuments/NEWEST";

    /// <summary>The room's services.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddScoped<TrustedDocumentRegister>();
        services.AddSingleton<TrustedDocumentLookup>();
    }

    /// <summary>Names the resolvers.</summary>
    public static void Map(ResolverMap map)
    {
        map.Node<TrustedDocument>("TrustedDocument", document => document.Id, Nodes);
        map.Field("Query.trustedDocuments", TrustedDocuments);
        map.TotalCount<TrustedDocument>("TrustedDocumentConnection");
        map.Field("Mutation.registerTrustedDocuments", Register);
        map.Field("Mutation.removeTrustedDocuments", Remove);
    }

    internal static async ValueTask<Connection<TrustedDocument>> TrustedDocuments(int? first, string? after, WholesaleDb db, CancellationToken cancellation)
    {
        var page = Page.Of(first, after);
        var documents = db.TrustedDocuments.AsQueryable();
        if (page.After is not null)
        {
            // Ids ascend with time.
            var last = Cursor.Parse(page.After, Order).Number(0);
            documents = documents.Where(d => d.Id < last);
        }

        var rows = await documents.OrderByDescending(d => d.Id).Take(page.Take).ToListAsync(cancellation);
        return page.Connect(rows, document => Cursor.Of(Order, document.Id), async () => await db.TrustedDocuments.CountAsync(cancellation));
    }

    internal static async ValueTask<RegisterTrustedDocumentsPayload> Register(
        RegisterTrustedDocumentsInput input, TrustedDocumentRegister register, CancellationToken cancellation)
    {
        if (RowErrors.TooMany(input.Documents.Count, "documents", TrustedDocumentRegister.MaximumRows) is { } refusal)
        {
            return new([], BulkCounts.Refused(input.Documents.Count), [refusal]);
        }

        var result = await register.Register(input.Documents, input.Mode, cancellation);
        return new(result.Things, result.Counts, result.Errors("documents"));
    }

    internal static async ValueTask<RemoveTrustedDocumentsPayload> Remove(
        RemoveTrustedDocumentsInput input, TrustedDocumentRegister register, CancellationToken cancellation) =>
        RowErrors.TooMany(input.DocumentIds.Count, "documentIds", TrustedDocumentRegister.MaximumRows) is { } refusal
            ? new([], [refusal])
            : await register.Remove(input.DocumentIds, cancellation);

    private static async ValueTask<IReadOnlyList<TrustedDocument?>> Nodes(IReadOnlyList<long> keys, RequestContext context)
    {
        var db = context.Services.GetRequiredService<WholesaleDb>();
        return context.Caller is Principal { Kind: PrincipalKind.Staff } staff && staff.Permissions.Contains(Permission.DocumentsWrite)
            ? (await db.TrustedDocuments.Where(d => keys.Contains(d.Id)).ToListAsync(context.Cancellation)).InOrderOf(keys, document => document.Id)
            : new TrustedDocument?[keys.Count];
    }
}
