using VenueBooking.Notices;

namespace VenueBooking.Tests.Notices;

/// <summary>Whom a mail names as sender and recipient.</summary>
public sealed class EnvelopeTests
{
    [Theory]
    [InlineData("用户@test.example"), InlineData("a@例子..中国"), InlineData("a@b c"), InlineData("nobody")]
    public async Task An_address_that_no_server_takes_fails_at_once_and_holds_up_nobody_by_SMTP(string address)
    {
        using var server = new SmtpServer();
        await using var app = await NoticeTest.BySmtpAsync(server);
        await FailsAloneAsync(app, address);
    }

    [Fact]
    public async Task Nor_where_mails_are_files()
    {
        await using var app = await NoticeTest.ByFileAsync();
        await FailsAloneAsync(app, "用户@test.example");
    }

    [Theory]
    [InlineData("zh-CN", "no-reply@union.example", "no-reply@union.example", "职工阵地")]
    [InlineData("en", "no-reply@union.example", "no-reply@union.example", "VenueBooking")]
    [InlineData("en", "工会 <venues@union.example>", "venues@union.example", "工会")]
    public async Task The_sender_has_a_name(string language, string from, string address, string name)
    {
        using var server = new SmtpServer();
        await using var app = await NoticeTest.BySmtpAsync(server, o => o.From = from);
        await app.NotifyAsync(await app.Make.User(language: language));

        await app.SendAsync();

        var sender = (await ReadAsync(Assert.Single(server.Taken))).From;
        Assert.Contains(address, sender, StringComparison.Ordinal);
        Assert.Contains(name, sender, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_with_signs_that_are_no_letters_makes_a_header_that_everybody_can_read()
    {
        using var server = new SmtpServer();
        await using var app = await NoticeTest.BySmtpAsync(server);
        await app.NotifyAsync(await app.Make.User("王\r\nBcc: x@test.example\t小明"));

        await app.SendAsync();

        var to = (await ReadAsync(Assert.Single(server.Taken))).To;
        Assert.DoesNotContain(to, char.IsControl);
        Assert.Contains("王 Bcc: x@test.example小明", to, StringComparison.Ordinal);
    }

    static async Task FailsAloneAsync(App app, string address)
    {
        var (odd, there) = (await app.Make.User(), await app.Make.User());
        await app.Execute("update users set email = $2 where id = $1", odd.Id, address);
        var (failed, sent) = (await app.NotifyAsync(odd), await app.NotifyAsync(there));

        await app.SendAsync();

        Assert.Equal((NoticeState.Failed, NoticeState.Sent), ((await app.NoticeAsync(failed)).State, (await app.NoticeAsync(sent)).State));
    }

    static async Task<MailFile> ReadAsync(TakenMail mail)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, mail.Text);
        var read = await MailFile.ReadAsync(file, default);
        File.Delete(file);
        return read;
    }
}
