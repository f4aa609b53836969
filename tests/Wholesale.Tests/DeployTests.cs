using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using Wholesale.Platform;
using Wholesale.Tests.Platform;

namespace Wholesale.Tests;

/// <summary>What <c>tools/deploy</c> says of the program is true, and keeps what it promises. Nothing here needs Docker.</summary>
public sealed partial class DeployTests
{
    // Not ours: the host's and the runtime's.
    private static readonly string[] OfThePlatform =
        ["ASPNETCORE_FORWARDEDHEADERS_ENABLED", "ASPNETCORE_HTTP_PORTS", "DOTNET_EnableDiagnostics", "DOTNET_NOLOGO", "DOTNET_CLI_TELEMETRY_OPTOUT"];

    private readonly Yaml compose = Yaml.Read(Text("compose.yaml"));

    private IEnumerable<(string Name, Yaml Service)> Ours => compose["services"].Children.Where(service => service.Value.Text("image") == "wholesale").Select(s => (s.Key, s.Value));

    [Fact]
    public void Every_setting_is_one_that_the_program_reads()
    {
        var set = Ours.SelectMany(service => service.Service["environment"].Names)
            .Concat(ImageSetting().Matches(Text("Dockerfile")).Select(match => match.Groups["name"].Value))
            .Concat(SettingInWords().Matches(Text("README.md")).Select(match => match.Value))
            .Except(OfThePlatform)
            .Select(name => name.Replace("__", ":", StringComparison.Ordinal))
            .Distinct()
            .ToList();

        Assert.Contains("Node:Number", set);
        Assert.Contains("Data:Directory", set);
        Assert.Empty(set.Except(Asked(("Database:Provider", "SqlServer"), ("ConnectionStrings:Wholesale", "Server=nowhere")).Concat(Asked())));
    }

    [Fact]
    public void No_two_nodes_have_one_number()
    {
        var numbers = Ours.Where(service => service.Name != "migrate").Select(service => service.Service["environment"].Text("Node__Number")).ToList();

        Assert.Equal(3, numbers.Count);
        Assert.DoesNotContain(null, numbers);
        Assert.Equal(numbers.Distinct(), numbers);
        Assert.All(numbers, number => Assert.InRange(int.Parse(number!), 0, 511));
    }

    [Fact]
    public void The_program_runs_with_no_rights_that_it_does_not_need()
    {
        Assert.Equal(["api-1", "api-2", "command", "migrate"], Ours.Select(service => service.Name).Order(StringComparer.Ordinal));
        Assert.All(Ours, service =>
        {
            Assert.Equal("true", service.Service.Text("read_only"));
            Assert.Matches("^[1-9][0-9]*:[1-9][0-9]*$", service.Service.Text("user"));
            Assert.Equal(["ALL"], service.Service["cap_drop"].Items);
            Assert.Equal(["no-new-privileges:true"], service.Service["security_opt"].Items);
            Assert.DoesNotContain("User Id=sa;", service.Service["environment"].Text("ConnectionStrings__Wholesale"), StringComparison.OrdinalIgnoreCase);
        });
    }

    [Fact]
    public void Nodes_start_on_a_schema_that_is_up_to_date_and_have_time_to_stop()
    {
        Assert.Equal(["migrate"], compose["services"]["migrate"]["command"].Items);
        Assert.All(Ours.Where(service => service.Name.StartsWith("api-", StringComparison.Ordinal)), node =>
        {
            Assert.Equal("service_completed_successfully", node.Service["depends_on"]["migrate"].Text("condition"));
            var delay = TimeSpan.FromSeconds(int.Parse(node.Service["environment"].Text("Shutdown__DelaySeconds")!));
            Assert.True(TimeSpan.FromSeconds(int.Parse(node.Service.Text("stop_grace_period")!.TrimEnd('s'))) > Health.ShutdownTimeout + delay);
        });
    }

