using Wholesale.Platform;

namespace Wholesale.Companies;

/// <summary>The room's own codes and its messages.</summary>
public static class CompanyErrors
{
    /// <summary>A unit, or a category, would become its own ancestor.</summary>
    public const string CircularHierarchy = "CIRCULAR_HIERARCHY";

    /// <summary>Another user has this e-mail address.</summary>
    public const string EmailTaken = "EMAIL_TAKEN";

    /// <summary>Another user of the company has this login.</summary>
    public const string LoginTaken = "LOGIN_TAKEN";

    internal static UserError NameNeeded(string what, params string[] path) =>
        new(ErrorCodes.InvalidValue, $"A new {what} needs a name.", path);

    internal static UserError EmailNeeded(params string[] path) =>
        new(ErrorCodes.InvalidValue, "A new user needs an e-mail address.", path);

    internal static UserError AddressNeeds(string field) =>
        new(ErrorCodes.InvalidValue, $"A new address needs `{field}`.", [field]);

    internal static UserError TooManyAddresses() =>
        new(ErrorCodes.InvalidValue, $"A company has at most {Address.MaximumOfCompany} addresses that are not archived.", ["externalId"]);

    internal static UserError CannotBeDefault(string externalId, string field) =>
        new(ErrorCodes.InvalidValue, $"The address \"{externalId}\" is archived, or not one for this, and so cannot be the default.", [field]);

    internal static UserError StaffHasNoCompany() =>
        new(ErrorCodes.InvalidValue, "Staff has no company of its own: it writes addresses by `upsertCompanies`.");

    internal static UserError NotAnEmail(string email, params string[] path) =>
        new(ErrorCodes.InvalidValue, $"\"{email}\" is not an e-mail address.", path);

    internal static UserError NotACountry(string country, params string[] path) =>
        new(ErrorCodes.InvalidValue, $"\"{country}\" is not a country code of ISO 3166-1 alpha-2, such as DE.", path);

    internal static UserError NotANumberOfEmployees(int employees, params string[] path) =>
        new(ErrorCodes.InvalidValue, $"The number of employees must be 0 or more, not {employees}.", path);

    internal static UserError EmailIsTaken(string email, params string[] path) =>
        new(EmailTaken, $"Another user has the e-mail address \"{email}\".", path);

    internal static UserError LoginIsTaken(UserLogin login, params string[] path) =>
        new(LoginTaken, $"Another user of the company has the login \"{login.Subject}\" of \"{login.Issuer}\".", path);

    internal static UserError NoSuch(string what, string externalId, params string[] path) =>
        new(ErrorCodes.NotFound, $"There is no {what} \"{externalId}\".", path);

    internal static UserError NoSuchId(string what, params string[] path) =>
        new(ErrorCodes.NotFound, $"There is no {what} with this id.", path);

    internal static UserError ParentNotBefore(string externalId, params string[] path) =>
        new(ErrorCodes.NotFound, $"There is no unit \"{externalId}\", neither in the company nor earlier in this row.", path);

    internal static UserError Circular(string what, string externalId, params string[] path) =>
        new(CircularHierarchy, $"The {what} \"{externalId}\" would become its own ancestor.", path);

    internal static UserError TooDeep(string what, params string[] path) =>
        new(ErrorCodes.InvalidValue, $"The {what} would stand below level {TreePath.MaximumDepth}, or something under it would.", path);

    internal static UserError Changed(long version) =>
        new(ErrorCodes.Conflict, $"It was changed meanwhile: the current version is {version}.", ["expectedVersion"]);

    internal static UserError NotOneAssignee(params string[] path) =>
        new(ErrorCodes.InvalidValue, "Exactly one of unitId, companyId, segmentId, tierId, marketId and everyone (true) is to be set.", path);
}
