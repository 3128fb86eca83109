using System.Net;
using SkiaSharp;
using VenueBooking.Tests.Support;
using VenueBooking.Venues;

namespace VenueBooking.Tests.Venues;

public sealed class PhotoTests(AppLease lease) : AppTest(lease)
{
    [Fact]
    public async Task Photos_are_made_anew_smaller_and_served_to_be_kept_for_ever()
    {
        var venue = await Make.Venue();
        var staff = await App.SignedInAs(await Make.Staff());
        var page = await (await staff.Get($"/staff/venues/{venue.Id}/photos")).Press("上传",
            ("添加照片", new Upload("大.jpg", Picture(2400, 1200, SKEncodedImageFormat.Jpeg))), ("添加照片", new Upload("小.png", Picture(300, 200, SKEncodedImageFormat.Png))));
        Assert.Contains("已添加 2 张照片", page.Text, StringComparison.Ordinal);

        var face = (await App.Visitor().Get("/venues")).One(".card img").GetAttribute("src")!;
        var thumbnail = await App.Visitor().Get(face);
        Assert.Equal((640, 320), await SizeOf(thumbnail));
        var full = await App.Visitor().Get(face.Replace("/thumbnail", "", StringComparison.Ordinal));
        Assert.Equal((1600, 800), await SizeOf(full));
        Assert.Equal("image/webp", full.Response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", full.Response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("immutable", full.Response.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_photo_taken_with_the_camera_on_its_side_stands_upright_and_keeps_no_notes()
    {
        // Red on the left as stored; the tag says: turn it clockwise, so red comes to the top.
        var made = PhotoMaker.Make(WithExif(Picture(400, 200, SKEncodedImageFormat.Jpeg), orientation: 6)).Value!;
        Assert.Equal((200, 400), (made.Width, made.Height));
        using var seen = SKBitmap.Decode(made.Bytes);
        Assert.True(seen.GetPixel(100, 20).Red > 150 && seen.GetPixel(100, 20).Blue < 100);
        Assert.True(seen.GetPixel(100, 380).Blue > 150);
        Assert.Equal(-1, made.Bytes.AsSpan().IndexOf("Exif"u8));
    }

    [Theory, InlineData("not a picture"), InlineData("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"), InlineData("\u0089PNG\r\n\u001a\n broken"),
     InlineData("GIF89a\u0001\0\u0001\0\u0080\0\0\0\0\0\u00ff\u00ff\u00ff,\0\0\0\0\u0001\0\u0001\0\0\u0002\u0002D\u0001\0;")]
    public async Task What_is_not_a_picture_is_refused_whatever_it_is_called(string content)
    {
        var venue = await Make.Venue();
        var staff = await App.SignedInAs(await Make.Staff());
        var page = await (await staff.Get($"/staff/venues/{venue.Id}/photos")).Press("上传",
            ("添加照片", new Upload("好.png", Picture(30, 20, SKEncodedImageFormat.Png))), ("添加照片", new Upload("坏.jpg", System.Text.Encoding.Latin1.GetBytes(content), "image/jpeg")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("“坏.jpg” 不是能用的照片", page.Text, StringComparison.Ordinal);
        Assert.Equal(0, await App.Scalar<long>("select count(*) from venue_photos"));
    }

    [Theory, InlineData(SKEncodedImageFormat.Jpeg), InlineData(SKEncodedImageFormat.Png)]
    public void A_picture_that_was_cut_off_is_refused(SKEncodedImageFormat format)
    {
        var whole = Picture(1200, 900, format);
        Assert.False(PhotoMaker.Make(whole).IsRefused);
        Assert.Equal("photo_not_an_image", PhotoMaker.Make(whole[..(whole.Length * 2 / 3)]).Refusal?.Code);
    }

    [Fact]
    public async Task A_photo_over_five_megabytes_is_refused_by_name()
    {
        var venue = await Make.Venue();
        var staff = await App.SignedInAs(await Make.Staff());
        var page = await (await staff.Get($"/staff/venues/{venue.Id}/photos")).Press("上传", ("添加照片", new Upload("巨.jpg", new byte[PhotoMaker.MaxBytes + 1])));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, page.Status);
        Assert.Contains("“巨.jpg” 太大：每张不超过 5 MB", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_small_file_that_claims_to_be_a_huge_picture_is_refused_before_it_is_unpacked()
    {
        var picture = Picture(10, 10, SKEncodedImageFormat.Png);
        // Width and height of the PNG header, then its checksum.
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(picture.AsSpan(16), 30_000);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(picture.AsSpan(20), 30_000);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(picture.AsSpan(29), Crc(picture.AsSpan(12, 17)));
        Assert.Equal("photo_too_many_pixels", PhotoMaker.Make(picture).Refusal?.Code);
    }

    [Fact]
    public async Task Captions_order_and_deletion_change_what_the_public_sees()
    {
        var venue = await Make.Venue();
        var staff = await App.SignedInAs(await Make.Staff());
        var page = await (await staff.Get($"/staff/venues/{venue.Id}/photos")).Press("上传",
            ("添加照片", new Upload("一.png", Picture(30, 20, SKEncodedImageFormat.Png))), ("添加照片", new Upload("二.png", Picture(40, 20, SKEncodedImageFormat.Png))));
        page = await page.Press("保存", ("说明", "大厅"));
        page = await page.Press("往后");
        var images = (await App.Visitor().Get($"/venues/{venue.Id}")).All("figure img");
        Assert.Equal(["40", "30"], images.Select(i => i.GetAttribute("width")));
        Assert.Equal("大厅", images[1].GetAttribute("alt"));
        page = await page.Press("删除这张照片");
        Assert.Single((await App.Visitor().Get($"/venues/{venue.Id}")).All("figure img"));
        Assert.Equal(1, await App.Scalar<long>("select count(*) from audit_entries where action = 'photo.delete'"));
    }

    [Fact]
    public async Task A_photo_of_another_venue_is_not_there()
    {
        var (venue, other) = (await Make.Venue(), await Make.Venue());
        var staff = await App.SignedInAs(await Make.Staff());
        await (await staff.Get($"/staff/venues/{venue.Id}/photos")).Press("上传", ("添加照片", new Upload("一.png", Picture(30, 20, SKEncodedImageFormat.Png))));
        var id = await App.Scalar<Guid>("select id from venue_photos");
        Assert.Equal(HttpStatusCode.OK, (await App.Visitor().Get($"/venues/{venue.Id}/photos/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await App.Visitor().Get($"/venues/{other.Id}/photos/{id}")).Status);
    }

    static async Task<(int, int)> SizeOf(WebPage page)
    {
        using var bitmap = SKBitmap.Decode(await page.Response.Content.ReadAsByteArrayAsync());
        return (bitmap.Width, bitmap.Height);
    }

    /// <summary>Left half red, right half blue.</summary>
    static byte[] Picture(int width, int height, SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(width, height);
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(SKColors.Blue);
            using var red = new SKPaint { Color = SKColors.Red };
            canvas.DrawRect(0, 0, width / 2f, height, red);
        }
        using var data = bitmap.Encode(format, 90);
        return data.ToArray();
    }

    /// <summary>The JPEG with an APP1 segment behind its first marker: one tag, the orientation.</summary>
    static byte[] WithExif(byte[] jpeg, byte orientation)
    {
        byte[] tiff = [0x4D, 0x4D, 0, 0x2A, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
        byte[] body = [.. "Exif\0\0"u8, .. tiff];
        return [jpeg[0], jpeg[1], 0xFF, 0xE1, 0, (byte)(body.Length + 2), .. body, .. jpeg[2..]];
    }

    static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var i = 0; i < 8; i++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320u : crc >> 1;
        }
        return ~crc;
    }
}
