using VenueBooking.Notices;

namespace VenueBooking.Tests.Notices;

public sealed class SmtpSignInTests
{
    [Theory]
    [InlineData("504 5.5.4 mechanism not known")]
    [InlineData("535 5.7.8 wrong password")]
    public async Task Our_own_wrong_password_is_no_refusal_of_the_mail(string answer)
    {
        using var server = new SmtpServer { OffersAuth = true, OnAuth = answer };
        await using var app = await NoticeTest.BySmtpAsync(server, o => (o.Smtp.User, o.Smtp.Password) = ("us", "wrong"));
        var id = await app.NotifyAsync(await app.Make.User());

        await Assert.ThrowsAsync<MailServerDownException>(app.SendAsync);

        Assert.Empty(server.Taken);
        Assert.Equal(NoticeState.Due, (await app.NoticeAsync(id)).State);
    }

    [Fact]
    public async Task Signed_in_it_sends()
    {
        using var server = new SmtpServer { OffersAuth = true };
        await using var app = await NoticeTest.BySmtpAsync(server, o => (o.Smtp.User, o.Smtp.Password) = ("us", "right"));
        await app.NotifyAsync(await app.Make.User());

        await app.SendAsync();

        Assert.True(Assert.Single(server.Taken).SignedIn);
    }

    [Fact]
    public async Task Where_STARTTLS_is_asked_for_nothing_goes_in_the_clear()
    {
        using var server = new SmtpServer();
        await using var app = await NoticeTest.BySmtpAsync(server, o => o.Smtp.StartTls = true);
        await app.NotifyAsync(await app.Make.User());

        await Assert.ThrowsAsync<MailServerDownException>(app.SendAsync);

        Assert.Empty(server.Taken);
    }

    [Fact]
    public async Task A_certificate_nobody_vouches_for_is_not_trusted()
    {
        using var certificate = SmtpServer.NewCertificate();
        using var server = new SmtpServer { Certificate = certificate };
        await using var app = await NoticeTest.BySmtpAsync(server, o => o.Smtp.StartTls = true);
        var id = await app.NotifyAsync(await app.Make.User());

        await Assert.ThrowsAsync<MailServerDownException>(app.SendAsync);

        Assert.Empty(server.Taken);
        Assert.Equal(NoticeState.Due, (await app.NoticeAsync(id)).State);
    }
}
