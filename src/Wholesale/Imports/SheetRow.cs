namespace Wholesale.Imports;

/// <summary>A row of a file that is a table.</summary>
/// <param name="Number">Its number in the file, from 1.</param>
/// <param name="Cells">Its first <see cref="MaximumColumns"/> cells at most, without blanks around them; what is not there is empty.</param>
/// <param name="HasMore">Whether something stands behind these.</param>
/// <param name="Flaw">Why its cells are not what was meant, as a sentence; null: they are.</param>
internal sealed record SheetRow(int Number, IReadOnlyList<string> Cells, bool HasMore, string? Flaw = null)
{
    /// <summary>The most columns of a file.</summary>
    public const int MaximumColumns = 20;

    /// <summary>Whether there is nothing in it.</summary>
    public bool IsBlank => !HasMore && Flaw is null && Cells.All(cell => cell.Length == 0);

    /// <summary>The cell of a column, from 0.</summary>
    public string Cell(int column) => column < Cells.Count ? Cells[column] : "";
}
