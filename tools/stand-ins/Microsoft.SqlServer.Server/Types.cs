#pragma warning disable MA0048, CA1018, CA1813, CA1019, CA1032, CA1064, MA0053, CA1711, CA1028, CA1720, CA1724 // the names and shapes are the package's
namespace Microsoft.SqlServer.Server;

/// <summary>How a user-defined type of the server is serialised.</summary>
public enum Format
{
    /// <summary>Not known.</summary>
    Unknown = 0,

    /// <summary>Field by field.</summary>
    Native = 1,

    /// <summary>By <see cref="IBinarySerialize"/>.</summary>
    UserDefined = 2,
}

/// <summary>A user-defined type of the server that serialises itself.</summary>
public interface IBinarySerialize
{
    /// <summary>Reads itself.</summary>
    void Read(BinaryReader r);

    /// <summary>Writes itself.</summary>
    void Write(BinaryWriter w);
}

/// <summary>A user-defined type of the server is not one.</summary>
[Serializable]
public sealed class InvalidUdtException : SystemException
{
    internal InvalidUdtException()
    {
    }
}

/// <summary>What is known of a type of the server.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.ReturnValue | AttributeTargets.Parameter)]
public class SqlFacetAttribute : Attribute
{
    /// <summary>Whether its length is fixed.</summary>
    public bool IsFixedLength { get; set; }

    /// <summary>Whether it can be null.</summary>
    public bool IsNullable { get; set; }

    /// <summary>Its greatest length.</summary>
    public int MaxSize { get; set; }

    /// <summary>Its digits.</summary>
    public int Precision { get; set; }

    /// <summary>Its digits behind the point.</summary>
    public int Scale { get; set; }
}

/// <summary>A user-defined type of the server.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class SqlUserDefinedTypeAttribute(Format format) : Attribute
{
    /// <summary>How it is serialised.</summary>
    public Format Format { get; } = format;

    /// <summary>Whether its bytes compare as its values do.</summary>
    public bool IsByteOrdered { get; set; }

    /// <summary>Whether its length is fixed.</summary>
    public bool IsFixedLength { get; set; }

    /// <summary>Its greatest length in bytes.</summary>
    public int MaxByteSize { get; set; }

    /// <summary>Its name.</summary>
    public string? Name { get; set; }

    /// <summary>What checks a value of it.</summary>
    public string? ValidationMethodName { get; set; }
}
