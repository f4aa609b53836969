using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Carts;

/// <summary>Something that a company asks its users for with each order: a project, a machine, a name.</summary>
public sealed class ReferenceField
{
    /// <summary>How many a company may have.</summary>
    public const int Maximum = 50;

    /// <summary>The longest value, pattern and option.</summary>
    public const int MaximumLength = 200;

    /// <summary>How many options a field may have.</summary>
    public const int MaximumOptions = 200;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    /// <summary>From <see cref="Ids"/>.</summary>
    public required long Id { get; init; }

    /// <summary>Whose field it is.</summary>
    public required long CompanyId { get; init; }

    /// <summary>Unique within the company, 1–64 characters, compared exactly.</summary>
    public required string Code { get; init; }

    /// <summary>What forms call it, 1–200 characters.</summary>
    public required string Label { get; set; }

    /// <summary>Whether no order is placed without it.</summary>
    public bool IsRequired { get; set; }

    /// <summary>A regular expression that all of the value must match; null: any text.</summary>
    public string? Pattern { get; set; }

    /// <summary>The values that it can have; null: any.</summary>
    public IReadOnlyList<string>? Options { get; set; }

    /// <summary>Its place in forms, lowest first; equal places go by code.</summary>
    public int Position { get; set; }

    /// <summary>Whether it is asked for.</summary>
    public bool IsActive { get; set; }

    /// <summary>
    /// A pattern as it is matched: without look-around and back-references, so that the time it takes grows with the text's length and no faster.
    /// </summary>
    /// <returns>Null if it is none.</returns>
    internal static Regex? Compile(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Patience); // whole by itself, or it could end what is put around it
            return new Regex($@"\A(?:{pattern})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Patience);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null; // the expression is wrong, or needs what does not come without back-tracking
        }
    }

    /// <summary>Why a value cannot stand; null: it can.</summary>
    /// <param name="value">The value; null: none was given.</param>
    public string? WhyNot(string? value) => value switch
    {
        null => IsRequired ? $"\"{Label}\" must be given with each order." : null,
        _ when Options is { } options && !options.Contains(value, StringComparer.Ordinal) => $"\"{value}\" is not one of the values that \"{Label}\" can have.",
        _ when Pattern is { } pattern && Compile(pattern) is { } regex && !regex.IsMatch(value) => $"\"{value}\" has not the form that \"{Label}\" must have.",
        _ => null,
    };

    internal static void Map(ModelBuilder model) => model.Entity<ReferenceField>(field =>
    {
        field.Property(f => f.Id).ValueGeneratedNever();
        field.Property(f => f.Code).HasMaxLength(64);
        field.Property(f => f.Label).HasMaxLength(MaximumLength);
        field.Property(f => f.Pattern).HasMaxLength(MaximumLength);
        field.Property(f => f.Options).IsJson();
        field.HasIndex(f => new { f.CompanyId, f.Code }).IsUnique();
        field.HasOne<Company>().WithMany().HasForeignKey(f => f.CompanyId).OnDelete(DeleteBehavior.Restrict);
    });
}
