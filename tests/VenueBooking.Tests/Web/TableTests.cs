using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using VenueBooking.Web;
using VenueBooking.Web.Tables;

namespace VenueBooking.Tests.Web;

public sealed class TableTests
{
    const string Roster = "姓名,卡号\r\n张三,0012\r\n\r\n李四,\"12,3\"\r\n";

    public static TheoryData<string> Encodings => ["utf-8", "utf-8-bom", "utf-16", "gb18030"];

    [Theory, MemberData(nameof(Encodings))]
    public void A_csv_reads_the_same_in_every_encoding_people_save_it_in(string encoding)
    {
        var table = Read(Encode(Roster, encoding));
        Assert.Equal(["姓名", "卡号"], table.Headers);
        Assert.Equal(["张三", "0012"], table.Rows[0].Cells);
        Assert.Equal("12,3", table.Rows[1][1]);
    }

    [Fact]
    public void Rows_carry_the_number_a_spreadsheet_shows_for_them() =>
        Assert.Equal([2, 4], Read(Encoding.UTF8.GetBytes(Roster)).Rows.Select(r => r.Number));

    [Theory, InlineData("a;b\n1;2"), InlineData("a\tb\n1\t2"), InlineData("a,b\n1,2")]
    public void The_sign_between_columns_is_found(string text) =>
        Assert.Equal(["1", "2"], Read(Encoding.UTF8.GetBytes(text)).Rows[0].Cells);

    [Fact]
    public void What_is_written_to_excel_reads_back_with_days_numbers_and_text_as_they_were()
    {
        var at = SiteTime.At(new DateOnly(2026, 11, 23), new TimeOnly(18, 30));
        var table = Read(Bytes(TableFile.Excel("x", ["名", "Day", "At", "N", "Text"],
            [["张\u0001三", new DateOnly(2026, 10, 1), at, 123456789012345L, "=1+1"], [null, null, null, 12.5m, "00123"]])));
        Assert.Equal(["张三", "2026-10-01", "2026-11-23 18:30", "123456789012345", "=1+1"], table.Rows[0].Cells);
        Assert.Equal(["", "", "", "12.5", "00123"], table.Rows[1].Cells);
    }

    [Theory, InlineData("=cmd|' /C calc'!A0"), InlineData("+1"), InlineData("-1"), InlineData("@SUM(A1)"), InlineData("\t=1")]
    public void Text_that_a_spreadsheet_would_run_is_written_so_that_it_does_not(string text)
    {
        var csv = Encoding.UTF8.GetString(Bytes(TableFile.Csv("x", ["a", "b"], [[text, 1]])));
        Assert.Contains("'" + text[0], csv, StringComparison.Ordinal);
        Assert.Equal(text.Trim(), Read(Encoding.UTF8.GetBytes(csv)).Rows[0][0].Trim());
    }

    [Fact]
    public void A_negative_number_stays_a_number() =>
        Assert.Contains("\r\n-5", Encoding.UTF8.GetString(Bytes(TableFile.Csv("x", ["a"], [[-5]]))), StringComparison.Ordinal);

    [Fact]
    public void A_csv_file_begins_with_the_mark_excel_knows_utf8_by() =>
        Assert.Equal([0xEF, 0xBB, 0xBF], Bytes(TableFile.Csv("x", ["列"], []))[..3]);

    [Fact]
    public void What_is_no_table_is_refused_by_what_is_wrong_with_it()
    {
        Assert.Equal("table_too_big", Code(new byte[TableReader.MaxBytes + 1]));
        Assert.Equal("table_no_bytes", Code([]));
        Assert.Equal("table_empty", Code("name,day\n"u8.ToArray()));
        Assert.Equal("table_encoding", Code([0x89, 0x50, 0x4E, 0x47, 0, 0, 0, 1]));
        Assert.Equal("table_encoding", Code([0xFF, 0xFF, 0x80, 0x20]));
        Assert.Equal("table_old_excel", Code([0xD0, 0xCF, 0x11, 0xE0, 0xA1]));
        Assert.Equal("table_not_a_table", Code("PK\x03\x04 and then nothing of a zip"u8.ToArray()));
        Assert.Equal("table_not_a_table", Code(ZipOf("hello.txt")));
        Assert.Equal("table_bad_quotes", Code("a,b\n1,x\"y\"z\n"u8.ToArray()));
        Assert.Equal("table_row_too_long", Code(Encoding.UTF8.GetBytes("a\n" + new string('x', 5000))));
        Assert.Equal("table_too_many_rows", Code(Encoding.UTF8.GetBytes("a\n" + string.Concat(Enumerable.Repeat("1\n", TableReader.MaxRows + 1)))));
    }

    [Fact]
    public void A_workbook_that_swells_beyond_measure_is_refused_and_not_unpacked() =>
        Assert.Equal("table_not_a_table", Code(Workbook(Enumerable.Repeat(new string('0', 100_000), 1000).Prepend("<row><c t=\"inlineStr\"><is><t>").Append("</t></is></c></row>"))));

