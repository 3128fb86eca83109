using System.Net;
using VenueBooking.Supply;
using VenueBooking.Tests.Support;

namespace VenueBooking.Tests.Supply;

/// <summary>The papers that hang on an agreement.</summary>
public sealed class AgreementPaperTests(AppLease lease) : SupplyTest(lease)
{
    [Fact]
    public async Task A_paper_is_taken_off_once_however_often_it_is_asked_for()
    {
        var draft = await Draft(await Make.Space());
        var page = await (await Staff()).Get($"/staff/agreements/{draft.Id}");
        await page.Press("上传", ("添加附件", new Upload("合同.pdf", "%PDF-1.7 …"u8.ToArray())));
        var paper = await App.Scalar<Guid>("select id from agreement_attachments");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => App.With((Attachments a) => a.RemoveAsync(draft.Id, paper, default))));

        Assert.Single(outcomes, o => !o.IsRefused);
        Assert.Equal(1, await App.Scalar<long>("select count(*) from audit_entries where action = 'agreement.detach'"));
    }

    [Fact]
    public async Task Papers_are_kept_by_what_they_are_not_by_what_they_are_called()
    {
        var staff = await Staff();
        var draft = await Draft(await Make.Space());
        var page = await staff.Get($"/staff/agreements/{draft.Id}");

        var refused = await page.Press("上传", ("添加附件", new Upload("合同.pdf", "MZ not a pdf"u8.ToArray(), "application/pdf")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("只收 PDF、JPEG 或 PNG", refused.Text);

        var kept = await page.Press("上传", ("添加附件", new Upload("合同.pdf", "%PDF-1.7 …"u8.ToArray(), "text/html")));
        Assert.NotNull(kept.Link("合同.pdf"));
        var paper = await kept.Follow("合同.pdf");
        Assert.Equal("application/pdf", paper.Response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", paper.Response.Content.Headers.ContentDisposition?.DispositionType);

        var gone = await kept.Press("移除");
        Assert.Null(gone.Link("合同.pdf"));
    }
}