    [Fact]
    public void The_image_has_no_shell_and_no_root()
    {
        var last = Text("Dockerfile")[Text("Dockerfile").LastIndexOf("\nFROM ", StringComparison.Ordinal)..];

        Assert.Matches(@"^\nFROM mcr\.microsoft\.com/dotnet/aspnet:10\.0-noble-chiseled-extra\n", last);
        Assert.Equal(["$APP_UID"], Regex.Matches(last, "(?<=^USER ).+$", RegexOptions.Multiline).Select(match => match.Value));
        Assert.Matches("(?m)^ENTRYPOINT \\[\"dotnet\", \"Wholesale.dll\"\\]$", last);
        Assert.DoesNotMatch("(?m)^(?:RUN|HEALTHCHECK)", last);
    }

    [Fact]
    public void What_the_image_is_built_of_is_there_and_what_restoring_reads_is_all_of_it()
    {
        var root = Path.GetFullPath(Path.Combine(Folder(), "..", ".."));
        var copied = CopiedFiles().Matches(Text("Dockerfile")).SelectMany(match => match.Groups["files"].Value.Split(' ')).ToList();

        Assert.All(copied, path => Assert.True(Path.Exists(Path.Combine(root, path)), path));
        var projects = ProjectsBehind(Path.Combine(root, "src", "Wholesale", "Wholesale.csproj")).Select(path => Path.GetRelativePath(root, path).Replace('\\', '/')).ToList();
        Assert.Equal(3, projects.Count);
        Assert.All(projects, project =>
        {
            Assert.Contains(project, copied);
            Assert.Contains(project[..(project.LastIndexOf('/') + 1)] + "packages.lock.json", copied);
        });
    }

    [Fact]
    public void The_example_names_every_variable()
    {
        var used = Variable().Matches(Text("compose.yaml")).Select(match => match.Groups["name"].Value).Distinct().Order(StringComparer.Ordinal).ToList();
        var named = Regex.Matches(Text(".env.example"), "^[A-Z_]+(?==)", RegexOptions.Multiline).Select(match => match.Value).Order(StringComparer.Ordinal);

        Assert.Equal(used, named);
    }

    [Fact]
    public void The_proxy_asks_every_node_whether_it_is_ready()
    {
        var nodes = Ours.Select(service => service.Name).Where(name => name.StartsWith("api-", StringComparison.Ordinal)).Select(name => $"{name}:8080");

        Assert.Contains($"reverse_proxy {string.Join(' ', nodes)} {{", Text("Caddyfile"), StringComparison.Ordinal);
        Assert.Contains("health_uri /health/ready", Text("Caddyfile"), StringComparison.Ordinal);
    }

    /// <summary>The names of the settings that the host asks for when it starts.</summary>
    private static List<string> Asked(params IEnumerable<(string Name, string Value)> settings)
    {
        using var directory = new TempDirectory();
        var recorder = new Recorder(settings.ToDictionary(setting => setting.Name, string? (setting) => setting.Value, StringComparer.OrdinalIgnoreCase));
        var configuration = new ConfigurationRoot([recorder]);
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddFeatures(configuration, new PlatformHost.Environment(directory.Path));
        using var services = collection.BuildServiceProvider();
        services.GetRequiredService<Ids>();
        return [.. recorder.Asked];
    }

