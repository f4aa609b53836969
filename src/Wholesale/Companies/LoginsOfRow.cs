using Wholesale.Platform;

namespace Wholesale.Companies;

/// <summary>Decides what a row does to the logins of its company: a user's given list replaces those it had, so that a login can also pass from one user to another.</summary>
/// <param name="existing">All logins of the company.</param>
/// <param name="ids">For new ones.</param>
internal sealed class LoginsOfRow(IEnumerable<UserLogin> existing, Ids ids)
{
    private const int MaximumLogins = 10;

    private readonly List<UserLogin> kept = [.. existing];
    private readonly List<(UserLogin Login, string[] Path)> added = [];
    private readonly List<UserLogin> removed = [];

    /// <summary>Replaces a user's logins.</summary>
    /// <returns>Whether they are not as they were.</returns>
    public bool Replace(CompanyUser user, IReadOnlyList<UserLoginInput> inputs, RowErrors errors, Func<string, string[]> path)
    {
        if (!errors.Length(inputs, MaximumLogins, path("logins")))
        {
            return false;
        }

        var before = kept.Where(login => login.CompanyUserId == user.Id).ToDictionary(login => (login.Issuer, login.Subject));
        var isChanged = false;
        var named = new HashSet<(string Issuer, string Subject)>();
        for (var i = 0; i < inputs.Count; i++)
        {
            var input = inputs[i];
            string[] at = [.. path("logins"), RowErrors.Position(i)];
            Ascii(input.Issuer, '!', UserLogin.MaximumIssuerLength, errors, [.. at, "issuer"]);
            Ascii(input.Subject, ' ', UserLogin.MaximumSubjectLength, errors, [.. at, "subject"]);
            if (!named.Add((input.Issuer, input.Subject)))
            {
                errors.Add(ErrorCodes.DuplicateRow, $"The login \"{input.Subject}\" of \"{input.Issuer}\" stands twice in this list.", at);
            }
            else if (!before.Remove((input.Issuer, input.Subject)))
            {
                added.Add((new UserLogin { Id = ids.Next(), CompanyUserId = user.Id, CompanyId = user.CompanyId, Issuer = input.Issuer, Subject = input.Subject }, at));
                isChanged = true;
            }
        }

        foreach (var login in before.Values)
        {
            kept.Remove(login);
            removed.Add(login);
            isChanged = true;
        }

        return isChanged;
    }

    /// <summary>Reports the logins that two users would have; to be called when all users are done.</summary>
    public void Check(RowErrors errors)
    {
        var holders = kept.Select(login => (login.Issuer, login.Subject)).ToHashSet();
        foreach (var (login, path) in added)
        {
            if (!holders.Add((login.Issuer, login.Subject)))
            {
                errors.Add(CompanyErrors.LoginIsTaken(login, path));
            }
        }
    }

    /// <summary>Adds what is to be written to what other rows write.</summary>
    public void NoteIn(List<UserLogin> allAdded, List<UserLogin> allRemoved)
    {
        allAdded.AddRange(added.Select(entry => entry.Login));
        allRemoved.AddRange(removed);
    }

    private static void Ascii(string text, char lowest, int maximumLength, RowErrors errors, string[] path)
    {
        if (text.Length == 0 || text.Length > maximumLength || text.AsSpan().IndexOfAnyExceptInRange(lowest, '~') >= 0 || RowErrors.EndsInBlank(text))
        {
            errors.Invalid($"It must have 1–{maximumLength} {(lowest == ' ' ? "printable" : "visible")} ASCII characters, the last no blank.", path);
        }
    }
}
