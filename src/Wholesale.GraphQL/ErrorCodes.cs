namespace Wholesale.GraphQL;

/// <summary>The engine's own words for <c>extensions.code</c>.</summary>
public static class ErrorCodes
{
    /// <summary>The document is not GraphQL.</summary>
    public const string ParseFailed = "GRAPHQL_PARSE_FAILED";

    /// <summary>The document does not fit the schema (section 5), or has a constant that no value can be made of.</summary>
    public const string ValidationFailed = "GRAPHQL_VALIDATION_FAILED";

    /// <summary>Which operation to run is not clear.</summary>
    public const string OperationNotFound = "OPERATION_RESOLUTION_FAILURE";

    /// <summary>A variable's value does not fit its type (section 6.1.2).</summary>
    public const string BadVariables = "BAD_USER_INPUT";

    /// <summary>The HTTP request is not one that GraphQL over HTTP describes.</summary>
    public const string BadRequest = "BAD_REQUEST";

    /// <summary>A bug or an outage: the log has the rest, under the trace id.</summary>
    public const string Internal = "INTERNAL";

    /// <summary>There is no document with this id.</summary>
    public const string DocumentNotFound = "DOCUMENT_NOT_FOUND";

    /// <summary>Only persisted documents are answered here.</summary>
    public const string DocumentIdRequired = "DOCUMENT_ID_REQUIRED";

    /// <summary>Time was up before the field was resolved.</summary>
    public const string Timeout = "TIMEOUT";

    /// <summary>More requests than the server takes at once: try again later.</summary>
    public const string Overloaded = "OVERLOADED";

    /// <summary>The document, the plan or the answer would be larger than this client may have.</summary>
    public const string TooLarge = "TOO_LARGE";
}
