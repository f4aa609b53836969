namespace Wholesale.GraphQL.Execution;

/// <summary>Section 7.1.2 "Errors", as JSON.</summary>
internal static class ErrorWriter
{
    /// <summary>Writes <c>"errors":[…]</c>.</summary>
    public static void Write(IEnumerable<GraphQLError> errors, Utf8Writer writer)
    {
        writer.Raw("\"errors\":"u8);
        WriteList(errors, writer);
    }

    /// <summary>Writes <c>[…]</c>.</summary>
    public static void WriteList(IEnumerable<GraphQLError> errors, Utf8Writer writer)
    {
        writer.Raw((byte)'[');
        var first = true;
        foreach (var error in errors)
        {
            if (!first)
            {
                writer.Raw((byte)',');
            }

            first = false;
            Write(error, writer);
        }

        writer.Raw((byte)']');
    }

    private static void Write(GraphQLError error, Utf8Writer writer)
    {
        writer.Raw("{\"message\":"u8);
        writer.String(error.Message);
        if (error.Locations.Count > 0)
        {
            writer.Raw(",\"locations\":["u8);
            for (var i = 0; i < error.Locations.Count; i++)
            {
                writer.Raw(i == 0 ? "{\"line\":"u8 : ",{\"line\":"u8);
                writer.Number(error.Locations[i].Line);
                writer.Raw(",\"column\":"u8);
                writer.Number(error.Locations[i].Column);
                writer.Raw((byte)'}');
            }

            writer.Raw((byte)']');
        }

        if (error.Path is { } path)
        {
            writer.Raw(",\"path\":["u8);
            for (var i = 0; i < path.Count; i++)
            {
                if (i > 0)
                {
                    writer.Raw((byte)',');
                }

                if (path[i] is int position)
                {
                    writer.Number(position);
                }
                else
                {
                    writer.String((string)path[i]);
                }
            }

            writer.Raw((byte)']');
        }

        if (error.Code is not null || error.TraceId is not null)
        {
            writer.Raw(",\"extensions\":{"u8);
            if (error.Code is not null)
            {
                writer.Raw("\"code\":"u8);
                writer.String(error.Code);
            }

            if (error.TraceId is not null)
            {
                writer.Raw(error.Code is null ? "\"traceId\":"u8 : ",\"traceId\":"u8);
                writer.String(error.TraceId);
            }

            writer.Raw((byte)'}');
        }

        writer.Raw((byte)'}');
    }
}
