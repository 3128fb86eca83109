using Microsoft.Extensions.Localization;
using VenueBooking.Notices;

namespace VenueBooking.Unions;

/// <summary>What a person is told about their membership.</summary>
abstract class MembershipNotice(string kind, IStringLocalizer<UnionText> words) : INoticeTemplate
{
    public string Kind => kind;

    public Task<NoticeContent?> RenderAsync(Notice notice, CancellationToken ct)
    {
        var reason = notice.Payload.RootElement.TryGetProperty("reason", out var given) ? given.GetString() : null;
        return Task.FromResult<NoticeContent?>(new NoticeContent(
            words[kind + "_subject"],
            string.IsNullOrEmpty(reason) ? [words[kind + "_body"]] : [words[kind + "_body"], reason]));
    }
}

sealed class MembershipVerified(IStringLocalizer<UnionText> words) : MembershipNotice("membership_verified", words);

sealed class MembershipRejected(IStringLocalizer<UnionText> words) : MembershipNotice("membership_rejected", words);

sealed class MembershipEnded(IStringLocalizer<UnionText> words) : MembershipNotice("membership_ended", words);
