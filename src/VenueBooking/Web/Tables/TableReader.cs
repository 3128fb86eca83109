using System.Text;

namespace VenueBooking.Web.Tables;

/// <summary>
/// Reads what people upload as a table: CSV (comma, semicolon or tab; UTF-8 with or without BOM, UTF-16 with BOM, GB18030)
/// or .xlsx. What kind it is, its content says; where the name promises Excel and the content is none, the person is told that
/// and not what is wrong with it as text. Whatever it is, it ends in a table or in a refusal.
/// </summary>
public static class TableReader
{
    public const int MaxBytes = 5 * 1024 * 1024, MaxRows = 20_000, MaxColumns = 100, MaxCell = 4_000;

    public static async Task<Outcome<Table>> ReadAsync(IFormFile? file, CancellationToken ct)
    {
        if (file is null)
            return Refusal.Invalid("table_no_file", "File");
        if (file.Length > MaxBytes)
            return TooBig;
        using var copy = new MemoryStream((int)file.Length);
        await file.CopyToAsync(copy, ct);
        return Read(copy.ToArray(), file.FileName);
    }

    public static Outcome<Table> Read(Stream stream, string name)
    {
        using var copy = new MemoryStream();
        var buffer = new byte[81920];
        for (int n; (n = stream.Read(buffer)) > 0;)
        {
            copy.Write(buffer, 0, n);
            if (copy.Length > MaxBytes)
                return TooBig;
        }
        return Read(copy.ToArray(), name);
    }

    /// <param name="name">The file's, where it came as one.</param>
    public static Outcome<Table> Read(byte[] bytes, string name = "")
    {
        if (bytes.Length == 0)
            return Refusal.Invalid("table_no_bytes", "File");
        if (bytes.Length > MaxBytes)
            return TooBig;
        if (bytes.AsSpan().StartsWith("PK\x03\x04"u8))
            return ExcelTable.Read(bytes);
        if (bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
            return Refusal.Invalid("table_old_excel", "File");
        if (name.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase))
            return Refusal.Invalid("table_not_excel", "File");
        if (bytes.AsSpan().StartsWith("%PDF-"u8))
            return Refusal.Invalid("table_not_a_table", "File");
        return Decode(bytes) is { } text ? CsvTable.Read(text) : Refusal.Invalid("table_encoding", "File");
    }

    /// <summary>The first row with anything in it is the header, the others are rows; limits are held here for every format.</summary>
    internal static Outcome<Table> Assemble(IEnumerable<TableRow> lines)
    {
        IReadOnlyList<string>? headers = null;
        var rows = new List<TableRow>();
        foreach (var line in lines)
        {
            if (line.Cells.Count > MaxColumns || line.Cells.Any(c => c.Length > MaxCell))
                return Refusal.Invalid("table_row_too_long", "File", line.Number);
            if (line.Cells.All(c => c.Length == 0))
                continue;
            if (headers is null)
                headers = line.Cells;
            else if (rows.Count == MaxRows)
                return Refusal.Invalid("table_too_many_rows", "File", MaxRows);
            else
                rows.Add(line);
        }
        if (headers is null || rows.Count == 0)
            return Refusal.Invalid("table_empty", "File");
        return new Table(headers, rows);
    }

    /// <summary>As it was before <see cref="TableFile"/> or a spreadsheet guarded it: trimmed, without the leading apostrophe.</summary>
    internal static string Clean(string cell)
    {
        var text = cell.Trim().Trim('\uFEFF');
        return text.Length > 1 && text[0] == '\'' && TableFile.StartsFormula(text[1]) ? text[1..] : text;
    }

    static string? Decode(byte[] bytes)
    {
        if (bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return TryDecode(bytes.AsSpan(2), new UnicodeEncoding(bytes[0] == 0xFE, false, throwOnInvalidBytes: true));
        // A file of another kind has zero bytes; text in these encodings never does.
        if (bytes.AsSpan().Contains((byte)0))
            return null;
        return TryDecode(bytes, new UTF8Encoding(false, throwOnInvalidBytes: true)) ?? TryDecode(bytes, Gb18030);
    }

    static string? TryDecode(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        try
        {
            return encoding.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding(
        "GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    static Refusal TooBig => new("table_too_big", "File", StatusCodes.Status413PayloadTooLarge, MaxBytes / 1024 / 1024);
}
