using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Wholesale.GraphQL.Http;

/// <summary>The media types of GraphQL over HTTP.</summary>
public static class MediaTypes
{
    /// <summary>The older clients' media type.</summary>
    public const string Json = "application/json";

    /// <summary>The media type that says by its status what happened.</summary>
    public const string GraphQLResponse = "application/graphql-response+json";

    /// <summary>A media type with its charset, as it is sent.</summary>
    public static string Utf8(string mediaType) => mediaType switch
    {
        Json => "application/json; charset=utf-8",
        GraphQLResponse => "application/graphql-response+json; charset=utf-8",
        _ => $"{mediaType}; charset=utf-8",
    };

    /// <summary>Whether a Content-Type is JSON in UTF-8.</summary>
    public static bool IsJson(string? contentType) => contentType == Json
        || (MediaTypeHeaderValue.TryParse(contentType, out var parsed)
            && parsed.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase)
            && (parsed.Charset.Length == 0 || parsed.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || parsed.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase)));

    /// <summary>The media type that a request accepts, best first; null if it accepts neither.</summary>
    public static string? Negotiate(HttpRequest request)
    {
        var accept = request.GetTypedHeaders().Accept;
        if (accept.Count == 0)
        {
            return Json;
        }

        foreach (var range in accept.Where(a => a.Quality is not 0).OrderByDescending(a => a.Quality ?? 1))
        {
            // A range of types means the older one, unless the same header refuses that.
            foreach (var mediaType in (ReadOnlySpan<string>)[Json, GraphQLResponse])
            {
                if ((range.MatchesAllTypes || Is(range, "application/*") || Is(range, mediaType)) && !IsRefused(mediaType))
                {
                    return mediaType;
                }
            }
        }

        return null;

        bool IsRefused(string mediaType) => accept.Any(a => a.Quality is 0 && Is(a, mediaType));
        static bool Is(MediaTypeHeaderValue range, string mediaType) => range.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase);
    }
}