    [Theory]
    [InlineData("<row>", "<c t=\"inlineStr\"><is><t>x</t></is></c>", "</row>")]
    [InlineData("<row>", "<c r=\"A1\"><v>1</v></c>", "</row>")]
    [InlineData("<row>", "<c/>", "</row>")]
    [InlineData("<row><c t=\"inlineStr\"><is>", "<r><t>x</t></r>", "</is></c></row>")]
    public void A_row_without_end_is_refused_and_not_held(string opens, string again, string closes)
    {
        var bytes = Workbook(Enumerable.Repeat(again, 1_000_000).Prepend(opens).Append(closes));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal("table_row_too_long", Code(bytes));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 50_000_000);
    }

    [Fact]
    public void Cells_stand_where_they_say_and_empty_ones_beyond_the_last_column_do_not_matter()
    {
        var far = string.Concat(Enumerable.Range(0, 1000).Select(_ => "<c s=\"0\"/>"));
        var table = Read(Workbook([
            $"<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>姓名</t><rPh sb=\"0\" eb=\"1\"><t>xing</t></rPh></is></c><c r=\"C3\" t=\"str\"><v>卡号</v></c>{far}</row>",
            "<row r=\"7\"><c/><c t=\"inlineStr\"><is><r><t>张</t></r><r><t>三</t></r></is></c><c><v>12</v></c></row>"]));
        Assert.Equal(["姓名", "", "卡号"], table.Headers);
        Assert.Equal(["", "张三", "12"], table.Rows[0].Cells);
        Assert.Equal(7, table.Rows[0].Number);
    }

    static byte[] Workbook(IEnumerable<string> rows)
    {
        using var memory = new MemoryStream();
        memory.Write(Bytes(TableFile.Excel("x", ["a"], [["b"]])));
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Update, leaveOpen: true))
        {
            var sheet = zip.Entries.Single(e => e.FullName.Contains("worksheets", StringComparison.Ordinal)).FullName;
            zip.GetEntry(sheet)!.Delete();
            using var writer = new StreamWriter(zip.CreateEntry(sheet).Open());
            writer.Write("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>");
            foreach (var part in rows)
                writer.Write(part);
            writer.Write("</sheetData></worksheet>");
        }
        Assert.True(memory.Length < TableReader.MaxBytes);
        return memory.ToArray();
    }

    [Fact]
    public void A_column_is_found_by_any_of_its_names_and_a_missing_one_is_named()
    {
        var table = Read("Card Number,NAME\n1,2\n"u8.ToArray());
        Assert.Equal(0, table.Find("卡号", "card_number"));
        Assert.Equal(1, table.Require("姓名", "name").Value);
        var missing = table.Require("日期", "day").Refusal!;
        Assert.Equal("table_column_missing", missing.Code);
        Assert.Equal(["日期", "Card Number、NAME"], missing.Args);
    }

    [Fact]
    public void A_title_above_the_columns_is_named_without_the_empty_cells_beside_it() =>
        Assert.Equal(["卡号", "2026年会员名册、第一版"], Read("2026年会员名册,,第一版,\n卡号,姓名,工会,备注\n"u8.ToArray()).Require("卡号").Refusal!.Args);

    [Theory, InlineData("2026-10-01"), InlineData("2026/10/1"), InlineData("2026年10月1日"), InlineData("20261001")]
    public void Days_are_read_in_the_ways_people_write_them(string text)
    {
        Assert.True(TableCells.TryDate(text, out var day));
        Assert.Equal(new DateOnly(2026, 10, 1), day);
    }

    static Table Read(byte[] bytes)
    {
        var read = TableReader.Read(bytes);
        Assert.False(read.IsRefused, read.Refusal?.Code);
        return read.Value!;
    }

    static string? Code(byte[] bytes) => TableReader.Read(bytes).Refusal?.Code;

    static byte[] Bytes(TableFileResult file)
    {
        var context = new DefaultHttpContext { RequestServices = new Services() };
        using var body = new MemoryStream();
        context.Response.Body = body;
        file.ExecuteAsync(context).GetAwaiter().GetResult();
        return body.ToArray();
    }

    static byte[] Encode(string text, string encoding) => encoding switch
    {
        "utf-8-bom" => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)],
        "utf-16" => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)],
        "gb18030" => CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(text),
        _ => Encoding.UTF8.GetBytes(text),
    };

    static byte[] ZipOf(string name)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
            zip.CreateEntry(name);
        return memory.ToArray();
    }

    sealed class Services : IServiceProvider
    {
        public object? GetService(Type serviceType) =>
            serviceType == typeof(Microsoft.Extensions.Logging.ILoggerFactory) ? Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance : null;
    }
}