    private static IEnumerable<string> ProjectsBehind(string project) => Reference().Matches(File.ReadAllText(project))
        .Select(match => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, match.Groups["path"].Value.Replace('\\', Path.DirectorySeparatorChar))))
        .SelectMany(ProjectsBehind)
        .Prepend(project)
        .Distinct();

    private static string Text(string name) => File.ReadAllText(Path.Combine(Folder(), name));

    private static string Folder([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "tools", "deploy");

    [GeneratedRegex(@"(?<=^ENV .*)(?<name>\w+)=", RegexOptions.Multiline)]
    private static partial Regex ImageSetting();

    [GeneratedRegex("[A-Z][A-Za-z]+__[A-Za-z]+")]
    private static partial Regex SettingInWords();

    [GeneratedRegex(@"^COPY (?!--from)(?<files>.+) \S+$", RegexOptions.Multiline)]
    private static partial Regex CopiedFiles();

    [GeneratedRegex("<ProjectReference Include=\"(?<path>[^\"]+)\"")]
    private static partial Regex Reference();

    [GeneratedRegex(@"(?<!\$)\$\{(?<name>\w+)")]
    private static partial Regex Variable();

    /// <summary>Settings that note what they are asked for.</summary>
    private sealed class Recorder(Dictionary<string, string?> settings) : IConfigurationProvider
    {
        public HashSet<string> Asked { get; } = new(StringComparer.OrdinalIgnoreCase);

        public bool TryGet(string key, out string? value)
        {
            Asked.Add(key);
            return settings.TryGetValue(key, out value);
        }

        public IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath) => earlierKeys;

        public IChangeToken GetReloadToken() => new CancellationChangeToken(CancellationToken.None);

        public void Load()
        {
        }

        public void Set(string key, string? value) => settings[key] = value;
    }

    /// <summary>As much of YAML as compose.yaml is written in: mappings and lists in blocks of two spaces, plain and quoted scalars, anchors on mappings, merges.</summary>
    private sealed class Yaml(string? scalar = null)
    {
        private readonly List<Yaml> merged = [];
        private readonly Dictionary<string, Yaml> own = [];

        /// <summary>The scalars of a list.</summary>
        public List<string> Items { get; } = [];

        /// <summary>The mapping, with what is merged into it.</summary>
        public IEnumerable<KeyValuePair<string, Yaml>> Children =>
            own.Concat(merged.SelectMany(other => other.Children).Where(child => !own.ContainsKey(child.Key)));

        public IEnumerable<string> Names => Children.Select(child => child.Key);

        public Yaml this[string name] => Children.FirstOrDefault(child => child.Key == name).Value ?? new();

        public string? Text(string name) => this[name].Scalar;

        private string? Scalar => scalar;

        public static Yaml Read(string text)
        {
            var root = new Yaml();
            var anchors = new Dictionary<string, Yaml>(StringComparer.Ordinal);
            var open = new Stack<(int Indent, string Name, Yaml Node)>([(-1, "", root)]);
            foreach (Match line in Line().Matches(text))
            {
                var indent = line.Groups["indent"].Length;
                while (open.Peek().Indent >= indent)
                {
                    open.Pop();
                }

                var (name, value) = (line.Groups["name"].Value, Unquote(line.Groups["value"].Value));
                var isMerge = (line.Groups["item"].Success ? open.Peek().Name : name) == "<<" && value.StartsWith('*');
                if (isMerge)
                {
                    var into = line.Groups["item"].Success ? open.Skip(1).First().Node : open.Peek().Node;
                    into.merged.Add(anchors[value[1..]]);
                }
                else if (line.Groups["item"].Success)
                {
                    open.Peek().Node.Items.Add(value);
                }
                else
                {
                    var node = new Yaml(value.Length == 0 || value.StartsWith('&') ? null : value);
                    if (name != "<<")
                    {
                        open.Peek().Node.own.Add(name, node);
                    }

                    if (value.StartsWith('&'))
                    {
                        anchors.Add(value[1..], node);
                    }

                    open.Push((indent, name, node));
                }
            }

            return root;
        }

        private static string Unquote(string value) => value.Length >= 2 && value[0] == '"' && value[^1] == '"' ? value[1..^1] : value;
    }

    [GeneratedRegex(@"^(?<indent> *)(?!#)(?:(?<item>- )(?<value>.*?)|(?<name>[\w.<-]+):(?: +(?<value>[^\n]*?))?)(?: #.*)?$", RegexOptions.Multiline)]
    private static partial Regex Line();
}
