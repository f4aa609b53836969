using System.Text.Json;

namespace Wholesale.Demo;

/// <summary>
/// The file <c>demo-keys.json</c> of the data directory: a JSON object of secrets by owner. Only its owner can read it, from the moment it is made.
/// </summary>
/// <param name="directory">The data directory.</param>
internal sealed class DemoKeyFile(string directory)
{
    private const string Name = "demo-keys.json";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true };

    private string FilePath => Path.Combine(directory, Name);

    /// <summary>The secrets by owner; none if there is no file, or nothing that can be read in it.</summary>
    public IReadOnlyDictionary<string, string> Read()
    {
        if (!File.Exists(FilePath))
        {
            return new Dictionary<string, string>();
        }

        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(FilePath)) ?? [];
        }
        catch (JsonException)
        {
            // Keys that cannot be read are lost keys, which are made anew.
            return new Dictionary<string, string>();
        }
    }

    /// <summary>Puts a new file in the place of the old one, as a whole.</summary>
    public void Write(IReadOnlyDictionary<string, string> secrets)
    {
        var draft = $"{FilePath}.new";
        File.Delete(draft); // one that a killed start left would keep its own access rights
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var stream = new FileStream(draft, options))
        {
            JsonSerializer.Serialize(stream, secrets, Options);
        }

        File.Move(draft, FilePath, overwrite: true);
    }
}
