using System.IO.Compression;
using System.Xml;

namespace Wholesale.Imports;

/// <summary>A relationship between a package's parts.</summary>
/// <param name="Id">Unique within its source.</param>
/// <param name="Type">The last part of its type's URI, which the transitional and the strict form of ISO/IEC 29500 have in common.</param>
/// <param name="Target">The name of the part that it leads to.</param>
internal sealed record XlsxRelationship(string Id, string Type, string Target);

/// <summary>
/// The parts of a workbook (ISO/IEC 29500-2), each unzipped while it is read. A hostile one costs no more than a large one: what is unzipped is counted and not believed, there are no DTDs,
/// and nothing leads out of the package.
/// </summary>
internal sealed class XlsxPackage : IDisposable
{
    /// <summary>The most bytes that all parts have together, unzipped.</summary>
    public const int MaximumBytes = 20 * 1024 * 1024;

    /// <summary>How many times as large as zipped a part may be.</summary>
    public const int MaximumRatio = 100;

    /// <summary>The deepest that elements are nested: those of a sheet are by ten or so.</summary>
    private const int MaximumDepth = 64;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CloseInput = true,
        MaxCharactersInDocument = MaximumBytes,
    };

    private readonly ZipArchive archive;
    private readonly ByteBudget budget = new(MaximumBytes);

    /// <summary>Opens a package.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    /// <exception cref="RefusedFileException">It says itself that it is too large.</exception>
    public XlsxPackage(byte[] file)
    {
        archive = new ZipArchive(new MemoryStream(file, writable: false), ZipArchiveMode.Read);
        var left = (long)MaximumBytes;
        foreach (var entry in archive.Entries)
        {
            left = entry.Length < 0 || entry.Length > left || entry.Length / MaximumRatio > entry.CompressedLength ? throw TooLarge() : left - entry.Length;
        }
    }

    /// <summary>Opens a part.</summary>
    /// <exception cref="InvalidDataException">There is none of this name.</exception>
    public XmlReader Part(string name) => Find(name) ?? throw new InvalidDataException($"There is no part {name}.");

    /// <summary>Where a part leads to within the package; what leads out of it is left out.</summary>
    /// <param name="source">The part; empty: the package.</param>
    public List<XlsxRelationship> Relationships(string source)
    {
        var folder = source[..(source.LastIndexOf('/') + 1)];
        var found = new List<XlsxRelationship>();
        using var part = Find($"{folder}_rels/{source[folder.Length..]}.rels");
        while (part is not null && Next(part))
        {
            if (part is { NodeType: XmlNodeType.Element, LocalName: "Relationship" } && part.GetAttribute("TargetMode") != "External")
            {
                var type = part.GetAttribute("Type") ?? "";
                found.Add(new(part.GetAttribute("Id") ?? "", type[(type.LastIndexOf('/') + 1)..], Resolve(folder, part.GetAttribute("Target") ?? "")));
            }
        }

        return found;
    }

    /// <summary>Goes on to the next node.</summary>
    /// <exception cref="XmlException">It is not XML, has a DTD, or is nested deeper than any sheet.</exception>
    public static bool Next(XmlReader part) =>
        part.Read() && (part.Depth <= MaximumDepth ? true : throw new XmlException("It is nested too deep."));

    /// <inheritdoc/>
    public void Dispose() => archive.Dispose();

    internal static RefusedFileException TooLarge() => new(
        StatusCodes.Status413PayloadTooLarge,
        RefusedFileException.TooLarge,
        $"Unzipped, the workbook has more than {MaximumBytes / 1024 / 1024} MB, or a part is more than {MaximumRatio} times as large as zipped: send the sheet by itself.");

    private XmlReader? Find(string name) => archive.Entries.FirstOrDefault(entry => entry.FullName.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } entry
        ? XmlReader.Create(new BoundedStream(entry.Open(), MaximumRatio * (entry.CompressedLength + 1), budget), Settings)
        : null;

    private static string Resolve(string folder, string target)
    {
        var parts = new List<string>();
        foreach (var part in (target.StartsWith('/') ? target : folder + target).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part != "..")
            {
                parts.Add(part);
            }
            else if (parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
        }

        return string.Join('/', parts);
    }

    /// <summary>What may still be unzipped of a package.</summary>
    private sealed class ByteBudget(long bytes)
    {
        public long Left { get; set; } = bytes;
    }

    /// <summary>What a part unzips to, as far as it may; and no tag in it that is longer than any sheet's, since a tag is in memory as a whole.</summary>
    private sealed class BoundedStream(Stream part, long maximum, ByteBudget budget) : Stream
    {
        private const int MaximumTag = 256 * 1024;

        private long left = maximum;
        private int sinceTag;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = part.Read(buffer);
            (left, budget.Left) = (left - read, budget.Left - read);
            var lastTag = buffer[..read].LastIndexOfAny((byte)'<', (byte)'>');
            sinceTag = lastTag < 0 ? sinceTag + read : read - lastTag;
            return left < 0 || budget.Left < 0 || sinceTag > MaximumTag ? throw TooLarge() : read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            part.Dispose();
            base.Dispose(disposing);
        }
    }
}
