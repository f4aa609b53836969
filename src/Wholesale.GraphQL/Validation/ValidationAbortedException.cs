namespace Wholesale.GraphQL.Validation;

/// <summary>
/// Ends a validation whose document reached a limit. An exception, because the limits are reached many calls deep inside loops over what the
/// client sent; <see cref="DocumentValidator"/> turns it into the list's last error.
/// </summary>
sealed class ValidationAbortedException(string message) : Exception(message);
