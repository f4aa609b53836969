using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using CsvHelper;
using Wholesale.Carts;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Imports;

/// <summary>A row of a cart file.</summary>
/// <param name="Number">Its number in the file, from 1; that of the names is 1, too, unless blank ones stand above it.</param>
/// <param name="Row">What it wants of the cart, or why it could not be read.</param>
internal sealed record CartFileRow(int Number, CartRow Row);

/// <summary>Reads files that fill carts: a row of names, and then one for each thing that is wanted.</summary>
internal static partial class CartFile
{
    /// <summary>The most bytes of a file.</summary>
    public const int MaximumBytes = 2 * 1024 * 1024;

    /// <summary>The most characters of a cell that is read.</summary>
    public const int MaximumCell = 1_000;

    private static readonly string[] SkuNames = ["sku", "item", "article", "partnumber"], QuantityNames = ["quantity", "qty"], NoteNames = ["note", "comment"];

    /// <summary>Reads all rows that are not blank.</summary>
    /// <param name="file">The bytes.</param>
    /// <param name="isWorkbook">Whether it is XLSX, and not CSV.</param>
    /// <exception cref="RefusedFileException">It cannot be read as a whole.</exception>
    public static List<CartFileRow> Read(byte[] file, bool isWorkbook)
    {
        try
        {
            return Rows(isWorkbook ? XlsxSheet.Read(file) : CsvSheet.Read(file));
        }
        catch (Exception exception) when (exception is InvalidDataException or XmlException or CsvFormatException)
        {
            throw RefusedFileException.NotReadable(isWorkbook
                ? "The file is not an XLSX workbook, or it is damaged or locked with a password: save it again, and send that."
                : "The file is not CSV: save it again, and send that.");
        }
    }

    private static List<CartFileRow> Rows(IEnumerable<SheetRow> sheet)
    {
        Columns? columns = null;
        var rows = new List<CartFileRow>();
        foreach (var row in sheet.Where(row => !row.IsBlank))
        {
            if (columns is null)
            {
                columns = Columns.Of(row);
            }
            else if (rows.Count < CartLineWrites.MaximumRows)
            {
                rows.Add(new(row.Number, columns.Read(row)));
            }
            else
            {
                throw new RefusedFileException(
                    StatusCodes.Status400BadRequest, ErrorCodes.TooManyRows, $"At most {CartLineWrites.MaximumRows} rows are taken at once, and this file has more; nothing was taken.");
            }
        }

        return columns is null ? throw Invalid("The file is empty: its first row names the columns, at least sku and quantity.") : rows;
    }

    private static RefusedFileException Invalid(string detail) => new(StatusCodes.Status400BadRequest, ErrorCodes.InvalidValue, detail);

    [GeneratedRegex(@"^[0-9]+(\.[0-9]{1,3})?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex QuantityForm { get; }

    /// <summary>Where in its rows a file has what.</summary>
    /// <param name="Names">As the file has them.</param>
    /// <param name="Sku">The column, from 0.</param>
    /// <param name="Quantity">The column, from 0.</param>
    /// <param name="Note">The column, from 0; null: there is none.</param>
    private sealed record Columns(IReadOnlyList<string> Names, int Sku, int Quantity, int? Note)
    {
        public static Columns Of(SheetRow names)
        {
            if (names.HasMore)
            {
                throw Invalid($"A file has at most {SheetRow.MaximumColumns} columns: leave out those that a cart does not need.");
            }

            var (sku, quantity, note) = (Find(names, SkuNames), Find(names, QuantityNames), Find(names, NoteNames));
            var missing = new List<string>();
            if (sku is null)
            {
                missing.Add("the SKU (\"sku\", \"item\", \"article\" or \"part number\")");
            }

            if (quantity is null)
            {
                missing.Add("the quantity (\"quantity\" or \"qty\")");
            }

            return missing.Count == 0
                ? new(names.Cells, sku!.Value, quantity!.Value, note)
                : throw Invalid($"Row {names.Number} must name the columns, and names none for {string.Join(", and none for ", missing)}.");
        }

        public CartRow Read(SheetRow row)
        {
            var errors = new RowErrors();
            if (row.Flaw is { } flaw)
            {
                errors.Invalid(flaw);
            }

            var sku = Cell(row, Sku, "sku", errors);
            var quantity = Cell(row, Quantity, "quantity", errors);
            var note = Note is { } column ? Cell(row, column, "note", errors, isNeeded: false) : null;
            var amount = quantity is not null ? QuantityOf(quantity, errors) : null;
            return new(null, null, sku ?? "", amount, note is null ? default : new Optional<string?>(note), errors.ToList());
        }

        private static int? Find(SheetRow names, string[] taken)
        {
            var found = names.Cells.Index().Where(name => taken.Contains(Bare(name.Item))).ToList();
            return found.Count <= 1
                ? found.Select(name => (int?)name.Index).SingleOrDefault()
                : throw Invalid($"The columns \"{found[0].Item}\" and \"{found[1].Item}\" mean the same: which one counts cannot be told.");
        }

        private static string Bare(string name) => string.Concat(name.Where(c => !char.IsWhiteSpace(c))).ToLowerInvariant();

        /// <summary>What stands in a column; null: nothing, or too much.</summary>
        private string? Cell(SheetRow row, int column, string field, RowErrors errors, bool isNeeded = true)
        {
            var cell = row.Cell(column);
            if (cell.Length > MaximumCell)
            {
                errors.Invalid($"Column \"{Names[column]}\": at most {MaximumCell} characters are taken, not {cell.Length}.", field);
                return null;
            }

            if (cell.Length == 0 && isNeeded)
            {
                errors.Invalid($"Column \"{Names[column]}\": there is nothing in it.", field);
            }

            return cell.Length > 0 ? cell : null;
        }

        private Quantity? QuantityOf(string text, RowErrors errors)
        {
            if (QuantityForm.IsMatch(text) && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && number <= Platform.Quantity.Maximum / 1000m)
            {
                return new Quantity((long)(number * 1000));
            }

            errors.Invalid(
                $"Column \"{Names[Quantity]}\": \"{text}\" is no quantity from 0 to {new Quantity(Platform.Quantity.Maximum)}, in digits with at most three decimals behind a point.", "quantity");
            return null;
        }
    }
}
