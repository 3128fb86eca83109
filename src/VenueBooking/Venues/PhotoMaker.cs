using SkiaSharp;
using VenueBooking.Web;

namespace VenueBooking.Venues;

/// <summary>A photo as we keep it: our own encoding, upright, nothing of the camera's notes left.</summary>
public sealed record MadePhoto(int Width, int Height, byte[] Bytes, byte[] Thumbnail)
{
    public const string ContentType = "image/webp";
}

/// <summary>
/// Makes of an uploaded file a photo that can be shown. What the file is, its content says; it is decoded and encoded anew,
/// so that nothing else that may lie in it (place, camera, a script) comes along.
/// </summary>
public static class PhotoMaker
{
    public const int MaxBytes = 5 * 1024 * 1024, MaxEdge = 1600, ThumbnailEdge = 640;
    const int Quality = 80, ThumbnailQuality = 72;
    // A small file can claim to be a huge picture; what it would take to hold it is limited before it is unpacked.
    const long MaxPixels = 60_000_000;

    public static Outcome<MadePhoto> Make(byte[] file)
    {
        if (file.Length > MaxBytes)
            return TooBig;
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data);
        if (codec is not { EncodedFormat: SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Png or SKEncodedImageFormat.Webp } || codec.Info.Width < 1 || codec.Info.Height < 1)
            return VenueRefusals.PhotoNotAnImage;
        if ((long)codec.Info.Width * codec.Info.Height > MaxPixels)
            return VenueRefusals.PhotoTooManyPixels(MaxPixels / 1_000_000);
        using var decoded = Decode(codec);
        if (decoded is null)
            return VenueRefusals.PhotoNotAnImage;
        using var photo = Upright(decoded, codec.EncodedOrigin, MaxEdge);
        using var thumbnail = Upright(photo, SKEncodedOrigin.TopLeft, ThumbnailEdge);
        return new MadePhoto(photo.Width, photo.Height, Encode(photo, Quality), Encode(thumbnail, ThumbnailQuality));
    }

    public static Refusal TooBig => VenueRefusals.PhotoTooBig(MaxBytes / 1024 / 1024);

    static SKBitmap? Decode(SKCodec codec)
    {
        var most = Math.Max(codec.Info.Width, codec.Info.Height);
        // JPEG can be unpacked at a fraction of its size; other formats answer with their full size.
        var size = codec.GetScaledDimensions(Math.Min(1f, MaxEdge * 1.2f / most));
        var bitmap = new SKBitmap(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        var result = codec.GetPixels(bitmap.Info, bitmap.GetPixels());
        // A file that was cut off on its way would show half a venue.
        if (result is SKCodecResult.Success)
            return bitmap;
        bitmap.Dispose();
        return null;
    }

    /// <summary>Turned the way the camera was held, its longer edge at most <paramref name="edge"/>, on white where it was see-through.</summary>
    static SKBitmap Upright(SKBitmap source, SKEncodedOrigin origin, int edge)
    {
        var turned = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        var (width, height) = turned ? (source.Height, source.Width) : (source.Width, source.Height);
        var scale = Math.Min(1f, (float)edge / Math.Max(width, height));
        var target = new SKBitmap(new SKImageInfo(
            Math.Max(1, (int)MathF.Round(width * scale)), Math.Max(1, (int)MathF.Round(height * scale)), SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(target);
        canvas.Clear(SKColors.White);
        canvas.Scale((float)target.Width / width, (float)target.Height / height);
        canvas.Concat(Turn(origin, source.Width, source.Height));
        using var image = SKImage.FromBitmap(source);
        canvas.DrawImage(image, 0, 0, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        canvas.Flush();
        return target;
    }

    // The eight ways of the EXIF orientation tag, for a picture of w × h as it is stored.
    static SKMatrix Turn(SKEncodedOrigin origin, int w, int h) => origin switch
    {
        SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, w, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, w, 0, -1, h, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, h, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new SKMatrix(0, -1, h, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, h, -1, 0, w, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new SKMatrix(0, 1, 0, -1, 0, w, 0, 0, 1),
        _ => SKMatrix.Identity,
    };

    static byte[] Encode(SKBitmap bitmap, int quality)
    {
        using var encoded = bitmap.Encode(SKEncodedImageFormat.Webp, quality)
            ?? throw new InvalidOperationException("the picture cannot be encoded");
        return encoded.ToArray();
    }
}
